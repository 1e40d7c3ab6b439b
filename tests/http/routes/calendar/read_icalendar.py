#!/usr/bin/python3
"""Prints what python3-icalendar makes of a calendar file: its name and zone, and a line an event, for tests."""
import sys

from icalendar import Calendar

with open(sys.argv[1], "rb") as file:
    calendar = Calendar.from_ical(file.read())
print(f"{calendar['X-WR-CALNAME']}|{calendar['X-WR-TIMEZONE']}")
for event in calendar.walk("VEVENT"):
    assert not event.errors, event.errors
    print("|".join([str(event["UID"]), event["DTSTART"].dt.isoformat(), event["DTEND"].dt.isoformat(), str(event["STATUS"]),
                    str(event["SUMMARY"]), str(event["DESCRIPTION"]), str(event["URL"])]))
