"""What goes wrong, when and to whom: a plan that a seed replays, and how each thing is done and undone."""

import dataclasses
import heapq
import math
import random
from typing import Callable

from cluster import Cluster, Node, now_s

LEASE_S = 15  # of a node; what is stopped for longer must find that it was replaced
PLACES = ("before_intent", "after_intent", "connected", "mid_body", "sent", "received", "commit_sent", "after_commit")


@dataclasses.dataclass(frozen=True)
class Planned:
    at: float  # seconds after the beginning
    kind: str
    seed: int  # of everything that is random about it

    def __str__(self) -> str:
        return f"{self.at:6.1f} {self.kind}"


class DoesNotFit(Exception):
    """It would last longer than what is left of the session."""


class Chaos:
    """Carries out a plan. Every disturbance answers how long it lasts and how it ends; or None when there is nothing to
    disturb.

    What would outlast the session is not begun: ended early it would be another one, and be counted as what it was not."""

    def __init__(self, cluster: Cluster, accounts: list[tuple[str, str]], say: Callable[[str], None], ends_at: float = math.inf):
        self.cluster, self.accounts, self.say, self.ends_at = cluster, accounts, say, ends_at
        self.pending: list[tuple[float, int, Callable[[], None]]] = []
        self.count = 0
        self.done: dict[str, int] = {}
        self.left_out: dict[str, int] = {}

    @staticmethod
    def plan(seed: int, seconds: float, kinds: dict[str, float]) -> list[Planned]:
        source = random.Random(seed)
        moments = []
        at = source.uniform(0.5, 2)
        while at < seconds:
            kind = source.choices(list(kinds), list(kinds.values()))[0]
            moments.append(Planned(at, kind, source.getrandbits(48)))
            at += source.uniform(0.3, 2.5)
        return moments

    def begin(self, what: Planned) -> None:
        source = random.Random(what.seed)
        node = source.choice(self.cluster.nodes)
        try:
            lasts = getattr(self, what.kind)(source, node)
        except DoesNotFit:
            self.left_out[what.kind] = self.left_out.get(what.kind, 0) + 1
            return
        if lasts is None:
            return
        self.done[what.kind] = self.done.get(what.kind, 0) + 1
        self.say(f"{what} {node.name}")
        if lasts:
            self.later(*lasts)

    def fit(self, seconds: float) -> float:
        """So many seconds, if they are left. To be asked before anything is done."""
        if now_s() + seconds > self.ends_at:
            raise DoesNotFit
        return seconds

    def later(self, seconds: float, end: Callable[[], None]) -> None:
        self.count += 1
        heapq.heappush(self.pending, (now_s() + seconds, self.count, end))

    def end_what_is_over(self) -> None:
        while self.pending and self.pending[0][0] <= now_s():
            heapq.heappop(self.pending)[2]()

    def end_all(self) -> None:
        """Calm: everything runs, every way is open."""
        while self.pending:
            heapq.heappop(self.pending)[2]()
        for node in self.cluster.nodes:
            for gate in node.gates:
                gate.clear()
        self.cluster.instance.sandbox().call("DELETE", "/_sandbox/faults")

    # --- processes

    def kill(self, source: random.Random, node: Node):
        if node.process is None or node.is_frozen:
            return None
        down = self.fit(source.uniform(0, 4))
        node.kill()
        return down, lambda: self.start_again(node, keeps_state=source.random() < 0.4)

    def start_again(self, node: Node, keeps_state: bool, failpoints: str = "") -> None:
        if node.process is None:
            node.start(keeps_state, failpoints)

    def freeze(self, source: random.Random, node: Node):
        return self.stop_for(node, source.uniform(0.5, 6))

    def freeze_beyond_lease(self, source: random.Random, node: Node):
        others = [other for other in self.cluster.nodes if other is not node and other.process and not other.is_frozen]
        return self.stop_for(node, LEASE_S + source.uniform(1, 6)) if others else None

    def stop_for(self, node: Node, seconds: float):
        if node.process is None or node.is_frozen:
            return None
        self.fit(seconds)
        node.freeze()
        return seconds, node.thaw

    def failpoint(self, source: random.Random, node: Node):
        if node.process is None or node.is_frozen:
            return None
        lasts = self.fit(12)
        harms = ("kill@0.05", "kill@0.2", "stop@0.05", "delay:700@0.2", "delay:3000@0.1")
        chosen = ",".join(f"{place}={source.choice(harms)}" for place in source.sample(PLACES, 2))
        node.kill()
        node.start(source.random() < 0.4, chosen)
        return lasts, lambda: self.without_failpoints(node)

    def without_failpoints(self, node: Node) -> None:
        if node.failpoints:
            node.thaw()
            node.kill()
            node.start()

    # --- servers

    def backends(self, source: random.Random, _: Node):
        self.cluster.terminate_backends(source.choice([0.2, 0.5, 1]))
        return ()

    def postmaster(self, source: random.Random, _: Node):
        if "postmaster" in [end.__name__ for _, _, end in self.pending]:
            return None
        down = self.fit(source.uniform(0.3, 2.5))
        self.cluster.kill_server("postgres")

        def postmaster():
            self.cluster.start_server("postgres")
        return down, postmaster

    def redis(self, source: random.Random, _: Node):
        down = self.fit(source.uniform(0.5, 3))
        self.cluster.kill_server("redis")
        return down, lambda: self.cluster.start_server("redis")

    def flush(self, _: random.Random, __: Node):
        self.cluster.flush_redis()
        return ()

    # --- the network

    def cut(self, source: random.Random, node: Node):
        source.choice(node.gates).cut()
        return ()

    def lose_commits(self, source: random.Random, node: Node):
        node.database.commits_to_lose += source.randint(1, 4)
        return ()

    def swallow(self, source: random.Random, node: Node):
        """What the servers say is lost for some seconds, and the connections end then."""
        gate = source.choice(node.gates)
        lasts = self.fit(source.uniform(0.1, 8))
        gate.swallows = True

        def spit():
            gate.swallows = False
            gate.cut()
        return lasts, spit

    def deafen(self, source: random.Random, node: Node):
        """The platform's replies are lost for some seconds, and no connection ends: whoever waits must know when to
        stop."""
        lasts = self.fit(source.uniform(1, 6))
        node.platform.swallows = True
        return lasts, lambda: setattr(node.platform, "swallows", False)

    def delay(self, source: random.Random, node: Node):
        gate = source.choice(node.gates)
        by_s, lasts = source.uniform(0.002, 0.05), self.fit(source.uniform(1, 4))
        gate.delay_s = by_s
        return lasts, lambda: setattr(gate, "delay_s", 0.0)

    def hold(self, source: random.Random, node: Node):
        # What is held back longer on its way to a platform than an attempt's deadline allows, nobody can know about.
        gate = source.choice(node.gates)
        lasts = self.fit(source.uniform(0.2, 1.2 if gate is node.platform else 8))
        gate.hold(True)
        return lasts, lambda: gate.hold(False)

    def refuse(self, source: random.Random, node: Node):
        gate = source.choice(node.gates)
        lasts = self.fit(source.uniform(0.5, 6))
        gate.refuses = True
        gate.cut()
        return lasts, lambda: setattr(gate, "refuses", False)

    def cut_off(self, source: random.Random, node: Node):
        """The node cannot reach PostgreSQL for longer than its lease; the others go on."""
        lasts = self.fit(LEASE_S + source.uniform(1, 4))
        node.database.refuses = True
        node.database.cut()
        return lasts, lambda: setattr(node.database, "refuses", False)

    def trickle(self, source: random.Random, node: Node):
        """One byte a second; sometimes for longer than any call lasts."""
        lasts = self.fit(15 if source.random() < 0.3 else source.uniform(1, 5))
        node.platform.trickles = True
        return lasts, lambda: setattr(node.platform, "trickles", False)

    def mid_request(self, source: random.Random, node: Node):
        node.platform.cuts += [source.randint(20, 300) for _ in range(source.randint(1, 3))]
        node.platform.cut()
        return ()

    # --- the platform

    def unauthorized(self, source: random.Random, _: Node):
        platform, user = source.choice(self.accounts)
        self.cluster.instance.sandbox().call("POST", "/_sandbox/faults", {
            "platform": platform, "kind": "status", "status": 401, "count": 2, "match": {"account": user}})
        return ()
