"""What the hubs of the live stream cost the engine: deliveries a second with nobody watching, with one company in ten
watched, and with every company watched. Whoever watches is told each event once, or nothing counts."""
import json
import os
import subprocess
import sys

from .instance import PROGRAMS
from .peers import ENGINE, fresh_database, make_wal_files, run_to_end

TENANTS, DELIVERIES = 1000, int(os.environ.get("BENCH_DELIVERIES", "100000"))
WATCHED = {"nobody watches": 0, "one company in ten is watched": TENANTS // 10, "every company is watched": TENANTS}


def measure(pulse, report, rounds):
    pulse.stop_serving()
    make_wal_files(pulse)
    found = {name: [] for name in WATCHED}
    for number in range(rounds):
        for name, count in WATCHED.items():
            found[name].append(deliveries(pulse, count))
            print(f"  round {number + 1}: {name}: {found[name][-1]:,.0f}/s", file=sys.stderr, flush=True)
    alone, *watched = WATCHED
    for name, values in found.items():
        report.add(f"Deliveries, {name}", values, "/s")
    for name in watched:
        report.ratio(f"  {name}, of unwatched", found[name], found[alone], ">= 0.95" if name == watched[0] else "")


def deliveries(pulse, watched):
    with fresh_database(pulse) as url:
        subprocess.run([PROGRAMS / "pulse", "migrate"], check=True, env={**pulse.environment, "DATABASE_URL": url}, stdout=subprocess.DEVNULL)
        done = run_to_end([ENGINE, "--database", url, "--deliveries", DELIVERIES, "--tenants", TENANTS, "--rounds", 1,
                           "--watched", watched], os.environ)
    return json.loads(done)["rounds"][0]["per_second_after_first_call"]
