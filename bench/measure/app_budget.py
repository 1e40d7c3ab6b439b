"""Two nodes that share one app's budget: how late posts are now and then and at 200 a second, how fast all of them go
that are due at once, how much of a scarce budget is used while both want more of it, and what a permit costs: questions
to PostgreSQL, commands to Redis."""
import os
import subprocess
import sys
import time
import uuid
from collections import Counter
from datetime import timedelta

from .instance import PROGRAMS, free_port, wait_for, wait_until
from .journal import Journal, lateness_ms
from .report import percentile
from .world import LIMIT, World, evenly, now

TENANTS, CHANNELS_EACH = 20, 25
RATE, SECONDS = 200, 15
RARE_SECONDS = 15  # with a post each, before
AT_ONCE_EACH = 20  # posts of a channel
AMPLE = (LIMIT, 900, LIMIT // 2)
SCARCE, SCARCE_SECONDS = (120, 10, 40), 20  # posts, window in seconds, burst
LEAD_S = 20  # both nodes start, and the first hands companies to the second


def measure(pulse, report, rounds):
    world, seen = World(pulse), []
    for number in range(rounds):
        one = steady_round(pulse, world) | {"fast": at_once_round(pulse, world)} | scarce_round(pulse, world)
        seen.append(one)
        rare, steady = percentile(one["rare"], 0.5), [percentile(one["left"], share) for share in (0.5, 0.99)]
        print(f"  round {number + 1}: due → first byte p50 {rare:.2f} ms now and then; {steady[0]:.2f}, p99 {steady[1]:.2f} ms at {RATE}/s; "
              f"{one['fast']:,.0f}/s; {one['used']:.0f} % used, at most {one['most']} in a window", file=sys.stderr, flush=True)
    report.add("One app, two nodes, a post a second: due → first byte, p50", [percentile(one["rare"], 0.5) for one in seen], "ms")
    for name, key in ((f"  {RATE} a second: due → first byte", "left"), ("  due → arrived", "arrived")):
        report.add(f"{name}, p50", [percentile(one[key], 0.5) for one in seen], "ms")
        report.add(f"{name}, p99", [percentile(one[key], 0.99) for one in seen], "ms")
    for name in ("PostgreSQL", "Redis"):
        report.add(f"  questions to {name} for 100 permits", [100 * one[name] for one in seen], "")
    report.add("  all due at once", [one["fast"] for one in seen], "/s")
    report.add(f"  a scarce budget: used of {SCARCE[0]} a window", [one["used"] for one in seen], "%")
    report.add("  most in any window", [one["most"] for one in seen], "", f"≤ {SCARCE[0]}")


class Nodes:
    """Two that serve, each with two fifths of the companies at least; stopped on leaving."""

    def __init__(self, pulse, channels, begin):
        self.pulse, self.begin = pulse, begin
        self.tenants = ",".join(f"'{one}'" for one in {channel.tenant_id for channel in channels})

    def __enter__(self):
        self.pulse.serve()
        port, folder = free_port(), self.pulse.state / f"second-{uuid.uuid4().hex}"
        folder.mkdir()
        self.second = self.pulse.spawn([PROGRAMS / "pulse", "serve"], "second",
                                       {**self.pulse.environment, "PORT": str(port), "PULSE_STATE_DIR": str(folder)})
        wait_for(f"http://127.0.0.1:{port}/ready", 60)
        wait_until(self.is_even, "each node has its part of the companies", (self.begin - now()).total_seconds() - 1, 0.2)
        return self

    def is_even(self):
        owned = self.pulse.sql(f"SELECT count(*) FROM tenant_owners WHERE tenant_id IN ({self.tenants}) GROUP BY node_id")
        return len(owned) == 2 and all(int(row[0]) >= TENANTS * 2 // 5 for row in owned)

    def __exit__(self, *_):
        self.pulse.stop(self.second)
        self.pulse.stop_serving()


def prepare(pulse, world, budget):
    pulse.stop_serving()
    posts, window_s, burst = budget
    pulse.sql(f"UPDATE platform_rate_limits SET posts = {posts}, window_seconds = {window_s}, burst = {burst} "
              "WHERE tenant_id IS NULL AND platform = 'x' AND scope = 'app'")
    return world.add_tenants(TENANTS, CHANNELS_EACH), Journal(pulse), now() + timedelta(seconds=LEAD_S)


def steady_round(pulse, world):
    """Of every post: when it left, now and then and steadily, and when it arrived; and the questions a permit of the
    steady ones."""
    channels, journal, begin = prepare(pulse, world, AMPLE)
    rare, rare_due = evenly(channels, f"rare {uuid.uuid4().hex}", RARE_SECONDS, begin, RARE_SECONDS)
    steady_begin = begin + timedelta(seconds=RARE_SECONDS)
    steady, due = evenly(channels, f"steady {uuid.uuid4().hex}", RATE * SECONDS, steady_begin, SECONDS)
    world.schedule(rare + steady)
    with Nodes(pulse, channels, begin):
        time.sleep((steady_begin - now()).total_seconds())
        before = questions(pulse)
        time.sleep((steady_begin - now()).total_seconds() + SECONDS)
        arrived = journal.wait_for(rare_due | due, 120)
        left = wait_until(lambda: recorded_ms(pulse, channels, rare_due | due), "every post is recorded as published")
    asked = questions(pulse)
    return {"rare": [left[text] for text in rare_due], "left": [left[text] for text in due], "arrived": lateness_ms(arrived, due)} | {
        name: (asked[name] - before[name]) / len(due) for name in asked}


def recorded_ms(pulse, channels, due):
    """From due to the first byte, by text; nothing until all are recorded."""
    tenants = ",".join(f"'{tenant}'" for tenant in {channel.tenant_id for channel in channels})
    found = {text: float(late) for text, late in pulse.sql(
        "SELECT p.text, e.metadata_json ->> 'lateness_ms' FROM publish_events e JOIN posts p ON p.tenant_id = e.tenant_id AND p.id = e.post_id "
        f"WHERE e.tenant_id IN ({tenants}) AND e.type = 'PublishSucceeded'")}
    return found if len(found) == len(due) else None


def at_once_round(pulse, world):
    """Posts a second, from the moment at which all are due to the last arrival."""
    channels, journal, due = prepare(pulse, world, AMPLE)
    label = f"at once {uuid.uuid4().hex}"
    texts = [f"{label} {number}" for number in range(len(channels) * AT_ONCE_EACH)]
    world.schedule([(channels[number % len(channels)], text, due) for number, text in enumerate(texts)])
    with Nodes(pulse, channels, due):
        time.sleep(max(0, (due - now()).total_seconds()))
        arrived = journal.wait_for(texts, 180).values()
    return len(texts) / (max(arrived) - due).total_seconds()


def scarce_round(pulse, world):
    """Percent of what the windows would have held, and the most within any of them."""
    channels, journal, due = prepare(pulse, world, SCARCE)
    limit, window_s, _ = SCARCE
    label = f"scarce {uuid.uuid4().hex}"
    world.schedule([(channel, f"{label} {number}", due) for number, channel in enumerate(channels * 2)])
    with Nodes(pulse, channels, due):
        time.sleep((due - now()).total_seconds() + SCARCE_SECONDS)
    arrived = sorted(at for text, at in journal.arrivals().items() if str(text).startswith(label))
    pulse.sql("UPDATE deliveries SET state = 'cancelled', finished_at = due_at WHERE state = 'waiting'; VACUUM ANALYZE deliveries;")
    counted = [at for at in arrived if at < due + timedelta(seconds=SCARCE_SECONDS)]
    most = max(sum(at <= other < at + timedelta(seconds=window_s) for other in arrived) for at in arrived)
    return {"used": 100 * len(counted) / (limit * SCARCE_SECONDS / window_s), "most": most}


def questions(pulse):
    """Asked about the app's budget so far. What PostgreSQL has counted is seen a moment later: read when the nodes
    are idle or have stopped."""
    found = pulse.sql("SELECT coalesce(sum(n_tup_upd), 0) FROM pg_stat_user_tables WHERE relname = 'app_budgets'")
    lines = subprocess.run(["redis-cli", "-s", pulse.redis_socket, "info", "commandstats"], check=True, capture_output=True,
                           text=True, env=os.environ).stdout.splitlines()
    calls = Counter()
    for line in lines:
        name, _, figures = line.partition(":")
        if name in ("cmdstat_eval", "cmdstat_evalsha"):
            calls["Redis"] += int(figures.split(",")[0].removeprefix("calls="))
    return {"PostgreSQL": int(found[0][0]), "Redis": calls["Redis"]}
