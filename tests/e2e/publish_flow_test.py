#!/usr/bin/env python3
"""The whole way of a post, on a Pulse that `make run` starts, and again after it was killed."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "support"), str(TESTS / "scripts")]
import cases
from programs import CHECKOUT, SLOWNESS, Launcher, clean_environment, free_port

PROGRAMS = os.environ.get("PULSE_BUILD_DIR", str(CHECKOUT / "build/release"))


class PublishFlow(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pulse-flow-"))
        self.folder.chmod(0o711)
        self.port, self.sandbox_port = free_port(), free_port()
        self.launcher = None
        self.addCleanup(self.remove_everything)

    def remove_everything(self):
        if self.launcher and self.launcher.process.poll() is None:
            self.launcher.process.terminate()
            self.launcher.end()
        subprocess.run([CHECKOUT / "scripts/private_servers", "stop", self.folder / "state", "--remove"],
                       capture_output=True, check=True)
        shutil.rmtree(self.folder)

    def launch(self):
        self.launcher = Launcher(self.folder, self.folder / "state", self.port, programs=PROGRAMS,
                                 SANDBOX_PORT=str(self.sandbox_port))
        self.launcher.wait_until_ready()

    def walk(self, prefix: str = ""):
        walked = subprocess.run([TESTS / "e2e/publish_flow", f"http://localhost:{self.port}{prefix}", "--sandbox",
                                 f"http://localhost:{self.sandbox_port}"],
                                text=True, env=clean_environment(), capture_output=True, timeout=300 * SLOWNESS)
        log = (self.folder / "state/log/pulse.log").read_text(errors="replace")
        told = [walked.stdout, walked.stderr, self.launcher.output(), "The end of Pulse's log:",
                *log.splitlines()[-40:]]
        self.assertEqual(walked.returncode, 0, "\n".join(told))

    def call(self, path: str, body: dict | None = None, token: str = "") -> dict:
        request = urllib.request.Request(f"http://localhost:{self.port}{path}",
                                         data=None if body is None else json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        with urllib.request.urlopen(request, timeout=30 * SLOWNESS) as reply:
            return json.loads(reply.read())

    def test_demo(self):
        """the demo company that a new user finds can publish to X: its account is known to the sandbox"""
        self.launch()
        login = {"email": "owner@controlcenter.local", "password": "devpassword123"}
        token = self.call("/auth/login", login)["access_token"]
        project = self.call("/projects", token=token)["items"][0]["id"]
        channels = self.call(f"/channels?project_id={project}", token=token)["items"]
        x = [channel["id"] for channel in channels if channel["type"] == "x"]
        post = self.call("/posts", {"project_id": project, "text": "from the demo", "channel_ids": x}, token)["id"]
        self.call(f"/posts/{post}/publish-now", {}, token)
        until = time.monotonic() + 30 * SLOWNESS
        while (found := self.call(f"/posts/{post}", token=token))["status"] in ("scheduled", "publishing", "draft"):
            self.assertLess(time.monotonic(), until, found)
        self.assertEqual(found["status"], "published", found)

    def test_flow(self):
        """a post goes the whole way, and the same works after kill -9 and a second start, with the paths under /api"""
        self.launch()
        self.walk()
        os.kill(int((self.folder / "state/pids/pulse").read_text().split()[0]), 9)
        self.assertEqual(self.launcher.end(), 1)
        self.launch()
        self.walk("/api")


if __name__ == "__main__":
    cases.run()
