#!/usr/bin/env python3
"""No file holds what must not be committed, and every room says what it is."""

import pathlib
import sys
import tempfile
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "support")]
import cases
import hygiene
from source_tree import CHECKOUT


class ThisCheckout(unittest.TestCase):
    def test_contents(self):
        """no file of the checkout holds what must go"""
        self.assertEqual(list(hygiene.complaints(CHECKOUT)), [])

    def test_readmes(self):
        """every room has a README.md"""
        self.assertEqual(hygiene.rooms_without_readme(CHECKOUT), [])

    def test_long_files(self):
        """the longest files are named"""
        for sentence in hygiene.long_files(CHECKOUT):
            print(f"Look at it: {sentence}")


class Planted(unittest.TestCase):
    """The same rules on a small tree with one mistake."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)

    def complaints_about(self, name: str, text: str) -> list[str]:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        found = list(hygiene.complaints(self.root))
        file.unlink()
        return found

    def test_refused(self):
        """each thing that must go is found"""
        for name, text in [
            ("a.cpp", "// TO" + "DO: later\n"),
            ("a.sql", "-- FIX" + "ME\n"),
            ("a.hpp", "int x;\n"),
            ("a.md", "see /wo" + "rk/main/x\n"),
            ("a.sh", "cd /ho" + "me/me\n"),
            ("a.json", '{"resolved": "https://registry.npm' + 'js.org/a"}\n'),
            ("actors/a.cpp", "  // " + "word " * 24 + "\n"),
            ("a.ts", "/**\n * " + "word " * 24 + "\n */\n"),
            ("a.py", "    # " + "word " * 24 + "\n"),
            ("scripts/a", "#!/usr/bin/env bash\n# " + "word " * 24 + "\n"),
            ("actors/a.cpp", "auto f = [=] { return 1; };\n"),
            ("actors/a.cpp", "auto t = std::chrono::system_clock::now();\n"),
            ("http/a.cpp", "auto r = co_await run(of,\n    [x](transaction& tx) { return x; });\n"),
            ("http/a.cpp", "auto r = co_await read(of,\n    list({name, 1}, bounds));\n"),
            ("persistence/a.cpp", "R\"sql(INSERT INTO publish_events" + " (type) SELECT 'A')sql\";\n"),
            ("persistence/a.cpp", "PQsendQueryPrepared" + "(on, name, 0, nullptr, nullptr, nullptr, 0);\n"),
            ("persistence/a.cpp", "use(PQexecParams" + "(on, sql, 0, nullptr, nullptr, nullptr,\n  nullptr, 0));\n"),
            ("persistence/a.cpp", "std::string_view text = PQgetvalue" + "(got, 0, 0);\n"),
            ("tests/actors/a.cpp", "std::this_thread::sleep_" + "for(1s);\n"),
        ]:
            with self.subTest(text):
                self.assertEqual(len(self.complaints_about(name, text)), 1)

    def test_allowed(self):
        """what only looks like it passes"""
        for name, text in [
            ("a.hpp", "#pragma once\n"),
            ("a.cpp", "auto f = [id] { return id; };\n"),
            ("a.md", "the folder /var/lib/pulse, and a/tmp/b\n"),
            ("persistence/events/events.hpp", "#pragma once\n\"INSERT INTO publish_events (tenant_id) \"\n"),
            ("persistence/a.cpp", "return PQsendQueryPrepared(on, name, 0, nullptr,\n  nullptr, nullptr, rows_are_binary) == 1;\n"),
            ("base/time.cpp", "return std::chrono::system_clock::now();\n"),
        ]:
            with self.subTest(text):
                self.assertEqual(self.complaints_about(name, text), [])

    def test_readme(self):
        """a room without a README.md is named"""
        (self.root / "domain").mkdir()
        (self.root / "domain/post.hpp").write_text("#pragma once\n")
        self.assertEqual(hygiene.rooms_without_readme(self.root), ["domain"])


if __name__ == "__main__":
    cases.run()
