/** How late today's deliveries began: the figures, and a dot for each on a logarithmic axis. */
import { Link } from '@tanstack/react-router';
import { Section } from '@/components/page';
import type { Outcome } from '@/data/outcomes';
import { lengthOf } from '@/lib/time/format';
import { timeStrings } from '@strings/time';
import { overviewStrings as words } from '@strings/overview';

const most_ms = 60_000;
const axis = [1, 10, 100, 1000, 10_000];

/** From 0 (a millisecond and less) to 1 (a minute and more). */
const shareOf = (ms: number): number => Math.log10(Math.min(most_ms, Math.max(1, ms))) / Math.log10(most_ms);

/** The value below which `share` of the sorted values lie. */
const percentile = (sorted: number[], share: number): number | undefined =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))];

/** The same dot always has the same position, so that nothing jumps when one arrives. */
const scatter = (id: string): number => {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 997;
  return sum / 997;
};

const Figure = ({ value, unit, label }: { value: string; unit?: string; label: string }) => (
  <div>
    <p className="text-figure font-heading tabular">
      {value} {unit && <span className="text-meta font-normal text-secondary">{unit}</span>}
    </p>
    <p className="text-meta text-muted">{label}</p>
  </div>
);

const split = (ms: number | undefined): { value: string; unit?: string } => {
  if (ms === undefined) return { value: timeStrings.none };
  const [value = '', ...unit] = lengthOf(Math.max(1, ms)).split(' ');
  return { value, unit: unit.join(' ') };
};

const dots_max = 500;

export const Punctuality = ({ outcomes }: { outcomes: Outcome[] }) => {
  const out = outcomes.filter((each) => each.state === 'published');
  const late = out.map((each) => each.lateness_ms ?? 0).sort((a, b) => a - b);
  const p99 = percentile(late, 0.99);
  return (
    <Section
      title={words.punctuality}
      aside={
        <Link to="/app/analytics" className="text-muted hover:text-text">
          {words.analytics}
        </Link>
      }
    >
      <div className="grid grid-cols-3 gap-x-4 gap-y-2 tablet:flex tablet:flex-wrap tablet:gap-x-5">
        <Figure value={String(out.length)} label={words.wentOut} />
        <Figure {...split(percentile(late, 0.5))} label={words.lateHalf} />
        <Figure {...split(p99)} label={words.lateMost} />
        <Figure value={String(out.filter((each) => each.attempt > 1).length)} label={words.retried} />
        <Figure value={String(outcomes.filter((each) => each.state === 'failed').length)} label={words.failed} />
      </div>
      {out.length === 0 ? (
        <p className="text-meta text-muted">{words.noneToday}</p>
      ) : (
        <figure className="flex flex-col gap-1" aria-label={words.stripLabel}>
          <div className="relative h-16 border-b border-line" aria-hidden>
            {p99 !== undefined && (
              <span
                className="absolute inset-y-0 border-l border-dashed border-line-control pl-1 text-axis text-muted"
                style={{ left: `${shareOf(p99) * 100}%` }}
              >
                {words.ninetyNine}
              </span>
            )}
            {out.slice(0, dots_max).map((each) => {
              const ms = each.lateness_ms ?? 0;
              return (
                <span
                  key={each.id}
                  className={`absolute size-1.5 -translate-x-1/2 rounded-full opacity-70 ${ms > 60_000 ? 'bg-warning' : ms > 1000 ? 'bg-chart-6' : 'bg-success'}`}
                  style={{ left: `${shareOf(ms) * 100}%`, bottom: `${10 + scatter(each.id) * 70}%` }}
                />
              );
            })}
          </div>
          <div className="relative h-4 text-axis text-muted tabular" aria-hidden>
            {axis.map((ms) => (
              <span key={ms} className="absolute" style={{ left: `${shareOf(ms) * 100}%` }}>
                {lengthOf(ms)}
              </span>
            ))}
          </div>
        </figure>
      )}
    </Section>
  );
};
