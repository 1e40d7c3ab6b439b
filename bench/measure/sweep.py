"""What the audit costs the engine: deliveries a second while nobody sweeps its events up into the audit's chain, while
that is done every ten seconds, three times as often as in production, and every second, thirty times as often. Each
sweep writes an entry for every company and chains it, so what it costs has a part of its events and one of its
companies: the second is what sweeping more often than in production adds."""
import json
import os
import subprocess
import sys

from .instance import PROGRAMS
from .peers import ENGINE, fresh_database, make_wal_files, run_to_end

TENANTS, DELIVERIES = 1000, int(os.environ.get("BENCH_DELIVERIES", "400000"))


def measure(pulse, report, rounds):
    pulse.stop_serving()
    make_wal_files(pulse)
    alone = []
    swept = {10: [], 1: []}
    seen = {10: [], 1: []}
    for number in range(rounds):
        alone.append(deliveries(pulse, [])[0])
        for every_s in swept:
            each, share = deliveries(pulse, ["--swept", every_s])
            swept[every_s].append(each)
            seen[every_s].append(share * 100)
        print(f"  round {number + 1}: {alone[-1]:,.0f}/s, swept "
              + ", ".join(f"{each[-1]:,.0f}/s every {every_s} s" for every_s, each in swept.items()),
              file=sys.stderr, flush=True)
    report.add("Deliveries, nobody sweeps their events up", alone, "/s")
    for every_s, each in swept.items():
        report.add(f"Deliveries, their events are swept up every {every_s} s", each, "/s")
        report.ratio("  of unswept", each, alone, ">= 0.95" if every_s == 10 else "")
        report.add("  events that were swept up by the end", seen[every_s], "%")


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
