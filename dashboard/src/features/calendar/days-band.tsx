/** Rules for whole days, as text: campaigns (where no grid shows them), days without posts, and quiet hours. */
import { Link } from '@tanstack/react-router';
import { Ban, Flag, Moon } from 'lucide-react';
import { Status } from '@/components/status';
import type { Calendar } from '@/data/calendar';
import { serverNow } from '@/lib/clock';
import { dayOf } from '@/lib/time/format';
import { calendarStrings as words } from '@strings/calendar';
import { quietClocks, spansOf } from './plans';
import { addDays, type DateText } from './span';

// A day is not a moment: read as noon in UTC it stays the same day.
const dayText = (day: DateText): string => dayOf(`${day}T12:00:00Z`, 'UTC', serverNow());
const daysText = (first: DateText, last: DateText): string =>
  first === last ? dayText(first) : words.days(dayText(first), dayText(last));

export const DaysBand = ({
  calendar,
  shown,
  withCampaigns,
}: {
  calendar: Calendar;
  shown: { from: DateText; to: DateText };
  withCampaigns: boolean;
}) => {
  const spans = withCampaigns ? spansOf(calendar, shown) : [];
  const { blackouts, quiet_hours: quiet } = calendar;
  if (spans.length === 0 && blackouts.length === 0 && !quiet) return null;
  return (
    <ul aria-label={words.wholeDays} className="flex flex-wrap gap-x-5 gap-y-1.5 text-meta text-secondary">
      {spans.map((each) => (
        <li key={each.id} className="flex min-w-0 items-center gap-1.5" data-span={each.name}>
          <Flag size={14} strokeWidth={1.75} aria-hidden className="shrink-0" />
          <Link
            to="/app/campaigns/$campaignId"
            params={{ campaignId: each.id }}
            className="reach truncate font-name text-text hover:underline"
          >
            {each.name}
          </Link>
          <span>{daysText(each.from, addDays(each.until, -1))}</span>
          {each.state !== 'active' && <Status of="campaign" state={each.state} as="text" />}
        </li>
      ))}
      {blackouts.map((each) => (
        <li
          key={`${each.first_day} ${each.last_day} ${each.reason}`}
          className="flex items-center gap-1.5"
          data-blackout={each.first_day}
        >
          <Ban size={14} strokeWidth={1.75} aria-hidden className="shrink-0" />
          {words.blackout(daysText(each.first_day, each.last_day), each.reason)}
        </li>
      ))}
      {quiet && (
        <li className="flex items-center gap-1.5" data-quiet>
          <Moon size={14} strokeWidth={1.75} aria-hidden className="shrink-0" />
          {words.quiet(quietClocks(quiet).from, quietClocks(quiet).to)}
        </li>
      )}
    </ul>
  );
};
