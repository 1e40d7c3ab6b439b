"""Those who watch a live stream as server-sent events: many, in processes of their own, each cut off at random and back
with its cursor.

A process serves all of its watchers in one loop and looks at bytes, not at events: 200 watchers of 100,000 events are
20 million, and what the watchers need of the processor is missing where the stream is made."""

import array
import contextlib
import http.client
import multiprocessing
import random
import re
import selectors
import socket
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

from instance import Client

NOBODY_ANSWERS = (OSError, http.client.HTTPException, AssertionError)
# Each begins with what it looks for, so that Python searches for that and does not try at every byte.
ID = re.compile(rb'data: \{"cursor":"[^"]*","event":\{"id":(\d+)[,}]')
CURSOR_BEFORE, CURSOR_AFTER = b'data: {"cursor":"', b'","event":{"id":'
RELOAD, BETWEEN = b"event: reload", b"\n\n"
# After so many events at most a connection is cut by its own watcher.
EVENTS_OF_A_CONNECTION = 4_000
CONNECTING_AT_ONCE = 4  # of a process
RETRY_S = 0.1


class Watcher:
    """One of them: what it has seen, and its connection while it has one."""

    signing_in = threading.Lock()

    def __init__(self, clients: list[Client], owner: dict, number: int, cursor: str):
        self.clients, self.owner, self.number, self.cursor = clients, owner, number, cursor
        self.random = random.Random(number)
        # Ids of events as they came: a stretch begins with the stream, and anew wherever it was told to reload.
        self.stretches = [array.array("q")]
        self.connections = 0
        self.latest = 0
        self.waiting = b""
        self.most = 0

    def connect(self) -> socket.socket | None:
        """A connection on which the stream has been asked for, or nothing when nobody answers."""
        # Each time another process, so that who dies is noticed by all.
        client = self.clients[(self.number + self.connections) % len(self.clients)]
        self.connections += 1
        self.waiting, self.most = b"", self.random.randrange(1, EVENTS_OF_A_CONNECTION)
        try:
            ticket = client.ask("POST", "/activity/ticket", status=201, timeout_s=5)["ticket"]
            connection = socket.create_connection(("127.0.0.1", client.port), timeout=2)
        except NOBODY_ANSWERS as why:
            if "expired_token" in str(why):
                self.renew(client.token)
            return None
        try:
            connection.sendall(f"GET /activity/live?ticket={ticket} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                               f"Last-Event-ID: {self.cursor}\r\n\r\n".encode())
        except OSError:
            connection.close()
            return None
        connection.setblocking(False)
        return connection

    def renew(self, expired: str) -> None:
        """An access token is good for a quarter of an hour; one watcher of a process gets the next for all of them."""
        with self.signing_in, contextlib.suppress(*NOBODY_ANSWERS):
            if self.clients[0].token != expired:
                return
            token = self.clients[self.connections % len(self.clients)].ask("POST", "/auth/login", self.owner)["access_token"]
            for each in self.clients:
                each.token = token

    def hear(self, connection: socket.socket) -> bool:
        """Takes what has come; whether the connection goes on."""
        try:
            more = connection.recv(1 << 18)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self.waiting += more
        if self.waiting[:4] == b"HTTP" and b" 200 " not in self.waiting[:16]:
            return False
        end = self.waiting.rfind(BETWEEN) + len(BETWEEN)
        if end >= len(BETWEEN):
            self.take(self.waiting[:end])
            self.waiting = self.waiting[end:]
        return bool(more) and self.most > 0

    def take(self, whole: bytes) -> None:
        """Whole messages: events, and perhaps the word that some are skipped."""
        first, *anew = whole.split(RELOAD)
        self.take_events(first)
        for part in anew:
            self.stretches.append(array.array("q"))
            self.take_events(part)

    def take_events(self, part: bytes) -> None:
        ids = ID.findall(part)
        if not ids:
            return
        self.stretches[-1].extend(map(int, ids))
        self.latest, self.most = int(ids[-1]), self.most - len(ids)
        end = part.rfind(CURSOR_AFTER)
        self.cursor = part[part.rfind(CURSOR_BEFORE, 0, end) + len(CURSOR_BEFORE) : end].decode()


class Loop:
    """Serves watchers until each has seen the event `last`, once that is known. `progress`: the latest that each has
    seen."""

    def __init__(self, watchers: list[Watcher], progress, last):
        self.progress, self.last = progress, last
        self.selector = selectors.DefaultSelector()
        self.connecting: dict[Future, Watcher] = {}
        self.away = [(0.0, each) for each in watchers]  # when it connects, who
        self.helpers = ThreadPoolExecutor(CONNECTING_AT_ONCE)

    def run(self) -> None:
        while self.away or self.connecting or self.selector.get_map():
            self.come_back()
            for key, _ in self.selector.select(0.02):
                watcher = key.data
                goes_on = watcher.hear(key.fileobj)
                self.progress[watcher.number] = watcher.latest
                if not goes_on or self.is_done(watcher):
                    self.drop(key.fileobj, watcher)
            if self.last.value > 0:
                for key in [each for each in self.selector.get_map().values() if self.is_done(each.data)]:
                    self.drop(key.fileobj, key.data)

    def is_done(self, watcher: Watcher) -> bool:
        return 0 < self.last.value == watcher.latest

    def drop(self, connection: socket.socket, watcher: Watcher) -> None:
        self.selector.unregister(connection)
        connection.close()
        self.away.append((0.0, watcher))

    def come_back(self) -> None:
        now = time.monotonic()
        away, self.away = self.away, []
        for when, watcher in away:
            if self.is_done(watcher):
                continue
            if when > now:
                self.away.append((when, watcher))
            else:
                self.connecting[self.helpers.submit(watcher.connect)] = watcher
        for future in [each for each in self.connecting if each.done()]:
            watcher, connection = self.connecting.pop(future), future.result()
            if connection is None:
                self.away.append((now + RETRY_S, watcher))
            else:
                self.selector.register(connection, selectors.EVENT_READ, watcher)


def watch(numbers: range, clients: list[Client], owner: dict, cursor: str, progress, last, told) -> None:
    """A process of some of them; tells what each has seen."""
    watchers = [Watcher(clients, owner, number, cursor) for number in numbers]
    Loop(watchers, progress, last).run()
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
