"""One session of torture: people at work, disturbances, calm, and then the judgement."""

import random
import time
import uuid
from typing import Callable

import checker
from cluster import Cluster, evidence_folder, now_s, replay_of
from disturbances import Chaos
from evidence import Evidence
from history import AGENDAS, Recorder, read_database
from workload import FRUGAL, SHARED, Company, Keeper, Writer

UNSETTLED = ("SELECT state, count(*) FROM deliveries WHERE state IN ('waiting', 'sending', 'unknown')"
             " AND due_at IS NOT NULL GROUP BY state")
# How often a thing goes wrong, relative to the others.
KINDS = {
    "kill": 6, "freeze": 3, "freeze_beyond_lease": 1.5, "failpoint": 3, "backends": 3, "postmaster": 1, "redis": 1, "flush": 1,
    "cut": 3, "lose_commits": 4, "swallow": 2, "deafen": 1, "delay": 2, "hold": 2, "refuse": 2, "cut_off": 1, "trickle": 2,
    "mid_request": 2, "unauthorized": 1,
}
PLATFORMS = ("x", "instagram", "linkedin", "pinterest", "mastodon", "bluesky", "tiktok", "facebook", "threads", "website")
# The platforms' own limits that a session would spend, by what the sandbox calls them.
WIDENED = [(platform, call) for platform, calls in {
    "x": ("create", "read", "list", "remove", "upload", "metadata", "initialize", "append", "finalize", "status"),
    "instagram": ("publish", "create"), "pinterest": ("write", "read"), "mastodon": ("posts", "calls", "uploads", "removals"),
    "linkedin": ("posts", "images", "comments"), "tiktok": ("posts", "begin", "look", "ask"), "threads": ("publish",)}.items()
    for call in calls]
RESTART_PAUSE_S = 0.7  # as whoever looks after a service would wait
POSTS_PER_CHANNEL = 18
# A session that is shorter leaves out what takes a minute: 429 without a time, and a container that is pending for
# long.
MINUTES_FROM_S = 60
# What a session is to put to the test, and what only one of a minute or more surely does.
DEMANDED = {"stored", "settled", "in time", "goes out", "once", "not again", "is there", "is told", "known", "early", "text",
            "cancelled", "paused", "limits", "final", "log", "is found", "sound"}
NEEDS_TIME = {"limits", "final", "cancelled", "paused"}


