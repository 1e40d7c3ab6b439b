"""The judge of engagement. It knows what each member allowed, wanted and confirmed, the rows, and what arrived at LinkedIn; nothing of the
engine."""

import dataclasses
import itertools
import json
import re
import urllib.parse
from collections import Counter, defaultdict
from datetime import datetime, timezone

from calls import at, fields_of
from checker import Law
from history import seconds_of

# An intent may be a second old when its bytes leave, and the network takes its time: two acts may be this much closer
# than they began, and one that began in time may arrive so much later.
SLACK_S = 1.6
# An act in a browser presses when the page is there: up to so much after it began.
BROWSER_SLACK_S = 47.0
REACTIONS, COMMENTS = "/voyager/api/voyagerSocialDashReactions", "/voyager/api/voyagerSocialDashNormComments"
KNOWN_TO_BE_THERE, KNOWN_TO_BE_ABSENT = ("completed",), ("queued", "waiting_confirmation", "failed", "skipped", "expired")


@dataclasses.dataclass
class Facts:
    """Times are seconds of the wall clock; hours are minutes of a day of UTC.

    `members`: by account at LinkedIn the limits that its member has set: `acts_a_day`, `hours` (from, until), `gap_s` between any two acts,
    and whether it `is_automatic`."""

    members: dict[str, dict] = dataclasses.field(default_factory=dict)
    posts: list[str] = dataclasses.field(default_factory=list)   # their URNs
    page_gap_s: float = 0.0
    page_cap: int = 0
    acts: list[dict] = dataclasses.field(default_factory=list)   # id, account, post, kind, state, is_asked, external_id
    confirmed: dict[str, float] = dataclasses.field(default_factory=dict)  # by act: before the first call that confirmed it was sent
    skipped: list[str] = dataclasses.field(default_factory=list)           # acts whose member was told that nothing goes out
    # By act: from when nothing but hours, caps and gaps kept it back, where that is known.
    free: dict[str, float] = dataclasses.field(default_factory=dict)
    # Acts, with words that a member wanted to say there, in vain or not.
    said: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    journal: list[dict] = dataclasses.field(default_factory=list)
    deaths: dict[str, int] = dataclasses.field(default_factory=dict)       # by the place at which a process died

    def to_json(self) -> str:
        return json.dumps(dataclasses.asdict(self), indent=1)


@dataclasses.dataclass(frozen=True)
class Act:
    """A like or a comment, as LinkedIn saw it."""

    account: str
    post: str
    kind: str
    text: str
    at: float
    is_accepted: bool
    is_by_browser: bool = False

    @property
    def slack_s(self) -> float:
        return BROWSER_SLACK_S if self.is_by_browser else SLACK_S


def acts_at_linkedin(journal: list[dict]) -> list[Act]:
    found = []
    for line in journal:
        if line.get("kind") != "arrived" or line["platform"] != "linkedin" or line["method"] != "POST":
            continue
        given = fields_of(line)
        if line["path"] == "/rest/reactions":
            kind, post, text = "like", str(given.get("root") or given.get("object") or ""), ""
        elif line["path"].startswith("/rest/socialActions/") and line["path"].endswith("/comments"):
            kind, post, text = "comment", urllib.parse.unquote(line["path"].split("/")[3]), str(at(given, "message", "text") or "")
        elif line["path"] == REACTIONS:
            kind, post, text = "like", str(given.get("threadUrn") or ""), ""
        elif line["path"] == COMMENTS:
            kind, post, text = "comment", str(given.get("threadUrn") or ""), str(at(given, "commentary", "text") or "")
        else:
            continue
        found.append(Act(line["account"], post, kind, text, seconds_of(line["arrived_at"]), line["decision"] == "accepted",
                         line["path"] in (REACTIONS, COMMENTS)))
    return sorted(found, key=lambda one: one.at)


def plain(text: str) -> str:
    """A comment as a reader takes it: case and blanks make no other one."""
    return re.sub(r"\s+", " ", text).strip().casefold()


def day_of(moment: float) -> str:
    return datetime.fromtimestamp(moment, timezone.utc).date().isoformat()


def minute_of(moment: float) -> float:
    then = datetime.fromtimestamp(moment, timezone.utc)
    return then.hour * 60 + then.minute + then.second / 60


