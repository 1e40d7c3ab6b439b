/**
 * The only place that turns a state into word, icon and tone. A state that the API adds and this table lacks fails the
 * build.
 */
import {
  Ban,
  CalendarClock,
  CalendarX,
  Check,
  CircleAlert,
  CirclePause,
  CircleX,
  Clock,
  Flag,
  FlaskConical,
  Gauge,
  Hand,
  Hourglass,
  Link2Off,
  ListOrdered,
  LoaderCircle,
  Lock,
  Mail,
  OctagonX,
  PenLine,
  Play,
  Plug,
  PowerOff,
  RefreshCw,
  RotateCcw,
  ScanSearch,
  SearchCheck,
  ShieldCheck,
  SkipForward,
  TimerOff,
  Timer,
  Trash2,
  TriangleAlert,
  Undo2,
  Unplug,
  UserCheck,
  UserX,
  type LucideIcon,
} from 'lucide-react';
import { cn } from '@/lib/cn';
import type { ContentState } from '@/data/content';
import type { Schemas } from '@/lib/api/client';
import { statusWords } from '@strings/status';

export type Tone = 'rest' | 'motion' | 'done' | 'asks' | 'broken' | 'held' | 'over';
type Look = { icon: LucideIcon; tone: Tone; dashed?: boolean };

const looks = {
  post: {
    draft: { icon: PenLine, tone: 'rest' },
    scheduled: { icon: CalendarClock, tone: 'rest' },
    publishing: { icon: LoaderCircle, tone: 'motion' },
    published: { icon: Check, tone: 'done' },
    published_partial: { icon: CircleAlert, tone: 'broken' },
    failed: { icon: CircleX, tone: 'broken' },
    needs_attention: { icon: ScanSearch, tone: 'asks' },
    checking: { icon: SearchCheck, tone: 'motion' },
    missed: { icon: CalendarX, tone: 'broken' },
    cancelled: { icon: Ban, tone: 'over' },
  },
  delivery: {
    waiting: { icon: Clock, tone: 'rest' },
    sending: { icon: LoaderCircle, tone: 'motion' },
    published: { icon: Check, tone: 'done' },
    failed: { icon: CircleX, tone: 'broken' },
    unknown: { icon: SearchCheck, tone: 'motion' },
    unconfirmed: { icon: ScanSearch, tone: 'asks' },
    cancelled: { icon: Ban, tone: 'over' },
    missed: { icon: CalendarX, tone: 'broken' },
  },
  wait: {
    schedule: { icon: PenLine, tone: 'rest' },
    time: { icon: Clock, tone: 'rest' },
    retry: { icon: RotateCcw, tone: 'rest' },
    throttle: { icon: Gauge, tone: 'rest' },
    turn: { icon: ListOrdered, tone: 'rest' },
    start: { icon: LoaderCircle, tone: 'motion' },
    resume: { icon: CirclePause, tone: 'held' },
    channel: { icon: Unplug, tone: 'held' },
    answer: { icon: Hand, tone: 'asks' },
    owner: { icon: RefreshCw, tone: 'motion' },
    platform: { icon: LoaderCircle, tone: 'motion' },
    look: { icon: SearchCheck, tone: 'motion' },
    decision: { icon: ScanSearch, tone: 'asks' },
  },
  would: {
    goes_out: { icon: Check, tone: 'rest' },
    late: { icon: Timer, tone: 'asks' },
    held: { icon: CirclePause, tone: 'held' },
    refused: { icon: CircleX, tone: 'broken' },
    failed: { icon: CircleX, tone: 'broken' },
    missed: { icon: CalendarX, tone: 'broken' },
    asks: { icon: Hand, tone: 'asks' },
  },
  channel: {
    active: { icon: Check, tone: 'done' },
    paused: { icon: CirclePause, tone: 'held' },
    off: { icon: PowerOff, tone: 'over' },
    reconnect: { icon: Unplug, tone: 'broken' },
    expiring: { icon: Hourglass, tone: 'asks' },
    at_limit: { icon: Gauge, tone: 'asks' },
    degraded: { icon: TriangleAlert, tone: 'broken' },
    removed: { icon: Ban, tone: 'over' },
    stand_in: { icon: FlaskConical, tone: 'rest', dashed: true },
  },
  run: {
    queued: { icon: Clock, tone: 'rest' },
    running: { icon: LoaderCircle, tone: 'motion' },
    waiting_approval: { icon: UserCheck, tone: 'asks' },
    succeeded: { icon: Check, tone: 'done' },
    failed: { icon: CircleX, tone: 'broken' },
    blocked: { icon: OctagonX, tone: 'asks' },
    cancelled: { icon: Ban, tone: 'over' },
  },
  content: {
    draft: { icon: PenLine, tone: 'rest' },
    pending_approval: { icon: UserCheck, tone: 'asks' },
    approved: { icon: ShieldCheck, tone: 'done' },
    rejected: { icon: Undo2, tone: 'broken' },
    scheduled: { icon: CalendarClock, tone: 'rest' },
    published: { icon: Check, tone: 'done' },
  },
  engagement: {
    queued: { icon: Clock, tone: 'rest' },
    waiting_confirmation: { icon: UserCheck, tone: 'asks' },
    sending: { icon: LoaderCircle, tone: 'motion' },
    completed: { icon: Check, tone: 'done' },
    failed: { icon: CircleX, tone: 'broken' },
    unknown: { icon: SearchCheck, tone: 'motion' },
    skipped: { icon: SkipForward, tone: 'over' },
    expired: { icon: TimerOff, tone: 'over' },
  },
  integration: {
    connected: { icon: Plug, tone: 'done' },
    expiring: { icon: Hourglass, tone: 'asks' },
    reconnect: { icon: Unplug, tone: 'broken' },
    not_connected: { icon: Link2Off, tone: 'rest' },
    switched_off: { icon: Lock, tone: 'over' },
    backing_off: { icon: Hourglass, tone: 'asks' },
  },
  campaign: {
    draft: { icon: PenLine, tone: 'rest' },
    active: { icon: Play, tone: 'done' },
    paused: { icon: CirclePause, tone: 'held' },
    completed: { icon: Flag, tone: 'over' },
  },
  member: {
    invited: { icon: Mail, tone: 'rest' },
    deactivated: { icon: UserX, tone: 'over' },
    invite_over: { icon: Ban, tone: 'over' },
  },
  company: {
    active: { icon: Check, tone: 'done' },
    suspended: { icon: Lock, tone: 'held' },
    deleted: { icon: Trash2, tone: 'over' },
  },
} satisfies Record<string, Record<string, Look>> & {
  post: Record<Schemas['post_state'] | 'checking', Look>;
  delivery: Record<Schemas['delivery_state'], Look>;
  wait: Record<Schemas['wait_kind'], Look>;
  would: Record<Schemas['predicted_fate'] | 'late', Look>;
  campaign: Record<Schemas['campaign_state'], Look>;
  run: Record<Schemas['run_state'], Look>;
  content: Record<ContentState, Look>;
  engagement: Record<Schemas['engagement_state'], Look>;
};