class Session:
    """`seconds` of disturbances; `pace` is the mean pause between two things that one person does."""

    def __init__(self, cluster: Cluster, seed: int, say: Callable[[str], None], quiet_s: float):
        self.cluster, self.seed, self.say, self.quiet_s = cluster, seed, say, quiet_s
        self.random = random.Random(seed)
        self.recorder = Recorder()
        self.companies: list[Company] = []
        self.agendas_at = 0.0  # when to look at them next
        self.people: list = []

    # --- the people

    def settle_in(self, companies: int, channels: int, platforms: tuple[str, ...] = ("x",)) -> None:
        """The companies and their accounts. The last one's account has a small budget, at the platform and in Pulse;
        the one before it has set itself one for all its accounts."""
        for number in range(companies):
            is_frugal = number == companies - 1 and companies > 1
            count = 1 if is_frugal else channels
            budget = SHARED if number == companies - 2 else None
            # Who has a budget on X begins with it, and the others with what those before them had no room for.
            begins = 0 if budget else number * channels % len(platforms)
            turned = platforms[begins:] + platforms[:begins]
            self.companies.append(Company(self.cluster, self.recorder, count, is_frugal,
                                          ("x",) if is_frugal else turned, budget=budget))
            self.set_rules(self.companies[-1])

    def set_rules(self, company: Company) -> None:
        """Short retries, so that a session ends; and the budget of the frugal."""
        rows = [f"INSERT INTO channel_retry_policies VALUES ('{company.id}', '{platform}', 12, 'linear', 1, now())"
                for platform in PLATFORMS]
        # By the platforms' own limits the last of a session would wait for hours, and what is late longer than for a
        # minute is spread over them. The platforms must say the same: what they say is left is spread over what is left
        # of their window.
        rows += [f"INSERT INTO platform_rate_limits VALUES (NULL, '{platform}', 'account', 10000, 900, 5000, now())"
                 " ON CONFLICT DO NOTHING" for platform in PLATFORMS]
        # What dead nodes were given stays used: by X's own limit it takes hours to be there again.
        rows += [f"INSERT INTO platform_rate_limits VALUES (NULL, '{platform}', 'app', 10000, 900, 100, now()) ON CONFLICT DO NOTHING"
                 for platform in ("x", "linkedin")]
        for platform, call in WIDENED:
            self.cluster.instance.sandbox().ask("POST", "/_sandbox/limits", {
                "platform": platform, call: {"limit": 10_000} | ({} if platform == "linkedin" else {"window_s": 900})})  # LinkedIn's is a day
        self.cluster.instance.sandbox().ask("POST", "/_sandbox/limits", {
            "platform": "bluesky", "points": {"hourly": 100_000, "daily": 1_000_000}})
        if company.is_frugal:
            rows.append("INSERT INTO platform_rate_limits VALUES "
                        f"('{company.id}', 'x', 'account', {FRUGAL['calls']}, {FRUGAL['told_window_s']}, {FRUGAL['burst']}, now())")
        self.cluster.instance.psql("; ".join(rows))

    def open_doors(self, pace_s: float, faulty: float, frugal_posts: int, has_minutes: bool) -> None:
        for company in self.companies:
            seed = self.random.getrandbits(48)
            if company.is_frugal:
                self.people.append(Writer(company, seed, pace_s, faulty / 2, frugal_posts, False))
                continue
            posts = POSTS_PER_CHANNEL * len(company.channels) // 3  # two writers, some of whose posts go to two channels
            self.people += [Writer(company, seed + one, pace_s, faulty, posts, has_minutes) for one in range(2)]
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
        accounts = [(one["platform"], one["user"]) for company in self.companies for one in company.channels
                    if one["platform"] != "website"]
        begun = now_s()
        chaos = Chaos(self.cluster, accounts, self.say, begun + seconds)
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
        self.look_after_processes()
        self.look_at_agendas()

    def look_at_agendas(self) -> None:
        """Once a second, as far as the database answers."""
        if now_s() < self.agendas_at:
            return
        self.agendas_at = now_s() + 1
        self.recorder.agendas(self.cluster.try_sql(AGENDAS) or [])

    def look_after_processes(self) -> None:
        """A process that ended by itself is odd, unless a failpoint of ours ended or stopped it."""
        for node in self.cluster.nodes:
            if node.has_ended():
                if now_s() < node.started_at + RESTART_PAUSE_S:
                    continue
                if not node.failpoints and not node.refused_to_start():
                    self.recorder.odd(f"{node.name} ended by itself with {node.process.returncode}: {node.log()[-1500:]}")
                node.bury()
                node.start(keeps_state=False)
            node.note_stop()

    # --- calm

    def calm(self) -> float | None:
        """Lets all run until nothing is unsettled; seconds, or None when that took longer than `quiet_s`."""
        for node in self.cluster.nodes:
            node.thaw()
            if node.process is None or node.has_ended():
                node.bury()
                node.start()
            node.failpoints = ""
        begun = self.recorder.history.calm_at = now_s()
        while now_s() - begun < self.quiet_s:
            self.watch()
            for company in self.companies:
                keeper = Keeper(company, 0, 1)
                keeper.connect_what_was_refused()
                keeper.resume_what_is_paused()
            rows = self.cluster.try_sql(UNSETTLED)
            if rows == []:
                return now_s() - begun
            time.sleep(0.5)
        return None

    def judge(self, name: str, demanded: set[str], more: list[checker.Law] = (), seconds: float | None = None) -> list[checker.Law]:
        """`more`: what a scenario has seen itself."""
        history = self.recorder.history
        read_database(history, self.cluster.instance.psql)
        history.journal = self.cluster.instance.journal()
        return self.verdict(name, checker.judge(history, demanded) + list(more), seconds)

    def verdict(self, name: str, laws: list[checker.Law], seconds: float | None = None) -> list[checker.Law]:
        """The laws as they are; where one is broken the evidence is kept."""
        history = self.recorder.history
        if any(law.broken for law in laws):
            folder = evidence_folder(self.seed) / name
            self.cluster.save_evidence(folder, replay_of(name, self.seed, seconds))
            (folder / "history.json").write_text(history.to_json(), encoding="utf-8")
            self.say(f"the evidence is in {folder}")
        return laws

    def tell(self) -> None:
        """Figures for people, no condition."""
        history = self.recorder.history
        states: dict[str, int] = {}
        for row in history.deliveries:
            platform = history.channels.get(row["channel_id"], ["?"])[0]
            states[f"{platform} {row['state']}"] = states.get(f"{platform} {row['state']}", 0) + 1
        for row in [row for row in history.deliveries if row["state"] in ("failed", "unconfirmed")][:5]:
            platform = history.channels.get(row["channel_id"], ["?"])[0]
            self.say(f"{row['state']} on {platform}: {row['reason']}")
        acts: dict[str, int] = {}
        for act in history.acts:
            acts[act["what"]] = acts.get(act["what"], 0) + 1
        unanswered = sum(act["told"] is None for act in history.acts)
        self.say(f"{len(history.deliveries)} deliveries: {dict(sorted(states.items()))}; {len(history.attempts)} attempts")
        self.say(f"asked: {acts}; {unanswered} without an answer")
        self.tell_settling()

    def tell_settling(self) -> None:
        """How long it took: from its time, disturbed or not; and from the last disturbance, what had not ended by
        then."""
        evidence = Evidence(self.recorder.history)
        cases = [case for case, _ in checker.settling_of(evidence) if case.row["state"] not in ("cancelled", "missed")]
        of_due = [case.settled_at - max(act["due"] for act in case.dues) for case in cases]
        after_calm = [took for case, took in checker.settling_of(evidence) if took > 0]
        self.say(f"settled after its time: {checker.spread_of([max(0.0, took) for took in of_due])}")
        self.say(f"settled after the later of its time and the last disturbance: {checker.spread_of(after_calm)}")


