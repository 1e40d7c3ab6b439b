"""One session of torture: people at work, disturbances, calm, and then the judgement."""

import random
import time
import uuid
from typing import Callable

import checker
from cluster import Cluster, evidence_folder, now_s
from disturbances import Chaos
from history import Recorder, read_database
from workload import FRUGAL, Company, Keeper, Writer

UNSETTLED = ("SELECT state, count(*) FROM deliveries WHERE state IN ('waiting', 'sending', 'unknown')"
             " AND due_at IS NOT NULL GROUP BY state")
# How often a thing goes wrong, relative to the others.
KINDS = {
    "kill": 6, "freeze": 3, "freeze_beyond_lease": 1.5, "failpoint": 3, "backends": 3, "postmaster": 1, "redis": 1, "flush": 1,
    "cut": 3, "lose_commits": 4, "swallow": 2, "delay": 2, "hold": 2, "refuse": 2, "cut_off": 1, "trickle": 2,
    "mid_request": 2, "unauthorized": 1,
}
RESTART_PAUSE_S = 0.7  # as whoever looks after a service would wait
POSTS_PER_CHANNEL = 18  # X takes 100 calls in 15 minutes of an account, and a post may need several


class Session:
    """`seconds` of disturbances; `pace` is the mean pause between two things that one person does."""

    def __init__(self, cluster: Cluster, seed: int, say: Callable[[str], None], quiet_s: float):
        self.cluster, self.seed, self.say, self.quiet_s = cluster, seed, say, quiet_s
        self.random = random.Random(seed)
        self.recorder = Recorder()
        self.companies: list[Company] = []
        self.people: list = []

    # --- the people

    def settle_in(self, companies: int, channels: int, platforms: tuple[str, ...] = ("x",)) -> None:
        """The companies and their accounts; the last one's account has a small budget, at the platform and in Pulse."""
        for number in range(companies):
            is_frugal = number == companies - 1 and companies > 1
            count = 1 if is_frugal else channels
            self.companies.append(Company(self.cluster, self.recorder, count, is_frugal,
                                          ("x",) if is_frugal else platforms))
            self.set_rules(self.companies[-1])

    def set_rules(self, company: Company) -> None:
        """Short retries, so that a session ends; and the budget of the frugal."""
        rows = [f"INSERT INTO channel_retry_policies VALUES ('{company.id}', '{platform}', 12, 'linear', 1, now())"
                for platform in ("x", "instagram", "linkedin")]
        # LinkedIn's own 150 a day would let the last of a session wait for hours. The sandbox's count stands.
        rows.append("INSERT INTO platform_rate_limits VALUES (NULL, 'linkedin', 'account', 10000, 900, 5000, now())"
                    " ON CONFLICT DO NOTHING")
        if company.is_frugal:
            rows.append("INSERT INTO platform_rate_limits VALUES "
                        f"('{company.id}', 'x', 'account', {FRUGAL['calls']}, {FRUGAL['told_window_s']}, {FRUGAL['burst']}, now())")
        if self.cluster.instance.psql("SELECT to_regclass('channel_retry_policies') IS NOT NULL") == [["t"]]:
            for row in rows:
                self.cluster.instance.psql(row)

    def open_doors(self, pace_s: float, faulty: float, forgetful: bool) -> None:
        for company in self.companies:
            seed = self.random.getrandbits(48)
            if company.is_frugal:
                self.people.append(Writer(company, seed, pace_s, faulty / 2, 10, False))
                continue
            posts = POSTS_PER_CHANNEL * len(company.channels) // 3  # two writers, some of whose posts go to two channels
            self.people += [Writer(company, seed + one, pace_s, faulty, posts, forgetful) for one in range(2)]
            self.people.append(Keeper(company, seed + 2, 1.5))
        for person in self.people:
            person.start()

    def close_doors(self) -> None:
        for person in self.people:
            person.over.set()
        for person in self.people:
            person.join(90)

    # --- the disturbances

    def disturb(self, seconds: float, kinds: dict[str, float]) -> Chaos:
        accounts = [(one["platform"], one["user"]) for company in self.companies for one in company.channels]
        chaos = Chaos(self.cluster, accounts, self.say)
        begun = now_s()
        plan = chaos.plan(self.seed, seconds, kinds)
        while now_s() - begun < seconds:
            while plan and plan[0].at <= now_s() - begun:
                chaos.begin(plan.pop(0))
            chaos.end_what_is_over()
            self.watch()
            time.sleep(0.02)
        chaos.end_all()
        return chaos

    def watch(self) -> None:
        """A process that ended by itself is odd, unless a failpoint of ours ended or stopped it."""
        for node in self.cluster.nodes:
            if node.has_ended():
                if now_s() < node.started_at + RESTART_PAUSE_S:
                    continue
                if not node.failpoints and not node.refused_to_start():
                    self.recorder.odd(f"{node.name} ended by itself with {node.process.returncode}: {node.log()[-1500:]}")
                node.process = None
                node.start(keeps_state=False)
            elif node.failpoints and not node.is_frozen and node.is_stopped():
                node.is_frozen = True

    # --- calm

    def calm(self) -> float | None:
        """Lets all run until nothing is unsettled; seconds, or None when that took longer than `quiet_s`."""
        for node in self.cluster.nodes:
            node.thaw()
            node.failpoints = ""
            if node.process is None or node.has_ended():
                node.process = None
                node.start()
        begun = now_s()
        while now_s() - begun < self.quiet_s:
            self.watch()
            for company in self.companies:
                self.mend(company)
            rows = self.cluster.try_sql(UNSETTLED)
            if rows == []:
                return now_s() - begun
            time.sleep(0.5)
        return None

    def mend(self, company: Company) -> None:
        keeper = Keeper(company, 0, 1)
        keeper.connect_what_was_refused()

    def judge(self, name: str) -> list[checker.Law]:
        history = self.recorder.history
        read_database(history, self.cluster.instance.psql)
        history.journal = self.cluster.instance.journal()
        laws = checker.judge(history)
        if any(law.broken for law in laws):
            folder = evidence_folder(self.seed) / name
            self.cluster.save_evidence(folder)
            (folder / "history.json").write_text(history.to_json(), encoding="utf-8")
            self.say(f"the evidence is in {folder}")
        return laws

    def tell(self) -> None:
        """Figures for people, no condition."""
        history = self.recorder.history
        states: dict[str, int] = {}
        for row in history.deliveries:
            states[row["state"]] = states.get(row["state"], 0) + 1
        for row in [row for row in history.deliveries if row["state"] in ("failed", "unconfirmed")][:5]:
            platform = history.channels.get(row["channel_id"], ["?"])[0]
            self.say(f"{row['state']} on {platform}: {row['reason']}")
        acts: dict[str, int] = {}
        for act in history.acts:
            acts[act["what"]] = acts.get(act["what"], 0) + 1
        unanswered = sum(act["told"] is None for act in history.acts)
        self.say(f"{len(history.deliveries)} deliveries: {states}; {len(history.attempts)} attempts")
        self.say(f"asked: {acts}; {unanswered} without an answer")


