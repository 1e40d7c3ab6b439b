"""The judge of what belongs to a post beside its text: media, threads, first comments, deletions; and of whether each
delivery's end is the right one for what was done to it. It knows the promises and the recorded facts, and nothing of
the engine."""

from collections import defaultdict

from calls import Arrival, removals_of
from checker import LONGEST_FLIGHT_S, Law
from evidence import Case, Evidence
from history import History

CANNOT_DELETE = ("tiktok",)
# What is done to a call whose caller cannot know then what became of it.
LOSES_REPLY = {"accept_then_drop", "accept_then_500", "accept_then_empty_200", "empty_200", "cut", "drop_before", "slow", "late"}
# Statuses after which an honest platform may or may not have done it.
SAYS_NOTHING_FROM = 500
REFUSES = {400}
FAILS = {"fails_processing"}
NEVER_LISTED = ("tiktok",)  # of what is lost there only a person can tell, unless the list of what is public names it
# Without a word for an absent post: sending again tells, for a while.
NAMES_COPIES = ("linkedin",)


class FlowsJudge:
    """Of posts whose creation says what belongs to them: `media`, by channel `further` (words, in order), `faults` (as
    planted), and whether it was `deleted`. `deaths` are the times at which a process was killed, or seen to be stopped."""

    def __init__(self, history: History, deaths: list[float]):
        self.history, self.deaths = history, deaths
        self.evidence = Evidence(history)
        self.cases = list(self.evidence.cases.values())
        self.below: dict[tuple[str, str], list[Arrival]] = defaultdict(list)
        for one in self.evidence.further:
            self.below[one.account, one.word].append(one)
        self.laws: list[Law] = []

    def judge(self) -> list[Law]:
        for law in (self._each_part, self._in_order, self._whole, self._unasked, self._shown, self._right_end, self._throttled,
                    self._deleted, self._kept):
            law()
        return self.laws

    def _law(self, name: str, sentence: str) -> Law:
        self.laws.append(Law(name, sentence))
        return self.laws[-1]

    # --- what is asked of a case

    def account_of(self, case: Case) -> str:
        return " ".join(map(str, self.history.channels.get(case.row["channel_id"], ["?", "?"])))

    def platform_of(self, case: Case) -> str:
        return self.evidence.platform_of(case)

    @staticmethod
    def asked(case: Case) -> dict:
        return case.versions[0] if case.versions else {}

    def words_below(self, case: Case) -> list[str]:
        return self.asked(case).get("further", {}).get(case.row["channel_id"], [])

    def faults_of(self, case: Case) -> list[dict]:
        return self.asked(case).get("faults", {}).get(case.row["channel_id"], [])

    def arrived_below(self, case: Case, word: str) -> list[Arrival]:
        return self.below.get((self.account_of(case), word), [])

    # --- the laws

    def _each_part(self) -> None:
        law = self._law("each part", "each part of a thread, and each comment, is accepted once, and not sent again")
        for case in self.cases:
            for word in self.words_below(case):
                found = self.arrived_below(case, word)
                accepted = [one for one in found if one.is_accepted]
                again = [one for one in found if accepted and one.at > accepted[0].at]
                if found:
                    law.hold(len(accepted) <= 1 and not again, f"{word} arrived as {found}: {case}")

    def _in_order(self) -> None:
        law = self._law("in order", "each part goes below the one before it, and after it; a comment below its post")
        for case in self.cases:
            before = case.accepted[0] if case.accepted else None
            for word in self.words_below(case):
                accepted = [one for one in self.arrived_below(case, word) if one.is_accepted]
                for one in accepted:
                    law.hold(before is not None and before.at <= one.at and one.above == before.external_id,
                             f"{one} is not below {before}: {case}")
                if not accepted:
                    break
                before = accepted[0]

    def _whole(self) -> None:
        law = self._law("whole", "published means that every part is there, and the comment unless it was refused")
        for case in self.cases:
            if case.row["state"] != "published":
                continue
            for word in self.words_below(case):
                there = any(one.is_accepted for one in self.arrived_below(case, word))
                refused = any(fault["word"] == word and fault.get("status") in REFUSES for fault in self.faults_of(case))
                law.hold(there or refused, f"published without {word}: {case}")

    def _unasked(self) -> None:
        law = self._law("unasked", "nothing stands below a post that nobody asked for")
        asked = {(self.account_of(case), word) for case in self.cases for word in self.words_below(case)}
        for one in self.evidence.further:
            law.hold((one.account, one.word) in asked, f"nobody asked for {one}")

    def _shown(self) -> None:
        law = self._law("shown", "what was accepted shows as many pictures and films as it was to show")
        for case in self.cases:
            if self.platform_of(case) != "website" and "media" in self.asked(case):
                for one in case.accepted:
                    law.hold(one.media == self.asked(case)["media"], f"shows {one.media}, and was to show {self.asked(case)['media']}: {case}")

    def _right_end(self) -> None:
        law = self._law("right end", "each delivery ended as what was done to it says: published, or failed where it was refused, "
                        "or unconfirmed where its reply was lost and nobody can be asked")
        for case in self.cases:
            law.hold(case.row["state"] in self.right_ends_of(case), f"ended as {case.row['state']}: {case}")

    def right_ends_of(self, case: Case) -> set[str]:
        faults = self.faults_of(case)
        own = [fault for fault in faults if fault["word"] == self.asked(case).get("word")]
        ends = {"published"}
        if any(fault.get("status") in REFUSES or fault["kind"] in FAILS for fault in own):
            ends.add("failed")
        # A part that is refused for good ends its thread as failed: what is out of it is told.
        if any(fault.get("status") in REFUSES for fault in faults if fault not in own) and not self.asked(case).get("comments", {}).get(
                case.row["channel_id"]):
            ends.add("failed")
        if self.platform_of(case) in NEVER_LISTED + NAMES_COPIES and self.was_lost(case):
            ends.add("unconfirmed")
        return ends

    def was_lost(self, case: Case) -> bool:
        """Whether the reply to a call of this delivery may have been lost: by what was planted, or because a process
        died under it."""
        for fault in self.faults_of(case):
            if fault["kind"] in LOSES_REPLY or fault.get("status", 0) >= SAYS_NOTHING_FROM:
                return True
        for one in case.attempts:
            end = one.get("finished_at") or one["started_at"] + LONGEST_FLIGHT_S
            if any(one["started_at"] - 1 <= death <= end + 1 for death in self.deaths):
                return True
        return False

    def _throttled(self) -> None:
        law = self._law("throttled", "no platform refuses a call because there are too many, unless that was planted")
        for line in self.history.journal:
            if line.get("kind") == "arrived":
                law.hold(line.get("status") != 429 or line.get("fault") is not None,
                         f"{line['platform']} {line['account']} {line['method']} {line['path']} at {line['arrived_at']}: 429")

    def _deleted(self) -> None:
        law = self._law("deleted", "what was deleted everywhere is there no more, with all its parts, where a program may delete")
        removed = defaultdict(list)
        for one in removals_of(self.history.journal):
            if one.is_done:
                removed[one.account, one.external_id].append(one)
        for case in self.deleted_cases():
            if self.platform_of(case) in (*CANNOT_DELETE, "website"):
                continue
            parts = [one for word in self.words_below(case) for one in self.arrived_below(case, word) if one.is_accepted]
            if self.asked(case).get("comments", {}).get(case.row["channel_id"]):
                parts = []  # a comment goes with its post
            for one in case.accepted + parts:
                law.hold(bool(removed.get((one.account, one.external_id))), f"{one} is still there: {case}")

    def _kept(self) -> None:
        law = self._law("kept", "nothing is deleted that nobody asked to have deleted")
        gone = set()
        for case in self.deleted_cases():
            account = self.account_of(case)
            gone |= {(account, one.external_id) for one in case.accepted}
            gone |= {(account, one.external_id) for word in self.words_below(case) for one in self.arrived_below(case, word)}
        for one in removals_of(self.history.journal):
            law.hold((one.account, one.external_id) in gone, f"nobody asked for {one}")

    def deleted_cases(self) -> list[Case]:
        return [case for case in self.cases if self.asked(case).get("deleted")]
