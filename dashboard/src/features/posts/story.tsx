/** The events in order, to the millisecond: each step with its sentence, its rule and its figures. */
import {
  Ban,
  Bell,
  CalendarClock,
  Check,
  CirclePause,
  CirclePlay,
  CircleX,
  FileCheck,
  Gauge,
  Hand,
  PenLine,
  Plug,
  RotateCcw,
  ScanSearch,
  SearchCheck,
  Send,
  Timer,
  Trash2,
  Unplug,
  UserCheck,
  Zap,
  CircleHelp,
  Dot,
  type LucideIcon,
} from 'lucide-react';
import { Countdown } from '@/components/time';
import { Status, textTones, type Tone } from '@/components/status';
import { cn } from '@/lib/cn';
import type { Schemas } from '@/lib/api/client';
import { clockOf, isSameDay, lengthOf, partsIn, zoneName } from '@/lib/time/format';
import { postStrings as words } from '@strings/post';

type Step = Schemas['explanation_step'];
type Wait = Schemas['explanation_wait'];

const looks: Record<Schemas['step_kind'], { icon: LucideIcon; tone: Tone }> = {
  written: { icon: PenLine, tone: 'rest' },
  edited: { icon: PenLine, tone: 'rest' },
  deleted: { icon: Trash2, tone: 'over' },
  scheduled: { icon: CalendarClock, tone: 'rest' },
  requested: { icon: Send, tone: 'rest' },
  cancelled: { icon: Ban, tone: 'over' },
  paused: { icon: CirclePause, tone: 'held' },
  resumed: { icon: CirclePlay, tone: 'rest' },
  channel_off: { icon: Unplug, tone: 'broken' },
  channel_on: { icon: Plug, tone: 'rest' },
  due: { icon: Timer, tone: 'rest' },
  throttled: { icon: Gauge, tone: 'asks' },
  permitted: { icon: UserCheck, tone: 'rest' },
  attempt_begun: { icon: FileCheck, tone: 'rest' },
  first_byte: { icon: Zap, tone: 'motion' },
  published: { icon: Check, tone: 'done' },
  failed: { icon: CircleX, tone: 'broken' },
  retry_scheduled: { icon: RotateCcw, tone: 'rest' },
  outcome_unknown: { icon: CircleHelp, tone: 'asks' },
  reconciled: { icon: SearchCheck, tone: 'motion' },
  unconfirmed: { icon: ScanSearch, tone: 'asks' },
  missed: { icon: Ban, tone: 'broken' },
  asked: { icon: Hand, tone: 'asks' },
  decided: { icon: UserCheck, tone: 'rest' },
  noted: { icon: Bell, tone: 'rest' },
};

const ring: Record<Tone, string> = {
  rest: 'border-line bg-surface',
  motion: 'border-info-line bg-info-tint',
  done: 'border-success-line bg-success-tint',
  asks: 'border-warning-line bg-warning-tint',
  broken: 'border-danger-line bg-danger-tint',
  held: 'border-line bg-surface hatched',
  over: 'border-line-subtle bg-sunken',
};

const numberOf = (figures: Record<string, unknown>, name: string): number | undefined => {
  const value = figures[name];
  return typeof value === 'number' ? value : undefined;
};
const textOf = (figures: Record<string, unknown>, name: string): string | undefined => {
  const value = figures[name];
  return typeof value === 'string' ? value : undefined;
};

/**
 * The figures that say more than the sentence, in words. The platform's id is for a ticket (storyText): nobody reads
 * it.
 */
const figuresInWords = (figures: Record<string, unknown>, zone: string): string[] => {
  const f = words.figures;
  const found: (string | undefined)[] = [
    textOf(figures, 'budget'),
    numberOf(figures, 'publish_duration_ms') !== undefined
      ? f.call(lengthOf(numberOf(figures, 'publish_duration_ms') ?? 0))
      : undefined,
    numberOf(figures, 'failures')
      ? f.failures(numberOf(figures, 'failures') ?? 0, numberOf(figures, 'max_attempts'))
      : undefined,
    numberOf(figures, 'ahead') ? f.ahead(numberOf(figures, 'ahead') ?? 0) : undefined,
    textOf(figures, 'retry_at') ? f.retryAt(clockOf(textOf(figures, 'retry_at') ?? '', zone, true)) : undefined,
  ];
  return found.filter((each): each is string => Boolean(each));
};

const gapWords = (before: Step, after: Step): string | undefined => {
  const gap = Date.parse(after.at) - Date.parse(before.at);
  if (gap < 1000) return undefined;
  const length = lengthOf(gap < 60_000 ? gap : Math.floor(gap / 1000) * 1000);
  if (after.kind === 'due') return words.until(length);
  if (before.kind === 'first_byte') return words.ofTheCall(length);
  return length;
};

