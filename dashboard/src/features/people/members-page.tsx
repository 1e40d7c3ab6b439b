import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '@/components/button';
import { ConfirmDialog, isToConfirm } from '@/components/confirm-identity';
import { Confirm } from '@/components/dialog';
import { FilterSelect, SelectField } from '@/components/field';
import { MayNot } from '@/components/may-not';
import { Card } from '@/components/page';
import { Empty, Loaded } from '@/components/states';
import { membersQuery, roles, teamsQuery, type Person } from '@/data/members';
import { useMay, useMe } from '@/data/people';
import { useKeys } from '@/lib/keys';
import { useListKeys } from '@/lib/list-keys';
import { queryClient } from '@/lib/query-client';
import { signOut } from '@/lib/session';
import { frameStrings } from '@strings/frame';
import { peopleStrings as words } from '@strings/people';
import { AccessDialog } from './access-dialog';
import { MemberDialog } from './member-dialog';
import { MemberRow, type Asked } from './member-row';
import { found, heirs, type Filters } from './found';
import { PeoplePage } from './people-page';
import { useMemberCommands } from './people-data';

const rows_step = 100;
const select = 'max-tablet:w-full tablet:max-w-56';

const FilterBar = ({ filters, onChange }: { filters: Filters; onChange: (next: Filters) => void }) => {
  const { data: teams = [] } = useQuery(teamsQuery);
  const field = useRef<HTMLInputElement>(null);
  useKeys([{ key: 'f', label: words.keys.search, group: frameStrings.keysPage, run: () => field.current?.focus() }]);
  const set = (more: Filters) => onChange({ ...filters, ...more });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="relative min-w-0 flex-1 basis-56 tablet:max-w-80">
        <Search
          size={15}
          strokeWidth={1.75}
          aria-hidden
          className="absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
        />
        <input
          ref={field}
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          defaultValue={filters.q}
          onChange={(event) => set({ q: event.target.value || undefined })}
          className="field min-h-(--control) py-1 pl-8 text-body"
        />
      </span>
      <div className="flex flex-wrap items-center gap-2 max-tablet:grid max-tablet:w-full max-tablet:grid-cols-2 max-tablet:[&>:last-child:nth-child(odd)]:col-span-2">
        <FilterSelect
          aria-label={words.filterRole}
          value={filters.role ?? ''}
          onChange={(event) => set({ role: event.target.value || undefined })}
          className={select}
        >
          <option value="">{words.anyRole}</option>
          {roles.map((each) => (
            <option key={each} value={each}>
              {frameStrings.role(each)}
            </option>
          ))}
        </FilterSelect>
        {teams.length > 0 && (
          <FilterSelect
            aria-label={words.filterTeam}
            value={filters.team ?? ''}
            onChange={(event) => set({ team: event.target.value || undefined })}
            className={select}
          >
            <option value="">{words.anyTeam}</option>
            {teams.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </FilterSelect>
        )}
        <FilterSelect
          aria-label={words.filterState}
          value={filters.state ?? ''}
          onChange={(event) => set({ state: event.target.value || undefined })}
          className={select}
        >
          <option value="">{words.states.all}</option>
          <option value="active">{words.states.active}</option>
          <option value="deactivated">{words.states.deactivated}</option>
        </FilterSelect>
      </div>
    </div>
  );
};

const Lines = ({ of }: { of: readonly string[] }) => (
  <ul className="flex list-disc flex-col gap-1 pl-4">
    {of.map((each) => (
      <li key={each}>{each}</li>
    ))}
  </ul>
);

/** An action that is hard to undo explains its effect first. */
const Asking = ({
  asked,
  onResetFactor,
  onClose,
}: {
  asked: Asked;
  onResetFactor: () => void;
  onClose: () => void;
}) => {
  const navigate = useNavigate();
  const { deactivate, handOver, erase } = useMemberCommands();
  const { person, what } = asked;
  const me = useMe();
  const { data: people = [] } = useQuery(membersQuery);
  const isLeaving = what === 'leave';
  const [successorId, setSuccessorId] = useState(isLeaving ? '' : (me?.member.id ?? ''));
  const going = { person, ...(successorId ? { successorId } : {}) };
  const leave = async () => {
    await deactivate.mutateAsync(going);
    await signOut().catch(() => undefined);
    queryClient.clear();
    await navigate({ to: '/sign-in' });
  };
  const shown = {
    deactivate: {
      title: words.deactivateTitle(person.full_name),
      text: words.deactivateText(person.full_name),
      action: words.deactivate,
      keep: words.keepActive,
      run: () => deactivate.mutate(going),
    },
    leave: {
      title: words.leaveTitle,
      text: words.leaveText,
      action: words.leave,
      keep: words.stay,
      run: () => void leave(),
    },
    own: {
      title: words.ownTitle(person.full_name),
      text: words.ownText(person.full_name),
      action: words.makeOwner,
      keep: words.keepOwning,
      run: () => handOver.mutate(person),
    },
    erase: {
      title: words.eraseTitle(person.full_name),
      text: words.eraseText,
      action: words.erase,
      keep: words.keepTheirs,
      run: () => erase.mutate(person),
    },
    factor: {
      title: words.resetFactorTitle(person.full_name),
      text: words.resetFactorText(person.full_name),
      action: words.resetFactor,
      keep: words.keepFactor,
      run: onResetFactor,
    },
  }[what as 'deactivate' | 'leave' | 'own' | 'erase' | 'factor'];
  return (
    <Confirm
      open
      onOpenChange={(open) => !open && onClose()}
      title={shown.title}
      text={<Lines of={shown.text} />}
      action={shown.action}
      keep={shown.keep}
      onConfirm={shown.run}
    >
      {(what === 'deactivate' || isLeaving) && (
        <SelectField
          label={words.successor}
          help={words.successorHelp}
          value={successorId}
          onChange={(event) => setSuccessorId(event.target.value)}
        >
          {isLeaving && <option value="">{words.anyHeir}</option>}
          {heirs(people, person.id).map((each) => (
            <option key={each.id} value={each.id}>
              {each.full_name}
            </option>
          ))}
        </SelectField>
      )}
    </Confirm>
  );
};

