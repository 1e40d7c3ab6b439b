#!/usr/bin/env python3
"""docs/asvs.md says which test proves which requirement of ASVS 5.0, and says it truly."""

import pathlib
import sys
import tempfile
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "support")]
import asvs
import cases
from source_tree import CHECKOUT

REQUIREMENTS = "# 6 Authentication\n6.2.1 1 long passwords\n6.2.2 1 a change | open: none\n6.6.1 2 telephones | n/a: none\n"
TEST = 'TEST_CASE("passwords are long") {  // asvs: 6.2.1\n}\n'


class ThisCheckout(unittest.TestCase):
    def test_complaints(self):
        """every requirement has a test or a reason, and every tag a requirement"""
        self.assertEqual(asvs.complaints(CHECKOUT), [])

    def test_page(self):
        """docs/asvs.md is what scripts/asvs makes of the tests"""
        self.assertEqual((CHECKOUT / asvs.PAGE).read_text(encoding="utf-8"), asvs.page(CHECKOUT), "run scripts/asvs")


class Planted(unittest.TestCase):
    """The same rules on a small tree."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        self.write(str(asvs.REQUIREMENTS), REQUIREMENTS)

    def write(self, name, text):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def test_sound(self):
        """a requirement with a test, one with a reason and one that does not apply are in order"""
        self.write("tests/domain/a.cpp", TEST)
        self.assertEqual(asvs.complaints(self.root), [])
        self.assertIn("`tests/domain/a.cpp`: passwords are long", asvs.page(self.root))

    def test_every_language(self):
        """tags are read in C++, Python and TypeScript"""
        self.write("tests/a.cpp", 'TEST_CASE(\n    "passwords "\n    "are long") {\n  x();  // asvs: 6.2.1\n}\n')
        self.write("tests/e2e/a_test.py", 'def test_a(self):\n    """a change"""  # asvs: 6.2.2\n')
        self.write("dashboard/src/a.test.ts", "it('masks', () => {\n  // asvs: 6.2.2\n})\n")
        tags, wrong = asvs.read_tags(self.root)
        self.assertEqual(wrong, [])
        self.assertEqual(tags["6.2.1"], [asvs.Test("tests/a.cpp", "passwords are long")])
        self.assertEqual([test.name for test in sorted(tags["6.2.2"])], ["masks", "a change"])

    def test_refused(self):
        """each way to be untrue is found"""
        for name, text, what in [
            ("tests/a.cpp", "", "6.2.1 (long passwords) has neither"),
            ("tests/a.cpp", TEST.replace("6.2.1", "6.2.1 6.9.9"), "no requirement 6.9.9"),
            ("tests/a.cpp", TEST.replace("6.2.1", "6.2.1 6.6.1"), "does not apply, and has a test"),
            ("tests/a.cpp", "// asvs: 6.2.2\n" + TEST, "stands in no test"),
        ]:
            with self.subTest(what):
                self.write(name, text)
                found = asvs.complaints(self.root)
                self.assertEqual(len(found), 1, found)
                self.assertIn(what, found[0])
        self.write("tests/a.cpp", TEST)
        for line, what in [("6.2.3 1 more | by docs/none.md: words\n", "docs/none.md is not there"),
                           ("6.2.1 1 again\n", "stands twice"), ("nonsense\n", "this is no requirement")]:
            with self.subTest(what):
                self.write(str(asvs.REQUIREMENTS), REQUIREMENTS + line)
                found = asvs.complaints(self.root)
                self.assertEqual(len(found), 1, found)
                self.assertIn(what, found[0])


if __name__ == "__main__":
    cases.run()
