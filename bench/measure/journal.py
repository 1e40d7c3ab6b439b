"""What arrived at the sandbox, read from its journal: the same witness for Pulse and for what it is compared with."""
import json
import time
from datetime import datetime


class Journal:
    """From now on."""

    def __init__(self, pulse):
        self.path = pulse.journal
        self.offset = self.path.stat().st_size

    def arrivals(self):
        """When each accepted post arrived, by its text; the first time, and how often one came again."""
        arrived, again = {}, 0
        with self.path.open("rb") as file:
            file.seek(self.offset)
            for line in file:
                if b'"decision":"accepted"' not in line or not line.endswith(b"\n"):
                    continue
                entry = json.loads(line)
                if entry["method"] != "POST" or not entry["body"]:
                    continue
                text = json.loads(entry["body"]).get("text")
                again += text in arrived
                arrived.setdefault(text, datetime.fromisoformat(entry["arrived_at"].replace("Z", "+00:00")))
        if again:
            raise SystemExit(f"{again} posts arrived more than once.")
        return arrived

    def wait_for(self, texts, limit_s, quiet_s=1.0):
        """When each of these posts arrived. Looks only when nothing has been written for a while: reading takes a
        core."""
        end, size, since = time.monotonic() + limit_s, -1, time.monotonic()
        while time.monotonic() < end:
            time.sleep(0.1)
            if (grown := self.path.stat().st_size) != size:
                size, since = grown, time.monotonic()
            elif time.monotonic() - since >= quiet_s:
                arrived = self.arrivals()
                if all(text in arrived for text in texts):
                    return {text: arrived[text] for text in texts}
                since = time.monotonic()
        arrived = self.arrivals()
        raise SystemExit(f"Only {sum(text in arrived for text in texts)} of {len(texts)} posts arrived within {limit_s} s.")


def lateness_ms(arrived, due):
    """Of each post; the run is void when one came early."""
    late = [(arrived[text] - at).total_seconds() * 1000 for text, at in due.items()]
    if min(late) < 0:
        raise SystemExit(f"{sum(ms < 0 for ms in late)} posts arrived before their time, the earliest {-min(late):.3f} ms.")
    return late
