"""The judge of rules. It knows what was asked for, the rows, and what arrived at the platforms; nothing of the
engine."""

import dataclasses
import json
from collections import Counter, defaultdict

from calls import Arrival, all_arrivals_of, appearances_of
from checker import Law

MOMENT_IS_EXACT_TO_S = 0.001
OVER = ("succeeded", "failed", "blocked", "cancelled")


@dataclasses.dataclass
class Facts:
    """Times are seconds of the wall clock.

    `expected`: by rule of a schedule its `word`, its one `moment`, its `place` ("platform account") and its `kind`:
    `publish`, `asks` (for approval), `refused` (asks, and is rejected), `quiet` (its project lets nothing out just
    now)."""

    expected: dict[str, dict] = dataclasses.field(default_factory=dict)
    listeners: dict[str, str] = dataclasses.field(default_factory=dict)  # by rule the type of event that it waits for
    events: list[dict] = dataclasses.field(default_factory=list)  # those that set something off: id, type, subject (of the post, or item)
    runs: list[dict] = dataclasses.field(default_factory=list)    # id, rule_id, cause, state, moment, event_id
    items: list[dict] = dataclasses.field(default_factory=list)   # id, run_id, post_id, needs_approval
    posts: list[dict] = dataclasses.field(default_factory=list)   # id, title, state (of its delivery), due_at
    said_yes: dict[str, float] = dataclasses.field(default_factory=dict)  # by word: before the call that approved it was sent
    quiet_until: float = 0.0
    judged_at: float = 0.0
    journal: list[dict] = dataclasses.field(default_factory=list)
    publications: list[dict] = dataclasses.field(default_factory=list)
    deaths: dict[str, int] = dataclasses.field(default_factory=dict)  # by the place at which a process died

    def to_json(self) -> str:
        return json.dumps(dataclasses.asdict(self), indent=1)


