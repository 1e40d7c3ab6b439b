/**
 * Readable times: weekday, day, month, clock, zone; the year if it is another one, seconds if they are not 0,
 * milliseconds only for events.
 */
import { timeStrings as words } from '@strings/time';

export type Instant = string | number | Date;

export const toMs = (at: Instant): number =>
  typeof at === 'number' ? at : at instanceof Date ? at.getTime() : Date.parse(at);

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const locale = 'en-GB';
const formatters = new Map<string, Intl.DateTimeFormat>();

const formatter = (zone: string): Intl.DateTimeFormat => {
  let found = formatters.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(zone, found);
  }
  return found;
};

type ZonedParts = {
  weekday: string;
  day: string;
  month: string;
  year: string;
  hour: string;
  minute: string;
  second: string;
  ms: string;
};

export const partsIn = (at: Instant, zone: string): ZonedParts => {
  const ms = toMs(at);
  const parts: Record<string, string> = {};
  for (const { type, value } of formatter(zone).formatToParts(ms)) parts[type] = value;
  return {
    weekday: parts.weekday ?? '',
    day: parts.day ?? '',
    month: (parts.month ?? '').replace('Sept', 'Sep'),
    year: parts.year ?? '',
    hour: parts.hour ?? '',
    minute: parts.minute ?? '',
    second: parts.second ?? '',
    ms: String(((ms % 1000) + 1000) % 1000).padStart(3, '0'),
  };
};

/** The offset of `zone` from UTC at that moment, in minutes. */
export const offsetMinutes = (at: Instant, zone: string): number => {
  const ms = toMs(at);
  const p = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(ms);
  const n = (type: string) => Number(p.find((each) => each.type === type)?.value);
  const wall = Date.UTC(n('year'), n('month') - 1, n('day'), n('hour'), n('minute'), n('second'));
  return Math.round((wall - Math.floor(ms / 1000) * 1000) / 60_000);
};

/** "UTC+1", "UTC-3:30", "UTC". */
export const offsetText = (at: Instant, zone: string): string => {
  const minutes = offsetMinutes(at, zone);
  if (minutes === 0) return 'UTC';
  const rest = Math.abs(minutes) % 60;
  const sign = minutes < 0 ? '−' : '+';
  return `UTC${sign}${Math.floor(Math.abs(minutes) / 60)}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
};

const namers = new Map<string, Intl.DateTimeFormat>();
const shortName = (at: number, zone: string, asIn: string): string => {
  const key = `${asIn} ${zone}`;
  let found = namers.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(asIn, { timeZone: zone, timeZoneName: 'short', hour: 'numeric' });
    namers.set(key, found);
  }
  return found.formatToParts(at).find((each) => each.type === 'timeZoneName')?.value ?? '';
};

/** "CET", "EST"; the offset from UTC if a zone has no letters of its own. */
export const zoneName = (at: Instant, zone: string): string => {
  if (zone === 'UTC' || zone === 'Etc/UTC') return 'UTC';
  const ms = toMs(at);
  for (const asIn of ['en-GB', 'en-US', 'en-AU', 'en-CA', 'en-IN', 'en-NZ', 'en-ZA']) {
    const name = shortName(ms, zone, asIn);
    if (name && /^[A-Z]{2,5}$/.test(name) && (name !== 'GMT' || offsetMinutes(ms, zone) === 0)) return name;
  }
  return offsetText(ms, zone);
};

/** "09:00", with seconds where they are not 0. */
export const clockOf = (at: Instant, zone: string, withSeconds: boolean | 'auto' = 'auto'): string => {
  const p = partsIn(at, zone);
  const seconds = withSeconds === true || (withSeconds === 'auto' && p.second !== '00');
  return seconds ? `${p.hour}:${p.minute}:${p.second}` : `${p.hour}:${p.minute}`;
};

/** "Tue 1 Dec", and the year when it is not `now`'s. */
export const dayOf = (at: Instant, zone: string, now: number): string => {
  const p = partsIn(at, zone);
  const year = p.year === partsIn(now, zone).year ? '' : ` ${p.year}`;
  return `${p.weekday} ${p.day} ${p.month}${year}`;
};

/** "Tue 1 Dec, 09:00". */
export const momentOf = (at: Instant, zone: string, now: number): string =>
  `${dayOf(at, zone, now)}, ${clockOf(at, zone)}`;

export const isSameDay = (a: Instant, b: Instant, zone: string): boolean => {
  const [x, y] = [partsIn(a, zone), partsIn(b, zone)];
  return x.day === y.day && x.month === y.month && x.year === y.year;
};

/** A length in words: "3 ms", "1.2 s", "41 s", "14 min 30 s", "1 h 12 min", "3 days 4 h". */
export const lengthOf = (ms: number): string => {
  const size = Math.abs(ms);
  if (size < 1000) return words.milliseconds(Math.floor(size));
  if (size < 10_000) {
    const tenths = (Math.floor(size / 100) / 10).toFixed(1);
    return tenths.endsWith('.0') ? words.seconds(Number(tenths)) : words.tenths(tenths);
  }
  const s = Math.floor(size / 1000);
  if (s < 60) return words.seconds(s);
  if (s < 3600) return words.minutes(Math.floor(s / 60), s % 60);
  if (s < 86_400) return words.hours(Math.floor(s / 3600), Math.floor((s % 3600) / 60));
  return words.days(Math.floor(s / 86_400), Math.floor((s % 86_400) / 3600));
};

/** "3 ms late", "on time". */
export const latenessOf = (ms: number): string => (ms < 1 ? words.onTime : words.late(lengthOf(ms)));

/** The severity of a delay: fine up to a second, noticed up to a minute, then a warning. */
export const latenessTone = (ms: number): 'success' | 'secondary' | 'warning' =>
  ms <= 1000 ? 'success' : ms <= 60_000 ? 'secondary' : 'warning';

/**
 * "in 1 min 48 s", "17 min ago"; seconds are shown below ten minutes. Nothing beyond two days, where the date is
 * enough.
 */
export const distanceOf = (at: Instant, now: number): string => {
  const ms = toMs(at) - now;
  const size = Math.abs(ms);
  if (size < 1000) return words.now;
  let length: string;
  if (size < 600_000) length = lengthOf(Math.floor(size / 1000) * 1000);
  else if (size < 3_600_000) length = words.minutes(Math.floor(size / 60_000), 0);
  else if (size < 172_800_000) length = words.hours(Math.floor(size / 3_600_000), 0);
  else length = words.days(Math.floor(size / 86_400_000), 0);
  return ms > 0 ? words.ahead(length) : words.past(length);
};

/** "CEST (UTC+2)". */
export const zoneWithOffset = (at: number, zone: string): string => {
  const name = zoneName(at, zone);
  const offset = offsetText(at, zone);
  return name === offset ? name : `${name} (${offset})`;
};
