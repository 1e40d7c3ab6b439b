"""Directed scenarios: one thing goes wrong, at the moment that hurts most, and it is seen that it did.

Each runs on servers of its own and is judged by the same laws as everything else; a scenario in which the thing did not
happen proves nothing, and is broken. Those in which something dies are in `deaths`.
"""

import uuid

import deaths  # noqa: F401 (its scenarios are among ALL)
import everywhere  # noqa: F401 (the same)
from cluster import now_s
from disturbances import LEASE_S
from stage import ALL, Stage, scenario
from workload import FRUGAL, PAUSES, Company, pause_call, paused_by, time_text

__all__ = ["ALL"]


# --- what is said and what is

@scenario(demands=("not again",))
def lost_replies(stage: Stage) -> None:
    """The platform accepted and nobody heard it: it is looked up, and not sent again."""
    for number, kind in enumerate(["accept_then_drop", "accept_then_500", "accept_then_empty_200", "drop_before"] * 2):
        stage.post(1.0 + number / 10, number, fault={"kind": kind})


@scenario(platforms=("instagram",), demands=("not again",))
def pending(stage: Stage) -> None:
    """Instagram processes an image for longer than an attempt lasts, and the process dies meanwhile: it goes out
    once, then."""
    for number, ms in enumerate((2_000, 14_000, 60_000)):
        stage.post(1.0, number, fault={"kind": "pending", "ms": ms})
    stage.until(lambda: stage.arrived() >= 1, "the first has arrived", 30)
    stage.again(stage.first, keeps_state=True)


@scenario(platforms=("linkedin",))
def unaided(stage: Stage) -> None:
    """LinkedIn takes every copy, and no reply is lost: what is sent once is sent once by Pulse, and not because
    LinkedIn refuses."""
    stage.cluster.instance.sandbox().ask("POST", "/_sandbox/limits", {"platform": "linkedin", "duplicates": {"window_s": 0}})
    statuses = [{"status": 500}, {"status": 503}, {"status": 429, "retry_after": 2}]
    for place in ("before_intent", "after_intent"):
        deaths.start_mortal(stage, f"{place}=kill")
        due = now_s() + 3  # all are written before the first of them kills it
        for number in range(3):
            stage.post(due - now_s(), number, fault={"kind": "status"} | statuses[number])
        if not stage.until(stage.first.has_ended, f"the process dies at {place}", 20):
            return
        stage.again(stage.first, keeps_state=True)
        stage.until(stage.all_settled, "all are settled", 60)
    for number in range(9):
        stage.post(1.5, number, fault={"kind": "slow", "ms": 1000})
    stage.first.database.commits_to_lose = 6  # of intents and outcomes
    stage.until(lambda: stage.first.database.commits_to_lose == 0, "the answers to six COMMITs were lost", 30)
    stage.cluster.terminate_backends(1)
    stage.until(stage.all_settled, "all are settled", 60)
    deaths.stop_at(stage, "connected")
    stage.first.thaw()
    stage.pass_time(4)


@scenario()
def dropped_commits(stage: Stage) -> None:
    """COMMITs never reach the database: nothing that they were to store is acknowledged, or sent."""
    for number in range(24):
        stage.first.database.commits_to_drop = number % 2
        write_or_not(stage, number)
    stage.first.database.commits_to_drop = 0


def write_or_not(stage: Stage, number: int) -> None:
    """Writes a post through a node whose commits may get lost, and notes only what was acknowledged."""
    word, sent = uuid.uuid4().hex, now_s()
    due = round(sent + 2.0, 3)
    channel = stage.company.channels[number % len(stage.company.channels)]
    answer = stage.cluster.call(stage.first, stage.company.token, "POST", "/posts", {
        "project_id": stage.company.project_id, "text": f"Post {word}", "channel_ids": [channel["id"]],
        "scheduled_at": time_text(due)})
    done = answer is not None and answer.status == 201
    made = answer.json() if done else None
    stage.session.recorder.act(
        what="create", word=word, due=due, sent=sent, told=now_s() if done else None, post=made["id"] if made else None,
        deliveries=[{"id": one["id"], "channel": one["channel_id"]} for one in made["deliveries"]] if made else [])


