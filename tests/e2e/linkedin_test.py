#!/usr/bin/env python3
"""LinkedIn from the API to the sandbox: a post whose reply is lost is sent again, refused as a copy, and found by
that."""

import pathlib
import sys
import unittest
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from instance import Instance, wait_for

SETTLED = ("published", "failed", "unconfirmed", "cancelled", "missed")
LOST = [{"kind": "accept_then_drop"}, {"kind": "drop_before"}, {"kind": "accept_then_500"}, {"kind": "empty_200"},
        {"kind": "accept_then_empty_200"}, {"kind": "cut", "bytes": 40}]


class LinkedIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("linkedin").open()
        cls.addClassCleanup(cls.instance.close)

    def setUp(self):
        self.owner = self.instance.sign_up()
        self.project_id = self.owner.ask("POST", "/projects", {"name": "LinkedIn"}, 201)["id"]

    def connect(self) -> tuple[str, str]:
        """A channel of a member of its own at the sandbox, and the member's sub."""
        user, token = "m" + uuid.uuid4().hex[:9], "token-" + uuid.uuid4().hex
        self.instance.sandbox().ask("POST", "/_sandbox/accounts", {"platform": "linkedin", "token": token,
                                                                  "user_id": user, "name": "Ada L"}, 201)
        made = self.owner.ask("POST", "/channels", {
            "project_id": self.project_id, "type": "linkedin",
            "account": {"external_user_id": user, "handle": "ada", "access_token": token}}, 201)
        return made["id"], user

    def fault(self, user: str, **fault) -> None:
        self.instance.sandbox().ask("POST", "/_sandbox/faults", fault | {
            "platform": "linkedin", "match": {"method": "POST", "account": user, "path_prefix": "/rest/posts"}}, 201)

    def publish(self, channel: str, image: bool = False) -> dict:
        body = {"project_id": self.project_id, "text": f"Post_{uuid.uuid4().hex} (with #news)", "channel_ids": [channel]}
        if image:
            url = f"http://127.0.0.1:{self.instance.sandbox_port}/_sandbox/image.jpg"
            body["image"] = {"url": url, "alt_text": "a grey square"}
        post = self.owner.ask("POST", "/posts", body, 201)
        self.owner.call("POST", f"/posts/{post['id']}/publish-now")
        return post

    def settled(self, post: dict) -> dict:
        def look():
            found = self.owner.ask("GET", f"/posts/{post['id']}")["deliveries"][0]
            return found if found["state"] in SETTLED else None
        return wait_for(look, "the delivery is settled", 90)

    def live(self, user: str) -> list[dict]:
        state = self.instance.sandbox().ask("GET", "/_sandbox/state")
        return [post for post in state["platforms"]["linkedin"]["posts"] if post["user_id"] == user]

    def expect_published_once(self, post: dict, user: str) -> dict:
        found = self.settled(post)
        self.assertEqual(found["state"], "published", found)
        live = self.live(user)
        self.assertEqual([found["external_id"]], [one["id"] for one in live], found)
        self.assertEqual(live[0]["text"], post["text"])
        self.assertEqual(found["external_url"], f"https://www.linkedin.com/feed/update/{found['external_id']}/")
        return live[0]

    def test_plain(self):
        """a text, and an image with its description, go out as they were written"""
        channel, user = self.connect()
        self.expect_published_once(self.publish(channel), user)
        channel, user = self.connect()
        live = self.expect_published_once(self.publish(channel, image=True), user)
        self.assertEqual(live["alt_text"], "a grey square")
        self.assertTrue(live["image"].startswith("urn:li:image:"), live)

    def test_lost_replies(self):
        """a post whose reply is lost is live once, under the id that the refused copy names, or else under its own"""
        begun = []
        for fault in LOST:
            for image in (False, True):
                channel, user = self.connect()
                self.fault(user, **fault)
                begun.append((self.publish(channel, image), user, fault))
        for post, user, fault in begun:
            with self.subTest(fault=fault):
                self.expect_published_once(post, user)

    def test_killed(self):
        """killed while LinkedIn answers: the next start sends again, and LinkedIn's refusal names the post"""
        channel, user = self.connect()
        self.fault(user, kind="slow", ms=600_000)
        post = self.publish(channel, image=True)
        wait_for(lambda: self.live(user), "the post has reached LinkedIn")
        self.instance.end("pulse")
        self.instance.start_pulse()
        self.expect_published_once(post, user)


if __name__ == "__main__":
    cases.run()
