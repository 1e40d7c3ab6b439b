"""Directed scenarios in which something dies, or is taken for dead: processes at every failpoint, a node,
PostgreSQL."""

import functools
import http.client
import threading
import time

import checker
from cluster import Node, now_s
from disturbances import PLACES
from evidence import SETTLED
from instance import answers
from stage import Stage, scenario

RECOVERY_LIMIT_S = 20.0  # after kill -9 all that was in the middle has moved on
RETURN_LIMIT_S = 5.0     # after PostgreSQL answers again a post that is to go out now has arrived
KILLS = 2                # of each place in one scenario
# How many of its passages are struck. Some, so that others are in the middle then, too; of a COMMIT few, because
# everything that is stored passes there, entering as a node included.
CHANCES = {"commit_sent": 0.06, "after_commit": 0.06, "before_intent": 1}
CHANCE = 0.3
RARE = ("commit_sent", "after_commit")
MOST_IN_VAIN = 6         # kills, for each that is to leave something behind
IN_THE_MIDDLE = ("after_intent", "connected", "mid_body", "sent", "received")  # who dies there leaves at least one begun
took_of_all: list[float] = []  # seconds until each victim of this run had moved on


# --- zombies

def refusals(node: Node) -> float:
    try:
        return node.measure("pulse_engine_refused_total")
    except OSError:
        return 0.0


def stop_at(stage: Stage, place: str) -> bool:
    """The first node stops itself at `place`, and the second takes over and settles everything."""
    stage.again(stage.first, f"{place}=stop*1", keeps_state=True)
    due = now_s() + 3  # all are written before the first of them stops it
    for number in range(3):
        stage.post(due - now_s(), number)
    if not stage.until(stage.first.is_stopped, f"the first node stops itself at {place}", 20):
        return False
    stopped_at = now_s()
    stage.first.note_stop()
    stage.second.start(keeps_state=True)
    stage.second.wait_until_ready()
    stage.until(stage.all_settled, "the second node has settled all that the first left", 75)
    stage.say(f"all taken over and settled {now_s() - stopped_at:.1f} s after the first node stopped at {place}")
    return True


@scenario(demands=("not again",))
def zombie_received(stage: Stage) -> None:
    """It has the reply, and goes on as if nothing had been: it may not record it."""
    law = stage.law("fence", "who was replaced and wakes up is seen to be refused")
    if not stop_at(stage, "received"):
        return
    stage.first.thaw()
    stage.until(lambda: refusals(stage.first) >= 1, "the fence has refused the first node", 15)
    law.hold(refusals(stage.first) >= 1, "nothing was refused")
    stage.say(f"the first node was refused {refusals(stage.first):.0f} times")


def zombie_before_send(stage: Stage, place: str) -> None:
    law = stage.law("lease", "who was replaced before it had sent does not send")
    if not stop_at(stage, place):
        return
    arrived = stage.arrived()
    stage.first.thaw()
    stage.until(lambda: refusals(stage.first) >= 0, "the first node answers again", 15)
    stage.pass_time(4)
    law.hold(stage.arrived() == arrived, "the first node sent after it had been replaced")


@scenario(demands=("not again",))
def zombie_claimed(stage: Stage) -> None:
    """It has its intent, and may not send."""
    zombie_before_send(stage, "after_intent")


@scenario(demands=("not again",))
def zombie_connected(stage: Stage) -> None:
    """It has a connection to the platform and was about to write the first byte."""
    zombie_before_send(stage, "connected")


@scenario(demands=("not again",))
def zombie_mid_body(stage: Stage) -> None:
    """Half of the request has left; the other half must not follow."""
    zombie_before_send(stage, "mid_body")


# --- kill -9

