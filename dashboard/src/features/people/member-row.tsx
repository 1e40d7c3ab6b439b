import {
  Crown,
  DoorOpen,
  Ellipsis,
  Eraser,
  Eye,
  ShieldOff,
  UserCheck,
  UserCog,
  UserX,
  type LucideIcon,
} from 'lucide-react';
import { Avatar } from '@/components/avatar';
import { buttonStyle } from '@/components/button';
import { Menu, MenuItem, MenuLine } from '@/components/menu';
import { Status } from '@/components/status';
import { Ago } from '@/components/time';
import type { Person } from '@/data/members';
import { useMe } from '@/data/people';
import { cn } from '@/lib/cn';
import { useSlowNow } from '@/lib/clock';
import { toMs } from '@/lib/time/format';
import { frameStrings } from '@strings/frame';
import { peopleStrings as words } from '@strings/people';
import { hindrance, type Act } from './standing';

export type Asked = { person: Person; what: 'change' | 'deactivate' | 'own' | 'leave' | 'erase' | 'access' | 'factor' };

const now_ms = 5 * 60_000;

const LastActive = ({ at, className }: { at: string | null; className?: string }) => {
  const now = useSlowNow(30_000);
  if (!at) return <span className={cn('text-muted', className)}>{words.never}</span>;
  return (
    <time dateTime={at} className={className}>
      {now - toMs(at) < now_ms ? words.activeNow : <Ago at={at} />}
    </time>
  );
};

type Choice = { act: Act; icon: LucideIcon; label: string; run: () => void; danger?: boolean };

type MemberRowProps = {
  person: Person;
  owners: number;
  isCurrent: boolean;
  onFocus: () => void;
  onAsk: (what: Asked['what']) => void;
  onReactivate: () => void;
};

const Actions = ({ person, owners, onAsk, onReactivate }: Omit<MemberRowProps, 'isCurrent' | 'onFocus'>) => {
  const me = useMe();
  if (!me) return null;
  const isSelf = me.member.id === person.id;
  const mayManage = me.permissions.includes('manage_members');
  if ((!mayManage && !isSelf) || person.is_erased) return null;
  const choices: Choice[] = [
    ...(mayManage
      ? [
          { act: 'team' as const, icon: UserCog, label: words.change, run: () => onAsk('change') },
          { act: 'access' as const, icon: Eye, label: words.access, run: () => onAsk('access') },
          ...(me.member.role === 'owner' && !isSelf
            ? [{ act: 'own' as const, icon: Crown, label: words.makeOwner, run: () => onAsk('own') }]
            : []),
          ...(person.is_active && !isSelf
            ? [{ act: 'factor' as const, icon: ShieldOff, label: words.resetFactor, run: () => onAsk('factor') }]
            : []),
        ]
      : []),
    person.is_active
      ? {
          act: 'deactivate',
          icon: isSelf ? DoorOpen : UserX,
          label: isSelf ? words.leave : words.deactivate,
          run: () => onAsk(isSelf ? 'leave' : 'deactivate'),
          danger: true,
        }
      : { act: 'reactivate', icon: UserCheck, label: words.reactivate, run: onReactivate },
    ...(person.is_active
      ? []
      : [{ act: 'erase' as const, icon: Eraser, label: words.erase, run: () => onAsk('erase'), danger: true }]),
  ];
  return (
    <Menu
      trigger={
        <button type="button" aria-label={words.actions(person.full_name)} className={buttonStyle('ghost', 'icon')}>
          <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
        </button>
      }
    >
      {choices.map((each, index) => {
        const hindered = hindrance(each.act, me.member, person, owners);
        return (
          <div key={each.act}>
            {index > 0 && each.danger && <MenuLine />}
            <MenuItem
              icon={each.icon}
              danger={each.danger && !hindered}
              disabled={Boolean(hindered)}
              onSelect={each.run}
            >
              {each.label}
              {hindered && <span className="block text-meta text-muted">{words.hindrances[hindered]}</span>}
            </MenuItem>
          </div>
        );
      })}
    </Menu>
  );
};

export const MemberRow = ({ person, owners, isCurrent, onFocus, onAsk, onReactivate }: MemberRowProps) => {
  const isSelf = useMe()?.member.id === person.id;
  const role = frameStrings.role(person.role);
  return (
    <li
      onFocus={onFocus}
      aria-current={isCurrent || undefined}
      data-member={person.email}
      className={cn(
        'grid min-h-13 grid-cols-[1fr_auto] items-center gap-x-4 border-t border-line-subtle px-3 py-1.5 first:border-t-0 desk:grid-cols-[minmax(14rem,2fr)_9rem_minmax(8rem,1fr)_8rem_2.25rem]',
        isCurrent && 'bg-hover shadow-[inset_2px_0_0_var(--accent)]',
      )}
    >
      <div className="flex min-w-0 items-center gap-2.5">
        <Avatar name={person.full_name} />
        <span className={cn('min-w-0', !person.is_active && 'text-muted')}>
          <span className="flex items-center gap-1.5">
            <span className="truncate font-name">{person.full_name}</span>
            {person.is_erased && <span className="text-meta text-muted">{words.erased}</span>}
            {person.is_limited && !person.is_erased && <span className="text-meta text-muted">{words.limited}</span>}
            {isSelf && <span className="text-meta text-muted">{words.you}</span>}
          </span>
          {!person.is_erased && (
            <span className="block text-meta break-words text-muted desk:truncate">
              {[person.email, ...person.integrations.map(words.connected)].join(' · ')}
            </span>
          )}
          <span className="block truncate text-meta text-secondary desk:hidden">
            {[role, person.team_name].filter(Boolean).join(' · ')}
            {person.is_active && (
              <span className="text-muted">
                {' · '}
                <LastActive at={person.last_active_at} />
              </span>
            )}
          </span>
        </span>
        {!person.is_active ? (
          <Status of="member" state="deactivated" className="ml-1 shrink-0" />
        ) : (
          !person.email_verified && (
            <Status of="member" state="invited" word={words.unverified} className="ml-1 shrink-0 max-tablet:hidden" />
          )
        )}
      </div>
      <span className="truncate max-desk:hidden">{role}</span>
      <span className={cn('truncate max-desk:hidden', !person.team_name && 'text-muted')}>
        {person.team_name ?? words.noTeam}
      </span>
      <LastActive at={person.last_active_at} className="text-meta text-secondary max-desk:hidden" />
      <span className="flex justify-end">
        <Actions person={person} owners={owners} onAsk={onAsk} onReactivate={onReactivate} />
      </span>
    </li>
  );
};
