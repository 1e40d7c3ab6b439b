"""What is known in the end, as plain values: the recorded facts that the checker judges, and nothing that judges."""

import dataclasses
import json
import threading
import time
from datetime import datetime


def seconds_of(text: str | None) -> float | None:
    """A time as the journal, the API or PostgreSQL writes it, as seconds of the wall clock."""
    if not text:
        return None
    text = text.replace("Z", "+00:00").replace(" ", "T")
    if text[-3] in "+-":
        text += ":00"
    head, _, fraction = text.partition(".")
    if fraction:  # PostgreSQL leaves out zeros at the end
        sign = "+" if "+" in fraction else "-"
        digits, _, zone = fraction.partition(sign)
        text = f"{head}.{digits:0<6}{sign}{zone}"
    return datetime.fromisoformat(text).timestamp()


LINKEDIN_TELLS_FOR_S = 600.0  # how long it is sure to refuse a copy and to name the first


@dataclasses.dataclass
class History:
    """Times are seconds of the wall clock of the one machine that everything runs on.

    `acts`: what people asked, in the order of each person. Every one has `what`, `sent`, and `told`: when the answer
    came that it was done, or None when no answer came (it may have been done, then or later). One that was refused is
    not here.
    """

    acts: list[dict] = dataclasses.field(default_factory=list)
    looks: list[dict] = dataclasses.field(default_factory=list)      # delivery, state, external_id: as the API showed them
    deliveries: list[dict] = dataclasses.field(default_factory=list)  # the rows in the end
    attempts: list[dict] = dataclasses.field(default_factory=list)
    events: list[dict] = dataclasses.field(default_factory=list)     # in the order of the log
    journal: list[dict] = dataclasses.field(default_factory=list)    # of the sandbox
    publications: list[dict] = dataclasses.field(default_factory=list)  # what stands on the website
    channels: dict[str, list] = dataclasses.field(default_factory=dict)  # id: [platform, account there]
    shut: list[str] = dataclasses.field(default_factory=list)        # channels that are off or paused in the end
    companies: dict[str, str] = dataclasses.field(default_factory=dict)  # "platform account": whose it is
    # "platform account", "platform of company" (all its accounts there), "platform *" (everybody's): [[calls, seconds],
    # …]
    limits: dict[str, list] = dataclasses.field(default_factory=dict)
    # Platforms that cannot be asked what is live: after so many seconds even sending again no longer tells. TikTok
    # lists public posts alone, and that one is not in the list says nothing.
    unlisted: dict[str, float] = dataclasses.field(default_factory=lambda: {"linkedin": LINKEDIN_TELLS_FOR_S, "tiktok": 0.0})
    settles_s: float = 150.0  # nothing may take longer to settle, counted from its time, or from the end of the last disturbance
    open_seen: int = 0                                               # deliveries that were open at a look at the agendas, all looks
    hidden: list[str] = dataclasses.field(default_factory=list)      # of those, each that no agenda would have shown
    calm_at: float = 0.0                                              # when the last disturbance had ended
    oddities: list[str] = dataclasses.field(default_factory=list)    # what must not happen at all: a 500, a crash

    def to_json(self) -> str:
        return json.dumps(dataclasses.asdict(self), indent=1)


class Recorder:
    """Takes facts from many threads."""

    def __init__(self):
        self.lock = threading.Lock()
        self.history = History()

    def act(self, **fact) -> dict:
        with self.lock:
            self.history.acts.append(fact)
        return fact

    def look(self, **fact) -> None:
        with self.lock:
            self.history.looks.append(fact | {"at": time.time()})

    def agendas(self, rows: list[list[str]]) -> None:
        """The rows of AGENDAS at one moment."""
        with self.lock:
            self.history.open_seen += len(rows)
            self.history.hidden += [f"delivery {delivery} is {state} at {at}, and its channel's agenda begins at {bound}"
                                    for delivery, state, at, bound, is_shown in rows if is_shown != "t"]

    def odd(self, sentence: str) -> None:
        with self.lock:
            self.history.oddities.append(sentence)


DELIVERIES = """
  SELECT d.id, d.tenant_id, d.post_id, d.channel_id, d.state, d.attempt, d.external_id, d.due_at, d.created_at,
         d.updated_at, d.reason, p.text
  FROM deliveries d JOIN posts p ON p.tenant_id = d.tenant_id AND p.id = d.post_id"""
ATTEMPTS = "SELECT delivery_id, number, fence, started_at, deadline_at, outcome, finished_at FROM delivery_attempts"
EVENTS = """SELECT delivery_id, channel_id, type, created_at, metadata_json
            FROM publish_events WHERE delivery_id IS NOT NULL ORDER BY transaction, id"""


PUBLICATIONS = "SELECT id, post_id, channel_id, text, published_at FROM website_publications"
SHUT = """SELECT c.id FROM channels c JOIN projects j ON j.tenant_id = c.tenant_id AND j.id = c.project_id
          JOIN tenants t ON t.id = c.tenant_id
          WHERE NOT c.is_active OR c.paused_at IS NOT NULL OR j.paused_at IS NOT NULL OR t.paused_at IS NOT NULL"""


# Whatever is open, and whether the bound of its channel's agenda lets it be found.
AGENDAS = """SELECT d.id, d.state, d.not_before, coalesce(g.open_from::text, 'never'), coalesce(g.open_from <= d.not_before, false)
             FROM deliveries d LEFT JOIN channel_agendas g ON g.tenant_id = d.tenant_id AND g.channel_id = d.channel_id
             WHERE d.not_before IS NOT NULL
               AND (d.state IN ('sending', 'unknown') OR d.state = 'waiting' AND d.asked_at IS NULL)"""


def rows_of(psql, sql: str) -> list[dict]:
    """The rows of a query as objects."""
    return [json.loads(row[0]) for row in psql(f"SELECT row_to_json(r)::text FROM ({sql}) r")]


def read_database(history: History, psql) -> None:
    """Fills in what the database says in the end."""
    history.deliveries = rows_of(psql, DELIVERIES)
    history.attempts = rows_of(psql, ATTEMPTS)
    history.events = rows_of(psql, EVENTS)
    history.publications = rows_of(psql, PUBLICATIONS)
    history.shut = [row["id"] for row in rows_of(psql, SHUT)]
    for row in history.deliveries + history.attempts + history.events + history.publications:
        for name, value in row.items():
            if name.endswith("_at"):
                row[name] = seconds_of(value)
