"""From due time to arrival at the platform, by the sandbox's journal: Pulse at 200 and at 1,000 posts a second, Celery
with an `eta` a task, and the seeds' own shape, a beat that looks every 30 s for what is due."""
import sys
import time
import uuid
from datetime import timedelta

from .celery import Celery
from .journal import Journal, lateness_ms
from .report import percentile
from .world import World, evenly, now

TENANTS, CHANNELS_EACH = 20, 25  # enough that no account posts more than 40 times
SECONDS = 15
BEAT_SECONDS = 30
LEAD_S = 8  # for waking the tenants and reading their agendas
CELERY_RATE = 200
PULSE_GOALS = {200: ("< 2", "< 10"), 1000: ("", "< 50")}


def measure(pulse, report, rounds):
    world = World(pulse)
    ours, engine, eta = {rate: [] for rate in PULSE_GOALS}, {rate: [] for rate in PULSE_GOALS}, []
    for number in range(min(rounds, 3)):
        for rate in PULSE_GOALS:
            seen, recorded = pulse_round(pulse, world, rate)
            ours[rate].append(seen)
            engine[rate].append(recorded)
            say(number, f"Pulse, {rate} a second", seen)
        eta.append(celery_eta_round(pulse, world))
        say(number, f"Celery eta, {CELERY_RATE} a second", eta[-1])
    beat = [celery_beat_round(pulse, world)]
    say(0, f"Celery beat, {CELERY_RATE} a second", beat[0])
    for rate, (p50_goal, p99_goal) in PULSE_GOALS.items():
        add(report, f"Pulse, {rate} a second for {SECONDS} s: due → arrived", ours[rate], p50_goal, p99_goal)
        add(report, "  due → first byte leaves, by its own record", engine[rate])
    add(report, f"Celery, eta a task, {CELERY_RATE} a second: due → arrived", eta)
    add(report, f"Celery, beat every 30 s, {CELERY_RATE} a second: due → arrived", beat)


def say(number, what, late):
    figures = ", ".join(f"p{int(100 * share)} {percentile(late, share):.2f}" for share in (0.5, 0.99))
    print(f"  round {number + 1}: {what}: {figures}, most {max(late):.2f} ms", file=sys.stderr, flush=True)


def add(report, what, rounds, p50_goal="", p99_goal=""):
    report.add(f"{what}, p50", [percentile(late, 0.5) for late in rounds], "ms", p50_goal)
    report.add(f"{what}, p99", [percentile(late, 0.99) for late in rounds], "ms", p99_goal)


def pulse_round(pulse, world, rate):
    """Of every post: as the sandbox saw it, and as the engine recorded it."""
    pulse.stop_serving()
    channels = world.add_tenants(TENANTS, CHANNELS_EACH)
    label = f"pulse {uuid.uuid4().hex}"
    journal = Journal(pulse)
    begin = now() + timedelta(seconds=LEAD_S + 4 * rate / 1000)
    posts, due = evenly(channels, label, rate * SECONDS, begin, SECONDS)
    world.schedule(posts)
    pulse.serve()
    if now() > begin - timedelta(seconds=LEAD_S / 2):
        raise SystemExit("The posts could not be put into the database well before the first was due.")
    time.sleep((begin - now()).total_seconds() + SECONDS)
    late = lateness_ms(journal.wait_for(due, 120), due)
    return late, recorded_lateness(pulse, channels, len(due))


def recorded_lateness(pulse, channels, count):
    tenants = ",".join(f"'{tenant}'" for tenant in {channel.tenant_id for channel in channels})
    query = ("SELECT metadata_json ->> 'lateness_ms' FROM publish_events "
             f"WHERE tenant_id IN ({tenants}) AND type = 'PublishSucceeded'")
    until = time.monotonic() + 30
    while time.monotonic() < until:
        values = [float(row[0]) for row in pulse.sql(query)]
        if len(values) == count:
            return values
        time.sleep(0.2)
    raise SystemExit(f"{len(values)} of {count} posts were recorded as published.")


def celery_eta_round(pulse, world):
    """Every task was handed over before the first is due, to a worker that was ready."""
    pulse.stop_serving()
    accounts, peer, journal = world.add_tenants(1, 100), Celery(pulse), Journal(pulse)
    begin = now() + timedelta(seconds=LEAD_S + 4)
    posts, due = evenly(accounts, f"eta {uuid.uuid4().hex}", CELERY_RATE * SECONDS, begin, SECONDS)
    with peer.worker():
        peer.send("publish", [(text, channel.token) for channel, text, _ in posts], [at for _, _, at in posts])
        if now() > begin:
            raise SystemExit("The tasks could not be handed over before the first was due.")
        time.sleep((begin - now()).total_seconds() + SECONDS)
        arrived = journal.wait_for(due, 120)
    return [(arrived[text] - at).total_seconds() * 1000 for text, at in due.items()]  # it may be early, too


def celery_beat_round(pulse, world):
    """The posts are in a table; due over one interval of the beat, which ticks at a time of its own."""
    pulse.stop_serving()
    accounts, peer, journal = world.add_tenants(1, 200), Celery(pulse), Journal(pulse)
    pulse.sql("CREATE DATABASE celery")
    url = pulse.database_url.replace("/pulse?", "/celery?")
    pulse.sql("CREATE TABLE posts (text text, token text, due_at timestamptz, is_queued boolean NOT NULL DEFAULT false)", url)
    peer.environment["PEER_DATABASE_URL"] = url
    with peer.worker(), peer.beat():
        begin = now() + timedelta(seconds=5)
        posts, due = evenly(accounts, f"beat {uuid.uuid4().hex}", CELERY_RATE * BEAT_SECONDS, begin, BEAT_SECONDS)
        lines = "\n".join(f"{text}\t{channel.token}\t{at}" for channel, text, at in posts)
        pulse.sql(f"COPY posts (text, token, due_at) FROM STDIN;\n{lines}\n\\.\nCREATE INDEX ON posts (due_at);\nANALYZE;", url)
        time.sleep(BEAT_SECONDS)
        return lateness_ms(journal.wait_for(due, 180, quiet_s=5), due)
