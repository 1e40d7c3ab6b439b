#!/usr/bin/env python3
"""With a certificate the front door speaks TLS by itself: ordinary calls, WebSockets, event streams and the end of a connection."""

import base64
import json
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from instance import PROGRAMS, Instance, wait_for


def self_signed(folder: pathlib.Path, name: str) -> tuple[pathlib.Path, pathlib.Path]:
    """A certificate for this machine, and its key."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}-key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-keyout", key, "-out", certificate, "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True, capture_output=True, timeout=60)
    return certificate, key


class Connection:
    """One connection that trusts the test's certificate alone."""

    def __init__(self, instance: Instance, certificate: pathlib.Path, ciphers: str = "", **limits):
        context = ssl.create_default_context(cafile=str(certificate))
        if ciphers:
            context.set_ciphers(ciphers)
        context.set_alpn_protocols(["h2", "http/1.1"])
        for name, value in limits.items():
            setattr(context, name, value)
        plain = socket.create_connection(("127.0.0.1", instance.port), timeout=30)
        try:
            # A peer that ends without saying so is an error here.
            self.wire = context.wrap_socket(plain, server_hostname="localhost", suppress_ragged_eofs=False)
        except BaseException:
            plain.close()
            raise
        self.lines = self.wire.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.lines.close()
        self.wire.close()

    def say(self, method: str, path: str, body: bytes = b"", **headers: str) -> None:
        given = {"host": "localhost"} | {name.replace("_", "-"): value for name, value in headers.items()}
        if body:
            given |= {"content-length": str(len(body)), "content-type": "application/json"}
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in given.items()) + "\r\n"
        self.wire.sendall(head.encode() + body)

    def head(self) -> tuple[int, dict[str, str]]:
        status = int(self.lines.readline().split()[1])
        headers = {}
        while line := self.lines.readline().strip():
            name, value = line.decode().split(":", 1)
            headers[name.lower()] = value.strip()
        return status, headers

    def ask(self, method: str, path: str, body=None, **headers: str) -> tuple[int, bytes]:
        self.say(method, path, json.dumps(body).encode() if body is not None else b"", **headers)
        status, told = self.head()
        return status, self.lines.read(int(told.get("content-length", "0")))


