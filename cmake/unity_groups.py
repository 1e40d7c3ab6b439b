#!/usr/bin/env python3
"""unity_groups SIZE FILE…: which of the files can be compiled as one. Prints `GROUP FILE`, one a line; a file that goes
with no other has no line.

What stands in a file's unnamed namespace, its aliases and its macros are seen by every file that is compiled after it.
So two files are put together only if neither declares a name that the other one declares differently, uses from
elsewhere, or has from a header that it does not include itself, and if both say the same `using namespace`. No file is
ever written with its neighbours in mind: a name that clashes tomorrow only makes another group. What is wrong here does
not compile, or is one of g++'s warnings; it is an approximation of C++, kept on the careful side.
"""

import functools
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]

TOKEN = re.compile(
    r"""R"(?P<end>[^(\s]*)\(.*?\)(?P=end)" | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | //[^\n]* | /\*.*?\*/
    | ^[ \t]*\#(?:[^\n]*\\\n)*[^\n]* | [A-Za-z_]\w* | \d(?:'?[\w.])* | -> | :: | \S""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
NO_CODE = ('"', "'", 'R"', "//", "/*")
INCLUDE = re.compile(r"\s*#\s*include\s*\"([^\"]+)\"")
DEFINITION = re.compile(r"\s*#\s*define\s+(\w+)")
NAME = re.compile(r"[A-Za-z_]\w*\Z")
KEYWORDS = set(
    "const constexpr static inline auto void bool int char unsigned long return co_return co_await struct class enum union namespace using"
    " template typename operator noexcept override if else for while switch case std final throw".split()
)
BEFORE_EXPRESSIONS = {"return", "co_return", "co_await", "case", "else", "throw"}


class Source:
    """What one file declares, what else it speaks of, what its headers declare, and which namespaces it opens to
    itself."""

    def __init__(self, path, is_header=False):
        self.path, self.is_header = path, is_header
        self.includes = set()
        self.declared = {}  # a name, and what it is an alias of, or None
        self.opened = set()
        tokens = self.read(pathlib.Path(path).read_text(encoding="utf-8"))
        self.used = names_used(tokens)
        self.scan(tokens)
        self.inherited = set().union(*map(names_of_header, self.includes))

    def read(self, text):
        tokens = []
        for match in TOKEN.finditer(text):
            token = match.group()
            if token.lstrip().startswith("#"):
                if definition := DEFINITION.match(token):
                    self.declared[definition[1]] = None
                elif included := INCLUDE.match(token):
                    self.includes.add(included[1])
            elif not token.startswith(NO_CODE):
                tokens.append(token)
        return tokens

    def scan(self, tokens):
        scopes, statement, parentheses, at = [], [], 0, 0
        while at < len(tokens):
            token = tokens[at]
            parentheses += (token == "(") - (token == ")")
            if token == "{" and "namespace" in statement[:2]:
                scopes.append("unnamed" if statement[-1] == "namespace" else "named")
                statement = []
            elif token == "{":
                at = end_of_block(tokens, at)
                is_initializer = parentheses or is_assigned(statement) or tokens[at + 1 : at + 2] == [";"]
                if is_initializer:
                    statement.append("{")
                else:
                    self.note(statement, scopes)
                    statement = []
            elif token == "}":
                statement = []
                if scopes:
                    scopes.pop()
            elif token == ";" and not parentheses:
                self.note(statement, scopes)
                statement = []
            else:
                statement.append(token)
                if token == ")" and not parentheses and statement[0].isupper() and statement[1] == "(":
                    statement = []  # a macro's call needs no ;
            at += 1

    def note(self, statement, scopes):
        first = statement[0] if statement else ""
        if statement[:2] == ["using", "namespace"]:
            self.opened.add("".join(statement[2:]))
        elif first in ("using", "namespace"):
            name = statement[1] if "=" in statement else statement[-1]
            self.declared[name] = "".join(statement)
        elif self.is_header or first == "static" or "unnamed" in scopes:
            for name in names_declared(statement):
                if not name.isupper() and name not in KEYWORDS:
                    self.declared[name] = None


@functools.cache
def names_of_header(name):
    """What a header of the project, and all that it includes, declares outside of classes and functions."""
    path = ROOT / name
    if not path.is_file():
        return frozenset()
    header = Source(path, is_header=True)
    return frozenset(header.declared) | header.inherited


def end_of_block(tokens, at):
    """The place of the } that closes the { at this place."""
    depth = 0
    while at < len(tokens):
        depth += (tokens[at] == "{") - (tokens[at] == "}")
        if depth == 0:
            return at
        at += 1
    return at


def is_assigned(statement):
    """Whether a value follows: no default argument's =, and not that of an operator's name."""
    depth = 0
    for before, token in zip(["", *statement], statement):
        depth += (token == "(") - (token == ")")
        if token == "=" and depth == 0 and before not in ("operator", "=", "!", "<", ">"):
            return True
    return False


def names_declared(statement):
    """The name before the first ( = { [ ; : outside of < >, and what follows struct, class, enum and union."""
    names = {after for word, after in zip(statement, statement[1:]) if word in ("struct", "class", "enum", "union") and NAME.match(after)}
    angles, before = 0, ""
    for token in [*statement, ";"]:
        follows_name = NAME.match(before) and before not in KEYWORDS
        if token == "<" and NAME.match(before):
            angles += 1
        elif token == ">" and angles:
            angles -= 1
        elif angles == 0 and token in "({[=;:" and follows_name:
            names.add(before)
            break
        before = token
    return names


def names_used(tokens):
    """Every name that is looked up from outside of all classes, without those that are a parameter's or a local
    variable's."""
    used, local = set(), set()
    for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""]):
        if before in (".", "->", "::") or not NAME.match(token):
            continue
        used.add(token)
        follows_type = before in ("&", "*", ">", "]") or (NAME.match(before) and before not in BEFORE_EXPRESSIONS)
        if follows_type and after in (",", ")", ";", "=", "{", ":", "(", "]"):
            local.add(token)
    return used - local


class Group:
    """Files that are compiled as one."""

    def __init__(self, source):
        self.paths, self.opened = [source.path], source.opened
        self.declared, self.used, self.inherited = dict(source.declared), set(source.used), set(source.inherited)

    def takes(self, source):
        if self.opened != source.opened:
            return False
        for name, alias in source.declared.items():
            if name in self.declared and (alias is None or self.declared[name] != alias):
                return False
            if name not in self.declared and name in self.used:
                return False
        if any(name in source.used and name not in source.declared for name in self.declared):
            return False
        theirs, ours = source.inherited - self.inherited, self.inherited - source.inherited
        return theirs.isdisjoint(self.declared) and ours.isdisjoint(source.declared)

    def add(self, source):
        self.paths.append(source.path)
        self.declared.update(source.declared)
        self.used |= source.used
        self.inherited |= source.inherited


def groups_of(paths, size):
    """Each file goes into the first group that has room and takes it."""
    groups = []
    for source in map(Source, paths):
        for group in groups:
            if len(group.paths) < size and group.takes(source):
                group.add(source)
                break
        else:
            groups.append(Group(source))
    return groups


def main():
    size, paths = int(sys.argv[1]), sys.argv[2:]
    for number, group in enumerate(groups_of(paths, size)):
        if len(group.paths) > 1:
            print(*(f"{number} {path}" for path in group.paths), sep="\n")


if __name__ == "__main__":
    main()
