#!/usr/bin/env python3
"""Torture, briefly: a random session, and two scenarios whose moment is exact. `make torture` takes longer, and
plays them all."""

import atexit
import concurrent.futures
import os
import pathlib
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parents[1] / "support")]
import cases
import checker
import scenarios
from cluster import replay_of
from session import new_seed, random_session

SECONDS = float(os.environ.get("TORTURE_SECONDS", "16"))


class Torture(unittest.TestCase):
    def setUp(self):
        self.seed = int(os.environ.get("TORTURE_SEED", new_seed()))
        self.begun = time.monotonic()
        print(f"  TORTURE_SEED={self.seed}", flush=True)

    def say(self, sentence: str) -> None:
        print(f"  {time.monotonic() - self.begun:6.1f}  {sentence}", flush=True)

    def hold(self, name: str, laws: list[checker.Law], seconds: float | None = None) -> None:
        print(checker.in_words(laws), flush=True)
        wrong = [law.name for law in laws if law.broken]
        if wrong:
            atexit.register(print, f"Broken in {name}: {', '.join(wrong)}. Again: {replay_of(name, self.seed, seconds)}", flush=True)
        self.assertEqual(wrong, [], replay_of(name, self.seed, seconds))

    def test_random(self):
        """every promise holds while everything goes wrong"""
        self.hold("random", random_session(self.seed, SECONDS, self.say), SECONDS)

    def test_moments(self):
        """who wakes up replaced is refused by the fence, and a kill with everything sent loses and doubles nothing"""
        names = ("zombie_received", "kill_sent_once")  # each waits for deadlines most of the time: side by side
        with concurrent.futures.ThreadPoolExecutor(len(names)) as stages:
            playing = {name: stages.submit(scenarios.ALL[name], self.seed, lambda told, of=name: self.say(f"{of}: {told}"))
                       for name in names}
        for name, played in playing.items():
            with self.subTest(name):
                self.hold(name, played.result())


if __name__ == "__main__":
    cases.run()
