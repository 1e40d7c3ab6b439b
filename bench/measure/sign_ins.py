"""What authentication costs a request, and what 200 sign-ins a second cost everybody else."""
import asyncio
import json
import multiprocessing
import time
import uuid

from . import reads
from .load import pgbench, wrk
from .report import percentile

SIGN_INS_A_SECOND = 200
READS_A_SECOND = 100
SECONDS = 10
ACCOUNTS = 20
SESSIONS_OF_ONE = 10  # so that one session's renewals are a second apart
PASSWORD = "seven quiet bicycles"


def measure(pulse, report, rounds):
    # So that sign-ins come from many networks.
    pulse.stop_serving()
    pulse.environment["TRUSTED_PROXIES"] = "127.0.0.1"
    pulse.serve()
    cost(pulse, report, rounds)
    emails = [sign_up(pulse) for _ in range(ACCOUNTS)]
    sessions = [refresh_token(pulse.port, emails[number % ACCOUNTS], number) for number in range(ACCOUNTS * SESSIONS_OF_ONE)]
    alone, renewing, beside, renewed, answered = [], [], [], [], []
    for _ in range(rounds):
        alone.append(asyncio.run(read(pulse)))
        slow, done = read_beside(pulse, renew, sessions)
        renewing.append(slow)
        renewed.append(done / SECONDS)
        slow, done = read_beside(pulse, sign_in, emails)
        beside.append(slow)
        answered.append(done / SECONDS)
    report.add(f"p99 of a read, {READS_A_SECOND} a second, alone", alone, "ms")
    report.add(f"  beside {SIGN_INS_A_SECOND} renewals of sessions a second, which write a session and hash nothing", renewing, "ms")
    report.add(f"  beside {SIGN_INS_A_SECOND} sign-ins a second that are asked for", beside, "ms")
    report.ratio("  beside sign-ins, of alone", beside, alone, "≤ 1.20")
    report.ratio("  beside renewals, of alone: what any such requests add", renewing, alone)
    report.ratio("  beside sign-ins, of beside renewals: what hashing adds", beside, renewing)
    report.add("  sessions that were renewed", renewed, "/s")
    report.add("  sign-ins that were let in", answered, "/s")


def read_beside(pulse, load, of):
    """The p99 of reads while `load` runs in a process of its own, and how many of its calls were answered with 200."""
    told = multiprocessing.Queue()
    running = multiprocessing.Process(target=load, args=(pulse.port, of, told))
    running.start()
    slow = asyncio.run(read(pulse))
    done = told.get(timeout=60)
    if not isinstance(done, int):  # the sessions as they are now
        done, of[:] = done
    running.join()
    return slow, done


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


def refresh_token(port, email, number):
    body = json.dumps({"email": email, "password": PASSWORD}).encode()
    status, answer = asyncio.run(ask(port, "POST", "/auth/login", [network(number)], body))
    if status != 200:
        raise SystemExit(f"a sign-in was answered {status}")
    return json.loads(answer)["refresh_token"]


async def ask(port, method, path, headers, body=b""):
    """The status and the body of one call on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
    answer = await reader.read(-1)
    writer.close()
    return int(answer[9:12]), answer[answer.find(b"\r\n\r\n") + 4:]


async def at_rate(a_second, call):
    """The answers of calls that begin at a rate, whatever becomes of those before."""
    begun = time.monotonic()
    running = []
    for number in range(a_second * SECONDS):
        await asyncio.sleep(max(0.0, begun + number / a_second - time.monotonic()))
        running.append(asyncio.create_task(call(number)))
    return await asyncio.gather(*running)


async def read(pulse):
    """The p99 in milliseconds."""
    async def once(_):
        begun = time.perf_counter()
        status, _ = await ask(pulse.port, "GET", f"/projects/{pulse.project_id}", [f"Authorization: Bearer {pulse.token}"])
        if status != 200:
            raise SystemExit(f"a read was answered {status}")
        return (time.perf_counter() - begun) * 1e3
    return percentile(await at_rate(READS_A_SECOND, once), 0.99)


def network(number):
    return f"X-Forwarded-For: 198.18.{number // 250 % 250}.{number % 250}"


def sign_in(port, emails, told):
    async def once(number):
        body = json.dumps({"email": emails[number % len(emails)], "password": PASSWORD}).encode()
        status, _ = await ask(port, "POST", "/auth/login", [network(number)], body)
        return status
    told.put(asyncio.run(at_rate(SIGN_INS_A_SECOND, once)).count(200))


def renew(port, sessions, told):
    async def once(number):
        which = number % len(sessions)
        status, answer = await ask(port, "POST", "/auth/refresh", [network(number)], json.dumps({"refresh_token": sessions[which]}).encode())
        if status == 200:
            sessions[which] = json.loads(answer)["refresh_token"]
        return status
    done = asyncio.run(at_rate(SIGN_INS_A_SECOND, once)).count(200)
    told.put((done, sessions))
