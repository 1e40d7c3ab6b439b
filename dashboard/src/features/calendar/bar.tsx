/** The bar above the calendar: days, view, channel, and the switch for the what-if. */
import { ChevronLeft, ChevronRight, Rss } from 'lucide-react';
import { Button } from '@/components/button';
import { Choice } from '@/components/choice';
import { SwitchTrack } from '@/components/switch';
import { Tooltip } from '@/components/tooltip';
import { FilterSelect } from '@/components/field';
import type { Channel } from '@/data/channels';
import type { Simulation } from '@/data/simulation';
import { calendarStrings as words } from '@strings/calendar';
import { views, weekNumberOf, type DateText, type View } from './span';
import { lateOf } from './what-if';

const monthName = (date: DateText) =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(date));
const dayName = (date: DateText, isShort: boolean) =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: isShort ? 'short' : 'long',
    day: 'numeric',
    month: isShort ? 'short' : 'long',
    year: isShort ? undefined : 'numeric',
    timeZone: 'UTC',
  })
    .format(Date.parse(date))
    .replace(',', '');

/** "Week 49, December 2026"; a day has no year where there is little room. */
const titleOf = (view: View, date: DateText, isShort = false): string => {
  if (view === 'day') return dayName(date, isShort);
  if (view === 'month') return monthName(date);
  return `${words.week(weekNumberOf(date))}, ${monthName(date)}`;
};

/** "3 late · 1 held · 1 refused". */
const Totals = ({ of, fewerLate }: { of: Simulation | undefined; fewerLate: number }) => {
  if (!of) return null;
  const { totals } = of;
  const parts = [
    lateOf(totals) > 0 && words.late(lateOf(totals)),
    totals.held > 0 && words.held(totals.held),
    totals.refused > 0 && words.refused(totals.refused),
    totals.failed > 0 && words.failed(totals.failed),
    totals.missed > 0 && words.skipped(totals.missed),
    totals.asks > 0 && words.asks(totals.asks),
  ].filter(Boolean);
  const calm = totals.deliveries === 0 ? words.nothingAhead : words.allOnTime;
  return (
    <span role="status" className="text-meta text-secondary tabular">
      {parts.length > 0 ? parts.join(' · ') : calm}
      {fewerLate > 0 && <span className="text-success-text"> · {words.fewerLate(fewerLate)}</span>}
      {fewerLate < 0 && <span className="text-warning-text"> · {words.moreLate(-fewerLate)}</span>}
    </span>
  );
};

type Props = {
  view: View;
  date: DateText;
  zoneName: string;
  isPhone: boolean;
  channels: Channel[];
  channel: string;
  whatIf: boolean;
  simulation: Simulation | undefined;
  fewerLate: number;
  onView: (view: View) => void;
  onStep: (by: 1 | -1) => void;
  onToday: () => void;
  onChannel: (id: string) => void;
  onWhatIf: (on: boolean) => void;
  onSubscribe: () => void;
};

export const Bar = (props: Props) => {
  const { view, isPhone, whatIf } = props;
  const shown = isPhone ? views.filter((each) => each === 'day' || each === 'list') : views;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="flex items-center">
        <Button kind="ghost" icon={ChevronLeft} aria-label={words.previous[view]} onClick={() => props.onStep(-1)} />
        <Button kind="ghost" icon={ChevronRight} aria-label={words.next[view]} onClick={() => props.onStep(1)} />
      </span>
      <h2 className="min-w-0 font-heading tabular tablet:truncate max-tablet:flex-[1_1_calc(100%-7rem)]">
        {titleOf(view, props.date, isPhone)} <span className="font-normal text-muted">{props.zoneName}</span>
      </h2>
      <Tooltip text={words.today} shortcut="t">
        <Button onClick={props.onToday}>{words.today}</Button>
      </Tooltip>
      <Choice
        label={words.view}
        value={view}
        choices={shown.map((each) => ({ value: each, label: words.views[each] }))}
        onChange={props.onView}
      />
      <FilterSelect
        aria-label={words.channel}
        className="max-w-44 max-tablet:max-w-none max-tablet:flex-1 max-tablet:basis-36"
        value={props.channel}
        onChange={(event) => props.onChannel(event.target.value)}
      >
        <option value="">{words.allChannels}</option>
        {props.channels.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
      </FilterSelect>
      <Tooltip text={words.feedsTitle}>
        <Button icon={Rss} aria-label={words.subscribe} onClick={props.onSubscribe} />
      </Tooltip>
      <span className="ml-auto flex min-h-(--control) items-center gap-3 max-tablet:ml-0">
        {whatIf && <Totals of={props.simulation} fewerLate={props.fewerLate} />}
        <button
          type="button"
          role="switch"
          aria-checked={whatIf}
          onClick={() => props.onWhatIf(!whatIf)}
          className="group flex min-h-6 items-center gap-2 font-button max-tablet:min-h-11"
        >
          {words.whatIf}
          <SwitchTrack isOn={whatIf} />
        </button>
      </span>
    </div>
  );
};
