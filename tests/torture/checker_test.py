#!/usr/bin/env python3
"""The judge itself: an innocent history passes, and every law is broken by a history that breaks it. Over 400
lines: every law has a history of its own that breaks it."""

import copy
import pathlib
import sys
import unittest
from datetime import datetime, timezone

sys.dont_write_bytecode = True
sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parents[1] / "support")]
import cases
from checker import LONGEST_FLIGHT_S, judge, percentile
from evidence import in_force
from history import History, Recorder, seconds_of

BEGIN = 1_800_000_000.0
FIRST, SECOND = "a" * 32, "b" * 32


def text_of(at: float) -> str:
    return datetime.fromtimestamp(at, timezone.utc).isoformat().replace("+00:00", "Z")


def arrival(at: float, word: str = FIRST, user: str = "42", decision: str = "accepted", external_id: str | None = "900",
            platform: str = "x", path: str = "/2/tweets", body: str | None = None) -> dict:
    return {"kind": "arrived", "platform": platform, "method": "POST", "path": path, "query": "", "account": user,
            "arrived_at": text_of(at), "body": body or '{"text":"Post ' + word + '"}', "decision": decision,
            "external_id": external_id if decision == "accepted" else None}


def event(kind: str, at: float, delivery: str = "d1") -> dict:
    return {"delivery_id": delivery, "type": kind, "created_at": at}


def innocent() -> History:
    """One post to one channel, written, sent at its time, and published."""
    history = History(channels={"c1": ["x", "42"]}, limits={"x 42": [[2, 10]]})
    history.acts = [{"what": "create", "word": FIRST, "due": BEGIN + 5, "sent": BEGIN, "told": BEGIN + 0.1, "post": "p1",
                     "deliveries": [{"id": "d1", "channel": "c1"}]}]
    history.deliveries = [{"id": "d1", "post_id": "p1", "channel_id": "c1", "state": "published", "attempt": 1,
                           "external_id": "900", "due_at": BEGIN + 5, "text": f"Post {FIRST}"}]
    history.attempts = [{"delivery_id": "d1", "number": 1, "started_at": BEGIN + 5.001}]
    history.events = [event("PublishScheduled", BEGIN), event("PublishStarted", BEGIN + 5.001),
                      event("PublishSucceeded", BEGIN + 5.1)]
    history.journal = [arrival(BEGIN + 5.002)]
    history.looks = [{"delivery": "d1", "state": "published", "external_id": "900", "at": BEGIN + 6}]
    history.open_seen = 1
    return history


def ended(state: str, kind: str, at: float = BEGIN + 6) -> History:
    """The innocent one, if it had not gone out and ended so."""
    history = innocent()
    history.deliveries[0] |= {"state": state, "external_id": None}
    history.events[-1] = event(kind, at)
    history.journal, history.looks = [], []
    return history


def paused(begin: float, end: float, **more) -> History:
    history = innocent()
    history.acts.append({"what": "pause", "of": "channel", "channels": ["c1"], "sent": begin - 0.1, "told": begin, "until": end}
                        | more)
    return history


def cancelled() -> History:
    history = innocent()
    history.deliveries[0] |= {"state": "cancelled", "external_id": None}
    history.events[1:] = [event("PublishCancelled", BEGIN + 3)]
    history.acts.append({"what": "cancel", "post": "p1", "sent": BEGIN + 3, "told": BEGIN + 3.1, "cancelled": ["d1"]})
    history.journal, history.attempts, history.looks = [], [], []
    return history


