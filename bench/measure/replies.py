"""A reply that needs no database, beside a bare Beast server on one io thread."""
from .instance import PROGRAMS, free_port, wait_for
from .load import wrk

CONNECTIONS = 64


def measure(pulse, report, rounds):
    port = free_port()
    pulse.spawn([PROGRAMS / "bench" / "bench_bare_beast", "--port", str(port)], "bare_beast")
    bare_address = f"http://127.0.0.1:{port}/"
    wait_for(bare_address)
    authorization = f"Authorization: Bearer {pulse.token}"
    ours, authenticated, bare = [], [], []
    for _ in range(rounds):
        bare.append(wrk(bare_address, CONNECTIONS))
        ours.append(wrk(pulse.address + "/live", CONNECTIONS))
        authenticated.append(wrk(pulse.address + "/connectors/available", CONNECTIONS, headers=[authorization]))
    report.add("bare Beast server", bare, "/s")
    report.add("Pulse, no database (/live)", ours, "/s")
    report.ratio("  of the bare Beast server", ours, bare, "≥ 0.60")
    report.add("Pulse, authenticated, no database (/connectors/available)", authenticated, "/s")
    report.ratio("  of the bare Beast server", authenticated, bare)