class RulesJudge:
    def __init__(self, facts: Facts):
        self.facts = facts
        self.run_of = {run["id"]: run for run in facts.runs}
        self.arrived: dict[str, list[Arrival]] = defaultdict(list)
        for one in all_arrivals_of(facts.journal) + appearances_of(facts.publications):
            self.arrived[one.word].append(one)
        self.laws: list[Law] = []

    def judge(self) -> list[Law]:
        for law in (self._moments, self._events, self._over, self._one_item, self._one_post, self._no_other_post, self._goes_out, self._once,
                    self._early, self._approved, self._quiet):
            law()
        return self.laws

    def _law(self, name: str, sentence: str) -> Law:
        self.laws.append(Law(name, sentence))
        return self.laws[-1]

    def accepted(self, word: str) -> list[Arrival]:
        return [one for one in self.arrived.get(word, []) if one.is_accepted]

    def _moments(self) -> None:
        law = self._law("moments", "each moment made exactly one run, and no other time made one")
        made = defaultdict(list)
        for run in self.facts.runs:
            if run["cause"] == "schedule":
                made[run["rule_id"]].append(run)
        for rule, wanted in self.facts.expected.items():
            runs = made.pop(rule, [])
            is_right = len(runs) == 1 and abs(runs[0]["moment"] - wanted["moment"]) < MOMENT_IS_EXACT_TO_S
            law.hold(is_right, f"rule {rule} with its moment at {wanted['moment']:.6f} made {runs}")
        for rule, runs in made.items():
            law.hold(False, f"rule {rule} has no moment, and made {runs}")

    def _events(self) -> None:
        law = self._law("events", "each event made exactly one run of each rule that waits for it, and nothing else made one")
        made = Counter((run["rule_id"], run["event_id"]) for run in self.facts.runs if run["cause"] == "event")
        for rule, kind in self.facts.listeners.items():
            for event in self.facts.events:
                if event["type"] == kind:
                    times = made.pop((rule, event["id"]), 0)
                    law.hold(times == 1, f"rule {rule} heard {event} {times} times")
        for (rule, event), times in made.items():
            law.hold(False, f"rule {rule} has heard {event} {times} times, which is none of those that it waits for")

    def _over(self) -> None:
        law = self._law("over", "each run did its work, but for those whose content was refused")
        for run in self.facts.runs:
            kind = self.facts.expected.get(run["rule_id"], {}).get("kind")
            law.hold(run["state"] != "succeeded" if kind == "refused" else run["state"] == "succeeded", f"{run}")
            if kind == "refused":
                law.hold(run["state"] in OVER, f"is not over: {run}")

    def _one_item(self) -> None:
        law = self._law("one item", "each run made exactly one content item, and no item is of no run")
        items = Counter(item["run_id"] for item in self.facts.items)
        for run in self.facts.runs:
            law.hold(items.pop(run["id"], 0) == 1, f"{run} has not one item")
        for run, times in items.items():
            law.hold(False, f"{times} items of {run}, which is no run")

    def _one_post(self) -> None:
        law = self._law("one post", "each run made at most one post; what was to be released made one, drafts and what was refused none")
        posts = defaultdict(set)
        for item in self.facts.items:
            if item["post_id"]:
                posts[item["run_id"]].add(item["post_id"])
        for run in self.facts.runs:
            wanted = self.facts.expected.get(run["rule_id"], {}).get("kind", "draft") not in ("draft", "refused")
            law.hold(len(posts[run["id"]]) == wanted, f"{run} has the posts {posts[run['id']]}")

    def _no_other_post(self) -> None:
        law = self._law("no other", "there is one post for each word that was to be released, and no other post")
        wanted = Counter(one["word"] for one in self.facts.expected.values() if one["kind"] != "refused")
        for word, times in Counter(post["title"] for post in self.facts.posts).items():
            law.hold(times == wanted.pop(word, 0), f"{times} posts with {word}")
        for word in wanted:
            law.hold(False, f"no post with {word}")

    def _goes_out(self) -> None:
        law = self._law("goes out", "what was to go out is there, where it was to be")
        for rule, wanted in self.facts.expected.items():
            if wanted["kind"] in ("publish", "asks"):
                places = [one.account for one in self.accepted(wanted["word"])]
                law.hold(wanted["place"] in places, f"{wanted} of rule {rule} is at {places}")

    def _once(self) -> None:
        law = self._law("once", "nothing is anywhere twice, and nothing is where nobody wanted it")
        places = {one["word"]: one["place"] for one in self.facts.expected.values()}
        for word in self.arrived:
            accepted = self.accepted(word)
            if accepted:
                law.hold([one.account for one in accepted] == [places.get(word)], f"{word} is at {accepted}")

    def _early(self) -> None:
        law = self._law("early", "nothing arrives before its rule's moment")
        for wanted in self.facts.expected.values():
            for one in self.arrived.get(wanted["word"], []):
                law.hold(one.at >= wanted["moment"], f"{one} arrived before {wanted['moment']:.6f}")

    def _approved(self) -> None:
        law = self._law("approved", "nothing arrives before its approval, and what was refused never does")
        for wanted in self.facts.expected.values():
            if wanted["kind"] not in ("asks", "refused"):
                continue
            yes = self.facts.said_yes.get(wanted["word"])
            early = [one for one in self.arrived.get(wanted["word"], []) if yes is None or one.at < yes]
            law.hold(not early, f"{early} arrived, and {'nobody approved it' if yes is None else f'it was approved at {yes:.6f}'}")

    def _quiet(self) -> None:
        law = self._law("quiet", "nothing arrives in quiet hours, and what waits for their end is to go out then")
        due = {post["title"]: post for post in self.facts.posts}
        for wanted in self.facts.expected.values():
            if wanted["kind"] != "quiet":
                continue
            early = [one for one in self.arrived.get(wanted["word"], []) if one.at < self.facts.quiet_until]
            post = due.get(wanted["word"])
            waits = post is not None and post["state"] == "waiting" and abs(post["due_at"] - self.facts.quiet_until) < 1
            law.hold(not early and (waits or self.facts.judged_at >= self.facts.quiet_until), f"{early}; {post}")


def judge(facts: Facts, places: tuple[str, ...]) -> list[Law]:
    """Every law. One that was never put to the test proves nothing, and nor does a place of `places` at which nobody
    died."""
    laws = RulesJudge(facts).judge()
    void = Law("not void", "every law was put to the test, and processes died at every place that they were to")
    for law in laws:
        void.hold(law.n > 0, f"the law '{law.name}' was never put to the test")
    for place in places:
        void.hold(facts.deaths.get(place, 0) > 0, f"nobody died at {place}")
    return [*laws, void]
