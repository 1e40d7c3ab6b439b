"""Directed scenarios: one thing goes wrong, at the moment that hurts most, and it is seen that it did.

Each runs on servers of its own and is judged by the same laws as everything else; a scenario in which the thing did not
happen proves nothing, and is broken.
"""

import http.client
import time
import uuid
from typing import Callable

import checker
from cluster import Cluster, Node, now_s
from session import Session
from workload import Company, time_text

LEASE_S = 15
RECOVERY_LIMIT_S = 20.0  # after kill -9 all that was in the middle has moved on
Say = Callable[[str], None]


class Stage:
    """One company with X accounts, a first node that runs, and a second one that waits in the wings."""

    def __init__(self, cluster: Cluster, seed: int, say: Say, channels: int = 3, quiet_s: float = 90):
        self.cluster, self.say = cluster, say
        self.first, self.second = cluster.nodes[:2]
        self.session = Session(cluster, seed, say, quiet_s)
        self.first.start()
        self.first.wait_until_ready()
        self.session.settle_in(companies=1, channels=channels)
        self.company = self.session.companies[0]

    def post(self, due_in_s: float, channel: int = 0, node: Node | None = None, fault: dict | None = None) -> dict:
        """Writes one post to one channel and notes it."""
        word = uuid.uuid4().hex
        target = self.company.channels[channel % len(self.company.channels)]
        if fault:
            self.cluster.instance.sandbox().ask("POST", "/_sandbox/faults", fault | {
                "platform": "x", "match": {"method": "POST", "body_contains": word}}, 201)
        sent = now_s()
        due = round(sent + due_in_s, 3)
        fact = {"what": "create", "word": word, "due": due, "sent": sent, "told": None, "post": None, "deliveries": []}
        try:
            made = (node or self.first).client(self.company.token).ask("POST", "/posts", {
                "project_id": self.company.project_id, "text": f"Post {word}", "channel_ids": [target["id"]],
                "scheduled_at": time_text(due)}, 201)
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
            time.sleep(0.02)
        return True

    def states(self) -> list[str]:
        return [row[0] for row in self.cluster.try_sql("SELECT state FROM deliveries") or []]

    def all_settled(self) -> bool:
        states = self.states()
        return bool(states) and all(state in checker.SETTLED for state in states)

    def arrived(self) -> int:
        return len(checker.arrivals_of(self.cluster.instance.journal()))

    def settle_and_judge(self, name: str) -> list[checker.Law]:
        took = self.session.calm()
        self.say(f"settled after {took:.1f} s" if took is not None else "still not settled")
        laws = self.session.judge(name)
        self.session.tell()
        return laws


def scenario(play):
    """Runs `play(stage)` on servers of its own and judges what became of it."""
    def run(seed: int, say: Say) -> list[checker.Law]:
        with Cluster(2) as cluster:
            stage = Stage(cluster, seed, say)
            play(stage)
            return stage.settle_and_judge(play.__name__)
    ALL[play.__name__] = run
    return play


ALL: dict[str, Callable[[int, Say], list[checker.Law]]] = {}


# --- zombies

def zombie(stage: Stage, place: str) -> None:
    """The first node stops itself at `place`, the second takes over, and then the first goes on as if nothing had been."""
    stage.again(stage.first, f"{place}=stop*1", keeps_state=True)
    for number in range(3):
        stage.post(1.5, number)
    if not stage.until(stage.first.is_stopped, f"the first node stops itself at {place}", 20):
        return
    stopped_at = now_s()
    stage.first.is_frozen = True
    stage.second.start(keeps_state=True)
    stage.second.wait_until_ready()
    stage.until(stage.all_settled, "the second node has settled all that the first left", 60)
    stage.say(f"all taken over and settled {now_s() - stopped_at:.1f} s after the first node stopped at {place}")
    stage.first.thaw()
    stage.until(lambda: refusals(stage) >= 1, "the fence has refused the first node", 15)
    stage.say(f"the first node went on after {now_s() - stopped_at:.1f} s and was refused {refusals(stage):.0f} times")


