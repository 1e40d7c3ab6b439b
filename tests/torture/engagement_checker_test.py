#!/usr/bin/env python3
"""The judge of engagement can tell: an innocent company breaks no law, and each lie breaks the one that it should."""

import json
import pathlib
import sys
import unittest
from datetime import datetime, timezone

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
import cases
from engagement_checker import Facts, judge

NOON = datetime(2026, 11, 30, 12, tzinfo=timezone.utc).timestamp()
POST, OTHER = "urn:li:activity:1", "urn:li:activity:2"


def line(at: float, account: str, path: str, body: dict, decision: str) -> dict:
    return {"kind": "arrived", "platform": "linkedin", "method": "POST", "path": path, "query": "", "account": account,
            "arrived_at": datetime.fromtimestamp(at, timezone.utc).isoformat().replace("+00:00", "Z"), "body": json.dumps(body),
            "decision": decision, "external_id": "e"}


def like(at: float, account: str, post: str = POST, decision: str = "accepted") -> dict:
    return line(at, account, "/rest/reactions", {"root": post, "reactionType": "LIKE"}, decision)


def comment(at: float, account: str, text: str, post: str = POST) -> dict:
    path = f"/rest/socialActions/{post.replace(':', '%3A')}/comments"
    return line(at, account, path, {"object": post, "message": {"text": text}}, "accepted")


def innocent() -> Facts:
    """Three members like and comment under two posts, one of them without being asked; a fourth says no, and a fifth is
    not at work. Some of it could have gone at one moment, and two wanted to say the same."""
    facts = Facts(posts=[POST, OTHER], page_gap_s=10, page_cap=6, deaths={"sent": 1}, skipped=["a5"])
    for account, is_automatic in (("m1", False), ("m2", False), ("m3", True), ("m4", False)):
        facts.members[account] = {"acts_a_day": 2, "hours": (11 * 60, 13 * 60), "gap_s": 60, "is_automatic": is_automatic}
    for number, (account, post, kind) in enumerate((("m1", POST, "like"), ("m1", OTHER, "like"), ("m2", POST, "comment"),
                                                    ("m3", POST, "comment"), ("m4", OTHER, "like"), ("m4", POST, "like"))):
        facts.acts.append({"id": f"a{number}", "account": account, "post": post, "kind": kind, "is_asked": False,
                           "state": "skipped" if number == 5 else "completed"})
        facts.confirmed[f"a{number}"] = NOON - 1
    del facts.confirmed["a3"], facts.confirmed["a5"]
    facts.members["m5"] = facts.members["m1"] | {"hours": (14 * 60, 15 * 60)}
    facts.acts.append({"id": "a6", "account": "m5", "post": POST, "kind": "like", "is_asked": False, "state": "queued"})
    facts.free = dict.fromkeys(("a0", "a1", "a2", "a6"), NOON - 1)
    facts.said = [("a2", "Well said"), ("a3", "well  SAID"), ("a3", "Quite so")]
    facts.journal = [like(NOON, "m1"), like(NOON + 60, "m1", OTHER), comment(NOON + 10, "m2", "Well said"),
                     comment(NOON + 20, "m3", "Quite so"), like(NOON + 90, "m4", OTHER)]
    return facts


