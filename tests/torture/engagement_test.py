#!/usr/bin/env python3
"""Team engagement while processes die: members' likes and comments under posts, two nodes that are killed at every
place of an act, lost replies, hours, gaps and caps. What LinkedIn's stand-in has written down is compared with what
members said, and with what Pulse tells, by a judge that shares no code with either. TORTURE_SEED replays the plan,
before which an opening tries what a random plan may leave out. TORTURE_MEMBERS=60 TORTURE_ENGAGEMENT_SECONDS=150 is the
long form. TORTURE_BROWSER_MEMBERS=5 lets so many act through sessions in browsers."""

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
from engagement_checker import acts_at_linkedin, judge
from engagement_world import BROWSER_MEMBERS, CHANCES, IS_LONG, MEMBERS, NODES, World
from instance import Instance


class Engagement(unittest.TestCase):
    def test_at_most_once(self):
        """each act is there at most once, confirmed before, within hours, caps and gaps, in words of its own, and Pulse knows what is there"""
        seed = int(os.environ.get("TORTURE_SEED", random.SystemRandom().randrange(10**9)))
        print(f"  TORTURE_SEED={seed}", flush=True)
        instance = Instance("engagement")
        self.addCleanup(instance.close)
        # Both nodes open what the other has sealed.
        instance.settings |= {"JWT_SECRET_KEY": secrets.token_hex(32), "TOKEN_ENCRYPTION_KEY": secrets.token_hex(32)}
        instance.settings["TRUSTED_PROXIES"] = "127.0.0.1"  # each member has an address of their own
        if BROWSER_MEMBERS:
            instance.settings["LINKEDIN_BROWSER"] = "yes"
        begun = time.monotonic()
        instance.open()
        instance.plant()
        world = World(instance, seed)
        instance.end("pulse")
        made = time.monotonic()
        world.torment()
        tormented = time.monotonic()
        instance.start_pulse()
        calm = checker.Law("calm", "all that was left to do was done", 1, [late] if (late := world.wait_for_calm()) else [])
        facts = world.read()
        laws = [*judge(facts, tuple(CHANCES) if IS_LONG else ()), calm]
        print(checker.in_words(laws), flush=True)
        print(f"  n: {MEMBERS} members, {len(facts.posts)} posts, {len(facts.acts)} acts planned, {len(facts.confirmed)} confirmed, "
              f"{len(facts.skipped)} refused by their members, {len(calls := acts_at_linkedin(facts.journal))} calls at LinkedIn, "
              f"{sum(one.is_by_browser for one in calls)} of them by browsers; {world.held()}; "
              f"{sum(facts.deaths.values())} kills on {NODES} nodes: {facts.deaths}; {made - begun:.0f} s to make, "
              f"{tormented - made:.0f} s of kills, {time.monotonic() - tormented:.0f} s until calm", flush=True)
        broken = [law.name for law in laws if law.broken]
        if broken:
            keep_facts(instance, facts, seed, "engagement")
        self.assertEqual(broken, [])


if __name__ == "__main__":
    cases.run()