@scenario()
def far_from_utc(stage: Stage) -> None:
    """The process runs in a time zone far from UTC: nothing goes out an hour early, or late."""
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles"):
        stage.first.more["TZ"] = zone
        stage.again(stage.first, keeps_state=True)
        for number in range(3):
            stage.post(2.5, number)
        stage.until(stage.all_settled, f"all are settled in {zone}", 30)


# --- budgets

@scenario(demands=("limits",))
def small_budget(stage: Stage) -> None:
    """More is due at once than the account's budget allows, and the process dies in the middle: the budget holds."""
    company = Company(stage.cluster, stage.session.recorder, 1, is_frugal=True)
    stage.session.companies.append(company)
    stage.session.set_rules(company)
    for _ in range(14):
        stage.post(1.0, company=company)
    stage.until(lambda: stage.arrived() >= 3, "the first have arrived", 20)
    stage.again(stage.first, keeps_state=True)


@scenario(demands=("limits",))
def company_budget(stage: Stage) -> None:
    """A company has set itself a budget, and more is due at once on its accounts; the process dies in the middle:
    together they keep it."""
    company = Company(stage.cluster, stage.session.recorder, 3, budget=FRUGAL)
    stage.session.companies.append(company)
    stage.session.set_rules(company)
    for number in range(14):
        stage.post(1.0, number, company=company)
    stage.until(lambda: stage.arrived() >= 3, "the first have arrived", 20)
    stage.again(stage.first, keeps_state=True)


@scenario(demands=("limits",))
def app_budget(stage: Stage) -> None:
    """Two companies, each on a node of its own, share one app's budget, whatever becomes of Redis and of the nodes:
    one is killed."""
    stage.second.start(keeps_state=True)
    stage.second.wait_until_ready()
    other = Company(stage.cluster, stage.session.recorder, 2, node=stage.second)
    stage.session.companies.append(other)
    stage.session.set_rules(other)
    stage.cluster.instance.psql(f"UPDATE platform_rate_limits SET posts = {FRUGAL['calls']}, window_seconds = {FRUGAL['told_window_s']},"
                                f" burst = {FRUGAL['burst']} WHERE tenant_id IS NULL AND platform = 'x' AND scope = 'app'")
    stage.cluster.instance.sandbox().ask("POST", "/_sandbox/limits", {
        "platform": "x", "app_create": {"limit": FRUGAL["calls"], "window_s": FRUGAL["window_s"]}})
    stage.session.recorder.history.limits["x *"] = [[FRUGAL["calls"], FRUGAL["window_s"]]]
    for number in range(9):
        stage.post(2.0, number, node=stage.first)
        stage.post(2.0, number, node=stage.second, company=other)
    stage.until(lambda: stage.arrived() >= 4, "the first have arrived", 30)
    law = stage.law("two nodes", "the companies that share the app are run by different nodes")
    owners = stage.cluster.instance.psql("SELECT node_id FROM tenant_owners")
    law.hold(len(set(map(tuple, owners))) == 2, f"they are run by {owners}")
    stage.cluster.flush_redis()
    stage.say(f"Redis emptied at {now_s():.3f}")
    stage.until(lambda: stage.arrived() >= 8, "four more have arrived", 30)
    stage.cluster.kill_server("redis")
    stage.say(f"Redis killed at {now_s():.3f}")
    stage.pass_time(LEASE_S)
    stage.cluster.start_server("redis")
    stage.say(f"Redis started at {now_s():.3f}")
    stage.again(stage.second, keeps_state=True)
    stage.until(stage.all_settled, "all are settled", 60)


# --- pauses

@scenario(demands=("paused",))
def pauses(stage: Stage) -> None:
    """Nothing is under way when a channel, the project or the company is paused: nothing at all arrives before it
    goes on."""
    client = stage.first.client(stage.company.token)
    channel = stage.company.channels[0]
    for of in PAUSES:
        for number in range(4):
            stage.post(1.5 + number / 10)
        sent = now_s()
        method, path, body = pause_call(stage.company, of, channel, False)
        client.ask(method, path, body)
        told = now_s()
        stage.pass_time(4)
        stage.session.recorder.act(what="pause", of=of, channels=paused_by(stage.company, of, channel), sent=sent, told=told,
                                   until=now_s(), is_quiet=True)
        method, path, body = pause_call(stage.company, of, channel, True)
        client.ask(method, path, body)
        stage.until(stage.all_settled, f"all are settled after the pause by {of}", 30)