class Checker(unittest.TestCase):
    def broken(self, history: History) -> list[str]:
        return [law.name for law in judge(history) if law.broken]

    def test_innocent(self):
        """an innocent history breaks no law, and each law that it speaks of is counted"""
        laws = {law.name: law for law in judge(innocent())}
        self.assertEqual([name for name, law in laws.items() if law.broken], [])
        self.assertEqual({name for name, law in laws.items() if law.n == 0}, {"cancelled", "paused", "limits"})
        self.assertEqual(self.broken(cancelled()), [])

    def test_lost(self):
        """a delivery that was acknowledged and is gone is lost"""
        history = innocent()
        history.deliveries, history.journal = [], []
        self.assertEqual(self.broken(history), ["stored"])

    def test_stuck(self):
        """a delivery that is still being sent in the end is stuck"""
        history = innocent()
        history.deliveries[0] |= {"state": "sending", "external_id": None}
        history.journal, history.looks = [], []
        history.events.pop()
        self.assertEqual(self.broken(history), ["settled", "goes out"])
        history.shut = ["c1"]
        self.assertEqual(self.broken(history), ["settled"])

    def test_draft(self):
        """a draft waits for ever, unless it was acknowledged that it goes out"""
        history = innocent()
        history.acts[0]["due"] = None
        history.deliveries[0] |= {"state": "waiting", "external_id": None, "due_at": None}
        history.journal, history.looks, history.attempts, history.events = [], [], [], []
        self.assertEqual(self.broken(history), [])
        history.acts.append({"what": "hurry", "post": "p1", "due": BEGIN + 1, "sent": BEGIN + 1, "told": BEGIN + 1.1})
        self.assertEqual(self.broken(history), ["settled", "goes out"])
        history.shut = ["c1"]
        self.assertEqual(self.broken(history), [])

    def test_nothing_goes_out(self):
        """an engine that publishes nothing and calls it whatever it likes is seen"""
        for state, kind in (("failed", "PublishFailed"), ("unconfirmed", "PublishUnconfirmed"), ("missed", "PublishMissed"),
                            ("cancelled", "PublishCancelled")):
            self.assertEqual(self.broken(ended(state, kind)), ["goes out"], state)

    def test_failed_for_a_reason(self):
        """what the platform was told to refuse for good may fail, and not end in another way"""
        history = ended("failed", "PublishFailed")
        history.acts[0]["allows"] = ["failed"]
        self.assertEqual(self.broken(history), [])
        history = ended("missed", "PublishMissed")
        history.acts[0]["allows"] = ["failed"]
        self.assertEqual(self.broken(history), ["goes out"])

    def test_missed(self):
        """missed only by a policy that says so, and not before its time"""
        history = ended("missed", "PublishMissed", BEGIN + 9)
        history.acts[0]["skip_after"] = 3
        self.assertEqual(self.broken(history), [])
        history.acts[0]["skip_after"] = 4.5
        self.assertEqual(self.broken(history), ["goes out"])

    def test_unconfirmed(self):
        """unconfirmed only where the platform cannot be asked, and not while sending again would still tell"""
        history = ended("unconfirmed", "PublishUnconfirmed", BEGIN + 700)
        self.assertEqual(self.broken(history), ["in time", "goes out"])
        history.channels["c1"], history.calm_at = ["linkedin", "42"], BEGIN + 650
        self.assertEqual(self.broken(history), [])
        history.events[-1] = event("PublishUnconfirmed", BEGIN + 300)
        self.assertEqual(self.broken(history), ["goes out"])

    def test_withdrawn_in_doubt(self):
        """what was withdrawn, or refused, while nobody knew whether it is live is unconfirmed where the platform cannot be asked"""
        for change in ("withdrawn", "refused", "neither"):
            for platform in ("linkedin", "x"):
                history = ended("unconfirmed", "PublishUnconfirmed", BEGIN + 20)
                history.channels["c1"], history.limits = [platform, "42"], {}
                if change == "withdrawn":
                    history.acts.append({"what": "cancel", "post": "p1", "sent": BEGIN + 19.9, "told": BEGIN + 20.1, "cancelled": []})
                elif change == "refused":
                    history.acts[0]["allows"] = ["failed"]
                has_reason = platform == "linkedin" and change != "neither"
                self.assertEqual(self.broken(history), [] if has_reason else ["goes out"], (change, platform))

    def test_cancelled_by_a_lost_answer(self):
        """cancelled without an acknowledgement only by a request whose answer was lost"""
        history = ended("cancelled", "PublishCancelled")
        history.acts.append({"what": "cancel", "post": "p1", "sent": BEGIN + 3, "told": None})
        self.assertEqual(self.broken(history), [])

    def test_slow_to_settle(self):
        """what ends long after its time, and after all disturbances, is late; while they last nothing is"""
        history = innocent()
        history.events[-1] = event("PublishSucceeded", BEGIN + 5.1 + History().settles_s)
        self.assertEqual(self.broken(history), ["in time"])
        history.calm_at = BEGIN + 10
        self.assertEqual(self.broken(history), [])

    def test_void(self):
        """a session that never put a law to the test that was demanded of it proves nothing"""
        self.assertEqual([law.name for law in judge(innocent(), {"once", "goes out"}) if law.broken], [])
        void = [law for law in judge(innocent(), {"once", "paused", "nonsense"}) if law.broken]
        self.assertEqual([(law.name, len(law.broken)) for law in void], [("not void", 2)])
        nothing = judge(History(), {"goes out"})
        self.assertEqual([law.name for law in nothing if law.broken], ["not void"])

    def test_twice(self):
        """two acceptances are one too many"""
        history = innocent()
        history.journal.append(arrival(BEGIN + 30, external_id="901"))
        self.assertEqual(self.broken(history), ["once", "not again"])

    def test_again(self):
        """what is live is not sent again, even where the platform refuses it"""
        history = innocent()
        history.journal.append(arrival(BEGIN + 30, decision="refused"))
        self.assertEqual(self.broken(history), ["not again"])

    def test_refused_repetition(self):
        """a call that the platform refused is no second acceptance"""
        history = innocent()
        history.journal.insert(0, arrival(BEGIN + 5.0005, decision="refused"))
        self.assertEqual(self.broken(history), [])

    def test_published_under_another_id(self):
        """published under an id that the platform does not have"""
        history = innocent()
        history.journal[0]["external_id"] = "901"
        self.assertEqual(self.broken(history), ["is there"])

    def test_published_without_arrival(self):
        """published, and the platform has nothing"""
        history = innocent()
        history.journal = []
        self.assertEqual(self.broken(history), ["is there"])

    def test_live_and_failed(self):
        """live at the platform, and called failed"""
        history = innocent()
        history.deliveries[0] |= {"state": "failed", "external_id": None}
        history.events[-1] = event("PublishFailed", BEGIN + 6)
        history.looks = []
        self.assertEqual(self.broken(history), ["goes out", "is told"])

    def test_live_and_thread_failed(self):
        """a thread that was refused midway has failed, and names what is out of it; a post that is one has no such excuse"""
        history = innocent()
        history.deliveries[0] |= {"state": "failed"}
        history.events[-1] = event("PublishFailed", BEGIN + 6)
        history.looks = []
        history.acts[0] |= {"allows": ["failed"], "further": {history.deliveries[0]["channel_id"]: ["e" * 32]}}
        self.assertEqual(self.broken(history), [])
        history.deliveries[0]["external_id"] = None
        self.assertEqual(self.broken(history), ["is told"])
        history = innocent()
        history.deliveries[0] |= {"state": "failed"}
        history.events[-1] = event("PublishFailed", BEGIN + 6)
        history.looks = []
        history.acts[0] |= {"allows": ["failed"]}
        self.assertEqual(self.broken(history), ["is told"])

    def test_live_and_unconfirmed(self):
        """live at the platform and unconfirmed is what a person is asked about"""
        history = innocent()
        history.deliveries[0] |= {"state": "unconfirmed", "external_id": None}
        history.events[-1] = event("PublishUnconfirmed", BEGIN + 6)
        history.looks, history.acts[0]["allows"] = [], ["unconfirmed"]
        self.assertEqual(self.broken(history), [])

    def test_unknown_arrival(self):
        """something arrives that nobody wrote"""
        history = innocent()
        history.journal.append(arrival(BEGIN + 6, word=SECOND, user="43"))
        self.assertEqual(self.broken(history), ["known"])

    def test_early(self):
        """a microsecond too early is too early"""
        history = innocent()
        history.journal[0] = arrival(BEGIN + 4.999999)
        self.assertEqual(self.broken(history), ["early"])

    def test_early_after_move(self):
        """after an acknowledged move only the new time counts; before it was acknowledged the old one may"""
        history = innocent()
        history.acts.append({"what": "move", "post": "p1", "due": BEGIN + 20, "sent": BEGIN + 1, "told": BEGIN + 1.1})
        self.assertEqual(self.broken(history), ["early"])
        history.acts[-1] |= {"sent": BEGIN + 5, "told": BEGIN + 5.5}
        self.assertEqual(self.broken(history), [])
        history.acts[-1] |= {"due": BEGIN + 2, "sent": BEGIN + 1, "told": None}
        history.journal[0] = arrival(BEGIN + 2)
        self.assertEqual(self.broken(history), [])

    def test_old_text(self):
        """the text that goes out is the one that was acknowledged last"""
        history = innocent()
        history.acts.append({"what": "edit", "post": "p1", "word": SECOND, "sent": BEGIN + 2, "told": BEGIN + 2.1})
        history.deliveries[0]["text"] = f"Edited {SECOND}"
        self.assertEqual(self.broken(history), ["text"])
        history.journal[0] = arrival(BEGIN + 5.002, word=SECOND)
        self.assertEqual(self.broken(history), [])

    def test_unanswered_edit(self):
        """an edit whose answer was lost may have been done or not"""
        for sent in (FIRST, SECOND):
            history = innocent()
            history.acts.append({"what": "edit", "post": "p1", "word": SECOND, "sent": BEGIN + 2, "told": None})
            history.journal[0] = arrival(BEGIN + 5.002, word=sent)
            self.assertEqual(self.broken(history), [])

    def test_cancelled_and_sent(self):
        """what was acknowledged as cancelled must not arrive afterwards, whatever became of it there"""
        history = cancelled()
        history.journal = [arrival(BEGIN + 5.002, decision="refused")]
        self.assertEqual(self.broken(history), ["cancelled"])
        history.journal = [arrival(BEGIN + 5.002)]
        self.assertEqual(self.broken(history), ["is told", "cancelled"])

    def test_cancelled_and_published(self):
        """what was acknowledged as cancelled is not published in the end"""
        history = innocent()
        history.acts.append({"what": "cancel", "post": "p1", "sent": BEGIN + 6, "told": BEGIN + 6.1, "cancelled": ["d1"]})
        self.assertEqual(self.broken(history), ["cancelled"])

    def test_paused(self):
        """nothing starts in a pause; what arrives in it had begun before, and arrives a little later and no later"""
        history = paused(BEGIN + 4.5, BEGIN + 60)
        self.assertEqual(self.broken(history), ["paused"])
        history.attempts[0]["started_at"] = BEGIN + 4.4
        self.assertEqual(self.broken(history), [])
        history.attempts = []
        self.assertEqual(self.broken(history), ["paused"])
        history.attempts = [{"delivery_id": "d1", "number": 1, "started_at": BEGIN + 4.4}]
        history.journal[0] = arrival(BEGIN + 4.6 + LONGEST_FLIGHT_S)
        self.assertEqual(self.broken(history), ["paused"])

    def test_decided_in_a_pause(self):
        """an attempt that was decided in a pause and left after it is none that began in it; one that ended in it is"""
        history = paused(BEGIN + 4.5, BEGIN + 5.0015)
        self.assertEqual(self.broken(history), [])
        history.attempts[0]["finished_at"] = BEGIN + 5.0012
        self.assertEqual(self.broken(history), ["paused"])
        history = paused(BEGIN + 4.5, BEGIN + 60)
        history.attempts.insert(0, {"delivery_id": "d1", "number": 0, "started_at": BEGIN + 4})
        self.assertEqual(self.broken(history), ["paused"])

    def test_quiet_pause(self):
        """where nothing was under way nothing at all arrives in a pause, whatever the rows say of attempts"""
        history = paused(BEGIN + 4.5, BEGIN + 60, is_quiet=True)
        history.attempts[0]["started_at"] = BEGIN + 4.4
        self.assertEqual(self.broken(history), ["paused"])
        history.journal[0] = arrival(BEGIN + 60.1)
        self.assertEqual(self.broken(history), [])

    def test_pause_counts(self):
        """a pause is a test for what would have started in it, and for nothing else"""
        def n(history: History) -> int:
            return next(law.n for law in judge(history) if law.name == "paused")
        self.assertEqual(n(paused(BEGIN + 1, BEGIN + 4)), 0)
        self.assertEqual(n(paused(BEGIN + 5.2, BEGIN + 9)), 0)
        self.assertEqual(n(paused(BEGIN + 1, BEGIN + 5.001)), 1)

    def test_limits(self):
        """a window is any window, and a full one: three calls in less than ten seconds are one too many for two"""
        history = innocent()
        history.journal[:0] = [arrival(BEGIN + at, decision="refused") for at in (5.0001, 5.0002)]
        self.assertEqual(self.broken(history), ["limits"])
        history.journal[2] = arrival(BEGIN + 15.1)
        history.attempts[-1]["started_at"] = BEGIN + 15.05
        self.assertEqual(self.broken(history), [])
        self.assertEqual(next(law.n for law in judge(history) if law.name == "limits"), 1)

    def test_held_back(self):
        """a call that arrives long after its attempt began is not counted; one that arrives soon is, or without one"""
        history = innocent()
        history.journal[:0] = [arrival(BEGIN + at, decision="refused") for at in (5.0001, 5.0002)]
        attempts = [dict(one) for one in history.attempts]
        for one in history.attempts:
            one["started_at"] = BEGIN + 2.5
        self.assertNotIn("limits", self.broken(history))
        history.attempts = attempts
        self.assertEqual(self.broken(history), ["limits"])
        history.attempts = []
        self.assertIn("limits", self.broken(history))

    def test_app_limit(self):
        """the app's limit counts the calls of all its accounts"""
        history = innocent()
        history.limits = {"x *": [[1, 10]]}
        self.assertEqual(self.broken(history), [])
        history.journal.insert(0, arrival(BEGIN + 5, word=SECOND, user="43", decision="refused"))
        self.assertEqual(self.broken(history), ["known", "limits"])

    def test_company_limit(self):
        """a company's limit counts the calls of all its accounts on the platform, and nobody else's"""
        history = innocent()
        history.limits = {"x of t1": [[1, 10]]}
        history.companies = {"x 42": "t1", "x 43": "t1", "instagram 42": "t1"}
        self.assertEqual(self.broken(history), [])
        history.journal.insert(0, arrival(BEGIN + 5, word=SECOND, user="43", decision="refused"))
        self.assertEqual(self.broken(history), ["known", "limits"])
        history.companies["x 43"] = "t2"
        self.assertEqual(self.broken(history), ["known"])
        history.companies["x 43"] = "t1"
        history.journal[0]["arrived_at"] = text_of(BEGIN - 5)
        self.assertEqual(self.broken(history), ["known"])
        history.journal[0] = arrival(BEGIN + 5, word=SECOND, platform="instagram", path="/v26.0/42/media_publish",
                                     body="creation_id=700", decision="refused")
        self.assertEqual(self.broken(history), ["known"])

    def test_website(self):
        """what stands on the website is its own witness: of the text, the time, and that it is there"""
        history = innocent()
        history.channels["c1"], history.journal, history.limits = ["website", "c1"], [], {}
        self.assertEqual(self.broken(history), ["is there"])
        history.publications = [{"id": "900", "post_id": "p1", "channel_id": "c1", "text": f"Post {FIRST}",
                                 "published_at": BEGIN + 5.01}]
        self.assertEqual(self.broken(history), [])
        history.publications[0]["published_at"] = BEGIN + 4.9
        self.assertEqual(self.broken(history), ["early"])

    def test_final_state_changes(self):
        """a final state that was shown is final, and so is the id"""
        history = innocent()
        history.looks.append({"delivery": "d1", "state": "failed", "external_id": None, "at": BEGIN + 5.05})
        self.assertEqual(self.broken(history), ["final"])
        history.looks[-1] |= {"state": "published", "external_id": "899"}
        self.assertEqual(self.broken(history), ["final"])
        history.looks[-1] |= {"state": "sending"}
        self.assertEqual(self.broken(history), [])

    def test_log_tells_twice(self):
        """the log tells an end once, as the last thing, and the end that the row has"""
        for events in (["PublishStarted", "PublishSucceeded", "PublishSucceeded"], ["PublishSucceeded", "PublishStarted"],
                       ["PublishStarted", "PublishFailed", "PublishSucceeded"], ["PublishStarted", "PublishFailed"],
                       ["PublishStarted"]):
            history = innocent()
            history.events = [event(kind, BEGIN + 5) for kind in events]
            self.assertEqual(self.broken(history), ["log"], events)

    def test_hidden(self):
        """an open delivery that no agenda shows is said, and each that one shows is counted"""
        recorder = Recorder()
        recorder.history = innocent()
        recorder.agendas([["d1", "waiting", "12:00", "12:00", "t"], ["d2", "sending", "12:00", "11:00", "t"]])
        self.assertEqual(self.broken(recorder.history), [])
        recorder.agendas([["d1", "waiting", "12:00", "12:01", "f"]])
        self.assertEqual(self.broken(recorder.history), ["is found"])
        self.assertEqual({law.name: law.n for law in judge(recorder.history)}["is found"], 4)

    def test_odd(self):
        """what must not happen at all is said"""
        history = innocent()
        history.oddities.append("POST /posts answered 500")
        self.assertEqual(self.broken(history), ["sound"])

    def test_unanswered_post(self):
        """a post whose answer was lost may be there or not; if it is there, every law holds for it"""
        history = innocent()
        history.acts[0] |= {"told": None, "post": None, "deliveries": []}
        self.assertEqual(self.broken(history), [])
        gone = copy.deepcopy(history)
        gone.deliveries, gone.journal, gone.events, gone.attempts, gone.looks = [], [], [], [], []
        self.assertEqual(self.broken(gone), [])
        history.journal.append(arrival(BEGIN + 30, external_id="901"))
        self.assertEqual(self.broken(history), ["once", "not again"])

    def test_two_steps(self):
        """Instagram's container is harmless; its publication is the call that counts"""
        history = innocent()
        history.channels["c1"], history.limits = ["instagram", "42"], {}
        container = arrival(BEGIN + 5.001, platform="instagram", path="/v25.0/42/media", external_id="700",
                            body=f"image_url=http%3A%2F%2F127.0.0.1%2Fimage.jpg%3F{SECOND[:16]}&caption=Post%20{FIRST}")
        publication = arrival(BEGIN + 5.1, platform="instagram", path="/v25.0/42/media_publish", body="creation_id=700")
        history.journal = [container, container | {"external_id": "701"}, publication]
        self.assertEqual(self.broken(history), [])
        history.journal.append(publication | {"external_id": "902", "arrived_at": text_of(BEGIN + 9)})
        self.assertEqual(self.broken(history), ["once", "not again"])

    def test_times(self):
        """times are read as each of the witnesses writes them"""
        wanted = 1_800_000_000.12
        for text in ("2027-01-15T08:00:00.120000Z", "2027-01-15T08:00:00.12+00:00", "2027-01-15 08:00:00.12+00"):
            self.assertEqual(seconds_of(text), wanted, text)
        self.assertEqual(seconds_of("2027-01-15 08:00:00+00"), 1_800_000_000)
        self.assertIsNone(seconds_of(None))

    def test_percentile(self):
        """percentiles are values that were measured"""
        self.assertEqual([percentile(list(range(100)), share) for share in (0.5, 0.99, 1)], [50, 99, 99])
        self.assertEqual(percentile([], 0.5), 0)

    def test_in_force(self):
        """of versions that follow each other only those count that no acknowledged one has replaced"""
        versions = [{"sent": 0, "told": 1}, {"sent": 2, "told": None}, {"sent": 4, "told": 5}]
        self.assertEqual(in_force(versions, 3), versions[:2])
        self.assertEqual(in_force(versions, 4.5), versions)
        self.assertEqual(in_force(versions, 6), versions[1:])


if __name__ == "__main__":
    cases.run()
