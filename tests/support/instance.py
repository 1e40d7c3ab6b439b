"""A Pulse of a test's own: private servers, the sandbox and `pulse serve`, each started, killed and asked by itself."""

import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from datetime import datetime, timezone

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = pathlib.Path(os.environ.get("PULSE_BUILD_DIR", CHECKOUT / "build/release"))
PATIENCE_S = 60
# How many times longer everything may take: 1, or what tests/CMakeLists.txt sets where the programs are sanitized.
SLOWNESS = float(os.environ.get("PULSE_TEST_SLOWNESS", "1"))
SANITIZER_REPORT = re.compile(r"^.*(ERROR: \w+Sanitizer|WARNING: ThreadSanitizer|: runtime error: )", re.MULTILINE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, what: str, limit_s: float = PATIENCE_S):
    """The first true answer of `condition`; an AssertionError when there is none within the bound, times SLOWNESS."""
    limit_s *= SLOWNESS
    end = time.monotonic() + limit_s
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"after {limit_s} s still not: {what}")
        time.sleep(0.02)


def wait_until(moment: float) -> None:
    """Until the monotonic clock shows this moment: for what a test does at a random time."""
    while (left := moment - time.monotonic()) > 0:
        time.sleep(left)


def now() -> datetime:
    return datetime.now(timezone.utc)


def text_of(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class Answer:
    def __init__(self, status: int, headers: list[tuple[str, str]], body: bytes):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body

    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:600].decode(errors='replace')}"


class Client:
    """Speaks JSON with one port of this machine, optionally as somebody. A connection a call, so kills need no care."""

    def __init__(self, port: int, token: str = "", prefix: str = ""):
        self.port = port
        self.token = token
        self.prefix = prefix

    def call(self, method: str, path: str, body=None, headers: dict | None = None, timeout_s: float = 30) -> Answer:
        """`body`: bytes as they are, anything else as JSON. An OSError or HTTPException when nobody answers."""
        sent = dict(headers or {})
        if self.token:
            sent.setdefault("authorization", f"Bearer {self.token}")
        if body is not None:
            sent.setdefault("content-type", "application/json")
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s * SLOWNESS)
        try:
            connection.request(method, self.prefix + path, body=data, headers=sent)
            reply = connection.getresponse()
            return Answer(reply.status, reply.getheaders(), reply.read())
        finally:
            connection.close()

    def ask(self, method: str, path: str, body=None, status: int = 200, **more):
        """The document of an answer that must have this status."""
        answer = self.call(method, path, body, **more)
        if answer.status != status:
            raise AssertionError(f"{method} {path} should answer {status}; it answered {answer}")
        return answer.json() if answer.body else None

    def all_of(self, path: str) -> list:
        """The items of every page of a list."""
        items, cursor, separator = [], None, "&" if "?" in path else "?"
        while True:
            page = self.ask("GET", f"{path}{separator}limit=100{f'&cursor={cursor}' if cursor else ''}")
            items += page["items"]
            cursor = page["next_cursor"]
            if not cursor:
                return items


