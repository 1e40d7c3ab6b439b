"""Which room may use which: the design's table, and what in a tree goes against it."""

import pathlib
import re
from typing import Iterator

from source_tree import cpp_files_of

# A room's name is the prefix of its files. http/server, the generic part of the front door, is a room to the sandbox.
MAY_USE = {
    "base": [],
    "domain": ["base"],
    "config": ["domain", "base"],
    "persistence": ["domain", "base"],
    "connectors": ["domain", "base"],
    "actors": ["domain", "persistence", "connectors", "base"],
    # Of the actors only what is a typed interface, or the way from a coroutine to one.
    "http": ["http/server", "domain", "persistence", "actors/system/messages.hpp", "actors/bridge.hpp", "actors/system/engine.hpp",
             "actors/activity/activity.hpp", "actors/accounts/connecting.hpp", "actors/ai/asking.hpp",
             "actors/engagement/commenting.hpp", "actors/campaigns/rehearsing.hpp", "actors/people/identity_providers.hpp", "base"],
    "http/server": ["base"],
    "sandbox": ["http/server", "base"],
    "media_worker": ["domain", "base"],
}
MAY_USE_EVERYTHING = ["tests", "bench", "service", "main.cpp"]

# Sub-rooms by subject, with the same name in every room (http has some of them below routes/). A subject stands on what
# the others stand on too, and never on one of these.
SUBJECT_MAY_NOT_USE = {
    "events": ["campaigns", "engagement"],
    "platforms": ["campaigns", "engagement"],
    "publishing": ["campaigns", "engagement"],
    "budgets": ["explaining", "people", "campaigns", "engagement"],
    "explaining": ["people", "campaigns", "engagement"],
    "people": ["budgets", "explaining", "campaigns", "engagement"],
    "analytics": ["budgets", "explaining", "people", "campaigns", "engagement"],
    "calendar": ["budgets", "explaining", "people", "analytics", "campaigns", "engagement"],
    "media": ["budgets", "explaining", "people", "analytics", "calendar", "campaigns", "engagement"],
    "campaigns": ["engagement"],
    "engagement": ["campaigns"],
}

# The rooms that an outside library lives in; every other room gets at it through theirs.
LIVES_IN = {
    "caf/": ["actors"],
    "boost/beast": ["http", "http/server", "sandbox"],
    "boost/asio": ["http", "http/server", "sandbox", "actors"],  # of actors: the thread pool that reads films from disk
    "libpq-fe.h": ["persistence"],
    "pqxx/": ["persistence"],
    "hiredis/": ["persistence"],
    "argon2.h": ["persistence"],
    "libical/": ["http", "domain"],
    "curl/": ["connectors"],
    "prometheus/": ["http"],
    "catch2/": [],
    "CLI/": ["config", "sandbox"],
    "vips/": ["media_worker"],
    "magic.h": ["media_worker"],
    "seccomp.h": ["media_worker"],
}

# `domain` decides and does nothing else.
DOMAIN_USES = ["date/", "fmt/core.h", "boost/describe", "boost/mp11", "unicode/", "libical/", "md4c"]

DESCRIPTION = re.compile(r"connectors/\w+/(description\.cpp|settings\.hpp)")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.MULTILINE)
ROOM_LINE = re.compile(r"^pulse_room\((\w+)\s+MAY_USE\s+([^)]*)", re.MULTILINE)


def room_of(path: str) -> str:
    """The most precise room that the path lies in, or its first folder. A platform's description lies in its own
    folder and is of domain."""
    if DESCRIPTION.fullmatch(path):
        return "domain"
    inside = [room for room in MAY_USE if path.startswith(room + "/")]
    return max(inside, key=len) if inside else path.split("/")[0]


def subject_of(path: str) -> str:
    """The subject of a file: its sub-room's name; empty where it lies in none."""
    folders = [folder for folder in path.split("/")[1:-1] if folder != "routes"]
    return folders[0] if folders else ""


def is_allowed(room: str, included: str) -> bool:
    """Whether a file of the room may include this path of the checkout."""
    target = room_of(included)
    if target == room or room in MAY_USE_EVERYTHING:
        return True
    return any(included == entry if entry.endswith(".hpp") else target == entry for entry in MAY_USE.get(room, []))


def complaints(root: pathlib.Path) -> Iterator[str]:
    """A sentence for every #include that goes against the table."""
    for file in cpp_files_of(root):
        room = room_of(str(file))
        for bracket, included in INCLUDE.findall((root / file).read_text(encoding="utf-8")):
            if bracket == '"':
                yield from complaints_about_ours(root, file, room, included)
            elif room not in MAY_USE_EVERYTHING:
                yield from complaints_about_outside(file, room, included)


def complaints_about_ours(root: pathlib.Path, file: pathlib.Path, room: str, included: str) -> Iterator[str]:
    if not (root / included).is_file():
        yield f"{file} includes \"{included}\", which is not a file: project headers are named from the root"
    elif not is_allowed(room, included):
        yield f"{file} includes \"{included}\": {room} may not use it"
    elif room not in MAY_USE_EVERYTHING:
        subject, used = subject_of(str(file)), subject_of(included)
        if used in SUBJECT_MAY_NOT_USE.get(subject, []):
            yield f"{file} includes \"{included}\": the subject {subject} may not use {used}"


def complaints_about_outside(file: pathlib.Path, room: str, included: str) -> Iterator[str]:
    for prefix, homes in LIVES_IN.items():
        if included.startswith(prefix) and room not in homes:
            yield f"{file} includes <{included}>, which belongs to {' and '.join(homes) or 'the tests'}"
    if room == "domain" and "/" in included and not any(included.startswith(use) for use in DOMAIN_USES):
        yield f"{file} includes <{included}>: domain uses the standard library, fmt/core.h, Boost.Describe, date, ICU and libical"


def link_complaints(root: pathlib.Path) -> Iterator[str]:
    """A sentence for every room that CMake links to a room outside the table."""
    for file in sorted(root.glob("*/CMakeLists.txt")):
        for room, targets in ROOM_LINE.findall(file.read_text(encoding="utf-8")):
            for target in re.findall(r"\bpulse_(\w+)", targets):
                allowed = {entry.split("/")[0] for entry in MAY_USE.get(room, [])}
                if target.split("_")[0] not in allowed:
                    yield f"{file.relative_to(root)}: {room} links pulse_{target}, which it may not use"
