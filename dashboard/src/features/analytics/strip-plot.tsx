/**
 * Each platform's lateness on a logarithmic axis: a dot for each group of deliveries, and marks for the percentiles 50,
 * 90 and 99.
 */
import { PlatformMark } from '@/components/icons';
import type { PlatformFigures } from '@/data/analytics';
import { lengthOf } from '@/lib/time/format';
import { analyticsStrings as words } from '@strings/analytics';
import { platformNames } from '@strings/platforms';
import { decadesTo, dotsOf, placeOn, radiusOf } from './figures';

const row_px = 40;
/** The share of the axis that its last two labels need together. */
const roomOfWords = 0.25;
const columns = 'grid grid-cols-[6rem_minmax(0,1fr)_8.5rem] items-center max-tablet:grid-cols-[minmax(0,1fr)_auto]';

const Mark = ({ ms, decades, label }: { ms: number | null; decades: number[]; label: string }) =>
  ms === null ? null : (
    <span
      className="absolute top-1 bottom-1 w-px bg-text"
      style={{ left: `${placeOn(ms, decades) * 100}%` }}
      title={`${label}: ${lengthOf(ms)}`}
    />
  );

const Strip = ({ of, decades }: { of: PlatformFigures; decades: number[] }) => {
  const dots = dotsOf(of.lateness_spread, decades);
  const largest = Math.max(...dots.map((dot) => dot.count), 1);
  const name = platformNames[of.platform];
  return (
    <div className="relative" style={{ height: row_px }} role="img" aria-label={words.stripLabel(name)}>
      {dots.map((dot) => {
        const radius = radiusOf(dot.count, largest);
        return (
          <span
            key={dot.place}
            className="absolute top-1/2 -translate-x-1/2 -translate-y-1/2 rounded-full bg-chart-1 opacity-70"
            style={{ left: `${dot.place * 100}%`, width: radius * 2, height: radius * 2 }}
            title={words.dotLabel(name, lengthOf(dot.at_most_ms), dot.count)}
          />
        );
      })}
      <Mark ms={of.lateness.p50_ms} decades={decades} label={words.half} />
      <Mark ms={of.lateness.p90_ms} decades={decades} label={words.ninety} />
      <Mark ms={of.lateness.p99_ms} decades={decades} label={words.ninetyNine} />
    </div>
  );
};

export const StripPlot = ({ platforms }: { platforms: PlatformFigures[] }) => {
  const shown = platforms.filter((each) => each.lateness.count > 0);
  const decades = decadesTo(Math.max(...shown.map((each) => each.lateness.longest_ms ?? 1), 1));
  if (shown.length === 0) return <p className="text-muted">{words.empty}</p>;
  return (
    <div className="flex flex-col gap-1">
      <p className="text-meta text-muted">{words.latenessHelp}</p>
      {shown.map((each) => (
        <div key={each.platform} className={columns}>
          <span className="flex items-center gap-2">
            <PlatformMark of={each.platform} />
            {platformNames[each.platform]}
          </span>
          <div className="relative mx-2 border-l border-line-subtle max-tablet:col-span-2 max-tablet:row-start-2">
            {decades.slice(1).map((decade) => (
              <span
                key={decade}
                aria-hidden
                className="absolute inset-y-0 w-px bg-line-subtle"
                style={{ left: `${placeOn(decade, decades) * 100}%` }}
              />
            ))}
            <Strip of={each} decades={decades} />
          </div>
          <span className="text-right text-meta text-muted tabular">
            {words.ninetyNine} <span className="text-text">{lengthOf(Math.ceil(each.lateness.p99_ms ?? 0))}</span>
          </span>
        </div>
      ))}
      <div className={columns}>
        <span className="max-tablet:hidden" />
        <div className="relative mx-2 h-4 max-tablet:col-span-2">
          {decades.map((decade, index) =>
            index > 0 && index === decades.length - 2 && placeOn(decade, decades) > 1 - roomOfWords ? null : (
              <span
                key={decade}
                className="absolute text-axis whitespace-nowrap text-muted tabular"
                style={{
                  left: `${placeOn(decade, decades) * 100}%`,
                  transform: `translateX(${index === 0 ? 0 : index === decades.length - 1 ? -100 : -50}%)`,
                }}
              >
                {lengthOf(decade)}
              </span>
            ),
          )}
        </div>
      </div>
    </div>
  );
};