class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("tls")
        cls.addClassCleanup(cls.instance.close)
        cls.certificate, key = self_signed(cls.instance.folder, "own")
        cls.other_key = self_signed(cls.instance.folder, "other")[1]
        cls.instance.start_servers()
        cls.instance.pulse("migrate")
        cls.instance.settings = {"TLS_CERTIFICATE_PATH": str(cls.certificate), "TLS_KEY_PATH": str(key)}
        process = cls.instance.start("pulse", PROGRAMS / "pulse", "serve")

        def is_ready() -> bool:
            assert process.poll() is None, cls.instance.log()[-2000:]
            try:
                with cls.connect() as to:
                    return to.ask("GET", "/ready")[0] == 200
            except OSError:
                return False

        wait_for(is_ready, "Pulse is ready")

    @classmethod
    def connect(cls, **limits) -> Connection:
        return Connection(cls.instance, cls.certificate, **limits)

    def sign_up(self, to: Connection) -> str:
        word = os.urandom(8).hex()
        status, body = to.ask("POST", "/signup", {"company_name": f"Company {word}", "email": f"{word}@example.org",
                                                  "password": f"correct horse {word}"})
        self.assertEqual(status, 201, body)
        return json.loads(body)["access_token"]

    def ticket(self, to: Connection) -> str:
        status, body = to.ask("POST", "/activity/ticket", authorization=f"Bearer {self.sign_up(to)}")
        self.assertEqual(status, 201, body)
        return json.loads(body)["ticket"]

    def test_calls(self):
        """many calls go over one connection, small ones and large ones, and HTTP/1.1 is agreed on"""
        with self.connect() as to:
            self.assertEqual(to.wire.selected_alpn_protocol(), "http/1.1")
            self.assertEqual(to.wire.version(), "TLSv1.3")
            self.assertEqual([to.ask("GET", "/live")[0] for _ in range(20)], [200] * 20)
            status, document = to.ask("GET", "/openapi.json")
            self.assertEqual(status, 200)
            self.assertGreater(len(document), 300_000)
            self.assertEqual(json.loads(document)["openapi"][:3], "3.1")
            self.sign_up(to)

    def test_versions(self):
        """TLS 1.2 is spoken, older versions are not, and neither is plain HTTP"""
        with self.connect(maximum_version=ssl.TLSVersion.TLSv1_2) as to:
            self.assertEqual(to.wire.version(), "TLSv1.2")
            self.assertEqual(to.ask("GET", "/live")[0], 200)
        with self.assertRaises(OSError):
            self.connect(minimum_version=ssl.TLSVersion.TLSv1, maximum_version=ssl.TLSVersion.TLSv1_1)
        with socket.create_connection(("127.0.0.1", self.instance.port), timeout=30) as plain:
            plain.sendall(b"GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            told = b""
            try:
                while more := plain.recv(4096):
                    told += more
            except ConnectionResetError:
                pass
            self.assertNotIn(b"HTTP/1.1", told)

    def test_ciphers(self):
        """what TLS 1.2 is spoken with is authenticated encryption with keys of the connection's own, and nothing weaker is taken"""  # asvs: 12.1.2
        old = {"maximum_version": ssl.TLSVersion.TLSv1_2}
        for good in ("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305"):
            with self.connect(ciphers=good, **old) as to:
                self.assertEqual(to.wire.cipher()[0], good)
        for weak in ("ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "ECDHE-ECDSA-AES128-CCM"):
            with self.subTest(weak), self.assertRaises(OSError):
                self.connect(ciphers=weak, **old)

    def test_parser(self):
        """what comes out of TLS is parsed as strictly, and its refusal arrives"""
        with self.connect() as to:
            to.wire.sendall(b"POST /signup HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n")
            status, told = to.head()
            self.assertEqual(status, 411)
            to.lines.read(int(told["content-length"]))
            self.assertEqual(to.lines.read(1), b"", "the end was told")

    def test_end(self):
        """a connection that is to be closed is closed with a word, so nobody takes a cut for an end"""
        with self.connect() as to:
            self.assertEqual(to.ask("GET", "/live", connection="close")[0], 200)
            self.assertEqual(to.lines.read(1), b"")

    def test_web_socket(self):
        """a WebSocket opens over TLS and says hello"""
        with self.connect() as to:
            ticket = self.ticket(to)
        with self.connect() as to:
            to.say("GET", f"/activity/live?ticket={ticket}", connection="Upgrade", upgrade="websocket",
                   sec_websocket_version="13", sec_websocket_key=base64.b64encode(os.urandom(16)).decode())
            self.assertEqual(to.head()[0], 101)
            first, size = to.lines.read(2)
            self.assertEqual(first, 0x81)
            if size == 126:
                size = int.from_bytes(to.lines.read(2), "big")
            self.assertEqual(json.loads(to.lines.read(size))["type"], "hello")

    def test_event_stream(self):
        """server-sent events come over TLS"""
        with self.connect() as to:
            ticket = self.ticket(to)
        with self.connect() as to:
            to.say("GET", f"/activity/live?ticket={ticket}", accept="text/event-stream")
            self.assertEqual(to.head()[0], 200)
            self.assertEqual(to.lines.readline(), b"retry: 2000\n")
            self.assertEqual(to.lines.readline(), b"event: hello\n")

    def refused(self, **settings: str) -> str:
        before = dict(self.instance.settings)
        self.instance.settings |= settings
        try:
            done = self.instance.pulse("serve", status=1)
            return done.stdout + done.stderr
        finally:
            self.instance.settings = before

    def test_wrong_files(self):
        """a certificate without its key, or with another one, stops the start"""
        self.assertIn("TLS_KEY_PATH", self.refused(TLS_KEY_PATH=""))
        self.assertIn("cannot be used", self.refused(TLS_CERTIFICATE_PATH=str(self.instance.folder / "none.pem")))
        self.assertIn("key", self.refused(TLS_KEY_PATH=str(self.other_key)))


if __name__ == "__main__":
    cases.run()