def refusals(stage: Stage) -> float:
    try:
        return stage.first.measure("pulse_engine_refused_total")
    except OSError:
        return 0.0


@scenario
def zombie_received(stage: Stage) -> None:
    """It has the reply, and may not record it."""
    zombie(stage, "received")


@scenario
def zombie_claimed(stage: Stage) -> None:
    """It has its intent, and may not send."""
    zombie_before_send(stage, "after_intent")


@scenario
def zombie_connected(stage: Stage) -> None:
    """It has a connection to the platform and was about to write the first byte."""
    zombie_before_send(stage, "connected")


@scenario
def zombie_mid_body(stage: Stage) -> None:
    """Half of the request has left; the other half must not follow."""
    zombie_before_send(stage, "mid_body")


def zombie_before_send(stage: Stage, place: str) -> None:
    stage.again(stage.first, f"{place}=stop*1", keeps_state=True)
    for number in range(3):
        stage.post(1.5, number)
    if not stage.until(stage.first.is_stopped, "the first node stops itself before it sends", 20):
        return
    stage.first.is_frozen = True
    stage.second.start(keeps_state=True)
    stage.second.wait_until_ready()
    stage.until(stage.all_settled, "the second node has settled all that the first left", 75)
    arrived = stage.arrived()
    stage.first.thaw()
    stage.until(lambda: stage.first.measure("pulse_engine_commits_total") >= 0, "the first node answers again", 15)
    until = now_s() + 4
    stage.until(lambda: now_s() > until, "it has had the time to send", 10)
    if stage.arrived() != arrived:
        stage.session.recorder.odd("the first node sent after it had been replaced")


# --- kill -9

def kill_at(stage: Stage, place: str) -> None:
    """The process dies at `place` of the first delivery that comes by, and a new one that knows nothing of it goes on."""
    start_mortal(stage, f"{place}=kill" + ("@0.06" if place == "commit_sent" else ""))
    try:
        for number in range(3):
            stage.post(2.0, number)
    except (OSError, http.client.HTTPException):
        stage.say("it died while a post was being written, which nobody acknowledged")
    if not stage.until(stage.first.has_ended, f"the process dies at {place}", 20):
        return
    stage.first.kill()
    killed_at = now_s()
    victims = stage.cluster.instance.psql("SELECT id FROM deliveries WHERE state = 'sending'")
    stage.first.start(keeps_state=True)
    if victims:
        ids = ",".join(f"'{row[0]}'" for row in victims)
        stage.until(lambda: stage.cluster.try_sql(f"SELECT 1 FROM deliveries WHERE id IN ({ids}) AND state = 'sending'") == [],
                    "the victims have moved on", RECOVERY_LIMIT_S)
    stage.say(f"killed at {place} with {len(victims)} in the middle; they had moved on {now_s() - killed_at:.1f} s later")


def start_mortal(stage: Stage, failpoints: str) -> None:
    """Starts the first node with them until a start gets through: what enters as a node commits, too."""
    stage.first.kill()
    while True:
        stage.first.start(True, failpoints)
        try:
            return stage.first.wait_until_ready()
        except AssertionError:
            stage.first.kill()


@scenario
def kill_after_intent(stage: Stage) -> None:
    """The intent is committed, nothing was sent: it goes out, once."""
    kill_at(stage, "after_intent")


@scenario
def kill_sent(stage: Stage) -> None:
    """Everything was sent and nobody heard the reply: it is found, and not sent again."""
    kill_at(stage, "sent")


@scenario
def kill_commit_sent(stage: Stage) -> None:
    """It died with a COMMIT on its way: whatever became of that, it goes out once."""
    kill_at(stage, "commit_sent")


