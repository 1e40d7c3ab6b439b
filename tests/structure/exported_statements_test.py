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
    def test_numbers(self):
        """no header of persistence exports a statement more than it did"""
        self.assertEqual(list(exported_statements.complaints(CHECKOUT)), [])


class Planted(unittest.TestCase):
    """The same rule on a tree of one header."""

    def complaints_about(self, text: str, still: dict[str, int]) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "persistence/people/teams.hpp"
            file.parent.mkdir(parents=True)
            file.write_text(text, encoding="utf-8")
            return list(exported_statements.complaints(pathlib.Path(folder), still))

    def test_new(self):
        """a header that exported none gets none"""
        self.assertEqual(len(self.complaints_about(ONE, {})), 1)

    def test_more(self):
        """a header that exported one gets no second one"""
        self.assertEqual(len(self.complaints_about(ONE + ONE, {"persistence/people/teams.hpp": 1})), 1)
        self.assertEqual(self.complaints_about(ONE, {"persistence/people/teams.hpp": 1}), [])

    def test_fewer(self):
        """whoever has made them fewer says so, also when the header has gone"""
        self.assertEqual(len(self.complaints_about("", {"persistence/people/teams.hpp": 1})), 1)
        self.assertEqual(len(self.complaints_about("", {"persistence/people/gone.hpp": 1})), 1)


if __name__ == "__main__":
    cases.run()
