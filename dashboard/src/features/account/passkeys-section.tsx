/** My passkeys: made on this device, named, removed. An action that needs confirmation is repeated after it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/button';
import { ConfirmDialog, isToConfirm } from '@/components/confirm-identity';
import { Confirm, Dialog } from '@/components/dialog';
import { TextField } from '@/components/field';
import { Card, Section } from '@/components/page';
import { Empty, ErrorBox, Loaded } from '@/components/states';
import { Ago, Time } from '@/components/time';
import { toast } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { passkeysQuery, signInMethodsQuery } from '@/data/signing-in';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { deviceOf } from '@/lib/device';
import { hasPasskeys, makePasskey, PasskeyKnown, PasskeyLeft } from '@/lib/passkeys';
import { accountStrings as words } from '@strings/account';

type Passkey = Schemas['passkey'];
type Asked = { what: 'make' } | { what: 'rename' | 'remove'; passkey: Passkey };
type Act =
  { what: 'make'; name: string } | { what: 'rename'; id: string; name: string } | { what: 'remove'; id: string };

const name_max = 60;

const run = async (act: Act): Promise<unknown> => {
  if (act.what === 'make') return makePasskey(act.name);
  const at = { params: { path: { id: act.id } } };
  if (act.what === 'remove') return dataOf(api.DELETE('/auth/passkeys/{id}', at));
  return dataOf(api.PUT('/auth/passkeys/{id}', { ...at, body: { name: act.name } }));
};

const said = { make: words.passkeyMade, rename: words.passkeyRenamed, remove: words.passkeyRemoved };

const sentenceOf = (error: unknown): unknown => {
  if (error instanceof PasskeyLeft) return new Error(words.passkeyLeft);
  return error instanceof PasskeyKnown ? new Error(words.passkeyKnown) : error;
};

const suggestedName = (): string => {
  const { program, system } = deviceOf(navigator.userAgent);
  return program && system ? words.on(program, system) : (system ?? words.passkey);
};

const NameDialog = ({
  asked,
  error,
  isBusy,
  onName,
  onClose,
}: {
  asked: Exclude<Asked, { what: 'remove' }> | { what: 'rename'; passkey: Passkey };
  error: unknown;
  isBusy: boolean;
  onName: (name: string) => void;
  onClose: () => void;
}) => {
  const isNew = asked.what === 'make';
  const [name, setName] = useState(isNew ? suggestedName() : asked.passkey.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) onName(name.trim());
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={isNew ? words.newPasskey : words.renamePasskey}
      text={isNew ? words.newPasskeyText : undefined}
    >
      <form onSubmit={submit} className="flex flex-col gap-3 pb-1">
        <TextField
          label={words.passkeyName}
          maxLength={name_max}
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        {error !== null && <ErrorBox error={sentenceOf(error)} />}
        <Button
          type="submit"
          kind="primary"
          disabled={!name.trim()}
          busy={isBusy}
          className="self-end max-tablet:self-stretch"
        >
          {isNew ? words.makePasskey : words.save}
        </Button>
      </form>
    </Dialog>
  );
};

const Row = ({ passkey, onAsk }: { passkey: Passkey; onAsk: (what: 'rename' | 'remove') => void }) => (
  <li
    data-passkey={passkey.name}
    className="flex min-h-13 items-center gap-3 border-t border-line-subtle px-3 py-1.5 first:border-t-0 max-tablet:flex-wrap max-tablet:justify-end"
  >
    <KeyRound size={18} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
    <span className="min-w-0 flex-1 max-tablet:basis-[80%]">
      <span className="block truncate font-name">{passkey.name}</span>
      <span className="block text-meta text-muted">
        {words.passkeySince} <Time at={passkey.created_at} as="day" />
        {' · '}
        {passkey.last_used_at ? (
          <>
            {words.lastUsed} <Ago at={passkey.last_used_at} />
          </>
        ) : (
          words.neverUsed
        )}
        {passkey.is_synced && ` · ${words.passkeySynced}`}
      </span>
      {passkey.refused_at && (
        <span className="block text-meta text-danger-text">
          {words.passkeyWentBack} <Time at={passkey.refused_at} as="smart" />
        </span>
      )}
    </span>
    <Button size="small" icon={Pencil} aria-label={words.renameNamed(passkey.name)} onClick={() => onAsk('rename')}>
      {words.rename}
    </Button>
    <Button size="small" icon={Trash2} aria-label={words.removeNamed(passkey.name)} onClick={() => onAsk('remove')}>
      {words.remove}
    </Button>
  </li>
);

export const PasskeysSection = () => {
  const client = useQueryClient();
  const own = useQuery(passkeysQuery);
  const { data: methods } = useQuery(signInMethodsQuery);
  const [asked, setAsked] = useState<Asked>();
  const act = useMutation({
    mutationFn: run,
    onSuccess: (_, { what }) => {
      toast(said[what]);
      setAsked(undefined);
    },
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.passkeys }),
  });
  const mustConfirm = act.error !== null && isToConfirm(act.error);
  const shownError = mustConfirm ? null : act.error;
  const ask = (next: Asked) => {
    act.reset();
    setAsked(next);
  };
  const mayMake = methods?.passkey && hasPasskeys();
  return (
    <Section title={words.passkeys}>
      <p className="-mt-1 max-w-2xl text-secondary">{words.passkeysText}</p>
      <Loaded query={own} what={words.passkeys} rows={2}>
        {(passkeys) =>
          passkeys.length === 0 ? (
            <Empty>{mayMake ? words.noPasskeys : words.cannotPasskeys}</Empty>
          ) : (
            <Card className="max-w-2xl">
              <ul aria-label={words.passkeys}>
                {passkeys.map((each) => (
                  <Row key={each.id} passkey={each} onAsk={(what) => ask({ what, passkey: each })} />
                ))}
              </ul>
            </Card>
          )
        }
      </Loaded>
      {shownError && asked?.what !== 'make' && asked?.what !== 'rename' && (
        <ErrorBox error={sentenceOf(shownError)} className="max-w-2xl" />
      )}
      {mayMake && (
        <span>
          <Button icon={Plus} onClick={() => ask({ what: 'make' })}>
            {words.newPasskey}
          </Button>
        </span>
      )}
      {mustConfirm && act.variables ? (
        <ConfirmDialog
          onDone={() => act.mutate(act.variables)}
          onClose={() => {
            act.reset();
            setAsked(undefined);
          }}
        />
      ) : (
        (asked?.what === 'make' || asked?.what === 'rename') && (
          <NameDialog
            key={asked.what}
            asked={asked}
            error={shownError}
            isBusy={act.isPending}
            onName={(name) =>
              act.mutate(
                asked.what === 'make' ? { what: 'make', name } : { what: 'rename', id: asked.passkey.id, name },
              )
            }
            onClose={() => setAsked(undefined)}
          />
        )
      )}
      {asked?.what === 'remove' && !mustConfirm && (
        <Confirm
          open
          onOpenChange={(open) => !open && setAsked(undefined)}
          title={words.removePasskeyTitle(asked.passkey.name)}
          text={words.removePasskeyText}
          action={words.removePasskey}
          keep={words.keepPasskey}
          onConfirm={() => act.mutate({ what: 'remove', id: asked.passkey.id })}
        />
      )}
    </Section>
  );
};
