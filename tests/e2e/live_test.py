#!/usr/bin/env python3
"""Whoever watches sees every event once and in order, whatever dies: a process that serves it, the other one, Redis."""

import http.client
import json
import pathlib
import socket
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from instance import PROGRAMS, Client, Instance, answers, free_port, wait_for

NOBODY_ANSWERS = (OSError, http.client.HTTPException, AssertionError)
WATCHERS = 12
POSTS = 120


class Watcher(threading.Thread):
    """Reads server-sent events, and comes back with its last cursor whenever the connection ends."""

    def __init__(self, clients: list[Client], number: int, cursor: str):
        super().__init__(daemon=True)
        self.clients = clients
        self.number = number
        self.cursor = cursor
        self.seen: list[int] = []  # ids of events, as they came
        self.reloads = 0
        self.connections = 0
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.is_set():
            # Each time another process, so that who dies is noticed by all.
            client = self.clients[(self.number + self.connections) % len(self.clients)]
            self.connections += 1
            try:
                ticket = client.ask("POST", "/activity/ticket", status=201, timeout_s=5)["ticket"]
                self.read(client.port, ticket)
            except NOBODY_ANSWERS:
                self.is_over.wait(0.1)

    def read(self, port: int, ticket: str) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(f"GET /activity/live?ticket={ticket} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                               f"Last-Event-ID: {self.cursor}\r\n\r\n".encode())
            lines = connection.makefile("rb")
            if b" 200 " not in lines.readline():
                return
            cursor = self.cursor
            for line in lines:
                if line.startswith(b"id: "):
                    cursor = line[4:].strip().decode()
                if line.startswith(b'data: {"cursor"'):
                    self.seen.append(json.loads(line[6:])["event"]["id"])
                    self.cursor = cursor
                if line.startswith(b"event: reload"):
                    self.reloads += 1
                if self.is_over.is_set():
                    return


class Live(unittest.TestCase):
    def setUp(self):
        self.instance = Instance("live").open()
        self.addCleanup(self.instance.close)
        self.second_port = free_port()
        self.start_second()

    def start_second(self) -> None:
        state = self.instance.folder / "second"
        state.mkdir(exist_ok=True)
        self.instance.start("second", "env", f"PORT={self.second_port}", f"PULSE_STATE_DIR={state}",
                            PROGRAMS / "pulse", "serve")
        wait_for(lambda: answers(Client(self.second_port), "/ready"), "the second process is ready")

    def poll(self, client: Client, cursor: str) -> list[dict]:
        items = []
        while True:
            page = client.ask("GET", f"/activity/events?cursor={cursor}")
            self.assertFalse(page["reload"])
            items += page["items"]
            if not page["has_more"] and page["cursor"] == cursor:
                return items
            cursor = page["cursor"]

    def write_posts(self, clients: list[Client], project_id: str) -> None:
        written = 0
        while written < POSTS:
            try:
                clients[written % 2].ask("POST", "/posts", {"project_id": project_id, "text": f"Post {written}"}, 201)
                written += 1
            except NOBODY_ANSWERS:
                clients.reverse()

    def test_watchers(self):
        """every watcher sees every event once, in order, while processes and Redis are killed"""
        client = self.instance.sign_up()
        clients = [client, Client(self.second_port, client.token)]
        project_id = client.ask("POST", "/projects", {"name": "Live"}, 201)["id"]
        client.ask("POST", "/channels", {"project_id": project_id, "type": "website"}, 201)
        start = client.ask("GET", "/activity/events")["cursor"]
        watchers = [Watcher(clients, number, start) for number in range(WATCHERS)]
        for each in watchers:
            each.start()
        wait_for(lambda: all(each.connections for each in watchers), "all watch")
        writer = threading.Thread(target=self.write_posts, args=(list(clients), project_id), daemon=True)
        writer.start()
        for victim in ("redis", "pulse", "second"):
            seen = len(watchers[0].seen)
            wait_for(lambda: len(watchers[0].seen) > seen or not writer.is_alive(), "something happens")
            if victim == "redis":
                self.instance.servers("kill", "--only", "redis")
            else:
                self.instance.end(victim)
                (self.instance.start_pulse if victim == "pulse" else self.start_second)()
        writer.join(60)
        self.assertFalse(writer.is_alive())
        truth = wait_for(lambda: self.poll(client, start), "the events are there")
        wait_for(lambda: all(len(each.seen) >= len(truth) for each in watchers),
                 f"all have seen {len(truth)} events, not {[len(each.seen) for each in watchers]}")
        for each in watchers:
            each.is_over.set()
        self.assertGreaterEqual(len(truth), POSTS)
        for each in watchers:
            self.assertEqual(each.seen, [item["id"] for item in truth])
        self.assertEqual([each.reloads for each in watchers], [0] * WATCHERS)


if __name__ == "__main__":
    cases.run()