def kill_at(place: str, stage: Stage, kills: int = KILLS) -> None:
    """The process dies at `place` when deliveries come by, and a new one that knows nothing of it goes on."""
    law = stage.law("recovers", f"what was due or in the middle at a kill -9 has moved on within {RECOVERY_LIMIT_S:g} s")
    took: list[float] = []
    done = effective = middle = 0
    while effective < kills and done < kills * MOST_IN_VAIN:
        killed_at, victims = kill_once(stage, place)
        begun = sum(state != "waiting" for state, _ in victims.values())
        done, effective, middle = done + 1, effective + bool(begun if place in IN_THE_MIDDLE else victims), middle + begun
        for delivery, seconds in recovery_of(stage, killed_at, victims).items():
            took.append(seconds)
            law.hold(seconds <= RECOVERY_LIMIT_S, f"delivery {delivery} had moved on after {seconds:.1f} s")
        stage.until(stage.all_settled, "everything is settled before the next kill", 60)
        stage.until(lambda: answers(stage.first.client(), "/ready"), "the first node is ready", 60)
    stage.say(f"killed {done} times at {place}, {middle} in the middle; what was left had moved on after: {checker.spread_of(took)}")
    if effective < (kills if place not in RARE else 1):
        law.broken.append(f"of {done} kills at {place} {effective} left something behind: nothing was put to the test")
    took_of_all.extend(took)


def kill_once(stage: Stage, place: str) -> tuple[float, dict[str, tuple]]:
    """When it died, and the victims: what was in the middle, or due, as it was then."""
    write_to_all(stage, 3.0)  # while nothing can happen to who takes them
    start_mortal(stage, f"{place}=kill@{CHANCES.get(place, CHANCE)}")
    while not ends_within(stage, 6):
        try:
            write_to_all(stage, 1.0)
        except (AssertionError, OSError, http.client.HTTPException):
            stage.say("it died while a post was being written, which nobody acknowledged")
    stage.first.kill()
    killed_at = now_s()
    rows = stage.cluster.instance.psql("SELECT id, state, attempt FROM deliveries WHERE state IN ('sending', 'unknown')"
                                       f" OR (state = 'waiting' AND due_at <= to_timestamp({killed_at}))")
    stage.first.start(keeps_state=True)
    return killed_at, {row[0]: (row[1], int(row[2])) for row in rows}


def write_to_all(stage: Stage, due_in_s: float) -> None:
    """A post to each channel, all due at once; one half will be under way for long."""
    due = now_s() + due_in_s
    for number in range(len(stage.company.channels)):
        stage.post(due - now_s(), number, fault={"kind": "slow", "ms": 2000} if number % 2 else None)


def ends_within(stage: Stage, seconds: float) -> bool:
    end = now_s() + seconds
    while not stage.first.has_ended() and now_s() < end:
        time.sleep(0.02)
    return stage.first.has_ended()


def recovery_of(stage: Stage, killed_at: float, victims: dict[str, tuple]) -> dict[str, float]:
    """Seconds from the kill until each victim had moved on: ended, or another attempt, or to wait for one."""
    took: dict[str, float] = {}
    ids = ",".join(f"'{one}'" for one in victims)

    def all_moved() -> bool:
        for delivery, state, attempt in stage.cluster.try_sql(f"SELECT id, state, attempt FROM deliveries WHERE id IN ({ids})") or []:
            before = victims[delivery]
            moved = state in SETTLED or int(attempt) > before[1] or (state == "waiting" and before[0] != "waiting")
            if moved and delivery not in took:
                took[delivery] = now_s() - killed_at
        return len(took) == len(victims)
    if victims:
        stage.until(all_moved, "the victims have moved on", 60)
    return {one: took.get(one, now_s() - killed_at) for one in victims}


def start_mortal(stage: Stage, failpoints: str) -> None:
    """Starts the first node with them until a start gets through: what enters as a node commits, too."""
    stage.first.kill()
    while True:
        stage.first.start(True, failpoints)
        try:
            return stage.first.wait_until_ready()
        except AssertionError:
            stage.first.kill()


for one in PLACES:  # kill_before_intent … kill_after_commit
    scenario(name=f"kill_{one}", demands=("not again",), channels=6)(functools.partial(kill_at, one))
scenario(name="kill_sent_once", demands=("not again",), channels=6)(functools.partial(kill_at, "sent", kills=1))
BRIEF = ("kill_sent_once",)  # for who has little time


# --- another node, PostgreSQL

