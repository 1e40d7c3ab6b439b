/** The plan as a chart: a lane for each member, and the line "now". The list below says the same as text. */
import { lookOf, textTones, wordOf } from '@/components/status';
import { Tooltip } from '@/components/tooltip';
import { useNow } from '@/lib/clock';
import { cn } from '@/lib/cn';
import { clockOf, dayOf, isSameDay, offsetMinutes, zoneName } from '@/lib/time/format';
import { engagementStrings as words } from '@strings/engagement';
import type { Engagement } from '@/data/engagement';
import { planOf, type Lane, type Mark } from './plan-model';

const lanes_most = 40;
/** A tick closer than this to "now" would be covered by its clock. */
const near_now = 0.06;
/** A label further right would be cut. */
const last_tick = 0.96;
const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

const MarkButton = ({
  mark,
  zone,
  isChosen,
  onChoose,
}: {
  mark: Mark;
  zone: string;
  isChosen: boolean;
  onChoose: (act: Engagement) => void;
}) => {
  const { act, at, share } = mark;
  const { icon: Icon, tone } = lookOf('engagement', act.state);
  const text = `${words.whatOf(act.kind, act.reaction)} · ${clockOf(at, zone)} ${zoneName(at, zone)} · ${wordOf('engagement', act.state)}`;
  return (
    <Tooltip text={text}>
      <button
        type="button"
        // The list below has the same acts for keyboards and screen readers.
        tabIndex={-1}
        aria-hidden
        onClick={() => onChoose(act)}
        className={cn(
          'absolute top-1/2 inline-flex size-6 -translate-x-1/2 -translate-y-1/2 items-center justify-center rounded-full border bg-surface',
          isChosen ? 'border-accent' : 'border-line hover:bg-hover',
          textTones[tone],
        )}
        style={{ left: percent(share) }}
      >
        <Icon size={14} strokeWidth={1.75} className={tone === 'motion' ? 'turning' : undefined} />
      </button>
    </Tooltip>
  );
};

const LaneRow = ({
  lane,
  zone,
  chosenId,
  onChoose,
}: {
  lane: Lane;
  zone: string;
  chosenId?: string;
  onChoose: (act: Engagement) => void;
}) => (
  <div className="flex h-9 items-center border-t border-line-subtle">
    <span className={cn('w-36 shrink-0 truncate pr-3 pl-4', lane.isMine ? 'font-name' : 'text-secondary')}>
      {lane.isMine ? words.you : lane.name}
    </span>
    <span className="relative h-full min-w-0 flex-1">
      {lane.marks.map((mark) => (
        <MarkButton key={mark.act.id} mark={mark} zone={zone} isChosen={mark.act.id === chosenId} onChoose={onChoose} />
      ))}
    </span>
  </div>
);

export const PlanChart = ({
  acts,
  beginsAt,
  zone,
  chosenId,
  onChoose,
}: {
  acts: Engagement[];
  beginsAt: number;
  zone: string;
  chosenId?: string;
  onChoose: (act: Engagement) => void;
}) => {
  const now = useNow();
  const plan = planOf(acts, beginsAt, now, offsetMinutes(beginsAt, zone));
  const place = (at: number) => (at - plan.from) / (plan.to - plan.from);
  const nowShare = place(now);
  const foundShare = place(beginsAt);
  const hasDays = !isSameDay(plan.from, plan.to, zone);
  return (
    <div
      role="group"
      aria-label={words.axis(
        `${dayOf(plan.from, zone, now)}, ${clockOf(Math.floor(plan.from / 60_000) * 60_000, zone)}`,
        `${dayOf(plan.to, zone, now)}, ${clockOf(Math.floor(plan.to / 60_000) * 60_000, zone)} ${zoneName(plan.to, zone)}`,
      )}
      data-plan-chart={plan.lanes.length}
      className="relative overflow-hidden rounded-card border border-line bg-surface max-tablet:hidden"
    >
      <div aria-hidden className="flex h-8 items-center bg-sunken text-axis text-muted">
        <span className="w-36 shrink-0 pl-4">{zoneName(beginsAt, zone)}</span>
        <span className="relative h-full min-w-0 flex-1">
          {plan.ticks
            .filter((at) => Math.abs(place(at) - nowShare) > near_now && place(at) < last_tick)
            .map((at) => (
              <span
                key={at}
                className="absolute top-1/2 -translate-x-1/2 -translate-y-1/2 whitespace-nowrap tabular"
                style={{ left: percent(place(at)) }}
              >
                {hasDays && clockOf(at, zone) === '00:00' ? dayOf(at, zone, now) : clockOf(at, zone)}
              </span>
            ))}
        </span>
      </div>
      {plan.lanes.slice(0, lanes_most).map((lane) => (
        <LaneRow key={lane.memberId} lane={lane} zone={zone} chosenId={chosenId} onChoose={onChoose} />
      ))}
      <div aria-hidden className="pointer-events-none absolute inset-y-0 right-0 left-36">
        <span
          className="absolute top-8 bottom-0 border-l border-dashed border-line-control"
          style={{ left: percent(foundShare) }}
        />
        {nowShare >= 0 && nowShare <= 1 && (
          <span className="absolute top-0 bottom-0 border-l-2 border-accent" style={{ left: percent(nowShare) }}>
            <span className="absolute top-1.5 left-1 rounded-badge bg-accent px-1 text-axis text-on-accent tabular">
              {clockOf(now, zone)}
            </span>
          </span>
        )}
      </div>
    </div>
  );
};
