/** The runway on a phone: line by line, with "now" between past and coming posts. */
import { Link } from '@tanstack/react-router';
import { PlatformMark } from '@/components/icons';
import { Lateness, Time } from '@/components/time';
import type { Channel } from '@/data/channels';
import { useNow } from '@/lib/clock';
import { cn } from '@/lib/cn';
import { clockOf, lengthOf } from '@/lib/time/format';
import { overviewStrings as words } from '@strings/overview';
import type { Row } from './runway-model';

type Line = {
  key: string;
  postId: string;
  title: string;
  moment: string;
  channels: Channel[];
  isOver: boolean;
  lateMs: number | null;
  note: string;
};

/** Deliveries of the same post and moment are one line. */
const linesOf = (rows: Row[], channels: Channel[]): Line[] => {
  const lines = new Map<string, Line>();
  const put = (id: string, channelId: string, line: Omit<Line, 'key' | 'channels'>) => {
    const channel = channels.find((each) => each.id === channelId);
    if (!channel) return;
    const key = `${line.postId} ${line.isOver ? 'over' : clockOf(line.moment, 'UTC', true)}`;
    const found = lines.get(key);
    if (found) {
      found.channels.push(channel);
      found.note ||= line.note;
      found.lateMs = Math.max(found.lateMs ?? 0, line.lateMs ?? 0);
    } else lines.set(key, { ...line, key: `${key} ${id}`, channels: [channel] });
  };
  for (const row of rows) {
    for (const tick of row.ticks)
      put(tick.id, row.channelId, {
        postId: tick.postId,
        title: tick.title,
        moment: tick.moment,
        isOver: true,
        lateMs: tick.lateMs,
        note: '',
      });
    for (const entry of row.entries) {
      const late = words.late(lengthOf(Math.floor(entry.lateMs / 1000) * 1000));
      const note = { planned: '', late, held: words.held, refused: entry.sentence }[entry.look];
      put(entry.id, row.channelId, {
        postId: entry.postId,
        title: entry.title,
        moment: entry.moment,
        isOver: false,
        lateMs: null,
        note,
      });
    }
  }
  return [...lines.values()].sort((a, b) => Date.parse(a.moment) - Date.parse(b.moment));
};

const AgendaLine = ({ of, zone }: { of: Line; zone: string }) => (
  <li className="border-t border-line-subtle first:border-t-0">
    <Link to="/app/posts/$postId" params={{ postId: of.postId }} className="flex gap-3 px-3 py-2">
      <Time at={of.moment} zone={zone} as="clock" noZone className="w-16 shrink-0 text-meta text-secondary" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-name">{of.title}</span>
        <span className="flex items-center gap-2 text-meta text-muted">
          {of.channels.map((channel) => (
            <PlatformMark key={channel.id} of={channel.type} named />
          ))}
          {of.isOver && of.lateMs !== null ? <Lateness ms={of.lateMs} /> : of.note}
        </span>
      </span>
    </Link>
  </li>
);

export const Agenda = ({ rows, channels, zone }: { rows: Row[]; channels: Channel[]; zone: string }) => {
  const now = useNow();
  const lines = linesOf(rows, channels);
  const over = lines.filter((each) => each.isOver || Date.parse(each.moment) < now);
  const coming = lines.filter((each) => !each.isOver && Date.parse(each.moment) >= now);
  // With nothing on either side the line stands by itself: an empty frame reads as a field.
  const isBare = over.length + coming.length === 0;
  return (
    <div className={isBare ? undefined : 'overflow-hidden rounded-card border border-line'}>
      <ol>
        {over.slice(-4).map((each) => (
          <AgendaLine key={each.key} of={each} zone={zone} />
        ))}
      </ol>
      <p
        aria-hidden
        className={cn(
          'flex items-center gap-2 text-meta font-heading text-accent-text tabular',
          !isBare && 'px-3 py-1.5',
        )}
      >
        {clockOf(now, zone, true)}
        <span className="h-px flex-1 bg-accent" />
      </p>
      <ol>
        {coming.slice(0, 8).map((each) => (
          <AgendaLine key={each.key} of={each} zone={zone} />
        ))}
      </ol>
    </div>
  );
};
