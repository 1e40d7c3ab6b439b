/** The look of the grid: hairlines, a darker past, one accent line. FullCalendar only supplies the structure. */
import type { CalendarOptions } from '@fullcalendar/react';
import { cn } from '@/lib/cn';

const line = 'border border-line-subtle';

export const gridLook: CalendarOptions = {
  viewClass: 'bg-surface',
  tableHeaderClass: 'bg-surface',
  dayHeaderRowClass: line,
  dayRowClass: line,
  slotHeaderRowClass: line,
  fillerClass: line,
  dayHeaderAlign: 'start',
  dayHeaderClass: (info) => cn(line, info.inPopover && 'bg-sunken'),
  dayHeaderInnerClass: (info) =>
    cn('mx-2 my-1.5 text-meta', info.isToday ? 'font-heading text-accent-text' : 'text-secondary'),
  dayHeaderDividerClass: 'border-b border-line',
  dayCellClass: (info) => cn(line, (info.isPast || info.isOther) && 'bg-sunken'),
  dayCellTopClass: 'flex justify-start',
  dayCellTopInnerClass: (info) =>
    cn(
      'mx-2 my-1 text-meta tabular',
      info.isToday ? 'font-heading text-accent-text' : info.isOther ? 'text-muted' : 'text-secondary',
    ),
  dayCellInnerClass: (info) => cn(info.inPopover && 'p-2'),
  dayLaneClass: (info) => cn(line, info.isPast && 'bg-sunken'),
  dayLaneInnerClass: 'mx-0.5',
  slotLaneClass: (info) => cn(line, info.isMinor && 'border-dotted'),
  allDayHeaderInnerClass: 'mx-2 my-1 text-axis text-muted',
  allDayDividerClass: 'border-b border-line',
  slotHeaderClass: cn('justify-end', line, 'border-transparent'),
  slotHeaderInnerClass: 'mx-2 -translate-y-2 text-axis text-muted tabular',
  slotHeaderDividerClass: 'border-e border-line',
  nowIndicatorLineClass: 'border-t-2 border-accent z-2',
  nowIndicatorHeaderClass: 'hidden',
  eventClass: (info) =>
    cn('rounded-badge', info.isDragging && 'shadow-menu', info.isSelected && 'outline-2 outline-accent'),
  rowEventClass: 'mx-1 mb-px',
  // An entry of a month; its width decides how it is laid out.
  listItemEventClass: '@container mx-1 mb-0.5',
  listItemEventInnerClass: 'w-full min-w-0',
  columnEventClass: 'mb-px',
  backgroundEventClass: 'hatched bg-sunken',
  backgroundEventTitleClass: 'p-1 text-axis text-muted',
  rowMoreLinkClass: 'mx-1 mb-1 rounded-badge px-1.5 text-meta text-secondary hover:bg-pressed',
  columnMoreLinkClass: 'mb-px rounded-badge border border-line bg-raised hover:bg-pressed',
  columnMoreLinkInnerClass: 'px-1 text-axis text-secondary',
  popoverClass: 'min-w-64 rounded-card border border-line bg-raised text-body shadow-menu overflow-hidden',
  popoverCloseClass:
    'absolute top-1 end-1 inline-flex size-6.5 items-center justify-center rounded-control text-muted hover:bg-pressed',
  highlightClass: 'bg-accent-tint',
};