export type StatusOf = keyof typeof looks;
export type StateOf<Of extends StatusOf> = keyof (typeof looks)[Of] & keyof (typeof statusWords)[Of] & string;

export const lookOf = <Of extends StatusOf>(of: Of, state: StateOf<Of>): Look =>
  (looks[of] as Record<string, Look>)[state] as Look;
export const wordOf = <Of extends StatusOf>(of: Of, state: StateOf<Of>): string =>
  (statusWords[of] as Record<string, string>)[state] as string;
export const allLooks: Record<StatusOf, Record<string, Look>> = looks;

const badgeTones: Record<Tone, string> = {
  rest: 'border-line bg-surface text-secondary',
  motion: 'border-info-line bg-info-tint text-info-text',
  done: 'border-success-line bg-success-tint text-success-text',
  asks: 'border-warning-line bg-warning-tint text-warning-text',
  broken: 'border-danger-line bg-danger-tint text-danger-text',
  held: 'border-line bg-surface hatched text-secondary',
  over: 'border-line-subtle bg-sunken text-muted',
};

export const textTones: Record<Tone, string> = {
  rest: 'text-secondary',
  motion: 'text-info-text',
  done: 'text-success-text',
  asks: 'text-warning-text',
  broken: 'text-danger-text',
  held: 'text-secondary',
  over: 'text-muted',
};

export const tileTones: Record<Tone, string> = badgeTones;

type StatusProps<Of extends StatusOf> = {
  of: Of;
  state: StateOf<Of>;
  /** Words instead of the table's, where they say more: "Reconnect by 12 Dec". */
  word?: string;
  /** A badge, a line of text, or the icon alone with its word for screen readers. */
  as?: 'badge' | 'text' | 'icon' | 'tile';
  className?: string;
};

export const Status = <Of extends StatusOf>({ of, state, word, as = 'badge', className }: StatusProps<Of>) => {
  const { icon: Icon, tone, dashed } = lookOf(of, state);
  const text = word ?? wordOf(of, state);
  const icon = (
    <Icon
      size={as === 'badge' ? 13 : 16}
      strokeWidth={1.75}
      aria-hidden
      className={cn('shrink-0', tone === 'motion' && 'turning')}
    />
  );
  if (as === 'tile') {
    return (
      <span
        data-state={state}
        className={cn(
          'inline-flex size-7 shrink-0 items-center justify-center rounded-control border',
          badgeTones[tone],
          className,
        )}
      >
        {icon}
        <span className="sr-only">{text}</span>
      </span>
    );
  }
  if (as === 'icon') {
    return (
      <span data-state={state} className={cn('inline-flex', textTones[tone], className)} title={text}>
        {icon}
        <span className="sr-only">{text}</span>
      </span>
    );
  }
  if (as === 'text') {
    return (
      <span data-state={state} className={cn('inline-flex items-center gap-1.5', textTones[tone], className)}>
        {icon}
        {text}
      </span>
    );
  }
  return (
    <span
      data-state={state}
      className={cn(
        'inline-flex h-5 max-w-full items-center gap-1 whitespace-nowrap rounded-badge border px-1.5 text-meta font-button',
        badgeTones[tone],
        dashed && 'border-dashed',
        className,
      )}
    >
      {icon}
      {text}
    </span>
  );
};
