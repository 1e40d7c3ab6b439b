/** The second factor: an authenticator app, set up and removed with a code; or passkeys. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useState, type FormEvent, type ReactNode } from 'react';
import { Button } from '@/components/button';
import { ConfirmDialog, isToConfirm } from '@/components/confirm-identity';
import { Dialog } from '@/components/dialog';
import { TextField } from '@/components/field';
import { CopyButton } from '@/components/once-shown';
import { Section } from '@/components/page';
import { ErrorBox, Loaded, Skeleton } from '@/components/states';
import { Status } from '@/components/status';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { passkeysQuery } from '@/data/signing-in';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { hasPasskeys, PasskeyLeft, usePasskeyFor as askPasskey } from '@/lib/passkeys';
import { asProblem } from '@/lib/problem';
import { saveFile } from '@/lib/save-file';
import { lazyWhenThere } from '@/lib/when-there';
import { accountStrings as words } from '@strings/account';

const QrCode = lazyWhenThere(async () => ({ default: (await import('@/components/qr-code')).QrCode }));

const code_min = 6;
export const factorQuery = queryOptions({
  queryKey: queryKeys.secondFactor,
  queryFn: ({ signal }) => dataOf(api.GET('/auth/second-factor', { signal })),
});

/** Asks for one code; a refusal is shown at its field. */
const CodeForm = ({
  action,
  error,
  isBusy,
  help,
  danger,
  onCode,
  onPasskey,
  children,
}: {
  action: string;
  error: unknown;
  isBusy: boolean;
  help: string;
  danger?: boolean;
  onCode: (code: string) => void;
  /** Where a passkey is also accepted. */
  onPasskey?: () => void;
  children?: ReactNode;
}) => {
  const [code, setCode] = useState('');
  const plain = code.replaceAll(/\s/g, '');
  const problem = error ? asProblem(error) : undefined;
  const isWrong = problem?.code === 'wrong_code' || problem?.status === 422;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (plain.length >= code_min) onCode(plain);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 pb-1">
      {children}
      <TextField
        label={words.code}
        autoComplete="one-time-code"
        autoFocus
        help={help}
        error={isWrong ? words.wrongCode : undefined}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      {problem && !isWrong && (
        <ErrorBox error={error instanceof PasskeyLeft ? new Error(words.passkeyLeft) : problem} />
      )}
      {onPasskey && (
        <Button onClick={onPasskey} className="self-end max-tablet:self-stretch">
          {words.byPasskey}
        </Button>
      )}
      <Button
        type="submit"
        kind={danger ? 'danger' : 'primary'}
        disabled={plain.length < code_min}
        busy={isBusy}
        className="self-end max-tablet:self-stretch"
      >
        {action}
      </Button>
    </form>
  );
};

