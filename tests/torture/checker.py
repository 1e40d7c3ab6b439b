"""The judge. It knows the promises and the recorded facts, and nothing of the engine: no code of it, no rule of it."""

import dataclasses
from collections import defaultdict

from evidence import FINAL_EVENTS, SETTLED, Case, Evidence, in_force
from history import History

# What left before a pause or a cancellation may arrive this much later: the longest call, and what the network holds
# back.
LONGEST_FLIGHT_S = 14.0

# A call that arrives this long after its attempt began was held back by a process that stood still, or by the network;
# Pulse is told of windows that are longer by as much. The engine asks anew for a permit that is half a second old when
# the call begins; from there on only the platform can count, and it answers one that is too many with 429.
HELD_BACK_S = 2.0


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


class Judge:
    """Asks every law of the evidence."""

    def __init__(self, history: History):
        self.history = history
        self.evidence = Evidence(history)
        self.cases = list(self.evidence.cases.values())
        self.laws: list[Law] = []

    def judge(self) -> list[Law]:
        for law in (self._stored, self._settled, self._in_time, self._goes_out, self._once, self._not_again, self._is_there,
                    self._is_told, self._known, self._early, self._text, self._cancelled, self._paused, self._limits,
                    self._final, self._log, self._found, self._odd):
            law()
        return self.laws

    def _law(self, name: str, sentence: str) -> Law:
        self.laws.append(Law(name, sentence))
        return self.laws[-1]

    def _stored(self) -> None:
        law = self._law("stored", "every acknowledged delivery is there")
        for delivery in sorted(self.evidence.acknowledged):
            law.hold(delivery in self.evidence.cases, f"delivery {delivery} was acknowledged and is not in the database")

    def _is_shut(self, case: Case) -> bool:
        return case.row["channel_id"] in self.history.shut

    def _settled(self) -> None:
        law = self._law("settled", "each ends in exactly one final state, unless its channel is shut")
        for case in self.cases:
            may_wait = case.row["state"] == "waiting" and (not case.is_due or self._is_shut(case))
            law.hold(case.row["state"] in SETTLED or may_wait, f"still {case.row['state']} in the end: {case}")

    def _in_time(self) -> None:
        longest = self.history.settles_s
        law = self._law("in time", f"each settles within {longest:g} s of its time, or of the last disturbance")
        for case, took in settling_of(self.evidence):
            law.hold(took <= longest, f"settled after {took:.1f} s: {case}")

    def _goes_out(self) -> None:
        """The law that an engine breaks that does nothing. What ends otherwise must have a reason in what was asked
        and done."""
        law = self._law("goes out", "what is due, and neither cancelled nor shut off, is published")
        for case in self.cases:
            if not case.is_due or case.acts or (case.row["state"] not in SETTLED and self._is_shut(case)):
                continue
            law.hold(case.row["state"] == "published" or self._has_reason(case), f"is {case.row['state']}: {case}")

    def _has_reason(self, case: Case) -> bool:
        state, at = case.row["state"], case.settled_at
        if state == "cancelled":  # asked for, and the answer was lost
            return any(act["what"] == "cancel" and act["told"] is None for act in case.versions)
        if state == "missed":
            limits = [act["skip_after"] for act in case.versions if "skip_after" in act]
            return bool(limits) and any(at > act["due"] + limits[0] for act in in_force_of(case, at))
        if state == "unconfirmed" and case.attempts and self._must_ask(case, at):
            return True
        return any(state in act.get("allows", []) for act in case.versions)

    def _must_ask(self, case: Case, at: float) -> bool:
        """Whether only a person can find out: its platform cannot be asked, and sending again, which would tell, is no
        longer possible. Its time is over, somebody has withdrawn it meanwhile, or the platform was told to refuse it
        for good."""
        window = self.history.unlisted.get(self.evidence.platform_of(case))
        if window is None:
            return False
        first = min(one["started_at"] for one in case.attempts)
        is_withdrawn = any(act["what"] == "cancel" and first < (act["told"] or at) and act["sent"] <= at for act in case.versions)
        return at - first >= window or is_withdrawn or any("failed" in act.get("allows", []) for act in case.versions)

    def _once(self) -> None:
        law = self._law("once", "at most one acceptance a delivery")
        for case in self.cases:
            law.hold(len(case.accepted) <= 1, f"accepted {len(case.accepted)} times: {case}")

    def _not_again(self) -> None:
        """Where the platform can be asked. Where it cannot, its refusal of the repetition is what names the live
        post."""
        law = self._law("not again", "what the platform has is not sent to it again, even where it would refuse that")
        for case in self.cases:
            if case.accepted and self.evidence.platform_of(case) not in self.history.unlisted:
                again = [one for one in case.arrivals if one.at > case.accepted[0].at]
                law.hold(not again, f"sent again after it was accepted: {case}")

    def _is_there(self) -> None:
        law = self._law("is there", "published means that the platform has it under that id")
        for case in self.cases:
            if case.row["state"] == "published":
                ids = [name for one in case.accepted for name in one.names]
                law.hold(case.row["external_id"] in ids, f"published, and the platform has {ids}: {case}")

    def _is_told(self) -> None:
        law = self._law("is told", "what the platform has is published or unconfirmed; of a broken thread it is named")
        for case in self.cases:
            if case.accepted:
                law.hold(case.row["state"] in ("published", "unconfirmed") or self._names_broken_thread(case),
                         f"live, and called otherwise: {case}")

    def _names_broken_thread(self, case: Case) -> bool:
        """A part that is refused for good ends its thread as failed: what is out of it stays out, and is named."""
        channel = case.row["channel_id"]
        is_thread = any(act.get("further", {}).get(channel) and not act.get("comments", {}).get(channel) for act in case.versions)
        names = [name for one in case.accepted for name in one.names]
        return is_thread and case.row["state"] == "failed" and case.row["external_id"] in names

    def _known(self) -> None:
        law = self._law("known", "only what was asked for arrives")
        for one in self.evidence.arrivals:
            law.hold(one in self.evidence.used, f"nobody asked for {one}")

    def _early(self) -> None:
        law = self._law("early", "nothing arrives before its time")
        for case in self.cases:
            for one in case.arrivals:
                due = [act["due"] for act in in_force_of(case, one.at)]
                law.hold(bool(due) and one.at >= min(due), f"arrived at {one.at:.6f}, due at {due}: {case}")

    def _text(self) -> None:
        law = self._law("text", "what arrives is the text that was acknowledged last")
        for case in self.cases:
            texts = [act for act in case.versions if "word" in act]
            for one in case.arrivals:
                words = [act["word"] for act in in_force(texts, one.at)]
                law.hold(one.word in words, f"arrived as {one.word}, and {words} was in force: {case}")

    def _cancelled(self) -> None:
        law = self._law("cancelled", "nothing starts after an acknowledged cancellation")
        for case in self.cases:
            for act in case.acts:
                late = [one for one in case.arrivals if one.at > act["told"]]
                law.hold(not late and case.row["state"] == "cancelled" and not case.accepted,
                         f"cancelled at {act['told']:.6f}: {case}")

    def _paused(self) -> None:
        law = self._law("paused", "nothing starts between an acknowledged pause and its end; what arrives had begun before")
        windows = defaultdict(list)
        for act in self.history.acts:
            if act["what"] == "pause" and act["told"] is not None:
                for channel in act["channels"]:
                    windows[channel].append(act)
        for case in self.cases:
            for act in windows.get(case.row["channel_id"], []):
                wrong = pause_ignored(case, act)
                if wrong or could_start(case, act):
                    law.hold(not wrong, f"{act['of']} paused from {act['told']:.6f} to {act['until']:.6f}, {wrong}: {case}")

    def _limits(self) -> None:
        law = self._law("limits", "no account, company or app is called more often than its limits allow (full windows; "
                        "without what a stopped process or the network held back)")
        by_whom = defaultdict(list)
        held_back = {one for case in self.cases for one in case.arrivals if is_held_back(case, one.at)}
        for one in sorted(self.evidence.arrivals + self.evidence.further, key=lambda one: one.at):
            if one in held_back:
                continue
            platform, company = one.account.split()[0], self.history.companies.get(one.account, "nobody")
            for whose in (one.account, f"{platform} of {company}", f"{platform} *"):
                by_whom[whose].append(one.at)
        for whose, times in by_whom.items():
            for calls, window_s in self.history.limits.get(whose, []):
                for first in range(len(times) - calls):
                    law.hold(times[first + calls] - times[first] >= window_s,
                             f"{whose}: {calls + 1} calls in {window_s} s from {times[first]:.6f}: "
                             f"{[round(at - times[first], 3) for at in times[first:first + calls + 1]]}")

    def _final(self) -> None:
        law = self._law("final", "a final state that was shown never changes")
        for case in self.cases:
            for look in case.looks:
                if look["state"] in SETTLED:
                    law.hold((look["state"], look["external_id"]) == (case.row["state"], case.row["external_id"]),
                             f"was shown as {look}: {case}")

    def _log(self) -> None:
        law = self._law("log", "the event log says once how it ended, last, and says the same as the row")
        for case in self.cases:
            # What is told of waiting comes from the memory of a process that may not have heard yet; what is told of
            # publishing comes with the row.
            told = [one["type"] for one in case.events
                    if one["type"].startswith("Publish") and one["type"] != "PublishScheduled"]
            finals = [FINAL_EVENTS[one] for one in told if one in FINAL_EVENTS]
            if case.row["state"] in SETTLED:
                law.hold(finals == [case.row["state"]] and told[-1] in FINAL_EVENTS, f"the log says {told}: {case}")
            else:
                law.hold(not finals, f"the log says {told}: {case}")

    def _found(self) -> None:
        """What an agenda does not show is never sent, and looks as if it merely waited."""
        law = self._law("is found", "whatever is open lies where its channel's agenda looks, at every look")
        law.n = self.history.open_seen
        law.broken = list(self.history.hidden)

    def _odd(self) -> None:
        law = self._law("sound", "no process ends by itself and no answer is a server error")
        law.n = len(self.history.acts)
        law.broken = list(self.history.oddities)