class EngagementJudge:
    def __init__(self, facts: Facts):
        self.facts = facts
        self.arrived = acts_at_linkedin(facts.journal)
        self.there = [one for one in self.arrived if one.is_accepted]
        self.rows = {(row["account"], row["post"], row["kind"]): row for row in facts.acts}
        self.keys_there = {(one.account, one.post, one.kind) for one in self.there}
        self.laws: list[Law] = []
        # By law: how often something would have broken it, had nobody minded. Laws of which that is not known are not
        # here.
        self.tried: Counter[str] = Counter()

    def judge(self) -> list[Law]:
        for law in (self._row, self._once, self._not_again, self._known, self._confirmed, self._skipped, self._hours, self._member_cap,
                    self._page_cap, self._gap, self._stagger, self._different, self._told):
            law()
        return self.laws

    def _law(self, name: str, sentence: str) -> Law:
        self.laws.append(Law(name, sentence))
        return self.laws[-1]

    def row_of(self, one: Act) -> dict | None:
        return self.rows.get((one.account, one.post, one.kind))

    def limits_of(self, account: str) -> dict:
        return self.facts.members.get(account, {"acts_a_day": 0, "hours": (0, 0), "gap_s": 0, "is_automatic": False})

    def _row(self) -> None:
        law = self._law("one row", "each member has at most one like and one comment under a post")
        for key, times in Counter((row["account"], row["post"], row["kind"]) for row in self.facts.acts).items():
            law.hold(times == 1, f"{key} is planned {times} times")

    def _once(self) -> None:
        law = self._law("once", "each act is at most once at LinkedIn")
        for key, times in Counter((one.account, one.post, one.kind) for one in self.there).items():
            law.hold(times == 1, f"{key} is there {times} times")

    def _not_again(self) -> None:
        law = self._law("not again", "what LinkedIn has is not sent again, even where it would refuse that")
        for one in self.there:
            again = [other for other in self.arrived if other.at > one.at
                     and (other.account, other.post, other.kind) == (one.account, one.post, one.kind)]
            law.hold(not again, f"{one} was sent again: {again}")

    def _known(self) -> None:
        law = self._law("known", "only what was planned arrives, under a post that was found")
        for one in self.arrived:
            law.hold(self.row_of(one) is not None and one.post in self.facts.posts, f"nobody planned {one}")

    def _confirmed(self) -> None:
        law = self._law("confirmed", "nothing arrives before its member has confirmed it, unless the member has said that it may")
        for one in self.arrived:
            row = self.row_of(one)
            yes = self.facts.confirmed.get(row["id"]) if row else None
            law.hold(self.limits_of(one.account)["is_automatic"] or (yes is not None and one.at >= yes),
                     f"{one} was {'never confirmed' if yes is None else f'confirmed at {yes:.6f}'}")

    def _skipped(self) -> None:
        law = self._law("skipped", "what its member said no to never arrives")
        for row in self.facts.acts:
            if row["id"] in self.facts.skipped:
                arrived = [one for one in self.arrived if (one.account, one.post, one.kind) == (row["account"], row["post"], row["kind"])]
                law.hold(not arrived and row["state"] == "skipped", f"{arrived}; {row}")

    def free_rows(self) -> list[dict]:
        return [row for row in self.facts.acts if row["id"] in self.facts.free]

    def is_there(self, row: dict) -> bool:
        return (row["account"], row["post"], row["kind"]) in self.keys_there

    def _hours(self) -> None:
        law = self._law("hours", "nothing arrives outside its member's hours")
        for one in self.arrived:
            minute = minute_of(one.at)
            law.hold(self._is_within(one.account, one.at, one.slack_s),
                     f"{one} at minute {minute:.2f}, of {self.limits_of(one.account)['hours']}")
        self.tried["hours"] = sum(not self._is_within(row["account"], self.facts.free[row["id"]], 0)
                                  for row in self.free_rows())

    def _is_within(self, account: str, moment: float, slack_s: float) -> bool:
        begins, ends = self.limits_of(account)["hours"]
        return begins <= minute_of(moment) < ends + slack_s / 60 or (begins == 0 and ends == 1440)

    def _member_cap(self) -> None:
        law = self._law("member cap", "no member does more in a day than they allow")
        for (account, day), times in Counter((one.account, day_of(one.at)) for one in self.there).items():
            law.hold(times <= self.limits_of(account)["acts_a_day"], f"{account} did {times} on {day}")

    def _page_cap(self) -> None:
        law = self._law("page cap", "under a page's posts no more is done in a day than it allows")
        for day, times in Counter(day_of(one.at) for one in self.there).items():
            law.hold(times <= self.facts.page_cap, f"{times} on {day}, {self.facts.page_cap} are allowed")

    def _gap(self) -> None:
        law = self._law("gap", "two acts under one post are as far apart as its page says")
        self._apart(law, "post", lambda _: self.facts.page_gap_s)

    def _stagger(self) -> None:
        law = self._law("stagger", "two acts of one member are as far apart as the member says")
        self._apart(law, "account", lambda account: self.limits_of(account)["gap_s"])

    def _apart(self, law: Law, whose: str, gap_s) -> None:
        """`whose`: by what of theirs acts belong together."""
        by_whom = defaultdict(list)
        for one in self.there:
            by_whom[getattr(one, whose)].append(one)
        for of, acts in by_whom.items():
            for before, after in itertools.pairwise(acts):
                law.hold(after.at - before.at >= gap_s(of) - max(before.slack_s, after.slack_s),
                         f"{after.at - before.at:.2f} s between {before} and {after}")
        self.tried[law.name] = 0
        for one, other in itertools.combinations(self.free_rows(), 2):
            moments = self.facts.free[one["id"]], self.facts.free[other["id"]]
            if one[whose] == other[whose] and abs(moments[0] - moments[1]) < gap_s(one[whose]):
                self._try_together(law, whose, one, other)

    def _try_together(self, law: Law, whose: str, one: dict, other: dict) -> None:
        """Two that would have gone at the same moment. Both of them are there by now, or the other act of one member
        waits with nothing but the gap to keep it."""
        there = [row for row in (one, other) if self.is_there(row)]
        waits = [row for row in (one, other) if row["state"] == "queued" and row not in there and self._has_room(row)]
        if len(there) == 2 or (whose == "account" and there and waits):
            self.tried[law.name] += 1
            law.n += len(waits)

    def _has_room(self, row: dict) -> bool:
        done = sum(one.account == row["account"] for one in self.there)
        return (done < self.limits_of(row["account"])["acts_a_day"]
                and self._is_within(row["account"], self.facts.free[row["id"]], 0))

    def _different(self) -> None:
        law = self._law("different", "no two comments under a post are alike")
        for post in self.facts.posts:
            comments = [one for one in self.there if one.post == post and one.kind == "comment"]
            for one, other in itertools.combinations(comments, 2):
                law.hold(plain(one.text) != plain(other.text), f"{one} and {other}")
        of = {row["id"]: row for row in self.facts.acts}
        said = [(of[act], plain(text)) for act, text in self.facts.said if act in of]
        self.tried["different"] = sum(
            one.post == row["post"] and one.account != row["account"] and plain(one.text) == text
            for one in self.there if one.kind == "comment" for row, text in said)

    def _told(self) -> None:
        law = self._law("told", "what is called done is there, and what is called anything else is not, unless a person is asked")
        for key, row in self.rows.items():
            if row["state"] in KNOWN_TO_BE_THERE:
                law.hold(key in self.keys_there, f"is called done, and is not there: {row}")
            elif row["state"] in KNOWN_TO_BE_ABSENT:
                law.hold(key not in self.keys_there, f"is there, and is called otherwise: {row}")
            else:
                law.hold(row["is_asked"], f"nobody knows, and nobody is asked: {row}")


def judge(facts: Facts, places: tuple[str, ...] = ()) -> list[Law]:
    """Every law. One that was never put to the test proves nothing, and nor does one that nothing tried to break, or a
    place of `places` at which nobody died."""
    judging = EngagementJudge(facts)
    laws = judging.judge()
    void = Law("not void", "every law was put to the test, and processes died at every place that they were to")
    for law in laws:
        void.hold(law.n > 0, f"the law '{law.name}' was never put to the test")
        void.hold(judging.tried.get(law.name, law.n) > 0, f"nothing tried to break the law '{law.name}'")
    for place in places:
        void.hold(facts.deaths.get(place, 0) > 0, f"nobody died at {place}")
    return [*laws, void]
