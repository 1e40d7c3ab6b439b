#!/usr/bin/env python3
"""People change their minds at the very moment at which a post is due: what was acknowledged is what happens."""

import json
import os
import pathlib
import random
import sys
import threading
import unittest
import uuid
from datetime import datetime, timedelta

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from instance import Instance, moment_of, now, text_of, wait_for

SETTLED = ("published", "failed", "unconfirmed", "cancelled", "missed")


class Race(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("race").open()
        cls.addClassCleanup(cls.instance.close)

    def setUp(self):
        self.seed = int(os.environ.get("PULSE_TEST_SEED", random.SystemRandom().randrange(10**9)))
        self.random = random.Random(self.seed)
        print(f"  seed {self.seed} (PULSE_TEST_SEED repeats it)", flush=True)
        self.owner = self.instance.sign_up()
        self.project_id = self.owner.ask("POST", "/projects", {"name": "Race"}, 201)["id"]
        self.channels = [self.instance.connect_x(self.owner, self.project_id) for _ in range(2)]

    def scheduled(self, count: int, lead_s: float = 0.7, length_s: float = 1.5) -> list[dict]:
        """Posts to both channels that are due at random moments."""
        begin = now() + timedelta(seconds=lead_s)
        return [
            self.owner.ask(
                "POST", "/posts", {
                    "project_id": self.project_id, "text": f"{number} {uuid.uuid4().hex}",
                    "scheduled_at": text_of(begin + timedelta(seconds=self.random.uniform(0, length_s)))}, 201)
            for number in range(count)]

    def contend(self, posts: list[dict], attempt) -> list:
        """Calls `attempt(post, turn)` until it answers False, for every post in a thread; raises what they raise."""
        failures = []

        def go_on(post):
            try:
                for turn in range(100_000):
                    if attempt(post, turn) is False:
                        return
            except Exception as failure:  # noqa: BLE001 (told by the test's own thread)
                failures.append(failure)
        threads = [threading.Thread(target=go_on, args=(post,), daemon=True) for post in posts]
        for each in threads:
            each.start()
        for each in threads:
            each.join(60)
        if failures:
            raise failures[0]

    def settled(self, posts: list[dict]) -> dict[str, dict]:
        """The posts when all is settled, by id."""
        def look():
            found = {post["id"]: post for post in self.owner.all_of(f"/posts?project_id={self.project_id}")}
            done = all(d["state"] in SETTLED for post in found.values() for d in post["deliveries"])
            return (found,) if done else None
        return wait_for(look, "every delivery is settled")[0]

    def arrived(self) -> list[tuple[str, datetime, dict]]:
        """(text, when, line) of what the accounts of this test got, accepted or not."""
        users = {channel["user"] for channel in self.channels}
        return [(json.loads(line["body"])["text"], moment_of(line["arrived_at"]), line)
                for line in self.instance.journal()
                if line["kind"] == "arrived" and line["method"] == "POST" and line["account"] in users]

    def test_edit(self):
        """a text that was acknowledged is the text that goes out, on every channel"""
        posts = self.scheduled(20)
        acknowledged = {post["id"]: post["text"] for post in posts}

        def edit(post, turn):
            text = f"{post['text']} edit {turn}"
            answer = self.owner.call("PATCH", f"/posts/{post['id']}", {"text": text})
            if answer.status == 200:
                acknowledged[post["id"]] = text
                return True
            self.assertEqual(answer.status, 409, answer)
            return False
        self.contend(posts, edit)
        found = self.settled(posts)
        came: dict[str, int] = {}
        for text, _, line in self.arrived():
            self.assertEqual(line["decision"], "accepted", line)
            came[text] = came.get(text, 0) + 1
        self.assertEqual(came, {text: len(self.channels) for text in acknowledged.values()})
        self.assertEqual({one: post["text"] for one, post in found.items()}, acknowledged)

    def test_cancel(self):
        """what was acknowledged as cancelled never goes out, and what was not does"""
        posts = self.scheduled(30)
        due = {post["id"]: moment_of(post["scheduled_at"]) for post in posts}
        acknowledged: dict[str, set] = {}
        aim = {post["id"]: due[post["id"]] + timedelta(seconds=self.random.uniform(-0.02, 0.02)) for post in posts}

        def cancel(post, _):
            wait_for(lambda: now() >= aim[post["id"]], "its moment")
            answer = self.owner.call("POST", f"/posts/{post['id']}/cancel")
            self.assertIn(answer.status, (200, 409), answer)
            if answer.status == 200:
                said = answer.json()
                acknowledged[post["id"]] = {d["channel_id"] for d in said["deliveries"] if d["state"] == "cancelled"}
                self.assertEqual(acknowledged[post["id"]] | {d["channel_id"] for d in said["not_cancelled"]},
                                 {d["channel_id"] for d in said["deliveries"]})
            return False
        self.contend(posts, cancel)
        found = self.settled(posts)
        came = {(text, line["account"]) for text, _, line in self.arrived()}
        for post in posts:
            for delivery in found[post["id"]]["deliveries"]:
                user = next(channel["user"] for channel in self.channels if channel["id"] == delivery["channel_id"])
                is_cancelled = delivery["channel_id"] in acknowledged.get(post["id"], ())
                self.assertEqual(delivery["state"], "cancelled" if is_cancelled else "published", delivery)
                self.assertEqual((post["text"], user) in came, not is_cancelled, delivery)
        print(f"  {sum(map(len, acknowledged.values()))} of {2 * len(posts)} deliveries were cancelled in time")

    def test_move(self):
        """what is moved goes out at the time that was acknowledged last, not at an earlier one"""
        posts = self.scheduled(15)
        acknowledged = {(post["text"], channel["id"]): moment_of(post["scheduled_at"])
                        for post in posts for channel in self.channels}

        def move(post, turn):
            at = now() + timedelta(seconds=self.random.choice([0.05, 0.3, 1]))
            answer = self.owner.call("POST", f"/posts/{post['id']}/schedule", {"scheduled_at": text_of(at)})
            if answer.status == 200:
                waiting = [d["channel_id"] for d in answer.json()["deliveries"] if d["state"] == "waiting"]
                acknowledged.update({(post["text"], channel_id): at for channel_id in waiting})
                return turn < 60
            self.assertEqual(answer.status, 409, answer)
            return False
        self.contend(posts, move)
        self.settled(posts)
        arrived = self.arrived()
        self.assertEqual(len(arrived), len(posts) * len(self.channels))
        for text, at, line in arrived:
            channel_id = next(channel["id"] for channel in self.channels if channel["user"] == line["account"])
            self.assertGreaterEqual(at, acknowledged[text, channel_id])

    def test_switch_off(self):
        """a channel that is acknowledged as switched off starts nothing until it is switched on, and then everything"""
        posts = self.scheduled(20, length_s=2)  # X's account takes 50 at once, and a refused start uses up one of them
        channel = self.channels[0]
        end = max(moment_of(post["scheduled_at"]) for post in posts)
        windows = []
        while not windows or now() < end:
            self.owner.ask("PATCH", f"/channels/{channel['id']}", {"is_active": False})
            off_at = now()
            self.assertFalse(self.owner.ask("GET", f"/channels/{channel['id']}")["is_active"])
            wait_for(lambda: now() > off_at + timedelta(seconds=0.2), "a while")
            windows.append((off_at, now()))
            self.owner.ask("PATCH", f"/channels/{channel['id']}", {"is_active": True})
            on_at = now()
            wait_for(lambda: now() > on_at + timedelta(seconds=0.1), "a while")
        found = self.settled(posts)
        arrived = self.arrived()
        self.assertEqual(len(arrived), 2 * len(posts))
        arrived_at = {text: at for text, at, line in arrived if line["account"] == channel["user"]}
        for post in found.values():
            self.assertEqual({d["state"] for d in post["deliveries"]}, {"published"})
            for event in self.owner.ask("GET", f"/posts/{post['id']}/timeline")["items"]:
                if event["type"] == "PublishStarted" and event["channel_id"] == channel["id"]:
                    # What left before may arrive after; what both began and arrived while it was off must not be.
                    begun, came = moment_of(event["at"]), arrived_at[post["text"]]
                    self.assertFalse([each for each in windows if each[0] < begun <= came < each[1]], event)

    def test_delete(self):
        """a post that was acknowledged as deleted does not go out afterwards"""
        posts = self.scheduled(20)
        acknowledged = {}

        def delete(post, turn):
            wait_for(lambda: now() >= moment_of(post["scheduled_at"]) - timedelta(seconds=0.01), "its moment")
            answer = self.owner.call("DELETE", f"/posts/{post['id']}")
            self.assertIn(answer.status, (204, 409), answer)
            if answer.status == 204:
                acknowledged[post["text"]] = now()
            return answer.status == 409 and turn < 1000
        self.contend(posts, delete)
        self.settled(posts)
        self.assertEqual(self.owner.all_of(f"/posts?project_id={self.project_id}"), [])
        for text, at, line in self.arrived():
            self.assertLess(at, acknowledged[text], line)

    def test_refused_credentials(self):
        """refused credentials switch a channel off and hold its posts; connected again, they go out, and it is told"""
        channel = self.channels[0]
        self.instance.sandbox().ask("POST", "/_sandbox/faults", {"platform": "x", "kind": "status", "status": 401,
                                                                 "match": {"account": channel["user"]}}, 201)
        post = self.owner.ask("POST", "/posts",
                              {"project_id": self.project_id, "text": uuid.uuid4().hex, "channel_ids": [channel["id"]]},
                              201)
        self.owner.ask("POST", f"/posts/{post['id']}/publish-now", status=202)
        off = wait_for(lambda: self.switched_off(channel), "the channel is switched off")
        self.assertIn("Connect the account again", off["disabled_reason"])
        token = "token-" + uuid.uuid4().hex
        self.instance.sandbox().ask(
            "POST", "/_sandbox/accounts",
            {"platform": "x", "token": token, "user_id": channel["user"], "username": "u" + channel["user"]}, 201)
        account = {"external_user_id": channel["user"], "access_token": token}
        self.owner.ask("PATCH", f"/channels/{channel['id']}", {"account": account})
        self.settled([post])
        events = self.owner.ask("GET", f"/posts/{post['id']}/timeline")["items"]
        self.assertEqual([event["type"] for event in events], [
            "PostCreated", "PublishRequested", "PublishStarted", "ChannelAuthFailed", "PublishStarted",
            "PublishSucceeded"])
        self.assertEqual(events[-1]["message"], "Published on X.")
        self.assertNotIn(token, self.instance.log())

    def switched_off(self, channel: dict) -> dict | None:
        shown = self.owner.ask("GET", f"/channels/{channel['id']}")
        return None if shown["is_active"] else shown


if __name__ == "__main__":
    cases.run()