# --- what the laws ask


def in_force_of(case: Case, at: float) -> list[dict]:
    """The times that may have been in force for this delivery at that moment."""
    return in_force(case.dues, at)


def is_held_back(case: Case, at: float) -> bool:
    """Whether a call that arrived then left long before. One without an attempt has no such excuse."""
    begun = [attempt["started_at"] for attempt in case.attempts if attempt["started_at"] <= at]
    return bool(begun) and at - max(begun) > HELD_BACK_S


def could_start(case: Case, pause: dict) -> bool:
    """Whether it would have had a reason to start while that pause lasted."""
    if not any(act["sent"] < pause["until"] and act["due"] < pause["until"] for act in case.dues):
        return False
    return case.settled_at is None or case.settled_at > pause["told"]


def pause_ignored(case: Case, pause: dict) -> str:
    """How this delivery broke the pause; empty when it did not.

    An attempt's time is when it was decided. Its intent may be committed later, and after the pause: what counts is
    what was done of it while the pause lasted."""
    begin, end = pause["told"], pause["until"]
    if any(begin < one["started_at"] and (one.get("finished_at") or end) < end for one in case.attempts):
        return "an attempt began and ended"
    for at in [one.at for one in case.arrivals if begin < one.at < end]:
        if pause.get("is_quiet"):
            return "it arrived although nothing was under way"
        if at > begin + LONGEST_FLIGHT_S:
            return "it arrived longer after than anything is under way"
        if max((one["started_at"] for one in case.attempts if one["started_at"] <= at), default=end) > begin:
            return "it arrived with an attempt that had not begun before"
    return ""


