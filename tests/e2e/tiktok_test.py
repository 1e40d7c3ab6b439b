#!/usr/bin/env python3
"""TikTok from the API to the sandbox: an account is connected by clicking, what must be chosen is, and posts go out
once."""

import pathlib
import sys
import unittest
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from connecting import add_account, click_through
from instance import Instance, wait_for

SETTLED = ("published", "failed", "unconfirmed", "cancelled", "missed")
IMAGE = {"url": "https://example.org/picture.jpg", "alt_text": "a picture"}
INIT = "/v2/post/publish/content/init/"
OPTIONS = {"tiktok": {"privacy_level": "SELF_ONLY", "disclosure": "own_brand"}}
# What is lost after TikTok may have published is for a person: a post that is not public is listed nowhere.
FAULTS = [({}, "published"), ({"kind": "pending", "ms": 16_000}, "published"), ({"kind": "status", "status": 429}, "published"),
          ({"kind": "accept_then_drop"}, "unconfirmed"), ({"kind": "fails_processing"}, "failed")]


class TikTok(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("tiktok").open()
        cls.addClassCleanup(cls.instance.close)

    def setUp(self):
        self.owner = self.instance.sign_up()
        self.project_id = self.owner.ask("POST", "/projects", {"name": "TikTok"}, 201)["id"]

    def come_back(self, decision: str) -> dict:
        return click_through(self.instance, self.owner,
                             f"/channels/tiktok/oauth/start?project_id={self.project_id}", decision)

    def connect(self) -> tuple[str, str]:
        return add_account(self.instance, self.owner, self.project_id, "tiktok")

    def publish(self, channel: str, options: dict = OPTIONS) -> dict:
        post = self.owner.ask("POST", "/posts", {"project_id": self.project_id, "image": IMAGE, "options": options,
                                                 "text": f"Post {uuid.uuid4().hex}", "channel_ids": [channel]}, 201)
        self.owner.call("POST", f"/posts/{post['id']}/publish-now")
        return post

    def settled(self, post: dict) -> dict:
        def look():
            found = self.owner.ask("GET", f"/posts/{post['id']}")["deliveries"][0]
            return found if found["state"] in SETTLED else None
        return wait_for(look, "the delivery is settled", 120)

    def accepted(self, user: str) -> list[str]:
        return [line["external_id"] for line in self.instance.journal()
                if line["kind"] == "arrived" and line["account"] == user and line["decision"] == "accepted"]

    def expect_published_once(self, post: dict, user: str) -> None:
        found = self.settled(post)
        self.assertEqual(found["state"], "published", found)
        self.assertEqual([found["external_id"]], self.accepted(user), found)

    def test_connecting(self):
        """who allows it has a channel at once, and a post that goes to the account alone; who refuses connects nothing"""
        self.assertEqual(self.come_back("deny")["result"], "denied")
        self.assertEqual(self.owner.ask("GET", "/channels/tiktok/connections")["accounts"], [])
        self.assertEqual(self.come_back("allow")["result"], "connected")
        channels = self.owner.all_of(f"/channels?project_id={self.project_id}")
        self.assertEqual([one["type"] for one in channels], ["tiktok"])
        found = self.settled(self.publish(channels[0]["id"]))
        self.assertEqual(found["state"], "published", found)

    def test_choice(self):
        """without who can see it and what it promotes nothing is stored, and nothing is sent"""
        channel, user = self.connect()
        refused = self.owner.call("POST", "/posts", {"project_id": self.project_id, "text": "for whom?", "image": IMAGE,
                                                     "channel_ids": [channel]})
        self.assertEqual(refused.status, 422, refused)
        self.assertEqual({one["pointer"] for one in refused.json()["errors"]},
                         {"/options/tiktok/privacy_level", "/options/tiktok/disclosure"})
        self.assertEqual(self.accepted(user), [])

    def test_public(self):
        """what is for everyone has an address at TikTok"""
        channel, user = self.connect()
        found = self.settled(self.publish(channel, {"tiktok": OPTIONS["tiktok"] | {"privacy_level": "PUBLIC_TO_EVERYONE"}}))
        self.assertEqual(found["state"], "published", found)
        self.assertTrue(found["external_url"].startswith(f"https://www.tiktok.com/@u{user}/photo/"), found)

    def test_faults(self):
        """a post that takes its time is looked up by its id; what is lost is told, and never sent again"""
        begun = []
        for fault, state in FAULTS:
            channel, user = self.connect()
            if fault:
                self.instance.sandbox().ask("POST", "/_sandbox/faults", fault | {
                    "platform": "tiktok", "match": {"method": "POST", "account": user, "path_prefix": INIT}}, 201)
            begun.append((self.publish(channel), user, fault, state))
        for post, user, fault, state in begun:
            found = self.settled(post)
            self.assertEqual(found["state"], state, (fault, found))
            self.assertEqual(len(self.accepted(user)), 1, (fault, found))

    def test_kill(self):
        """kill -9 while TikTok works on a post: the next start looks it up and sends nothing"""
        channel, user = self.connect()
        self.instance.sandbox().ask("POST", "/_sandbox/faults", {
            "platform": "tiktok", "kind": "pending", "ms": 5000,
            "match": {"method": "POST", "account": user, "path_prefix": INIT}}, 201)
        post = self.publish(channel)
        looks = lambda: [line for line in self.instance.journal() if line["kind"] == "arrived" and line["account"] == user
                         and line["path"].endswith("/status/fetch/")]
        wait_for(looks, "the post is looked at")
        self.instance.end("pulse")
        self.instance.start_pulse()
        self.expect_published_once(post, user)


if __name__ == "__main__":
    cases.run()
