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
        self.laws: list[Law] = []

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

    def _hours(self) -> None:
        law = self._law("hours", "nothing arrives outside its member's hours")
        for one in self.arrived:
            begins, ends = self.limits_of(one.account)["hours"]
            minute = minute_of(one.at)
            law.hold(begins <= minute < ends + one.slack_s / 60 or (begins == 0 and ends == 1440), f"{one} at minute {minute:.2f}, of {begins} to {ends}")

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
        self._apart(law, lambda one: one.post, lambda _: self.facts.page_gap_s)

    def _stagger(self) -> None:
        law = self._law("stagger", "two acts of one member are as far apart as the member says")
        self._apart(law, lambda one: one.account, lambda account: self.limits_of(account)["gap_s"])

    def _apart(self, law: Law, whose, gap_s) -> None:
        by_whom = defaultdict(list)
        for one in self.there:
            by_whom[whose(one)].append(one)
        for of, acts in by_whom.items():
            for before, after in itertools.pairwise(acts):
                law.hold(after.at - before.at >= gap_s(of) - max(before.slack_s, after.slack_s), f"{after.at - before.at:.2f} s between {before} and {after}")

    def _different(self) -> None:
        law = self._law("different", "no two comments under a post are alike")
        for post in self.facts.posts:
            comments = [one for one in self.there if one.post == post and one.kind == "comment"]
            for one, other in itertools.combinations(comments, 2):
                law.hold(plain(one.text) != plain(other.text), f"{one} and {other}")

    def _told(self) -> None:
        law = self._law("told", "what is called done is there, and what is called anything else is not, unless a person is asked")
        there = {(one.account, one.post, one.kind) for one in self.there}
        for key, row in self.rows.items():
            if row["state"] in KNOWN_TO_BE_THERE:
                law.hold(key in there, f"is called done, and is not there: {row}")
            elif row["state"] in KNOWN_TO_BE_ABSENT:
                law.hold(key not in there, f"is there, and is called otherwise: {row}")
            else:
                law.hold(row["is_asked"], f"nobody knows, and nobody is asked: {row}")


def judge(facts: Facts, places: tuple[str, ...] = ()) -> list[Law]:
    """Every law. One that was never put to the test proves nothing, and nor does a place of `places` at which nobody died."""
    laws = EngagementJudge(facts).judge()
    void = Law("not void", "every law was put to the test, and processes died at every place that they were to")
    for law in laws:
        void.hold(law.n > 0, f"the law '{law.name}' was never put to the test")
    for place in places:
        void.hold(facts.deaths.get(place, 0) > 0, f"nobody died at {place}")
    return [*laws, void]
