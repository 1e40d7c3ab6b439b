#!/usr/bin/env python3
"""Whatever dies in the middle: nothing is lost, doubled or early. The sandbox's journal is the witness."""

import http.client
import json
import os
import pathlib
import random
import sys
import threading
import time
import unittest
import uuid
from datetime import datetime, timedelta

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from instance import PATIENCE_S, SLOWNESS, Client, Instance, moment_of, now, text_of, wait_for, wait_until

NOBODY_ANSWERS = (OSError, http.client.HTTPException)
READY_LIMIT_S = 10 * SLOWNESS  # a second start promises 2 s; a loaded machine gets more
LEASE_S = 15  # of a node; a killed one's is not waited for
SETTLE_LIMIT_S = 120  # a killed attempt is looked up after its deadline of 12 s, and tried again after some 30 s more

# What the platform does to the first request with a text. None of it is a reason not to publish in the end.
FAULTS = [
    {"kind": "slow", "ms": 400},
    {"kind": "slow", "ms": 1500},
    {"kind": "late", "ms": 300},
    {"kind": "late", "ms": 1500},
    {"kind": "accept_then_drop"},
    {"kind": "accept_then_500"},
    {"kind": "accept_then_empty_200"},
    {"kind": "cut", "bytes": 40},
    {"kind": "drop_before"},
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 429, "retry_after": 2},
]


class Company:
    """A tenant with a project, X channels and a website."""

    def __init__(self, instance: Instance, x_channels: int):
        self.client = instance.sign_up()
        self.project_id = self.client.ask("POST", "/projects", {"name": "Crash"}, 201)["id"]
        self.channels = [instance.connect_x(self.client, self.project_id) for _ in range(x_channels)]
        self.channels.append(
            self.client.ask("POST", "/channels", {"project_id": self.project_id, "type": "website"}, 201))
        self.users = {channel["id"]: channel.get("user") for channel in self.channels}

    def post(self, text: str, at: datetime, channels: list[dict]) -> dict:
        body = {"project_id": self.project_id, "text": text, "scheduled_at": text_of(at)}
        return self.client.ask("POST", "/posts", body | {"channel_ids": [channel["id"] for channel in channels]}, 201)

    def posts(self) -> list[dict]:
        return self.client.all_of(f"/posts?project_id={self.project_id}")


def is_settled(post: dict) -> bool:
    return all(d["state"] in ("published", "failed", "unconfirmed", "cancelled", "missed") for d in post["deliveries"])


class Arrivals:
    """What came to the platform, in order, by account and text."""

    def __init__(self, journal: list[dict]):
        self.by_text: dict[tuple[str, str], list[dict]] = {}
        for line in journal:
            if line.get("kind") == "arrived" and line["method"] == "POST" and line["path"] == "/2/tweets":
                self.by_text.setdefault((line["account"], json.loads(line["body"])["text"]), []).append(line)

    def of(self, user: str, text: str) -> list[dict]:
        return self.by_text.get((user, text), [])


