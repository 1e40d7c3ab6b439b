"""The judge. It knows the promises and the recorded facts, and nothing of the engine: no code of it, no rule of it."""

import dataclasses
import json
import re
from collections import defaultdict

from history import History, seconds_of

WORD = re.compile(r"[0-9a-f]{32}")  # in every version of a text there is one of its own
SETTLED = ("published", "failed", "unconfirmed", "cancelled", "missed")
FINAL_EVENTS = {"PublishSucceeded": "published", "PublishFailed": "failed", "PublishUnconfirmed": "unconfirmed",
                "PublishCancelled": "cancelled", "PublishMissed": "missed"}
# What left before a pause or a cancellation may arrive this much later: the longest call, and what the network holds back.
LONGEST_FLIGHT_S = 14.0


@dataclasses.dataclass
class Law:
    """One promise: how often it was put to the test, and where it was broken."""

    name: str
    sentence: str
    n: int = 0
    broken: list[str] = dataclasses.field(default_factory=list)

    def hold(self, holds: bool, otherwise: str) -> None:
        self.n += 1
        if not holds:
            self.broken.append(otherwise)


@dataclasses.dataclass(frozen=True)
class Arrival:
    """A call that makes a post public, as the platform saw it."""

    account: str  # "platform account"
    word: str
    at: float
    is_accepted: bool
    external_id: str | None


def arrivals_of(journal: list[dict]) -> list[Arrival]:
    """The publishing calls, in the order in which they arrived. A two-step platform's second call names its container."""
    containers: dict[str, str] = {}  # by id: the word that it was made with
    found = []
    for line in journal:
        if line.get("kind") != "arrived" or line["method"] != "POST":
            continue
        body = line["body"] if isinstance(line["body"], str) else json.dumps(line["body"])
        said = WORD.search(body) or WORD.search(line.get("query") or "")
        word = said.group(0) if said else ""
        if makes_container(line):
            if word and line["external_id"]:
                containers[line["external_id"]] = word
            continue
        if not publishes(line):
            continue
        if line["platform"] == "instagram":
            named = re.search(r"creation_id=(\w+)|\"creation_id\": ?\"?(\w+)", body + "&" + (line.get("query") or ""))
            word = containers.get((named.group(1) or named.group(2)) if named else "", "")
        found.append(Arrival(f"{line['platform']} {line['account']}", word, seconds_of(line["arrived_at"]),
                             line["decision"] == "accepted", line["external_id"]))
    return sorted(found, key=lambda one: one.at)


def makes_container(line: dict) -> bool:
    return line["platform"] == "instagram" and line["path"].endswith("/media")


def publishes(line: dict) -> bool:
    path = line["path"]
    return {"x": path == "/2/tweets", "instagram": path.endswith("/media_publish"),
            "linkedin": path == "/rest/posts"}.get(line["platform"], False)


def in_force(versions: list[dict], at: float) -> list[dict]:
    """The versions that may have been in force at that moment. One whose answer never came may be carried out at any time."""
    found = []
    for index, version in enumerate(versions):
        replaced = version["told"] is not None and any(
            later["told"] is not None and later["told"] < at for later in versions[index + 1:])
        if version["sent"] <= at and not replaced:
            found.append(version)
    return found


class Case:
    """All that is known of one delivery."""

    def __init__(self, row: dict | None, versions: list[dict], arrivals: list[Arrival]):
        self.row, self.versions, self.arrivals = row, versions, arrivals
        self.accepted = [one for one in arrivals if one.is_accepted]
        self.events: list[dict] = []
        self.attempts: list[dict] = []
        self.acts: list[dict] = []
        self.looks: list[dict] = []

    def __str__(self) -> str:
        return json.dumps({"row": self.row, "arrivals": [dataclasses.asdict(one) for one in self.arrivals],
                           "acts": self.acts, "attempts": self.attempts,
                           "events": [[one["type"], one["created_at"]] for one in self.events]}, default=str)


