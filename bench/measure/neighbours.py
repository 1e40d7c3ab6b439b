"""What one tenant's flood does to another's punctuality: a tenant with a steady stream of posts, alone and beside one
that has fifty times its quota due at once."""
import sys
import time
import uuid
from datetime import timedelta

from .journal import Journal, lateness_ms
from .report import percentile
from .world import World, evenly, now

RATE, SECONDS, ACCOUNTS = 100, 15, 40
LEAD_S = 20  # for putting them into the database and waking the tenants
QUOTA, WINDOW_S, BURST = 100, 900, 50  # X's own: posts an account
NOISY_ACCOUNTS, TIMES_QUOTA = 4, 50


def measure(pulse, report, rounds):
    world = World(pulse)
    figures = {False: [], True: []}
    for number in range(rounds):
        for is_noisy in figures:
            late = one_round(pulse, world, is_noisy)
            figures[is_noisy].append(late)
            print(f"  round {number + 1}: {'beside the flood' if is_noisy else 'alone'}: p50 {percentile(late, 0.5):.2f}, "
                  f"p99 {percentile(late, 0.99):.2f}, most {max(late):.2f} ms", file=sys.stderr, flush=True)
    p99 = {is_noisy: [percentile(late, 0.99) for late in rounds] for is_noisy, rounds in figures.items()}
    p50 = {is_noisy: [percentile(late, 0.5) for late in rounds] for is_noisy, rounds in figures.items()}
    flood = f"beside a tenant with {TIMES_QUOTA} times its quota due"
    report.add(f"A steady tenant, {RATE} a second, alone: due → arrived, p50", p50[False], "ms")
    report.add(f"  {flood}, p50", p50[True], "ms")
    report.add("  alone, p99", p99[False], "ms")
    report.add(f"  {flood}, p99", p99[True], "ms")
    report.ratio("  p99 beside it, of p99 alone", p99[True], p99[False], "< 1.20")


def one_round(pulse, world, is_noisy):
    """Lateness of the steady tenant's posts; the flood falls due one second after its first."""
    pulse.stop_serving()
    steady = world.add_tenants(1, ACCOUNTS)
    journal, begin = Journal(pulse), now() + timedelta(seconds=LEAD_S)
    posts, due = evenly(steady, f"steady {uuid.uuid4().hex}", RATE * SECONDS, begin, SECONDS)
    if is_noisy:
        posts += flood(world, begin + timedelta(seconds=1))
    world.schedule(posts)
    pulse.serve()
    if now() > begin - timedelta(seconds=LEAD_S / 3):
        raise SystemExit("The posts could not be put into the database well before the first was due.")
    time.sleep((begin - now()).total_seconds() + SECONDS)
    late = lateness_ms(journal.wait_for(due, 120), due)
    pulse.stop_serving()
    # What the throttle still holds is nobody's business in the next round.
    pulse.sql("UPDATE deliveries SET state = 'cancelled', finished_at = due_at WHERE state = 'waiting'; VACUUM ANALYZE deliveries;")
    return late


def flood(world, due):
    noisy = world.add_tenants(1, NOISY_ACCOUNTS)
    world.limit(noisy[0].tenant_id, "account", QUOTA, WINDOW_S, BURST)
    label = uuid.uuid4().hex
    return [(noisy[number % len(noisy)], f"noise {label} {number}", due) for number in range(NOISY_ACCOUNTS * TIMES_QUOTA * QUOTA)]
