/** The coming hour, a row for each channel, with the line "now". The past is on its left. */
import { Link } from '@tanstack/react-router';
import { Check, CircleX, CirclePause, RotateCcw, ScanSearch, CalendarX } from 'lucide-react';
import { PlatformMark } from '@/components/icons';
import { Tooltip } from '@/components/tooltip';
import type { Channel } from '@/data/channels';
import { useNow } from '@/lib/clock';
import { cn } from '@/lib/cn';
import { useMedia } from '@/lib/media';
import { clockOf, lengthOf, zoneName } from '@/lib/time/format';
import { overviewStrings as words } from '@strings/overview';
import { platformNames } from '@strings/platforms';
import { marksOf, widths, type Entry, type Row, type Tick, type Window } from './runway-model';

/** The share of the axis that the clock of "now" covers on its left (with the line's own width) and on its right. */
const covered = { wide: { left: 0.1, right: 0.05 }, narrow: { left: 0.24, right: 0.1 } };

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;
const entryLeast = 0.03;
const entryMost = 0.22;

const TickMark = ({ of, zone }: { of: Tick; zone: string }) => {
  const isOut = of.state === 'published';
  const Icon = isOut
    ? of.retried
      ? RotateCcw
      : Check
    : of.state === 'missed'
      ? CalendarX
      : of.state === 'failed'
        ? CircleX
        : ScanSearch;
  const text = isOut && of.lateMs !== null ? lengthOf(Math.max(1, of.lateMs)) : '';
  return (
    <Tooltip text={`${of.title} · ${clockOf(of.moment, zone, true)} ${zoneName(of.moment, zone)}`}>
      <Link
        to="/app/posts/$postId"
        params={{ postId: of.postId }}
        search={{ delivery: of.id }}
        className="absolute inset-y-1.5 flex -translate-x-2 items-center gap-1 rounded-badge px-1 text-meta whitespace-nowrap text-muted hover:bg-hover hover:text-text"
        style={{ left: percent(of.at) }}
      >
        <Icon
          size={14}
          strokeWidth={1.75}
          aria-hidden
          className={isOut ? (of.retried ? 'text-warning-text' : 'text-success-text') : 'text-danger-text'}
        />
        <span className="sr-only">{of.title} </span>
        <span className="tabular">{text}</span>
      </Link>
    </Tooltip>
  );
};

const edges = {
  planned: 'before:bg-accent',
  late: 'before:bg-warning',
  held: 'before:hidden border-dashed hatched',
  refused: 'before:bg-danger',
};

const Block = ({ of, width, zone }: { of: Entry; width: number; zone: string }) => (
  <>
    {of.plannedAt !== undefined && of.plannedAt >= 0 && (
      <>
        <span
          aria-hidden
          className="absolute inset-y-2 w-6 rounded-badge border border-dashed border-line-control"
          style={{ left: percent(of.plannedAt) }}
        />
        <span
          aria-hidden
          className="absolute top-1/2 border-t border-dashed border-warning"
          style={{
            left: `calc(${percent(of.plannedAt)} + 1.5rem)`,
            width: `calc(${percent(Math.max(0, of.at - of.plannedAt))} - 1.5rem)`,
          }}
        />
      </>
    )}
    <Tooltip text={of.sentence || `${of.title} · ${clockOf(of.moment, zone)}`}>
      <Link
        to="/app/posts/$postId"
        params={{ postId: of.postId }}
        search={{ delivery: of.id }}
        className={cn(
          'absolute inset-y-1.5 flex items-center gap-1 overflow-hidden rounded-badge border border-line bg-surface pr-1.5 pl-2 text-meta shadow-button hover:z-1 hover:bg-hover focus-visible:z-1',
          'before:absolute before:inset-y-0 before:left-0 before:w-[0.1875rem]',
          edges[of.look],
        )}
        style={{ left: percent(of.at), width: percent(width) }}
      >
        {of.look === 'held' && <CirclePause size={12} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />}
        <span className={cn('truncate', of.look === 'held' && 'text-secondary')}>
          {of.title}
          {of.look === 'late' && (
            <span className="text-warning-text"> · {words.late(lengthOf(Math.floor(of.lateMs / 1000) * 1000))}</span>
          )}
        </span>
      </Link>
    </Tooltip>
  </>
);

