#!/usr/bin/env python3
"""Publishing everywhere, briefly: a few posts to seven channels each, over every platform and flow, with faults and
kills. TORTURE_POSTS says how many; `make torture ONLY=everywhere` has a thousand."""

import os
import pathlib
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parents[1] / "support")]
import cases
import checker
from cluster import replay_of
from everywhere import everywhere
from session import new_seed

POSTS = int(os.environ.get("TORTURE_POSTS", "8"))


class Everywhere(unittest.TestCase):
    def test_everywhere(self):
        """every delivery of posts to seven channels each ends as it should, and as the platforms' journal says, whatever dies"""
        seed = int(os.environ.get("TORTURE_SEED", new_seed()))
        begun = time.monotonic()
        print(f"  TORTURE_SEED={seed}", flush=True)
        laws = everywhere(seed, lambda told: print(f"  {time.monotonic() - begun:6.1f}  {told}", flush=True), POSTS)
        print(checker.in_words(laws), flush=True)
        self.assertEqual([law.name for law in laws if law.broken], [], replay_of("everywhere", seed))


if __name__ == "__main__":
    cases.run()
