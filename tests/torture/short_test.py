#!/usr/bin/env python3
"""Torture, briefly: a random session and the two scenarios whose moment is exact. `make torture` takes longer."""

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
from session import new_seed, random_session


class Torture(unittest.TestCase):
    def setUp(self):
        self.seed = int(os.environ.get("TORTURE_SEED", new_seed()))
        self.begun = time.monotonic()
        print(f"  TORTURE_SEED={self.seed}", flush=True)

    def say(self, sentence: str) -> None:
        print(f"  {time.monotonic() - self.begun:6.1f}  {sentence}", flush=True)

    def hold(self, laws: list[checker.Law]) -> None:
        print(checker.in_words(laws), flush=True)
        self.assertEqual([law.name for law in laws if law.broken], [], f"TORTURE_SEED={self.seed}")

    def test_random(self):
        """every promise holds while everything goes wrong"""
        self.hold(random_session(self.seed, float(os.environ.get("TORTURE_SECONDS", "20")), self.say))

    def test_zombie(self):
        """a process that stopped with the reply in hand and wakes up replaced is refused by the fence"""
        self.hold(scenarios.ALL["zombie_received"](self.seed, self.say))

    def test_killed(self):
        """a process killed when everything was sent and nothing recorded leaves nothing lost and nothing doubled"""
        self.hold(scenarios.ALL["kill_sent"](self.seed, self.say))


if __name__ == "__main__":
    cases.run()