const Members = ({ people, filters, onClear }: { people: Person[]; filters: Filters; onClear: () => void }) => {
  const mayManage = useMay('manage_members');
  const { reactivate, resetFactor } = useMemberCommands();
  const [asked, setAsked] = useState<Asked>();
  const [most, setMost] = useState(rows_step);
  /** Whose factor is reset as soon as one has confirmed that it is oneself. */
  const unconfirmed = isToConfirm(resetFactor.error) ? resetFactor.variables : undefined;
  const owners = people.filter((each) => each.role === 'owner' && each.is_active).length;
  const all = found(people, filters);
  const shown = all.slice(0, most);
  const ask = (person: Person, what: Asked['what']) => setAsked({ person, what });
  const { currentId, setCurrentId } = useListKeys({
    items: shown,
    idOf: (each) => each.id,
    labels: { ...words.keys, group: frameStrings.keysPage },
    onOpen: (person) => mayManage && ask(person, 'change'),
  });
  return (
    <>
      {shown.length === 0 ? (
        <Empty action={<Button onClick={onClear}>{words.clearFilters}</Button>}>{words.noMatch}</Empty>
      ) : (
        <Card>
          <div
            aria-hidden
            className="grid h-8 grid-cols-[minmax(14rem,2fr)_9rem_minmax(8rem,1fr)_8rem_2.25rem] items-center gap-x-4 rounded-t-card bg-sunken px-3 text-meta text-muted max-desk:hidden"
          >
            <span>{words.columns.name}</span>
            <span>{words.columns.role}</span>
            <span>{words.columns.team}</span>
            <span>{words.columns.active}</span>
          </div>
          <ul aria-label={words.list} className="desk:border-t desk:border-line-subtle">
            {shown.map((person) => (
              <MemberRow
                key={person.id}
                person={person}
                owners={owners}
                isCurrent={person.id === currentId}
                onFocus={() => setCurrentId(person.id)}
                onAsk={(what) => ask(person, what)}
                onReactivate={() => reactivate.mutate(person)}
              />
            ))}
          </ul>
        </Card>
      )}
      {all.length > most && (
        <Button className="self-start" onClick={() => setMost(most + rows_step)}>
          {words.showMore(Math.min(rows_step, all.length - most))}
        </Button>
      )}
      {people.length === 1 && <Empty>{words.alone}</Empty>}
      {asked?.what === 'change' ? (
        <MemberDialog key={asked.person.id} person={asked.person} owners={owners} onClose={() => setAsked(undefined)} />
      ) : asked?.what === 'access' ? (
        <AccessDialog key={asked.person.id} person={asked.person} onClose={() => setAsked(undefined)} />
      ) : (
        asked && (
          <Asking
            asked={asked}
            onResetFactor={() => resetFactor.mutate(asked.person)}
            onClose={() => setAsked(undefined)}
          />
        )
      )}
      {unconfirmed && (
        <ConfirmDialog onDone={() => resetFactor.mutate(unconfirmed)} onClose={() => resetFactor.reset()} />
      )}
    </>
  );
};

export const MembersPage = () => {
  const navigate = useNavigate();
  const filters = useSearch({ from: '/app/people' });
  const me = useMe();
  const members = useQuery(membersQuery);
  // The field is rendered anew, and empty.
  const [clears, setClears] = useState(0);
  const clear = () => {
    setClears(clears + 1);
    void navigate({ to: '/app/people', search: {} });
  };
  return (
    <PeoplePage title={words.title}>
      {me && !me.permissions.includes('manage_members') && <MayNot>{words.mayNotChange}</MayNot>}
      <FilterBar
        key={clears}
        filters={filters}
        onChange={(next) => void navigate({ to: '/app/people', search: next, replace: true })}
      />
      <Loaded query={members} what={words.list} rows={6}>
        {(people) => <Members people={people} filters={filters} onClear={clear} />}
      </Loaded>
    </PeoplePage>
  );
};
