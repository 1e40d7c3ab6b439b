import { serverNow } from '@/lib/clock';
import { dayOf } from '@/lib/time/format';
import { campaignsStrings as words } from '@strings/campaigns';

// A calendar day is not a moment: read as noon in UTC it stays the same day.
const text = (day: string): string => dayOf(`${day}T12:00:00Z`, 'UTC', serverNow());

/** "Tue 1 Dec to Fri 4 Dec", as far as days are set. */
export const daysText = ({
  first_day: first,
  last_day: last,
}: {
  first_day: string | null;
  last_day: string | null;
}) => {
  if (first && last) return words.days(text(first), text(last));
  if (first) return words.from(text(first));
  if (last) return words.until(text(last));
  return words.open;
};