const StepTime = ({ at, zone, now }: { at: string; zone: string; now: number }) => {
  const p = partsIn(at, zone);
  return (
    <time dateTime={at} className="text-secondary tabular whitespace-nowrap">
      {!isSameDay(at, now, zone) && `${p.weekday} ${p.day} ${p.month}, `}
      {p.hour}:{p.minute}:{p.second}
      <span className="text-muted">.{p.ms}</span>
    </time>
  );
};

const line = 'grid grid-cols-[9.5rem_1.25rem_1fr] gap-x-2.5 max-tablet:grid-cols-[1.25rem_1fr]';

const StepRow = ({ step, zone, now, isLast }: { step: Step; zone: string; now: number; isLast: boolean }) => {
  const { icon: Icon, tone } = looks[step.kind] ?? { icon: Dot, tone: 'rest' as const };
  const rule = words.rules[step.rule];
  const figures = figuresInWords(step.figures, zone);
  return (
    <li className={cn(line, 'arrive')} data-step={step.kind}>
      <span className="pt-0.5 text-right text-meta max-tablet:hidden">
        <StepTime at={step.at} zone={zone} now={now} />
      </span>
      <span className="flex flex-col items-center" aria-hidden>
        <span
          className={cn(
            'inline-flex size-5 items-center justify-center rounded-full border',
            ring[tone],
            textTones[tone],
          )}
        >
          <Icon size={12} strokeWidth={1.75} />
        </span>
        {!isLast && <span className="w-px flex-1 bg-line" />}
      </span>
      <div className="min-w-0 pb-3">
        <p className={cn('break-words', step.kind === 'due' && 'font-name text-accent-text')}>{step.sentence}</p>
        <p className="flex flex-wrap gap-x-3 text-meta text-muted">
          <span className="tablet:hidden">
            <StepTime at={step.at} zone={zone} now={now} />
          </span>
          {rule && <span>{rule}</span>}
          {figures.map((each) => (
            <span key={each} className="tabular">
              {each}
            </span>
          ))}
        </p>
      </div>
    </li>
  );
};

const Gap = ({ text }: { text: string }) => (
  <li className={line} aria-hidden>
    <span className="max-tablet:hidden" />
    <span className="flex justify-center">
      <span className="h-full border-l border-dashed border-line-control" />
    </span>
    <span className="-mt-1 pb-2.5 text-meta text-muted">{text}</span>
  </li>
);

const WaitRow = ({ wait, action }: { wait: Wait; action?: React.ReactNode }) => {
  const until = textOf(wait.figures, 'until') ?? textOf(wait.figures, 'retry_at');
  return (
    <li className={line} data-wait={wait.kind}>
      <span className="pt-0.5 text-right text-meta text-accent-text max-tablet:hidden">
        {until && <Countdown to={until} />}
      </span>
      <span className="flex justify-center pt-0.5">
        <Status of="wait" state={wait.kind} as="icon" />
      </span>
      <div className="pb-3">
        <p>{wait.sentence}</p>
        {wait.you_can && <p className="text-meta text-muted">{wait.you_can}</p>}
        {action}
      </div>
    </li>
  );
};

type StoryProps = { steps: Step[]; waits: Wait[]; zone: string; now: number; action?: React.ReactNode };

export const Story = ({ steps, waits, zone, now, action }: StoryProps) => (
  <ol className="flex flex-col">
    {steps.flatMap((step, index) => {
      const before = steps[index - 1];
      const gap = before && gapWords(before, step);
      return [
        gap ? <Gap key={`gap ${step.at} ${index}`} text={gap} /> : null,
        <StepRow
          key={`${step.at} ${step.kind} ${index}`}
          step={step}
          zone={zone}
          now={now}
          isLast={index === steps.length - 1 && waits.length === 0}
        />,
      ];
    })}
    {waits.map((wait, index) => (
      <WaitRow key={`${wait.kind} ${index}`} wait={wait} action={index === 0 ? action : undefined} />
    ))}
  </ol>
);

/** The story as plain text, for a mail or a ticket. */
export const storyText = (
  title: string,
  channel: string,
  summary: string,
  steps: Step[],
  waits: Wait[],
  zone: string,
): string =>
  [
    `${title} · ${channel}`,
    summary,
    '',
    ...steps.map((step) => {
      const p = partsIn(step.at, zone);
      const id = textOf(step.figures, 'external_post_id');
      const clock = `${p.weekday} ${p.day} ${p.month} ${p.year}, ${p.hour}:${p.minute}:${p.second}.${p.ms}`;
      return `${clock} ${zoneName(step.at, zone)}  ${step.sentence}${id ? ` (${words.figures.id(id)})` : ''}`;
    }),
    ...waits.map((wait) => wait.sentence),
  ].join('\n');
