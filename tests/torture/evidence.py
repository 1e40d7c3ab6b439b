"""The recorded facts put together by delivery: what the judge looks at. It knows nothing of the engine."""

import dataclasses
import json
from collections import defaultdict

from calls import WORD, Arrival, all_arrivals_of, appearances_of
from history import History

SETTLED = ("published", "failed", "unconfirmed", "cancelled", "missed")
FINAL_EVENTS = {"PublishSucceeded": "published", "PublishFailed": "failed", "PublishUnconfirmed": "unconfirmed",
                "PublishCancelled": "cancelled", "PublishMissed": "missed"}


def in_force(versions: list[dict], at: float) -> list[dict]:
    """The versions that may have been in force at that moment. One whose answer never came may be carried out at any
    time."""
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
        self.acts: list[dict] = []  # cancellations that were acknowledged
        self.looks: list[dict] = []

    @property
    def dues(self) -> list[dict]:
        """The versions that say when it goes out."""
        return [act for act in self.versions if act.get("due") is not None
                and self.row["id"] in act.get("moved", [self.row["id"]])]

    @property
    def is_due(self) -> bool:
        """Whether it was to go out: somebody was told so, or it is stored with a time."""
        return self.row["due_at"] is not None or any(act["told"] is not None for act in self.dues)

    @property
    def settled_at(self) -> float | None:
        """When its end was told; by the row where the log does not say."""
        if self.row["state"] not in SETTLED:
            return None
        ends = [one["created_at"] for one in self.events if one["type"] in FINAL_EVENTS]
        return ends[-1] if ends else self.row.get("updated_at")

    def __str__(self) -> str:
        return json.dumps({"row": self.row, "arrivals": [dataclasses.asdict(one) for one in self.arrivals],
                           "acts": self.acts, "versions": self.versions, "attempts": self.attempts,
                           "events": [[one["type"], one["created_at"]] for one in self.events]}, default=str)


class Evidence:
    """A history, by delivery."""

    def __init__(self, history: History):
        self.history = history
        everything = all_arrivals_of(history.journal)
        self.further = [one for one in everything if one.above]  # parts of threads, and comments
        posts = [one for one in everything if not one.above]
        self.arrivals = sorted(posts + appearances_of(history.publications), key=lambda one: one.at)
        self.acknowledged: set[str] = set()
        self.cases: dict[str, Case] = {}
        self.used: set[Arrival] = set()
        self._gather()
        self._distribute()

    def platform_of(self, case: Case) -> str:
        return self.history.channels.get(case.row["channel_id"], ["?"])[0]

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
        for row in self.history.deliveries:
            word = WORD.search(row["text"])
            key = row["post_id"] if row["post_id"] in by_post else post_of_word.get(word.group(0) if word else "", "")
            account = " ".join(map(str, self.history.channels.get(row["channel_id"], ["?", "?"])))
            case = Case(row, by_post.get(key, []), arrived.get((account, key), []))
            self.used |= set(case.arrivals)
            self.cases[row["id"]] = case

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
