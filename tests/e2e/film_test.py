#!/usr/bin/env python3
"""A film into the library and from it to a platform: in constant memory, and over a kill -9 in the middle of each
without starting over.

PULSE_FILM_MIB makes it larger than the 72 MiB that are enough to tell: to 1024. X takes 512; what is larger goes to
Facebook. PULSE_FILM_STORE=bucket keeps it in an S3 bucket instead of a folder."""

import os
import pathlib
import sys
import unittest
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from buckets import bucket_settings, parts_sent
from connecting import add_account
from films import MIB, make_film
from instance import SLOWNESS, Instance, wait_for

FILM_MIB = int(os.environ.get("PULSE_FILM_MIB", "72"))
MEMORY_LIMIT_MIB = 64 * SLOWNESS
PATIENCE_S = 240 + FILM_MIB
STORE = os.environ.get("PULSE_FILM_STORE", "folder")
SENT_AT_ONCE = 16 * MIB  # of the upload: in a bucket two parts
BUCKET_PART = 8 * MIB    # actors/media/bucket_store: what a bucket is sent at a time


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
        cls.instance = Instance("film")
        cls.addClassCleanup(cls.instance.close)
        if STORE == "bucket":
            cls.instance.settings = bucket_settings(cls.instance)
        cls.instance.open()
        cls.film = make_film(cls.instance.folder, FILM_MIB)

    def setUp(self):
        self.owner = self.instance.sign_up()
        self.project_id = self.owner.ask("POST", "/projects", {"name": "Film"}, 201)["id"]
        self.channel, self.user = add_account(self.instance, self.owner, self.project_id, PLATFORM.name)
        self.began_mib = self.peak_mib()

    def peak_mib(self) -> float:
        """The most memory that Pulse has had since it was started."""
        for line in pathlib.Path(f"/proc/{self.instance.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
        raise AssertionError("the kernel does not tell the peak")

    def kill(self) -> float:
        """With -9, and it starts again; how much more memory it had come to need since it was started."""
        grown = self.peak_mib() - self.began_mib
        self.instance.end("pulse")
        self.instance.start_pulse()
        self.began_mib = self.peak_mib()
        return grown

    def tus(self, method: str, path: str, body: bytes | None = None, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.owner.call(method, path, body, headers={"tus-resumable": "1.0.0"} | named, timeout_s=PATIENCE_S)

    def send(self, at: str, begin: int, end: int) -> None:
        with self.film.open("rb") as film:
            film.seek(begin)
            while begin < end:
                piece = film.read(min(SENT_AT_ONCE, end - begin))
                answer = self.tus("PATCH", at, piece, content_type="application/offset+octet-stream", upload_offset=str(begin))
                self.assertEqual(answer.status, 204, answer)
                begin += len(piece)

    def upload(self) -> tuple[str, float]:
        """The medium, and what the first half took of memory: in the middle Pulse is killed."""
        size = FILM_MIB * MIB
        begun = self.tus("POST", f"/media?project_id={self.project_id}&name=film.mp4", upload_length=str(size))
        self.assertEqual(begun.status, 201, begun)
        at = begun.headers["location"]
        half = size // 2 // SENT_AT_ONCE * SENT_AT_ONCE
        self.send(at, 0, half)
        grown = self.kill()
        self.assertEqual(int(self.tus("HEAD", at).headers["upload-offset"]), half, "what was acknowledged is there")
        self.send(at, half, size)
        if STORE == "bucket":
            self.assertEqual(parts_sent(self.instance), -(-size // BUCKET_PART), "no part is sent twice")
        return at.rsplit("/", 1)[1], grown

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
        medium, came = self.upload()
        pieces = -(-FILM_MIB * MIB // PLATFORM.piece)
        middle = pieces // 2
        self.instance.sandbox().ask("POST", "/_sandbox/faults", {
            "platform": PLATFORM.name, "kind": "slow", "ms": 30_000, "skip": middle,
            "match": {"method": "POST", "account": self.user, "path_prefix": PLATFORM.faults}}, 201)
        post = self.publish(medium)
        wait_for(lambda: self.arrived(PLATFORM.is_piece) >= middle, "half of the pieces are there", PATIENCE_S)
        left = self.kill()
        self.expect_published(post)
        again = self.peak_mib() - self.began_mib
        self.assertEqual(self.arrived(PLATFORM.is_begin), 1, "the upload was begun once")
        # Again come at most the piece whose reply was held back, and the one that was under way at the kill.
        sent = self.arrived(PLATFORM.is_piece)
        self.assertLessEqual(sent, pieces + 2)
        print(f"a film of {FILM_MIB} MiB from a {STORE} to {PLATFORM.name}: {sent} requests for {pieces} pieces; {came:.0f} MiB more while its "
              f"first half came, {left:.0f} after a kill while the second came and half of it left, {again:.0f} after another while the rest "
              f"left; {self.peak_mib():.0f} MiB at most then")
        for grown in (came, left, again):
            self.assertLess(grown, MEMORY_LIMIT_MIB)


if __name__ == "__main__":
    cases.run()