@scenario(demands=("not again",))
def other_node_dies(stage: Stage) -> None:
    """The node that owns the tenant dies and nobody knows but by its lease: the other one takes over."""
    stage.second.start(keeps_state=True)
    stage.second.wait_until_ready()
    for number in range(3):
        stage.post(0.5, number, fault={"kind": "slow", "ms": 4000})
        stage.post(6.0, number)
    stage.until(lambda: "sending" in stage.states(), "something is in the middle", 10)
    stage.first.kill()
    killed_at = now_s()
    law = stage.law("recovers", f"what was in the middle at a kill -9 has moved on within {RECOVERY_LIMIT_S:g} s")
    rows = stage.cluster.instance.psql("SELECT id, state, attempt FROM deliveries WHERE state IN ('sending', 'unknown')")
    took = recovery_of(stage, killed_at, {row[0]: (row[1], int(row[2])) for row in rows})
    for delivery, seconds in took.items():
        law.hold(seconds <= RECOVERY_LIMIT_S, f"delivery {delivery} had moved on after {seconds:.1f} s")
    stage.say(f"the other node had moved on what was in the middle after: {checker.spread_of(list(took.values()))}")
    stage.until(stage.all_settled, "the other node has settled all of it", 60)
    stage.say(f"all settled by the other node {now_s() - killed_at:.1f} s after the first was killed")
    if not took or stage.first.process is not None:
        law.broken.append("nothing was in the middle, or the first node runs")


@scenario(demands=("not again",), channels=6)
def killed_in_turn(stage: Stage) -> None:
    """Two processes are killed one shortly after the other and both come back, four times: all that was in the middle
    moves on as after one death."""
    law = stage.law("recovers", f"what was in the middle at a kill -9 has moved on within {RECOVERY_LIMIT_S:g} s")
    stage.second.start(keeps_state=True)
    stage.second.wait_until_ready()
    took: list[float] = []
    for _ in range(2 * KILLS):
        write_to_all(stage, 0.5)
        stage.until(lambda: "sending" in stage.states(), "something is in the middle", 10)
        stage.first.kill()
        killed_at = now_s()
        rows = stage.cluster.instance.psql("SELECT id, state, attempt FROM deliveries WHERE state IN ('sending', 'unknown')")
        stage.first.start(keeps_state=True)
        stage.pass_time(1.0)
        stage.second.kill()
        stage.second.start(keeps_state=True)
        for delivery, seconds in recovery_of(stage, killed_at, {row[0]: (row[1], int(row[2])) for row in rows}).items():
            took.append(seconds)
            law.hold(seconds <= RECOVERY_LIMIT_S, f"delivery {delivery} had moved on after {seconds:.1f} s")
        stage.until(stage.all_settled, "everything is settled before the next kill", 90)
        for node in (stage.first, stage.second):
            node.wait_until_ready()
    stage.say(f"two processes were killed in turn, {2 * KILLS} times; what was left had moved on after: {checker.spread_of(took)}")
    if not took:
        law.broken.append("nothing was in the middle")
    took_of_all.extend(took)


@scenario(demands=("not again",))
def postgres_returns(stage: Stage) -> None:
    """PostgreSQL dies and comes back: soon after it answers again a post that is to go out now does."""
    law = stage.law("returns", f"from PostgreSQL's first answer to a new post's arrival it takes less than {RETURN_LIMIT_S:g} s")
    for down_s in (1.0, 4.0, 12.0):
        post = stage.post(600)
        stage.cluster.kill_server("postgres")
        stage.pass_time(down_s)
        starting = threading.Thread(target=stage.cluster.start_server, args=("postgres",))
        starting.start()
        stage.until(lambda: stage.cluster.try_sql("SELECT 1") == [["1"]], "PostgreSQL answers again", 60)
        back_at = now_s()
        arrived = stage.arrived()
        hurry(stage, post)
        stage.until(lambda: stage.arrived() > arrived, "the post has arrived", 30)
        took = now_s() - back_at
        starting.join()
        stage.say(f"PostgreSQL was away for {down_s:g} s; a post arrived {took:.2f} s after it answered again")
        law.hold(took < RETURN_LIMIT_S, f"{took:.2f} s after {down_s:g} s without PostgreSQL")


def hurry(stage: Stage, post: dict) -> None:
    """Asks until it is acknowledged that it goes out now."""
    first = now_s()

    def asked() -> bool:
        answer = stage.cluster.call(stage.first, stage.company.token, "POST", f"/posts/{post['post']}/publish-now", timeout_s=10)
        return answer is not None and answer.status in (200, 202)
    stage.until(asked, "publish-now is acknowledged", 30)
    stage.session.recorder.act(what="hurry", post=post["post"], sent=first, told=now_s(), due=first)
