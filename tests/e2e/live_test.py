#!/usr/bin/env python3
"""Whoever watches sees every event once and in order, whatever dies: a process that serves it, the other one, Redis."""

import os
import pathlib
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from instance import PROGRAMS, Client, Instance, answers, free_port, wait_for
from watchers import NOBODY_ANSWERS, Crowd

# `make live` asks for 200 watchers and 100,000 events.
WATCHERS = int(os.environ.get("PULSE_LIVE_WATCHERS", "12"))
EVENTS = int(os.environ.get("PULSE_LIVE_EVENTS", "1500"))
PROCESSES = 1 if WATCHERS < 50 else 4
POSTS = 120
BATCH = 500
# Who is further behind than that when it comes back is told to reload; who writes waits for the slowest before.
AHEAD = 4_000
PATIENCE_S = 120 if WATCHERS < 50 else 1_800


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

    def stream(self) -> list[int]:
        """The events that there are, in the stream's order, as the database has them."""
        rows = self.instance.psql("SELECT id FROM publish_events ORDER BY transaction, id")
        return [int(row[0]) for row in rows if row[0]]

    def write_posts(self, clients: list[Client], project_id: str) -> None:
        written = 0
        while written < POSTS:
            try:
                clients[written % 2].ask("POST", "/posts", {"project_id": project_id, "text": f"Post {written}"}, 201)
                written += 1
            except NOBODY_ANSWERS:
                clients.reverse()

    def flood(self, project_id: str, crowd: Crowd) -> None:
        """As many events again and again, as a busy engine would commit them; nobody is told, so the hubs find them
        by looking."""
        tenant_id, model = self.instance.psql(f"SELECT tenant_id, id FROM publish_events WHERE project_id = '{project_id}' ORDER BY id LIMIT 1")[0]
        for _ in range(0, EVENTS, BATCH):
            last = int(self.instance.psql(f"""
              WITH made AS (
                INSERT INTO publish_events (tenant_id, project_id, type, message, metadata_json, created_at)
                SELECT tenant_id, project_id, type, message, metadata_json, now() FROM publish_events, generate_series(1, {BATCH})
                WHERE tenant_id = '{tenant_id}' AND id = {model}
                RETURNING id)
              SELECT max(id) FROM made""")[0][0])
            wait_for(lambda last=last: crowd.slowest() >= last - AHEAD, "the slowest come after", PATIENCE_S)

    def disturb(self, crowd: Crowd, writers: list[threading.Thread]) -> None:
        """Kills whom the stream comes from, one after the other, while something happens."""
        for victim in ("redis", "pulse", "second"):
            seen = crowd.slowest()
            wait_for(lambda seen=seen: crowd.slowest() > seen or not any(each.is_alive() for each in writers), "something happens", PATIENCE_S)
            if victim == "redis":
                self.instance.servers("kill", "--only", "redis")
            else:
                self.instance.end(victim)
                (self.instance.start_pulse if victim == "pulse" else self.start_second)()

    def judge(self, truth: list[int], stretches: list) -> int:
        """Each stretch has every event of its part of the stream, once and in order, and the last one ends where the
        stream does; how many events a reload has skipped."""
        place, skipped = 0, 0
        for number, stretch in enumerate(stretches):
            if not stretch:
                continue
            begin = truth.index(stretch[0], place)
            if number == 0:
                self.assertEqual(begin, 0)
            skipped += begin - place
            self.assertEqual(list(stretch), truth[begin : begin + len(stretch)])
            place = begin + len(stretch)
        self.assertEqual(place, len(truth))
        return skipped

    def test_watchers(self):
        """every watcher, cut off at random, sees every event once, in order, while processes and Redis are killed"""
        owner = {"email": "ada@example.org", "password": "correct horse of the stream"}
        made = self.instance.client().ask("POST", "/signup", owner | {"company_name": "Watched"}, 201)
        client = self.instance.client(made["access_token"])
        clients = [client, Client(self.second_port, client.token)]
        project_id = client.ask("POST", "/projects", {"name": "Live"}, 201)["id"]
        client.ask("POST", "/channels", {"project_id": project_id, "type": "website"}, 201)
        start, before = client.ask("GET", "/activity/events")["cursor"], self.stream()
        crowd = Crowd(WATCHERS, PROCESSES, clients, owner, start)
        self.addCleanup(crowd.end)
        client.ask("POST", "/posts", {"project_id": project_id, "text": "The first"}, 201)
        wait_for(lambda: crowd.slowest() > 0, "all watch", PATIENCE_S)
        writers = [threading.Thread(target=self.write_posts, args=(list(clients), project_id), daemon=True),
                   threading.Thread(target=self.flood, args=(project_id, crowd), daemon=True)]
        for each in writers:
            each.start()
        self.disturb(crowd, writers)
        for each in writers:
            each.join(PATIENCE_S)
            self.assertFalse(each.is_alive())
        truth = self.stream()[len(before):]
        self.assertGreaterEqual(len(truth), POSTS + EVENTS)
        seen = crowd.finish(truth[-1], PATIENCE_S)
        self.assertEqual(len(seen), WATCHERS)
        skipped = [self.judge(truth, stretches) for stretches, _ in seen.values()]
        print(f"  {len(truth)} events, {WATCHERS} watchers, {sum(times for _, times in seen.values())} connections; "
              f"{sum(len(stretches) - 1 for stretches, _ in seen.values())} times told to reload, {sum(skipped)} events skipped so", flush=True)
        if WATCHERS < 50:
            self.assertEqual(sum(skipped), 0)


if __name__ == "__main__":
    cases.run()
