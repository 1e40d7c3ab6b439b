/** The same figures as tables. */
import { useMemo } from 'react';
import { DataTable } from '@/components/data-table';
import { PlatformMark } from '@/components/icons';
import { columnsOf, figureColumn, type Columns } from '@/components/table-columns';
import type { DayFigures, PlatformFigures } from '@/data/analytics';
import { dayOf, lengthOf, toMs } from '@/lib/time/format';
import { analyticsStrings as words } from '@strings/analytics';
import { platformNames } from '@strings/platforms';
import { percentOf } from './figures';

const figure = (n: number) => n.toLocaleString('en');
const span = (ms: number | null) => (ms === null ? words.none : lengthOf(Math.ceil(ms)));

const platformColumns: Columns<PlatformFigures> = [
  columnsOf<PlatformFigures>().display({
    id: 'platform',
    header: words.platform,
    cell: ({ row: { original: of } }) => (
      <span className="flex items-center gap-2">
        <PlatformMark of={of.platform} />
        {platformNames[of.platform]}
      </span>
    ),
  }),
  figureColumn('out', words.out, (of) => figure(of.published)),
  figureColumn('failed', words.failed, (of) => figure(of.failed)),
  figureColumn('missed', words.missed, (of) => figure(of.missed)),
  figureColumn('rate', words.successRate, (of) => (of.success_rate === null ? words.none : percentOf(of.success_rate))),
  figureColumn('repeated', words.repeated, (of) => figure(of.retried)),
  figureColumn('half', words.halfHead, (of) => span(of.lateness.p50_ms)),
  figureColumn('ninety', words.ninety, (of) => span(of.lateness.p90_ms)),
  figureColumn('ninety-nine', words.ninetyNine, (of) => span(of.lateness.p99_ms)),
  figureColumn('latency', words.latency, (of) => span(of.latency.p99_ms), { help: words.latencyHelp }),
];

export const PlatformTable = ({ platforms }: { platforms: PlatformFigures[] }) => (
  <DataTable label={words.figures} items={platforms} idOf={(each) => each.platform} columns={platformColumns} />
);

const dayFigures: Columns<DayFigures> = [
  figureColumn('out', words.out, (of) => figure(of.published)),
  figureColumn('failed', words.failed, (of) => figure(of.failed)),
  figureColumn('missed', words.missed, (of) => figure(of.missed)),
  figureColumn('cancelled', words.cancelled, (of) => figure(of.cancelled)),
  figureColumn('repeated', words.repeated, (of) => figure(of.retried)),
];

export const DayTable = ({ days, zone, now }: { days: DayFigures[]; zone: string; now: number }) => {
  const columns = useMemo(
    () => [
      columnsOf<DayFigures>().display({
        id: 'day',
        header: words.day,
        cell: ({ row: { original: of } }) => dayOf((toMs(of.starts_at) + toMs(of.ends_at)) / 2, zone, now),
      }),
      ...dayFigures,
    ],
    [zone, now],
  );
  const items = useMemo(() => [...days].reverse(), [days]);
  return <DataTable label={words.byDay} items={items} idOf={(each) => each.day} columns={columns} />;
};
