#!/usr/bin/env python3
"""The assisted login at LinkedIn, with a real Chromium at the sandbox's site: browser_worker/ by itself, and by way
of Pulse."""

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
from instance import PATIENCE_S, PROGRAMS, SLOWNESS, Client, Instance, answers, free_port, wait_for

PASSWORD = "seven quiet bicycles"


def login(base_url: str, email: str, password: str = PASSWORD, **more) -> Worker:
    """Starts one login."""
    return Worker(base_url, **({"do": "start", "email": email, "password": password, "page_ms": 30_000 * SLOWNESS,
                                "code_ms": 30_000 * SLOWNESS, "codes_max": 3} | more))


class BrowserWorker(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not (FOLDER / "node_modules/playwright-core").is_dir():
            raise AssertionError("playwright-core is not there: `make build` fetches it.")
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="pulse-browser-login-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.port = free_port()
        sandbox = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", "--", PROGRAMS / "sandbox/pulse-sandbox", "--port", str(cls.port),
                                    "--journal", cls.folder / "journal.jsonl"], stdout=subprocess.DEVNULL)
        cls.addClassCleanup(sandbox.wait)
        cls.addClassCleanup(sandbox.kill)
        cls.sandbox = Client(cls.port)
        cls.site = f"http://127.0.0.1:{cls.port}/linkedin"
        wait_for(lambda: answers(cls.sandbox, "/_sandbox/health"), "the sandbox answers")

    def arrived(self, path: str) -> list[dict]:
        page = self.sandbox.ask("GET", "/_sandbox/journal?since=0")
        return [line for line in page["entries"] if line["kind"] == "arrived" and line["path"] == path]

    def person(self, code: str = "") -> str:
        """Somebody of this test's own, by their address."""
        name = uuid.uuid4().hex
        self.sandbox.ask("POST", "/_sandbox/accounts", {
            "platform": "linkedin", "token": name, "user_id": name, "email": f"{name}@linkedin.test", "password": PASSWORD, "code": code}, 201)
        return f"{name}@linkedin.test"

    def sessions_of(self, email: str) -> list[str]:
        found = self.sandbox.ask("GET", "/_sandbox/state")["platforms"]["linkedin"]["web_sessions"]
        return [each["li_at"] for each in found if each["email"] == email]

    def fails(self, email: str, **more) -> str:
        worker = login(self.site, email, **more)
        heard = worker.hear()
        self.assertEqual(heard.get("is"), "failed", heard)
        self.assertEqual(worker.hear(), {})
        self.assertEqual(worker.end(), "")
        return heard["why"]

    def test_right_password(self):
        """the right password gives the session's cookies, and nothing of it is left: no process, no folder, no word in a log or journal"""
        email = self.person()
        worker = login(self.site, email)
        heard = worker.hear()
        self.assertEqual(heard["is"], "cookies", heard)
        self.assertTrue(heard["li_at"].startswith("AQED") and heard["jsessionid"].startswith("ajax:"), heard)
        self.assertEqual(len(self.sessions_of(email)), 1)
        self.assertNotIn(PASSWORD.encode(), arguments_of(str(worker.folder)))
        self.assertEqual(worker.end(), "")
        self.assertNotIn(PASSWORD, (self.folder / "journal.jsonl").read_text().replace(f'"password":"{PASSWORD}"', ""))

    def test_wrong_password(self):
        """a wrong password and an address that nobody has are told, and no session is made"""
        email = self.person()
        self.assertEqual(self.fails(email, password="not it"), "wrong_password")
        self.assertEqual(self.sessions_of(email), [])

    def test_too_late(self):
        """a code that does not come in time ends the login"""
        email = self.person(code="271828")
        worker = login(self.site, email, code_ms=200)
        self.assertEqual([worker.hear(), worker.hear()], [{"is": "needs_code"}, {"is": "failed", "why": "code_too_late"}])
        worker.end()
        self.assertEqual(self.sessions_of(email), [])

    def test_hangs(self):
        """a page that never comes is waited for so long and no longer"""
        fault = self.sandbox.ask("POST", "/_sandbox/faults", {"platform": "linkedin", "kind": "late", "ms": 600_000, "count": 0,
                                                              "match": {"path_prefix": "/checkpoint/lg", "body_contains": "hangs%40"}}, 201)
        self.addCleanup(self.sandbox.ask, "DELETE", f"/_sandbox/faults/{fault['id']}", status=204)
        self.assertEqual(self.fails("hangs@linkedin.test", page_ms=3_000 * SLOWNESS), "timed_out")

    def test_no_browser(self):
        """a machine without Chromium is told from a login that fails"""
        self.assertEqual(self.fails(self.person(), browser="/usr/bin/no-such-browser"), "no_browser")

    def test_only_the_person(self):
        """a puzzle is the person's own to solve: it is told, and not tried"""
        self.assertEqual(self.fails("puzzle@linkedin.test"), "asks_person")

    def test_elsewhere(self):
        """the browser reaches LinkedIn's site alone: neither a picture of another host nor a redirect to one arrives there"""
        self.assertEqual(self.fails("elsewhere@linkedin.test"), "left_site")
        self.assertEqual(self.arrived("/px.gif") + self.arrived("/elsewhere"), [])

    def test_fences(self):
        """what is of LinkedIn's site, and what only looks so"""
        done = subprocess.run(["node", "--test", FOLDER / "egress.test.mjs"], capture_output=True, text=True, timeout=PATIENCE_S * SLOWNESS)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class AssistedLogin(unittest.TestCase):
    """By way of Pulse, which starts the worker, holds it to its limits, and keeps what it brings."""

    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("assisted-login")
        cls.addClassCleanup(cls.instance.close)
        # Where a killed Pulse leaves the profile of a browser, and the next one finds it.
        cls.temporary = cls.instance.folder / "t"
        cls.temporary.mkdir()
        cls.instance.settings = {"LINKEDIN_BROWSER": "yes", "TMPDIR": str(cls.temporary)}
        cls.instance.open()
        cls.member = cls.instance.sign_up()
        wait_for(lambda: cls.member.ask("GET", "/integrations/status")["is_browser_allowed"], "Pulse says that it drives browsers")

    def setUp(self):
        self.member.ask("PUT", "/integrations/linkedin/browser", {"is_allowed": True})

    def tearDown(self):
        self.member.ask("PUT", "/integrations/linkedin/browser", {"is_allowed": False})
        wait_for(lambda: not list(self.temporary.glob("pulse-chromium-*")), "the profile's folder is removed")
        wait_for(lambda: not self.browsers(), "no process of the login is left")

    def browsers(self) -> list[str]:
        return alive(str(self.temporary / "pulse-chromium-"))

    def status(self) -> dict:
        return self.member.ask("GET", "/integrations/linkedin/session-status")

    def until(self, state: str) -> dict:
        def look():
            login = self.status()["login"]
            if login["state"] == "failed" and state != "failed":
                raise AssertionError(login)
            return login if login["state"] == state else None
        return wait_for(look, f"the login is {state}")

    def start(self) -> str:
        return self.member.ask("POST", "/integrations/linkedin/login-start", {"email": "two@linkedin.test", "password": PASSWORD}, 202)["login_id"]

    def code(self, login_id: str, code: str) -> None:
        self.member.ask("POST", "/integrations/linkedin/login-verify", {"login_id": login_id, "code": code}, 202)

    def test_whole(self):
        """a member signs in with password and code, a wrong one first; the session is kept, and nobody is told a secret"""
        login_id = self.start()
        self.until("needs_code")
        self.code(login_id, "000000")
        wait_for(lambda: self.status()["login"]["was_code_wrong"], "the wrong code is told")
        self.code(login_id, "314159")
        self.until("connected")
        status = self.status()
        self.assertTrue(status["is_connected"])
        self.assertEqual(len(self.instance.sandbox().ask("GET", "/_sandbox/state")["platforms"]["linkedin"]["web_sessions"]), 1)
        told = json.dumps(status) + self.instance.log() + "".join(map(str, self.instance.psql("SELECT * FROM browser_sessions, browser_logins")))
        for secret in (PASSWORD, "314159", "AQED", "two@linkedin.test"):
            self.assertNotIn(secret, told)
        self.member.ask("DELETE", "/integrations/linkedin/session-cookies", status=204)
        self.assertFalse(self.status()["is_connected"])

    def test_worker_killed(self):
        """a worker that is killed with -9 while it waits for the code fails the login, and leaves no browser"""
        self.start()
        self.until("needs_code")
        workers = [each for each in alive("browser_worker/main.mjs") if pathlib.Path(f"/proc/{each}/stat").read_text().split()[3] == str(self.instance.pid)]
        self.assertEqual(len(workers), 1)
        os.kill(int(workers[0]), signal.SIGKILL)
        self.assertEqual(self.until("failed")["reason"], "unexpected")

    def test_pulse_killed(self):
        """when Pulse is killed with -9 its browsers go, too, and the next Pulse removes what they left"""
        self.start()
        self.until("needs_code")
        self.assertGreater(len(self.browsers()), 1)
        self.instance.end("pulse")
        wait_for(lambda: not self.browsers(), "no process of the login is left")
        self.assertEqual(len(list(self.temporary.glob("pulse-chromium-*"))), 1)
        self.instance.start_pulse()
        wait_for(lambda: not list(self.temporary.glob("pulse-chromium-*")), "the profile's folder is removed")

    def test_no_chromium(self):
        """without Chromium members are told what whoever runs Pulse must install"""
        self.instance.end("pulse", signal.SIGTERM)
        self.instance.settings["LINKEDIN_BROWSER_PROGRAM"] = "/usr/bin/no-such-browser"
        self.instance.start_pulse()
        wait_for(lambda: not self.member.ask("GET", "/integrations/status")["is_browser_allowed"], "Pulse says what is missing")
        refused = self.member.ask("POST", "/integrations/linkedin/login-start", {"email": "a@linkedin.test", "password": "b"}, 403)
        self.assertEqual(refused["code"], "browser_not_installed")
        self.assertIn("chromium", refused["detail"])
        del self.instance.settings["LINKEDIN_BROWSER_PROGRAM"]
        self.instance.end("pulse", signal.SIGTERM)
        self.instance.start_pulse()
        wait_for(lambda: self.member.ask("GET", "/integrations/status")["is_browser_allowed"], "it is there again")


if __name__ == "__main__":
    cases.run()
