/** Published, failed and missed by day, as bars that lead to the day. Loaded on first use. */
import {
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
  type TooltipContentProps,
} from 'recharts';
import type { DayFigures } from '@/data/analytics';
import { dayOf, toMs } from '@/lib/time/format';
import { analyticsStrings as words } from '@strings/analytics';

const series = [
  { key: 'published', label: words.out, fill: 'var(--success)' },
  { key: 'failed', label: words.failed, fill: 'var(--danger)' },
  { key: 'missed', label: words.missed, fill: 'var(--warning)' },
] as const;

type Props = { days: DayFigures[]; zone: string; now: number; onOpen: (day: DayFigures) => void };

const noon = (of: DayFigures) => (toMs(of.starts_at) + toMs(of.ends_at)) / 2;

const Tip = ({ active, payload, zone, now }: Partial<TooltipContentProps> & { zone: string; now: number }) => {
  const day = payload?.[0]?.payload as DayFigures | undefined;
  if (!active || !day) return null;
  return (
    <div className="rounded-control border border-line bg-raised px-2.5 py-1.5 text-meta shadow-menu">
      <p className="font-button">{dayOf(noon(day), zone, now)}</p>
      {series.map(({ key, label, fill }) => (
        <p key={key} className="flex items-center gap-2 tabular">
          <span aria-hidden className="size-2 rounded-full" style={{ background: fill }} />
          <span className="text-secondary">{label}</span>
          <span className="ml-auto">{day[key].toLocaleString('en')}</span>
        </p>
      ))}
    </div>
  );
};

export const OutcomeChart = ({ days, zone, now, onOpen }: Props) => (
  <div className="flex flex-col gap-2">
    <ul className="flex gap-4 text-meta text-secondary">
      {series.map(({ key, label, fill }) => (
        <li key={key} className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-full" style={{ background: fill }} />
          {label}
        </li>
      ))}
    </ul>
    <div className="h-56" role="img" aria-label={words.chartLabel}>
      <ResponsiveContainer>
        <BarChart
          data={days}
          margin={{ top: 4, right: 12, bottom: 0, left: 0 }}
          barCategoryGap={days.length > 40 ? 1 : '18%'}
          accessibilityLayer={false}
          onClick={(state) => {
            const day = days[Number(state.activeTooltipIndex)];
            if (day) onOpen(day);
          }}
        >
          <CartesianGrid vertical={false} stroke="var(--border-subtle)" />
          <XAxis
            dataKey={noon}
            tickFormatter={(at: number) => dayOf(at, zone, now).replace(/^\w+ /, '')}
            interval="preserveStart"
            minTickGap={28}
            tickLine={false}
            axisLine={{ stroke: 'var(--border)' }}
            tick={{ fill: 'var(--muted)', fontSize: 11 }}
            tickMargin={6}
          />
          <YAxis
            allowDecimals={false}
            width={36}
            tickLine={false}
            axisLine={false}
            tick={{ fill: 'var(--muted)', fontSize: 11 }}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--hover)' }}
            content={(props) => <Tip {...props} zone={zone} now={now} />}
          />
          {series.map(({ key, label, fill }) => (
            <Bar
              key={key}
              dataKey={key}
              name={label}
              stackId="day"
              fill={fill}
              isAnimationActive={false}
              maxBarSize={28}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  </div>
);
