#!/usr/bin/env python3
"""Pictures and films in a bucket: uploaded over a kill -9, published, removed; and what is said when the bucket does
not serve."""

import hashlib
import pathlib
import sys
import unittest
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from buckets import BUCKET, bucket_settings, parts_sent
from connecting import add_account
from films import MIB, make_film
from instance import Client, Instance, free_port, wait_for

FILM_MIB = 21


class Bucket(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("bucket")
        cls.addClassCleanup(cls.instance.close)
        cls.instance.settings = bucket_settings(cls.instance)
        cls.instance.open()
        cls.film = make_film(cls.instance.folder, FILM_MIB).read_bytes()
        (cls.instance.folder / "small").mkdir()
        cls.small = make_film(cls.instance.folder / "small", 2).read_bytes()

    def setUp(self):
        self.owner = self.instance.sign_up()
        self.project_id = self.owner.ask("POST", "/projects", {"name": "Film"}, 201)["id"]
        self.before = set(self.bucket()["objects"])

    def tus(self, method: str, path: str, body: bytes | None = None, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.owner.call(method, path, body, headers={"tus-resumable": "1.0.0"} | named, timeout_s=60)

    def send_part(self, at: str, offset: int, end: int) -> None:
        answer = self.tus("PATCH", at, self.film[offset:end], content_type="application/offset+octet-stream",
                          upload_offset=str(offset))
        self.assertEqual(answer.status, 204, answer)

    def objects(self) -> dict:
        """Sizes of what this test has brought."""
        return {key: size for key, size in self.bucket()["objects"].items() if key not in self.before}

    def bucket(self) -> dict:
        return self.instance.sandbox().ask("GET", "/_sandbox/state")["platforms"]["s3"]["buckets"][BUCKET]

    def test_life(self):
        """a film comes in over a kill -9 without starting over, is shown and published from the bucket, and leaves it again"""
        begun = self.tus("POST", f"/media?project_id={self.project_id}&name=film.mp4", upload_length=str(len(self.film)))
        at = begun.headers["location"]
        self.send_part(at, 0, 18 * MIB)
        self.assertEqual(parts_sent(self.instance), 2)
        self.instance.end("pulse")
        self.instance.start_pulse()
        self.assertEqual(self.tus("HEAD", at).headers["upload-offset"], str(18 * MIB))
        self.send_part(at, 18 * MIB, len(self.film))
        self.assertEqual(parts_sent(self.instance), 3, "none is sent twice")
        self.assertEqual(self.bucket()["uploads"], {})
        self.assertEqual(sorted(size == len(self.film) for size in self.objects().values()), [False, True])
        medium = self.owner.ask("GET", "/media/" + at.rsplit("/", 1)[1])
        self.check_shown(medium)
        post = self.publish(medium["id"])
        self.owner.ask("DELETE", f"/media/{medium['id']}", status=409)
        self.owner.ask("DELETE", f"/posts/{post}", status=204)
        self.owner.ask("DELETE", f"/media/{medium['id']}", status=204)
        self.instance.end("pulse")  # housekeeping begins with the process, and later comes seldom
        self.instance.start_pulse()
        wait_for(lambda: not self.objects(), "the bucket is empty")

    def check_shown(self, medium: dict) -> None:
        path = medium["url"].split("/", 3)[3]
        whole = Client(self.instance.port).call("GET", "/" + path, timeout_s=60)
        self.assertEqual(hashlib.sha256(whole.body).digest(), hashlib.sha256(self.film).digest())
        piece = Client(self.instance.port).call("GET", "/" + path, headers={"range": "bytes=9000000-9000099"})
        self.assertEqual((piece.status, piece.body), (206, self.film[9000000:9000100]))

    def publish(self, medium: str) -> str:
        channel, _ = add_account(self.instance, self.owner, self.project_id, "x")
        post = self.owner.ask("POST", "/posts", {"project_id": self.project_id, "text": f"Film {uuid.uuid4().hex}",
                                                 "media": [{"media_id": medium}], "channel_ids": [channel]}, 201)["id"]
        self.owner.call("POST", f"/posts/{post}/publish-now")

        def look():
            found = self.owner.ask("GET", f"/posts/{post}")["deliveries"][0]
            return found if found["state"] in ("published", "failed", "unconfirmed") else None
        found = wait_for(look, "the film is out", 120)
        self.assertEqual(found["state"], "published", found)
        return post

    def test_away(self):
        """while the bucket is away an upload is answered 503 and not lost, and is whole when it is back"""
        film = self.small
        begun = self.tus("POST", f"/media?project_id={self.project_id}", upload_length=str(len(film)))
        at = begun.headers["location"]
        fault = self.instance.sandbox().ask("POST", "/_sandbox/faults",
                                            {"platform": "s3", "kind": "drop_before", "count": 0}, 201)["id"]
        answer = self.tus("PATCH", at, film, content_type="application/offset+octet-stream", upload_offset="0")
        self.assertEqual((answer.status, answer.json()["code"]), (503, "media_store_unreachable"))
        self.instance.sandbox().ask("DELETE", f"/_sandbox/faults/{fault}", status=204)
        self.assertEqual(self.tus("HEAD", at).headers["upload-offset"], str(len(film)))
        self.owner.ask("GET", "/media/" + at.rsplit("/", 1)[1])

    def test_shown(self):
        """the installation's administrator sees which bucket it is and whether it serves, a company how much room it has, and nobody a key"""
        email = self.owner.ask("GET", "/auth/me")["member"]["email"]
        self.owner.call("GET", "/admin/media-storage")  # as whom the process knows the owner before
        self.instance.pulse("admin", "promote", email)
        wait_for(lambda: self.owner.call("GET", "/admin/media-storage").status == 200, "the owner administers the installation")
        shown = self.owner.call("GET", "/admin/media-storage")
        self.assertEqual([shown.json()[name] for name in ("kept", "bucket", "endpoint")],
                         ["bucket", BUCKET, self.instance.settings["MEDIA_S3_ENDPOINT"]])
        space = self.owner.call("GET", "/media/space")
        self.assertEqual((space.json()["kept"], space.json()["used_bytes"]), ("bucket", 0))
        check = lambda: self.owner.call("POST", "/admin/media-storage/check")
        well = check()
        self.assertEqual(well.json(), {"is_well": True, "problem": None})
        fault = self.instance.sandbox().ask("POST", "/_sandbox/faults",
                                            {"platform": "s3", "kind": "drop_before", "count": 0}, 201)["id"]
        away = check()
        self.instance.sandbox().ask("DELETE", f"/_sandbox/faults/{fault}", status=204)
        self.assertIn("MEDIA_S3_ENDPOINT", away.json()["problem"])
        self.assertTrue(check().json()["is_well"])
        for answer in (shown, space, well, away):
            for name in ("MEDIA_S3_SECRET_KEY", "MEDIA_S3_KEY_ID"):
                self.assertNotIn(self.instance.settings[name].encode(), answer.body)

    def test_wrong(self):
        """a bucket that is not there, or a wrong key, stops the start and the doctor with what to do"""
        before = self.instance.settings
        self.addCleanup(setattr, self.instance, "settings", before)
        for name, value in [("MEDIA_S3_BUCKET", "none"), ("MEDIA_S3_KEY_ID", "nobody"),
                            ("MEDIA_S3_SECRET_KEY", "wrong")]:
            self.instance.settings = before | {name: value, "PORT": str(free_port())}
            for command in ("serve", "doctor"):
                with self.subTest(setting=name, command=command):
                    done = self.instance.pulse(command, status=1)
                    self.assertIn(name, done.stdout + done.stderr)


if __name__ == "__main__":
    cases.run()
