/** A member's automation settings, and how the form sends them. */
import { queryOptions } from '@tanstack/react-query';
import { queryKeys } from '@/data/keys';
import { api, dataOf, type Schemas } from '@/lib/api/client';

export type Settings = Schemas['automation_settings'];
export type Weekday = Schemas['weekday'];
export type ChangeSettings = Schemas['change_settings'];

export const weekdays: readonly Weekday[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

export const settingsQuery = queryOptions({
  queryKey: [...queryKeys.engagement, 'settings'],
  queryFn: ({ signal }) => dataOf(api.GET('/automation/settings', { signal })),
});

export const phrasesQuery = queryOptions({
  queryKey: [...queryKeys.engagement, 'phrases'],
  queryFn: async ({ signal }) => (await dataOf(api.GET('/automation/avoid-phrases', { signal }))).items,
});

const day_minutes = 1440;
const step_minutes = 30;

/** 540 as "09:00"; the end of the day as "24:00". */
export const clockOfMinute = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Half hours to choose from, plus the present value if it is none of them. */
export const minutesToChoose = (chosen: number, isEnd: boolean): number[] => {
  const made: number[] = [];
  for (
    let minute = isEnd ? step_minutes : 0;
    minute <= (isEnd ? day_minutes : day_minutes - step_minutes);
    minute += step_minutes
  )
    made.push(minute);
  return made.includes(chosen) ? made : [...made, chosen].sort((a, b) => a - b);
};

export const toggled = <T>(list: readonly T[], value: T): T[] =>
  list.includes(value) ? list.filter((each) => each !== value) : [...list, value];

/** The request: all fields, without empty examples. */
export const requestOf = (of: Settings): ChangeSettings => ({
  ...of,
  time_zone: of.time_zone.trim(),
  comment_examples: of.comment_examples.map((each) => each.trim()).filter(Boolean),
});

export const isSame = (a: Settings, b: Settings): boolean =>
  JSON.stringify(requestOf(a)) === JSON.stringify(requestOf(b));
