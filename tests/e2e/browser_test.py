#!/usr/bin/env python3
"""A person with a browser: the whole walk from signing up, and every page. dashboard/e2e/walk.mjs drives Chromium; this
script is its hands on the server: it starts and kills Pulse, and hands over accounts at the sandbox."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from instance import CHECKOUT, Instance
from mail_server import MailServer

# ctest gives it 600; `make test-browser`, which sees every page in both themes and sizes, takes its time.
LIMIT_S = 1_800 if os.environ.get("PULSE_BROWSER") == "whole" else 560
DASHBOARD = CHECKOUT / "dashboard"


class Hands:
    """What the walk may ask of this side; each takes a dictionary and gives one."""

    def __init__(self, instance: Instance):
        self.instance = instance
        self.mail_server = MailServer()

    def kill(self, _asked: dict) -> dict:
        self.instance.end("pulse")
        return {}

    def start(self, _asked: dict) -> dict:
        return {"seconds": self.instance.start_pulse()}

    def account(self, _asked: dict) -> dict:
        """An account at the sandbox's X."""
        user, token = str(uuid.uuid4().int % 10**12), "token-" + uuid.uuid4().hex
        self.instance.sandbox().ask("POST", "/_sandbox/accounts", {"platform": "x", "token": token, "user_id": user,
                                                                  "username": "u" + user}, 201)
        return {"user": user, "token": token}

    def fault(self, asked: dict) -> dict:
        return self.instance.sandbox().ask("POST", "/_sandbox/faults", asked, 201)

    def unconfirm(self, asked: dict) -> dict:
        """What a reply that was lost leaves on a platform that cannot be asked."""
        self.instance.psql("UPDATE deliveries SET state = 'unconfirmed', attempt = 1, started_at = now(), deadline_at = now(), "
                           "doubt_until = now(), reason = 'the answer was lost' "
                           f"WHERE id = '{uuid.UUID(asked['delivery'])}'")
        return {}

    def promote(self, asked: dict) -> dict:
        """Makes a member an administrator of the installation."""
        self.instance.pulse("admin", "promote", asked["email"])
        return {}

    def send_mail(self, asked: dict) -> dict:
        """Pulse anew, with a mail server or (`is_on` false) without one."""
        self.instance.end("pulse", signal.SIGTERM)
        self.instance.settings["SMTP_URL"] = self.mail_server.url if asked["is_on"] else ""
        self.instance.start_pulse()
        return {}

    def mails(self, asked: dict) -> dict:
        """Those that have arrived at an address."""
        return {"mails": self.mail_server.mails_to(asked["to"])}

    def tire(self, asked: dict) -> dict:
        """As if a member had signed in eleven minutes ago."""
        email = asked["email"].replace("'", "")
        self.instance.psql("UPDATE sessions s SET created_at = s.created_at - interval '11 minutes', confirmed_at = NULL FROM members m "
                           f"WHERE m.tenant_id = s.tenant_id AND m.id = s.member_id AND m.email = '{email}'")
        return {}

    def arrived(self, _asked: dict) -> dict:
        """The texts that really arrived at X and were made public."""
        return {"texts": [json.loads(line["body"]).get("text", "") for line in self.instance.journal()
                          if line["kind"] == "arrived" and line["decision"] == "accepted" and line["path"] == "/2/tweets"]}


def answer(hands: Hands, asked: dict) -> dict:
    try:
        return {"is": getattr(hands, asked.pop("do"))(asked)}
    except Exception as error:  # the walk fails with these words
        return {"failed": str(error)}


def note(line: str) -> None:
    file = os.environ.get("PULSE_TEST_RESULTS")
    if file and line.startswith(("pass ", "fail ")):
        pathlib.Path(file).parent.mkdir(parents=True, exist_ok=True)
        with open(file, "a", encoding="utf-8") as out:
            out.write(line + "\n")


def walk(instance: Instance, api: str) -> int:
    keep = pathlib.Path(os.environ.get("PULSE_BUILD_DIR", CHECKOUT / "build/release")) / "screenshots"
    environment = os.environ | {"PULSE_ADDRESS": f"http://127.0.0.1:{instance.port}", "PULSE_SCREENSHOTS": str(keep),
                                "PULSE_SANDBOX": f"http://127.0.0.1:{instance.sandbox_port}", "PULSE_OPENAPI": api}
    process = subprocess.Popen(["node", "e2e/walk.mjs", *sys.argv[1:]], cwd=DASHBOARD, env=environment, text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    watch = threading.Timer(LIMIT_S, process.kill)
    watch.start()
    hands = Hands(instance)
    for line in process.stdout:
        line = line.rstrip("\n")
        if line.startswith("@"):
            process.stdin.write(json.dumps(answer(hands, json.loads(line[1:]))) + "\n")
            process.stdin.flush()
            continue
        print(line, flush=True)
        note(line)
    watch.cancel()
    return process.wait()


def main() -> int:
    subprocess.run([CHECKOUT / "scripts/dashboard", "build"], check=True, stdin=subprocess.DEVNULL)
    instance = Instance("browser")
    try:
        instance.open()
        api = instance.folder / "openapi.json"
        api.write_bytes(instance.client().call("GET", "/openapi.json").body)
        return walk(instance, str(api))
    finally:
        instance.close()


sys.exit(main())
