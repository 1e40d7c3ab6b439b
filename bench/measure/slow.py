"""5,000 connections that are as slow as they may be (header, body, reading, WebSocket; slow_clients.py), and the p99 of
good requests beside them: alone and beside, in turns."""
import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

CONNECTIONS = int(os.environ.get("BENCH_SLOW", "5000"))
PROGRAM = Path(__file__).with_name("slow_clients.py")
GOOD_CONNECTIONS, GOOD_S = 16, 5
GOOD = {"no database (/live)": "/live", "a read of one row": "/projects/{project}"}


def measure(pulse, report, rounds):
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < CONNECTIONS + 500:
        raise SystemExit(f"Only {hard} files may be open; {CONNECTIONS + 500} are needed.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    pulse.stop_serving()
    pulse.environment |= {"HTTP_CONNECTIONS": "16000"}  # one network, this machine, may have half of them
    pulse.serve()
    alone, beside = ({name: [] for name in GOOD} for _ in range(2))
    for number in range(rounds):
        good(pulse, alone)
        with Crowd(pulse):
            good(pulse, beside)
        print(f"  round {number + 1}: p99 alone {last(alone)}, beside {last(beside)} ms", file=sys.stderr, flush=True)
    for name in GOOD:
        report.add(f"A good request, {name}: p99 alone", alone[name], "ms")
        report.add(f"  beside {CONNECTIONS:,} slow connections", beside[name], "ms")
        report.ratio("  of alone", beside[name], alone[name], "< 2.00")


def last(of):
    return ", ".join(f"{name}: {values[-1]:.2f}" for name, values in of.items())


def good(pulse, times):
    for name, path in GOOD.items():
        times[name].append(wrk_p99(pulse.address + path.format(project=pulse.project_id), pulse.token))


def wrk_p99(url, token):
    """In ms."""
    command = ["wrk", "-t1", f"-c{GOOD_CONNECTIONS}", f"-d{GOOD_S}s", "--latency", "-H", f"Authorization: Bearer {token}", url]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(f"wrk met errors at {url}:\n{out}")
    figure, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    return float(figure) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


class Crowd:
    """Open on entering, gone on leaving."""

    def __init__(self, pulse):
        self.command = [sys.executable, PROGRAM, pulse.port, pulse.token, CONNECTIONS // 4]

    def __enter__(self):
        self.client = subprocess.Popen(list(map(str, self.command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                       text=True)
        if not self.client.stdout.readline():
            raise SystemExit(f"{PROGRAM.name}: {self.client.stderr.read()}")
        time.sleep(1)
        return self

    def __exit__(self, failed, *_):
        said, complaints = self.client.communicate("end\n", timeout=120)
        if self.client.returncode != 0 and failed is None:
            raise SystemExit(f"{PROGRAM.name}: {complaints[-2000:]}")
        print(f"  {said.strip()}", file=sys.stderr, flush=True)
