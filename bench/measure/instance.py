"""A private Pulse to measure: its own servers, sandbox and company, durable as in production, gone afterwards."""
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(os.environ.get("PULSE_BUILD_DIR", ROOT / "build" / "release"))
DATABASE_CONNECTIONS = 8


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, limit_s=20):
    """Seconds until `url` answers 200."""
    begun = time.monotonic()
    while time.monotonic() - begun < limit_s:
        try:
            with urllib.request.urlopen(url, timeout=2) as reply:
                if reply.status == 200:
                    return time.monotonic() - begun
        except OSError:
            pass
        time.sleep(0.002)
    raise SystemExit(f"{url} did not answer within {limit_s} s.")


def wait_until(condition, what, limit_s=60, pause_s=0.02):
    """The first true answer of `condition`."""
    end = time.monotonic() + limit_s
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise SystemExit(f"After {limit_s} s still not: {what}.")
        time.sleep(pause_s)


class Instance:
    """Started on entering, stopped on leaving."""

    def __init__(self):
        self.state = Path(tempfile.mkdtemp(prefix="pulse-bench-"))
        self.state.chmod(0o711)  # PostgreSQL's user must get through
        self.port = free_port()
        self.sandbox_port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.sandbox_address = f"http://127.0.0.1:{self.sandbox_port}"
        self.journal = self.state / "journal.jsonl"
        self.processes = []
        self.pulse = None
        self.token = None
        self.encryption_key = uuid.uuid4().hex  # known here, so that accounts can be put into the database

    def __enter__(self):
        servers = ROOT / "scripts" / "private_servers"
        subprocess.run([servers, "start", self.state, "--while", str(os.getpid())], check=True, stderr=subprocess.DEVNULL)
        lines = subprocess.run([servers, "env", self.state], check=True, capture_output=True, text=True).stdout.split()
        urls = dict(line.split("=", 1) for line in lines)
        self.database_url = urls["DATABASE_URL"]
        self.redis_socket = urls["REDIS_URL"].removeprefix("unix://")
        self.environment = {
            **os.environ, **urls, "PORT": str(self.port), "PULSE_STATE_DIR": str(self.state), "APP_ENV": "development",
            "SANDBOX_URL": self.sandbox_address, "DATABASE_REQUEST_CONNECTIONS": str(DATABASE_CONNECTIONS),
            "TOKEN_ENCRYPTION_KEY": self.encryption_key, "CALLS_PER_MINUTE": "0", "COSTLY_CALLS_PER_MINUTE": "0",
        }
        subprocess.run([PROGRAMS / "pulse", "migrate"], check=True, env=self.environment, stdout=subprocess.DEVNULL)
        sandbox = [PROGRAMS / "sandbox" / "pulse-sandbox", "--port", str(self.sandbox_port), "--journal", str(self.journal)]
        self.spawn(sandbox, "sandbox")
        wait_for(self.sandbox_address + "/_sandbox/health")
        self.ready_after_s = self.serve()
        self.sign_up()
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        subprocess.run([ROOT / "scripts" / "private_servers", "stop", self.state, "--remove"], stderr=subprocess.DEVNULL, check=False)
        shutil.rmtree(self.state, ignore_errors=True)

    def spawn(self, command, name, environment=None, cwd=None):
        """Ends with the measurement, however that ends."""
        log = (self.state / f"{name}.log").open("ab")
        bound = ["setpriv", "--pdeathsig", "KILL", "--", *map(str, command)]
        process = subprocess.Popen(bound, env=environment or self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=cwd)
        self.processes.append(process)
        return process

    def stop(self, process, limit_s=30):
        process.terminate()
        process.wait(timeout=limit_s)
        self.processes.remove(process)

    def serve(self):
        """Starts `pulse serve`; the seconds until it is ready."""
        self.pulse = self.spawn([PROGRAMS / "pulse", "serve"], "pulse")
        return wait_for(self.address + "/ready", limit_s=60)

    def stop_serving(self):
        if self.pulse:
            self.stop(self.pulse)
        self.pulse = None

    def call(self, method, path, body=None, base=None):
        request = urllib.request.Request((base or self.address) + path, method=method,
                                         data=None if body is None else json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        if self.token and base is None:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=30) as reply:
                text = reply.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as refused:
            raise SystemExit(f"{method} {path} answered {refused.code}: {refused.read().decode()}") from None

    def sql(self, script, url=None):
        """Runs a script as the owner of the database; the rows of its answers, as lists of texts."""
        command = ["psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", url or self.database_url]
        done = subprocess.run(command, input=script, text=True, capture_output=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"psql: {done.stderr[-2000:]}")
        return [line.split("\t") for line in done.stdout.splitlines()]

    def sign_up(self):
        made = self.call("POST", "/signup", {"company_name": "Bench", "email": f"bench-{uuid.uuid4().hex}@example.org",
                                             "password": uuid.uuid4().hex})
        self.token = made["access_token"]
        self.tenant_id = self.call("GET", "/auth/me")["company"]["id"]
        self.project_id = self.call("POST", "/projects", {"name": "Bench", "time_zone": "UTC"})["id"]
        self.sql("ANALYZE")