def settling_of(evidence: Evidence) -> list[tuple[Case, float]]:
    """What was due and is settled, with the seconds from its time, or from the last disturbance's end, to its end.

    Zero for what had ended before the disturbances did: how long that took is theirs."""
    found = []
    for case in evidence.cases.values():
        dues = [act["due"] for act in case.dues]
        if case.is_due and dues and case.settled_at is not None:
            found.append((case, max(0.0, case.settled_at - max(*dues, evidence.history.calm_at or 0.0))))
    return found


# --- the verdict


def judge(history: History, demanded: set[str] | None = None) -> list[Law]:
    """Every law, with how often it was tested. A session that never tested one that is demanded of it proves nothing:
    that is broken, too."""
    laws = Judge(history).judge()
    if demanded is not None:
        law = Law("not void", "what the session was to put to the test, it did")
        n_of = {one.name: one.n for one in laws}
        for name in sorted(demanded):
            law.hold(n_of.get(name, 0) > 0, f"the law '{name}' was never put to the test")
        laws.append(law)
    return laws


def in_words(laws: list[Law], most_shown: int = 3) -> str:
    lines = []
    for law in laws:
        lines.append(f"  {'holds ' if not law.broken else 'BROKEN'} {law.name:<10} n={law.n:<6} {law.sentence}")
        lines += [f"         {one[:3000]}" for one in law.broken[:most_shown]]
        if len(law.broken) > most_shown:
            lines.append(f"         and {len(law.broken) - most_shown} more")
    return "\n".join(lines)


def percentile(values: list[float], share: float) -> float:
    """The smallest value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def spread_of(values: list[float]) -> str:
    """p50, p99 and the longest, for people."""
    return (f"n={len(values)} p50 {percentile(values, 0.5):.1f} s, p99 {percentile(values, 0.99):.1f} s, "
            f"max {max(values, default=0.0):.1f} s")
