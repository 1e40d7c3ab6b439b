#!/usr/bin/env python3
"""What bad input gets at the real `pulse serve`: a problem that names the field, one log line, nothing stored. Over 400
lines: its tables of bad input are data."""

import json
import os
import pathlib
import random
import re
import select
import socket
import sys
import time
import unittest
import uuid
from datetime import timedelta

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "support"))
import cases
from instance import SLOWNESS, Answer, Client, Instance, now, text_of

TABLES = [
    "tenants", "members", "subscriptions", "projects", "accounts", "channels", "posts", "deliveries", "publish_events",
    "website_publications", "idempotency_keys"]
PROBLEM_BYTES_MAX = 16 * 1024
ANSWER_LIMIT_S = 30 * SLOWNESS
PUBLIC_BODY_BYTES_MAX = 4 * 1024


class Raw:
    """A connection that says exactly what it is told."""

    def __init__(self, port: int):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_LIMIT_S)

    def send(self, data: bytes) -> "Raw":
        try:
            self.socket.sendall(data)
        except OSError:
            pass  # refused and closed before the end
        return self

    def read_to_end(self) -> bytes:
        got = b""
        try:
            while piece := self.socket.recv(65536):
                got += piece
        except ConnectionResetError:
            pass
        self.socket.close()
        return got


def statuses_of(stream: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"^HTTP/1\.1 (\d{3}) ", stream, re.MULTILINE)]


