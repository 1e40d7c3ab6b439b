#!/usr/bin/env python3
"""Likes and comments through a member's own session in a real Chromium at the sandbox's LinkedIn: browser_worker/ by itself, and by way of Pulse."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from browser_worker import FOLDER, Worker, alive, arguments_of
from instance import PROGRAMS, SLOWNESS, Client, Instance, answers, free_port, wait_for

VOYAGER = "/voyager/api/"
# For an act to end, also where a busy machine leaves Chromium too little: an attempt in a browser is over after 47 s,
# and only then its absence is believed, by a look that may take as long. After an attempt whose page did not come in
# time it is up to 72 s until the next.
ATTEMPT_S, RETRY_S = 47, 72
DEADLINE_S = 3 * ATTEMPT_S + RETRY_S + 30


class Site:
    """LinkedIn as the sandbox plays it, for one member and one post of a test's own."""

    def __init__(self, sandbox: Client):
        self.sandbox = sandbox
        self.user, self.li_at = "m" + uuid.uuid4().hex[:9], "AQED" + uuid.uuid4().hex
        self.urn = f"urn:li:activity:{uuid.uuid4().int % 10**18 + 10**18}"
        self.open_session(self.li_at)

    def open_session(self, li_at: str) -> None:
        self.sandbox.ask("POST", "/_sandbox/accounts", {"platform": "linkedin", "token": li_at, "user_id": self.user, "site": True}, 201)

    def shows(self, how: str, of: str = "") -> None:
        self.sandbox.ask("POST", "/_sandbox/limits", {"platform": "linkedin", "site": {"of": of or self.user, "shows": how}})

    def fault(self, kind: str, path: str, **more) -> None:
        self.sandbox.ask("POST", "/_sandbox/faults", {"platform": "linkedin", "kind": kind,
                                                      "match": {"account": self.user, "path_prefix": path}} | more, 201)

    def by_api(self, path: str, body: dict) -> None:
        """What the member does elsewhere."""
        token = "t" + uuid.uuid4().hex
        self.sandbox.ask("POST", "/_sandbox/accounts", {"platform": "linkedin", "token": token, "user_id": self.user}, 201)
        made = self.sandbox.call("POST", path, body, headers={
            "authorization": f"Bearer {token}", "linkedin-version": "202609", "x-restli-protocol-version": "2.0.0"})
        if made.status != 201:
            raise AssertionError(made)

    def like_by_api(self) -> None:
        self.by_api(f"/rest/reactions?actor=urn%3Ali%3Aperson%3A{self.user}", {"root": self.urn, "reactionType": "LIKE"})

    def state(self, what: str, field: str) -> list[dict]:
        all_of_it = self.sandbox.ask("GET", "/_sandbox/state")["platforms"]["linkedin"][what]
        return [each for each in all_of_it if each[field] == self.urn and self.user in json.dumps(each)]

    def reactions(self) -> list[str]:
        return [each["reactionType"] for each in self.state("reactions", "root")]

    def comments(self) -> list[str]:
        return [each["text"] for each in self.state("comments", "object")]

    def pressed(self) -> list[str]:
        """What this member's browser has sent, by what LinkedIn made of it."""
        lines, since = [], 0
        while True:
            page = self.sandbox.ask("GET", f"/_sandbox/journal?since={since}")
            lines += page["entries"]
            since = page["next"]
            if since >= page["total"]:
                return [each["decision"] for each in lines if each["kind"] == "arrived" and each["method"] == "POST"
                        and each["path"].startswith(VOYAGER) and each["account"] == self.user]


def act(base_url: str, of: Site, **more) -> Worker:
    """Starts one act of the site's member: a like of its post, unless `more` says otherwise."""
    return Worker(base_url, **({
        "do": "act", "act": "make", "kind": "like", "reaction": "like", "text": "", "urn": of.urn, "li_at": of.li_at, "jsessionid": "",
        "page_ms": 15_000 * SLOWNESS, "time_ms": 45_000 * SLOWNESS} | more))


