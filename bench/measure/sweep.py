"""What the audit costs the engine: deliveries a second while nobody sweeps its events up into the audit's chain, and while that is done every
second, thirty times as often as in production."""
import json
import os
import subprocess
import sys

from .instance import PROGRAMS
from .peers import ENGINE, fresh_database, make_wal_files, run_to_end

TENANTS, DELIVERIES = 1000, int(os.environ.get("BENCH_DELIVERIES", "100000"))


def measure(pulse, report, rounds):
    pulse.stop_serving()
    make_wal_files(pulse)
    alone, swept, seen = [], [], []
    for number in range(rounds):
        alone.append(deliveries(pulse, [])[0])
        each, share = deliveries(pulse, ["--swept", 1])
        swept.append(each)
        seen.append(share * 100)
        print(f"  round {number + 1}: {alone[-1]:,.0f}/s, swept {each:,.0f}/s", file=sys.stderr, flush=True)
    report.add("Deliveries, nobody sweeps their events up", alone, "/s")
    report.add("Deliveries, their events are swept up every second", swept, "/s")
    report.ratio("  of unswept", swept, alone, ">= 0.95")
    report.add("  events that were swept up by the end", seen, "%")


def deliveries(pulse, more):
    """How many a second, and which share of the events the audit tells of."""
    with fresh_database(pulse) as url:
        subprocess.run([PROGRAMS / "pulse", "migrate"], check=True, env={**pulse.environment, "DATABASE_URL": url}, stdout=subprocess.DEVNULL)
        done = run_to_end([ENGINE, "--database", url, "--deliveries", DELIVERIES, "--tenants", TENANTS, "--rounds", 1, *more], os.environ)
        told, all_ = pulse.sql(EVENTS, url)[0]
    return json.loads(done)["rounds"][0]["per_second_after_first_call"], int(told) / max(1, int(all_))


EVENTS = """
SELECT coalesce((SELECT sum((details ->> 'events')::bigint) FROM audit_entries WHERE action = 'EVENTS'), 0), (SELECT count(*) FROM publish_events);
"""
