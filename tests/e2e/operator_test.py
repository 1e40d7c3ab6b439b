#!/usr/bin/env python3
"""What an operator meets: starts that must fail, an orderly stop under load, figures, and the front door's manners."""

import gzip
import http.client
import json
import pathlib
import re
import secrets
import signal
import socket
import sys
import threading
import time
import unittest
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from instance import PROGRAMS, SLOWNESS, Client, Instance, answers, free_port, wait_for

STOP_LIMIT_S = 15  # 10 s for what runs, and a loaded machine


class Keys(unittest.TestCase):
    def test_rotation(self):
        """the key of access tokens is replaced and nobody is signed out; without the one before, its tokens are nobody's"""
        instance = Instance("keys")
        self.addCleanup(instance.close)
        before, after = secrets.token_urlsafe(48), secrets.token_urlsafe(48)
        instance.settings = {"JWT_SECRET_KEY": before}
        instance.open()
        old = instance.client().ask("POST", "/signup", {
            "company_name": "Acme", "email": "owner@example.org", "password": "seven quiet bicycles"}, 201)

        def restart(**settings: str) -> None:
            self.assertEqual(instance.end("pulse", signal.SIGTERM), 0)
            instance.settings = settings
            instance.start_pulse()

        restart(JWT_SECRET_KEY=after, JWT_SECRET_PREVIOUS_KEYS=before)
        self.assertEqual(instance.client(old["access_token"]).call("GET", "/auth/me").status, 200)
        new = instance.client().ask("POST", "/auth/refresh", {"refresh_token": old["refresh_token"]})
        self.assertNotEqual(new["access_token"].split(".")[0], old["access_token"].split(".")[0])
        restart(JWT_SECRET_KEY=after)
        self.assertEqual(instance.client(old["access_token"]).call("GET", "/auth/me").status, 401)
        self.assertEqual(instance.client(new["access_token"]).call("GET", "/auth/me").status, 200)
        self.assertEqual(instance.client().call("POST", "/auth/refresh", {"refresh_token": new["refresh_token"]}).status, 200)

    def test_rotation_with_two_processes(self):
        """two processes replace the key of access tokens in the order that is told, and every token is good at both"""
        instance = Instance("two-keys")
        self.addCleanup(instance.close)
        before, after = secrets.token_urlsafe(48), secrets.token_urlsafe(48)
        ports = {"pulse": instance.port, "second": free_port()}

        def start(name: str, **settings: str) -> None:
            instance.settings = settings | {"PORT": str(ports[name])}
            process = instance.start(name, PROGRAMS / "pulse", "serve")
            wait_for(lambda: process.poll() is not None or answers(Client(ports[name]), "/ready"), f"{name} is ready")
            self.assertIsNone(process.poll())

        def restart(name: str, **settings: str) -> None:
            self.assertEqual(instance.end(name, signal.SIGTERM), 0)
            start(name, **settings)

        def check(*tokens: str) -> None:
            for port in ports.values():
                for token in tokens:
                    self.assertEqual(Client(port, token).call("GET", "/auth/me").status, 200)

        def renewed(at: str, session: dict) -> dict:
            return Client(ports[at]).ask("POST", "/auth/refresh", {"refresh_token": session["refresh_token"]})

        instance.settings = {"JWT_SECRET_KEY": before}
        instance.open()
        start("second", JWT_SECRET_KEY=before)
        first = instance.client().ask("POST", "/signup", {
            "company_name": "Acme", "email": "owner@example.org", "password": "seven quiet bicycles"}, 201)
        for name in ports:
            restart(name, JWT_SECRET_KEY=before, JWT_SECRET_PREVIOUS_KEYS=after)
        check(first["access_token"])
        restart("pulse", JWT_SECRET_KEY=after, JWT_SECRET_PREVIOUS_KEYS=before)
        second = renewed("pulse", first)
        third = renewed("second", second)
        check(first["access_token"], second["access_token"], third["access_token"])
        key_of = lambda session: session["access_token"].split(".")[0]
        self.assertEqual(key_of(first), key_of(third))
        self.assertNotEqual(key_of(first), key_of(second))
        restart("second", JWT_SECRET_KEY=after, JWT_SECRET_PREVIOUS_KEYS=before)
        fourth = renewed("second", third)
        self.assertEqual(key_of(fourth), key_of(second))
        check(*(each["access_token"] for each in (first, second, third, fourth)))


