"""Those who watch a live stream as server-sent events: many, in processes of their own, each cut off at random and back with its cursor."""

import array
import contextlib
import http.client
import multiprocessing
import random
import re
import socket
import threading

from instance import Client

NOBODY_ANSWERS = (OSError, http.client.HTTPException, AssertionError)
ONE = re.compile(rb'data: \{"cursor":"([^"]*)","event":\{"id":(\d+)[,}]|event: (reload)')
# After so many events at most a connection is cut by its own watcher.
EVENTS_OF_A_CONNECTION = 4_000


class Watcher(threading.Thread):
    """Reads until it has seen the event `last`, once that is known. `progress`: the latest that each has seen."""

    signing_in = threading.Lock()

    def __init__(self, clients: list[Client], owner: dict, number: int, cursor: str, progress, last):
        super().__init__(daemon=True)
        self.clients, self.owner, self.number, self.cursor = clients, owner, number, cursor
        self.progress, self.last = progress, last
        self.random = random.Random(number)
        # Ids of events as they came: a stretch begins with the stream, and anew wherever it was told to reload.
        self.stretches = [array.array("q")]
        self.connections = 0

    @property
    def is_done(self) -> bool:
        return 0 < self.last.value == self.progress[self.number]

    def run(self) -> None:
        while not self.is_done:
            # Each time another process, so that who dies is noticed by all.
            client = self.clients[(self.number + self.connections) % len(self.clients)]
            self.connections += 1
            try:
                ticket = client.ask("POST", "/activity/ticket", status=201, timeout_s=5)["ticket"]
                self.read(client.port, ticket, self.random.randrange(1, EVENTS_OF_A_CONNECTION))
            except NOBODY_ANSWERS as why:
                if "expired_token" in str(why):
                    self.renew(client.token)
                threading.Event().wait(0.1)

    def renew(self, expired: str) -> None:
        """An access token is good for a quarter of an hour; one watcher of a process gets the next for all of them."""
        with self.signing_in, contextlib.suppress(*NOBODY_ANSWERS):
            if self.clients[0].token != expired:
                return
            token = self.clients[self.connections % len(self.clients)].ask("POST", "/auth/login", self.owner)["access_token"]
            for each in self.clients:
                each.token = token

    def read(self, port: int, ticket: str, most: int) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(f"GET /activity/live?ticket={ticket} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                               f"Last-Event-ID: {self.cursor}\r\n\r\n".encode())
            waiting = b""
            while most > 0 and not self.is_done:
                try:
                    more = connection.recv(1 << 18)
                except TimeoutError:
                    continue  # nothing happens; perhaps it is done
                if not more:
                    return
                waiting += more
                if waiting[:4] == b"HTTP" and b" 200 " not in waiting[:16]:
                    return
                end = 0
                for found in ONE.finditer(waiting):
                    end, most = found.end(), most - 1
                    self.take(found)
                waiting = waiting[end:]

    def take(self, found: re.Match) -> None:
        if found[3]:
            self.stretches.append(array.array("q"))
            return
        self.stretches[-1].append(int(found[2]))
        self.cursor = found[1].decode()
        self.progress[self.number] = int(found[2])


def watch(numbers: range, clients: list[Client], owner: dict, cursor: str, progress, last, told) -> None:
    """A process of some of them; tells what each has seen."""
    watchers = [Watcher(clients, owner, number, cursor, progress, last) for number in numbers]
    for each in watchers:
        each.start()
    for each in watchers:
        each.join()
    told.put([(each.number, [bytes(part) for part in each.stretches], each.connections) for each in watchers])


class Crowd:
    """`count` watchers in `processes` processes, from `cursor` on; `owner` is what they sign in with."""

    def __init__(self, count: int, processes: int, clients: list[Client], owner: dict, cursor: str):
        context = multiprocessing.get_context("fork")
        self.count = count
        self.progress, self.last, self.told = context.Array("l", count, lock=False), context.Value("l", 0), context.Queue()
        share = (count + processes - 1) // processes
        self.processes = [context.Process(target=watch, daemon=True, args=(range(first, min(first + share, count)), clients, owner, cursor,
                                                                          self.progress, self.last, self.told))
                          for first in range(0, count, share)]
        for each in self.processes:
            each.start()

    def slowest(self) -> int:
        """The latest event that everybody has seen."""
        return min(self.progress)

    def finish(self, last: int, limit_s: float) -> dict[int, tuple[list[array.array], int]]:
        """What each has seen, in stretches, and how often it connected, once all have the event `last`."""
        self.last.value = last
        seen = {}
        for _ in self.processes:
            for number, stretches, connections in self.told.get(timeout=limit_s):
                seen[number] = ([array.array("q", part) for part in stretches], connections)
        return seen

    def end(self) -> None:
        for each in self.processes:
            each.kill()
