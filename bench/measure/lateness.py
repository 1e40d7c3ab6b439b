"""From due time to the first byte at the platform: 1,000 posts due over 10 s, through the API, the engine and the sandbox."""
import json
import subprocess
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

from .report import percentile

POSTS = 1000
OVER_S = 10
PREPARATION_S = 15
ACCOUNTS = 20  # X lets an account post 100 times in 15 minutes, half of it at once


def measure(pulse, report, rounds):
    engine_p50, engine_p99, seen_p50, seen_p99 = [], [], [], []
    for _ in range(min(rounds, 3)):
        engine, seen = one_round(pulse)
        engine_p50.append(percentile(engine, 0.5))
        engine_p99.append(percentile(engine, 0.99))
        seen_p50.append(percentile(seen, 0.5))
        seen_p99.append(percentile(seen, 0.99))
    report.add(f"due → first byte leaves, p50 ({POSTS} posts over {OVER_S} s)", engine_p50, "ms")
    report.add("due → first byte leaves, p99", engine_p99, "ms", "< 20")
    report.add("due → whole request at the platform, p50", seen_p50, "ms")
    report.add("due → whole request at the platform, p99", seen_p99, "ms")


def one_round(pulse):
    """Milliseconds of lateness of every post: as the engine recorded it, and as the platform's journal saw it."""
    project = pulse.call("POST", "/projects", {"name": f"Late {uuid.uuid4().hex}", "time_zone": "UTC"})["id"]
    channels = [make_channel(pulse, project, number) for number in range(ACCOUNTS)]
    begin = datetime.now(timezone.utc) + timedelta(seconds=PREPARATION_S)

    def make_post(number):
        at = begin + timedelta(seconds=OVER_S * number / POSTS)
        text = f"bench {uuid.uuid4().hex}"
        pulse.call("POST", "/posts", {"project_id": project, "text": text, "channel_ids": [channels[number % ACCOUNTS]],
                                      "scheduled_at": at.isoformat().replace("+00:00", "Z")})
        return text, at

    with ThreadPoolExecutor(8) as makers:
        due = dict(makers.map(make_post, range(POSTS)))
    if datetime.now(timezone.utc) > begin:
        raise SystemExit("The posts could not be made before the first was due.")
    arrived = wait_for_arrivals(pulse, due)
    seen = [(arrived[text] - at).total_seconds() * 1000 for text, at in due.items()]
    early = [ms for ms in seen if ms < 0]
    if early:
        raise SystemExit(f"{len(early)} posts arrived before their time.")
    return recorded_lateness(pulse, project), seen


def make_channel(pulse, project, number):
    user, token = str(uuid.uuid4().int % 10**12), uuid.uuid4().hex
    pulse.call("POST", "/_sandbox/accounts", {"platform": "x", "token": token, "user_id": user, "username": f"bench{number}"},
               base=pulse.sandbox_address)
    return pulse.call("POST", "/channels", {"project_id": project, "type": "x", "name": f"X {number}", "account":
                                            {"external_user_id": user, "handle": f"bench{number}", "access_token": token}})["id"]


def wait_for_arrivals(pulse, due, limit_s=90):
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        arrived = {}
        for line in pulse.journal.read_text().splitlines():
            entry = json.loads(line)
            if entry.get("decision") == "accepted" and entry.get("method") == "POST" and entry.get("body"):
                body = entry["body"] if isinstance(entry["body"], dict) else json.loads(entry["body"])
                if body.get("text") in due:
                    arrived[body["text"]] = datetime.fromisoformat(entry["arrived_at"].replace("Z", "+00:00"))
        if len(arrived) == len(due):
            return arrived
        time.sleep(0.5)
    raise SystemExit(f"Only {len(arrived)} of {len(due)} posts arrived within {limit_s} s.")


def recorded_lateness(pulse, project):
    query = ("SELECT metadata_json ->> 'lateness_ms' FROM publish_events "
             f"WHERE project_id = '{project}' AND type = 'PublishSucceeded'")
    until = time.monotonic() + 30
    while time.monotonic() < until:
        out = subprocess.run(["psql", "-qAt", pulse.database_url, "-c", query], check=True, capture_output=True, text=True).stdout
        values = [float(line) for line in out.split()]
        if len(values) == POSTS:
            return values
        time.sleep(0.2)
    raise SystemExit("Not every post was recorded as published.")
