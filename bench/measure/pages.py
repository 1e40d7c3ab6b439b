"""The dashboard's pages in Chromium: what Lighthouse says of overview, composer and calendar, whether a list of 10,000
posts and a month of 2,000 entries scroll without dropped frames, and how long a key takes that goes along a list."""
import json
import os
import shutil
import subprocess
import sys
import uuid

from .instance import ROOT

SOURCES = ROOT / "bench" / "browser"
FOLDER = ROOT / "build" / "bench_browser"
POSTS, MONTH_ENTRIES = 10_000, 2_000
JUDGED = {"overview": "/app", "composer": "/app/posts/new", "calendar": "/app/calendar"}
SCROLLED = {"a list of 10,000 posts": "/app/posts=>[role=region]", "a month of 2,000 entries": "/app/calendar?view=month=>main",
            "the same as a list": "/app/calendar?view=list=>main"}
WALKED = {"10,000 posts": "/app/posts", "100 decisions": "/app/needs-you"}
PASSWORD = "correct horse of the bench"


def lighthouse(pulse, report, rounds):
    install()
    sign_up(pulse)
    found = [run(pulse, "lighthouse.mjs", *JUDGED.values()) for _ in range(rounds)]
    for name, path in JUDGED.items():
        for what in ("performance", "accessibility"):
            report.add(f"Lighthouse, {what} of {name}", [each[path][what] for each in found], "", ">= 95")
        last = found[-1][path]
        print(f"  {name}: ended at {last['ended_at']}, {last['largest_paint_ms']:.0f} ms to the largest paint, blocked {last['blocked_ms']:.0f} ms, "
              f"shift {last['shift']:.3f}; below 0.95: {last['wanting']}", file=sys.stderr, flush=True)


def frames(pulse, report, rounds):
    install()
    sign_up(pulse)
    fill(pulse)
    scrolled = [f"{name}=>{where}" for name, where in SCROLLED.items()]
    found = [run(pulse, "frames.mjs", *scrolled) for _ in range(rounds)]
    for name in SCROLLED:
        print(f"  {name}: {found[-1][name]}", file=sys.stderr, flush=True)
        report.add(f"{name}: frames dropped of 100", [100 * each[name]["dropped"] / (each[name]["frames"] + each[name]["dropped"]) for each in found], "%", "0")
        report.add(f"{name}: a frame, p99", [each[name]["p99_ms"] for each in found], "ms", "< 17")


def keys(pulse, report, rounds):
    install()
    sign_up(pulse)
    fill(pulse)
    pulse.sql(f"""
      UPDATE deliveries SET state = 'unconfirmed', finished_at = NULL, doubt_until = now() WHERE id IN (
        SELECT id FROM deliveries WHERE project_id = '{pulse.project_id}' AND state = 'failed' LIMIT 100)""")
    found = [run(pulse, "keys.mjs", *(f"{name}=>{path}" for name, path in WALKED.items())) for _ in range(rounds)]
    for name in WALKED:
        print(f"  {name}: {found[-1][name]}", file=sys.stderr, flush=True)
        if not all(each[name]["in_view"] for each in found):
            raise SystemExit(f"{name}: the row that J has gone to is out of sight")
        report.add(f"{name}: from J to its frame, p50", [each[name]["p50_ms"] for each in found], "ms", "< 50")
        report.add(f"{name}: from J to its frame, p95", [each[name]["p95_ms"] for each in found], "ms", "< 50")


def install():
    """The packages that the lock file pins, and the programs beside them, where Node finds them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lock, installed = SOURCES / "package-lock.json", FOLDER / "node_modules" / ".package-lock.json"
    same = installed.exists() and (FOLDER / lock.name).exists() and (FOLDER / lock.name).read_bytes() == lock.read_bytes()
    for source in SOURCES.iterdir():
        if source.is_file():
            shutil.copy(source, FOLDER)
    if not same:
        print("Fetching the npm packages of bench/browser.", file=sys.stderr, flush=True)
        subprocess.run(["npm", "ci", "--loglevel=error", "--ignore-scripts"], cwd=FOLDER, check=True, stdout=subprocess.DEVNULL)


def sign_up(pulse):
    """A company with a website, of somebody who can sign in, on a Pulse that serves the dashboard."""
    subprocess.run([ROOT / "scripts" / "dashboard", "build"], check=True, stdin=subprocess.DEVNULL)
    pulse.stop_serving()
    pulse.serve()
    pulse.email, pulse.token = f"pages-{uuid.uuid4().hex}@example.org", None
    made = pulse.call("POST", "/signup", {"company_name": "Pages", "email": pulse.email, "password": PASSWORD})
    pulse.token = made["access_token"]
    pulse.project_id = pulse.call("POST", "/projects", {"name": "Pages", "time_zone": "Europe/Amsterdam"})["id"]
    pulse.channel_id = pulse.call("POST", "/channels", {"project_id": pulse.project_id, "type": "website", "name": "Our site"})["id"]
    pulse.call("POST", "/posts", {"project_id": pulse.project_id, "title": "The first", "text": "The first"})


def fill(pulse):
    """Posts of every minute: some in this month, as many as a month is to hold, the others in the year before."""
    pulse.sql(f"""
      WITH one AS (SELECT * FROM posts WHERE project_id = '{pulse.project_id}' LIMIT 1), made AS (
        INSERT INTO posts (tenant_id, id, project_id, author_id, title, text, variants, scheduled_at, created_at, updated_at)
        SELECT tenant_id, gen_random_uuid(), project_id, author_id, 'Post ' || i, 'Text of post ' || i, '{{}}',
               CASE WHEN i <= {MONTH_ENTRIES}
                    THEN date_trunc('month', now()) + (i - 0.5) * ((date_trunc('month', now()) + interval '1 month' - date_trunc('month', now())) / {MONTH_ENTRIES})
                    ELSE date_trunc('month', now()) - i * interval '40 minutes' END, created_at - i * interval '1 second', now()
        FROM one, generate_series(1, {POSTS}) i RETURNING *)
      INSERT INTO deliveries (tenant_id, id, post_id, channel_id, project_id, due_at, not_before, created_at, updated_at, state, attempt,
                              started_at, finished_at, deadline_at, reason)
      SELECT tenant_id, gen_random_uuid(), id, '{pulse.channel_id}', project_id, scheduled_at, scheduled_at, created_at, now(),
             'failed', 1, scheduled_at, now(), scheduled_at, 'a bench' FROM made;
      ANALYZE posts, deliveries""")


def run(pulse, program, *arguments):
    environment = {**os.environ, "PULSE_ADDRESS": pulse.address, "PULSE_EMAIL": pulse.email, "PULSE_PASSWORD": PASSWORD,
                   "PULSE_PROJECT": pulse.project_id}
    done = subprocess.run(["node", program, *arguments], cwd=FOLDER, env=environment, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{program} ended with {done.returncode}: {done.stderr[-3000:]}")
    return json.loads(done.stdout.splitlines()[-1])
