import { ChevronLeft, ChevronRight } from 'lucide-react';
import { DayPicker as Picker } from 'react-day-picker';
import type { Wall } from '@/lib/time/zoned';
import { whenStrings as words } from '@strings/when';

type Day = Pick<Wall, 'year' | 'month' | 'day'>;

/** Days without a clock: the browser's own zone is only used to carry them. */
const toDate = ({ year, month, day }: Day): Date => new Date(year, month - 1, day, 12);
const toDay = (date: Date): Day => ({ year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() });

const DayPicker = ({ day, now, onPick }: { day: Day | undefined; now: Wall; onPick: (day: Day) => void }) => (
  <Picker
    mode="single"
    autoFocus
    weekStartsOn={1}
    selected={day && toDate(day)}
    defaultMonth={toDate(day ?? now)}
    today={toDate(now)}
    disabled={{ before: toDate(now) }}
    onSelect={(picked) => picked && onPick(toDay(picked))}
    labels={{ labelPrevious: () => words.previousMonth, labelNext: () => words.nextMonth }}
    components={{
      Chevron: ({ orientation }) =>
        orientation === 'left' ? (
          <ChevronLeft size={16} strokeWidth={1.75} aria-hidden />
        ) : (
          <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
        ),
    }}
    classNames={{
      root: 'p-3',
      months: 'relative',
      nav: 'absolute inset-x-0 top-0 flex justify-between',
      button_previous: 'inline-flex size-8 max-tablet:size-11 items-center justify-center rounded-control hover:bg-pressed',
      button_next: 'inline-flex size-8 max-tablet:size-11 items-center justify-center rounded-control hover:bg-pressed',
      month_caption: 'flex h-8 items-center justify-center font-name',
      weekday: 'size-8 max-tablet:size-11 text-axis font-normal text-muted',
      day: 'size-8 max-tablet:size-11 p-0 text-center tabular',
      day_button: 'size-8 max-tablet:size-11 rounded-control hover:bg-pressed',
      selected: '[&>button]:bg-accent [&>button]:text-on-accent',
      today: '[&>button]:font-heading [&>button]:text-accent-text',
      outside: 'text-disabled',
      disabled: '[&>button]:text-disabled',
    }}
  />
);

export default DayPicker;
