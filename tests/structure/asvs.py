"""Which requirement of ASVS 5.0 which test proves: read from tags in the tests, and made into docs/asvs.md."""

import pathlib
import re
from typing import NamedTuple, Optional

from source_tree import files_of

REQUIREMENTS = pathlib.Path("docs/asvs/requirements.txt")
PAGE = pathlib.Path("docs/asvs.md")
LINE = re.compile(r"(\d+\.\d+\.\d+) ([12]) ([^|]+?)(?: \| (n/a|open|partly|by [^:]+): (.+))?$")
TAG = re.compile(r"(?://|#) asvs: ((?:\d+\.\d+\.\d+ ?)+)$", re.MULTILINE)
# A test's name, as its framework writes it; the tag stands behind the name and before the next test's.
CPP_TEST = re.compile(r'TEST_CASE(?:_METHOD)?\((?:\s*\w+,)?\s*((?:"(?:[^"\\]|\\.)*"\s*)+)')
PYTHON_TEST = re.compile(r'def test_\w+\(self\):\n\s*"""(.*?)"""', re.DOTALL)
SCRIPT_TEST = re.compile(r"\b(?:it|test)\(\s*(['\"`])(.*?)\1,")


class Requirement(NamedTuple):
    number: str
    level: str
    words: str
    verdict: Optional[str]  # n/a, open, partly, or "by PATH"
    reason: Optional[str]


class Test(NamedTuple):
    file: str
    name: str


def read_requirements(root: pathlib.Path) -> tuple[list[tuple[str, list[Requirement]]], list[str]]:
    """The chapters with their requirements, and a sentence for every line that is none."""
    chapters: list[tuple[str, list[Requirement]]] = []
    wrong = []
    for number, line in enumerate((root / REQUIREMENTS).read_text(encoding="utf-8").splitlines(), 1):
        if re.match(r"# \d+ ", line):
            chapters.append((line[2:], []))
        elif line and not line.startswith("#"):
            read = LINE.match(line)
            if read and chapters:
                chapters[-1][1].append(Requirement(*read.groups()))
            else:
                wrong.append(f"{REQUIREMENTS}:{number}: this is no requirement: {line}")
    return chapters, wrong


def names_in(file: pathlib.Path, text: str) -> list[tuple[int, str]]:
    """The tests of a file, by where they begin."""
    if file.suffix == ".cpp":
        return [(m.start(), "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', m[1]))) for m in CPP_TEST.finditer(text)]
    if file.suffix == ".py":
        return [(m.start(), " ".join(m[1].split())) for m in PYTHON_TEST.finditer(text)]
    return [(m.start(), m[2]) for m in SCRIPT_TEST.finditer(text)]


def read_tags(root: pathlib.Path) -> tuple[dict[str, list[Test]], list[str]]:
    """The tests by the numbers that they are tagged with, and a sentence for every tag that stands in no test."""
    found: dict[str, list[Test]] = {}
    wrong = []
    for file in files_of(root):
        is_test = file.parts[0] == "tests" and file.suffix in (".cpp", ".py") or ".test." in file.name
        if not is_test or "structure" in file.parts:
            continue
        text = (root / file).read_text(encoding="utf-8", errors="replace")
        if "asvs: " not in text:
            continue
        names = names_in(file, text)
        for tag in TAG.finditer(text):
            before = [name for start, name in names if start < tag.start()]
            if not before:
                wrong.append(f"{file}: the tag asvs: {tag[1]} stands in no test")
                continue
            for number in tag[1].split():
                found.setdefault(number, []).append(Test(str(file), before[-1]))
    return found, wrong


def complaints(root: pathlib.Path) -> list[str]:
    """A sentence for everything that the page could not say truthfully."""
    chapters, wrong = read_requirements(root)
    tags, unplaced = read_tags(root)
    wrong += unplaced
    known = [each for _, requirements in chapters for each in requirements]
    numbers = [each.number for each in known]
    wrong += [f"{number} stands twice" for number in sorted(set(numbers)) if numbers.count(number) > 1]
    wrong += [f"{tests[0].file}: there is no requirement {number}" for number, tests in tags.items() if number not in numbers]
    for each in known:
        if each.verdict is None and each.number not in tags:
            wrong.append(f"{each.number} ({each.words}) has neither a test nor a reason")
        if each.verdict == "n/a" and each.number in tags:
            wrong.append(f"{each.number} does not apply, and has a test")
        if each.verdict and each.verdict.startswith("by ") and not (root / each.verdict[3:]).exists():
            wrong.append(f"{each.number}: {each.verdict[3:]} is not there")
    return wrong


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def proof_of(each: Requirement, tests: list[Test]) -> str:
    parts = []
    if each.verdict == "n/a":
        parts.append(f"does not apply: {each.reason}")
    elif each.verdict == "open":
        parts.append(f"**not met**: {each.reason}")
    elif each.verdict == "partly":
        parts.append(f"**in part**: {each.reason}")
    elif each.verdict:
        parts.append(f"`{each.verdict[3:]}`: {each.reason}")
    parts += [f"`{test.file}`: {test.name}" for test in tests]
    return cell("; ".join(parts))


def page(root: pathlib.Path) -> str:
    """docs/asvs.md as it must be."""
    chapters, _ = read_requirements(root)
    tags, _ = read_tags(root)
    known = [each for _, requirements in chapters for each in requirements]

    def count(verdict):
        return sum(1 for each in known if (each.verdict or "test").split()[0] == verdict)

    lines = ["# ASVS 5.0, levels 1 and 2", "",
             "What OWASP's Application Security Verification Standard 5.0.0 asks, in words of our own, and what proves it here. Made by `scripts/asvs` of",
             "`docs/asvs/requirements.txt` and of the tags in the tests (`asvs: 6.2.1`); `make test` fails when it is out of date, or a requirement has neither a",
             "test nor a reason. Numbers are the standard's; its own words are at owasp.org.", "",
             f"Of {len(known)} requirements {count('test')} are proven by tests, {count('by')} by documents or the code itself, {count('partly')} are met in part, "
             f"{count('open')} are not met, {count('n/a')} do not apply.", ""]
    for title, requirements in chapters:
        lines += [f"## {title}", "", "| | level | what is asked | what proves it |", "|---|---|---|---|"]
        lines += [f"| {each.number} | {each.level} | {cell(each.words)} | {proof_of(each, sorted(tags.get(each.number, [])))} |" for each in requirements]
        lines.append("")
    return "\n".join(lines)
