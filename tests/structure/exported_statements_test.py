#!/usr/bin/env python3
"""Statements stay behind the functions of their repository."""

import pathlib
import sys
import tempfile
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "support")]
import cases
import exported_statements
from source_tree import CHECKOUT

ONE = 'inline constexpr statement find{"find", "SELECT 1"};\n'


class ThisCheckout(unittest.TestCase):
    def test_none(self):
        """no header of persistence exports a statement"""
        self.assertEqual(list(exported_statements.complaints(CHECKOUT)), [])


class Planted(unittest.TestCase):
    """The same rule on a tree of one header."""

    def test_one(self):
        """a header that exports one is found"""
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "persistence/people/teams.hpp"
            file.parent.mkdir(parents=True)
            file.write_text(ONE, encoding="utf-8")
            self.assertEqual(len(list(exported_statements.complaints(pathlib.Path(folder)))), 1)


if __name__ == "__main__":
    cases.run()
