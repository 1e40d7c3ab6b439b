#!/usr/bin/env python3
"""Signing in by a company's own identity provider, at a real `pulse serve` and a provider that somebody else has written: oidc-provider,
which is certified for OpenID Connect. A browser's part, cookies and redirects, is Python's. And Pulse's own tokens, as jose reads and
forges them."""

import http.client
import http.cookiejar
import json
import os
import pathlib
import subprocess
import sys
import unittest
import urllib.error
import urllib.parse
import urllib.request
import uuid

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "support"))
import cases
from instance import Client, Instance, answers, free_port, wait_for

FOLDER = TESTS / "e2e/identity_provider"
CLIENT_SECRET = "a secret of this client alone, for tests"
PASSWORD = "seven quiet bicycles"
TOKEN_KEY = "Vq7h2ZrL0cXwYt5uKe9pBn3sGd8mJa1f"


class Browser:
    """Keeps cookies and follows redirects, from site to site."""

    def __init__(self):
        policy = http.cookiejar.DefaultCookiePolicy(secure_protocols=("https", "http"))  # as browsers do for localhost
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar(policy)))

    def open(self, address: str, body=None):
        """Where it ends, and the text there."""
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(address, data=data, headers={"content-type": "application/json"} if data else {})
        try:
            with self.opener.open(asked, timeout=30) as answer:
                return answer.geturl(), answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.geturl(), refused.read().decode()


class IdentityProvider(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not (FOLDER / "node_modules/oidc-provider").is_dir():
            raise AssertionError("oidc-provider is not there: `make build` fetches it.")
        cls.instance = Instance("identity-provider")
        cls.addClassCleanup(cls.instance.close)
        cls.base = f"http://localhost:{cls.instance.port}"
        cls.instance.settings["JWT_SECRET_KEY"] = TOKEN_KEY
        cls.instance.open()
        cls.port = free_port()
        cls.instance.start("provider", "node", FOLDER / "provider.mjs", cls.port, "pulse", CLIENT_SECRET, cls.base + "/auth/sso/callback")
        wait_for(lambda: answers(Client(cls.port), "/.well-known/openid-configuration"), "the provider listens")

    def setUp(self):
        self.email = f"{uuid.uuid4().hex}@example.org"
        made = self.instance.client().ask("POST", "/signup", {"company_name": "Acme", "email": self.email, "password": PASSWORD}, 201)
        self.owner, self.signed_up = self.instance.client(made["access_token"]), made
        self.name = "acme-" + uuid.uuid4().hex[:12]
        self.owner.ask("PUT", "/org/identity-provider", {"sign_in_name": self.name, "issuer": f"http://127.0.0.1:{self.port}",
                                                         "client_id": "pulse", "client_secret": CLIENT_SECRET})
        self.provider(email=self.email, verified=True, subject=uuid.uuid4().hex)

    def provider(self, **changed) -> None:
        Client(self.port).ask("PUT", "/_test", changed, 204)

    def go(self, browser: Browser) -> str:
        """From the sign-in page to the provider and back: what stands behind # or ? then."""
        _, text = browser.open(f"{self.base}/auth/sso/{self.name}/start")
        address = json.loads(text)["authorization_url"]
        self.assertTrue(address.startswith(f"http://127.0.0.1:{self.port}/"), address)
        arrived, _ = browser.open(address)
        self.assertTrue(arrived.startswith(self.base + "/sign-in"), arrived)
        return arrived

    def exchange(self, browser: Browser, arrived: str) -> dict:
        code = urllib.parse.urlsplit(arrived).fragment.removeprefix("code=")
        self.assertTrue(code, arrived)
        return json.loads(browser.open(self.base + "/auth/exchange", {"code": code})[1])

    def sign_in(self) -> dict:
        """Who is signed in then."""
        browser = Browser()
        session = self.exchange(browser, self.go(browser))
        self.assertIn("access_token", session, session)
        return self.instance.client(session["access_token"]).ask("GET", "/auth/me")

    def test_signs_in(self):
        """whom the provider knows signs in as the same member, by RS256, by ES256, and when the provider has new keys"""  # asvs: 10.5.1 10.5.4
        own = self.owner.ask("GET", "/auth/me")
        self.assertEqual(self.sign_in(), own)
        self.provider(algorithm="ES256")
        self.assertEqual(self.sign_in(), own)
        self.provider(has_new_keys=True)
        self.assertEqual(self.sign_in(), own)

    def test_unverified(self):
        """an address that the provider has not verified signs nobody in"""
        self.provider(verified=False)
        self.assertTrue(self.go(Browser()).endswith("problem=email_not_verified"))

    def test_another_browser(self):
        """the code of a sign-in is for the browser that began it, and good once"""
        browser = Browser()
        arrived = self.go(browser)
        self.assertNotIn("access_token", self.exchange(Browser(), arrived))
        self.assertIn("access_token", self.exchange(browser, arrived))
        self.assertNotIn("access_token", self.exchange(browser, arrived))

    def test_stranger(self):
        """whom the provider knows and the company does not is not let in"""
        self.provider(email=f"{uuid.uuid4().hex}@example.org")
        self.assertTrue(self.go(Browser()).endswith("problem=no_account"))

    def test_tokens(self):
        """a token is a JWT by the eyes of somebody else's library, and none that it forges is anybody"""  # asvs: 9.1.1 9.1.2 9.2.1 9.2.2 9.2.3
        made = self.signed_up
        done = subprocess.run(["node", FOLDER / "tokens.mjs", self.base.replace("localhost", "127.0.0.1"), made["access_token"],
                               made["refresh_token"], made["member"]["id"], made["company"]["id"]], text=True, capture_output=True,
                              env=os.environ | {"JWT_SECRET_KEY": TOKEN_KEY}, stdin=subprocess.DEVNULL, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    cases.run()