class Start(unittest.TestCase):
    """`pulse serve` that must not start."""

    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("start")
        cls.addClassCleanup(cls.instance.close)
        cls.instance.start_servers()

    def refused(self, **settings: str) -> str:
        self.instance.settings = settings
        try:
            done = self.instance.pulse("serve", status=1)
        finally:
            self.instance.settings = {}
        self.assertNotIn("terminate called", done.stderr)
        return done.stderr + done.stdout

    def test_unmigrated(self):
        """a database without the schema is named, with the command that helps; migrating twice is migrating once"""
        self.instance.psql("CREATE DATABASE empty")
        empty = {"DATABASE_URL": re.sub(r"@/pulse\b", "@/empty", self.instance.urls["DATABASE_URL"], count=1)}
        self.assertIn("run `pulse migrate` first", self.refused(**empty))
        self.instance.settings = empty
        first, second = (self.instance.pulse("migrate").stdout for _ in range(2))
        self.instance.settings = {}
        self.assertIn("applied", first)
        self.assertNotIn("applied", second)
        self.assertIn("is at version", second)

    def test_port_in_use(self):
        """a port that another program has is named"""
        self.instance.pulse("migrate")
        with socket.create_server(("127.0.0.1", self.instance.port)):
            told = self.refused()
        self.assertIn(f"Cannot listen on 127.0.0.1 port {self.instance.port}", told)
        self.assertIn("in use", told)

    def test_no_database(self):
        """a PostgreSQL that is not there is waited for: the service lives, is not ready, and says why, here and in the log"""
        self.instance.pulse("migrate")
        self.instance.settings = {"DATABASE_URL": "postgresql:///pulse?host=/nonexistent"}
        self.addCleanup(self.instance.settings.clear)
        begin = len(self.instance.log()) if (self.instance.folder / "pulse.log").exists() else 0
        process = self.instance.start("pulse", PROGRAMS / "pulse", "serve")
        self.addCleanup(process.kill)
        client = self.instance.client()
        wait_for(lambda: answers(client, "/live"), "it lives")
        ready = client.call("GET", "/ready")
        self.assertEqual((ready.status, ready.json()["status"]), (503, "unavailable"))
        self.assertIn("PostgreSQL", ready.json()["reason"])
        self.assertNotIn("nonexistent", ready.body.decode())
        self.assertEqual(client.call("GET", "/posts").status, 503)
        tries = lambda: re.findall(r"next try is in (\d+) ms.*DATABASE_URL", self.instance.log()[begin:])
        wait_for(lambda: len(tries()) >= 3, "it tries again")
        self.assertEqual(tries()[:3], ["250", "500", "1000"])
        self.assertIsNone(process.poll())
        self.assertEqual(self.instance.end("pulse", signal.SIGTERM), 0)

    def test_wrong_settings(self):
        """all that is wrong is named at once"""
        told = self.refused(PORT="99999", APP_ENV="prod", LOG_LEVEL="loud", REDIS_URL="nonsense")
        for name in ("PORT", "APP_ENV", "LOG_LEVEL", "REDIS_URL", "pulse --help"):
            self.assertIn(name, told)

    def test_production(self):
        """production does not start without keys of its own, and says everything that is missing"""
        told = self.refused(APP_ENV="production")
        for name in ("JWT_SECRET_KEY", "TOKEN_ENCRYPTION_KEY", "PUBLIC_APP_URL"):
            self.assertIn(name, told)
        key = "c2VjcmV0LWtleS1vZi10aGUtdGVzdC1vbmx5LW5vdC1hLXJlYWwtb25l"
        told = self.refused(APP_ENV="production",
                            JWT_SECRET_KEY=key,
                            TOKEN_ENCRYPTION_KEY=key,
                            PUBLIC_APP_URL="https://pulse.example.org")
        self.assertIn("two purposes", told)
        self.assertNotIn(key, told)

    def test_demo_in_production(self):
        """production does not serve a database in which the demo's password signs in, and says how to close it"""
        self.instance.pulse("migrate")  # asvs: 6.3.2 15.2.3
        self.instance.pulse("seed")
        sound = {"APP_ENV": "production", "EGRESS_ALLOW_LOOPBACK": "no", "PUBLIC_APP_URL": "https://pulse.example.org",
                 "SANDBOX_URL": "", "SMTP_URL": "smtp://user:password@mail.example.org:587",
                 "JWT_SECRET_KEY": secrets.token_urlsafe(48), "TOKEN_ENCRYPTION_KEY": secrets.token_urlsafe(48)}
        told = self.refused(**sound)
        self.assertIn("pulse seed --close", told)
        self.instance.settings = sound
        self.addCleanup(self.instance.settings.clear)
        self.assertIn("any more", self.instance.pulse("seed", "--close").stdout)
        self.assertIn("not for production", self.instance.pulse("seed", status=1).stderr)
        self.instance.start_pulse()
        self.assertEqual(self.instance.client().call("GET", "/metrics").status, 404)
        self.assertEqual(self.instance.client().call("POST", "/auth/login", {
            "email": "owner@controlcenter.local", "password": "devpassword123"}).status, 401)
        self.instance.end("pulse", signal.SIGTERM)

    def test_figures_elsewhere(self):
        """the figures are served on an address of their own, with nothing beside them"""  # asvs: 13.4.5
        self.instance.pulse("migrate")
        port = free_port()
        self.instance.settings = {"METRICS_ADDRESS": f"127.0.0.1:{port}"}
        self.addCleanup(self.instance.settings.clear)
        self.instance.start_pulse()
        self.assertIn(b"pulse_database_queue_depth", Client(port).call("GET", "/metrics").body)
        self.assertEqual(Client(port).call("GET", "/live").status, 404)
        self.assertEqual(self.instance.client().call("GET", "/metrics").status, 404)
        self.instance.end("pulse", signal.SIGTERM)

    def test_unix_socket(self):
        """behind a proxy on a unix socket the clients' addresses are the proxy's word"""  # asvs: 4.1.3
        self.instance.pulse("migrate")
        path = self.instance.folder / "pulse.sock"
        self.instance.settings = {"HOST": f"unix:{path}", "LOG_LEVEL": "debug"}
        self.addCleanup(self.instance.settings.clear)
        process = self.instance.start("pulse", PROGRAMS / "pulse", "serve")
        self.addCleanup(process.kill)

        def ask() -> bytes:
            with socket.socket(socket.AF_UNIX) as to:
                to.connect(str(path))
                to.sendall(b"GET /ready HTTP/1.0\r\nX-Forwarded-For: 203.0.113.77\r\n\r\n")
                return b"".join(iter(lambda: to.recv(4096), b""))

        def is_ready() -> bool:
            try:
                return b" 200 OK" in ask()
            except OSError:
                return False

        wait_for(is_ready, "it answers over the socket")
        wait_for(lambda: "remote=203.0.113.77" in self.instance.log(), "the client's address is logged")
        self.assertEqual(self.instance.end("pulse", signal.SIGTERM), 0)
        self.assertFalse(path.exists())

    def test_config_hides_secrets(self):
        """pulse config shows where every setting comes from and no secret"""
        key = "c2VjcmV0LWtleS1vZi10aGUtdGVzdC1vbmx5LW5vdC1hLXJlYWwtb25l"
        self.instance.settings = {
            "JWT_SECRET_KEY": key, "DATABASE_URL": "postgresql://pulse:hunter2hunter2@localhost/pulse"}
        shown = self.instance.pulse("config").stdout
        self.instance.settings = {}
        self.assertIn("JWT_SECRET_KEY", shown)
        self.assertIn(str(self.instance.port), shown)
        self.assertNotIn(key, shown)
        self.assertNotIn("hunter2", shown)


