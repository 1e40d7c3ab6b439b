#!/usr/bin/env python3
"""A unity build puts only files together that mean the same beside each other."""

import pathlib
import sys
import tempfile
import unittest
import unittest.mock

sys.path[:0] = [str(pathlib.Path(__file__).parents[1] / "support"), str(pathlib.Path(__file__).parents[2] / "cmake")]
import cases
import unity_groups


class Groups(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def go_together(self, first: str, second: str) -> bool:
        paths = []
        for name, text in (("a.cpp", first), ("b.cpp", second)):
            path = pathlib.Path(self.folder.name) / name
            path.write_text(f"namespace pulse {{\n{text}\n}}  // namespace pulse\n")
            paths.append(str(path))
        return len(unity_groups.groups_of(paths, 8)) == 1

    def test_apart(self):
        """files stay apart when one says what the other says differently"""
        for name, first, second in [
            ("a function of both", "namespace { int raw(int n) { return n; } }", "namespace { int raw(char c) { return c; } }"),
            ("a constant of both", 'namespace { constexpr std::string_view name = "x"; }', "namespace { constexpr std::array<int, 2> name{1, 2}; }"),
            ("a struct of both", "namespace { struct row { int a; }; }", "namespace { struct row { int b; }; }"),
            ("a name from a header", "namespace { void store(int); }", "void keep() { store(1); }"),
            ("an alias of two things", "namespace { namespace rows = a::b; }", "namespace { namespace rows = a::c; }"),
            ("a static function", "static bool lower(char c) { return c > 90; }", "bool f() { return lower('c'); }"),
            ("a macro", "#define limit 5", "int f() { return limit; }"),
            ("what follows a macro", "namespace { BOOST_DESCRIBE_STRUCT(row, (), (a))\nint quick{1}; }", "namespace { int quick() { return 1; } }"),
            ("a default argument", "namespace { int get(int a, list b = {}) { return a; } }", "namespace { int get(int a, list b = {}) { return a; } }"),
            ("what follows a default argument", "namespace { int f(int a = 1) { return a; }\nint g() { return 1; } }", "namespace { int g() { return 2; } }"),
            ("an operator", "namespace { bool operator==(row a, row b) { return true; }\nint g() { return 1; } }", "namespace { int g() { return 2; } }"),
            ("an opened namespace", "using namespace std::chrono_literals;", "int f();"),
        ]:
            with self.subTest(name):
                self.assertFalse(self.go_together(first, second))
                self.assertFalse(self.go_together(second, first))

    def test_together(self):
        """files go together when they say nothing, or the same, about each other's names"""
        for name, first, second in [
            ("names of their own", "namespace { int one() { return 1; } }", "namespace { int two() { return 2; } }"),
            ("one alias", "namespace { using domain::permission; }", "namespace { using domain::permission; }"),
            ("a member", "namespace { int size() { return 1; } }", "int f(const text& t) { return t.size(); }"),
            ("a variable in a function", "namespace { int count() { return 1; } }", "int f() { int count = 1; count += 1; return count; }"),
            ("words and comments", "namespace { int raw() { return 1; } }", '/* raw */ const char* f() { return "raw()"; } // raw'),
            ("one opened namespace", "using namespace pulse::tests;", "using namespace pulse::tests;"),
        ]:
            with self.subTest(name):
                self.assertTrue(self.go_together(first, second))
                self.assertTrue(self.go_together(second, first))

    def test_headers(self):
        """files stay apart when a header, or what it includes, has a name that the other file declares"""
        root = pathlib.Path(self.folder.name)
        (root / "asking.hpp").write_text("namespace pulse {\nclass asking {\n  int members_;\n};\n}  // namespace pulse\n")
        (root / "outer.hpp").write_text('#include "asking.hpp"\n')
        with unittest.mock.patch.object(unity_groups, "ROOT", root):
            for name in ("asking", "members_"):
                unity_groups.names_of_header.cache_clear()
                alias = f"namespace {{ namespace {name} = a::b; }}"
                with self.subTest(name):
                    self.assertEqual(self.go_together(alias, '#include "outer.hpp"'), name == "members_")
                    self.assertTrue(self.go_together(f'#include "outer.hpp"\n{alias}', '#include "outer.hpp"'))

    def test_size(self):
        """a group has at most so many files, and no file is lost"""
        paths = []
        for number in range(20):
            paths.append(str(pathlib.Path(self.folder.name) / f"{number}.cpp"))
            pathlib.Path(paths[-1]).write_text(f"int f{number}() {{ return {number}; }}\n")
        groups = unity_groups.groups_of(paths, 8)
        self.assertEqual([len(group.paths) for group in groups], [8, 8, 4])
        self.assertEqual([path for group in groups for path in group.paths], paths)


if __name__ == "__main__":
    cases.run()
