// Reads what Pulse made of recurrence rules in zones, as zone_moments.py does, works each out anew by npm's
// rrule-temporal and the tables of zones that Node has, and says what differs. rrule-temporal puts a time that the
// clocks jump over behind the jump; here it is the jump, as everywhere in Pulse: so it makes wall-clock times, and
// Node's Intl the moments of these (temporal-polyfill 1.0.8 does not know that Morocco's clocks change twice within
// some weeks). The packages stand where PULSE_RRULE_TEMPORAL names:
//   npm install --prefix FOLDER rrule-temporal@2 temporal-polyfill@1
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(`${process.env.PULSE_RRULE_TEMPORAL}/`));
const { Temporal } = require('temporal-polyfill');
const { RRuleTemporal } = require('rrule-temporal');

const formats = new Map();

/** Milliseconds that the clocks of the zone are ahead of UTC at a moment, by what Node's Intl prints. */
const ahead = (zone, at) => {
  if (!formats.has(zone))
    formats.set(zone, new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset', year: 'numeric' }));
  const [, sign, hours, minutes] =
    /GMT([+-])(\d\d):(\d\d)/.exec(formats.get(zone).format(at)) ?? [undefined, '+', '0', '0'];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
};

/** The first moment at which a wall clock shows it; where the clocks jump over it, the jump. */
const momentOf = (wall, zone) => {
  const shown = wall.toZonedDateTime('UTC').epochMilliseconds;
  const day_ms = 86_400_000;
  const offsets = [ahead(zone, shown - day_ms), ahead(zone, shown + day_ms)];
  const fits = offsets.map((each) => shown - each).filter((at) => at + ahead(zone, at) === shown);
  if (fits.length > 0) return Math.min(...fits) / 1000;
  let [low, high] = [shown - day_ms, shown + day_ms].map((at) => at / 1000);
  const before = ahead(zone, low * 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (ahead(zone, middle * 1000) === before) low = middle;
    else high = middle;
  }
  return high;
};

let schedules = 0;
let moments = 0;
let different = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const [zone, kind, text, start, since, until, told] = line.split('|');
  if (kind !== 'rrule') continue;
  const wall = Temporal.PlainDateTime.from(start);
  const rule = new RRuleTemporal({ rruleString: text, dtstart: wall.toZonedDateTime('UTC') });
  const end = Temporal.Instant.fromEpochMilliseconds(Number(until) * 1000)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .add({ days: 1 })
    .toZonedDateTime('UTC');
  const walls = rule.between(wall.toZonedDateTime('UTC'), end, true).map((each) => each.toPlainDateTime());
  const wanted = [...new Set(walls.map((each) => momentOf(each, zone)))]
    .filter((at) => Number(since) < at && at <= Number(until))
    .sort((a, b) => a - b);
  const got = told.trim().split(' ').filter(Boolean).map(Number);
  schedules += 1;
  moments += wanted.length;
  if (wanted.join() === got.join()) continue;
  different += 1;
  if (different > 10) continue;
  const tell = (all) => all.slice(0, 5).map((at) => Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(zone).toString());
  const missing = wanted.filter((at) => !got.includes(at));
  const extra = got.filter((at) => !wanted.includes(at));
  console.log(`${zone} ${text} from ${start}: missing ${tell(missing)}, extra ${tell(extra)}`);
}
console.log(`${schedules} recurrence rules, ${moments} moments, ${different} differences`);
process.exit(different || !moments ? 1 : 0);
