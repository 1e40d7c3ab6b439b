/** Times and lengths in words. */
const many = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`;

export const timeStrings = {
  seconds: (s: number) => `${s} s`,
  tenths: (s: string) => `${s} s`,
  milliseconds: (ms: number) => `${ms} ms`,
  minutes: (min: number, s: number) => (s ? `${min} min ${s} s` : `${min} min`),
  hours: (h: number, min: number) => (min ? `${h} h ${min} min` : `${h} h`),
  days: (d: number, h: number) => (h ? `${many(d, 'day')} ${h} h` : many(d, 'day')),
  ahead: (length: string) => `in ${length}`,
  past: (length: string) => `${length} ago`,
  now: 'now',
  onTime: 'on time',
  late: (length: string) => `${length} late`,
  about: (what: string) => `about ${what}`,
  forYou: (clock: string) => `${clock} for you`,
  utc: (clock: string) => `${clock} UTC`,
  projectZone: 'Project',
  utcZone: 'UTC',
  yourZone: 'You',
  none: '–',
};
