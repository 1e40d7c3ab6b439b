"""One authenticated read backed by one row under row security, beside pgbench with the same transaction on the same
socket and number of connections, and beside the shape of the seeds: FastAPI, SQLAlchemy's ORM, asyncpg."""
import subprocess

from .instance import DATABASE_CONNECTIONS, ROOT, free_port, wait_for
from .load import pgbench, wrk

HTTP_CONNECTIONS = 32

READ = """SELECT id, name, description, time_zone, created_at, updated_at FROM projects WHERE id = '{project_id}'"""
FOUR_ROUND_TRIPS = """BEGIN;
SELECT set_config('pulse.tenant_id', '{tenant_id}', true);
{read};
COMMIT;
"""
ONE_ROUND_TRIP = """\\startpipeline
SELECT set_config('pulse.tenant_id', '{tenant_id}', true);
{read};
\\endpipeline
"""
# As a request confirms whom it lets in by what is kept of them (persistence/people/standing.hpp).
CONFIRMED = """\\startpipeline
SELECT set_config('pulse.tenant_id', '{tenant_id}', true);
SELECT CASE WHEN EXISTS (
  SELECT FROM standing_versions v JOIN tenants t ON t.id = v.tenant_id
  WHERE v.tenant_id = '{tenant_id}' AND v.member_id = '{member_id}' AND v.version = {version} AND t.suspended_at IS NULL)
THEN true ELSE pulse_refuse_standing() END;
{read};
\\endpipeline
"""


def measure(pulse, report, rounds):
    read = READ.format(project_id=pulse.project_id)
    plain, pipelined = pulse.state / "plain.sql", pulse.state / "pipelined.sql"
    plain.write_text(FOUR_ROUND_TRIPS.format(tenant_id=pulse.tenant_id, read=read))
    pipelined.write_text(ONE_ROUND_TRIP.format(tenant_id=pulse.tenant_id, read=read))
    confirmed = pulse.state / "confirmed.sql"
    member_id, version = standing(pulse)
    confirmed.write_text(CONFIRMED.format(tenant_id=pulse.tenant_id, member_id=member_id, version=version, read=read))
    seed_address = start_fastapi(pulse)
    path = f"/projects/{pulse.project_id}"
    headers = [f"Authorization: Bearer {pulse.token}"]
    seed_headers = [f"Authorization: Bearer {seed_token(pulse)}"]
    ours, plainly, in_pipeline, sure, seed = [], [], [], [], []
    for _ in range(rounds):
        plainly.append(pgbench(pulse.database_url, plain, DATABASE_CONNECTIONS))
        ours.append(wrk(pulse.address + path, HTTP_CONNECTIONS, headers=headers))
        in_pipeline.append(pgbench(pulse.database_url, pipelined, DATABASE_CONNECTIONS))
        sure.append(pgbench(pulse.database_url, confirmed, DATABASE_CONNECTIONS))
        seed.append(wrk(seed_address + path, HTTP_CONNECTIONS, headers=seed_headers))
    report.add("pgbench, begin + set tenant + read + commit", plainly, "/s")
    report.add("pgbench, the same in one round trip", in_pipeline, "/s")
    report.add("pgbench, the same, confirming who asks", sure, "/s")
    report.ratio("  of that without", sure, in_pipeline)
    report.add("FastAPI + SQLAlchemy, the same read", seed, "/s")
    report.add("Pulse, one authenticated read of one row", ours, "/s")
    report.ratio("  of pgbench", ours, plainly, "≥ 0.50")
    report.ratio("  of pgbench in one round trip", ours, in_pipeline)
    report.ratio("  of FastAPI + SQLAlchemy", ours, seed)


def standing(pulse):
    """A member of the company that is measured, and the version that their standing has."""
    return pulse.sql(f"SELECT member_id, version FROM standing_versions WHERE tenant_id = '{pulse.tenant_id}' LIMIT 1")[0]


def start_fastapi(pulse):
    port = free_port()
    environment = {**pulse.environment, "PEER_SECRET": "peer"}
    command = ["/usr/bin/python3", "-m", "uvicorn", "fastapi_read:app", "--port", str(port), "--log-level", "warning",
               "--loop", "uvloop", "--http", "httptools"]
    pulse.spawn(command, "fastapi", environment=environment, cwd=ROOT / "bench" / "peers")
    address = f"http://127.0.0.1:{port}"
    wait_for(address + "/live")
    return address


def seed_token(pulse):
    make = "import jwt, sys; print(jwt.encode({'tid': sys.argv[1]}, 'peer', algorithm='HS256'))"
    return subprocess.run(["/usr/bin/python3", "-c", make, pulse.tenant_id], check=True, capture_output=True, text=True).stdout.strip()