def platforms_of(cluster: Cluster) -> tuple[str, ...]:
    """The platforms that both this sandbox and this build of Pulse have, and the website."""
    known = [*cluster.instance.sandbox().ask("GET", "/_sandbox/state")["platforms"], "website"]
    offered = cluster.nodes[0].client().call("GET", "/openapi.json").body.decode()
    return tuple(name for name in PLATFORMS if name in known and f'"{name}"' in offered)


def random_session(seed: int, seconds: float, say: Callable[[str], None], quiet_s: float = 150,
                   kinds: dict[str, float] | None = None, nodes: int = 2) -> list[checker.Law]:
    """Everything at once, as the seed has it, for so many seconds; then calm, and the judgement."""
    has_minutes = seconds >= MINUTES_FROM_S
    with Cluster(nodes) as cluster:
        for node in cluster.nodes:
            node.start()
        for node in cluster.nodes:
            node.wait_until_ready()
        session = Session(cluster, seed, say, quiet_s)
        channels = max(4, min(20, int(seconds / 3)))
        session.settle_in(companies=4, channels=channels, platforms=platforms_of(cluster))
        posts = POSTS_PER_CHANNEL * channels // 3
        frugal_posts = max(14, min(40, int(seconds * 0.4)))  # more than the small budget takes meanwhile
        session.open_doors(max(0.25, 0.9 * seconds / posts), 0.35, frugal_posts, has_minutes)
        chaos = session.disturb(seconds, kinds or KINDS)
        session.close_doors()
        tell_disturbances(session, chaos)
        took = session.calm()
        say(f"nothing was unsettled after {took:.1f} s" if took is not None else f"still unsettled after {quiet_s} s")
        if not has_minutes:
            say(f"under {MINUTES_FROM_S} s left out: 429 without a time, long pending; not demanded: {', '.join(sorted(NEEDS_TIME))}")
        done = checker.Law("disturbed", "something went wrong", sum(chaos.done.values()))
        if kinds != {} and not chaos.done:
            done.broken.append("no disturbance was carried out")
        laws = session.judge("random", DEMANDED if has_minutes else DEMANDED - NEEDS_TIME, [done], seconds)
        session.tell()
        return laws


def tell_disturbances(session: Session, chaos: Chaos) -> None:
    session.say(f"calm after {sum(chaos.done.values())} disturbances: {chaos.done}")
    if chaos.left_out:
        session.say(f"left out, because they would have outlasted the session: {chaos.left_out}")
    struck: dict[str, int] = {}
    for node in session.cluster.nodes:
        for harm, times in node.struck.items():
            struck[harm] = struck.get(harm, 0) + times
    session.say(f"failpoints armed {chaos.done.get('failpoint', 0)} times; seen to strike: {struck} (a delay cannot be seen)")


def new_seed() -> int:
    return uuid.uuid4().int % 10**9
