/** The proof of the audit: how many entries are chained, how the head is signed, and whether all of it is unchanged. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Download, Ellipsis, FileCheck, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useRef, type ChangeEvent } from 'react';
import { Button, buttonStyle } from '@/components/button';
import { Menu, MenuItem } from '@/components/menu';
import { ErrorBox } from '@/components/states';
import { Time } from '@/components/time';
import { toastError } from '@/components/toast';
import { queryKeys } from '@/data/keys';
import { cn } from '@/lib/cn';
import { saveFile } from '@/lib/save-file';
import { auditStrings as words } from '@strings/audit';
import { headQuery, verifyChain, type Head, type Verdict } from './audit-data';

const VerdictLine = ({ verdict, isAgainstKept }: { verdict: Verdict; isAgainstKept: boolean }) => {
  const Icon = verdict.is_sound ? ShieldCheck : ShieldAlert;
  return (
    <p
      role={verdict.is_sound ? 'status' : 'alert'}
      data-sound={verdict.is_sound}
      className={cn('flex items-start gap-2', verdict.is_sound ? 'text-success-text' : 'text-danger-text')}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0" />
      <span>
        {verdict.is_sound
          ? (isAgainstKept ? words.soundAgainst : words.sound)(verdict.entries)
          : `${words.broken(verdict.place)} ${verdict.problem}`}{' '}
        <span className="text-muted">
          {verdict.unsealed > 0 && words.unsealed(verdict.unsealed)}{' '}
          {verdict.erased > 0 && words.erased(verdict.erased)}{' '}
          {verdict.events > 0 && words.events(verdict.events)}{' '}
          {verdict.restored > 0 && words.restored(verdict.restored)}
        </span>
      </span>
    </p>
  );
};

const readHead = async (file: File): Promise<Head> => {
  const found: unknown = JSON.parse(await file.text());
  if (typeof found !== 'object' || found === null || !('signature' in found)) throw new Error(words.badHead);
  return found as Head;
};

export const Proof = () => {
  const client = useQueryClient();
  const head = useQuery(headQuery);
  const file = useRef<HTMLInputElement>(null);
  const verify = useMutation({
    mutationFn: (kept: Head | undefined) => verifyChain(kept),
    onSettled: () => client.invalidateQueries({ queryKey: [...queryKeys.audit, 'head'] }),
  });
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.target.files?.[0];
    event.target.value = '';
    if (!chosen) return;
    readHead(chosen).then(
      (kept) => verify.mutate(kept),
      () => toastError(new Error(words.badHead)),
    );
  };
  return (
    <section aria-label={words.proof} className="flex flex-col gap-2 rounded-card border border-line px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-0 flex-1 basis-72 text-lead">
          {head.data ? (
            <>
              {words.sealed(head.data.entries)}{' '}
              <code className="font-mono text-meta text-secondary" title={head.data.hash}>
                {words.headHash(head.data.hash)}
              </code>{' '}
              <Time at={head.data.sealed_at} as="smart" className="text-secondary" />
            </>
          ) : (
            head.data === null && <span className="text-secondary">{words.noHead}</span>
          )}
        </p>
        <Button icon={ShieldCheck} busy={verify.isPending} onClick={() => verify.mutate(undefined)}>
          {verify.isPending ? words.verifying : words.verify}
        </Button>
        <Menu
          trigger={
            <button type="button" aria-label={words.more} className={buttonStyle('quiet', 'icon')}>
              <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
            </button>
          }
        >
          <MenuItem
            icon={Download}
            disabled={!head.data}
            onSelect={() =>
              head.data && saveFile(words.headFile, JSON.stringify(head.data, undefined, 2), 'application/json')
            }
          >
            {words.keepHead}
            <span className="block text-meta text-muted">{words.keepHeadText}</span>
          </MenuItem>
          <MenuItem icon={FileCheck} onSelect={() => file.current?.click()}>
            {words.verifyKept}
          </MenuItem>
        </Menu>
        <input
          ref={file}
          type="file"
          accept="application/json"
          aria-label={words.verifyKept}
          onChange={choose}
          className="hidden"
        />
      </div>
      {head.error && <ErrorBox error={head.error} />}
      {verify.data && <VerdictLine verdict={verify.data} isAgainstKept={verify.variables !== undefined} />}
      {verify.error && <ErrorBox error={verify.error} />}
    </section>
  );
};
