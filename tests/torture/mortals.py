"""Processes that are killed one after the other, at a place of their own or anywhere, and come back at once."""

import random
import subprocess
import threading
import time
from collections import Counter

from instance import PROGRAMS, Client, Instance, answers, free_port, wait_until

ANYWHERE = "anywhere"


class Mortal:
    """One `pulse serve` of several on one database. Its next start finds what the one before has left, and so knows
    that it is dead."""

    def __init__(self, instance: Instance, name: str, port: int):
        self.instance, self.name, self.port = instance, name, port
        self.process: subprocess.Popen | None = None
        self.place = ANYWHERE  # at which it is to be killed

    def start(self, place: str, chance: float, seed: int) -> None:
        """It dies with this chance each time that it passes the place; anywhere is no place of its own."""
        self.place = place
        own = {"PORT": str(self.port), "PULSE_STATE_DIR": str(self.instance.folder / f"{self.name}-state")}
        if place != ANYWHERE:
            own |= {"PULSE_FAILPOINTS": f"{place}=kill@{chance}", "PULSE_FAILPOINT_SEED": str(seed)}
        with open(self.instance.folder / f"{self.name}.log", "ab") as log:
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", str(PROGRAMS / "pulse"), "serve"],
                env=self.instance.environment() | own, cwd=self.instance.folder, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> str:
        """Where it died: at its place, or here."""
        died_by_itself = not self.is_running()
        if self.process:
            self.process.kill()
            self.process.wait()
        self.process = None
        return self.place if died_by_itself else ANYWHERE


class Mortals:
    """So many of them, the first at the instance's own port. `chances`: by place."""

    def __init__(self, instance: Instance, count: int, dice: random.Random, chances: dict[str, float]):
        self.dice, self.chances = dice, chances
        self.nodes = [Mortal(instance, f"node-{number}", instance.port if number == 0 else free_port()) for number in range(count)]
        self.deaths: Counter[str] = Counter()
        self.places: list[str] = []  # of the next starts

    @property
    def ports(self) -> list[int]:
        return [node.port for node in self.nodes]

    def torment(self, until: float, people: list[threading.Thread], alive_s: tuple[float, float] = (0.2, 1.0)) -> dict[str, int]:
        """Kills one after the other until that moment of the monotonic clock, while these people are at work; how
        often, by place. `alive_s`: how long all may live, from when all of them answer."""
        try:
            for node in self.nodes:
                self.start(node)
            for person in people:
                person.start()
            while time.monotonic() < until:
                self.wait_until_up(min(until, time.monotonic() + 10))
                end = min(until, time.monotonic() + self.dice.uniform(*alive_s))
                while time.monotonic() < end and all(node.is_running() for node in self.nodes):
                    wait_until(min(end, time.monotonic() + 0.05))
                fallen = [node for node in self.nodes if not node.is_running()]
                node = fallen[0] if fallen else self.dice.choice(self.nodes)
                wanted = node.place
                died = node.kill()
                self.deaths[died] += 1
                if died != wanted:
                    self.places.append(wanted)  # nobody has died there yet, or not often enough
                self.start(node)
        finally:
            for person in people:
                person.over.set()
            for node in self.nodes:
                node.kill()
            for person in people:
                if person.is_alive():
                    person.join(60)
        return dict(self.deaths)

    def start(self, node: Mortal) -> None:
        if len(self.places) < 3:  # so that one at which nobody dies does not take the place of all others
            self.places += self.dice.sample([*self.chances, ANYWHERE], len(self.chances) + 1)
        place = self.places.pop(0)
        node.start(place, self.chances.get(place, 0), self.dice.randrange(1, 10**6))

    def wait_until_up(self, until: float) -> None:
        """Until all that run answer, or one has fallen: who dies before it works shows nothing."""
        while time.monotonic() < until and all(node.is_running() for node in self.nodes):
            if all(answers(Client(node.port), "/ready") for node in self.nodes):
                return
            wait_until(min(until, time.monotonic() + 0.05))
