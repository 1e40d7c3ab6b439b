#!/usr/bin/env python3
"""Torture of rules: schedule and event triggers on two nodes that are killed again and again, at the places of a run among others; then a
checker that knows the promises, the rows and the platform's journal, and nothing of the engine. TORTURE_SEED replays the plan;
TORTURE_RULES=200 TORTURE_RULES_SECONDS=150 is the long form."""

import os
import pathlib
import random
import secrets
import subprocess
import sys
import time
import unittest
import uuid
from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from instance import PROGRAMS, Client, Instance, answers, free_port, moment_of, now, text_of, wait_for, wait_until

ZONE = ZoneInfo("Europe/Amsterdam")


class Node:
    """One `pulse serve` of several on one database. Its next start finds what the one before has left, and so knows that it is dead."""

    def __init__(self, instance: Instance, name: str, port: int):
        self.instance, self.name, self.port = instance, name, port
        self.process: subprocess.Popen | None = None
        self.place = "anywhere"  # at which it is to be killed

    def start(self, place: str, dice: random.Random) -> None:
        self.place = place
        own = {"PORT": str(self.port), "PULSE_STATE_DIR": str(self.instance.folder / f"{self.name}-state")}
        if place != "anywhere":
            chance = 0.5 if place.endswith("_run") else 0.08
            own |= {"PULSE_FAILPOINTS": f"{place}=kill@{chance}", "PULSE_FAILPOINT_SEED": str(dice.randrange(1, 10**6))}
        with open(self.instance.folder / f"{self.name}.log", "ab") as log:
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", str(PROGRAMS / "pulse"), "serve"],
                env=self.instance.environment() | own, cwd=self.instance.folder, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> str:
        """Where it died: at its place, or here."""
        died_by_itself = not self.is_running()
        if self.process:
            self.process.kill()
            self.process.wait()
        self.process = None
        return self.place if died_by_itself else "anywhere"

SECONDS = float(os.environ.get("TORTURE_RULES_SECONDS", "10"))  # of moments and kills
SCHEDULED = int(os.environ.get("TORTURE_RULES", "28"))
ON_X = SCHEDULED // 7     # of those, as many go to X: what arrives there is written in the sandbox's journal
ASKING = SCHEDULED // 7   # and as many must be approved
QUIET = SCHEDULED // 7    # beside them, as many of a project in which nothing may go out just now
LISTENING = 3
NODES = 2
PLACES = ("before_run", "after_run", "commit_sent", "after_commit")
OVER = ("succeeded", "failed", "blocked", "cancelled")


