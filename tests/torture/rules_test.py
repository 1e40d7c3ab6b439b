#!/usr/bin/env python3
"""Torture of rules: schedule and event triggers on two nodes that are killed again and again, at every place of a run
among others; then a judge that knows the promises, the rows and the platform's journal, and nothing of the engine.
TORTURE_SEED replays the plan; TORTURE_RULES=200 TORTURE_RULES_SECONDS=150 is the long form."""

import os
import pathlib
import random
import secrets
import sys
import time
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
import cases
import checker
from cluster import keep_facts
from instance import Instance
from rules_checker import judge
from rules_world import CHANCES, IS_LONG, NODES, World


class Rules(unittest.TestCase):
    def test_rules(self):
        """each moment and each event makes one run, each run at most one item and one post, whatever dies"""
        seed = int(os.environ.get("TORTURE_SEED", random.SystemRandom().randrange(10**9)))
        print(f"  TORTURE_SEED={seed}", flush=True)
        instance = Instance("rules-torture")
        self.addCleanup(instance.close)
        # Both nodes open what the other has sealed.
        instance.settings |= {"JWT_SECRET_KEY": secrets.token_hex(32), "TOKEN_ENCRYPTION_KEY": secrets.token_hex(32)}
        begun = time.monotonic()
        instance.open()
        instance.plant()
        world = World(instance, random.Random(seed))
        world.make_rules()
        instance.end("pulse")
        made = time.monotonic()
        world.torment()
        tormented = time.monotonic()
        instance.start_pulse()
        calm = checker.Law("calm", "all that was left to do was done", 1, [late] if (late := world.wait_for_calm()) else [])
        facts = world.read()
        laws = [*judge(facts, tuple(CHANCES) if IS_LONG else ()), calm]
        print(checker.in_words(laws), flush=True)
        print(f"  n: {len(facts.expected) + len(facts.listeners)} rules, {len(facts.expected)} moments, {len(facts.events)} events, "
              f"{len(facts.runs)} runs, {len(facts.items)} items, {len(facts.posts)} posts; {sum(facts.deaths.values())} kills on {NODES} "
              f"nodes: {facts.deaths}; {made - begun:.0f} s to make, {tormented - made:.0f} s of kills, "
              f"{time.monotonic() - tormented:.0f} s until calm", flush=True)
        broken = [law.name for law in laws if law.broken]
        if broken:
            keep_facts(instance, facts, seed, "rules")
        self.assertEqual(broken, [])


if __name__ == "__main__":
    cases.run()