class Stop(unittest.TestCase):
    def setUp(self):
        self.instance = Instance("stop").open()
        self.addCleanup(self.instance.close)

    def test_sigterm(self):
        """SIGTERM: requests that run are answered, and deliveries that are under way are recorded"""
        owner = self.instance.sign_up()
        project_id = owner.ask("POST", "/projects", {"name": "Stop"}, 201)["id"]
        self.instance.connect_x(owner, project_id)
        word = uuid.uuid4().hex
        fault = {"platform": "x", "kind": "slow", "ms": 1500, "match": {"body_contains": word}}
        self.instance.sandbox().ask("POST", "/_sandbox/faults", fault, 201)
        post = owner.ask("POST", "/posts", {"project_id": project_id, "text": word}, 201)
        owner.ask("POST", f"/posts/{post['id']}/publish-now", status=202)
        wait_for(
            lambda: any(word in line.get("body", "") for line in self.instance.journal() if line["kind"] == "arrived"),
            "it has left")

        # As many as can be hashed before the server cuts what is still busy, which a sanitized one has no more time
        # for.
        sign_ups = [SignUp(self.instance.port) for _ in range(20 if SLOWNESS == 1 else 4)]
        for each in sign_ups:
            each.send()
        for _ in range(20):  # by now every io thread has seen the connections before these
            self.instance.client().ask("GET", "/live")
        for each in sign_ups:
            each.start()
        pid, begun = self.instance.pid, time.monotonic()
        self.assertEqual(self.instance.end("pulse", signal.SIGTERM, STOP_LIMIT_S), 0)
        print(f"  stopped after {time.monotonic() - begun:.2f} s", flush=True)
        for each in sign_ups:
            each.join(STOP_LIMIT_S * SLOWNESS)
            self.assertEqual(each.status, 201)
        states = self.instance.psql(
            f"SELECT state, external_id IS NOT NULL FROM deliveries WHERE post_id = '{post['id']}'")
        self.assertEqual(states, [["published", "t"]])
        self.assertEqual(self.instance.psql("SELECT count(*) FROM nodes"), [["0"]], "its lease is given back")
        self.assertIn("Pulse has stopped", self.instance.log())
        self.assertFalse(list((self.instance.state / "nodes").glob("*.lock")), "an orderly end leaves no lock")
        self.assertNotRegex(self.instance.log(), r" (error|critical) ")
        self.assertFalse(pathlib.Path(f"/proc/{pid}").exists())

    def test_killed_leaves_nothing_behind(self):
        """starts after kill -9 clear away what the killed ones left"""
        for _ in range(3):
            self.instance.end("pulse")
            self.instance.start_pulse()
        wait_for(lambda: self.instance.psql("SELECT count(*) FROM nodes") == [["1"]], "the dead nodes are buried")
        wait_for(lambda: len(list((self.instance.state / "nodes").glob("*.lock"))) == 1, "their locks are removed")


