"""The servers, the sandbox and several `pulse serve` on one database, each behind gates of its own."""

import http.client
import os
import pathlib
import secrets
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from gate import Gate, Weather
from instance import PROGRAMS, Client, Instance, answers, free_port, wait_for

READY_LIMIT_S = 60


class Node:
    """One `pulse serve`, which is started, killed and stopped again and again."""

    def __init__(self, cluster: "Cluster", name: str):
        self.cluster, self.name = cluster, name
        self.port = free_port()
        sockets = dict(part.split("=", 1) for part in cluster.instance.urls["DATABASE_URL"].split("?", 1)[1].split("&"))
        self.database = Gate(cluster.weather, f"{sockets['host']}/.s.PGSQL.{sockets['port']}")
        self.redis = Gate(cluster.weather, cluster.instance.urls["REDIS_URL"].removeprefix("unix://"))
        self.platform = Gate(cluster.weather, cluster.instance.sandbox_port)
        self.gates = [self.database, self.redis, self.platform]
        self.process: subprocess.Popen | None = None
        self.starts = 0
        self.failpoints = ""
        self.is_frozen = False
        self.struck: dict[str, int] = {}  # failpoints that were seen to strike, by their harm; a delay cannot be seen
        self.started_at = 0.0
        self.deaths: list[float] = []  # when it was killed, or was seen to have ended or to be stopped
        self.more: dict[str, str] = {}  # settings of this node alone

    def environment(self, keeps_state: bool) -> dict[str, str]:
        """`keeps_state`: the next start finds the lock file of this one, and knows that it is dead."""
        state = self.cluster.instance.folder / (f"{self.name}-state" if keeps_state else f"{self.name}-state-{self.starts}")
        platform = f"http://127.0.0.1:{self.platform.port}"
        own = {"DATABASE_URL": f"postgresql://pulse@127.0.0.1:{self.database.port}/pulse?sslmode=disable",
               "REDIS_URL": f"redis://127.0.0.1:{self.redis.port}", "PORT": str(self.port),
               "PULSE_STATE_DIR": str(state), "SANDBOX_URL": platform}
        if self.failpoints:
            own |= {"PULSE_FAILPOINTS": self.failpoints, "PULSE_FAILPOINT_SEED": str(self.starts)}
        return self.cluster.instance.environment() | self.cluster.keys | own | self.more

    def start(self, keeps_state: bool = True, failpoints: str = "") -> None:
        """Starts it and does not wait until it is ready."""
        self.starts += 1
        self.failpoints, self.is_frozen, self.started_at = failpoints, False, time.time()
        with open(self.cluster.instance.folder / f"{self.name}.log", "ab") as log:
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", str(PROGRAMS / "pulse"), "serve"],
                env=self.environment(keeps_state), cwd=self.cluster.instance.folder, stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT)

    def wait_until_ready(self) -> None:
        wait_for(lambda: self.has_ended() or answers(self.client(), "/ready"), f"{self.name} is ready", READY_LIMIT_S)
        if self.has_ended():
            raise AssertionError(f"{self.name} ended while it was starting:\n{self.log()[-2000:]}")

    def kill(self) -> None:
        if self.process and not self.has_ended():
            self.deaths.append(time.time())
            self.process.kill()
            self.process.wait()
            self.process = None
        self.bury()

    def bury(self) -> None:
        """Lets go of a process that has ended by itself, and counts the failpoint that ended it."""
        if self.process:
            self.deaths.append(time.time())
        if self.process and self.failpoints and self.process.returncode == -signal.SIGKILL:
            self.count_strike("kill")
        self.process = None

    def note_stop(self) -> None:
        """To be called often: sees that a failpoint of its own has stopped it."""
        if self.failpoints and not self.is_frozen and self.is_stopped():
            self.is_frozen = True
            self.deaths.append(time.time())
            self.count_strike("stop")

    def count_strike(self, harm: str) -> None:
        self.struck[harm] = self.struck.get(harm, 0) + 1

    def freeze(self) -> None:
        """SIGSTOP: its clocks go on, it does not."""
        if self.process and not self.has_ended():
            self.process.send_signal(signal.SIGSTOP)
            self.is_frozen = True

    def thaw(self) -> None:
        if self.process and not self.has_ended():
            self.process.send_signal(signal.SIGCONT)
        self.is_frozen = False

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def refused_to_start(self) -> bool:
        """Whether it said why it could not start, such as for want of PostgreSQL, and ended in good order."""
        return self.process.returncode == 1 and self.log().rstrip().rpartition("\n")[2].startswith("pulse: ")

    def is_stopped(self) -> bool:
        """Whether it is stopped by a signal, be it ours or its own failpoint's."""
        if self.process is None or self.has_ended():
            return False
        stat = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii", errors="replace")
        return stat.rpartition(")")[2].split()[0] == "T"

    def client(self, token: str = "") -> Client:
        return Client(self.port, token)

    def log(self) -> str:
        file = self.cluster.instance.folder / f"{self.name}.log"
        return file.read_text(errors="replace") if file.exists() else ""

    def measure(self, name: str) -> float:
        """A sample of /metrics; 0 when it is not there."""
        for line in self.client().call("GET", "/metrics", timeout_s=10).body.decode().splitlines():
            if line.split("{")[0].split(" ")[0] == name:
                return float(line.rsplit(" ", 1)[1])
        return 0.0


