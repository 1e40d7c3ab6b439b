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
PASSWORD = "seven quiet bicycles"


def measure(pulse, report, rounds):
    # So that sign-ins come from many networks.
    pulse.stop_serving()
    pulse.environment["TRUSTED_PROXIES"] = "127.0.0.1"
    pulse.serve()
    cost(pulse, report, rounds)
    emails = [sign_up(pulse) for _ in range(ACCOUNTS)]
    alone, beside, answered = [], [], []
    for _ in range(rounds):
        alone.append(asyncio.run(read(pulse)))
        told = multiprocessing.Queue()
        load = multiprocessing.Process(target=sign_in, args=(pulse.port, emails, told))
        load.start()
        beside.append(asyncio.run(read(pulse)))
        answered.append(told.get(timeout=60) / SECONDS)
        load.join()
    report.add(f"p99 of a read, {READS_A_SECOND} a second, alone", alone, "ms")
    report.add(f"  beside {SIGN_INS_A_SECOND} sign-ins a second that are asked for", beside, "ms")
    report.ratio("  of alone", beside, alone, "≤ 1.20")
    report.add("  sign-ins that were let in", answered, "/s")


def cost(pulse, report, rounds):
    """One connection, so that a request's time is the service's and the way there. Neither route reads anything, so the one with a token has
    a round trip of its own to confirm who asks; a request that reads does it on the way, and does not pay for that (see reads)."""
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


async def ask(port, method, path, headers, body=b""):
    """The status of one call on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
    answer = await reader.read(-1)
    writer.close()
    return int(answer[9:12])


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
        status = await ask(pulse.port, "GET", f"/projects/{pulse.project_id}", [f"Authorization: Bearer {pulse.token}"])
        if status != 200:
            raise SystemExit(f"a read was answered {status}")
        return (time.perf_counter() - begun) * 1e3
    return percentile(await at_rate(READS_A_SECOND, once), 0.99)


def sign_in(port, emails, told):
    async def once(number):
        body = json.dumps({"email": emails[number % len(emails)], "password": PASSWORD}).encode()
        return await ask(port, "POST", "/auth/login", [f"X-Forwarded-For: 198.18.{number // 250 % 250}.{number % 250}"], body)
    told.put(asyncio.run(at_rate(SIGN_INS_A_SECOND, once)).count(200))
