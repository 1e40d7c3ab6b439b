import { Bot, ChevronRight, CircleHelp, Server, UserRound, type LucideIcon } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { Status } from '@/components/status';
import { Time } from '@/components/time';
import { cn } from '@/lib/cn';
import { auditStrings as words } from '@strings/audit';
import type { Entry, Filters } from './audit-data';
import { changesOf, detailOf, type Change } from './changes';

const icons: Record<Entry['actor']['kind'], LucideIcon> = {
  member: UserRound,
  token: Bot,
  platform_admin: Server,
  nobody: CircleHelp,
};

const whoOf = ({ kind, name }: Entry['actor']): string => {
  if (kind === 'nobody') return words.nobody;
  if (kind === 'platform_admin') return words.operator;
  return kind === 'token' ? words.byToken(name ?? words.somebody) : (name ?? words.somebody);
};

const Value = ({ of }: { of?: string }) =>
  of === undefined ? (
    <span className="text-muted">{words.empty}</span>
  ) : (
    <span className="break-words whitespace-pre-wrap">{of}</span>
  );

const ChangeTable = ({ change }: { change: Change }) => (
  <div className="min-w-0">
    <p className="text-meta text-muted">{`${words[change.kind]}: ${change.what}`}</p>
    <dl className="grid grid-cols-[minmax(5rem,auto)_1fr_1fr] gap-x-4 text-meta max-tablet:grid-cols-1">
      {change.fields.map((field) => (
        <Fragment key={field.name}>
          <dt className="font-mono text-secondary max-tablet:pt-1">{field.name}</dt>
          <dd className={cn('min-w-0 text-danger-text', change.kind === 'added' && 'max-tablet:hidden')}>
            {change.kind !== 'added' && (
              <>
                <span className="sr-only">{words.before} </span>
                <span aria-hidden>{'− '}</span>
                <Value of={field.before} />
              </>
            )}
          </dd>
          <dd className={cn('min-w-0 text-success-text', change.kind === 'removed' && 'max-tablet:hidden')}>
            {change.kind !== 'removed' && (
              <>
                <span className="sr-only">{words.after} </span>
                <span aria-hidden>{'+ '}</span>
                <Value of={field.after} />
              </>
            )}
          </dd>
        </Fragment>
      ))}
    </dl>
  </div>
);

const Details = ({ entry, onFilter }: { entry: Entry; onFilter: (more: Filters) => void }) => {
  const changes = changesOf(entry);
  const leftOut = detailOf(entry, 'changes_left_out');
  const only = (label: string, filter: Filters) => (
    <button
      type="button"
      onClick={() => onFilter(filter)}
      className="text-accent-text underline-offset-2 hover:underline reach"
    >
      {label}
    </button>
  );
  const facts: [string, ReactNode][] = [
    [words.route, <code key="call">{entry.action}</code>],
    [words.place, entry.place === null ? words.notSealed : entry.place.toLocaleString('en')],
    [words.address, detailOf(entry, 'address')],
    [words.device, detailOf(entry, 'device')],
    [
      words.requestId,
      // An act at the command line has none.
      entry.request_id ? (
        <span key="request">
          {entry.request_id} {only(words.onlyRequest, { request: entry.request_id })}
        </span>
      ) : undefined,
    ],
    ...(entry.subject_id
      ? [
          [
            words.about,
            <span key="subject">
              {entry.subject_id} {only(words.onlySubject, { subject: entry.subject_id })}
            </span>,
          ] as [string, ReactNode],
        ]
      : []),
  ];
  return (
    <div className="flex flex-col gap-3 border-t border-line-subtle bg-sunken px-4 py-3 tablet:pl-10">
      <dl className="grid grid-cols-[8rem_1fr] gap-x-4 gap-y-0.5 text-meta max-tablet:grid-cols-1">
        {facts
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => (
            <Fragment key={name}>
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </Fragment>
          ))}
      </dl>
      {changes.length > 0 ? (
        changes.map((each, index) => <ChangeTable key={index} change={each} />)
      ) : (
        <p className="text-meta text-muted">{words.noChanges}</p>
      )}
      {leftOut && <p className="text-meta text-muted">{words.leftOut(leftOut)}</p>}
    </div>
  );
};

type EntryRowProps = {
  entry: Entry;
  isOpen: boolean;
  isCurrent: boolean;
  onToggle: () => void;
  onFocus: () => void;
  onFilter: (more: Filters) => void;
};

export const EntryRow = ({ entry, isOpen, isCurrent, onToggle, onFocus, onFilter }: EntryRowProps) => {
  const Icon = icons[entry.actor.kind];
  const sentence = entry.sentence || entry.action;
  const isRefused = entry.outcome === 'refused';
  return (
    <li
      onFocus={onFocus}
      aria-current={isCurrent || undefined}
      data-entry={entry.outcome}
      data-action={entry.action}
      className={cn(
        'border-t border-line-subtle first:border-t-0',
        isCurrent && 'shadow-[inset_2px_0_0_var(--accent)]',
      )}
    >
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={onToggle}
        className={cn(
          'grid w-full grid-cols-[1rem_1fr] items-start gap-x-2.5 px-3 py-2 text-left hover:bg-hover max-tablet:min-h-11 tablet:grid-cols-[1rem_10.5rem_9rem_minmax(0,1fr)] desk:grid-cols-[1rem_9.5rem_13rem_1fr_auto] desk:items-center',
          isCurrent && 'bg-hover',
        )}
      >
        <ChevronRight
          size={14}
          strokeWidth={1.75}
          aria-hidden
          className={cn('mt-0.5 text-muted desk:mt-0', isOpen && 'rotate-90')}
        />
        <Time
          at={entry.at}
          as="exact"
          className="text-meta text-secondary tabular max-tablet:order-last max-tablet:col-start-2"
        />
        <span className="flex min-w-0 items-center gap-1.5">
          <Icon size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
          <span className="truncate font-name">{whoOf(entry.actor)}</span>
        </span>
        <span className="min-w-0 max-tablet:col-start-2 desk:truncate">{sentence}</span>
        {isRefused && (
          <span className="max-desk:py-0.5 max-tablet:col-start-2 tablet:max-desk:col-start-4">
            <Status of="would" state="refused" word={words.refusedWith(entry.status ?? 0, entry.code ?? '')} />
          </span>
        )}
      </button>
      {isOpen && <Details entry={entry} onFilter={onFilter} />}
    </li>
  );
};
