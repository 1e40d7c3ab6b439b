#!/usr/bin/env python3
"""Team engagement while processes die: members' likes and comments under one post, with kills at every step, lost replies and a cap. What
LinkedIn's stand-in has written down is compared with what members said, and with what Pulse tells. It shares no code with either."""

import os
import pathlib
import random
import re
import sys
import time
import unittest
import urllib.parse
import uuid
from datetime import timezone

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from instance import Client, Instance, moment_of, now, wait_for

MEMBERS, LATE, CAP, GAP_S, MOST_DEATHS = 10, 3, 8, 2, 4
SLACK_S = 1.6  # an intent may be a second old when its bytes leave
OVER = ("completed", "failed", "skipped", "expired")
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
FAILPOINTS = "after_intent=kill@0.12,sent=kill@0.08,received=kill@0.12"


class Engagement(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("engagement").open()
        cls.addClassCleanup(cls.instance.close)

    def setUp(self):
        self.seed = int(os.environ.get("TORTURE_SEED", random.SystemRandom().randrange(10**6)))
        print(f"  TORTURE_SEED={self.seed}", flush=True)
        self.chance = random.Random(self.seed)

    def join(self, owner: Client) -> Client:
        code = owner.ask("POST", "/org/invites", {"role": "member"}, 201)["code"]
        made = self.instance.client().call("POST", "/org/invites/accept", {
            "code": code, "email": f"{uuid.uuid4().hex}@example.org", "password": f"correct horse {uuid.uuid4().hex}"})
        self.assertIn(made.status, (200, 201), made)
        return self.instance.client(made.json()["access_token"])

    def connect(self, member: Client) -> str:
        """The member's own account at LinkedIn, connected as their browser does it."""
        user = "m" + uuid.uuid4().hex[:9]
        self.instance.sandbox().ask("POST", "/_sandbox/accounts", {"platform": "linkedin", "token": "t" + uuid.uuid4().hex,
                                                                  "user_id": user, "name": "Ada L"}, 201)
        begun = member.call("GET", "/integrations/linkedin/auth-url")
        self.assertEqual(begun.status, 200, begun)
        cookie = begun.headers["set-cookie"].split(";")[0]
        address = urllib.parse.urlsplit(begun.json()["authorization_url"])
        at_sandbox = self.instance.sandbox().call("GET", f"{address.path}?{address.query}&decision=allow&user={user}")
        back = urllib.parse.urlsplit(at_sandbox.headers["location"])
        done = self.instance.client().call("GET", f"{back.path}?{back.query}", headers={"cookie": cookie})
        self.assertNotIn("error", done.headers["location"], done)
        return user

    def alive(self) -> None:
        if self.instance.processes["pulse"].poll() is not None:
            self.deaths += 1
            self.instance.processes.pop("pulse")
            self.instance.settings["PULSE_FAILPOINT_SEED"] = str(self.chance.randrange(10**9))
            if self.deaths >= MOST_DEATHS:
                self.instance.settings["PULSE_FAILPOINTS"] = ""
            self.instance.start_pulse()

    def ask(self, who: Client, method: str, path: str, body=None):
        """The answer, whatever dies meanwhile."""
        def once():
            self.alive()
            try:
                answer = who.call(method, path, body)
            except Exception:  # nobody answers: it died
                return None
            return answer if answer.status < 500 else None
        return wait_for(once, f"{method} {path} is answered").json()

    def acts(self, who: Client) -> list[dict]:
        return self.ask(who, "GET", "/engagements")["items"]

    def test_at_most_once(self):
        """each act is there at most once, confirmed before, within caps and gaps, and Pulse knows what is there"""
        self.deaths = 0
        owner = self.instance.sign_up()
        page = owner.ask("POST", "/tracked-pages", {"url": "linkedin.com/company/acme"}, 201)["id"]
        owner.ask("PATCH", f"/tracked-pages/{page}", {"first_delay_seconds": 1, "gap_seconds": GAP_S, "spread_seconds": 10})
        members = [(member, self.connect(member)) for member in (self.join(owner) for _ in range(MEMBERS))]
        for number, (member, _) in enumerate(members):
            member.ask("PUT", "/automation/settings", {"working_days": DAYS, "works_from_minute": 0, "works_until_minute": 1440,
                                                       "least_gap_minutes": 1})
            comments = number % 2 == 1
            member.ask("POST", f"/tracked-pages/{page}/subscribe", {"likes": not comments, "comments": comments})
        urn = f"urn:li:activity:{self.chance.randrange(10**18, 10**19)}"
        owner.ask("POST", f"/tracked-pages/{page}/posts", {"url": urn}, 201)
        owner.ask("PATCH", f"/tracked-pages/{page}", {"acts_a_day": CAP})
        self.lose_replies([user for _, user in members])
        self.restart_with(FAILPOINTS)
        confirmed = self.confirm_at_random(members)
        wait_for(lambda: self.is_settled(members), "all acts are over, or held by the cap", 90)
        self.check(members, confirmed, urn)

    def lose_replies(self, users: list[str]) -> None:
        for user in self.chance.sample(users, 4):
            kind = self.chance.choice(["accept_then_drop", "accept_then_500", "accept_then_empty_200"])
            self.instance.sandbox().ask("POST", "/_sandbox/faults", {
                "platform": "linkedin", "kind": kind, "match": {"method": "POST", "account": user, "path_prefix": "/rest/"}}, 201)

    def restart_with(self, failpoints: str) -> None:
        self.instance.end("pulse")
        self.instance.settings |= {"PULSE_FAILPOINTS": failpoints, "PULSE_FAILPOINT_SEED": str(self.seed)}
        self.instance.start_pulse()

    def confirm_at_random(self, members) -> dict:
        """When each account's member said yes: at once, or seconds later."""
        confirmed = {}
        order = list(enumerate(members))
        self.chance.shuffle(order)
        for place, (number, (member, user)) in enumerate(order):
            if place == len(order) - LATE:
                end = time.monotonic() + 4
                wait_for(lambda: self.alive() or time.monotonic() > end, "some are asked later")
            act = self.acts(member)[0]
            confirmed[user] = now()  # before the call: it may be heeded before it is answered
            body = {"text": f"Well said, number {number} {self.seed}"} if act["kind"] == "comment" else {}
            answer = self.ask(member, "POST", f"/engagements/{act['id']}/confirm", body)
            # Said again because nobody answered, it may be on its way already.
            self.assertIn(answer.get("state", answer.get("code")), ("queued", "too_late"), answer)
        return confirmed

    def is_settled(self, members) -> bool:
        self.alive()
        all_acts = [act for member, _ in members for act in self.acts(member)]
        open_acts = [act for act in all_acts if act["state"] not in OVER and not act["needs_decision"]]
        return all(act["state"] == "queued" and act["hold"] == "page_cap" for act in open_acts)

    def arrivals(self) -> list[dict]:
        made = [line for line in self.instance.journal() if line["kind"] == "arrived" and line["platform"] == "linkedin"
                and line["method"] == "POST" and line["decision"] == "accepted"]
        return [line for line in made if re.search(r"/rest/(reactions|socialActions/.*/comments)$", line["path"])]

    def check(self, members, confirmed: dict, urn: str) -> None:
        arrived = self.arrivals()
        print(f"  {len(arrived)} acts of {len(members)} members at LinkedIn, {self.deaths} deaths", flush=True)
        self.assertEqual(len({line["account"] for line in arrived}), len(arrived), "an act is there twice")
        self.assertLessEqual(len(arrived), CAP, "more than the page's day allows")
        self.assertGreater(len(arrived), 3, "hardly anything happened")
        for line in arrived:
            self.assertGreaterEqual(moment_of(line["arrived_at"]).astimezone(timezone.utc), confirmed[line["account"]],
                                    "sent before it was confirmed")
            self.assertIn(urn, line["body"] + line["path"])
        times = sorted(moment_of(line["arrived_at"]) for line in arrived)
        for before, after in zip(times, times[1:]):
            self.assertGreaterEqual((after - before).total_seconds(), GAP_S - SLACK_S, "two acts too close")
        there = {line["account"] for line in arrived}
        for member, user in members:
            act = self.acts(member)[0]
            if act["state"] == "completed":
                self.assertIn(user, there, act)
            elif not act["needs_decision"]:
                self.assertNotIn(user, there, act)


if __name__ == "__main__":
    cases.run()
