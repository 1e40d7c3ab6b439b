#!/usr/bin/env python3
"""The judge of rules can tell: an innocent world breaks no law, and each lie breaks the one that it should."""

import pathlib
import sys
import unittest
from datetime import datetime, timezone

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
import cases
from rules_checker import Facts, judge

BEGIN = 1_790_000_000.0
PLAIN, ASKS, REFUSED, QUIET = (letter * 32 for letter in "abcd")


def tweet(word: str, at: float, external_id: str, decision: str = "accepted", account: str = "42") -> dict:
    return {"kind": "arrived", "platform": "x", "method": "POST", "path": "/2/tweets", "query": "", "account": account,
            "arrived_at": datetime.fromtimestamp(at, timezone.utc).isoformat().replace("+00:00", "Z"), "body": f'{{"text": "{word}"}}',
            "decision": decision, "external_id": external_id if decision == "accepted" else None}


def innocent() -> Facts:
    """One rule of each kind and two that wait for events."""
    facts = Facts(quiet_until=BEGIN + 3600, judged_at=BEGIN + 60, deaths={"after_run": 2}, said_yes={ASKS: BEGIN + 5},
                  listeners={"l1": "PublishSucceeded", "l2": "ContentApproved"})
    for number, (word, kind) in enumerate(((PLAIN, "publish"), (ASKS, "asks"), (REFUSED, "refused"), (QUIET, "quiet"))):
        facts.expected[f"r{number}"] = {"word": word, "moment": BEGIN + number, "place": "x 42", "kind": kind}
        facts.runs.append({"id": f"n{number}", "rule_id": f"r{number}", "cause": "schedule", "moment": BEGIN + number, "event_id": None,
                           "state": "cancelled" if kind == "refused" else "succeeded"})
        post = f"p{number}" if kind != "refused" else None
        facts.items.append({"id": f"i{number}", "run_id": f"n{number}", "post_id": post, "needs_approval": kind in ("asks", "refused")})
        if post:
            facts.posts.append({"id": post, "title": word, "state": "waiting" if kind == "quiet" else "published",
                                "due_at": facts.quiet_until if kind == "quiet" else BEGIN + number})
    facts.events = [{"id": 1, "type": "PublishSucceeded", "subject": "p0"}, {"id": 2, "type": "ContentApproved", "subject": "i1"}]
    for rule, event in (("l1", 1), ("l2", 2)):
        facts.runs.append({"id": f"n{rule}", "rule_id": rule, "cause": "event", "moment": None, "event_id": event, "state": "succeeded"})
        facts.items.append({"id": f"i{rule}", "run_id": f"n{rule}", "post_id": None, "needs_approval": False})
    facts.journal = [tweet(PLAIN, BEGIN + 0.1, "900"), tweet(ASKS, BEGIN + 6, "901")]
    return facts


class RulesChecker(unittest.TestCase):
    def broken(self, facts: Facts) -> list[str]:
        return [law.name for law in judge(facts, ("after_run",)) if law.broken]

    def test_innocent(self):
        """an innocent world breaks no law, and puts each to the test"""
        self.assertEqual(self.broken(innocent()), [])

    def test_moment_twice(self):
        """a moment made two runs"""
        facts = innocent()
        facts.runs.append(facts.runs[0] | {"id": "again"})
        self.assertIn("moments", self.broken(facts))

    def test_moment_missing(self):
        """a moment made no run"""
        facts = innocent()
        facts.runs.pop(0)
        self.assertIn("moments", self.broken(facts))

    def test_other_moment(self):
        """a run is of another moment than the rule's"""
        facts = innocent()
        facts.runs[0]["moment"] += 3600
        self.assertEqual(self.broken(facts), ["moments"])

    def test_event_twice(self):
        """an event made two runs of a rule"""
        facts = innocent()
        facts.runs.append(facts.runs[4] | {"id": "again"})
        self.assertIn("events", self.broken(facts))

    def test_event_unheard(self):
        """an event was not heard, and one was heard by a rule that does not wait for it"""
        facts = innocent()
        facts.events.append({"id": 3, "type": "PublishSucceeded", "subject": "p1"})
        self.assertEqual(self.broken(facts), ["events"])
        facts = innocent()
        facts.runs[5]["event_id"] = 1
        self.assertEqual(self.broken(facts), ["events"])

    def test_failed_run(self):
        """a run that should have done its work did not; one whose content was refused is told as done"""
        for index, state in ((0, "failed"), (2, "succeeded"), (2, "running")):
            facts = innocent()
            facts.runs[index]["state"] = state
            self.assertEqual(self.broken(facts), ["over"])

    def test_items(self):
        """a run made two items, or none"""
        facts = innocent()
        facts.items.append(facts.items[4] | {"id": "again"})
        self.assertEqual(self.broken(facts), ["one item"])
        facts = innocent()
        facts.items.pop()
        self.assertEqual(self.broken(facts), ["one item"])

    def test_posts(self):
        """a run made two posts, a draft made one, and what was refused made one"""
        facts = innocent()
        facts.items.append(facts.items[0] | {"id": "again", "post_id": "p9"})
        self.assertIn("one post", self.broken(facts))
        for index in (2, 4):
            facts = innocent()
            facts.items[index]["post_id"] = "p9"
            self.assertEqual(self.broken(facts), ["one post"])

    def test_other_posts(self):
        """a post that no run names, and one with the words of another"""
        facts = innocent()
        facts.posts.append(facts.posts[0] | {"id": "p9"})
        self.assertEqual(self.broken(facts), ["no other"])

    def test_lost(self):
        """what was to go out is not there, and is somewhere else"""
        facts = innocent()
        facts.journal.pop(0)
        self.assertEqual(self.broken(facts), ["goes out"])
        facts = innocent()
        facts.journal[0]["account"] = "43"
        self.assertEqual(self.broken(facts), ["goes out", "once"])

    def test_twice(self):
        """what went out went out again"""
        facts = innocent()
        facts.journal.append(tweet(PLAIN, BEGIN + 9, "902"))
        self.assertEqual(self.broken(facts), ["once"])

    def test_early(self):
        """what arrived before its moment"""
        facts = innocent()
        facts.journal[0] = tweet(PLAIN, BEGIN - 1, "900")
        self.assertEqual(self.broken(facts), ["early"])

    def test_unapproved(self):
        """what arrived before its approval, was never approved, or was refused, be it taken or not"""
        facts = innocent()
        facts.said_yes[ASKS] = BEGIN + 6.5
        self.assertEqual(self.broken(facts), ["approved"])
        facts.said_yes = {}
        self.assertEqual(self.broken(facts), ["approved"])
        for decision in ("accepted", "refused"):
            facts = innocent()
            facts.journal.append(tweet(REFUSED, BEGIN + 9, "902", decision))
            self.assertEqual(self.broken(facts), ["approved"])

    def test_quiet(self):
        """what arrived in quiet hours, and what is to go out before their end"""
        facts = innocent()
        facts.journal.append(tweet(QUIET, BEGIN + 9, "902"))
        self.assertEqual(self.broken(facts), ["quiet"])
        facts = innocent()
        facts.posts[2]["due_at"] -= 600
        self.assertEqual(self.broken(facts), ["quiet"])

    def test_nobody_died(self):
        """a session in which nobody died where they were to proves nothing"""
        facts = innocent()
        facts.deaths = {"anywhere": 9}
        self.assertEqual(self.broken(facts), ["not void"])


if __name__ == "__main__":
    cases.run()
