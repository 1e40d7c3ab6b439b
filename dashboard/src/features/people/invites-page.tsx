import { useQuery } from '@tanstack/react-query';
import { Link2, Mail, Table2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { MayNot } from '@/components/may-not';
import { Card, Section } from '@/components/page';
import { Empty, Loaded } from '@/components/states';
import { Status } from '@/components/status';
import { Time } from '@/components/time';
import { membersQuery, teamsQuery, type Invite } from '@/data/members';
import { useMe } from '@/data/people';
import { useSlowNow } from '@/lib/clock';
import { cn } from '@/lib/cn';
import { frameStrings } from '@strings/frame';
import { peopleStrings as words } from '@strings/people';
import { stateOfInvite } from './invite-state';
import { InviteTableDialog } from './invite-table-dialog';
import { PeoplePage } from './people-page';
import { invitesQuery, useInviteCommands } from './people-data';

/** Until when it is valid, or since when it is not. */
const Ends = ({ invite, isOpen }: { invite: Invite; isOpen: boolean }) => (
  <>
    {isOpen ? words.until : words.ended} <Time at={invite.revoked_at ?? invite.expires_at} as="day" />
  </>
);

const InviteRow = ({ invite, now }: { invite: Invite; now: number }) => {
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: members = [] } = useQuery(membersQuery);
  const { revoke } = useInviteCommands();
  const state = stateOfInvite(invite, now);
  const team = teams.find((each) => each.id === invite.team_id)?.name;
  const by = members.find((each) => each.id === invite.created_by)?.full_name ?? words.somebody;
  const whom = invite.email ?? words.anybody;
  const Icon = invite.email ? Mail : Link2;
  return (
    <li
      data-invite={state}
      className="grid min-h-13 grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 border-t border-line-subtle px-3 py-1.5 first:border-t-0 desk:grid-cols-[minmax(14rem,2fr)_minmax(8rem,1fr)_minmax(8rem,1fr)_6.5rem]"
    >
      <span className="flex min-w-0 items-center gap-2.5">
        <Icon size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
        <span className="min-w-0">
          <span className={cn('block truncate font-name', state !== 'open' && 'text-secondary')}>{whom}</span>
          <span className="block truncate text-meta text-muted">
            {frameStrings.role(invite.role)}
            {team && ` · ${team}`}
            {` · ${words.madeBy(by)}`}
          </span>
        </span>
      </span>
      <span className="contents text-meta max-desk:col-span-full max-desk:flex max-desk:flex-wrap max-desk:gap-x-1.5 max-desk:pl-6.5">
        <span className="text-secondary tabular">{words.used(invite.uses, invite.uses_max)}</span>
        <span className="text-muted">{state !== 'used' && <Ends invite={invite} isOpen={state === 'open'} />}</span>
      </span>
      <span className="flex justify-end text-body max-desk:col-start-2 max-desk:row-start-1">
        {state === 'open' ? (
          <Button
            size="small"
            busy={revoke.isPending}
            aria-label={words.revokeNamed(whom)}
            onClick={() => revoke.mutate(invite.id)}
          >
            {words.revoke}
          </Button>
        ) : (
          <Status of="member" state="invite_over" word={words.inviteStates[state]} />
        )}
      </span>
    </li>
  );
};

const Part = ({ title, invites, now }: { title: string; invites: Invite[]; now: number }) =>
  invites.length === 0 ? null : (
    <Section title={title} count={invites.length}>
      <Card>
        <ul>
          {invites.map((each) => (
            <InviteRow key={each.id} invite={each} now={now} />
          ))}
        </ul>
      </Card>
    </Section>
  );

const Invites = () => {
  const invites = useQuery(invitesQuery);
  const now = useSlowNow(30_000);
  return (
    <Loaded query={invites} what={words.invitesList}>
      {(list) => {
        const open = list.filter((each) => stateOfInvite(each, now) === 'open');
        if (list.length === 0) return <Empty>{words.noInvites}</Empty>;
        return (
          <div className="flex flex-col gap-5">
            {open.length === 0 && <Empty>{words.noInvites}</Empty>}
            <Part title={words.openInvites} invites={open} now={now} />
            <Part title={words.overInvites} invites={list.filter((each) => !open.includes(each))} now={now} />
          </div>
        );
      }}
    </Loaded>
  );
};

export const InvitesPage = () => {
  const me = useMe();
  const may = me?.permissions ?? [];
  const [isTable, setTable] = useState(false);
  return (
    <PeoplePage title={words.invites}>
      {me && !may.includes('manage_members') && (
        <MayNot>{may.includes('invite_members') ? words.mayNotInvites : words.mayNotInvite}</MayNot>
      )}
      {may.includes('invite_members') && (
        <Button icon={Table2} onClick={() => setTable(true)} className="self-start">
          {words.inviteTable}
        </Button>
      )}
      {may.includes('manage_members') && <Invites />}
      {isTable && <InviteTableDialog onClose={() => setTable(false)} />}
    </PeoplePage>
  );
};