class EngagementChecker(unittest.TestCase):
    def broken(self, facts: Facts) -> list[str]:
        return [law.name for law in judge(facts, ("sent",)) if law.broken]

    def untried(self, facts: Facts) -> list[str]:
        return [one.split("'")[1] for one in judge(facts, ("sent",))[-1].broken if one.startswith("nothing tried")]

    def test_innocent(self):
        """an innocent company breaks no law, and puts each to the test"""
        self.assertEqual(self.broken(innocent()), [])

    def test_two_rows(self):
        """a member is to like a post twice"""
        facts = innocent()
        facts.acts.append(facts.acts[0] | {"id": "again"})
        self.assertIn("one row", self.broken(facts))

    def test_twice(self):
        """a comment that is there twice"""
        facts = innocent()
        facts.members["m2"]["acts_a_day"] = 9
        facts.journal.append(comment(NOON + 200, "m2", "Well said, once more"))
        self.assertEqual(self.broken(facts), ["once", "not again"])

    def test_again(self):
        """a like that LinkedIn had to refuse as a second one"""
        facts = innocent()
        facts.journal.append(like(NOON + 200, "m1", decision="refused"))
        self.assertEqual(self.broken(facts), ["not again"])

    def test_unplanned(self):
        """an act that nobody planned, and one under a foreign post"""
        facts = innocent()
        facts.acts.pop(4)
        self.assertEqual(self.broken(facts), ["known", "confirmed"])
        facts = innocent()
        facts.posts.remove(OTHER)
        self.assertEqual(self.broken(facts), ["known"])

    def test_unconfirmed(self):
        """an act before its confirmation, one without, and one that LinkedIn refused: it was sent all the same"""
        facts = innocent()
        facts.confirmed["a0"] = NOON + 0.5
        self.assertEqual(self.broken(facts), ["confirmed"])
        del facts.confirmed["a0"]
        self.assertEqual(self.broken(facts), ["confirmed"])
        facts.acts[0]["state"], facts.journal[0] = "failed", like(NOON, "m1", decision="refused")
        self.assertIn("confirmed", self.broken(facts))

    def test_said_no(self):
        """what its member said no to arrives"""
        facts = innocent()
        facts.confirmed["a5"] = NOON - 1
        facts.journal.append(like(NOON + 300, "m4"))
        self.assertEqual(self.broken(facts), ["skipped", "told"])

    def test_hours(self):
        """an act before and one after its member's hours"""
        for hours in ((12 * 60 + 5, 13 * 60), (11 * 60, 11 * 60 + 59)):
            facts = innocent()
            facts.members["m2"]["hours"] = hours
            self.assertEqual(self.broken(facts), ["hours"])

    def test_caps(self):
        """a member does more than they allow, and a page's posts get more than it allows"""
        facts = innocent()
        facts.members["m1"]["acts_a_day"] = 1
        self.assertEqual(self.broken(facts), ["member cap"])
        facts = innocent()
        facts.page_cap = 4
        self.assertEqual(self.broken(facts), ["page cap"])

    def test_gaps(self):
        """two acts under a post, and two of a member, are too close"""
        facts = innocent()
        facts.page_gap_s = 12
        self.assertEqual(self.broken(facts), ["gap"])
        facts = innocent()
        facts.members["m1"]["gap_s"] = 90
        self.assertEqual(self.broken(facts), ["stagger"])

    def test_alike(self):
        """two comments under a post differ in case and blanks alone"""
        facts = innocent()
        facts.journal[3] = comment(NOON + 20, "m3", " well  SAID")
        self.assertEqual(self.broken(facts), ["different"])

    def test_told(self):
        """what is called done is not there, what is there is called failed, and what nobody knows is asked of nobody"""
        facts = innocent()
        facts.journal.pop()
        self.assertEqual(self.broken(facts), ["told"])
        for state in ("failed", "queued", "unknown", "sending"):
            facts = innocent()
            facts.acts[0]["state"] = state
            self.assertEqual(self.broken(facts), ["told"])
        facts.acts[0] |= {"state": "unknown", "is_asked": True}
        self.assertEqual(self.broken(facts), [])

    def test_kept_back(self):
        """a second act of a member that still waits was kept back, unless a cap keeps it; one that is over was not"""
        facts = innocent()
        facts.journal.pop(1)
        facts.acts[1]["state"] = "queued"
        self.assertEqual(self.broken(facts), [])
        for act, what, otherwise in ((facts.acts[1], "state", "expired"), (facts.members["m1"], "acts_a_day", 1)):
            before, act[what] = act[what], otherwise
            self.assertEqual(self.untried(facts), ["stagger"])
            act[what] = before

    def test_nothing_tried(self):
        """a session in which nothing would have broken a law proves nothing about it"""
        for act, law in (("a0", ["gap", "stagger"]), ("a1", ["stagger"]), ("a2", ["gap"]), ("a6", ["hours"])):
            facts = innocent()
            del facts.free[act]
            self.assertEqual((self.broken(facts), self.untried(facts)), (["not void"], law))
        facts = innocent()
        facts.free["a1"] += 60  # not at one moment
        self.assertEqual(self.untried(facts), ["stagger"])
        facts = innocent()
        facts.said.pop(1)
        self.assertEqual((self.broken(facts), self.untried(facts)), (["not void"], ["different"]))

    def test_nobody_died(self):
        """a session in which nobody died where they were to proves nothing"""
        facts = innocent()
        facts.deaths = {}
        self.assertEqual(self.broken(facts), ["not void"])


if __name__ == "__main__":
    cases.run()
