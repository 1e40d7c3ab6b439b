"""A company whose rules have one moment each within the session, rules that wait for what those bring about, somebody
who approves and refuses, and two processes that are killed again and again, at the places of a run among others."""

import http.client
import os
import random
import threading
import time
import uuid
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from history import PUBLICATIONS, rows_of, seconds_of
from instance import Client, Instance, answers, now, text_of, wait_for
from mortals import Mortals
from rules_checker import OVER, Facts

ZONE = ZoneInfo("Europe/Amsterdam")
SECONDS = float(os.environ.get("TORTURE_RULES_SECONDS", "10"))  # of moments and kills
SCHEDULED = int(os.environ.get("TORTURE_RULES", "28"))
QUIET = max(4, SCHEDULED // 7)  # beside them: rules of a project in which nothing may go out just now
NODES = 2
IS_LONG = SCHEDULED >= 100
# At which they die: of a run, of the transactions in which it is stored, and of the calls that its post becomes.
CHANCES = {"before_run": 0.5, "after_run": 0.5, "commit_sent": 0.08, "after_commit": 0.08, "after_intent": 0.5, "sent": 0.5, "received": 0.5}
CALM_S = 240 if IS_LONG else 60
# What each scheduled rule does, and where, in turn.
KINDS = [("publish", "x"), ("asks", "x"), ("refused", "x"), ("asks", "website"), ("publish", "website"), ("publish", "website"),
         ("publish", "website")]
LISTENERS = [("PublishSucceeded", {"kind": "event", "event": "post_published"}, {"channel_types": ["website"]})] * 3 + [
    ("ContentApproved", {"kind": "event", "event": "content_approved"}, {})]


class Approver(threading.Thread):
    """Looks at what waits for approval, and says yes or no to some of it, whichever process answers, until told to
    stop."""

    def __init__(self, world: "World", ports: list[int], seed: int):
        super().__init__(daemon=True)
        self.world, self.ports, self.dice = world, ports, random.Random(seed)
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(self.dice.uniform(0.2, 0.8)):
            client = Client(self.dice.choice(self.ports), self.world.owner.token)
            try:
                for item in client.ask("GET", f"/content?project_id={self.world.project}&status=pending_approval&limit=50")["items"]:
                    if self.dice.random() < 0.5:
                        self.world.decide(client, item)
            except (OSError, http.client.HTTPException, AssertionError):
                continue  # it died, or is about to


class World:
    def __init__(self, instance: Instance, dice: random.Random):
        self.instance, self.dice = instance, dice
        self.facts = Facts()
        self.owner = instance.sign_up()
        self.set_limits()
        self.project, self.template, self.places = self.make_project("Torture")
        self.quiet, self.quiet_template, self.quiet_places = self.make_project("Quiet")
        self.fall_silent()

    def make_project(self, name: str) -> tuple[str, str, dict[str, tuple[str, str]]]:
        """The project, a template, and by platform the channel with its place ("platform account")."""
        ask = self.owner.ask
        project = ask("POST", "/projects", {"name": name, "time_zone": "Europe/Amsterdam"}, 201)["id"]
        website = ask("POST", "/channels", {"project_id": project, "type": "website", "name": name}, 201)["id"]
        x = self.instance.connect_x(self.owner, project)
        template = ask("POST", "/templates", {
            "project_id": project, "name": "Daily", "title": "{{ word }}", "text": "{{ word }} {{ event.title }}",
            "variables": [{"name": "word", "default_value": ""}]}, 201)["id"]
        return project, template, {"website": (website, f"website {website}"), "x": (x["id"], f"x {x['user']}")}

    def set_limits(self) -> None:
        """More goes to one account than X lets out in a quarter of an hour."""
        self.instance.psql("INSERT INTO platform_rate_limits VALUES (NULL, 'x', 'account', 10000, 900, 5000, now()) ON CONFLICT DO NOTHING")
        self.instance.sandbox().ask("POST", "/_sandbox/limits", {"platform": "x", "create": {"limit": 10_000, "window_s": 900}})

    def fall_silent(self) -> None:
        local = now().astimezone(ZONE)
        minute = local.hour * 60 + local.minute
        self.owner.ask("PUT", f"/projects/{self.quiet}/guardrails", {"guardrails": {
            "quiet_hours": {"from_minute": (minute - 60) % 1440, "to_minute": (minute + 120) % 1440}}})
        self.facts.quiet_until = (local.replace(second=0, microsecond=0) + timedelta(minutes=120)).timestamp()

    # --- rules

    def rule(self, name: str, trigger: dict, action: dict, conditions: dict, is_quiet: bool = False) -> str:
        return self.owner.ask("POST", "/automation/rules", {
            "project_id": self.quiet if is_quiet else self.project, "name": name, "trigger": trigger, "conditions": conditions,
            "missed": {"kind": "all", "at_most": 50},
            "action": {"kind": "make_content", "template_id": self.quiet_template if is_quiet else self.template, **action}},
            201)["id"]

    def make_rules(self) -> None:
        begun = time.monotonic()
        for number, (event, trigger, conditions) in enumerate(LISTENERS):
            rule = self.rule(f"Listener {number}", trigger, {"release": "draft", "values": {"word": f"echo{number}"}}, conditions)
            self.facts.listeners[rule] = event
        each_s = (time.monotonic() - begun) / len(LISTENERS)
        first = time.time() + 4 + each_s * (SCHEDULED + QUIET)  # a moment that passes before its rule is there is none
        # In the order of their moments, so that the first are made first.
        moments = sorted(round(first + self.dice.uniform(0, SECONDS), 6) for _ in range(SCHEDULED + QUIET))
        quiet = set(self.dice.sample(range(SCHEDULED + QUIET), QUIET))
        for number, moment in enumerate(moments):
            self.make_rule(number, moment, number in quiet)
        self.first = first

    def make_rule(self, number: int, moment: float, is_quiet: bool) -> None:
        kind, platform = ("quiet", KINDS[number % len(KINDS)][1]) if is_quiet else KINDS[number % len(KINDS)]
        channel, place = (self.quiet_places if is_quiet else self.places)[platform]
        word = uuid.UUID(int=self.dice.getrandbits(128)).hex
        trigger = {"kind": "interval", "every_minutes": 600, "from": text_of(datetime.fromtimestamp(moment, timezone.utc))}
        rule = self.rule(f"Scheduled {number}", trigger, {
            "release": "publish", "needs_approval": kind in ("asks", "refused"), "values": {"word": word}, "channel_ids": [channel]}, {}, is_quiet)
        if time.time() > moment - 0.2:
            raise AssertionError(f"the rules were not made in time: rule {number} {time.time() - moment:.1f} s after its moment")
        self.facts.expected[rule] = {"word": word, "moment": moment, "place": place, "kind": kind}

    def decide(self, client: Client, item: dict) -> None:
        """Says yes or no to what this item says, as its rule has it."""
        kinds = {one["word"]: one["kind"] for one in self.facts.expected.values()}
        if kinds.get(item["title"]) == "refused":
            client.call("POST", f"/content/{item['id']}/reject", {"version": item["version"], "reason": "Not like this."})
            return
        self.facts.said_yes.setdefault(item["title"], time.time())
        client.call("POST", f"/content/{item['id']}/approve", {"version": item["version"]})

    # --- kills

    def torment(self) -> None:
        """Kills one node after the other while moments come."""
        mortals = Mortals(self.instance, NODES, self.dice, CHANCES)
        approver = Approver(self, mortals.ports, self.dice.getrandbits(32))
        end = time.monotonic() + max(0.0, self.first - time.time()) + SECONDS + 1
        self.facts.deaths = mortals.torment(end, [approver])

    # --- calm

    def wait_for_calm(self) -> str:
        """Until nothing is left to do; what was still to be done when that took too long."""
        wait_for(lambda: answers(self.owner, "/ready"), "Pulse is ready")
        try:
            wait_for(lambda: self.count("automation_runs WHERE cause = 'schedule'") >= len(self.facts.expected), "every moment has a run", CALM_S)
            wait_for(self.is_decided, "everything was approved or refused, and every run is over", CALM_S)
            wait_for(lambda: not self.count("deliveries WHERE state NOT IN ('published', 'failed', 'cancelled', 'unconfirmed')"
                                            f" AND project_id = '{self.project}'"), "every post is out", CALM_S)
            wait_for(self.is_heard, "every event has its runs, which are over", CALM_S)
        except AssertionError as late:
            return str(late)
        return ""

    def is_decided(self) -> bool:
        for item in self.owner.ask("GET", f"/content?project_id={self.project}&status=pending_approval&limit=100")["items"]:
            self.decide(self.owner, item)
        return not self.open_runs()

    def is_heard(self) -> bool:
        heard = sum(len([event for event in self.events() if event["type"] == kind]) for kind in self.facts.listeners.values())
        return self.count("automation_runs WHERE cause = 'event'") >= heard and not self.open_runs()

    def open_runs(self) -> int:
        return self.count(f"automation_runs WHERE state NOT IN {OVER}")

    def count(self, what: str) -> int:
        return int(self.instance.psql(f"SELECT count(*) FROM {what}")[0][0])

    def rows(self, sql: str) -> list[dict]:
        return rows_of(self.instance.psql, sql)

    def events(self) -> list[dict]:
        """What sets off those that wait for events: posts of the website that are out, and content that is approved."""
        return self.rows("SELECT id, type, coalesce(post_id, subject_id) AS subject FROM publish_events WHERE type = 'ContentApproved'"
                         f" OR (type = 'PublishSucceeded' AND channel_id = '{self.places['website'][0]}')")

    def read(self) -> Facts:
        facts = self.facts
        facts.events = self.events()
        facts.runs = self.rows("SELECT id, rule_id, cause, state, moment, event_id, error FROM automation_runs")
        facts.items = self.rows("SELECT id, run_id, post_id, needs_approval, state FROM content_items")
        facts.posts = self.rows("SELECT p.id, p.title, d.state, d.due_at FROM posts p JOIN deliveries d ON d.post_id = p.id")
        facts.publications = self.rows(PUBLICATIONS)
        facts.journal = self.instance.journal()
        for row in facts.runs + facts.posts + facts.publications:
            for name in ("moment", "due_at", "published_at"):
                if name in row:
                    row[name] = seconds_of(row[name])
        facts.judged_at = time.time()
        return facts