class World:
    """A company whose rules have one moment each within the session, and rules that wait for what those publish."""

    def __init__(self, instance: Instance, dice: random.Random):
        self.instance, self.dice = instance, dice
        self.owner = instance.sign_up()
        ask = self.owner.ask
        self.project = ask("POST", "/projects", {"name": "Torture", "time_zone": "Europe/Amsterdam"}, 201)["id"]
        self.website = ask("POST", "/channels", {"project_id": self.project, "type": "website", "name": "Site"}, 201)["id"]
        self.x = instance.connect_x(self.owner, self.project)["id"]
        self.template = ask("POST", "/templates", {
            "project_id": self.project, "name": "Daily", "title": "{{ word }}", "text": "{{ word }} {{ event.title }}",
            "variables": [{"name": "word", "default_value": ""}]}, 201)["id"]
        self.quiet = ask("POST", "/projects", {"name": "Quiet", "time_zone": "Europe/Amsterdam"}, 201)["id"]
        self.quiet_site = ask("POST", "/channels", {"project_id": self.quiet, "type": "website", "name": "Quiet site"}, 201)["id"]
        self.quiet_template = ask("POST", "/templates", {
            "project_id": self.quiet, "name": "Daily", "text": "{{ word }}",
            "variables": [{"name": "word", "default_value": ""}]}, 201)["id"]
        local = now().astimezone(ZONE)
        minute = local.hour * 60 + local.minute
        self.quiet_until = (minute + 120) % 1440
        ask("PUT", f"/projects/{self.quiet}/guardrails", {"guardrails": {
            "quiet_hours": {"from_minute": (minute - 60) % 1440, "to_minute": self.quiet_until}}})
        self.quiet_rules: list[str] = []
        self.scheduled: dict[str, dict] = {}  # rule → its word, moment and whether it must be approved
        self.listening: list[str] = []

    def rule(self, name: str, trigger: dict, action: dict, conditions: dict, is_quiet: bool = False) -> str:
        return self.owner.ask("POST", "/automation/rules", {
            "project_id": self.quiet if is_quiet else self.project, "name": name, "trigger": trigger, "conditions": conditions,
            "missed": {"kind": "all", "at_most": 50},
            "action": {"kind": "make_content", "template_id": self.quiet_template if is_quiet else self.template, **action}},
            201)["id"]

    def make_rules(self) -> None:
        for number in range(LISTENING):
            self.listening.append(self.rule(
                f"Listener {number}", {"kind": "event", "event": "post_published"},
                {"release": "draft", "values": {"word": f"echo{number}"}}, {"channel_types": ["website"]}))
        first = now() + timedelta(seconds=4)
        for number in range(SCHEDULED):
            word = uuid.uuid4().hex
            moment = first + timedelta(seconds=self.dice.uniform(0, SECONDS))
            asks = ON_X <= number < ON_X + ASKING
            rule = self.rule(f"Scheduled {number}", {"kind": "interval", "every_minutes": 60, "from": text_of(moment)},
                             {"release": "publish", "needs_approval": asks, "values": {"word": word},
                              "channel_ids": [self.x if number < ON_X else self.website]}, {})
            self.scheduled[rule] = {"word": word, "moment": moment, "asks": asks}
        for number in range(QUIET):
            moment = first + timedelta(seconds=self.dice.uniform(0, SECONDS))
            self.quiet_rules.append(self.rule(
                f"Quiet {number}", {"kind": "interval", "every_minutes": 600, "from": text_of(moment)},
                {"release": "publish", "values": {"word": uuid.uuid4().hex}, "channel_ids": [self.quiet_site]}, {}, True))

    def torment(self) -> dict[str, int]:
        """Kills one node after the other while moments come; how often, by place."""
        killed: Counter[str] = Counter()
        nodes = [Node(self.instance, f"node-{number}", self.instance.port if number == 0 else free_port())
                 for number in range(NODES)]
        end = time.monotonic() + SECONDS + 4
        try:
            for node in nodes:
                node.start(self.place(), self.dice)
            while time.monotonic() < end:
                self.wait_until_up(nodes, min(end, time.monotonic() + 3))
                until = min(end, time.monotonic() + self.dice.uniform(0.2, 1.0))
                while time.monotonic() < until and all(node.is_running() for node in nodes):
                    wait_until(min(until, time.monotonic() + 0.05))
                fallen = [node for node in nodes if not node.is_running()]
                node = fallen[0] if fallen else self.dice.choice(nodes)
                killed[node.kill()] += 1
                node.start(self.place(), self.dice)
        finally:
            for node in nodes:
                node.kill()
        return killed

    @staticmethod
    def wait_until_up(nodes: list, until: float) -> None:
        """Until all that run answer, or one has fallen: who dies before it works shows nothing."""
        while time.monotonic() < until and all(node.is_running() for node in nodes):
            if all(answers(Client(node.port), "/ready") for node in nodes):
                return
            wait_until(min(until, time.monotonic() + 0.05))

    def place(self) -> str:
        return self.dice.choice((*PLACES, "anywhere"))

    def approve_all(self) -> None:
        """Whatever waits for approval when nothing is killed any more."""
        for item in self.owner.all_of(f"/content?project_id={self.project}&status=pending_approval"):
            self.owner.ask("POST", f"/content/{item['id']}/approve", {"version": item["version"]})

    def runs(self) -> list[dict]:
        return self.owner.all_of("/automation/runs")

    def wait_for_calm(self) -> None:
        wait_for(lambda: answers(self.owner, "/ready"), "Pulse is ready")
        wait_for(lambda: len([run for run in self.runs() if run["cause"] == "schedule"]) >= SCHEDULED + QUIET,
                 "every moment has a run")
        wait_for(lambda: all(run["state"] in (*OVER, "waiting_approval") for run in self.runs()), "every run rests")
        self.approve_all()
        wait_for(lambda: all(run["state"] in OVER for run in self.runs()), "every run is over")
        wait_for(lambda: self.sql("SELECT count(*) FROM deliveries WHERE state NOT IN ('published', 'failed', 'cancelled') "
                                  f"AND project_id = '{self.project}'") == [["0"]],
                 "every post is out")
        # One run for each listener and each of the website's posts; none is to come any more.
        wait_for(lambda: len([run for run in self.runs() if run["cause"] == "event"]) >= LISTENING * (SCHEDULED - ON_X),
                 "every event has its runs")
        wait_for(lambda: all(run["state"] in OVER for run in self.runs()), "every run of an event is over")

    def sql(self, text: str) -> list[list[str]]:
        return self.instance.psql(text)


