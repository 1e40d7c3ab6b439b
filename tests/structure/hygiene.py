"""What no file of ours may hold, and what every room must have."""

import pathlib
import re
from typing import Iterator

from source_tree import CPP, cpp_files_of, files_of

ROOMS = ["base", "domain", "persistence", "connectors", "actors", "http", "config", "sandbox", "dashboard", "tests", "bench"]
LINES_MAX = 400  # of a C++ file; more is one subject too many, and is said, not refused

CODE = CPP | {".ts", ".tsx", ".mjs", ".sql", ".sh", ".py", ".cmake"}
# Documents of others that are tested against, word for word.
QUOTED = ["tests/domain/data", "LICENSE", "package-lock.json"]

# Put together, so that this file does not hold them itself.
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", "not imple" + "mented",
                                         "unimple" + "mented"]) + r")\b")
MACHINE_PATH = re.compile(r"""(?:^|[\s"'=(:`])/(?:wo""" + r"""rk|ro""" + r"""ot|ho""" + r"""me|tmp)/[\w.]""", re.MULTILINE)
REGISTRY = re.compile(r"https?://[^\s\"]*(?:deb" + r"ian\.org|npm" + r"js\.(?:org|com)|yarn" + r"pkg\.com)")
CALENDAR = re.compile(r"std::chrono::system_clock::now\(|\b(?:gettimeofday|::time)\(")
# g++ 12 destroys a lambda twice that is written inside an expression with co_await: it needs a name of its own first.
LAMBDA_IN_CO_AWAIT = re.compile(r"co_await[^;]*?[(,]\s*\[[^\]]*\]\s*\(")
# The same of a list in braces among the arguments of a function.
BRACES_IN_CO_AWAIT = re.compile(r"co_await[^;]*?[(,]\s*\{")
# clang-format leaves comments alone, and nothing else looks at them. A line with an address may be as long as that.
LONG_SLASHES = re.compile(r"^[ \t]*(?://|/?\*)(?!.*https?://).*", re.MULTILINE)
LONG_HASHES = re.compile(r"^[ \t]*#(?!.*https?://).*", re.MULTILINE)
GENERATED = "schema.d.ts"
COLUMNS = 120
CAPTURES_ALL = re.compile(r"\[=[\],]")
# The one door for events: their kinds, facts and order are settled there.
APPENDS_EVENTS = re.compile(r"INSERT INTO publish_events\b")
EVENTS_DOOR = "persistence/events/events.hpp"
# Rows have one form and one reader.
READS_CELLS = re.compile(r"\bPQ(?:getvalue|getlength|getisnull)\(")
CELLS_DOOR = "persistence/postgres/row.cpp"
ASKS_FOR_TEXT = re.compile(r"\bPQ(?:send)?(?:Query|exec)(?:Params|Prepared)\((?:(?!\brows_are_binary\))[^;])*;")
SLEEPS = re.compile(r"\bsleep_(?:for|until)\(|\b(?:::)?u?sleep\(")


def texts(root: pathlib.Path) -> Iterator[tuple[pathlib.Path, str]]:
    for file in files_of(root):
        if any(str(file).startswith(quoted) or file.name == quoted for quoted in QUOTED):
            continue
        try:
            yield file, (root / file).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # an image, or a corpus of bytes


def hits(file: pathlib.Path, text: str, pattern: re.Pattern, what: str) -> Iterator[str]:
    for match in pattern.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield f"{file}:{line}: {match.group(0).strip()}: {what}"


def complaints(root: pathlib.Path) -> Iterator[str]:
    """A sentence for everything that must go."""
    for file, text in texts(root):
        yield from hits(file, text, MACHINE_PATH, "a path of one machine")
        yield from hits(file, text, REGISTRY, "the address of a package registry")
        if file.suffix in CODE:
            yield from hits(file, text, UNFINISHED, "unfinished work; do it, or write an issue")
        if file.suffix in CPP:
            yield from complaints_about_cpp(file, text)
        yield from long_comments(file, text)


def long_comments(file: pathlib.Path, text: str) -> Iterator[str]:
    if file.name == GENERATED or file.suffix not in CODE and not text.startswith("#!"):
        return
    pattern = LONG_HASHES if file.suffix in (".py", ".sh", "") else LONG_SLASHES
    for match in pattern.finditer(text):
        if len(match.group(0)) > COLUMNS:
            line = text.count("\n", 0, match.start()) + 1
            yield f"{file}:{line}: a comment keeps the code's {COLUMNS} columns"


def complaints_about_cpp(file: pathlib.Path, text: str) -> Iterator[str]:
    if file.suffix == ".hpp" and not re.search(r"^#pragma once$", text, re.MULTILINE):
        yield f"{file}: has no #pragma once"
    yield from hits(file, text, CAPTURES_ALL, "name what the lambda keeps")
    yield from hits(file, text, LAMBDA_IN_CO_AWAIT, "g++ 12 destroys this lambda twice; give it a name before co_await")
    yield from hits(file, text, BRACES_IN_CO_AWAIT, "g++ 12 destroys what is in braces twice; give it a name before co_await")
    if str(file) != "base/time.cpp" and file.parts[0] not in ("tests", "bench"):
        yield from hits(file, text, CALENDAR, "the calendar is read in base/time.cpp only; take a clock")
    if str(file) != EVENTS_DOOR and file.parts[0] not in ("tests", "bench"):
        yield from hits(file, text, APPENDS_EVENTS, f"events go through {EVENTS_DOOR}")
    if file.parts[0] not in ("tests", "bench"):
        yield from hits(file, text, ASKS_FOR_TEXT, "rows arrive in binary; say so by rows_are_binary")
        if str(file) != CELLS_DOOR:
            yield from hits(file, text, READS_CELLS, f"cells are read by {CELLS_DOOR}")
    if file.parts[0] == "tests":
        yield from hits(file, text, SLEEPS, "wait for a condition, not for a time")


def rooms_without_readme(root: pathlib.Path) -> list[str]:
    return [room for room in ROOMS if (root / room).is_dir() and any(files_of(root / room)) and
            not (root / room / "README.md").is_file()]


def long_files(root: pathlib.Path) -> Iterator[str]:
    for file in cpp_files_of(root):
        lines = (root / file).read_text(encoding="utf-8").count("\n")
        if lines > LINES_MAX:
            yield f"{file} has {lines} lines; is it still one subject?"
