import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download, RefreshCw, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '@/components/button';
import { MayNot } from '@/components/may-not';
import { Card, Page } from '@/components/page';
import { Empty, ErrorBox, Skeleton } from '@/components/states';
import { toastError } from '@/components/toast';
import { FilterSelect } from '@/components/field';
import { queryKeys } from '@/data/keys';
import { membersQuery } from '@/data/members';
import { useMe } from '@/data/people';
import { rolesQuery } from '@/data/roles';
import { serverNow } from '@/lib/clock';
import { useKeys } from '@/lib/keys';
import { useListKeys } from '@/lib/list-keys';
import { saveFile } from '@/lib/save-file';
import { auditStrings as words } from '@strings/audit';
import { frameStrings } from '@strings/frame';
import { entriesQuery, exportEntries, summaryQuery, type Filters } from './audit-data';
import { EntryRow } from './entry-row';
import { Proof } from './proof';

const select = 'max-tablet:w-full tablet:max-w-56';

/** The purpose of a call: the summary of its route. */
const useSentences = () => {
  const { data } = useQuery(rolesQuery);
  const calls = data?.permissions.flatMap((each) => each.calls) ?? [];
  return (action: string) => calls.find((each) => `${each.method} ${each.path}` === action)?.summary ?? action;
};

const FilterBar = ({ filters, onChange }: { filters: Filters; onChange: (next: Filters) => void }) => {
  const { data: members = [] } = useQuery(membersQuery);
  const { data: summary } = useQuery(summaryQuery);
  const sentenceOf = useSentences();
  const first = useRef<HTMLSelectElement>(null);
  useKeys([{ key: 'f', label: words.keys.filter, group: frameStrings.keysPage, run: () => first.current?.focus() }]);
  const set = (name: keyof Filters) => (event: { target: { value: string } }) =>
    onChange({ ...filters, [name]: event.target.value || undefined });
  const actions = summary?.by_action.map((each) => each.name) ?? [];
  const shownActions = filters.action && !actions.includes(filters.action) ? [filters.action, ...actions] : actions;
  return (
    <div className="flex flex-wrap items-center gap-2 max-tablet:grid max-tablet:grid-cols-2">
      <FilterSelect
        ref={first}
        aria-label={words.actor}
        value={filters.actor ?? ''}
        onChange={set('actor')}
        className={select}
      >
        <option value="">{words.anybody}</option>
        {members.map((each) => (
          <option key={each.id} value={each.id}>
            {each.full_name}
          </option>
        ))}
      </FilterSelect>
      <FilterSelect aria-label={words.action} value={filters.action ?? ''} onChange={set('action')} className={select}>
        <option value="">{words.anyAction}</option>
        {shownActions.map((each) => (
          <option key={each} value={each}>
            {sentenceOf(each)}
          </option>
        ))}
      </FilterSelect>
      <FilterSelect aria-label={words.outcome} value={filters.outcome ?? ''} onChange={set('outcome')} className={select}>
        <option value="">{words.anyOutcome}</option>
        <option value="done">{words.outcomes.done}</option>
        <option value="refused">{words.outcomes.refused}</option>
      </FilterSelect>
      <FilterSelect aria-label={words.range} value={filters.range ?? ''} onChange={set('range')} className={select}>
        <option value="">{words.ranges.all}</option>
        <option value="1d">{words.ranges['1d']}</option>
        <option value="7d">{words.ranges['7d']}</option>
        <option value="30d">{words.ranges['30d']}</option>
      </FilterSelect>
      {(['request', 'subject'] as const).map(
        (each) =>
          filters[each] && (
            <Button
              key={each}
              size="small"
              icon={X}
              onClick={() => onChange({ ...filters, [each]: undefined })}
              className="max-w-72"
            >
              <span className="truncate">{`${words[each]} ${filters[each]?.slice(-12)}`}</span>
            </Button>
          ),
      )}
    </div>
  );
};

const Entries = ({ filters, onFilter }: { filters: Filters; onFilter: (next: Filters) => void }) => {
  const client = useQueryClient();
  const list = useInfiniteQuery(entriesQuery(filters, serverNow));
  const entries = list.data?.pages.flatMap((each) => each.items) ?? [];
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const { currentId, setCurrentId } = useListKeys({
    items: entries,
    idOf: (each) => each.id,
    labels: { ...words.keys, group: frameStrings.keysPage },
    onOpen: (entry) => toggle(entry.id),
  });
  const isFiltered = Object.values(filters).some(Boolean);
  if (list.error && !list.data)
    return <ErrorBox error={list.error} what={words.list} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton rows={8} className="rounded-card border border-line" />;
  if (entries.length === 0)
    return (
      <Empty action={isFiltered && <Button onClick={() => onFilter({})}>{words.clearFilters}</Button>}>
        {isFiltered ? words.noMatch : words.none}
      </Empty>
    );
  return (
    <>
      <Card className="overflow-hidden">
        <ol aria-label={words.list}>
          {entries.map((entry) => (
            <EntryRow
              key={entry.id}
              entry={entry}
              isOpen={open.has(entry.id)}
              isCurrent={entry.id === currentId}
              onToggle={() => toggle(entry.id)}
              onFocus={() => setCurrentId(entry.id)}
              onFilter={(more) => onFilter({ ...filters, ...more })}
            />
          ))}
        </ol>
      </Card>
      <div className="flex flex-wrap gap-2">
        {list.hasNextPage && (
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {words.showMore}
          </Button>
        )}
        <Button
          kind="ghost"
          icon={RefreshCw}
          onClick={() => void client.invalidateQueries({ queryKey: queryKeys.audit })}
        >
          {words.readAnew}
        </Button>
      </div>
    </>
  );
};

export const AuditPage = () => {
  const me = useMe();
  const navigate = useNavigate();
  const filters = useSearch({ from: '/app/audit' });
  const may = me?.permissions.includes('read_audit') ?? false;
  const exporting = useMutation({
    mutationFn: () => exportEntries(filters, serverNow()),
    onSuccess: ({ file, name }) => saveFile(name, file, 'text/csv'),
    onError: toastError,
  });
  const change = (next: Filters) => void navigate({ to: '/app/audit', search: next, replace: true });
  const exportButton = (className?: string) => (
    <Button icon={Download} busy={exporting.isPending} onClick={() => exporting.mutate()} className={className}>
      {words.export}
    </Button>
  );
  return (
    <Page title={words.title} dense ownPrimary actions={may ? exportButton() : undefined}>
      {me && !may && <MayNot>{words.mayNot}</MayNot>}
      {may && (
        <>
          <Proof />
          {exportButton('tablet:hidden')}
          <FilterBar filters={filters} onChange={change} />
          <Entries filters={filters} onFilter={change} />
        </>
      )}
    </Page>
  );
};
