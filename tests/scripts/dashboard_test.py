#!/usr/bin/env python3
"""The dashboard by itself: its linter, its unit tests, and how much the first page loads."""

import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
LIMIT_S = 540  # beside the other tests on two busy cores 130 s are usual


class Dashboard(unittest.TestCase):
    def test_dashboard(self):
        """the dashboard builds, keeps its rules of style and imports, passes its unit tests and loads little at first"""
        done = subprocess.run([CHECKOUT / "scripts/dashboard", "test"], stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=LIMIT_S)
        self.assertEqual(0, done.returncode, done.stdout[-6000:] + done.stderr[-3000:])
        self.assertIn("first load, script", done.stdout)


cases.run()
