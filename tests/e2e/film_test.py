#!/usr/bin/env python3
"""A film from the library to a platform: in constant memory, and over a kill -9 in the middle without starting over.

PULSE_FILM_MIB makes it larger than the 72 MiB that are enough to tell: to 1024. X takes 512; what is larger goes to Facebook."""

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
PATIENCE_S = 240 + FILM_MIB


class X:
    name = "x"
    piece = 2 * MIB  # what it is given at a time, at most
    faults = "/2/media/upload/"

    @staticmethod
    def is_begin(line: dict) -> bool:
        return line["path"].endswith("/initialize")

    @staticmethod
    def is_piece(line: dict) -> bool:
        return line["path"].endswith("/append")


class Facebook:
    name = "facebook"
    piece = MIB
    faults = "/v26.0/"

    @staticmethod
    def is_begin(line: dict) -> bool:
        return line["path"].endswith("/videos") and "upload_phase=start" in line["body"]

    @staticmethod
    def is_piece(line: dict) -> bool:
        return line["path"].endswith("/videos") and "upload_phase=" not in line["body"]


PLATFORM = X if FILM_MIB <= 512 else Facebook


class Film(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("film").open()
        cls.addClassCleanup(cls.instance.close)
        cls.film = make_film(cls.instance.folder, FILM_MIB)

    def setUp(self):
        self.owner = self.instance.sign_up()
        self.project_id = self.owner.ask("POST", "/projects", {"name": "Film"}, 201)["id"]
        self.channel, self.user = add_account(self.instance, self.owner, self.project_id, PLATFORM.name)

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
            capture_output=True, text=True, timeout=PATIENCE_S, check=False)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        return json.loads(answer.stdout)["id"]

    def arrived(self, which) -> int:
        return sum(1 for line in self.instance.journal() if line["kind"] == "arrived" and line["account"] == self.user
                   and which(line))

    def publish(self, medium: str) -> dict:
        post = self.owner.ask("POST", "/posts", {"project_id": self.project_id, "text": f"Film {uuid.uuid4().hex}",
                                                 "media": [{"media_id": medium}], "channel_ids": [self.channel]}, 201)
        self.owner.call("POST", f"/posts/{post['id']}/publish-now")
        return post

    def expect_published(self, post: dict) -> None:
        def look():
            found = self.owner.ask("GET", f"/posts/{post['id']}")["deliveries"][0]
            return found if found["state"] in ("published", "failed", "unconfirmed") else None
        found = wait_for(look, "the film is out", PATIENCE_S)
        self.assertEqual(found["state"], "published", found)

    def test_film(self):
        """a film takes no more memory than its pieces, and a kill in the middle sends none of them again but what was under way"""
        before = self.peak_mib()
        medium = self.upload()
        pieces = -(-FILM_MIB * MIB // PLATFORM.piece)
        middle = pieces // 2
        self.instance.sandbox().ask("POST", "/_sandbox/faults", {
            "platform": PLATFORM.name, "kind": "slow", "ms": 30_000, "skip": middle,
            "match": {"method": "POST", "account": self.user, "path_prefix": PLATFORM.faults}}, 201)
        post = self.publish(medium)
        wait_for(lambda: self.arrived(PLATFORM.is_piece) >= middle, "half of the pieces are there", PATIENCE_S)
        grown = self.peak_mib() - before
        self.instance.end("pulse")
        self.instance.start_pulse()
        began = self.peak_mib()
        self.expect_published(post)
        again = self.peak_mib() - began
        self.assertEqual(self.arrived(PLATFORM.is_begin), 1, "the upload was begun once")
        # Again come at most the piece whose reply was held back, and the one that was under way at the kill.
        sent = self.arrived(PLATFORM.is_piece)
        self.assertLessEqual(sent, pieces + 2)
        print(f"a film of {FILM_MIB} MiB to {PLATFORM.name}: {sent} requests for {pieces} pieces; {grown:.0f} MiB more while it came and "
              f"began to leave, {again:.0f} MiB more after the kill, {began + again:.0f} MiB at most then")
        self.assertLess(grown, MEMORY_LIMIT_MIB)
        self.assertLess(again, MEMORY_LIMIT_MIB)


if __name__ == "__main__":
    cases.run()