/** Ten codes, shown only once. */
const RecoveryCodes = ({ codes }: { codes: string[] }) => {
  const text = codes.join('\n');
  return (
    <div className="flex flex-col gap-3 rounded-card border border-success-line bg-success-tint p-3" data-once>
      <p className="text-secondary">{words.recoveryText}</p>
      <ul aria-label={words.recoveryCodes} className="grid grid-cols-2 gap-x-6 gap-y-1 font-mono select-all">
        {codes.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <span className="flex flex-wrap gap-2">
        <CopyButton text={text} />
        <Button size="small" onClick={() => saveFile(words.recoveryFile, `${text}\n`, 'text/plain')}>
          {words.saveFile}
        </Button>
      </span>
    </div>
  );
};

const Setup = ({ begun, onCodes }: { begun: Schemas['begun_second_factor']; onCodes: (codes: string[]) => void }) => {
  const confirm = useMutation({
    mutationFn: (code: string) => dataOf(api.POST('/auth/second-factor/confirm', { body: { code } })),
    onSuccess: ({ recovery_codes }) => onCodes(recovery_codes),
  });
  return (
    <CodeForm
      action={words.confirmFactor}
      error={confirm.error}
      isBusy={confirm.isPending}
      help={words.firstCodeHelp}
      onCode={(code) => confirm.mutate(code)}
    >
      <div className="flex items-start gap-4 max-tablet:flex-col">
        <Suspense fallback={<Skeleton rows={3} className="size-44" />}>
          <QrCode text={begun.address} label={words.qrCode} />
        </Suspense>
        <div className="flex min-w-0 flex-col gap-1.5">
          <p className="text-secondary">{words.scanText}</p>
          <p className="text-meta text-muted">{words.orType}</p>
          <output className="font-mono text-meta break-words select-all" aria-label={words.secret}>
            {begun.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
          </output>
          <span>
            <CopyButton text={begun.secret} />
          </span>
        </div>
      </div>
    </CodeForm>
  );
};

type Asked =
  | { what: 'setup'; begun: Schemas['begun_second_factor'] }
  | { what: 'codes'; codes: string[] }
  | { what: 'renew' | 'remove' };

type Given = { code: string } | 'passkey';

const bodyOf = async (given: Given): Promise<Schemas['second_factor_given']> =>
  given === 'passkey' ? { passkey: await askPasskey('second_factor') } : given;

const FactorDialog = ({
  asked,
  onCodes,
  onClose,
}: {
  asked: Asked;
  onCodes: (codes: string[]) => void;
  onClose: () => void;
}) => {
  const { data: passkeys = [] } = useQuery(passkeysQuery);
  const mayPasskey = passkeys.length > 0 && hasPasskeys();
  const renew = useMutation({
    mutationFn: async (given: Given) =>
      dataOf(api.POST('/auth/second-factor/recovery-codes', { body: await bodyOf(given) })),
    onSuccess: ({ recovery_codes }) => onCodes(recovery_codes),
  });
  const remove = useMutation({
    mutationFn: async (given: Given) => dataOf(api.POST('/auth/second-factor/remove', { body: await bodyOf(given) })),
    onSuccess: () => {
      toast(words.factorRemoved);
      onClose();
    },
  });
  const titles = {
    setup: words.setupTitle,
    codes: words.recoveryTitle,
    renew: words.renewTitle,
    remove: words.removeTitle,
  };
  const texts = { setup: undefined, codes: undefined, renew: words.renewText, remove: words.removeText };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={titles[asked.what]}
      text={texts[asked.what]}
      actions={
        asked.what === 'codes' && (
          <Button kind="primary" onClick={onClose} autoFocus>
            {words.keptThem}
          </Button>
        )
      }
    >
      {asked.what === 'setup' && <Setup begun={asked.begun} onCodes={onCodes} />}
      {asked.what === 'codes' && <RecoveryCodes codes={asked.codes} />}
      {asked.what === 'renew' && (
        <CodeForm
          action={words.renewCodes}
          error={renew.error}
          isBusy={renew.isPending}
          help={words.codeHelp}
          onCode={(code) => renew.mutate({ code })}
          onPasskey={mayPasskey ? () => renew.mutate('passkey') : undefined}
        />
      )}
      {asked.what === 'remove' && (
        <CodeForm
          action={words.removeFactor}
          error={remove.error}
          isBusy={remove.isPending}
          help={words.codeHelp}
          danger
          onCode={(code) => remove.mutate({ code })}
          onPasskey={mayPasskey ? () => remove.mutate('passkey') : undefined}
        />
      )}
    </Dialog>
  );
};

/** `isFirst`: it is being set up before anything else, and stays. */
export const SecondFactorSection = ({ isFirst = false }: { isFirst?: boolean }) => {
  const client = useQueryClient();
  const factor = useQuery(factorQuery);
  const [asked, setAsked] = useState<Asked>();
  const begin = useMutation({
    mutationFn: () => dataOf(api.POST('/auth/second-factor')),
    onSuccess: (begun) => setAsked({ what: 'setup', begun }),
  });
  const { data: passkeys = [] } = useQuery(passkeysQuery);
  const beginWithPasskeys = useMutation({
    mutationFn: () => dataOf(api.POST('/auth/second-factor/passkeys')),
    onSuccess: ({ recovery_codes }) => setAsked({ what: 'codes', codes: recovery_codes }),
  });
  const mustConfirm = beginWithPasskeys.error !== null && isToConfirm(beginWithPasskeys.error);
  const close = () => {
    setAsked(undefined);
    void client.invalidateQueries({ queryKey: queryKeys.secondFactor });
  };
  return (
    <Section title={words.secondFactor}>
      <Loaded query={factor} what={words.secondFactor} rows={2}>
        {(state) => (
          <div className="flex max-w-2xl flex-col items-start gap-3" data-factor={state.is_on ? 'on' : 'off'}>
            {state.is_on ? (
              <>
                <p className="flex flex-wrap items-center gap-2 text-secondary">
                  <Status of="integration" state="connected" word={words.on_} />
                  {state.confirmed_at && (
                    <span>
                      {words.onSince} <Time at={state.confirmed_at} as="day" />
                    </span>
                  )}
                  {!state.has_app && <span>{words.passkeysAlone}</span>}
                  <span>{words.codesLeft(state.recovery_codes_left)}</span>
                </p>
                {!isFirst && (
                  <span className="flex flex-wrap gap-2">
                    <Button onClick={() => setAsked({ what: 'renew' })}>{words.renewCodes}</Button>
                    <Button onClick={() => setAsked({ what: 'remove' })}>{words.removeFactor}</Button>
                  </span>
                )}
              </>
            ) : (
              <>
                <p className="text-secondary">{words.secondFactorText}</p>
                <Button kind={isFirst ? 'primary' : undefined} busy={begin.isPending} onClick={() => begin.mutate()}>
                  {words.setUp}
                </Button>
                {passkeys.length > 0 && (
                  <>
                    <p className="text-secondary">{words.factorByPasskeyText}</p>
                    <Button busy={beginWithPasskeys.isPending} onClick={() => beginWithPasskeys.mutate()}>
                      {words.factorByPasskey}
                    </Button>
                  </>
                )}
              </>
            )}
            {begin.error && <ErrorBox error={begin.error} />}
            {beginWithPasskeys.error && !mustConfirm && <ErrorBox error={beginWithPasskeys.error} />}
          </div>
        )}
      </Loaded>
      {mustConfirm && (
        <ConfirmDialog onDone={() => beginWithPasskeys.mutate()} onClose={() => beginWithPasskeys.reset()} />
      )}
      {asked && <FactorDialog asked={asked} onCodes={(codes) => setAsked({ what: 'codes', codes })} onClose={close} />}
    </Section>
  );
};
