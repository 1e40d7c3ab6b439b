#!/usr/bin/env python3
"""make run builds the dashboard when what it is made of has changed, and only then."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "support")]
import cases
from programs import CHECKOUT, write_program

NPM = """#!/bin/sh
echo "$*" >> calls
[ -z "$FAILS" ] || { echo "no such luck"; exit 3; }
mkdir -p dist && echo made > dist/index.html
"""


class DashboardBuild(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="pulse dashboard ")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.dashboard = self.folder / "dashboard"
        (self.dashboard / "src").mkdir(parents=True)
        (self.dashboard / "node_modules").mkdir()
        (self.dashboard / "package.json").write_text("{}")
        (self.dashboard / "src/main.tsx").write_text("// the beginning")
        (self.folder / "programs").mkdir()
        write_program(self.folder / "programs/npm", NPM.replace("calls", f"'{self.folder}/calls'"))
        self.age(self.dashboard, -100)

    @staticmethod
    def age(path: pathlib.Path, by_s: int) -> None:
        """Sets everything below a path so many seconds into the past (or future), from now."""
        for each in (path, *path.rglob("*")):
            at = each.stat().st_mtime + by_s
            os.utime(each, (at, at))

    def build(self, **more: str) -> subprocess.CompletedProcess:
        script = f"source '{CHECKOUT}/scripts/lib/common.sh'; source '{CHECKOUT}/scripts/lib/building.sh'; " \
                 f"checkout='{self.folder}'; build_dashboard"
        return subprocess.run(["bash", "-c", script], env={"PATH": f"{self.folder}/programs:{os.environ['PATH']}", **more},
                              text=True, capture_output=True, timeout=60)

    def builds(self) -> int:
        calls = self.folder / "calls"
        return len(calls.read_text().splitlines()) if calls.exists() else 0

    def assert_built(self, times: int) -> None:
        done = self.build()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.builds(), times, done.stdout)

    def test_only_when_something_changed(self):
        """it is built when it is missing or older than a source, and not again"""
        self.assert_built(1)
        self.assert_built(1)
        source = self.dashboard / "src/main.tsx"
        page = (self.dashboard / "dist/index.html").stat().st_mtime
        os.utime(source, (page + 10, page + 10))
        self.assert_built(2)
        os.utime(source, (page - 10, page - 10))
        self.assert_built(2)
        (self.dashboard / "node_modules/thing.js").write_text("installed")
        self.age(self.dashboard / "node_modules", 100)
        self.assert_built(2)

    def test_removed_source(self):
        """a source that was removed is a change"""
        (self.dashboard / "src/old.tsx").write_text("// goes")
        self.age(self.dashboard, -100)
        self.assert_built(1)
        (self.dashboard / "src/old.tsx").unlink()
        self.age(self.dashboard / "src", 100)
        self.assert_built(2)

    def test_failure_is_told(self):
        """a build that fails stops the start and says so"""
        done = self.build(FAILS="yes")
        self.assertEqual(done.returncode, 1)
        self.assertIn("no such luck", done.stdout)
        self.assertIn("The dashboard could not be built", done.stderr)

    def test_no_dashboard(self):
        """without a dashboard there is nothing to build"""
        (self.dashboard / "package.json").unlink()
        self.assert_built(0)


if __name__ == "__main__":
    cases.run()
