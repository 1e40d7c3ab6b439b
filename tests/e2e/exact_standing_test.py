#!/usr/bin/env python3
"""Two processes on one database, of which one is kept from hearing what the other changes: what is taken away is gone
there, too, with the next request, whether that reads or writes."""

import os
import pathlib
import secrets
import signal
import sys
import unittest
import uuid

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "support"))
import cases
from instance import PROGRAMS, Client, Instance, answers, free_port, wait_for

PASSWORD = "seven quiet bicycles"
ROUNDS = 300
SESSIONS = 20


class ExactStanding(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("exact-standing")
        cls.addClassCleanup(cls.instance.close)
        cls.instance.settings = {"JWT_SECRET_KEY": secrets.token_hex(32), "TOKEN_ENCRYPTION_KEY": secrets.token_hex(32)}
        cls.instance.open()
        cls.second = Client(free_port())
        state = cls.instance.folder / "second"
        state.mkdir()
        cls.instance.start("second", "env", f"PORT={cls.second.port}", f"PULSE_STATE_DIR={state}", PROGRAMS / "pulse", "serve")
        wait_for(lambda: answers(cls.second, "/ready"), "the second process is ready")
        cls.hold_back()

    @classmethod
    def hold_back(cls):
        """PostgreSQL's processes that would tell anybody stand still: nobody listens less than before, and nobody
        hears anything."""
        listening = """SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%pulse_standing%'"""
        wait_for(lambda: len(cls.instance.psql(listening)) == 2, "both listen")
        held = [int(row[0]) for row in cls.instance.psql(listening)]
        for pid in held:
            os.kill(pid, signal.SIGSTOP)
        cls.addClassCleanup(lambda: [os.kill(pid, signal.SIGCONT) for pid in held])

    def setUp(self):
        self.owner = self.instance.sign_up()
        email = f"{uuid.uuid4().hex}@example.org"
        code = self.owner.ask("POST", "/org/invites", {"role": "member"}, 201)["code"]
        joined = self.instance.client().ask("POST", "/org/invites/accept", {"code": code, "email": email, "password": PASSWORD}, 201)
        self.member_id, self.email = joined["member"]["id"], email
        self.there = self.client_there(joined["access_token"])

    def client_there(self, token: str) -> Client:
        return Client(self.second.port, token)

    def log_in(self) -> Client:
        answer = self.instance.client().ask("POST", "/auth/login", {"email": self.email, "password": PASSWORD})
        return self.instance.client(answer["access_token"])

    def test_roles(self):
        """a role that one process gives and takes is in force at the other with the next request that reads, and that writes"""
        for _ in range(ROUNDS):
            self.owner.ask("PUT", "/users/role", {"user_id": self.member_id, "role": "admin"})
            self.there.ask("GET", "/org/invites")
            self.owner.ask("PUT", "/users/role", {"user_id": self.member_id, "role": "member"})
            self.there.ask("GET", "/org/invites", status=403)
            self.there.ask("POST", "/projects", {"name": "late"}, 403)
        print(f"{ROUNDS} roles given and taken")

    def test_sessions(self):
        """a session that one process ends, by logout, by an owner's word or with its member, reads nothing at the other"""
        for turn in range(SESSIONS):
            here = self.log_in()
            there = self.client_there(here.token)
            there.ask("GET", "/connectors/available")
            there.ask("GET", "/projects")
            here.ask("POST", "/auth/logout", {}, 204)
            path = "/projects" if turn % 2 else "/connectors/available"  # which asks the database for nothing
            there.ask("GET", path, status=401)
        self.there.ask("GET", "/projects")
        self.owner.ask("DELETE", f"/org/members/{self.member_id}", status=204)
        self.there.ask("GET", "/projects", status=401)

    def test_tokens(self):
        """a token for scripts that one process revokes reads nothing at the other, and neither does one whose member has lost the right"""
        for _ in range(SESSIONS):
            made = self.owner.ask("POST", "/auth/tokens", {"name": "CI", "scopes": ["read_projects"]}, 201)
            script = self.client_there(made["token"])
            script.ask("GET", "/projects")
            self.owner.ask("DELETE", f"/auth/tokens/{made['details']['id']}", status=204)
            script.ask("GET", "/projects", status=401)

    def test_access(self):
        """a project that one process withdraws from a member is not there at the other with the next request"""
        project = self.owner.ask("POST", "/projects", {"name": "Red"}, 201)["id"]
        for _ in range(SESSIONS):
            self.owner.ask("PUT", f"/org/members/{self.member_id}/access", {"is_limited": True, "grants": [{"project_id": project}]})
            self.there.ask("GET", f"/projects/{project}")
            self.owner.ask("PUT", f"/org/members/{self.member_id}/access", {"is_limited": True, "grants": []})
            self.there.ask("GET", f"/projects/{project}", status=404)

    def test_suspension(self):
        """a company that is suspended reads nothing at any process with the next request"""
        self.there.ask("GET", "/projects")
        tenant = self.instance.psql(f"SELECT tenant_id FROM members WHERE id = '{self.member_id}'")[0][0]
        self.instance.psql(f"UPDATE tenants SET suspended_at = now() WHERE id = '{tenant}'")
        self.there.ask("GET", "/projects", status=403)
        self.there.ask("GET", "/connectors/available", status=403)


if __name__ == "__main__":
    cases.run()
