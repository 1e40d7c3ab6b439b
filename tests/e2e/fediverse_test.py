#!/usr/bin/env python3
"""Mastodon and Bluesky from the API to the sandbox: connected as people do, and posts go out once, whatever is lost."""

import pathlib
import sys
import unittest
import urllib.parse
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from connecting import click_through
from instance import Instance, wait_for

SETTLED = ("published", "failed", "unconfirmed", "cancelled", "missed")
FAULTS = [{}, {"kind": "accept_then_drop"}, {"kind": "drop_before"}, {"kind": "accept_then_500"},
          {"kind": "accept_then_empty_200"}, {"kind": "cut", "bytes": 40}]
CALLS = {"mastodon": "/api/v1/statuses", "bluesky": "/xrpc/com.atproto.repo.putRecord"}


class Fediverse(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("fediverse").open()
        cls.addClassCleanup(cls.instance.close)

    def setUp(self):
        self.owner = self.instance.sign_up()
        self.project_id = self.owner.ask("POST", "/projects", {"name": "Fediverse"}, 201)["id"]

    def come_back(self, decision: str) -> dict:
        return click_through(self.instance, self.owner,
                             f"/channels/mastodon/oauth/start?instance=social.example.org&project_id={self.project_id}", decision)

    def connect(self, platform: str) -> tuple[str, str]:
        """A channel of its own account at the sandbox, and the account's id there."""
        token, number = "token-" + uuid.uuid4().hex, str(uuid.uuid4().int % 10**12 + 1)
        user = number if platform == "mastodon" else "did:plc:" + uuid.uuid4().hex
        known = user + "@social.example.org" if platform == "mastodon" else user
        handle = "u" + number + ("" if platform == "mastodon" else ".example")
        self.instance.sandbox().ask("POST", "/_sandbox/accounts", {"platform": platform, "token": token, "user_id": user,
                                                                  "username": handle}, 201)
        made = self.owner.ask("POST", "/channels", {"project_id": self.project_id, "type": platform, "account": {
            "external_user_id": known, "handle": handle, "access_token": token}}, 201)
        return made["id"], user

    def publish(self, channel: str, image: bool = False) -> dict:
        body = {"project_id": self.project_id, "text": f"Post {uuid.uuid4().hex} #news", "channel_ids": [channel]}
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
        return wait_for(look, "the delivery is settled", 120)

    def live(self, platform: str, user: str) -> list[dict]:
        state = self.instance.sandbox().ask("GET", "/_sandbox/state")
        return [post for post in state["platforms"][platform]["posts"] if post["user_id"] == user]

    def expect_published_once(self, platform: str, post: dict, user: str) -> dict:
        found = self.settled(post)
        self.assertEqual(found["state"], "published", found)
        live = self.live(platform, user)
        self.assertEqual([found["external_id"]], [one["id"] for one in live], found)
        self.assertEqual(live[0]["text"], post["text"])
        return live[0]

    def test_connecting_at_an_instance(self):
        """who allows it has a channel that a post goes to; who refuses connects nothing; what is no server is told at the field"""
        self.assertEqual(self.come_back("deny")["result"], "denied")
        self.assertEqual(self.owner.ask("GET", "/channels/mastodon/connections")["accounts"], [])
        self.assertEqual(self.come_back("allow")["result"], "connected")
        account = self.owner.ask("GET", "/channels/mastodon/connections")["accounts"][0]
        self.assertTrue(account["external_user_id"].endswith("@social.example.org"), account)
        channels = self.owner.ask("GET", f"/channels?project_id={self.project_id}")["items"]
        found = self.settled(self.publish([one["id"] for one in channels if one["type"] == "mastodon"][0]))
        self.assertEqual(found["state"], "published", found)
        for wrong in ("", "http://social.example.org", "social.example.org/path", "10.0.0.1", "169.254.169.254"):
            refused = self.owner.call("GET", f"/channels/mastodon/oauth/start?instance={urllib.parse.quote(wrong)}")
            self.assertEqual(refused.status, 422, (wrong, refused))
            self.assertEqual(refused.json()["errors"][0]["parameter"], "instance", refused)

    def test_app_password(self):
        """a handle and an app password make a channel that a post goes to; a wrong password connects nothing"""
        body = {"identifier": "pulse-demo.bsky.social", "app_password": "sand-boxx-pass-word", "project_id": self.project_id}
        refused = self.owner.call("POST", "/channels/bluesky/connect", body | {"app_password": "wrong"})
        self.assertEqual((refused.status, refused.json()["errors"][0]["pointer"]), (422, "/app_password"), refused)
        made = self.owner.ask("POST", "/channels/bluesky/connect", body)
        self.assertEqual(made, {"provider": "bluesky", "result": "connected", "accounts": 1})
        channels = self.owner.ask("GET", f"/channels?project_id={self.project_id}")["items"]
        found = self.settled(self.publish([one["id"] for one in channels if one["type"] == "bluesky"][0]))
        self.assertEqual(found["state"], "published", found)
        self.assertTrue(found["external_url"].startswith("https://bsky.app/profile/did:plc:"), found)

    def test_pictures(self):
        """a picture goes out with its description"""
        channel, user = self.connect("mastodon")
        live = self.expect_published_once("mastodon", self.publish(channel, image=True), user)
        self.assertEqual(live["alt_texts"], ["a grey square"])
        channel, user = self.connect("bluesky")
        live = self.expect_published_once("bluesky", self.publish(channel, image=True), user)
        self.assertEqual(live["record"]["embed"]["images"][0]["alt"], "a grey square")
        self.assertEqual(len(live["record"]["facets"]), 1)

    def test_faults(self):
        """a post whose reply is lost is live once"""
        begun = []
        for platform, path in CALLS.items():
            for fault in FAULTS:
                channel, user = self.connect(platform)
                if fault:
                    self.instance.sandbox().ask("POST", "/_sandbox/faults", fault | {
                        "platform": platform, "match": {"method": "POST", "account": user, "path_prefix": path}}, 201)
                begun.append((platform, self.publish(channel), user))
        for platform, post, user in begun:
            self.expect_published_once(platform, post, user)

    def test_kill(self):
        """kill -9 while the calls are on their way: the next start finds what became of them"""
        begun = []
        for platform, path in CALLS.items():
            channel, user = self.connect(platform)
            self.instance.sandbox().ask("POST", "/_sandbox/faults", {
                "platform": platform, "kind": "slow", "ms": 3000,
                "match": {"method": "POST", "account": user, "path_prefix": path}}, 201)
            begun.append((platform, self.publish(channel), user))
        for platform, _, user in begun:
            wait_for(lambda platform=platform, user=user: self.live(platform, user), "the call has arrived")
        self.instance.end("pulse")
        self.instance.start_pulse()
        for platform, post, user in begun:
            self.expect_published_once(platform, post, user)

    def test_threads(self):
        """a thread goes out part by part and each part once, also when a reply is lost and when Pulse is killed in the middle"""
        words = uuid.uuid4().hex
        texts = [f"Part {number} {words}" for number in (1, 2, 3)]
        begun = []
        for platform, path in CALLS.items():
            for wrong in ({"kind": "accept_then_drop"}, {"kind": "slow", "ms": 3000}):
                channel, user = self.connect(platform)
                self.instance.sandbox().ask("POST", "/_sandbox/faults", wrong | {"platform": platform, "match": {
                    "method": "POST", "account": user, "path_prefix": path, "body_contains": texts[1]}}, 201)
                post = self.owner.ask("POST", "/posts", {
                    "project_id": self.project_id, "text": texts[0], "channel_ids": [channel],
                    "options": {platform: {"thread": "\n---\n".join(texts[1:])}}}, 201)
                self.owner.call("POST", f"/posts/{post['id']}/publish-now")
                begun.append((platform, post, user, wrong["kind"]))
        for platform, _, user, kind in begun:
            if kind == "slow":
                wait_for(lambda platform=platform, user=user: len(self.live(platform, user)) > 1, "the second part has arrived")
        self.instance.end("pulse")
        self.instance.start_pulse()
        for platform, post, user, kind in begun:
            found = self.settled(post)
            self.assertEqual(found["state"], "published", (platform, kind, found))
            live = sorted(self.live(platform, user), key=lambda one: one["text"])
            self.assertEqual([one["text"] for one in live], texts, (platform, kind))
            self.assertEqual(found["external_id"], live[0]["id"])
            above = [one["reply_to"] if platform == "mastodon" else one["record"].get("reply", {}).get("parent", {}).get("uri", "")
                     for one in live]
            self.assertEqual(above, ["", live[0]["id"], live[1]["id"]], (platform, kind))


if __name__ == "__main__":
    cases.run()
