#!/usr/bin/env python3
"""What people do about publishing, against the real program: pause, resume, retry, decide, reconnect, and set
budgets."""

import json
import pathlib
import sys
import unittest
import uuid
from datetime import timedelta

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from instance import Instance, moment_of, now, text_of, wait_for


class Decisions(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("decisions").open()
        cls.addClassCleanup(cls.instance.close)

    def setUp(self):
        self.instance.sandbox().call("DELETE", "/_sandbox/faults")
        self.owner = self.instance.sign_up()
        self.project_id = self.owner.ask("POST", "/projects", {"name": "Decisions"}, 201)["id"]
        self.channel = self.instance.connect_x(self.owner, self.project_id)

    # --- what the cases share

    def write(self, due_in_s: float = 0, **more) -> dict:
        return self.owner.ask("POST", "/posts", {
            "project_id": self.project_id, "text": uuid.uuid4().hex,
            "scheduled_at": text_of(now() + timedelta(seconds=due_in_s))} | more, 201)

    def delivery(self, post: dict) -> dict:
        return self.owner.ask("GET", f"/deliveries/{post['deliveries'][0]['id']}")

    def wait_for_state(self, post: dict, state: str) -> dict:
        def look():
            found = self.delivery(post)
            return found if found["state"] == state else None
        return wait_for(look, f"the delivery is {state}; it is {self.delivery(post)}")

    def wait_for_question(self, post: dict) -> dict:
        def look():
            found = self.delivery(post)
            return found if found["asked_at"] else None
        return wait_for(look, "a person is asked about the late delivery")

    def refuse(self, status: int) -> None:
        """The next post of this test's account is answered so, and not done."""
        self.instance.sandbox().ask("POST", "/_sandbox/faults", {
            "platform": "x", "kind": "status", "status": status,
            "match": {"method": "POST", "account": self.channel["user"]}}, 201)

    def arrived(self) -> dict[str, str]:
        """When each text arrived at the account of this test."""
        return {json.loads(line["body"])["text"]: line["arrived_at"] for line in self.instance.journal()
                if line["kind"] == "arrived" and line["method"] == "POST" and line["account"] == self.channel["user"]}

    def event_types(self, post: dict) -> list[str]:
        return [entry["type"] for entry in self.owner.all_of(f"/posts/{post['id']}/timeline")]

    # --- the cases

    def test_pause(self):
        """Once a pause is acknowledged nothing starts, of the channel, the project or the company; resuming sends it."""
        for pausable in (f"/channels/{self.channel['id']}", f"/projects/{self.project_id}", "/company"):
            with self.subTest(pausable):
                # Fewer, in all, than X lets start at once.
                posts = [self.write(0.4 + number * 0.05) for number in range(12)]
                wait_for(lambda: posts[2]["text"] in self.arrived(), "publishing is in full swing")
                paused = self.owner.ask("POST", pausable + "/pause")
                acknowledged = now()
                begun = {each["post_id"] for each in paused["under_way"]}
                wait_for(lambda: now() > acknowledged + timedelta(seconds=1.5), "all would be out by now")
                late = {post["text"] for post in posts if post["id"] not in begun
                        and moment_of(self.arrived().get(post["text"], "2000-01-01T00:00:00Z")) > acknowledged}
                self.assertEqual(late, set())
                self.assertLess(len(self.arrived().keys() & {post["text"] for post in posts}), len(posts))
                self.assertIsNone(self.owner.ask("POST", pausable + "/resume")["paused_at"])
                for post in posts:
                    self.wait_for_state(post, "published")

    def test_late_and_asked(self):
        """What a pause has made late waits for an answer where the project says so, and is then sent or skipped."""
        self.owner.ask("PATCH", f"/projects/{self.project_id}", {"lateness": {"policy": "ask", "after_seconds": 1}})
        channel = f"/channels/{self.channel['id']}"
        self.owner.ask("POST", channel + "/pause")
        sent, skipped = self.write(), self.write()
        own = self.write(lateness={"policy": "send"})
        begun = now()
        wait_for(lambda: now() > begun + timedelta(seconds=2), "they are late")
        self.owner.ask("POST", channel + "/resume")
        self.wait_for_state(own, "published")
        self.assertEqual(self.wait_for_question(sent)["decisions"], ["send", "skip"])
        self.wait_for_question(skipped)
        self.assertEqual(self.owner.ask("GET", f"/posts/{sent['id']}")["status"], "needs_attention")
        self.assertEqual({each["id"] for each in self.owner.all_of("/deliveries?needs_decision=true")},
                         {post["deliveries"][0]["id"] for post in (sent, skipped)})
        self.owner.ask("POST", f"/deliveries/{sent['deliveries'][0]['id']}/resolve", {"decision": "send"})
        self.owner.ask("POST", f"/deliveries/{skipped['deliveries'][0]['id']}/resolve", {"decision": "skip"})
        self.wait_for_state(sent, "published")
        self.wait_for_state(skipped, "missed")
        self.assertNotIn(skipped["text"], self.arrived())

    def test_retry(self):
        """What has failed is sent once more when a person asks for it, by delivery and by post."""
        for target in ("deliveries", "posts"):
            with self.subTest(target):
                self.refuse(403)
                post = self.write()
                failed = self.wait_for_state(post, "failed")
                self.assertTrue(failed["can_retry"])
                target_id = failed["id"] if target == "deliveries" else post["id"]
                self.owner.ask("POST", f"/{target}/{target_id}/retry", status=202)
                self.assertEqual(self.wait_for_state(post, "published")["attempt"], 2)
                self.owner.ask("POST", f"/{target}/{target_id}/retry", status=409)

    def test_unconfirmed(self):
        """An unconfirmed delivery is sent again, dropped, or taken for live, as a person says."""
        def unconfirmed() -> tuple[dict, str]:
            post = self.write(86_400)
            delivery_id = post["deliveries"][0]["id"]
            self.instance.psql("UPDATE deliveries SET state = 'unconfirmed', attempt = 1, doubt_until = now(), reason = 'who knows' "
                               f"WHERE id = '{delivery_id}'")
            return post, f"/deliveries/{delivery_id}/resolve"
        post, address = unconfirmed()
        self.owner.ask("POST", address, {"decision": "send"}, 409)
        self.owner.ask("POST", address, {"decision": "send_again"})
        self.wait_for_state(post, "published")
        self.assertIn(post["text"], self.arrived())
        post, address = unconfirmed()
        self.owner.ask("POST", address, {"decision": "drop"})
        self.assertEqual(self.delivery(post)["state"], "failed")
        post, address = unconfirmed()
        self.owner.ask("POST", address, {"decision": "is_live", "external_url": "https://x.com/acme/status/17"})
        self.assertEqual(self.delivery(post)["external_id"], "17")
        self.assertNotIn(post["text"], self.arrived())

    def test_reconnect(self):
        """Refused credentials switch the channel off and hold its posts; connecting the account again sends them."""
        self.refuse(401)
        post = self.write()
        channel = f"/channels/{self.channel['id']}"
        wait_for(lambda: not self.owner.ask("GET", channel)["is_active"], "the channel is switched off")
        self.assertIn("ChannelAuthFailed", self.event_types(post))
        held = self.delivery(post)
        self.assertEqual(held["state"], "waiting")
        account = {"external_user_id": self.channel["user"], "access_token": self.channel["token"]}
        self.owner.ask("PATCH", channel, {"account": account})
        self.wait_for_state(post, "published")

    def test_budget(self):
        """A company's own budget holds its posts back."""
        self.owner.ask("PUT", "/rate-limits/x/account", {"posts": 1, "window_seconds": 3600})
        first, second = self.write(), self.write(0.2)
        self.wait_for_state(first, "published")
        wait_for(lambda: now() > moment_of(second["scheduled_at"]) + timedelta(seconds=1.5), "the second one is due")
        self.assertEqual(self.delivery(second)["state"], "waiting")
        self.assertNotIn(second["text"], self.arrived())


if __name__ == "__main__":
    cases.run()