@scenario
def other_node_dies(stage: Stage) -> None:
    """The node that owns the tenant dies and nobody knows but by its lease: the other one takes over."""
    stage.second.start(keeps_state=True)
    stage.second.wait_until_ready()
    for number in range(3):
        stage.post(0.5, number, fault={"kind": "slow", "ms": 4000})
        stage.post(6.0, number)
    stage.until(lambda: "sending" in stage.states(), "something is in the middle", 10)
    owner = stage.first
    owner.kill()
    killed_at = now_s()
    stage.until(stage.all_settled, "the other node has settled all of it", 60)
    stage.say(f"all settled by the other node {now_s() - killed_at:.1f} s after the first was killed")
    if owner.process is not None:
        stage.session.recorder.odd("the first node runs")


# --- what is said and what is

@scenario
def lost_replies(stage: Stage) -> None:
    """The platform accepted and nobody heard it: it is looked up, and not sent again."""
    for number, kind in enumerate(["accept_then_drop", "accept_then_500", "accept_then_empty_200", "drop_before"] * 2):
        stage.post(1.0 + number / 10, number, fault={"kind": kind})


@scenario
def dropped_commits(stage: Stage) -> None:
    """COMMITs never reach the database: nothing that they were to store is acknowledged, or sent."""
    person = Asker(stage)
    for number in range(24):
        stage.first.database.commits_to_drop = number % 2
        person.write(number)
    stage.first.database.commits_to_drop = 0


class Asker:
    """Writes posts through a node whose commits may get lost, and notes only what was acknowledged."""

    def __init__(self, stage: Stage):
        self.stage = stage

    def write(self, number: int) -> None:
        word, sent = uuid.uuid4().hex, now_s()
        due = round(sent + 2.0, 3)
        channel = self.stage.company.channels[number % 3]
        answer = self.stage.cluster.call(self.stage.first, self.stage.company.token, "POST", "/posts", {
            "project_id": self.stage.company.project_id, "text": f"Post {word}", "channel_ids": [channel["id"]],
            "scheduled_at": time_text(due)})
        done = answer is not None and answer.status == 201
        made = answer.json() if done else None
        self.stage.session.recorder.act(
            what="create", word=word, due=due, sent=sent, told=now_s() if done else None, post=made["id"] if made else None,
            deliveries=[{"id": one["id"], "channel": one["channel_id"]} for one in made["deliveries"]] if made else [])


@scenario
def small_budget(stage: Stage) -> None:
    """More is due at once than the account's budget allows, and the process dies in the middle: the budget holds."""
    company = Company(stage.cluster, stage.session.recorder, 1, is_frugal=True)
    stage.session.companies.append(company)
    stage.session.set_rules(company)
    stage.company = company
    for _ in range(14):
        stage.post(1.0)
    stage.until(lambda: stage.arrived() >= 3, "the first have arrived", 20)
    stage.again(stage.first, keeps_state=True)


@scenario
def pauses(stage: Stage) -> None:
    """A channel is paused before its posts are due: none of them starts before it goes on."""
    client = stage.first.client(stage.company.token)
    channel = stage.company.channels[0]
    for number in range(8):
        stage.post(2.0 + number / 10, 0)
    sent = now_s()
    client.ask("PATCH", f"/channels/{channel['id']}", {"is_active": False})
    told = now_s()
    until = now_s() + 6
    stage.until(lambda: now_s() > until, "they would have been due", 10)
    stage.session.recorder.act(what="pause", channel=channel["id"], sent=sent, told=told, until=now_s())
    client.ask("PATCH", f"/channels/{channel['id']}", {"is_active": True})


@scenario
def far_from_utc(stage: Stage) -> None:
    """The process runs in a time zone far from UTC: nothing goes out an hour early, or late."""
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles"):
        stage.first.more["TZ"] = zone
        stage.again(stage.first, keeps_state=True)
        for number in range(3):
            stage.post(2.5, number)
        stage.until(stage.all_settled, f"all are settled in {zone}", 30)
