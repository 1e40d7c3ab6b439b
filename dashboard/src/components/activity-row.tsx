/** One event: its sentence, and its time to the millisecond. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  Ban,
  CalendarClock,
  CalendarX,
  Check,
  CircleDot,
  CirclePause,
  CirclePlay,
  CircleX,
  Gauge,
  Hand,
  PenLine,
  RotateCcw,
  ScanSearch,
  SearchCheck,
  Unplug,
  Zap,
  type LucideIcon,
} from 'lucide-react';
import { Time } from '@/components/time';
import { textTones, type Tone } from '@/components/status';
import type { Activity } from '@/data/activity';
import { recentPostsQuery, titleOf } from '@/data/posts';
import { useProject } from '@/data/projects';
import { cn } from '@/lib/cn';

const looks: [RegExp, LucideIcon, Tone][] = [
  [/Succeeded|Published$/, Check, 'done'],
  [/Unconfirmed/, ScanSearch, 'asks'],
  [/Asked/, Hand, 'asks'],
  [/Missed/, CalendarX, 'broken'],
  [/AuthFailed|Disabled|Refused/, Unplug, 'broken'],
  [/Retry/, RotateCcw, 'rest'],
  [/Failed|Degraded/, CircleX, 'broken'],
  [/Unknown|Reconcil|Looked/, SearchCheck, 'motion'],
  [/Thrott|Limit|Budget/, Gauge, 'asks'],
  [/Paused/, CirclePause, 'held'],
  [/Resumed|Enabled|Connected/, CirclePlay, 'rest'],
  [/Cancel|Deleted|Dropped/, Ban, 'over'],
  [/Schedul|Moved|Requested/, CalendarClock, 'rest'],
  [/Created|Edited|Written/, PenLine, 'rest'],
  [/Started|Sending/, Zap, 'motion'],
];

const lookOfEvent = (type: string): { icon: LucideIcon; tone: Tone } => {
  const found = looks.find(([pattern]) => pattern.test(type));
  return found ? { icon: found[1], tone: found[2] } : { icon: CircleDot, tone: 'rest' };
};

export const ActivityRow = ({
  of,
  isFresh,
  onOpen,
  zone,
}: {
  of: Activity;
  isFresh?: boolean;
  onOpen?: () => void;
  zone?: string;
}) => {
  const { icon: Icon, tone } = lookOfEvent(of.type);
  const { data: posts } = useQuery(recentPostsQuery(useProject()?.id));
  const post = posts?.find((each) => each.id === of.post_id);
  const title = post && titleOf(post);
  // Some sentences name the post themselves.
  const isNamed = title !== undefined && of.message.includes(title);
  const body = (
    <>
      <Icon size={16} strokeWidth={1.75} aria-hidden className={cn('mt-0.5 shrink-0', textTones[tone])} />
      <span className="min-w-0 flex-1">
        <span className="block break-words">
          {title && !isNamed && <span className="font-name">{title.replace(/[.:…]+$/, '')}: </span>}
          {of.message}
        </span>
        <Time at={of.at} as="exact" noZone zone={zone} className="text-axis text-muted" />
      </span>
    </>
  );
  const shape = 'flex gap-2.5 px-4 py-1.5 text-body';
  return (
    <li className={cn(isFresh && 'fresh arrive')}>
      {of.post_id ? (
        <Link
          to="/app/posts/$postId"
          params={{ postId: of.post_id }}
          search={of.delivery_id ? { delivery: of.delivery_id } : {}}
          onClick={onOpen}
          className={cn(shape, 'hover:bg-hover')}
        >
          {body}
        </Link>
      ) : (
        <div className={shape}>{body}</div>
      )}
    </li>
  );
};
