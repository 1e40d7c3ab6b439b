"""What authentication costs a request, and what 200 sign-ins a second cost everybody else."""
import json
import subprocess
import uuid

from . import reads
from .instance import PROGRAMS
from .load import pgbench, wrk

SIGN_INS_A_SECOND = 200
READS_A_SECOND = 100
SECONDS = 10
ACCOUNTS = 20
PASSWORD = "seven quiet bicycles"


def measure(pulse, report, rounds):
    # So that sign-ins come from many networks.
    pulse.stop_serving()
    pulse.environment["TRUSTED_PROXIES"] = "127.0.0.1"
    pulse.serve()
    cost(pulse, report, rounds)
    bodies = pulse.state / "sign_ins.jsonl"
    emails = [sign_up(pulse) for _ in range(ACCOUNTS)]
    bodies.write_text("".join(json.dumps({"email": each, "password": PASSWORD}) + "\n" for each in emails))
    sign_in = ["--path", "/auth/login", "--bodies", bodies]
    alone, beside_any, beside, let_in = [], [], [], []
    for _ in range(rounds):
        alone.append(read(pulse)["p99_ms"])
        beside_any.append(read_beside(pulse, ["--path", "/live"])[0])
        slow, done = read_beside(pulse, sign_in)
        beside.append(slow)
        let_in.append(done / SECONDS)
    report.add(f"p99 of a read, {READS_A_SECOND} a second, alone", alone, "ms")
    report.add(f"  beside {SIGN_INS_A_SECOND} requests a second that ask for nothing (/live)", beside_any, "ms")
    report.add(f"  beside {SIGN_INS_A_SECOND} sign-ins a second that are asked for", beside, "ms")
    report.ratio("  beside sign-ins, of alone", beside, alone, "≤ 1.20")
    report.ratio("  beside what asks for nothing, of alone: what any such requests add", beside_any, alone)
    report.add("  sign-ins that were let in", let_in, "/s")


def calls(pulse, rate, seconds, what):
    program = PROGRAMS / "bench" / "bench_steady_calls"
    command = [program, "--port", pulse.port, "--rate", rate, "--seconds", seconds, *what]
    return subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)


def answers(of):
    told, _ = of.communicate(timeout=120)
    if of.returncode != 0:
        raise SystemExit("bench_steady_calls failed")
    return json.loads(told)


def read(pulse):
    """Percentiles of reads of one row."""
    one_row = ["--path", f"/projects/{pulse.project_id}", "--token", pulse.token]
    found = answers(calls(pulse, READS_A_SECOND, SECONDS, one_row))
    if list(found["by_status"]) != ["200"]:
        raise SystemExit(f"reads were answered {found['by_status']}")
    return found


def read_beside(pulse, what):
    """The p99 of reads during other calls, and how many of those were answered with 200."""
    load = calls(pulse, SIGN_INS_A_SECOND, SECONDS, what)
    slow = read(pulse)["p99_ms"]
    return slow, answers(load)["by_status"].get("200", 0)


def cost(pulse, report, rounds):
    """One connection, so that a request's time is the service's and the way there. Neither route reads anything, so the
    one with a token has a round trip of its own to confirm who asks; a request that reads does it on the way, and does
    not pay for that (see reads)."""
    token = [f"Authorization: Bearer {pulse.token}"]
    confirmed = pulse.state / "confirmed_alone.sql"
    member_id, version = reads.standing(pulse)
    confirmed.write_text(reads.CONFIRMED.format(tenant_id=pulse.tenant_id, member_id=member_id, version=version, read="SELECT"))
    added, round_trips = [], []
    wrk(pulse.address + "/connectors/available", 1, seconds=1, headers=token)  # its connection to PostgreSQL is made
    for _ in range(rounds):
        opened = wrk(pulse.address + "/live", 1, seconds=2)
        named = wrk(pulse.address + "/connectors/available", 1, seconds=2, headers=token)
        added.append(1e6 / named - 1e6 / opened)
        round_trips.append(1e6 / pgbench(pulse.database_url, confirmed, 1, seconds=2))
    report.add("authentication, with the longer answer of its route, adds to a request", added, "us", "< 100")
    report.add("  beside one round trip of pgbench that confirms the same", round_trips, "us")


def sign_up(pulse):
    email = f"{uuid.uuid4().hex}@example.org"
    pulse.call("POST", "/signup", {"company_name": "Bench", "email": email, "password": PASSWORD})
    return email
