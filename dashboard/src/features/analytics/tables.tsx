/** The same figures as tables. */
import { PlatformMark } from '@/components/icons';
import { Table, Td, Th } from '@/components/table';
import type { DayFigures, PlatformFigures } from '@/data/analytics';
import { dayOf, lengthOf, toMs } from '@/lib/time/format';
import { analyticsStrings as words } from '@strings/analytics';
import { platformNames } from '@strings/platforms';
import { percentOf } from './figures';

const figure = (n: number) => n.toLocaleString('en');
const span = (ms: number | null) => (ms === null ? words.none : lengthOf(Math.ceil(ms)));

export const PlatformTable = ({ platforms }: { platforms: PlatformFigures[] }) => (
  <Table label={words.figures}>
    <thead>
      <tr>
        <Th>{words.platform}</Th>
        <Th figure>{words.out}</Th>
        <Th figure>{words.failed}</Th>
        <Th figure>{words.missed}</Th>
        <Th figure>{words.successRate}</Th>
        <Th figure>{words.repeated}</Th>
        <Th figure>{words.halfHead}</Th>
        <Th figure>{words.ninety}</Th>
        <Th figure>{words.ninetyNine}</Th>
        <Th figure title={words.latencyHelp}>
          {words.latency}
        </Th>
      </tr>
    </thead>
    <tbody>
      {platforms.map((each) => (
        <tr key={each.platform}>
          <Td>
            <span className="flex items-center gap-2">
              <PlatformMark of={each.platform} />
              {platformNames[each.platform]}
            </span>
          </Td>
          <Td figure>{figure(each.published)}</Td>
          <Td figure>{figure(each.failed)}</Td>
          <Td figure>{figure(each.missed)}</Td>
          <Td figure>{each.success_rate === null ? words.none : percentOf(each.success_rate)}</Td>
          <Td figure>{figure(each.retried)}</Td>
          <Td figure>{span(each.lateness.p50_ms)}</Td>
          <Td figure>{span(each.lateness.p90_ms)}</Td>
          <Td figure>{span(each.lateness.p99_ms)}</Td>
          <Td figure>{span(each.latency.p99_ms)}</Td>
        </tr>
      ))}
    </tbody>
  </Table>
);

export const DayTable = ({ days, zone, now }: { days: DayFigures[]; zone: string; now: number }) => (
  <Table label={words.byDay}>
    <thead>
      <tr>
        <Th>{words.day}</Th>
        <Th figure>{words.out}</Th>
        <Th figure>{words.failed}</Th>
        <Th figure>{words.missed}</Th>
        <Th figure>{words.cancelled}</Th>
        <Th figure>{words.repeated}</Th>
      </tr>
    </thead>
    <tbody>
      {[...days].reverse().map((each) => (
        <tr key={each.day}>
          <Td>{dayOf((toMs(each.starts_at) + toMs(each.ends_at)) / 2, zone, now)}</Td>
          <Td figure>{figure(each.published)}</Td>
          <Td figure>{figure(each.failed)}</Td>
          <Td figure>{figure(each.missed)}</Td>
          <Td figure>{figure(each.cancelled)}</Td>
          <Td figure>{figure(each.retried)}</Td>
        </tr>
      ))}
    </tbody>
  </Table>
);
