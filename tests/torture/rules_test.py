#!/usr/bin/env python3
"""Torture of rules: schedule and event triggers while the process is killed again and again, at the places of a run among others; then a
checker that knows the promises, the rows and the platform's journal, and nothing of the engine. TORTURE_SEED replays the plan."""

import os
import pathlib
import random
import sys
import time
import unittest
import uuid
from collections import Counter
from datetime import timedelta

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from instance import Instance, answers, moment_of, now, text_of, wait_for, wait_until

SECONDS = float(os.environ.get("TORTURE_RULES_SECONDS", "22"))  # of moments and kills
SCHEDULED = int(os.environ.get("TORTURE_RULES", "60"))
ON_X = 8        # of those, as many go to X: what arrives there is written in the sandbox's journal
ASKING = 8      # and as many must be approved
LISTENING = 5
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
        self.begins = now()
        self.scheduled: dict[str, dict] = {}  # rule → its word, moment and whether it must be approved
        self.listening: list[str] = []

    def rule(self, name: str, trigger: dict, action: dict, conditions: dict) -> str:
        return self.owner.ask("POST", "/automation/rules", {
            "project_id": self.project, "name": name, "trigger": trigger, "conditions": conditions,
            "missed": {"kind": "all", "at_most": 50},
            "action": {"kind": "make_content", "template_id": self.template, **action}}, 201)["id"]

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

    def torment(self) -> dict[str, int]:
        """Kills while moments come; how often, by place."""
        killed: Counter[str] = Counter()
        end = time.monotonic() + SECONDS + 4
        while time.monotonic() < end:
            place = self.dice.choice((*PLACES, "anywhere"))
            self.instance.settings.pop("PULSE_FAILPOINTS", None)
            if place != "anywhere":
                chance = 0.3 if place.endswith("_run") else 0.04
                self.instance.settings |= {"PULSE_FAILPOINTS": f"{place}=kill@{chance}",
                                           "PULSE_FAILPOINT_SEED": str(self.dice.randrange(1, 10**6))}
            self.restart(place, killed, time.monotonic() + self.dice.uniform(1.0, 2.5))
        return killed

    def restart(self, place: str, killed: Counter, until: float) -> None:
        process = self.instance.start("pulse", *self.program())
        while process.poll() is None and time.monotonic() < until:
            wait_until(min(until, time.monotonic() + 0.05))
        if process.poll() is None:
            place = "anywhere"
            process.kill()
        process.wait()
        killed[place] += 1
        self.instance.processes.pop("pulse", None)

    @staticmethod
    def program() -> tuple:
        from instance import PROGRAMS
        return PROGRAMS / "pulse", "serve"

    def approve_all(self) -> None:
        """Whatever waits for approval when nothing is killed any more."""
        for item in self.owner.all_of(f"/content?project_id={self.project}&status=pending_approval"):
            self.owner.ask("POST", f"/content/{item['id']}/approve", {"version": item["version"]})

    def runs(self) -> list[dict]:
        return self.owner.all_of(f"/automation/runs?project_id={self.project}")

    def wait_for_calm(self) -> None:
        wait_for(lambda: answers(self.owner, "/ready"), "Pulse is ready")
        wait_for(lambda: len([run for run in self.runs() if run["cause"] == "schedule"]) >= SCHEDULED,
                 "every moment has a run")
        wait_for(lambda: all(run["state"] in (*OVER, "waiting_approval") for run in self.runs()), "every run rests")
        self.approve_all()
        wait_for(lambda: all(run["state"] in OVER for run in self.runs()), "every run is over")
        wait_for(lambda: self.sql("SELECT count(*) FROM deliveries WHERE state NOT IN ('published', 'failed', 'cancelled')") == [["0"]],
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
        instance.open()
        world = World(instance, random.Random(seed))
        world.make_rules()
        instance.end("pulse")
        killed = world.torment()
        instance.settings.pop("PULSE_FAILPOINTS", None)
        instance.start_pulse()
        world.wait_for_calm()
        self.judge(world)
        print(f"  {sum(killed.values())} kills: {dict(killed)}", flush=True)

    def judge(self, world: World) -> None:
        runs = world.sql("SELECT id, rule_id, cause, state, moment, event_id, content_id FROM automation_runs")
        of_moments = [run for run in runs if run[2] == "schedule"]
        self.assertEqual(Counter(run[1] for run in of_moments), Counter({rule: 1 for rule in world.scheduled}),
                         "each moment made exactly one run")
        for run in of_moments:
            at = moment_of(run[4].replace(" ", "T").replace("+00", "+00:00"))
            self.assertLess(abs((at - world.scheduled[run[1]]["moment"]).total_seconds()), 0.001, run)
        self.assertEqual({run[3] for run in runs}, {"succeeded"}, "every run did its work")
        items = world.sql("SELECT run_id, count(*), count(post_id) FROM content_items WHERE run_id IS NOT NULL GROUP BY run_id")
        self.assertEqual({tuple(item[1:]) for item in items} - {("1", "0"), ("1", "1")}, set(), "a run makes one item and at most one post")
        self.assertEqual(len(items), len(runs), "every run made an item")
        words = {world.scheduled[rule]["word"] for rule in world.scheduled}
        posts = Counter(row[0] for row in world.sql("SELECT title FROM posts"))
        self.assertEqual(posts, Counter(words), "one post a run that releases, and no other")
        self.judge_events(world, runs)
        self.judge_arrivals(world)
        self.judge_approvals(world)
        print(f"  n: {len(of_moments)} moments, {len(runs) - len(of_moments)} runs of events, {len(items)} items, {sum(posts.values())} posts",
              flush=True)

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