class Cluster:
    """Opened and closed; everything in one folder, which goes with it."""

    def __init__(self, nodes: int):
        self.instance = Instance("torture")
        self.keys = {name: secrets.token_urlsafe(48) for name in ("JWT_SECRET_KEY", "TOKEN_ENCRYPTION_KEY")}
        self.weather = Weather()
        self.nodes: list[Node] = []
        self.count = nodes
        self.sandbox_log = self.instance.folder / "journal.jsonl"

    def __enter__(self) -> "Cluster":
        try:
            self.instance.start_servers()
            self.instance.settings |= self.keys
            self.instance.pulse("migrate")
            self.instance.start_sandbox()
            self.nodes = [Node(self, f"node-{number + 1}") for number in range(self.count)]
        except BaseException:
            self.instance.close()
            raise
        return self

    def __exit__(self, *_) -> None:
        for node in self.nodes:
            node.thaw()
            node.kill()
        self.instance.close()
        self.weather.close()

    # --- the servers

    def kill_server(self, which: str) -> None:
        self.instance.servers("kill", "--only", which)

    def start_server(self, which: str) -> None:
        self.instance.start_servers("--only", which)

    def flush_redis(self) -> None:
        socket = self.instance.urls["REDIS_URL"].removeprefix("unix://")
        subprocess.run(["redis-cli", "-s", socket, "FLUSHALL"], capture_output=True, timeout=20, check=False)

    def terminate_backends(self, share: float) -> None:
        """Ends about this share of the connections that Pulse has to PostgreSQL."""
        self.try_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                     f"WHERE application_name LIKE 'pulse%' AND random() < {share}")

    def try_sql(self, sql: str) -> list[list[str]] | None:
        """The rows; None while PostgreSQL does not answer."""
        try:
            return self.instance.psql(sql)
        except subprocess.SubprocessError:
            return None

    # --- whom to ask

    def call(self, prefer: Node, token: str, method: str, path: str, body=None, headers=None, timeout_s: float = 15):
        """An answer of the node that is preferred, or None when it gave none."""
        if prefer.process is None:
            return None
        try:
            return prefer.client(token).call(method, path, body, headers, timeout_s)
        except (OSError, http.client.HTTPException):
            return None

    def save_evidence(self, folder: pathlib.Path, replay: str) -> None:
        """Copies the logs and the journal to where they outlive the run, beside the line that plays it again."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "replay.txt").write_text(replay + "\n", encoding="utf-8")
        for file in list(self.instance.folder.glob("*.log")) + [self.sandbox_log]:
            if file.exists():
                (folder / file.name).write_bytes(file.read_bytes())


def now_s() -> float:
    """The wall clock, in seconds: the sandbox, PostgreSQL and Pulse run on the same one."""
    return time.time()


def replay_of(name: str, seed: int, seconds: float | None = None) -> str:
    """The command that plays a session again."""
    lasting = f" --seconds {seconds:g}" if seconds is not None else ""
    return f"scripts/torture --seed {seed} --only {name}{lasting}"


def evidence_folder(seed: int) -> pathlib.Path:
    return pathlib.Path(os.environ.get("PULSE_TORTURE_EVIDENCE", PROGRAMS / "torture")) / str(seed)


def keep_facts(instance: Instance, facts, seed: int, name: str) -> None:
    """Of a run in which a law broke: what was judged, and the logs of its private instance."""
    folder = evidence_folder(seed) / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "facts.json").write_text(facts.to_json(), encoding="utf-8")
    for file in instance.folder.glob("*.log"):
        (folder / file.name).write_bytes(file.read_bytes())
    print(f"  the evidence is in {folder}", flush=True)
