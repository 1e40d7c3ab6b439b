"""Posts a second with a real HTTP call to the sandbox each: Pulse through `pulse serve`, with everything it commits,
beside Celery's worker making the same call and keeping nothing. All of it is due at once; the same sandbox, in turns."""
import sys
import time
import uuid
from datetime import timedelta

from .celery import Celery
from .instance import wait_until
from .journal import Journal
from .world import World, now

TENANTS, CHANNELS_EACH, POSTS_EACH = 50, 10, 40  # X lets an account post 100 times in 15 minutes, half of it at once
CELERY_POSTS = 3_000
LEAD_S = 6  # for waking the tenants and reading their agendas


def measure(pulse, report, rounds):
    world = World(pulse)
    ours, theirs = [], []
    for number in range(rounds):
        theirs.append(celery_round(pulse, world))
        ours.append(pulse_round(pulse, world))
        print(f"  round {number + 1}: Celery {theirs[-1]:,.0f}/s, Pulse {ours[-1]:,.0f}/s", file=sys.stderr, flush=True)
    report.add("Celery, one HTTP call a task", theirs, "/s")
    report.add("Pulse, one HTTP call a delivery", ours, "/s")
    report.ratio("  of Celery", ours, theirs, "≥ 10")


def celery_round(pulse, world):
    """From the first arrival to the last."""
    pulse.stop_serving()
    label, accounts = f"celery {uuid.uuid4().hex}", world.add_tenants(1, 100)
    texts = {f"{label} {number}": accounts[number % len(accounts)].token for number in range(CELERY_POSTS)}
    peer, journal = Celery(pulse), Journal(pulse)
    peer.send("publish", list(texts.items()))
    with peer.worker(is_ready=False):
        arrived = journal.wait_for(texts, 180).values()
    return (len(texts) - 1) / (max(arrived) - min(arrived)).total_seconds()


def pulse_round(pulse, world):
    """From the moment at which all are due to the last arrival or the last outcome in the database, whichever is
    later."""
    pulse.stop_serving()
    label, channels = f"pulse {uuid.uuid4().hex}", world.add_tenants(TENANTS, CHANNELS_EACH)
    texts = [f"{label} {number}" for number in range(len(channels) * POSTS_EACH)]
    journal = Journal(pulse)
    due = now() + timedelta(seconds=LEAD_S + 4)
    world.schedule([(channels[number % len(channels)], text, due) for number, text in enumerate(texts)])
    pulse.serve()
    if (left := (due - now()).total_seconds()) < LEAD_S / 2:
        raise SystemExit(f"The posts were in the database only {left:.1f} s before they were due.")
    time.sleep(left)
    arrived = journal.wait_for(texts, 180).values()
    recorded = f"SELECT count(*) FILTER (WHERE state = 'published'), max(finished_at) FROM deliveries WHERE due_at = '{due}'"
    wait_until(lambda: pulse.sql(recorded)[0][0] == str(len(texts)), "every post is recorded as published")
    last = f"SELECT extract(epoch FROM max(finished_at)) FROM deliveries WHERE due_at = '{due}'"
    end = max(max(arrived).timestamp(), float(pulse.sql(last)[0][0]))
    return len(texts) / (end - due.timestamp())
