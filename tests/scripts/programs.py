"""Stand-ins for the programs that the launcher starts, so that it can be tried without building them."""

import os
import pathlib
import socket
import subprocess
import time

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
SLOWNESS = float(os.environ.get("PULSE_TEST_SLOWNESS", "1"))  # as tests/support/instance.py tells

PULSE = """#!/usr/bin/env python3
import http.server, os, signal, sys
print(*(f"{k}={os.environ.get(k, '')}" for k in ("DATABASE_URL", "REDIS_URL", "SANDBOX_URL")), flush=True)
if sys.argv[1] != "serve":
    sys.exit(1 if os.environ.get("FAILS") == sys.argv[1] else 0)
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *_):
        pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Ready).serve_forever()
"""

SANDBOX = """#!/usr/bin/env python3
import http.server, sys
port, journal = sys.argv[sys.argv.index("--port") + 1], sys.argv[sys.argv.index("--journal") + 1]
open(journal, "a").close()
http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), http.server.BaseHTTPRequestHandler).serve_forever()
"""


def write_program(file: pathlib.Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    file.chmod(0o755)


def write_programs(folder: pathlib.Path) -> pathlib.Path:
    write_program(folder / "pulse", PULSE)
    write_program(folder / "sandbox" / "pulse-sandbox", SANDBOX)
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# Making a data directory is most of what a start takes; the cases that are not about it share a fresh one.
POSTGRES_TEMPLATE = str(pathlib.Path(os.environ.get("PULSE_BUILD_DIR", CHECKOUT / "build")) / "tests/postgres_template")


def clean_environment(**more: str) -> dict[str, str]:
    """The environment of somebody who never heard of Pulse, and these."""
    kept = {name: value for name, value in os.environ.items()
            if name in ("PATH", "HOME", "LANG", "TMPDIR", "USER", "LOGNAME") or name.endswith("SAN_OPTIONS")}
    return kept | more


def wait_for(condition, what: str, limit_s: float = 60) -> None:
    limit_s *= SLOWNESS
    end = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"after {limit_s} s still not: {what}")
        time.sleep(0.02)


def processes_naming(text: str) -> list[str]:
    """The command lines of running processes that hold this text; its own folder names what a test started."""
    found = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if text in line:
            found.append(line)
    return found


class Launcher:
    """scripts/run in a process group of its own, as a terminal would start it; with the stand-ins, or with
    `programs`."""

    def __init__(self, folder: pathlib.Path, state: pathlib.Path, port: int, programs: str = "", **more: str):
        self.log = folder / f"launcher-{port}-{time.monotonic_ns()}.log"
        self.state = state
        environment = clean_environment(PULSE_POSTGRES_TEMPLATE=POSTGRES_TEMPLATE, PULSE_STATE_DIR=str(state),
                                        PULSE_BIN_DIR=programs or str(folder / "programs"), PORT=str(port), **more)
        with open(self.log, "wb") as out:
            self.process = subprocess.Popen([CHECKOUT / "scripts/run"], env=environment, stdin=subprocess.DEVNULL,
                                            stdout=out, stderr=subprocess.STDOUT, start_new_session=True)

    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_until_ready(self) -> "Launcher":
        wait_for(lambda: "Sign in:" in self.output() or self.process.poll() is not None, "the launcher is ready")
        if self.process.poll() is not None:
            raise AssertionError("the launcher ended:\n" + self.output())
        return self

    def end(self) -> int:
        return self.process.wait(timeout=60 * SLOWNESS)