class ActWorker(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not (FOLDER / "node_modules/playwright-core").is_dir():
            raise AssertionError("playwright-core is not there: `make build` fetches it.")
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="pulse-act-worker-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.port = free_port()
        sandbox = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", "--", PROGRAMS / "sandbox/pulse-sandbox", "--port", str(cls.port),
                                    "--journal", cls.folder / "journal.jsonl"], stdout=subprocess.DEVNULL)
        cls.addClassCleanup(sandbox.wait)
        cls.addClassCleanup(sandbox.kill)
        cls.sandbox = Client(cls.port)
        cls.base_url = f"http://127.0.0.1:{cls.port}/linkedin"
        wait_for(lambda: answers(cls.sandbox, "/_sandbox/health"), "the sandbox answers")

    def setUp(self):
        self.site = Site(self.sandbox)

    def run_one(self, *, goes: bool = True, **more) -> dict:
        """Its last word, after it may press where it asks; one that asks although it must not is told nothing."""
        worker = act(self.base_url, self.site, **more)
        heard = worker.hear()
        if heard == {"is": "ready"} and goes:
            worker.say(do="go")
            heard = worker.hear()
        self.assertEqual(worker.hear(), {})
        self.assertEqual(worker.end(), "")
        return heard

    def test_likes(self):
        """each kind of reaction is pressed once, is there, and is found again"""
        self.assertEqual(self.run_one(act="find"), {"is": "absent"})
        self.assertEqual(self.run_one(), {"is": "done"})
        self.assertEqual((self.site.reactions(), self.site.pressed()), (["LIKE"], ["accepted"]))
        self.assertEqual(self.run_one(act="find"), {"is": "found"})
        self.site = Site(self.sandbox)
        self.assertEqual(self.run_one(reaction="praise"), {"is": "done"})
        self.assertEqual(self.site.reactions(), ["PRAISE"])

    def test_nothing_before_the_word(self):
        """what is ready to be pressed is not pressed without the word: whoever would say it is gone, and so is the browser"""
        worker = act(self.base_url, self.site)
        self.assertEqual(worker.hear(), {"is": "ready"})
        self.assertNotIn(self.site.li_at.encode(), arguments_of(str(worker.folder)))
        worker.process.stdin.close()
        worker.end()
        self.assertEqual((self.site.reactions(), self.site.pressed()), ([], []))

    def test_there_already(self):
        """a reaction of any kind that is there is left as it is"""
        self.site.like_by_api()
        self.assertEqual(self.run_one(reaction="empathy"), {"is": "there"})
        self.assertEqual((self.site.reactions(), self.site.pressed()), (["LIKE"], []))

    def test_comments(self):
        """a comment's words arrive as they are, and are found among one's own alone, also behind many others"""
        text = "Good to read:\n“1 < 2” & <b>more</b> – ßé"
        self.assertEqual(self.run_one(kind="comment", text=text), {"is": "done"})
        self.assertEqual([each.split() for each in self.site.comments()], [text.split()])
        found = self.run_one(kind="comment", act="find", text=text)
        self.assertEqual(found["is"], "found")
        self.assertIn(self.site.urn, found["id"])
        other = Site(self.sandbox)
        other.urn = self.site.urn
        path = f"/rest/socialActions/{other.urn.replace(':', '%3A')}/comments"
        for number in range(24):
            other.by_api(path, {"actor": f"urn:li:person:{other.user}", "object": other.urn, "message": {"text": f"Word {number}"}})
        self.assertEqual(self.run_one(kind="comment", act="find", text="Word 7"), {"is": "absent"})
        self.assertEqual(self.run_one(kind="comment", text="Mine, the last"), {"is": "done"})
        self.assertEqual(self.run_one(kind="comment", act="find", text="Mine, the last")["is"], "found")

    def test_refused(self):
        """what LinkedIn does instead has a name, and nothing is sent but what it refuses itself"""
        for how, kind, why in (("checkpoint", "like", "asks_person"), ("gone", "like", "gone"), ("other_language", "like", "other_language"),
                               ("no_comments", "comment", "not_allowed"), ("signed_out", "like", "signed_out")):
            with self.subTest(how):
                self.site = Site(self.sandbox)
                self.site.shows(how)
                self.assertEqual(self.run_one(kind=kind, text="Well"), {"is": "failed", "why": why})
                self.assertEqual(self.site.pressed(), [])
        self.site = Site(self.sandbox)
        self.site.shows("refused_comments")
        self.assertEqual(self.run_one(kind="comment", text="Well"), {"is": "failed", "why": "not_allowed"})
        self.assertEqual((self.site.pressed(), self.site.comments()), (["refused"], []))

    def test_no_answer(self):
        """an answer that never comes, or says nothing, is told as such; neither page nor browser sends it once more"""
        self.site.fault("accept_then_500", VOYAGER)
        self.assertEqual(self.run_one(), {"is": "failed", "why": "not_answered"})
        self.assertEqual(self.site.reactions(), ["LIKE"])
        self.site = Site(self.sandbox)
        self.site.fault("empty_200", VOYAGER)
        self.assertEqual(self.run_one(), {"is": "failed", "why": "not_answered"})
        self.site = Site(self.sandbox)
        self.site.fault("accept_then_drop", VOYAGER, count=0)
        self.assertEqual(self.run_one(kind="comment", text="Once", page_ms=4_000 * SLOWNESS), {"is": "failed", "why": "not_answered"})
        self.assertEqual((self.site.comments(), self.site.pressed()), (["Once"], ["accepted"]))
        self.site = Site(self.sandbox)
        self.site.fault("late", VOYAGER, ms=600_000)
        self.assertEqual(self.run_one(page_ms=4_000 * SLOWNESS), {"is": "failed", "why": "not_answered"})
        self.assertEqual(self.site.reactions(), [])


