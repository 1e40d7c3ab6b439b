"""100,000 scheduled deliveries in 1,000 tenants: how soon `pulse serve` is ready and has seen to what was overdue, what
it weighs while all of them sleep, while all are awake, and after they went to sleep again."""
import statistics
import sys
import time
import uuid
from datetime import timedelta

from .footprint import memory_kib
from .instance import wait_until
from .journal import Journal
from .world import World, now

TENANTS, CHANNELS_EACH, DELIVERIES_EACH = 1_000, 2, 100
FAR = timedelta(days=30)
AWAKE_FOR_S = 25  # until the first delivery of each tenant would be due
IDLE_BEFORE_SLEEP_S = 30  # actors/tenant/tenant: idle_before_sleep


def measure(pulse, report, rounds):
    pulse.stop_serving()
    world = World(pulse)
    channels = world.add_tenants(TENANTS, CHANNELS_EACH, known_to_sandbox=False)
    world.schedule((channels[number % len(channels)], f"far {number}", now() + FAR) for number in range(TENANTS * DELIVERIES_EACH))
    figures = []
    for number in range(min(rounds, 3)):
        figures.append({**asleep_round(pulse, world), **awake_round(pulse, world)})
        figures[-1]["awake_each"] = (figures[-1]["awake"] - figures[-1]["asleep"]) / TENANTS
        told = ", ".join(f"{name} {value:,.1f}" for name, value in figures[-1].items())
        print(f"  round {number + 1}: {told}", file=sys.stderr, flush=True)
    of = {name: [each[name] for each in figures] for name in figures[0]}
    what = f"{TENANTS * DELIVERIES_EACH:,} deliveries in {TENANTS:,} tenants"
    report.add(f"{what}: ready after", of["ready_ms"], "ms")
    report.add("  what was overdue has left after", of["overdue_ms"], "ms")
    report.add("  memory, all asleep", [kib / 1024 for kib in of["asleep"]], "MiB")
    report.add("  memory, all awake, 100 deliveries loaded each", [kib / 1024 for kib in of["awake"]], "MiB")
    report.add("  an awake tenant", of["awake_each"], "KiB", "< 64")
    report.add("  memory, all asleep again", [kib / 1024 for kib in of["asleep_again"]], "MiB")
    report.add("  all awake after", of["awake_ms"], "ms")


def asleep_round(pulse, world):
    started = start(pulse, world)
    memory = settled_kib(pulse)
    return {"ready_ms": started[0], "overdue_ms": started[1], "asleep": memory}


def awake_round(pulse, world):
    """The first delivery of each tenant is due soon, the others within the ten minutes that an agenda covers."""
    first = now() + timedelta(seconds=AWAKE_FOR_S + 15)
    move(pulse, f"'{first}'::timestamptz + interval '2 s' * number")
    begun = time.monotonic()
    start(pulse, world)
    taken = "SELECT count(*) FROM tenant_owners o JOIN nodes n ON n.id = o.node_id"
    wait_until(lambda: int(pulse.sql(taken)[0][0]) >= TENANTS, "every tenant is awake")
    awake_ms = (time.monotonic() - begun) * 1000
    awake = settled_kib(pulse)
    if now() > first:
        raise SystemExit("The tenants were not measured before their first delivery was due.")
    # Moved away behind the engine's back: it learns so when it wants to begin the first of them, and reads the agenda
    # again.
    move(pulse, f"'{now() + FAR}'::timestamptz")
    time.sleep((first - now()).total_seconds() + IDLE_BEFORE_SLEEP_S + 5)
    return {"awake_ms": awake_ms, "awake": awake, "asleep_again": settled_kib(pulse)}


def start(pulse, world):
    """Starts Pulse with one more delivery, which is overdue; milliseconds until it was ready, and until that one
    arrived."""
    pulse.stop_serving()
    text, journal = f"overdue {uuid.uuid4().hex}", Journal(pulse)
    world.schedule([(world.add_tenants(1, 1)[0], text, now())])
    begun = now()
    ready_ms = pulse.serve() * 1000
    arrived = journal.wait_for([text], 60, quiet_s=0.2)
    return ready_ms, (arrived[text] - begun).total_seconds() * 1000


def move(pulse, due):
    """Gives every far delivery another time; `number` is its place among its tenant's."""
    pulse.sql(f"""
      WITH numbered AS (SELECT tenant_id, id, row_number() OVER (PARTITION BY tenant_id ORDER BY id) - 1 AS number
                        FROM deliveries WHERE state = 'waiting')
      UPDATE deliveries d SET not_before = {due}, due_at = {due} FROM numbered n WHERE d.tenant_id = n.tenant_id AND d.id = n.id;
      VACUUM ANALYZE deliveries;
      CHECKPOINT;""")


def settled_kib(pulse, samples=5):
    """The memory of the process (Pss) once it has nothing to do: the same over a second, give or take one per cent."""
    seen = []

    def is_settled():
        seen.append(memory_kib(pulse.pulse.pid, "Pss"))
        latest = seen[-samples:]
        return len(latest) == samples and max(latest) - min(latest) <= 0.01 * max(latest)

    time.sleep(1)
    wait_until(is_settled, "the memory of Pulse is settled", pause_s=0.25)
    return statistics.median(seen[-samples:])
