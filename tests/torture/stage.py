"""Where a directed scenario is played: servers of its own, one company, a node that runs and one that waits in the
wings."""

import time
import uuid
from typing import Callable

import checker
from calls import arrivals_of
from cluster import Cluster, Node, now_s
from evidence import SETTLED
from session import Session
from workload import NEED_IMAGES, TIKTOK_OPTIONS, Company, time_text

Say = Callable[[str], None]
# What every scenario puts to the test; each names what it demands besides.
DEMANDED = {"stored", "settled", "in time", "goes out", "once", "is there", "is told", "known", "early", "text", "log", "sound"}
ALL: dict[str, Callable[[int, Say], list[checker.Law]]] = {}


class Stage:
    """One company with accounts, a first node that runs, and a second one that waits in the wings."""

    def __init__(self, cluster: Cluster, seed: int, say: Say, channels: int = 3, platforms: tuple[str, ...] = ("x",)):
        self.cluster, self.say = cluster, say
        self.first, self.second = cluster.nodes[:2]
        self.session = Session(cluster, seed, say, 90)
        self.laws: list[checker.Law] = []  # what the scenario has seen itself
        self.first.start()
        self.first.wait_until_ready()
        self.session.settle_in(1, channels, platforms)
        self.company = self.session.companies[0]

    def law(self, name: str, sentence: str) -> checker.Law:
        self.laws.append(checker.Law(name, sentence))
        return self.laws[-1]

    def post(self, due_in_s: float, channel: int = 0, node: Node | None = None, fault: dict | None = None,
             company: Company | None = None) -> dict:
        """Writes one post to one channel and notes it."""
        word, company = uuid.uuid4().hex, company or self.company
        target = company.channels[channel % len(company.channels)]
        if fault:
            self.cluster.instance.sandbox().ask("POST", "/_sandbox/faults", fault | {
                "platform": target["platform"], "match": {"method": "POST", "body_contains": word}}, 201)
        sent = now_s()
        due = round(sent + due_in_s, 3)
        fact = {"what": "create", "word": word, "due": due, "sent": sent, "told": None, "post": None, "deliveries": []}
        body = {"project_id": company.project_id, "text": f"Post {word}", "channel_ids": [target["id"]],
                "scheduled_at": time_text(due)}
        if target["platform"] in NEED_IMAGES:
            body["image"] = company.image(word)
        if target["platform"] == "tiktok":
            body["options"] = TIKTOK_OPTIONS
        try:
            made = (node or self.first).client(company.token).ask("POST", "/posts", body, 201)
            fact |= {"told": now_s(), "post": made["id"],
                     "deliveries": [{"id": one["id"], "channel": one["channel_id"]} for one in made["deliveries"]]}
        finally:  # without an answer it may be stored all the same
            self.session.recorder.act(**fact)
        return fact

    def again(self, node: Node, failpoints: str = "", keeps_state: bool = False) -> None:
        node.kill()
        node.start(keeps_state, failpoints)
        node.wait_until_ready()

    def until(self, condition: Callable[[], object], what: str, limit_s: float) -> bool:
        """Whether the condition came true in time; that it did not is odd."""
        end = now_s() + limit_s
        while not condition():
            if now_s() > end:
                self.session.recorder.odd(f"after {limit_s} s still not: {what}")
                return False
            self.session.look_at_agendas()
            time.sleep(0.02)
        return True

    def pass_time(self, seconds: float) -> None:
        """For what must not happen in so long."""
        time.sleep(seconds)

    def states(self) -> list[str]:
        return [row[0] for row in self.cluster.try_sql("SELECT state FROM deliveries") or []]

    def all_settled(self) -> bool:
        states = self.states()
        return bool(states) and all(state in SETTLED for state in states)

    def arrived(self) -> int:
        return len(arrivals_of(self.cluster.instance.journal()))

    def settle_and_judge(self, name: str, demanded: set[str]) -> list[checker.Law]:
        took = self.session.calm()
        self.say(f"settled after {took:.1f} s" if took is not None else "still not settled")
        laws = self.session.judge(name, DEMANDED | demanded, self.laws)
        self.session.tell()
        return laws


def scenario(*, demands: tuple[str, ...] = (), channels: int = 3, platforms: tuple[str, ...] = ("x",), name: str = ""):
    """Makes `play(stage)` a scenario: it runs on servers of its own, and what became of it is judged."""
    def decorate(play):
        called = name or play.__name__

        def run(seed: int, say: Say) -> list[checker.Law]:
            with Cluster(2) as cluster:
                stage = Stage(cluster, seed, say, channels, platforms)
                play(stage)
                return stage.settle_and_judge(called, set(demands))
        ALL[called] = run
        return play
    return decorate