const Lane = ({
  channel,
  row,
  zone,
  nowShare,
  marks,
  window,
}: {
  channel: Channel;
  row: Row;
  zone: string;
  nowShare: number;
  marks: number[];
  window: Window;
}) => {
  const wide = widths(
    row.entries.map((each) => each.at),
    entryLeast,
    entryMost,
  );
  return (
    <li className="flex h-10 border-t border-line-subtle">
      <div className="flex w-37 shrink-0 items-center gap-2 border-r border-line-subtle px-3">
        <PlatformMark of={channel.type} />
        <span className="truncate" title={`${platformNames[channel.type]} · ${channel.name}`}>
          {channel.name}
        </span>
      </div>
      <div
        className={cn(
          'relative min-w-0 flex-1 overflow-hidden',
          (channel.paused_at || !channel.is_active) && 'hatched',
        )}
      >
        <span
          aria-hidden
          className="absolute inset-y-0 left-0 bg-sunken"
          style={{ width: percent(Math.min(1, Math.max(0, nowShare))) }}
        />
        {marks.map((mark) => (
          <span
            key={mark}
            aria-hidden
            className="absolute inset-y-0 border-l border-line-subtle"
            style={{ left: percent((mark - window.from) / (window.to - window.from)) }}
          />
        ))}
        {row.ticks.map((tick) => (
          <TickMark key={tick.id} of={tick} zone={zone} />
        ))}
        {row.entries.map((entry, index) => (
          <Block key={entry.id} of={entry} width={wide[index] ?? entryLeast} zone={zone} />
        ))}
        {nowShare >= 0 && nowShare <= 1 && (
          <span
            aria-hidden
            className="pointer-events-none absolute inset-y-0 z-2 w-px bg-accent"
            style={{ left: percent(nowShare) }}
          />
        )}
      </div>
    </li>
  );
};

export const Runway = ({
  channels,
  rows,
  zone,
  window,
}: {
  channels: Channel[];
  rows: Row[];
  zone: string;
  window: Window;
}) => {
  const now = useNow();
  const { left, right } = covered[useMedia('(min-width: 64rem)') ? 'wide' : 'narrow'];
  const nowShare = (now - window.from) / (window.to - window.from);
  const marks = marksOf(window);
  return (
    <div className="rounded-card border border-line" role="group" aria-label={words.runwayLabel}>
      <div className="flex h-6.5 text-meta text-muted tabular" aria-hidden>
        <div className="w-37 shrink-0 border-r border-line-subtle" />
        <div className="relative flex-1">
          {marks.map((mark) => {
            const share = (mark - window.from) / (window.to - window.from);
            const isNear = (share > nowShare - left && share < nowShare + right) || share > 1 - left / 2;
            return (
              <span
                key={mark}
                className={cn('absolute top-1 pl-1', isNear && 'invisible')}
                style={{ left: percent(share) }}
              >
                {clockOf(mark, zone)}
              </span>
            );
          })}
          {nowShare >= 0 && nowShare <= 1 && (
            <span
              className="absolute top-1 z-2 -translate-x-1/2 rounded-badge bg-accent px-1.5 font-heading text-on-accent"
              style={{ left: percent(Math.min(0.96, Math.max(0.04, nowShare))) }}
            >
              {clockOf(now, zone, true)}
            </span>
          )}
        </div>
      </div>
      <ul>
        {channels.map((channel) => {
          const row = rows.find((each) => each.channelId === channel.id);
          return (
            row && (
              <Lane
                key={channel.id}
                channel={channel}
                row={row}
                zone={zone}
                nowShare={nowShare}
                marks={marks}
                window={window}
              />
            )
          );
        })}
      </ul>
    </div>
  );
};
