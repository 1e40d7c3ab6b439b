#!/usr/bin/env python3
"""Reads what Pulse made of schedules in zones, a line a schedule (zone, kind, schedule, wall-clock start or from,
seconds from and until, moments in seconds), works each out anew from Python's zoneinfo, and says what differs. Shares
no code with Pulse."""

import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

UTC = timezone.utc
WEEK = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}


def moment_of(wall: datetime, zone: ZoneInfo) -> int:
    """The first moment at which a wall clock shows it; where the clocks jump over it, the jump."""
    first = int(wall.replace(tzinfo=zone, fold=0).timestamp())
    if datetime.fromtimestamp(first, zone).replace(tzinfo=None) == wall:
        return first
    low, high = int(wall.replace(tzinfo=zone, fold=1).timestamp()), first  # before and after the jump
    before = datetime.fromtimestamp(low, zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


def values(field: str, least: int, most: int) -> set[int]:
    made: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        if span == "*":
            first, last = least, most
        else:
            first, _, last = span.partition("-")
            first, last = int(first), int(last or first)
        made |= set(range(first, last + 1, int(step or 1)))
    return made


def cron_walls(text: str, first: datetime, last: datetime):
    """Wall-clock times of a cron expression from the day of `first` to that of `last`."""
    minute, hour, month_day, month, week_day = text.split()
    times = [(h, m) for h in sorted(values(hour, 0, 23)) for m in sorted(values(minute, 0, 59))]
    month_days, months = values(month_day, 1, 31), values(month, 1, 12)
    week_days = {each % 7 for each in values(week_day, 0, 7)}
    both = month_day.startswith("*") or week_day.startswith("*")
    day = datetime(first.year, first.month, first.day)
    while day <= last:
        in_month, in_week = day.day in month_days, (day.weekday() + 1) % 7 in week_days
        if day.month in months and ((in_month and in_week) if both else (in_month or in_week)):
            for h, m in times:
                yield day.replace(hour=h, minute=m)
        day += timedelta(days=1)


def rrule_walls(text: str, start: datetime, last: datetime):
    """Wall-clock times of a recurrence rule; of RFC 5545 what the cases use: FREQ, INTERVAL, COUNT, BYDAY,
    BYMONTHDAY, BYHOUR, BYMINUTE."""
    parts = dict(part.split("=") for part in text.split(";"))
    every, freq = int(parts.get("INTERVAL", "1")), parts["FREQ"]
    hours = sorted(int(h) for h in parts["BYHOUR"].split(",")) if "BYHOUR" in parts else [start.hour]
    minutes = sorted(int(m) for m in parts["BYMINUTE"].split(",")) if "BYMINUTE" in parts else [start.minute]
    left = int(parts.get("COUNT", "1000000000"))
    if freq == "HOURLY":
        at = start
        while at <= last and left > 0:
            yield at
            left -= 1
            at += timedelta(hours=every)
        return
    day = datetime(start.year, start.month, start.day)
    monday = day - timedelta(days=day.weekday())
    while day <= last:
        if freq == "DAILY":
            is_on = (day - datetime(start.year, start.month, start.day)).days % every == 0
        elif freq == "WEEKLY":
            wanted = {WEEK[name] for name in parts["BYDAY"].split(",")} if "BYDAY" in parts else {start.weekday()}
            is_on = (day - monday).days // 7 % every == 0 and day.weekday() in wanted
        else:
            wanted = {int(n) for n in parts["BYMONTHDAY"].split(",")} if "BYMONTHDAY" in parts else {start.day}
            length = ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
            months = (day.year - start.year) * 12 + day.month - start.month
            is_on = months % every == 0 and (day.day in wanted or day.day - length - 1 in wanted)
        for h in hours if is_on else ():
            for m in minutes:
                at = day.replace(hour=h, minute=m, second=start.second)
                if at >= start and left > 0:
                    yield at
                    left -= 1
        day += timedelta(days=1)


def main() -> int:
    schedules = moments = different = 0
    for line in sys.stdin:
        name, kind, text, start, first, last, told = line.rstrip("\n").split("|")
        zone, since, until = ZoneInfo(name), int(first), int(last)
        wall, end = datetime.fromisoformat(start), datetime.fromtimestamp(until, zone).replace(tzinfo=None) + timedelta(days=1)
        walls = (cron_walls if kind == "cron" else rrule_walls)(text, wall, end)
        wanted = sorted({at for at in (moment_of(each, zone) for each in walls) if since < at <= until})
        got = [int(each) for each in told.split()]
        schedules += 1
        moments += len(wanted)
        if got != wanted:
            different += 1
            if different <= 10:
                missing, extra = sorted(set(wanted) - set(got))[:5], sorted(set(got) - set(wanted))[:5]
                tell = lambda all: [datetime.fromtimestamp(at, zone).isoformat() for at in all]
                print(f"{name} {text}: missing {tell(missing)}, extra {tell(extra)}")
    print(f"{schedules} schedules, {moments} moments, {different} differences")
    return 1 if different or not moments else 0


if __name__ == "__main__":
    sys.exit(main())
