export const whenStrings = {
  when: 'When',
  day: 'Day',
  clock: 'Time',
  openCalendar: 'Choose the day',
  badDay: 'Write a day, such as 1 Dec or 2026-12-01.',
  badClock: 'Write a time, such as 9:30.',
  isPast: 'This is over. Choose a time from now on.',
  twice: (day: string, clock: string, city: string) => `On ${day} ${clock} comes twice in ${city}.`,
  first: (zone: string) => `first, ${zone}`,
  second: (zone: string) => `second, ${zone}`,
  never: (day: string, clock: string, city: string, from: string, to: string) =>
    `On ${day} ${clock} does not exist in ${city}: the clocks go from ${from} to ${to}.`,
  use: (clock: string, zone: string) => `Use ${clock} ${zone}`,
  inOneHour: 'In 1 h',
  tomorrow: 'Tomorrow, same time',
  previousMonth: 'Previous month',
  nextMonth: 'Next month',
};
