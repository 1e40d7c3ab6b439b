#!/usr/bin/env python3
"""What disturbs, and what plants bugs: nothing is counted that was not done, and no silence is taken for a pass."""

import importlib.machinery
import importlib.util
import pathlib
import subprocess
import sys
import types
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
import cases
from cluster import Node, now_s
from disturbances import Chaos, Planned


def running_node(frozen: list) -> types.SimpleNamespace:
    return types.SimpleNamespace(name="node", process=object(), is_frozen=False, freeze=lambda: frozen.append(1), thaw=frozen.clear)


class Disturbances(unittest.TestCase):
    def chaos(self, nodes: list, left_s: float) -> Chaos:
        return Chaos(types.SimpleNamespace(nodes=nodes), [], lambda _: None, now_s() + left_s)

    def test_no_room(self):
        """what would outlast the session is not begun and not counted"""
        frozen: list = []
        node = running_node(frozen)
        chaos = self.chaos([node, running_node(frozen)], 10)
        chaos.begin(Planned(0, "freeze_beyond_lease", 1))
        self.assertEqual((frozen, chaos.done, chaos.left_out, chaos.pending), ([], {}, {"freeze_beyond_lease": 1}, []))

    def test_room(self):
        """what fits is done, and counted"""
        frozen: list = []
        chaos = self.chaos([running_node(frozen), running_node(frozen)], 60)
        chaos.begin(Planned(0, "freeze_beyond_lease", 1))
        self.assertEqual((frozen, chaos.done, len(chaos.pending)), ([1], {"freeze_beyond_lease": 1}, 1))

    def test_struck(self):
        """a process that a failpoint has killed is counted when it is buried, and one that was killed by us is not"""
        node = Node.__new__(Node)
        node.struck, node.failpoints, node.deaths = {}, "sent=kill", []
        node.process = types.SimpleNamespace(returncode=-9, poll=lambda: -9)
        node.kill()
        self.assertEqual((node.struck, node.process), ({"kill": 1}, None))
        node.process = types.SimpleNamespace(returncode=None, poll=lambda: None, kill=lambda: None, wait=lambda: None)
        node.kill()
        self.assertEqual((node.struck, node.process, len(node.deaths)), ({"kill": 1}, None, 2))


def load_planted():
    loader = importlib.machinery.SourceFileLoader("planted", str(HERE / "planted"))
    planted = importlib.util.module_from_spec(importlib.util.spec_from_loader("planted", loader))
    loader.exec_module(planted)
    return planted


class Planted(unittest.TestCase):
    def test_every_bug_fits(self):
        """every planted bug still fits the tree, has something that is to catch it, and is told in a sentence"""
        patches = {one.stem: one for one in (HERE / "planted_bugs").glob("*.patch")}
        self.assertEqual(set(patches), set(load_planted().CAUGHT_BY))
        for name, one in patches.items():
            fits = subprocess.run(["patch", "-p1", "-s", "--dry-run", "-F1", "-i", one], cwd=HERE.parent.parent, text=True,
                                  capture_output=True)
            self.assertEqual((name, fits.returncode), (name, 0), fits.stdout)
            self.assertTrue(one.read_text().splitlines()[0].endswith("."), name)

    def test_every_lie_is_caught(self):
        """every bug of the database has a test and a law that are to catch it, and is told in a sentence"""
        lies = {one.stem: one for one in (HERE / "planted_bugs").glob("*.sql")}
        planted = load_planted()
        self.assertEqual(set(lies), set(planted.BREAKS))
        for name, one in lies.items():
            test, *laws = planted.BREAKS[name]
            judge = (HERE / test.replace("everywhere", "flows").replace("_test", "_checker")).read_text()
            for law in laws:
                self.assertIn(f'self._law("{law}"', judge, name)
            self.assertRegex(one.read_text().splitlines()[0], r"^-- .*\.$", name)

    def test_silent_end(self):
        """a test program that ends badly and says nothing complains all the same"""
        planted = load_planted()
        self.assertEqual(planted.complaints_of(0, "FAILED: no"), [])
        self.assertEqual(planted.complaints_of(-11, "a sentence\n"), ["exit -11"])
        self.assertEqual(planted.complaints_of(1, " x FAILED:\n y FAILED:\n z FAILED:\n"), ["x FAILED:", "y FAILED:"])


if __name__ == "__main__":
    cases.run()