class Instance:
    """Everything in a folder of its own, stopped and removed by `close`, or when this process ends however it ends."""

    def __init__(self, name: str):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"pulse-{name}-"))
        self.folder.chmod(0o711)  # PostgreSQL's user must get through
        self.state = self.folder / "state"
        self.port, self.sandbox_port = free_port(), free_port()
        self.processes: dict[str, subprocess.Popen] = {}
        self.urls: dict[str, str] = {}
        self.settings: dict[str, str] = {}

    def open(self) -> "Instance":
        """All of it, migrated and ready."""
        self.start_servers()
        self.pulse("migrate")
        self.start_sandbox()
        self.start_pulse()
        return self

    def close(self) -> None:
        for process in self.processes.values():
            process.kill()
            process.wait()
        self.servers("stop", "--remove")
        reports = self.sanitizer_reports()
        shutil.rmtree(self.folder, ignore_errors=True)
        if reports:
            raise AssertionError(reports)

    def sanitizer_reports(self) -> str:
        """What sanitized programs have written about themselves. One that was killed later ends as if nothing had
        been."""
        found = ""
        for file in sorted(self.folder.glob("*.log")):
            log = file.read_text(errors="replace")
            if report := SANITIZER_REPORT.search(log):
                found += f"{file.name}:\n{log[report.start():][:20_000]}\n"
        return found

    # --- the servers

    def servers(self, verb: str, *more: str) -> str:
        done = subprocess.run([CHECKOUT / "scripts/private_servers", verb, self.state, *more], text=True,
                              env=self.environment(), stdin=subprocess.DEVNULL, capture_output=True, timeout=120 * SLOWNESS)
        if done.returncode != 0:
            raise AssertionError(f"private_servers {verb}: {done.stderr}")
        return done.stdout

    def start_servers(self, *more: str) -> None:
        template = PROGRAMS / "tests/postgres_template"
        self.servers("start", "--not-durable", "--template", str(template), *more)
        self.urls = dict(line.split("=", 1) for line in self.servers("env").split())

    def psql(self, sql: str) -> list[list[str]]:
        done = subprocess.run(["psql", "-XAt", "-F", "\t", "-d", self.urls["DATABASE_URL"], "-c", sql], check=True,
                              text=True, capture_output=True, timeout=60 * SLOWNESS)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def plant(self) -> None:
        """Puts a bug into the database that is to be caught: PULSE_PLANTED is a file of SQL. For who sees whether a
        test can fail."""
        if file := os.environ.get("PULSE_PLANTED"):
            subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", self.urls["DATABASE_URL"], "-f", file], check=True, timeout=60)

    # --- the programs

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items()
                if name in ("PATH", "HOME", "LANG", "TMPDIR", "USER") or name.endswith("SAN_OPTIONS")}
        return kept | self.urls | {"PULSE_STATE_DIR": str(self.state), "PORT": str(self.port), "APP_ENV": "development",
                                   "EGRESS_ALLOW_LOOPBACK": "yes", "CALLS_PER_MINUTE": "0",
                                   "COSTLY_CALLS_PER_MINUTE": "0",
                                   "SANDBOX_URL": f"http://127.0.0.1:{self.sandbox_port}"} | self.settings

    def pulse(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess:
        """Runs `pulse ARGUMENTS` to its end."""
        done = subprocess.run([PROGRAMS / "pulse", *arguments], env=self.environment(), cwd=self.folder, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60 * SLOWNESS)
        if done.returncode != status:
            raise AssertionError(f"pulse {arguments} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done

    def start(self, name: str, *command) -> subprocess.Popen:
        with open(self.folder / f"{name}.log", "ab") as log:
            # Should this test be killed, nothing of it stays.
            self.processes[name] = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", "--", *map(str, command)],
                                                    env=self.environment(), cwd=self.folder, stdin=subprocess.DEVNULL,
                                                    stdout=log, stderr=subprocess.STDOUT)
        return self.processes[name]

    def start_sandbox(self) -> None:
        self.start("sandbox", PROGRAMS / "sandbox/pulse-sandbox", "--port", self.sandbox_port, "--journal",
                   self.folder / "journal.jsonl")
        wait_for(lambda: answers(self.sandbox(), "/_sandbox/health"), "the sandbox answers")

    def start_pulse(self) -> float:
        """Seconds until it was ready."""
        begun = time.monotonic()
        process = self.start("pulse", PROGRAMS / "pulse", "serve")
        wait_for(lambda: process.poll() is not None or answers(self.client(), "/ready"), "Pulse is ready")
        if process.poll() is not None:
            raise AssertionError(f"Pulse ended while it was starting:\n{self.log()[-2000:]}")
        return time.monotonic() - begun

    def end(self, name: str, how: int = signal.SIGKILL, limit_s: float = 30) -> int:
        """Sends a signal and waits for the end; its status."""
        process = self.processes.pop(name)
        process.send_signal(how)
        return process.wait(timeout=limit_s * SLOWNESS)

    @property
    def pid(self) -> int:
        return self.processes["pulse"].pid

    def log(self) -> str:
        """What Pulse has written, over all its starts."""
        return (self.folder / "pulse.log").read_text(errors="replace")

    # --- whom to speak with

    def client(self, token: str = "", prefix: str = "") -> Client:
        return Client(self.port, token, prefix)

    def sandbox(self) -> Client:
        return Client(self.sandbox_port)

    def sign_up(self) -> Client:
        """The owner of a new company."""
        word = uuid.uuid4().hex
        made = self.client().ask("POST", "/signup", {
            "company_name": f"Company {word[:8]}", "email": f"{word}@example.org",
            "password": f"correct horse {word[:12]}"}, 201)
        return self.client(made["access_token"])

    def connect_x(self, client: Client, project_id: str) -> dict:
        """A channel to an account of its own at the sandbox's X, with the account's id as `user`."""
        user, token = str(uuid.uuid4().int % 10**12), "token-" + uuid.uuid4().hex
        self.sandbox().ask("POST", "/_sandbox/accounts", {"platform": "x", "token": token, "user_id": user,
                                                          "username": "u" + user}, 201)
        account = {"external_user_id": user, "handle": "u" + user, "access_token": token}
        made = client.ask("POST", "/channels", {"project_id": project_id, "type": "x", "account": account}, 201)
        return made | {"user": user, "token": token}

    def journal(self) -> list[dict]:
        """Every line of the sandbox's journal."""
        lines, since = [], 0
        while True:
            page = self.sandbox().ask("GET", f"/_sandbox/journal?since={since}")
            lines += page["entries"]
            since = page["next"]
            if since >= page["total"]:
                return lines


def answers(client: Client, path: str) -> bool:
    try:
        return client.call("GET", path, timeout_s=5).status == 200
    except (OSError, http.client.HTTPException):
        return False
