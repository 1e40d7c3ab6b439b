#!/usr/bin/env python3
"""Row security alone keeps companies apart: the tests of test_http once more, with every tenant predicate taken out of
the requests' queries.

The queries are changed on their way to PostgreSQL (tests/row_security), so that nothing of it is in the product. `make
proofs` runs all of test_http so; here the cases that ask for what is another company's."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "support"))
import cases
from instance import PROGRAMS

LIBRARY = PROGRAMS / "tests" / "libwithout_predicates.so"
FOREIGN = "what is another company's answers byte for byte like what is nobody's, for every role and route"
CASES = [FOREIGN, "one company's audit is not another's", "one company sees nothing of another's pictures"]
# Fewer would mean that statements are written in a way that is not found any more.
STATEMENTS_MIN = 60


class RowSecurity(unittest.TestCase):
    def run_cases(self, names, **settings):
        """The program's exit code and output, and the statements that were changed."""
        with tempfile.TemporaryDirectory() as folder:
            told = pathlib.Path(folder) / "statements"
            environment = {**os.environ, "LD_PRELOAD": str(LIBRARY), "PULSE_PREDICATES_REMOVED": str(told),
                           "ASAN_OPTIONS": "verify_asan_link_order=0", **settings}
            environment.pop("PULSE_TEST_RESULTS", None)
            command = [PROGRAMS / "tests" / "test_http", *([",".join(name.replace(",", "\\,") for name in names)] if names else [])]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            return done.returncode, done.stdout[-4000:], set(told.read_text().split()) if told.exists() else set()

    def test_alone(self):
        """without any tenant predicate, what is another company's still answers like what is nobody's"""  # asvs: 8.4.1
        code, output, changed = self.run_cases([] if os.environ.get("PULSE_LONG_PROOFS") else CASES)
        self.assertEqual(code, 0, output)
        self.assertIn("All tests passed", output)
        self.assertGreater(len(changed), STATEMENTS_MIN)
        print(f"{len(changed)} statements without their predicates: {output.strip().splitlines()[-1]}")

    def test_can_fail(self):
        """without row security, too, another company's things are found: so it is row security that keeps them"""
        code, output, _ = self.run_cases([FOREIGN], PULSE_WITHOUT_ROW_SECURITY="1")
        self.assertNotEqual(code, 0, output)
        self.assertIn("assertions:", output)


if __name__ == "__main__":
    cases.run()