class Rules(unittest.TestCase):
    def test_rules(self):
        """each moment and each event makes one run, each run at most one item and one post, whatever dies"""
        seed = int(os.environ.get("TORTURE_SEED", random.SystemRandom().randrange(10**9)))
        print(f"  TORTURE_SEED={seed}", flush=True)
        instance = Instance("rules-torture")
        self.addCleanup(instance.close)
        # Both nodes open what the other has sealed.
        instance.settings |= {"JWT_SECRET_KEY": secrets.token_hex(32), "TOKEN_ENCRYPTION_KEY": secrets.token_hex(32)}
        begun = time.monotonic()
        instance.open()
        world = World(instance, random.Random(seed))
        world.make_rules()
        instance.end("pulse")
        made = time.monotonic()
        killed = world.torment()
        tormented = time.monotonic()
        instance.start_pulse()
        world.wait_for_calm()
        self.judge(world)
        print(f"  {sum(killed.values())} kills on {NODES} nodes: {dict(killed)}; {made - begun:.0f} s to make, "
              f"{tormented - made:.0f} s of kills, {time.monotonic() - tormented:.0f} s until calm", flush=True)

    def judge(self, world: World) -> None:
        self.judge_quiet(world)
        runs = world.sql("SELECT id, rule_id, cause, state, moment, event_id, content_id FROM automation_runs "
                         f"WHERE project_id = '{world.project}'")
        of_moments = [run for run in runs if run[2] == "schedule"]
        self.assertEqual(Counter(run[1] for run in of_moments), Counter({rule: 1 for rule in world.scheduled}),
                         "each moment made exactly one run")
        for run in of_moments:
            at = moment_of(run[4].replace(" ", "T").replace("+00", "+00:00"))
            self.assertLess(abs((at - world.scheduled[run[1]]["moment"]).total_seconds()), 0.001, run)
        self.assertEqual({run[3] for run in runs}, {"succeeded"}, "every run did its work")
        items = world.sql("SELECT run_id, count(*), count(post_id) FROM content_items WHERE run_id IS NOT NULL "
                          f"AND project_id = '{world.project}' GROUP BY run_id")
        self.assertEqual({tuple(item[1:]) for item in items} - {("1", "0"), ("1", "1")}, set(), "a run makes one item and at most one post")
        self.assertEqual(len(items), len(runs), "every run made an item")
        words = {world.scheduled[rule]["word"] for rule in world.scheduled}
        posts = Counter(row[0] for row in world.sql(f"SELECT title FROM posts WHERE project_id = '{world.project}'"))
        self.assertEqual(posts, Counter(words), "one post a run that releases, and no other")
        self.judge_events(world, runs)
        self.judge_arrivals(world)
        self.judge_approvals(world)
        print(f"  n: {len(of_moments)} moments, {len(runs) - len(of_moments)} runs of events, {len(items)} items, {sum(posts.values())} posts",
              flush=True)

    def judge_quiet(self, world: World) -> None:
        runs = Counter(row[0] for row in world.sql(f"SELECT rule_id FROM automation_runs WHERE project_id = '{world.quiet}'"))
        self.assertEqual(runs, Counter({rule: 1 for rule in world.quiet_rules}), "each moment of the quiet project made one run")
        posts = world.sql("SELECT to_char(p.scheduled_at AT TIME ZONE 'Europe/Amsterdam', 'HH24:MI:SS'), d.state FROM posts p "
                          f"JOIN deliveries d ON d.post_id = p.id WHERE p.project_id = '{world.quiet}'")
        end = f"{world.quiet_until // 60:02}:{world.quiet_until % 60:02}:00"
        self.assertEqual(posts, [[end, "waiting"]] * QUIET, "nothing is out in quiet hours, and all of it is to go out at their end")

    def judge_events(self, world: World, runs: list[list[str]]) -> None:
        out = world.sql(f"SELECT p.id FROM posts p JOIN deliveries d ON d.post_id = p.id WHERE d.channel_id = '{world.website}' "
                        "AND d.state = 'published'")
        told = dict(world.sql("SELECT id, post_id FROM publish_events WHERE type = 'PublishSucceeded'"))
        heard = Counter((run[1], told[run[5]]) for run in runs if run[2] == "event")
        self.assertEqual(heard, Counter({(rule, post[0]): 1 for rule in world.listening for post in out}),
                         "each listener ran once for each post of the website, and for nothing else")

    def judge_arrivals(self, world: World) -> None:
        accepted = Counter()
        for line in world.instance.journal():
            if line.get("kind") == "arrived" and line.get("decision") == "accepted":
                for rule in world.scheduled.values():
                    accepted[rule["word"]] += rule["word"] in str(line.get("body", ""))
        doubled = {word: count for word, count in accepted.items() if count > 1}
        self.assertEqual(doubled, {}, "nothing arrived twice")
        self.assertEqual(sum(accepted.values()), ON_X, "all that is for X arrived there")

    def judge_approvals(self, world: World) -> None:
        early = world.sql(
            "SELECT i.id FROM content_items i JOIN posts p ON p.id = i.post_id WHERE i.needs_approval AND NOT EXISTS "
            "(SELECT FROM content_decisions d WHERE d.content_id = i.id AND d.decision = 'approve' AND d.created_at <= p.created_at)")
        self.assertEqual(early, [], "nothing went out before its approval")
        asked = world.sql("SELECT count(*) FROM content_items WHERE needs_approval")
        self.assertEqual(asked, [[str(ASKING)]], "what must be approved was handed in")


if __name__ == "__main__":
    cases.run()