class Judge:
    """Puts the facts together by delivery, then asks every law."""

    def __init__(self, history: History):
        self.history = history
        self.arrivals = arrivals_of(history.journal)
        self.laws: list[Law] = []
        self.acknowledged: set[str] = set()
        self.cases: dict[str, Case] = {}
        self._gather()

    def judge(self) -> list[Law]:
        for law in (self._stored, self._settled, self._once, self._not_again, self._is_there, self._is_told, self._known, self._early,
                    self._text, self._cancelled, self._paused, self._limits, self._final, self._log, self._odd):
            law()
        return self.laws

    def _law(self, name: str, sentence: str) -> Law:
        self.laws.append(Law(name, sentence))
        return self.laws[-1]

    # --- putting together

    def _gather(self) -> None:
        by_post: dict[str, list[dict]] = defaultdict(list)
        post_of_word: dict[str, str] = {}
        for act in self.history.acts:
            if act["what"] == "create":
                act = act | {"post": act["post"] or f"unanswered {act['word']}"}
                self.acknowledged |= {one["id"] for one in act["deliveries"]}
            if act["what"] in ("create", "edit"):
                post_of_word[act["word"]] = act["post"]
            if "post" in act:
                by_post[act["post"]].append(act)
        arrived: dict[tuple[str, str], list[Arrival]] = defaultdict(list)
        for one in self.arrivals:
            arrived[one.account, post_of_word.get(one.word, one.word)].append(one)
        self.used: set[Arrival] = set()
        for row in self.history.deliveries:
            word = WORD.search(row["text"])
            key = row["post_id"] if row["post_id"] in by_post else post_of_word.get(word.group(0) if word else "", "")
            account = " ".join(map(str, self.history.channels.get(row["channel_id"], ["?", "?"])))
            case = Case(row, by_post.get(key, []), arrived.get((account, key), []))
            self.used |= set(case.arrivals)
            self.cases[row["id"]] = case
        self._distribute()

    def _distribute(self) -> None:
        for name in ("events", "attempts"):
            for one in getattr(self.history, name):
                if one["delivery_id"] in self.cases:
                    getattr(self.cases[one["delivery_id"]], name).append(one)
        for look in self.history.looks:
            if look["delivery"] in self.cases:
                self.cases[look["delivery"]].looks.append(look)
        for act in self.history.acts:
            for delivery in act.get("cancelled", []):
                if delivery in self.cases:
                    self.cases[delivery].acts.append(act)

    # --- the laws

    def _stored(self) -> None:
        law = self._law("stored", "every acknowledged delivery is there")
        for delivery in sorted(self.acknowledged):
            law.hold(delivery in self.cases, f"delivery {delivery} was acknowledged and is not in the database")

    def _settled(self) -> None:
        law = self._law("settled", "each ends in exactly one final state, within its bound")
        for case in self.cases.values():
            scheduled = any(act.get("due") is not None and act["told"] is not None for act in case.versions)
            is_draft = case.row["state"] == "waiting" and case.row["due_at"] is None and not scheduled
            law.hold(case.row["state"] in SETTLED or is_draft, f"still {case.row['state']} in the end: {case}")

    def _once(self) -> None:
        law = self._law("once", "at most one acceptance a delivery")
        for case in self.cases.values():
            law.hold(len(case.accepted) <= 1, f"accepted {len(case.accepted)} times: {case}")

    def _not_again(self) -> None:
        """Where the platform can be asked. Where it cannot, its refusal of the repetition is what names the live post."""
        law = self._law("not again", "what the platform has is not sent to it again, even where it would refuse that")
        for case in self.cases.values():
            if case.accepted and not case.accepted[0].account.startswith("linkedin"):
                again = [one for one in case.arrivals if one.at > case.accepted[0].at]
                law.hold(not again, f"sent again after it was accepted: {case}")

    def _is_there(self) -> None:
        law = self._law("is there", "published means that the platform has it under that id")
        for case in self.cases.values():
            if case.row["state"] != "published" or not self._is_witnessed(case):
                continue
            ids = [one.external_id for one in case.accepted]
            law.hold(case.row["external_id"] in ids, f"published, and the platform has {ids}: {case}")

    def _is_witnessed(self, case: Case) -> bool:
        return self.history.channels.get(case.row["channel_id"], ["website"])[0] != "website"

    def _is_told(self) -> None:
        law = self._law("is told", "what the platform has is published or unconfirmed")
        for case in self.cases.values():
            if case.accepted:
                law.hold(case.row["state"] in ("published", "unconfirmed"), f"live, and called otherwise: {case}")

    def _known(self) -> None:
        law = self._law("known", "only what was asked for arrives")
        for one in self.arrivals:
            law.hold(one in self.used, f"nobody asked for {one}")

    def _early(self) -> None:
        law = self._law("early", "nothing arrives before its time")
        for case in self.cases.values():
            for one in case.arrivals:
                versions = [act for act in case.versions if act.get("due") is not None
                            and case.row["id"] in act.get("moved", [case.row["id"]])]
                due = [act["due"] for act in in_force(versions, one.at)]
                law.hold(bool(due) and one.at >= min(due), f"arrived at {one.at:.6f}, due at {due}: {case}")

    def _text(self) -> None:
        law = self._law("text", "what arrives is the text that was acknowledged last")
        for case in self.cases.values():
            for one in case.arrivals:
                words = [act["word"] for act in in_force([act for act in case.versions if "word" in act], one.at)]
                law.hold(one.word in words, f"arrived as {one.word}, and {words} was in force: {case}")

    def _cancelled(self) -> None:
        law = self._law("cancelled", "nothing starts after an acknowledged cancellation")
        for case in self.cases.values():
            for act in case.acts:
                late = [one for one in case.arrivals if one.at > act["told"]]
                law.hold(not late and case.row["state"] == "cancelled" and not case.accepted,
                         f"cancelled at {act['told']:.6f}: {case}")

    def _paused(self) -> None:
        law = self._law("paused", "nothing starts between an acknowledged pause and its end")
        windows = defaultdict(list)
        for act in self.history.acts:
            if act["what"] == "pause" and act["told"] is not None:
                windows[act["channel"]].append((act["told"], act["until"]))
        for case in self.cases.values():
            for begin, end in windows.get(case.row["channel_id"], []):
                started = [one for one in case.attempts if begin < one["started_at"] < end]
                arrived = [one for one in case.arrivals if begin + LONGEST_FLIGHT_S < one.at < end]
                law.hold(not started and not arrived, f"paused from {begin:.6f} to {end:.6f}: {case}")

    def _limits(self) -> None:
        law = self._law("limits", "no account is called more often than its limits allow")
        by_account = defaultdict(list)
        for one in self.arrivals:
            by_account[one.account].append(one.at)
        for account, times in by_account.items():
            for calls, window_s in self.history.limits.get(account, []):
                for first in range(len(times)):
                    last = first + calls
                    law.hold(last >= len(times) or times[last] - times[first] >= window_s,
                             f"{account}: {calls + 1} calls in {window_s} s from {times[first]:.6f}: "
                             f"{[round(at - times[first], 3) for at in times[first:last + 1]]}")

    def _final(self) -> None:
        law = self._law("final", "a final state that was shown never changes")
        for case in self.cases.values():
            for look in case.looks:
                if look["state"] in SETTLED:
                    law.hold((look["state"], look["external_id"]) == (case.row["state"], case.row["external_id"]),
                             f"was shown as {look}: {case}")

    def _log(self) -> None:
        law = self._law("log", "the event log says once how it ended, last, and says the same as the row")
        for case in self.cases.values():
            # What is told of waiting comes from the memory of a process that may not have heard yet; what is told of publishing
            # comes with the row.
            told = [one["type"] for one in case.events
                    if one["type"].startswith("Publish") and one["type"] != "PublishScheduled"]
            finals = [FINAL_EVENTS[one] for one in told if one in FINAL_EVENTS]
            if case.row["state"] in SETTLED:
                law.hold(finals == [case.row["state"]] and told[-1] in FINAL_EVENTS, f"the log says {told}: {case}")
            else:
                law.hold(not finals, f"the log says {told}: {case}")

    def _odd(self) -> None:
        law = self._law("sound", "no process ends by itself and no answer is a server error")
        law.n = len(self.history.acts)
        law.broken = list(self.history.oddities)


def judge(history: History) -> list[Law]:
    """Every law, with how often it was tested."""
    return Judge(history).judge()


def in_words(laws: list[Law], most_shown: int = 3) -> str:
    lines = []
    for law in laws:
        lines.append(f"  {'holds ' if not law.broken else 'BROKEN'} {law.name:<10} n={law.n:<6} {law.sentence}")
        lines += [f"         {one[:3000]}" for one in law.broken[:most_shown]]
        if len(law.broken) > most_shown:
            lines.append(f"         and {len(law.broken) - most_shown} more")
    return "\n".join(lines)