def platforms_of(cluster: Cluster) -> tuple[str, ...]:
    """The platforms with posts of text alone that both this sandbox and this build of Pulse have."""
    known = cluster.instance.sandbox().ask("GET", "/_sandbox/state")["platforms"]
    offered = cluster.nodes[0].client().call("GET", "/openapi.json").body.decode()
    return tuple(name for name in ("x", "x", "linkedin") if name in known and f'"{name}"' in offered)


def random_session(seed: int, seconds: float, say: Callable[[str], None], quiet_s: float = 150,
                   kinds: dict[str, float] | None = None, nodes: int = 2) -> list[checker.Law]:
    """Everything at once, as the seed has it, for so many seconds; then calm, and the judgement."""
    with Cluster(nodes) as cluster:
        for node in cluster.nodes:
            node.start()
        for node in cluster.nodes:
            node.wait_until_ready()
        session = Session(cluster, seed, say, quiet_s)
        channels = max(3, min(20, int(seconds / 3)))
        session.settle_in(companies=4, channels=channels, platforms=platforms_of(cluster))
        posts = POSTS_PER_CHANNEL * channels // 3
        session.open_doors(pace_s=max(0.25, 0.9 * seconds / posts), faulty=0.35, forgetful=seconds > 60)
        chaos = session.disturb(seconds, kinds or KINDS)
        session.close_doors()
        say(f"calm after {sum(chaos.done.values())} disturbances: {chaos.done}")
        took = session.calm()
        say(f"nothing was unsettled after {took:.1f} s" if took is not None else f"still unsettled after {quiet_s} s")
        laws = session.judge("random")
        session.tell()
        return laws


def new_seed() -> int:
    return uuid.uuid4().int % 10**9
