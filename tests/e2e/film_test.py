#!/usr/bin/env python3
"""A film from the library to X: in constant memory, and over a kill -9 in the middle without starting over.

PULSE_FILM_MIB makes it larger than the 72 MiB that are enough to tell."""

import json
import os
import pathlib
import subprocess
import sys
import unittest
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from connecting import add_account
from films import MIB, make_film
from instance import SLOWNESS, Instance, wait_for

FILM_MIB = int(os.environ.get("PULSE_FILM_MIB", "72"))
MEMORY_LIMIT_MIB = 64 * SLOWNESS
PIECE = 2 * MIB  # what X is given at a time, at most


class Film(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("film").open()
        cls.addClassCleanup(cls.instance.close)
        cls.film = make_film(cls.instance.folder, FILM_MIB)

    def setUp(self):
        self.owner = self.instance.sign_up()
        self.project_id = self.owner.ask("POST", "/projects", {"name": "Film"}, 201)["id"]
        self.channel, self.user = add_account(self.instance, self.owner, self.project_id, "x")

    def peak_mib(self) -> float:
        """The most memory that Pulse has had since it was started."""
        for line in pathlib.Path(f"/proc/{self.instance.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
        raise AssertionError("the kernel does not tell the peak")

    def upload(self) -> str:
        address = f"http://127.0.0.1:{self.instance.port}/media?project_id={self.project_id}&name=film.mp4"
        answer = subprocess.run(
            ["curl", "-sS", "-f", "-X", "POST", "-T", str(self.film), "-H", "content-type: video/mp4", "-H",
             f"authorization: Bearer {self.owner.token}", address],
            capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        return json.loads(answer.stdout)["id"]

    def arrived(self, ending: str) -> list[dict]:
        return [line for line in self.instance.journal() if line["kind"] == "arrived" and line["account"] == self.user
                and line["path"].endswith(ending)]

    def publish(self, medium: str) -> dict:
        post = self.owner.ask("POST", "/posts", {"project_id": self.project_id, "text": f"Film {uuid.uuid4().hex}",
                                                 "media": [{"media_id": medium}], "channel_ids": [self.channel]}, 201)
        self.owner.call("POST", f"/posts/{post['id']}/publish-now")
        return post

    def expect_published(self, post: dict) -> None:
        def look():
            found = self.owner.ask("GET", f"/posts/{post['id']}")["deliveries"][0]
            return found if found["state"] in ("published", "failed", "unconfirmed") else None
        found = wait_for(look, "the film is out", 240)
        self.assertEqual(found["state"], "published", found)

    def test_film(self):
        """a film takes no more memory than its pieces, and a kill in the middle sends none of them again but what was under way"""
        before = self.peak_mib()
        medium = self.upload()
        pieces = -(-FILM_MIB * MIB // PIECE)
        self.instance.sandbox().ask("POST", "/_sandbox/faults", {
            "platform": "x", "kind": "slow", "ms": 30_000, "skip": 3,
            "match": {"method": "POST", "account": self.user, "path_prefix": "/2/media/upload/"}}, 201)
        post = self.publish(medium)
        wait_for(lambda: len(self.arrived("/append")) >= 4, "some pieces are there", 120)
        grown = self.peak_mib() - before
        self.instance.end("pulse")
        self.instance.start_pulse()
        began = self.peak_mib()
        self.expect_published(post)
        again = self.peak_mib() - began
        self.assertEqual(len(self.arrived("/initialize")), 1, "the upload was begun once")
        # Again come at most the piece whose reply was held back, and the one that was under way at the kill.
        self.assertLessEqual(len(self.arrived("/append")), pieces + 2)
        print(f"a film of {FILM_MIB} MiB: {grown:.0f} MiB more while it came and began to leave, {again:.0f} MiB more after the kill")
        self.assertLess(grown, MEMORY_LIMIT_MIB)
        self.assertLess(again, MEMORY_LIMIT_MIB)


if __name__ == "__main__":
    cases.run()
