/** Imports many pages from a table: previewed before anything is stored, each bad row named by its number. */
import { useMutation } from '@tanstack/react-query';
import { CircleAlert, FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '@/components/button';
import { DataTable } from '@/components/data-table';
import { Dialog } from '@/components/dialog';
import { ErrorBox, Skeleton } from '@/components/states';
import { Switch } from '@/components/switch';
import { columnsOf, figureColumn, type Columns } from '@/components/table-columns';
import { toast } from '@/components/toast';
import { api, dataOf, type Schemas } from '@/lib/api/client';
import { sentence } from '@/lib/problem';
import { commonStrings } from '@strings/common';
import { engagementStrings as words } from '@strings/engagement';
import { useEngagementSettled } from './engagement-data';
import { base64Of, formatOf, tooLarge } from './table-file';

type Given = { format: Schemas['table_format']; content: string; name: string };
type Result = Schemas['import_result'];
const errors_most = 200;

const read = async (file: File): Promise<Given> => {
  const format = formatOf(file.name);
  if (!format) throw new Error(words.wrongKind);
  if (tooLarge(file.size)) throw new Error(words.tooLarge);
  const content = format === 'csv' ? await file.text() : base64Of(new Uint8Array(await file.arrayBuffer()));
  return { format, content, name: file.name };
};

const send = ({ format, content }: Given, more: Partial<Schemas['import_request']>): Promise<Result> =>
  dataOf(api.POST('/tracked-pages/import', { body: { format, content, ...more } }));

const BadRows = ({ of }: { of: Result['errors'] }) => (
  <section aria-label={words.badRows} className="flex flex-col gap-1">
    <h3 className="font-heading text-danger-text">
      {words.badRows} <span className="font-normal text-muted tabular">{of.length.toLocaleString('en')}</span>
    </h3>
    <ul className="flex max-h-48 flex-col overflow-y-auto rounded-card border border-danger-line" tabIndex={0}>
      {of.slice(0, errors_most).map((each) => (
        <li
          key={each.row}
          data-bad-row={each.row}
          className="flex items-start gap-2 border-t border-line-subtle px-3 py-1.5 first:border-t-0"
        >
          <CircleAlert size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-danger-text" />
          <span className="break-words">{words.rowIs(each.row, sentence(each.detail))}</span>
        </li>
      ))}
    </ul>
    {of.length > errors_most && <p className="text-meta text-muted">{words.firstOf(errors_most, of.length)}</p>}
  </section>
);

type Good = Result['pages'][number];
const idOfGood = ({ row }: Good): string => String(row);
const column = columnsOf<Good>();
const goodColumns: Columns<Good> = [
  figureColumn('row', words.row, idOfGood),
  column.display({ id: 'name', header: words.name, cell: ({ row }) => row.original.name }),
  column.display({
    id: 'url',
    header: words.address,
    cell: ({ row }) => row.original.url,
    meta: { cellClassName: 'break-all text-secondary' },
  }),
];

const GoodRows = ({ of, all }: { of: Result['pages']; all: number }) => (
  <section aria-label={words.goodRows} className="flex flex-col gap-1">
    <h3 className="font-heading">
      {words.goodRows} <span className="font-normal text-muted tabular">{all.toLocaleString('en')}</span>
    </h3>
    <DataTable
      label={words.goodRows}
      items={of}
      idOf={idOfGood}
      columns={goodColumns}
      className="max-h-64 overflow-y-auto"
    />
    {all > of.length && <p className="text-meta text-muted">{words.firstOf(of.length, all)}</p>}
  </section>
);

export const ImportDialog = ({ onClose }: { onClose: () => void }) => {
  const onSettled = useEngagementSettled();
  const input = useRef<HTMLInputElement>(null);
  const [leavesOut, setLeavesOut] = useState(false);
  const preview = useMutation({
    mutationFn: async (file: File) => {
      const given = await read(file);
      return { given, result: await send(given, { preview: true }) };
    },
  });
  const store = useMutation({
    mutationFn: (given: Given) => send(given, { on_bad_rows: leavesOut ? 'leave_out' : 'refuse_all' }),
    onSuccess: (result) => {
      if (!result.is_stored) return;
      toast(words.imported(result.added, result.known));
      onClose();
    },
    onSettled,
  });
  const seen = preview.data;
  const bad = seen?.result.errors.length ?? 0;
  const canStore = seen !== undefined && seen.result.good > 0 && (bad === 0 || leavesOut);
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={words.importTitle}
      text={words.importText}
      actions={
        <>
          <Button onClick={onClose}>{commonStrings.cancel}</Button>
          <Button
            kind="primary"
            disabled={!canStore}
            busy={store.isPending}
            onClick={() => seen && store.mutate(seen.given)}
          >
            {seen ? words.importRows(seen.result.good) : words.import}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-3">
          <input
            ref={input}
            type="file"
            accept=".csv,.txt,.xlsx"
            aria-label={words.file}
            className="sr-only"
            tabIndex={-1}
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              store.reset();
              if (file) preview.mutate(file);
            }}
          />
          <Button icon={FileUp} busy={preview.isPending} onClick={() => input.current?.click()}>
            {seen ? words.otherFile : words.chooseFile}
          </Button>
          {seen && <span className="min-w-0 truncate text-secondary">{seen.given.name}</span>}
        </div>
        {preview.isPending && <Skeleton rows={4} />}
        {preview.error && <ErrorBox error={preview.error} />}
        {seen && (
          <>
            <p role="status" className="font-name" data-rows={seen.result.rows}>
              {words.rowsRead(seen.result.rows, seen.result.good, bad)}
            </p>
            {bad > 0 && <BadRows of={seen.result.errors} />}
            {bad > 0 && seen.result.good > 0 && (
              <div className="flex items-start gap-3">
                <Switch label={words.leaveOut} isOn={leavesOut} onChange={setLeavesOut} />
                <span>
                  <span className="font-button">{words.leaveOut}</span>
                  <span className="block text-meta text-muted">{words.leaveOutText}</span>
                </span>
              </div>
            )}
            {seen.result.good > 0 ? (
              <GoodRows of={seen.result.pages} all={seen.result.good} />
            ) : (
              <p className="text-secondary">{words.nothingGood}</p>
            )}
          </>
        )}
        {store.error && <ErrorBox error={store.error} />}
      </div>
    </Dialog>
  );
};