class SignUp(threading.Thread):
    """A request that takes a while, because it hashes a password; the thread is for its answer."""

    def __init__(self, port: int):
        super().__init__(daemon=True)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.status = None

    def send(self) -> None:
        body = {
            "company_name": "Stop", "email": f"{uuid.uuid4().hex}@example.org",
            "password": f"correct horse {uuid.uuid4().hex[:8]}"}
        self.connection.request("POST", "/signup", json.dumps(body), {"content-type": "application/json"})

    def run(self) -> None:
        reply = self.connection.getresponse()
        reply.read()
        self.status = reply.status


class Manners(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("manners")
        cls.addClassCleanup(cls.instance.close)
        cls.instance.settings = {"CORS_ORIGINS": "https://app.example.org"}
        cls.instance.open()
        cls.owner = cls.instance.sign_up()
        cls.project_id = cls.owner.ask("POST", "/projects", {"name": "Manners"}, 201)["id"]
        cls.owner.ask("POST", "/channels", {"project_id": cls.project_id, "type": "website"}, 201)

    def test_metrics(self):
        """/metrics is valid Prometheus text: every sample belongs to a declared family, none stands twice"""
        answer = self.instance.client().call("GET", "/metrics")
        self.assertEqual(answer.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8")
        sample = re.compile(r'^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\.)*",?)*\})? (\S+)$')
        types, seen = {}, set()
        for line in answer.body.decode().splitlines():
            if line.startswith("# TYPE "):
                _, _, name, kind = line.split(" ")
                self.assertNotIn(name, types)
                types[name] = kind
            elif not line.startswith("# HELP "):
                name, labels, value = sample.fullmatch(line).groups()
                float(value)
                self.assertIn(re.sub(r"_(bucket|sum|count)$", "", name) if name not in types else name, types, line)
                self.assertNotIn((name, labels), seen, line)
                seen.add((name, labels))
        self.assertTrue(any(name.startswith("pulse_") for name in types))
        self.assertNotIn(self.project_id, answer.body.decode(), "a label that grows with the data")

    def test_second_factor(self):
        """whoever operates the installation lets a member in again who has lost their second factor"""
        email, password = f"{uuid.uuid4().hex}@example.org", "seven quiet bicycles"
        made = self.instance.client().ask("POST", "/signup", {"company_name": "Acme", "email": email, "password": password}, 201)
        self.instance.psql("INSERT INTO second_factors (tenant_id, member_id, secret, confirmed_at, created_at) "
                           f"SELECT tenant_id, id, '\\x00', now(), now() FROM members WHERE email = '{email}'")
        log_in = lambda: self.instance.client().call("POST", "/auth/login", {"email": email, "password": password})
        self.assertEqual(log_in().json()["code"], "second_factor_required")
        told = self.instance.pulse("admin", "reset-second-factor", "nobody@example.org", status=1).stderr
        self.assertIn("no active member with the address nobody@example.org has a second factor", told)
        self.assertIn(email, self.instance.pulse("admin", "reset-second-factor", email).stdout)
        self.assertEqual(self.instance.client(made["access_token"]).call("GET", "/auth/me").status, 401)
        again = log_in()
        self.assertEqual(again.status, 200)
        told = self.instance.client(again.json()["access_token"]).ask("GET", "/audit?action=pulse%20admin%20reset-second-factor")
        self.assertEqual([(each["outcome"], each["actor"]["kind"]) for each in told["items"]], [("done", "platform_admin")])
        mail = f"A mail to {email} is not sent, because SMTP_URL is not set. Your second factor at Pulse was reset:"
        wait_for(lambda: mail in self.instance.log(), "the mail")

    def test_idempotency(self):
        """a creating call under a key happens once, under the path with and without /api"""
        body = {"project_id": self.project_id, "text": "once " + uuid.uuid4().hex}
        key = {"idempotency-key": f'"{uuid.uuid4()}"'}
        first = self.owner.call("POST", "/posts", body, key)
        again = self.owner.call("POST", "/posts", body, key)
        under_api = self.owner.call("POST", "/api/posts", body, key)
        self.assertEqual([each.status for each in (first, again, under_api)], [201, 201, 201])
        self.assertEqual(first.body, again.body)
        self.assertEqual(first.json(), under_api.json())
        self.assertEqual((first.headers["location"], again.headers.get("idempotent-replayed")),
                         (again.headers["location"], "true"))
        self.assertEqual(self.owner.call("POST", "/posts", body | {"text": "another"}, key).status, 422)
        found = [
            post for post in self.owner.all_of(f"/posts?project_id={self.project_id}") if post["text"] == body["text"]]
        self.assertEqual(len(found), 1)

    def test_idempotency_at_once(self):
        """the same key many times at the same moment makes one post"""
        body = {"project_id": self.project_id, "text": "at once " + uuid.uuid4().hex}
        key, answers = {"idempotency-key": str(uuid.uuid4())}, []
        threads = [
            threading.Thread(target=lambda: answers.append(self.owner.call("POST", "/posts", body, key)))
            for _ in range(12)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        self.assertEqual(len(answers), 12)
        self.assertLessEqual({each.status for each in answers}, {201, 409}, answers)
        self.assertEqual(len({each.json()["id"] for each in answers if each.status == 201}), 1)
        found = [
            post for post in self.owner.all_of(f"/posts?project_id={self.project_id}") if post["text"] == body["text"]]
        self.assertEqual(len(found), 1)

    def test_pages(self):
        """a list read page by page, by cursor or by Link, is whole and has nothing twice, while it grows"""
        project_id = self.owner.ask("POST", "/projects", {"name": "Pages"}, 201)["id"]
        self.owner.ask("POST", "/channels", {"project_id": project_id, "type": "website"}, 201)
        made = [
            self.owner.ask("POST", "/posts", {"project_id": project_id, "text": str(number)}, 201)["id"]
            for number in range(25)]
        seen, path = [], f"/posts?limit=4&project_id={project_id}"
        while path:
            answer = self.owner.call("GET", path)
            seen += [post["id"] for post in answer.json()["items"]]
            link = answer.headers.get("link")
            path = re.fullmatch(r'<([^>]*)>; rel="next"', link).group(1) if link else None
            self.assertEqual(link is None, answer.json()["next_cursor"] is None)
            self.owner.ask("POST", "/posts", {"project_id": project_id, "text": "later"}, 201)
        self.assertEqual(seen, made[::-1])

    def test_cors(self):
        """an allowed origin is let in by a preflight and named in answers, another one is not"""
        origin = {"origin": "https://app.example.org", "access-control-request-method": "POST"}
        preflight = self.instance.client().call("OPTIONS", "/posts", headers=origin)
        self.assertEqual(preflight.status, 204)
        self.assertEqual(preflight.headers["access-control-allow-origin"], "https://app.example.org")
        self.assertIn("idempotency-key", preflight.headers["access-control-allow-headers"])
        self.assertEqual(
            self.instance.client().call("OPTIONS", "/posts",
                                        headers=origin | {"origin": "https://evil.example"}).status, 403)
        refused = self.instance.client().call("GET", "/posts", headers=origin)
        self.assertEqual((refused.status, refused.headers["access-control-allow-origin"]),
                         (401, "https://app.example.org"))
        self.assertIn("x-request-id", refused.headers["access-control-expose-headers"])
        evil = self.instance.client().call("GET", "/live", headers={"origin": "https://evil.example"})
        self.assertNotIn("access-control-allow-origin", evil.headers)

    def test_caching_and_compression(self):
        """documents are compressed for who asks, not sent again when unchanged, and HEAD sends the head alone"""
        plain = self.owner.call("GET", "/openapi.json")
        packed = self.owner.call("GET", "/openapi.json", headers={"accept-encoding": "gzip"})
        self.assertEqual(packed.headers["content-encoding"], "gzip")
        self.assertEqual(gzip.decompress(packed.body), plain.body)
        for answer in (plain, packed):
            unchanged = self.owner.call("GET", "/openapi.json", headers={"if-none-match": answer.headers["etag"]})
            self.assertEqual((unchanged.status, unchanged.body), (304, b""))
        head = self.owner.call("HEAD", "/openapi.json")
        self.assertEqual((head.status, head.body, head.headers["content-length"]), (200, b"", str(len(plain.body))))
        feed = self.instance.client().call("GET", f"/site/{self.project_id}/feed.json")
        since = {"if-modified-since": feed.headers["last-modified"]}
        self.assertEqual(self.instance.client().call("GET", f"/site/{self.project_id}/feed.json", headers=since).status,
                         304)

    def test_request_id(self):
        """a request keeps the id it came with, and one that cannot be an id gets another"""
        self.assertEqual(
            self.instance.client().call("GET", "/live",
                                        headers={"x-request-id": "from-the-proxy-7"}).headers["x-request-id"],
            "from-the-proxy-7")
        self.assertNotEqual(
            self.instance.client().call("GET", "/live", headers={"x-request-id": "<script>"}).headers["x-request-id"],
            "<script>")

    def test_documentation(self):
        """the viewers, and all that they load, come from here"""
        for page in ("/docs", "/redoc", "/api/docs"):
            answer = self.instance.client().call("GET", page)
            self.assertEqual(answer.status, 200, answer)
            sources = re.findall(r'(?:src|href)="([^"]+)"', answer.body.decode())
            self.assertTrue(sources)
            for source in sources:
                self.assertTrue(source.startswith("/"), source)
                self.assertEqual(self.instance.client().call("GET", source).status, 200, source)
            self.assertIn("default-src 'none'", answer.headers["content-security-policy"])
        document = self.instance.client().ask("GET", "/openapi.json")
        self.assertEqual(document["openapi"][:3], "3.1")
        for path in ("/signup", "/auth/login", "/auth/refresh", "/auth/logout", "/auth/me", "/projects",
                     "/projects/{id}", "/channels", "/channels/{id}", "/connectors/available", "/posts", "/posts/{id}",
                     "/posts/{id}/schedule", "/posts/{id}/publish-now", "/posts/{id}/cancel", "/posts/{id}/timeline",
                     "/website/publications", "/site/{project_id}/feed.json", "/site/{project_id}/feed.xml"):
            self.assertIn(path, document["paths"])


if __name__ == "__main__":
    cases.run()
