"""A reply that needs no database, beside a bare Beast server on one io thread."""
from .instance import PROGRAMS, free_port, wait_for
from .load import wrk

CONNECTIONS = 64


def start_bare(pulse, *options):
    port = free_port()
    pulse.spawn([PROGRAMS / "bench" / "bench_bare_beast", "--port", str(port), *options], "bare_beast")
    address = f"http://127.0.0.1:{port}/"
    wait_for(address)
    return address


def measure(pulse, report, rounds):
    bare_address = start_bare(pulse)
    timed_address = start_bare(pulse, "--with-timeouts")
    authorization = f"Authorization: Bearer {pulse.token}"
    ours, authenticated, bare, timed = [], [], [], []
    for _ in range(rounds):
        bare.append(wrk(bare_address, CONNECTIONS))
        timed.append(wrk(timed_address, CONNECTIONS))
        ours.append(wrk(pulse.address + "/live", CONNECTIONS))
        authenticated.append(wrk(pulse.address + "/connectors/available", CONNECTIONS, headers=[authorization]))
    report.add("bare Beast server", bare, "/s")
    report.add("the same with Beast's time-outs", timed, "/s")
    report.ratio("  of the bare Beast server", timed, bare)
    report.add("Pulse, no database (/live)", ours, "/s")
    report.ratio("  of the bare Beast server", ours, bare, "≥ 0.60")
    report.add("Pulse, authenticated, no database (/connectors/available)", authenticated, "/s")
    report.ratio("  of the bare Beast server", authenticated, bare)
