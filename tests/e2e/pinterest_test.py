#!/usr/bin/env python3
"""Pinterest from the API to the sandbox: an account is connected by clicking and brings its boards, and pins go out
once."""

import pathlib
import sys
import unittest
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from connecting import add_account, click_through
from films import make_film
from instance import Instance, wait_for

SETTLED = ("published", "failed", "unconfirmed", "cancelled", "missed")
IMAGE = {"url": "https://example.org/picture.jpg", "alt_text": "a picture"}
FAULTS = [{}, {"kind": "accept_then_drop"}, {"kind": "drop_before"}, {"kind": "accept_then_500"},
          {"kind": "accept_then_empty_200"}, {"kind": "status", "status": 429}]


class Pinterest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("pinterest").open()
        cls.addClassCleanup(cls.instance.close)

    def setUp(self):
        self.owner = self.instance.sign_up()
        self.project_id = self.owner.ask("POST", "/projects", {"name": "Pinterest"}, 201)["id"]

    def come_back(self, decision: str) -> dict:
        return click_through(self.instance, self.owner,
                             f"/channels/pinterest/oauth/start?project_id={self.project_id}", decision)

    def connect(self) -> tuple[str, str]:
        return add_account(self.instance, self.owner, self.project_id, "pinterest")

    def publish(self, channel: str) -> dict:
        post = self.owner.ask("POST", "/posts", {"project_id": self.project_id, "title": "A pin", "image": IMAGE,
                                                 "text": f"Pin {uuid.uuid4().hex}", "channel_ids": [channel]}, 201)
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
        self.assertTrue(found["external_url"].startswith("https://www.pinterest.com/pin/"), found)

    def test_connecting(self):
        """who allows it chooses among the boards, and a board is a channel that a pin goes to; who refuses connects nothing"""
        self.assertEqual(self.come_back("deny")["result"], "denied")
        self.assertEqual(self.owner.ask("GET", "/channels/pinterest/connections")["accounts"], [])
        self.assertEqual(self.come_back("allow")["result"], "choose")
        boards = self.owner.ask("GET", "/channels/pinterest/connections")["accounts"]
        self.assertGreater(len(boards), 0, boards)
        channel = self.owner.ask("POST", "/channels", {"project_id": self.project_id, "type": "pinterest",
                                                       "account_id": boards[0]["id"]}, 201)
        found = self.settled(self.publish(channel["id"]))
        self.assertEqual(found["state"], "published", found)

    def test_image(self):
        """without an image the API says what is missing, and nothing is sent"""
        channel, user = self.connect()
        refused = self.owner.call("POST", "/posts", {"project_id": self.project_id, "text": "no image",
                                                     "channel_ids": [channel]})
        self.assertEqual(refused.status, 422, refused)
        self.assertEqual(self.accepted(user), [])

    def test_faults(self):
        """a call whose reply is lost is looked up in the list of the board: live under its own id, or sent again"""
        begun = []
        for fault in FAULTS:
            channel, user = self.connect()
            if fault:
                self.instance.sandbox().ask("POST", "/_sandbox/faults", fault | {
                    "platform": "pinterest", "match": {"method": "POST", "account": user, "path_prefix": "/v5/pins"}}, 201)
            begun.append((self.publish(channel), user))
        for post, user in begun:
            self.expect_published_once(post, user)

    def test_kill(self):
        """kill -9 while the call is on its way: the next start finds what became of it"""
        channel, user = self.connect()
        self.instance.sandbox().ask("POST", "/_sandbox/faults", {
            "platform": "pinterest", "kind": "slow", "ms": 3000,
            "match": {"method": "POST", "account": user, "path_prefix": "/v5/pins"}}, 201)
        post = self.publish(channel)
        wait_for(lambda: self.accepted(user), "the call has arrived")
        self.instance.end("pulse")
        self.instance.start_pulse()
        self.expect_published_once(post, user)

    def film_post(self, channel: str) -> tuple[dict, int]:
        """A post with a film that is to go out now, and the film's bytes."""
        film = make_film(self.instance.folder, 10).read_bytes()
        medium = self.owner.ask("POST", f"/media?project_id={self.project_id}&name=film.mp4", film, 201, timeout_s=60)["id"]
        post = self.owner.ask("POST", "/posts", {"project_id": self.project_id, "title": "A film", "text": uuid.uuid4().hex,
                                                 "media": [{"media_id": medium}], "channel_ids": [channel]}, 201)
        self.owner.call("POST", f"/posts/{post['id']}/publish-now")
        return post, len(film)

    def test_film(self):
        """a film that Pinterest has when the process is killed is not sent again, and its pin goes out once"""
        channel, user = self.connect()
        before = len(self.films_sent())
        self.instance.sandbox().ask("POST", "/_sandbox/faults", {
            "platform": "pinterest", "kind": "slow", "ms": 3000, "match": {"path_prefix": "/media-upload/"}}, 201)
        post, size = self.film_post(channel)
        wait_for(lambda: self.films_sent()[before:], "the film is on its way")
        self.instance.end("pulse")
        self.instance.start_pulse()
        self.expect_published_once(post, user)
        self.assertEqual(self.films_sent()[before:], [size])

    def test_film_cut(self):
        """a film that is cut off by a kill -9 in the middle is sent again, whole, to the place that was registered
        before, and its pin goes out once"""
        channel, user = self.connect()
        before = len(self.films_sent())
        fault = self.instance.sandbox().ask("POST", "/_sandbox/faults", {
            "platform": "pinterest", "kind": "late", "ms": 60_000, "match": {"path_prefix": "/media-upload/"}}, 201)["id"]
        post, size = self.film_post(channel)
        delivery = post["deliveries"][0]["id"]
        is_kept = f"SELECT handles ->> 'film_form' <> '' FROM deliveries WHERE id = '{delivery}'"
        wait_for(lambda: self.instance.psql(is_kept) == [["t"]], "the place of the film is kept")
        # Else it would strike the second try, which would then be what is cut off.
        wait_for(lambda: fault not in [each["id"] for each in self.instance.sandbox().ask("GET", "/_sandbox/faults")["faults"]],
                 "the fault has struck the film")
        self.instance.end("pulse")
        self.instance.start_pulse()
        self.expect_published_once(post, user)
        self.assertEqual(self.films_sent()[before:][:1], [size])
        self.assertEqual(len(self.registered(user)), 1, "one place for both")

    def registered(self, user: str) -> list[dict]:
        return [line for line in self.instance.journal() if line["kind"] == "arrived" and line["account"] == user
                and line["method"] == "POST" and line["path"] == "/v5/media"]

    def films_sent(self) -> list[int]:
        return [line["record"]["film"]["bytes"] for line in self.instance.journal()
                if line["kind"] == "arrived" and line["path"] == "/media-upload/" and line["record"]]


if __name__ == "__main__":
    cases.run()
