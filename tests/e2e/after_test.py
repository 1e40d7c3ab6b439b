#!/usr/bin/env python3
"""A post that is out is taken back: at the platforms that let programs, also when Pulse is killed in the middle of
it."""

import pathlib
import sys
import unittest
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from connecting import add_account, click_through
from instance import Instance, wait_for


class After(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("after").open()
        cls.addClassCleanup(cls.instance.close)

    def setUp(self):
        self.owner = self.instance.sign_up()
        self.project_id = self.owner.ask("POST", "/projects", {"name": "After"}, 201)["id"]

    def publish(self, channels: list[str]) -> dict:
        post = self.owner.ask("POST", "/posts", {"project_id": self.project_id, "text": f"Post {uuid.uuid4().hex}",
                                                 "channel_ids": channels}, 201)
        self.owner.call("POST", f"/posts/{post['id']}/publish-now")
        wait_for(lambda: self.owner.ask("GET", f"/posts/{post['id']}")["status"] == "published", "it is published")
        return post

    def live(self, platform: str, user: str) -> list[dict]:
        state = self.instance.sandbox().ask("GET", "/_sandbox/state")
        return [one for one in state["platforms"][platform]["posts"] if one["user_id"] == user]

    def is_gone(self, post: dict) -> bool:
        return self.owner.call("GET", f"/posts/{post['id']}").status == 404

    def delete(self, post: dict) -> dict:
        return self.owner.ask("DELETE", f"/posts/{post['id']}?everywhere=true", status=202)

    def test_everywhere(self):
        """a post is deleted at every platform that lets Pulse, and gone from Pulse when all of them have"""
        accounts = {name: add_account(self.instance, self.owner, self.project_id, name) for name in ("x", "linkedin", "facebook")}
        post = self.publish([channel for channel, _ in accounts.values()])
        for name, (_, user) in accounts.items():
            self.assertEqual(len(self.live(name, user)), 1, name)
        asked = self.delete(post)
        self.assertFalse(asked["is_deleted"])
        self.assertEqual({one["change_state"] for one in asked["items"]}, {"waiting"})
        wait_for(lambda: self.is_gone(post), "the post is gone")
        for name, (_, user) in accounts.items():
            self.assertEqual(self.live(name, user), [], name)

    def test_kill(self):
        """kill -9 while one platform deletes and another is sent a comment: the next start asks once more, and each is done once"""
        channel, user = add_account(self.instance, self.owner, self.project_id, "x")
        post = self.publish([channel])
        self.instance.sandbox().ask("POST", "/_sandbox/faults", {
            "platform": "x", "kind": "slow", "ms": 20_000, "match": {"method": "DELETE", "account": user}}, 201)
        commented, delivery, account = self.publish_refused("facebook")
        comment = commented["options"]["facebook"]["first_comment"]
        self.fault_comment("facebook", account, comment, kind="slow", ms=20_000)
        self.delete(post)
        self.owner.ask("POST", f"/deliveries/{delivery['id']}/retry", {}, 202)
        wait_for(lambda: self.live("x", user) == [], "X has deleted it, and has not answered")
        wait_for(lambda: self.comments("facebook", comment) == 1, "Facebook has the comment, and has not answered", 60)
        self.instance.end("pulse")
        self.instance.start_pulse()
        wait_for(lambda: self.is_gone(post), "the post is gone", 120)
        wait_for(lambda: self.told(commented, "PublicationCommented") == 1, "the comment is found", 120)
        self.assertEqual(self.comments("facebook", comment), 1)
        calls = [line for line in self.instance.journal()
                 if line["kind"] == "arrived" and line["account"] == user and line["method"] == "DELETE"]
        self.assertEqual(len(calls), 2, calls)

    def test_edit(self):
        """the words of a post on LinkedIn are changed, and a platform that lets no program says so"""
        channel, user = add_account(self.instance, self.owner, self.project_id, "linkedin")
        post = self.publish([channel])
        delivery = self.owner.ask("GET", f"/posts/{post['id']}")["deliveries"][0]["id"]
        self.owner.ask("POST", f"/deliveries/{delivery}/edit", {"text": "Other words"}, 202)
        wait_for(lambda: [one["text"] for one in self.live("linkedin", user)] == ["Other words"], "the words are changed")
        refused, _ = add_account(self.instance, self.owner, self.project_id, "x")
        post = self.publish([refused])
        delivery = self.owner.ask("GET", f"/posts/{post['id']}")["deliveries"][0]["id"]
        answer = self.owner.call("POST", f"/deliveries/{delivery}/edit", {"text": "Other words"})
        self.assertEqual(answer.json()["code"], "not_editable", answer)

    # --- a first comment that was refused ---

    def publish_refused(self, platform: str) -> tuple[dict, dict, str]:
        """A post that is out, whose first comment its platform refused; its delivery, and the comment's text."""
        channel, user = add_account(self.instance, self.owner, self.project_id, platform)
        comment = "Comment" + uuid.uuid4().hex
        self.fault_comment(platform, user, comment, kind="status", status=403)
        body = {"project_id": self.project_id, "text": f"Post {uuid.uuid4().hex}", "channel_ids": [channel],
                "options": {platform: {"first_comment": comment}}}
        if platform == "instagram":
            body["image"] = {"url": "https://example.org/picture.jpg", "alt_text": "a picture"}
        post = self.owner.ask("POST", "/posts", body, 201)
        self.owner.call("POST", f"/posts/{post['id']}/publish-now")
        wait_for(lambda: self.delivery_of(post)["state"] == "published", "it is published", 60)
        delivery = self.owner.ask("GET", f"/deliveries/{self.delivery_of(post)['id']}")
        self.assertIn("its first comment was refused", delivery["reason"])
        self.assertTrue(delivery["is_comment_missing"] and delivery["can_retry"], delivery)
        self.assertEqual(self.comments(platform, comment), 0)
        return post, delivery, user

    def fault_comment(self, platform: str, user: str, comment: str, **fault) -> None:
        self.instance.sandbox().ask("POST", "/_sandbox/faults", fault | {
            "platform": platform, "match": {"method": "POST", "account": user, "body_contains": comment}}, 201)

    def delivery_of(self, post: dict) -> dict:
        return self.owner.ask("GET", f"/posts/{post['id']}")["deliveries"][0]

    def comments(self, platform: str, text: str) -> int:
        state = self.instance.sandbox().ask("GET", "/_sandbox/state")
        return sum(1 for one in state["platforms"][platform]["comments"] if one["text"] == text)

    def comment_again(self, platform: str, post: dict, delivery: dict, user: str) -> None:
        self.owner.ask("POST", f"/deliveries/{delivery['id']}/retry", {}, 202)
        comment = post["options"][platform]["first_comment"]
        wait_for(lambda: not self.owner.ask("GET", f"/deliveries/{delivery['id']}")["is_comment_missing"]
                 and self.told(post, "PublicationCommented"), "the comment is out", 90)
        self.assertEqual(self.comments(platform, comment), 1)
        self.assertEqual(len(self.live(platform, user)), 1)
        self.assertEqual(self.told(post, "PublishSucceeded"), 1)

    def told(self, post: dict, kind: str) -> int:
        return sum(1 for one in self.owner.ask("GET", f"/posts/{post['id']}/timeline")["items"] if one["type"] == kind)

    def test_comment(self):
        """a first comment that was refused is sent once more, alone: once at LinkedIn, Facebook and Instagram"""
        for platform in ("linkedin", "facebook", "instagram"):
            with self.subTest(platform):
                post, delivery, user = self.publish_refused(platform)
                self.comment_again(platform, post, delivery, user)

    def connect(self, provider: str) -> str:
        """Connects by clicking; the login's id."""
        start = f"/channels/{provider}/oauth/start?project_id={self.project_id}"
        if provider == "mastodon":
            start += "&instance=social.example.org"
        self.assertEqual(click_through(self.instance, self.owner, start, "allow")["result"], "connected")
        return self.owner.ask("GET", f"/channels/{provider}/connections")["logins"][0]["id"]

    def test_revoke(self):
        """who disconnects a login has its tokens forgotten here, and revoked at the platform"""
        for provider, path in (("x", "/2/oauth2/revoke"), ("linkedin", "/oauth/v2/revoke"), ("tiktok", "/v2/oauth/revoke/"),
                               ("mastodon", "/oauth/revoke")):
            login = self.connect(provider)
            self.owner.call("DELETE", f"/channels/{provider}/connections/{login}")
            def told():
                events = self.owner.ask("GET", "/analytics/activity-stream?limit=50")["items"]
                return [one for one in events if one["type"] == "AccountRevoked"]
            wait_for(lambda: [one for one in self.instance.journal() if one["kind"] == "arrived" and one["path"].endswith(path)
                              and one["decision"] == "done"], f"{provider} has revoked")
            wait_for(told, "it is told")
            self.assertTrue(self.owner.ask("GET", f"/channels/{provider}/connections")["logins"][0]["needs_reconnect"])


if __name__ == "__main__":
    cases.run()
