/** Invites up to 500 people from a table, after a preview. */
import { useMutation } from '@tanstack/react-query';
import { useState, type ChangeEvent } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { TextArea } from '@/components/field';
import { ErrorBox } from '@/components/states';
import { toast } from '@/components/toast';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { saveFile } from '@/lib/save-file';
import { commonStrings } from '@strings/common';
import { frameStrings } from '@strings/frame';
import { peopleStrings as words } from '@strings/people';
import { useInviteCommands } from './people-data';

type Result = Schemas['invite_import_result'];

const shown_max = 50;

const look = (content: string): Promise<Result> =>
  dataOf(api.POST('/org/invites/import', { body: { content, preview: true } }));

const Found = ({ result }: { result: Result }) => (
  <div className="mt-3 flex flex-col gap-3">
    <p role="status" className="font-name">
      {result.is_stored
        ? words.tableInvited(result.invites.length, result.skipped.length)
        : words.tableFound(result.invites.length, result.errors.length)}
    </p>
    {result.errors.length > 0 && (
      <ul aria-label={words.tableWrong} className="flex flex-col gap-0.5 rounded-card border border-line p-3">
        {result.errors.slice(0, shown_max).map((each) => (
          <li key={each.row} className="text-danger-text">
            {words.tableRow(each.row, each.detail)}
          </li>
        ))}
      </ul>
    )}
    {result.skipped.length > 0 && (
      <ul aria-label={words.tableSkipped} className="flex flex-col gap-0.5 text-muted">
        {result.skipped.slice(0, shown_max).map((each) => (
          <li key={each.row} className="truncate">
            {words.tableSkippedRow[each.because](each.email)}
          </li>
        ))}
      </ul>
    )}
    {!result.is_stored && result.invites.length > 0 && (
      <ul aria-label={words.tableGood} className="flex flex-col gap-0.5 text-secondary">
        {result.invites.slice(0, shown_max).map((each) => (
          <li key={each.row} className="truncate">
            {[each.email, frameStrings.role(each.role), each.team_name].filter(Boolean).join(' · ')}
          </li>
        ))}
      </ul>
    )}
  </div>
);

/** Links to pass on, where no mail is sent. */
const linksOf = (result: Result): string =>
  result.invites.flatMap((each) => (each.url ? [`${each.email},${each.url}`] : [])).join('\n');

export const InviteTableDialog = ({ onClose }: { onClose: () => void }) => {
  const [text, setText] = useState('');
  const [seen, setSeen] = useState<Result>();
  const { importTable } = useInviteCommands();
  const looking = useMutation({ mutationFn: look, onSuccess: setSeen });
  const change = (next: string) => {
    setText(next);
    setSeen(undefined);
    looking.reset();
  };
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file) change(await file.text());
  };
  const send = async () => {
    const done = await importTable.mutateAsync(text);
    setSeen(done);
    const links = linksOf(done);
    if (links) saveFile(words.tableLinksFile, `email,url\n${links}\n`, 'text/csv');
    else toast(words.tableInvited(done.invites.length, done.skipped.length));
  };
  const isDone = seen?.is_stored ?? false;
  const problem = looking.error ?? importTable.error;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.tableTitle}
      text={isDone ? undefined : words.tableText}
      actions={
        <>
          <Button onClick={onClose}>{isDone ? words.done : commonStrings.cancel}</Button>
          {!isDone && !seen && (
            <Button
              kind="primary"
              disabled={!text.trim()}
              busy={looking.isPending}
              onClick={() => looking.mutate(text)}
            >
              {words.tableLook}
            </Button>
          )}
          {!isDone && seen && seen.invites.length > 0 && (
            <Button kind="primary" busy={importTable.isPending} onClick={() => void send().catch(() => undefined)}>
              {words.tableSend(seen.invites.length)}
            </Button>
          )}
        </>
      }
    >
      {!isDone && (
        <div className="flex flex-col gap-3">
          <label className="flex flex-col gap-1">
            <span className="font-button text-secondary">{words.tableFile}</span>
            <input
              type="file"
              accept=".csv,text/csv"
              onChange={(event) => void take(event)}
              className="text-secondary file:mr-2.5 file:h-(--control) file:cursor-pointer file:rounded-control file:border file:border-solid file:border-line file:bg-surface file:px-2.5 file:font-button file:text-text"
            />
          </label>
          <TextArea
            label={words.tablePaste}
            help={words.tableHelp}
            rows={6}
            value={text}
            placeholder={words.tableExample}
            onChange={(event) => change(event.target.value)}
          />
        </div>
      )}
      {seen && <Found result={seen} />}
      {problem && <ErrorBox error={problem} className="mt-3" />}
    </Dialog>
  );
};