class Crash(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.seed = int(os.environ.get("PULSE_TEST_SEED", random.SystemRandom().randrange(10**9)))
        self.random = random.Random(self.seed)
        self.instance = Instance("crash")
        self.addCleanup(self.instance.close)
        self.instance.open()
        self.cancelled: dict[str, datetime] = {}  # deliveries that were acknowledged as cancelled, and when
        self.say(f"seed {self.seed} (PULSE_TEST_SEED repeats it)")

    def say(self, sentence: str) -> None:
        print(f"  {sentence}", flush=True)

    def scheduled(self, companies: list[Company], count: int, lead_s: float, length_s: float,
                  faulty: float) -> datetime:
        """So many posts that are due within `length_s`, the first after `lead_s`; the moment at which that begins."""
        begin = now() + timedelta(seconds=lead_s)
        for number in range(count):
            company = self.random.choice(companies)
            word = uuid.UUID(int=self.random.getrandbits(128)).hex
            if self.random.random() < faulty:
                fault = self.random.choice(FAULTS) | {
                    "platform": "x", "match": {"method": "POST", "body_contains": word}}
                self.instance.sandbox().ask("POST", "/_sandbox/faults", fault, 201)
            chosen = self.random.sample(company.channels, self.random.randint(1, min(3, len(company.channels))))
            company.post(f"Post {number} {word}", begin + timedelta(seconds=self.random.uniform(0, length_s)), chosen)
        return begin

    def wait_until_settled(self, companies: list[Company]) -> list[tuple[Company, dict]]:
        def look():
            found = [(company, post) for company in companies for post in company.posts()]
            return found if all(is_settled(post) for _, post in found) else None
        return wait_for(look, "every delivery is settled", SETTLE_LIMIT_S)

    # --- what must be true in the end

    def check(self, found: list[tuple[Company, dict]]) -> None:
        arrivals = Arrivals(self.instance.journal())
        known = set()
        for company, post in found:
            for delivery in post["deliveries"]:
                user = company.users[delivery["channel_id"]]
                if user:
                    known.add((user, post["text"]))
                    self.check_delivery(post, delivery, arrivals.of(user, post["text"]))
        self.assertLessEqual(set(arrivals.by_text), known, "only what was asked for has arrived")
        for company in {company for company, _ in found}:
            self.check_website(company, [post for of, post in found if of is company])

    def check_delivery(self, post: dict, delivery: dict, came: list[dict]) -> None:
        accepted = [line for line in came if line["decision"] == "accepted"]
        told = f"{json.dumps(delivery, indent=1)}\narrived: {json.dumps(came, indent=1)}"
        self.assertIn(delivery["state"], ("published", "cancelled"), told)
        if delivery["state"] == "published":
            self.assertEqual([line["external_id"] for line in accepted], [delivery["external_id"]], told)
            self.assertIs(came[-1], accepted[0], f"after it was accepted it was sent again\n{told}")
        else:
            self.assertEqual(accepted, [], told)
        for line in came:
            self.assertGreaterEqual(moment_of(line["arrived_at"]), moment_of(post["scheduled_at"]), f"early\n{told}")
        if acknowledged := self.cancelled.get(delivery["id"]):
            self.assertEqual(delivery["state"], "cancelled", told)
            self.assertFalse([line for line in came if moment_of(line["arrived_at"]) > acknowledged], told)

    def check_website(self, company: Company, posts: list[dict]) -> None:
        shown = company.client.all_of(f"/website/publications?project_id={company.project_id}")
        wanted = {}
        for post in posts:
            for delivery in post["deliveries"]:
                if delivery["channel_type"] == "website":
                    self.assertIn(delivery["state"], ("published", "cancelled"), delivery)
                    wanted[post["id"]] = (delivery["state"], moment_of(post["scheduled_at"]))
        published = {post_id for post_id, (state, _) in wanted.items() if state == "published"}
        self.assertEqual(sorted(one["post_id"] for one in shown), sorted(published))
        for one in shown:
            self.assertGreaterEqual(moment_of(one["published_at"]), wanted[one["post_id"]][1], "early")

    def check_timelines(self, found: list[tuple[Company, dict]]) -> None:
        """Each published delivery says so once, and tells of every attempt."""
        for company, post in found:
            events = company.client.ask("GET", f"/posts/{post['id']}/timeline?limit=1000")["items"]
            for delivery in post["deliveries"]:
                own = [event["type"] for event in events if event["delivery_id"] == delivery["id"]]
                self.assertEqual(own.count("PublishSucceeded"), int(delivery["state"] == "published"), own)
                self.assertEqual(own.count("PublishStarted"), delivery["attempt"], own)

    # --- kill -9

    def cancel_one(self, posts: list[tuple[Company, dict]]) -> None:
        company, post = posts.pop()
        try:
            answer = company.client.call("POST", f"/posts/{post['id']}/cancel")
        except NOBODY_ANSWERS:
            return  # never acknowledged
        acknowledged = now()
        self.assertIn(answer.status, (200, 409), answer)
        if answer.status == 200:
            self.cancelled |= {d["id"]: acknowledged for d in answer.json()["deliveries"] if d["state"] == "cancelled"}

    def kill_and_start(self) -> dict:
        """Kills Pulse and starts it again; what was in the middle then, and when it was ready."""
        self.instance.end("pulse")
        victims = [row[0] for row in self.instance.psql("SELECT id FROM deliveries WHERE state = 'sending'")]
        took = self.instance.start_pulse()
        self.assertLess(took, READY_LIMIT_S)
        self.say(f"killed with {len(victims)} deliveries in the middle; ready again after {took:.2f} s")
        return {"ready_at": now(), "took": took, "victims": victims}

    def tell_recovery(self, kills: list[dict]) -> None:
        """How long the victims of each kill took to move on: figures for people, no condition."""
        for kill in kills:
            if not kill["victims"]:
                continue
            ids = ",".join(f"'{one}'" for one in kill["victims"])
            restart = f"'{kill['ready_at'].isoformat()}'::timestamptz"
            rows = self.instance.psql(
                f"SELECT extract(epoch FROM min(e.created_at) - {restart}),"
                f" extract(epoch FROM max(d.finished_at) - {restart})"
                f" FROM deliveries d JOIN publish_events e ON e.delivery_id = d.id AND e.created_at > {restart}"
                f" WHERE d.id IN ({ids}) GROUP BY d.id")
            first, last = (max(float(row[column]) for row in rows) for column in (0, 1)) if rows else (0, 0)
            self.say(f"{len(kill['victims'])} victims: all moved on {first:.1f} s after the restart (the goal is "
                     f"20 s), all settled after {last:.1f} s")

    def test_kill_9(self):
        """killed with -9 in the middle again and again, Pulse loses nothing, doubles nothing and is never early"""
        companies = [Company(self.instance, 3), Company(self.instance, 2)]
        self.instance.sandbox().ask("POST", "/_sandbox/limits",
                                    {"platform": "x", "create": {"limit": 12, "window_s": 4}})
        begin = self.scheduled(companies, count=60, lead_s=4, length_s=6, faulty=0.4)
        starts_at = time.monotonic() + (begin - now()).total_seconds()
        doomed = self.random.sample([(company, post) for company in companies for post in company.posts()], 8)
        drafts = DraftWriter(companies[0].client, self.random.getrandbits(64))
        drafts.start()
        moments = [(self.random.uniform(0.2, 6.5), "kill") for _ in range(4)]
        moments += [(self.random.uniform(0, 6), "cancel") for _ in doomed]
        kills = []
        for offset, what in sorted(moments):
            wait_until(starts_at + offset)
            if what == "kill":
                kills.append(self.kill_and_start())
            else:
                self.cancel_one(doomed)
        drafts.stop()
        found = self.wait_until_settled(companies)
        self.tell_recovery(kills)
        self.say(f"{len(self.cancelled)} deliveries were cancelled; {drafts.repeated} of {len(drafts.made)} drafts "
                 "had to be sent again")
        self.check(found)
        self.check_timelines(found)
        drafts.check(self)

    def test_start_goes_on_at_once(self):
        """what waits for its time is not held up by the lease of a process that was killed"""
        company = Company(self.instance, 2)
        begin = self.scheduled([company], count=10, lead_s=1, length_s=0.5, faulty=0)
        self.instance.end("pulse")
        ready_s = self.instance.start_pulse()
        self.wait_until_settled([company])
        late = (now() - begin).total_seconds()
        self.say(f"ready after {ready_s:.2f} s; all published {late:.2f} s after the first was due")
        self.assertLess(late, LEASE_S - 3, "it waited for the lease of the killed process")
        self.check([(company, post) for post in company.posts()])

    # --- the servers die

    def test_postgres_killed(self):
        """PostgreSQL killed while posts are due: Pulse says so, comes back by itself, and loses and doubles nothing"""
        companies = [Company(self.instance, 3), Company(self.instance, 1)]
        begin = self.scheduled(companies, count=40, lead_s=3, length_s=4, faulty=0)
        starts_at = time.monotonic() + (begin - now()).total_seconds()
        pid = self.instance.pid
        wait_until(starts_at + self.random.uniform(0.5, 2))
        self.instance.servers("kill", "--only", "postgres")
        client = companies[0].client
        gone = client.call("GET", "/projects")
        self.assertEqual(gone.status, 503, gone)
        self.assertEqual(gone.headers["content-type"], "application/problem+json")
        self.assertIn("retry-after", gone.headers)
        unready = self.instance.client().call("GET", "/ready")
        self.assertEqual((unready.status, unready.json()["checks"]["database"]["ok"]), (503, False), unready)
        self.assertEqual(self.instance.client().call("GET", "/live").status, 200)
        self.instance.start_servers("--only", "postgres")
        back_at = time.monotonic()
        wait_for(lambda: self.instance.client().call("GET", "/ready").status == 200, "Pulse is ready again", 30)
        ready_s = time.monotonic() - back_at
        wait_for(lambda: client.call("GET", "/projects").status == 200, "Pulse serves again", 30)
        found = self.wait_until_settled(companies)
        self.say(f"ready {ready_s:.2f} s and all settled {time.monotonic() - back_at:.2f} s after PostgreSQL was back")
        self.assertEqual(self.instance.pid, pid)
        self.assertIsNone(self.instance.processes["pulse"].poll(), "the process went on")
        self.check(found)
        self.check_timelines(found)

    def test_redis_killed(self):
        """Redis killed: everything goes on, and it is used again when it is back"""  # asvs: 16.5.2
        company = Company(self.instance, 2)
        self.scheduled([company], count=10, lead_s=1, length_s=1, faulty=0)
        self.instance.servers("kill", "--only", "redis")
        wait_for(lambda: not self.ready_document()["checks"]["redis"]["ok"], "Pulse notices")
        self.assertEqual(self.instance.client().call("GET", "/ready").status, 200)
        self.assertEqual(self.ready_document()["status"], "degraded")
        self.instance.sign_up()
        company.client.ask("GET", "/auth/me")
        self.scheduled([company], count=10, lead_s=0.5, length_s=1, faulty=0)
        found = self.wait_until_settled([company])
        self.instance.start_servers("--only", "redis")
        wait_for(lambda: self.ready_document()["status"] == "ready", "Pulse uses Redis again", 30)
        self.check(found)

    def ready_document(self) -> dict:
        return self.instance.client().call("GET", "/ready").json()


class DraftWriter(threading.Thread):
    """Writes drafts all the time, each under a key of its own, and sends a request again when its answer was lost."""

    def __init__(self, client: Client, seed: int):
        super().__init__(daemon=True)
        self.client = client
        self.random = random.Random(seed)
        self.project_id = client.ask("POST", "/projects", {"name": "Drafts"}, 201)["id"]
        client.ask("POST", "/channels", {"project_id": self.project_id, "type": "website"}, 201)
        self.made: dict[str, str] = {}  # id by text
        self.repeated = 0
        self.wrong: list = []
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.03):
            self.write_one()

    def write_one(self) -> None:
        word = uuid.UUID(int=self.random.getrandbits(128)).hex
        end = time.monotonic() + PATIENCE_S
        tries = 0
        while time.monotonic() < end:
            tries += 1
            try:
                answer = self.client.call("POST", "/posts", {"project_id": self.project_id, "text": word},
                                          headers={"idempotency-key": word})
            except NOBODY_ANSWERS:
                time.sleep(0.01)
                continue
            if answer.status in (409, 503):
                continue
            if answer.status != 201:
                self.wrong.append(answer)
            self.made[word] = answer.json().get("id")
            self.repeated += tries > 1
            return
        self.wrong.append(f"no answer for {word} within {PATIENCE_S} s")

    def stop(self) -> None:
        self.ended.set()
        self.join(2 * PATIENCE_S)

    def check(self, test: unittest.TestCase) -> None:
        test.assertEqual(self.wrong, [])
        stored = self.client.all_of(f"/posts?project_id={self.project_id}")
        test.assertEqual(sorted((post["text"], post["id"]) for post in stored), sorted(self.made.items()))


if __name__ == "__main__":
    cases.run()