def is_too_large_for(path: str, size: int) -> bool:
    """Whoever shows no token may send little."""
    return size > PUBLIC_BODY_BYTES_MAX and path in ("/signup", "/auth/login", "/auth/refresh")


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("hostile")
        cls.addClassCleanup(cls.instance.close)
        cls.instance.open()
        cls.pid = cls.instance.pid
        cls.secrets: list[str] = []
        cls.owner, cls.project_id, cls.x_channel, cls.post_id = cls.make_company()

    @classmethod
    def make_company(cls):
        client = cls.instance.sign_up()
        project_id = client.ask("POST", "/projects", {"name": "Target"}, 201)["id"]
        client.ask("POST", "/channels", {"project_id": project_id, "type": "website"}, 201)
        x_channel = cls.instance.connect_x(client, project_id)
        post = client.ask("POST", "/posts", {"project_id": project_id, "text": "Untouched"}, 201)
        cls.secrets += [client.token, x_channel["token"]]
        return client, project_id, x_channel, post["id"]

    def setUp(self):
        self.seed = int(os.environ.get("PULSE_TEST_SEED", random.SystemRandom().randrange(10**9)))
        self.random = random.Random(self.seed)
        self.rows = self.count_rows()
        self.log_begin = len(self.instance.log())

    def tearDown(self):
        """After every group: the same process, ready, and nothing stored."""
        self.assertEqual(self.instance.pid, self.pid)
        self.assertIsNone(self.instance.processes["pulse"].poll(), "the process ended")
        self.assertEqual(self.instance.client().ask("GET", "/ready")["status"], "ready")
        self.assertEqual(self.owner.ask("GET", f"/posts/{self.post_id}")["text"], "Untouched")
        self.assertEqual(self.count_rows(), self.rows, "something was stored")
        for line in self.log_lines():
            self.assertNotRegex(line, r" (error|critical) ", "the client's mistake is not an error of ours")

    def count_rows(self) -> list[list[str]]:
        return self.instance.psql("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES))

    def log_lines(self) -> list[str]:
        return self.instance.log()[self.log_begin:].splitlines()

    def assert_log_lines(self, count: int) -> None:
        lines = self.log_lines()
        self.assertEqual(len(lines), count, "\n".join(lines[-20:]))

    def refused(self, client: Client, method: str, path: str, body, statuses, word: str = "", headers=None) -> Answer:
        """A refusal as it must be."""
        begin = len(self.instance.log())
        answer = client.call(method, path, body, headers)
        told = f"{method} {path} {str(body)[:200]}: {answer}"
        self.assertIn(answer.status, statuses if isinstance(statuses, (tuple, list, range)) else (statuses,), told)
        self.assertEqual(answer.headers.get("content-type"), "application/problem+json", told)
        problem = answer.json()
        self.assertEqual(problem["status"], answer.status, told)
        self.assertEqual(problem["request_id"], answer.headers["x-request-id"], told)
        self.assertTrue(problem["title"] and problem["detail"], told)
        self.assertLess(len(answer.body), PROBLEM_BYTES_MAX, told)
        self.assertIn(word, answer.body.decode(), told)
        added = self.instance.log()[begin:].splitlines()
        self.assertEqual(len(added), 1, f"{told}\nlogged: {added}")
        self.assertIn(problem["request_id"], added[0])
        return answer

    # --- bodies

    def test_bodies_that_are_no_json(self):
        """a body that is not one JSON document is refused, whatever it is"""
        no_json = [
            b"", b" ", b"{", b"}", b"nul", b"{}{}", b'{"text": "a"} x', b"\xef\xbb\xbf{}", b"{'text': 1}",
            b'{"text": 01}', b'{"text": NaN}', b'{"text": "\x00"}', b'{"text": "\xff\xfe"}', b'{"text": "\xc0\x80"}',
            b'{"text": "\xed\xa0\x80"}', b'{"text": "\\ud800"}', b'{"text": "\\x41"}', b'{"text": "unfinished',
            b"[" * 500 + b"]" * 500, b"[" * 500_000, b'{"a":' * 500 + b"1" + b"}" * 500, b'{"text": "a", }', b"\x00",
            os.urandom(64) + b"\xff", b"\x1f\x8b\x08\x00", b'{"text": "a\nb"}', b"/* a */ {}", b'{"text": tru}',
            "{\"text\": \"a\"}".encode("utf-16")]
        for method, path in (("POST", "/posts"), ("PATCH", f"/posts/{self.post_id}"), ("POST", "/signup"),
                             ("POST", "/auth/login")):
            for body in no_json:
                self.refused(self.owner, method, path, body, 413 if is_too_large_for(path, len(body)) else 400)
        for body in (b"7", b"true", b"null", b'"text"', b"[]", b"[{}]"):
            self.refused(self.owner, "POST", "/posts", body, 422)
        for media_type in ("text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1",
                           "nonsense", ""):
            self.refused(self.owner, "POST", "/posts", b'{"text":"a"}', 415, headers={"content-type": media_type})

    def test_wrong_types(self):
        """every field of every body refuses every wrong type, and is named"""  # asvs: 2.2.1 2.2.2 15.3.3
        post = {"project_id": self.project_id, "text": "fine"}
        account = {"external_user_id": "1", "handle": "a", "access_token": "b"}
        bodies = {
            ("POST", "/projects"): {"name": "a", "description": "b", "time_zone": "UTC"},
            ("PATCH", f"/projects/{self.project_id}"): {"name": "a", "description": "b", "time_zone": "UTC"},
            ("POST", "/channels"): {"project_id": self.project_id, "type": "x", "name": "a", "account": account},
            ("PATCH", f"/channels/{self.x_channel['id']}"): {"name": "a"},
            ("POST", "/posts"): post | {"title": "a", "scheduled_at": text_of(now() + timedelta(days=1))},
            ("PATCH", f"/posts/{self.post_id}"): {"title": "a", "text": "b"},
            ("POST", f"/posts/{self.post_id}/schedule"): {"scheduled_at": text_of(now() + timedelta(days=1))},
            ("POST", "/signup"): {"company_name": "a", "email": "a@b.example", "password": "b" * 12, "full_name": "c"},
            ("POST", "/auth/login"): {"email": "a@example.org", "password": "b"},
            ("POST", "/auth/refresh"): {"refresh_token": "a"},
        }
        wrong = [7, -1, 1.5, 1e300, True, [], [None], {}, {"a": {"b": []}}, "nul \0 here", "x" * 30_000, 2**70]
        for (method, path), good in bodies.items():
            for field, value in good.items():
                for bad in wrong:
                    if isinstance(value, dict) and bad == {}:
                        continue  # lacks what the object needs, which is named instead
                    if is_too_large_for(path, len(bad) if isinstance(bad, str) else 0):
                        self.refused(self.owner, method, path, good | {field: bad}, 413)
                        continue
                    self.refused(self.owner, method, path, good | {field: bad}, 422, f"/{field}")
            self.refused(self.owner, method, path, good | {"colour": "red"}, 422, "/colour")
            self.refused(self.owner, method, path, good | {"": 1, "tenant_id": str(uuid.uuid4())}, 422, "/tenant_id")
        for field in account:
            for bad in wrong:
                body = {"project_id": self.project_id, "type": "x", "account": account | {field: bad}}
                self.refused(self.owner, "POST", "/channels", body, 422, f"/account/{field}")
        for variants in ([{}], [7], [{"platform": "x"}], [{"platform": "myspace", "text": "a"}], "x",
                         [{"platform": "x", "text": 7}], [{"platform": "x", "text": "a"}] * 2):
            self.refused(self.owner, "POST", "/posts", post | {"variants": variants}, 422, "/variants")
        for channel_ids in ([], ["a"], [str(uuid.uuid4())], [self.x_channel["id"]] * 2, "a", [None], [[]],
                            [str(uuid.uuid4())] * 5000):
            self.refused(self.owner, "POST", "/posts", post | {"channel_ids": channel_ids}, 422, "/channel_ids")
        many = {f"field_{number}": number for number in range(20_000)}
        self.refused(self.owner, "POST", "/posts", post | many, 422, "/field_0")
        self.refused(self.owner, "POST", "/posts", {**post, "k" * 100_000: 1}, 422)
        self.refused(self.owner, "POST", "/posts", b'{"text":"a","text":"b"}', (400, 422))

    def test_oversized(self):
        """what is larger than allowed is refused by its name, and a body not even read"""
        post = {"project_id": self.project_id}
        self.refused(self.owner, "POST", "/posts", post | {"text": "x" * 20_001}, 422, "/text")
        self.refused(self.owner, "POST", "/posts", post | {"text": "for X " + "y" * 275}, 422, "/text")
        self.refused(self.owner, "POST", "/posts", b"[" + b"1," * 600_000 + b"1]", 413)
        self.refused(self.owner, "POST", "/projects", {"name": "x" * 121}, 422, "/name")
        self.refused(self.owner, "GET", "/posts?limit=" + "9" * 9000, None, 414)
        self.refused(self.owner, "GET", "/posts", None, 431, headers={"x-long": "x" * 17_000})
        claim = b"POST /posts HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999\r\n\r\n"
        self.assertEqual(statuses_of(Raw(self.instance.port).send(claim).read_to_end()), [401])
        claimed = Raw(self.instance.port).send(self.with_token(claim)).read_to_end()
        self.assertEqual(statuses_of(claimed), [413])

    def test_absurd_times(self):
        """a time that cannot be meant is refused"""
        times = [
            "2001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "0000-00-00T00:00:00Z", "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z", "2030-02-30T00:00:00Z", "2030-13-01T00:00:00Z", "2030-01-01T25:00:00Z",
            "2030-01-01T00:00:00+99:99", "2030-01-01", "tomorrow", "", "1e308", "-2030-01-01T00:00:00Z",
            "+292278994-08-17T07:12:55Z", "2030-01-01T00:00:00", "2030-01-01 00:00:00Z ; DROP TABLE posts",
            text_of(now() + timedelta(days=800)),
            text_of(now() - timedelta(minutes=5)), "２０３０-01-01T00:00:00Z", "2030-01-01T00:00:00.Z"]
        for at in times:
            self.refused(self.owner, "POST", "/posts", {"project_id": self.project_id, "text": "a", "scheduled_at": at},
                         422, "/scheduled_at")
            self.refused(self.owner, "POST", f"/posts/{self.post_id}/schedule", {"scheduled_at": at}, 422,
                         "/scheduled_at")
        for zone in ("Mars/Olympus", "", "UTC+2", "../../etc/passwd", "Europe/Amsterdam\0", "x" * 65):
            self.refused(self.owner, "POST", "/projects", {"name": "Zone", "time_zone": zone}, 422, "/time_zone")

    # --- addresses

    def test_foreign_ids(self):
        """the id of another company answers exactly like one that does not exist"""
        stranger = self.instance.sign_up()
        own_project = stranger.ask("POST", "/projects", {"name": "Own"}, 201)["id"]
        self.secrets.append(stranger.token)
        self.rows, self.log_begin = self.count_rows(), len(self.instance.log())
        missing = str(uuid.uuid4())
        at = {"scheduled_at": text_of(now() + timedelta(days=1))}
        calls = [
            ("GET", "/projects/{}", self.project_id, None),
            ("PATCH", "/projects/{}", self.project_id, {"name": "Mine"}),
            ("GET", "/channels/{}", self.x_channel["id"], None),
            ("PATCH", "/channels/{}", self.x_channel["id"], {"name": "Mine"}),
            ("DELETE", "/channels/{}", self.x_channel["id"], None),
            ("GET", "/channels?project_id={}", self.project_id, None), ("GET", "/posts/{}", self.post_id, None),
            ("PATCH", "/posts/{}", self.post_id, {"text": "Mine"}), ("DELETE", "/posts/{}", self.post_id, None),
            ("GET", "/posts?project_id={}", self.project_id, None), ("POST", "/posts/{}/schedule", self.post_id, at),
            ("POST", "/posts/{}/publish-now", self.post_id, None), ("POST", "/posts/{}/cancel", self.post_id, None),
            ("GET", "/posts/{}/timeline", self.post_id, None),
            ("GET", "/website/publications?project_id={}", self.project_id, None)]
        for method, path, theirs, body in calls:
            answers = [
                self.refused(stranger, method, path.format(each), body, 404).json() for each in (theirs, missing)]
            for answer in answers:
                for own in ("request_id", "instance"):
                    answer.pop(own, None)
            self.assertEqual(answers[0], answers[1], path)
        for project_id in (self.project_id, missing):
            self.refused(stranger, "POST", "/posts", {"project_id": project_id, "text": "a"}, 404, "project")
            self.refused(stranger, "POST", "/channels", {"project_id": project_id, "type": "website"}, 404, "project")
        for wanted in (self.x_channel["id"], missing):
            self.refused(stranger, "POST", "/posts", {"project_id": own_project, "text": "a", "channel_ids": [wanted]},
                         422, "/channel_ids/0")

    def test_addresses(self):
        """what is no address, no id or no parameter of ours is refused"""  # asvs: 2.2.2
        for path in ("/nothing", "//posts", "/posts/x/y/z", "/POSTS", "/api/nothing", "/api/api/posts", "/docs/nothing",
                     "/docs/..%2f..%2fetc%2fpasswd", "/posts/%00", "/..%c0%af", "/%2e%2e/%2e%2e/etc/passwd",
                     "/site/x/feed.json"):
            self.refused(self.owner, "GET", path, None, range(400, 423))
        for wrong in ("x", "0", "' OR 1=1 --", "00000000-0000-0000-0000-00000000000g", str(uuid.uuid4()) + "0",
                      "{" + str(uuid.uuid4()) + "}"):
            quoted = "".join(f"%{byte:02x}" for byte in wrong.encode())
            self.refused(self.owner, "GET", f"/posts/{quoted}", None, (404, 422))
            self.refused(self.owner, "GET", f"/posts?project_id={quoted}", None, 422, "project_id")
        for query in ("limit=0", "limit=101", "limit=-1", "limit=1e3", "limit=", "limit=99999999999999999999",
                      "status=excellent", "cursor=x", "cursor=" + "A" * 32 + "A", "colour=red", "limit=1&limit=2",
                      "project_id=", "status"):
            self.refused(self.owner, "GET", "/posts?" + query, None, 422, query.split("=")[0])
        for query in ("limit=%31%00", "limit=%ff", "limit=%c0%80", "limit=%3"):
            self.refused(self.owner, "GET", "/posts?" + query, None, 400)
        for method in ("PUT", "DELETE"):
            answer = self.refused(self.owner, method, "/posts", None, 405)
            self.assertIn("GET", answer.headers["allow"])

    def test_credentials(self):
        """wrong tokens and keys are refused, and none of them stands in the log"""
        parts = self.owner.token.split(".")
        flipped = parts[1][:-2] + ("AA" if parts[1][-2:] != "AA" else "BB")
        none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"
        wrong = [
            "", "x", "a.b.c", "..", "x" * 9000, f"{parts[0]}.{parts[1]}.", f"{none}.{parts[1]}.",
            f"{parts[0]}.{flipped}.{parts[2]}", f"{none}.{parts[1]}.{parts[2]}", self.owner.token + "x",
            self.owner.token[:-1], "\u00e9"]
        for token in wrong:
            self.refused(Client(self.instance.port), "GET", "/posts", None, 401,
                         headers={"authorization": f"Bearer {token}".encode()})
            if len(token) > 3:
                self.secrets.append(token)
        for header in ("Basic b3duZXI6cHc=", "Bearer", self.owner.token, f"bearer  {self.owner.token} x"):
            self.refused(Client(self.instance.port), "GET", "/posts", None, 401, headers={"authorization": header})
        for tenant in (str(uuid.uuid4()), "x", ""):
            self.refused(self.owner, "GET", "/posts", None, (400, 403, 422), headers={"x-tenant-id": tenant})
        for key in ("", '"', "a b", "x" * 256, '"a', "\u00e9", "a,b"):
            self.refused(self.owner, "POST", "/posts", {"project_id": self.project_id, "text": "a"}, 400,
                         headers={"idempotency-key": key.encode()})
        password = "never in a log " + uuid.uuid4().hex
        email = f"{uuid.uuid4().hex}@example.org"
        self.secrets.append(password)
        self.refused(Client(self.instance.port), "POST", "/auth/login", {"email": email, "password": password}, 401)
        self.refused(Client(self.instance.port), "POST", "/auth/refresh", {"refresh_token": self.owner.token[:43]}, 401)
        self.refused(Client(self.instance.port), "POST", "/signup",
                     {"company_name": "a", "email": "no address", "password": password}, 422, "/email")
        self.refused(Client(self.instance.port), "POST", "/signup",
                     {"company_name": "a", "email": email, "password": "short"}, 422, "/password")
        for _ in range(12):
            answer = Client(self.instance.port).call("POST", "/auth/login", {"email": email, "password": password})
            if answer.status == 429:
                break
        self.assertEqual(answer.status, 429, "guessing a password has an end")
        self.assertGreater(int(answer.headers["retry-after"]), 0)

    # --- bytes

    def with_token(self, request: bytes) -> bytes:
        line, rest = request.split(b"\r\n", 1)
        return line + b"\r\nAuthorization: Bearer " + self.owner.token.encode() + b"\r\n" + rest

    def test_corpus(self):
        """every framing attack of the corpus gets its answer, one log line and a closed connection"""
        attacks = sorted((TESTS / "http/corpus").glob("*.http"))  # asvs: 16.3.3 16.4.1
        self.assertGreater(len(attacks), 100)
        for attack in attacks:
            begin = len(self.instance.log())
            expected = int(attack.name[:3])
            data = attack.read_bytes()
            if expected == 413 or "_chunk_" in attack.name:  # a body is read only where it is wanted without a token
                data = data.replace(b"POST /posts ", b"POST /auth/login ", 1)
            got = Raw(self.instance.port).send(data).read_to_end()
            statuses = statuses_of(got)
            if statuses == [401] and expected != 200:  # the body is not read before there is a token: now there is
                begin = len(self.instance.log())
                got = Raw(self.instance.port).send(self.with_token(attack.read_bytes())).read_to_end()
                statuses = statuses_of(got)
            if expected == 204:  # about the server as a whole
                self.assertEqual(statuses, [204], f"{attack.name}: {got}")
            elif expected == 200:  # well formed; what is there may need a token
                self.assertEqual(len(statuses), 1, f"{attack.name}: {got}")
                self.assertIn(statuses[0], (200, 400, 401, 404, 415, 422, 503), attack.name)  # 503: the dashboard is not built
            else:
                self.assertEqual(statuses, [expected], f"{attack.name}: {got}")
                self.assertIn(b"application/problem+json", got, attack.name)
            added = self.instance.log()[begin:].splitlines()
            self.assertEqual(len(added), int(statuses not in ([200], [204], [503])), f"{attack.name}: {added}")

    def test_random_bytes(self):
        """9,000 requests of random bytes, and mutations of real ones, end nothing"""
        print(f"  seed {self.seed} (PULSE_TEST_SEED repeats it)", flush=True)
        corpus = [attack.read_bytes() for attack in sorted((TESTS / "http/corpus").glob("*.http"))]
        body = json.dumps({"project_id": str(uuid.uuid4()), "text": "mutated",
                           "scheduled_at": "2030-01-01T00:00:00Z"}).encode()
        corpus.append(b"POST /posts HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
                      self.owner.token.encode() + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        corpus.append(b"POST /posts HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
                      self.owner.token.encode() + b"\r\nTransfer-Encoding: chunked\r\n\r\n%x;a=b\r\n" % len(body) + body +
                      b"\r\n0\r\nX-Sum: 1\r\n\r\n")
        for number in range(9000):
            if number % 3 == 0:
                data = self.random.randbytes(self.random.randrange(1, 400))
            else:
                data = bytearray(self.random.choice(corpus[-2:] if number % 3 == 1 else corpus))
                for _ in range(self.random.randrange(1, 8)):
                    data[self.random.randrange(len(data))] = self.random.randrange(256)
                data = bytes(data)
            connection = Raw(self.instance.port).send(data)
            if number % 4 == 0:
                connection.socket.close()
                continue
            try:
                connection.socket.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # closed by the other side already
            for status in statuses_of(connection.read_to_end()):
                self.assertLess(status, 500 if status not in (501, 505) else 506, data)

    def test_slowloris(self):
        """connections that send a byte now and then are ended, and disturb nobody meanwhile"""
        slow = [Raw(self.instance.port).send(b"GET /posts HTTP/1.1\r\nHost: a\r\nX-Slow: ") for _ in range(300)]
        begin, slowest, left = time.monotonic(), 0.0, {each.socket: each for each in slow}
        while left and time.monotonic() < begin + ANSWER_LIMIT_S:
            asked = time.monotonic()
            self.instance.client().ask("GET", "/ready")
            slowest = max(slowest, time.monotonic() - asked)
            for ended in select.select(list(left), [], [], 0.25)[0]:
                self.assertEqual(statuses_of(left.pop(ended).read_to_end()), [408])
            for each in left.values():
                each.send(b"x")
        self.assertFalse(left, f"{len(left)} connections are still open after {ANSWER_LIMIT_S} s")
        took_s = time.monotonic() - begin
        print(f"  {len(slow)} slow connections ended after {took_s:.1f} s; the slowest /ready took {slowest:.3f} s")
        self.assertLess(slowest, 5 * SLOWNESS, "others were disturbed")
        self.assert_log_lines(300)

    def test_zz_no_secret_in_the_log(self):
        """after all of this no token and no password stands in the log"""  # asvs: 16.2.5
        log = self.instance.log()
        self.assertTrue(self.secrets)
        for secret in self.secrets:
            self.assertNotIn(secret, log)
        self.assertNotIn("correct horse", log)
        self.assertNotIn("eyJ", log, "the beginning of an access token")


if __name__ == "__main__":
    cases.run()