class Acting(unittest.TestCase):
    """By way of Pulse: who may, what goes which way, and once whatever dies."""

    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("browser-acts")
        cls.addClassCleanup(cls.instance.close)
        cls.temporary = cls.instance.folder / "t"
        cls.temporary.mkdir()
        cls.instance.settings = {"LINKEDIN_BROWSER": "yes", "TMPDIR": str(cls.temporary)}
        cls.instance.open()
        cls.owner = cls.instance.sign_up()
        wait_for(lambda: cls.owner.ask("GET", "/integrations/status")["is_browser_allowed"], "Pulse says that it drives browsers")
        cls.page = cls.owner.ask("POST", "/tracked-pages", {"url": "linkedin.com/company/acme"}, 201)["id"]
        cls.owner.ask("PATCH", f"/tracked-pages/{cls.page}", {"first_delay_seconds": 0, "gap_seconds": 1, "spread_seconds": 0})

    def setUp(self):
        self.site = Site(self.instance.sandbox())
        self.member = self.join()
        self.member.ask("PUT", "/automation/settings", {
            "working_days": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], "works_from_minute": 0,
            "works_until_minute": 1440, "least_gap_minutes": 1, "acts_a_day": 50, "time_zone": "UTC"})
        self.member.ask("PUT", "/integrations/linkedin/browser", {"is_allowed": True})
        self.hand_over(self.site.li_at)

    def tearDown(self):
        self.member.ask("DELETE", f"/tracked-pages/{self.page}/subscribe", status=204)
        wait_for(lambda: not alive(str(self.temporary / "pulse-chromium-")), "no browser is left")

    def join(self) -> Client:
        code = self.owner.ask("POST", "/org/invites", {"role": "member"}, 201)["code"]
        made = self.instance.client().call("POST", "/org/invites/accept", {
            "code": code, "email": f"{uuid.uuid4().hex}@example.org", "password": f"correct horse {uuid.uuid4().hex}"})
        self.assertIn(made.status, (200, 201), made)
        return self.instance.client(made.json()["access_token"])

    def hand_over(self, li_at: str) -> None:
        self.member.ask("POST", "/integrations/linkedin/session-cookies", {"li_at": li_at})

    def plan(self, kind: str = "like", **more) -> str:
        """An act of the member's under a post of this test's own, which waits for their word."""
        self.member.ask("POST", f"/tracked-pages/{self.page}/subscribe", {"likes": kind == "like", "comments": kind == "comment"} | more)
        self.owner.ask("POST", f"/tracked-pages/{self.page}/posts", {"url": self.site.urn}, 201)
        found = wait_for(lambda: self.member.ask("GET", "/engagements?state=waiting_confirmation")["items"], "the act is planned")
        return found[0]["id"]

    def confirm(self, kind: str = "like", text: str = "", **more) -> str:
        act = self.plan(kind, **more)
        self.member.ask("POST", f"/engagements/{act}/confirm", {"text": text} if text else {})
        return act

    def act(self, act: str) -> dict:
        return self.member.ask("GET", f"/engagements/{act}")

    def until(self, act: str, state: str) -> dict:
        def look():
            now = self.act(act)
            return now if now["state"] == state else None
        return self.wait(act, look, f"the act is {state}")

    def held(self, act: str) -> dict:
        return self.wait(act, lambda: self.act(act)["hold"] and self.act(act), "the act is held")

    def wait(self, act: str, condition, what: str):
        """For what an act in a browser brings about; what became of the act instead when that does not come."""
        try:
            return wait_for(condition, what, DEADLINE_S)
        except AssertionError as late:
            raise AssertionError(f"{late}; {self.looks(act)}") from None

    def looks(self, act: str) -> str:
        now, told = self.act(act), self.member.ask("GET", f"/engagements/{act}/explain")
        fields = ", ".join(f"{name} {now[name]!r}" for name in ("state", "hold", "reason", "attempt"))
        steps = [each["sentence"] for each in told["steps"][-3:]]
        return f"it is {told['summary']!r}: {fields}; last of all {steps}"

    def status(self) -> dict:
        return self.member.ask("GET", "/integrations/linkedin/session-status")

    def test_like(self):
        """a confirmed like goes through the member's session, once; the explanation says by which way; nobody is told the cookie"""
        act = self.plan(reaction="interest")
        self.assertIn("through its member's session", self.member.ask("GET", f"/engagements/{act}/explain")["summary"])
        self.assertEqual(self.member.ask("GET", "/integrations/status")["engages_by"], "browser")
        self.assertEqual(self.site.pressed(), [])
        self.member.ask("POST", f"/engagements/{act}/confirm", {})
        self.assertEqual(self.until(act, "completed")["way"], "browser")
        self.assertEqual((self.site.reactions(), self.site.pressed()), (["INTEREST"], ["accepted"]))
        self.assertIn("through its member's session", self.member.ask("GET", f"/engagements/{act}/explain")["summary"])
        self.assertIsNone(self.owner.ask("GET", f"/engagements/{act}")["way"])
        told = self.instance.log() + "".join(map(str, self.instance.psql("SELECT s, e.metadata_json FROM browser_sessions s, publish_events e")))
        self.assertNotIn(self.site.li_at, told)

    def test_comment(self):
        """a comment goes out with the words that were confirmed"""
        act = self.confirm("comment", "Well said, and good to read")
        self.until(act, "completed")
        self.assertEqual((self.site.comments(), self.site.pressed()), (["Well said, and good to read"], ["accepted"]))

    def test_there_already(self):
        """what the member has liked already is done"""
        self.site.like_by_api()
        self.assertEqual(self.until(self.confirm(), "completed")["reason"], "it was there already")
        self.assertEqual(self.site.pressed(), [])

    def test_signed_out(self):
        """a session that LinkedIn has ended is marked so, its member is told, and nothing is sent"""
        self.site.shows("signed_out")
        act = self.confirm()
        self.wait(act, lambda: self.status()["problem"], "the member is told")
        status = self.status()
        self.assertFalse(status["is_connected"])
        self.assertIn("sign in again", status["problem"])
        self.assertIn("sign in again", self.until(act, "queued")["reason"])
        self.assertEqual(self.site.pressed(), [])
        self.assertIsNone(self.member.ask("GET", "/integrations/status")["engages_by"])
        self.site.open_session("AQEDnew" + self.site.li_at)
        self.hand_over("AQEDnew" + self.site.li_at)
        self.assertIsNone(self.status()["problem"])

    def test_puzzle(self):
        """a puzzle is the member's own to solve"""
        self.site.shows("checkpoint")
        self.wait(self.confirm(), lambda: "only the member can answer" in (self.status()["problem"] or ""),
                  "the member is told")
        self.assertEqual(self.site.pressed(), [])

    def test_refused(self):
        """where LinkedIn lets nobody comment it fails with the reason"""
        self.site.shows("refused_comments", self.site.urn)
        self.assertIn("does not let this member comment", self.until(self.confirm("comment", "Well"), "failed")["reason"])
        self.assertEqual(self.site.comments(), [])

    def test_gone(self):
        """a post that is gone fails with the reason"""
        self.site.shows("gone", self.site.urn)
        self.assertIn("not there any more", self.until(self.confirm(), "failed")["reason"])

    def test_member_off(self):
        """a member who has switched it off does nothing through a browser"""
        self.member.ask("PUT", "/integrations/linkedin/browser", {"is_allowed": False})
        self.assertEqual(self.held(self.confirm())["hold"], "account")
        self.assertEqual(self.site.pressed(), [])

    def test_operator_off(self):
        """where the operator has switched it off nothing goes through a browser, although a session is kept"""
        self.instance.end("pulse", signal.SIGTERM)
        self.instance.settings["LINKEDIN_BROWSER"] = "no"
        self.instance.start_pulse()
        try:
            self.assertEqual(self.held(self.confirm())["hold"], "account")
            wait_for(lambda: self.member.call("GET", "/integrations/linkedin/session-status").status == 403, "it is refused")
            self.assertEqual(self.site.pressed(), [])
        finally:
            self.instance.end("pulse", signal.SIGTERM)
            self.instance.settings["LINKEDIN_BROWSER"] = "yes"
            self.instance.start_pulse()

    def test_pulse_killed_after(self):
        """Pulse killed with -9 after the press: the next one finds the like by reading back, and presses nothing"""
        self.site.fault("slow", VOYAGER, ms=30_000)
        act = self.confirm()
        self.wait(act, self.site.reactions, "LinkedIn has the like")
        self.assertEqual(self.act(act)["state"], "sending")
        self.instance.end("pulse")
        wait_for(lambda: not alive(str(self.temporary / "pulse-chromium-")), "the browser has gone with it")
        self.instance.start_pulse()
        self.assertEqual(self.until(act, "completed")["reason"], "it was found at LinkedIn")
        self.assertEqual((self.site.reactions(), self.site.pressed()), (["LIKE"], ["accepted"]))

    def test_pulse_killed_before(self):
        """Pulse killed with -9 before the press: the next one sees that it is not there, and does it, once"""
        self.site.fault("late", "/feed/update/", ms=20_000)
        act = self.confirm("comment", "Said once")
        self.until(act, "sending")
        self.wait(act, lambda: alive(str(self.temporary / "pulse-chromium-")), "a browser runs")
        self.instance.end("pulse")
        self.instance.start_pulse()
        self.until(act, "completed")
        self.assertEqual((self.site.comments(), self.site.pressed()), (["Said once"], ["accepted"]))

    def test_worker_killed(self):
        """a worker killed with -9 after the press: its act is unknown, is looked for, and found"""
        self.site.fault("slow", VOYAGER, ms=30_000)
        act = self.confirm()
        self.wait(act, self.site.reactions, "LinkedIn has the like")
        workers = [each for each in alive("browser_worker/main.mjs") if pathlib.Path(f"/proc/{each}/stat").read_text().split()[3] == str(self.instance.pid)]
        self.assertEqual(len(workers), 1)
        os.kill(workers[0], signal.SIGKILL)
        self.assertEqual(self.until(act, "completed")["reason"], "it was found at LinkedIn")
        self.assertEqual((self.site.reactions(), self.site.pressed()), (["LIKE"], ["accepted"]))

    def test_no_answer(self):
        """an answer that never comes: unknown, then seen to be absent after the deadline, then tried again at its time"""
        self.site.fault("empty_200", VOYAGER)
        act = self.confirm()
        self.until(act, "unknown")
        again = self.until(act, "queued")
        self.assertIn("LinkedIn shows nothing of it", again["reason"])
        self.assertEqual((self.site.reactions(), self.site.pressed()), ([], ["dropped"]))


if __name__ == "__main__":
    cases.run()
