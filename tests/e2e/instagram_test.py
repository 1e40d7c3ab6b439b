#!/usr/bin/env python3
"""Instagram's two steps, from the API to the sandbox: posts go out once, whatever the platform does and when Pulse
is killed."""

import pathlib
import sys
import unittest
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from instance import Instance, wait_for

SETTLED = ("published", "failed", "unconfirmed", "cancelled", "missed")
IMAGE = {"url": "https://example.org/picture.jpg", "alt_text": "a picture"}
FAULTS = [{}, {"kind": "accept_then_drop"}, {"kind": "drop_before"}, {"kind": "accept_then_500"}, {"kind": "empty_200"},
          {"kind": "accept_then_empty_200"}, {"kind": "cut", "bytes": 40}]


class Instagram(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("instagram").open()
        cls.addClassCleanup(cls.instance.close)

    def setUp(self):
        self.owner = self.instance.sign_up()
        self.project_id = self.owner.ask("POST", "/projects", {"name": "Instagram"}, 201)["id"]

    def connect(self) -> tuple[str, str]:
        """A channel of its own account at the sandbox, and the account's id."""
        user, token = str(uuid.uuid4().int % 10**12 + 1), "token-" + uuid.uuid4().hex
        self.instance.sandbox().ask("POST", "/_sandbox/accounts", {"platform": "instagram", "token": token, "user_id": user,
                                                                  "username": "u" + user}, 201)
        account = {"external_user_id": user, "handle": "u" + user, "access_token": token}
        made = self.owner.ask("POST", "/channels", {"project_id": self.project_id, "type": "instagram",
                                                    "account": account}, 201)
        return made["id"], user

    def fault(self, user: str, edge: str, **fault) -> None:
        self.instance.sandbox().ask("POST", "/_sandbox/faults", fault | {
            "platform": "instagram",
            "match": {"method": "POST", "account": user, "path_prefix": f"/v26.0/{user}/{edge}"}}, 201)

    def publish(self, channel: str) -> dict:
        text = f"Post {uuid.uuid4().hex}"
        post = self.owner.ask("POST", "/posts", {"project_id": self.project_id, "text": text, "image": IMAGE,
                                                 "channel_ids": [channel]}, 201)
        self.owner.call("POST", f"/posts/{post['id']}/publish-now")
        return post

    def settled(self, post: dict) -> dict:
        def look():
            found = self.owner.ask("GET", f"/posts/{post['id']}")["deliveries"][0]
            return found if found["state"] in SETTLED else None
        return wait_for(look, "the delivery is settled", 90)

    def arrived(self, user: str) -> list[dict]:
        return [line for line in self.instance.journal() if line["kind"] == "arrived" and line["account"] == user]

    def accepted(self, user: str) -> list[str]:
        return [line["external_id"] for line in self.arrived(user) if line["decision"] == "accepted"]

    def expect_published_once(self, post: dict, user: str) -> dict:
        found = self.settled(post)
        self.assertEqual(found["state"], "published", found)
        self.assertEqual([found["external_id"]], self.accepted(user), found)
        self.assertTrue(found["external_url"].startswith("https://www.instagram.com/p/"), found)
        return found

    def test_image(self):
        """without an image the API says what is missing, and nothing is sent"""
        channel, user = self.connect()
        refused = self.owner.call("POST", "/posts", {"project_id": self.project_id, "text": "no image",
                                                     "channel_ids": [channel]})
        self.assertEqual(refused.status, 422, refused)
        self.assertEqual(self.arrived(user), [])

    def test_faults(self):
        """a publishing call whose reply is lost is looked up: live under its own id, or sent again"""
        begun = []
        for fault in FAULTS:
            channel, user = self.connect()
            if fault:
                self.fault(user, "media_publish", **fault)
            begun.append((self.publish(channel), user))
        for post, user in begun:
            self.expect_published_once(post, user)

    def test_kill(self):
        """kill -9 while the publishing call is on its way: the next start finds what became of it"""
        channel, user = self.connect()
        self.fault(user, "media_publish", kind="slow", ms=3000)
        post = self.publish(channel)
        wait_for(lambda: self.accepted(user), "the publishing call has arrived")
        self.instance.end("pulse")
        self.instance.start_pulse()
        self.expect_published_once(post, user)

    def test_pending(self):
        """a container that is processed for longer than an attempt is published by a later one, and is the only one"""
        channel, user = self.connect()
        self.fault(user, "media", kind="pending", ms=14_000)
        self.expect_published_once(self.publish(channel), user)
        made = [line for line in self.arrived(user) if line["method"] == "POST" and line["path"].endswith("/media")]
        self.assertEqual(len(made), 1)


if __name__ == "__main__":
    cases.run()
