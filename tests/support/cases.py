"""How a Python test runs: every unittest case leaves its line for scripts/test, as the C++ programs do."""

import os
import sys
import unittest


class LineResult(unittest.TextTestResult):
    def _line(self, word: str, test) -> None:
        file = os.environ.get("PULSE_TEST_RESULTS")
        if file:
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file, "a", encoding="utf-8") as out:
                out.write(f"{word} {test.shortDescription() or test}\n")

    def addSuccess(self, test):
        super().addSuccess(test)
        self._line("pass", test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._line("fail", test)

    def addError(self, test, err):
        super().addError(test, err)
        self._line("fail", test)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._line("fail", subtest)


def run() -> None:
    """Runs the cases of the calling script and ends it; a case's name is the first line of its docstring."""
    runner = unittest.TextTestRunner(resultclass=LineResult, verbosity=2)
    outcome = unittest.main(module="__main__", testRunner=runner, exit=False).result
    sys.exit(0 if outcome.wasSuccessful() and outcome.testsRun else 1)
