"""Team engagement: 10,000 tracked pages in 500 tenants, looked at once each (memory, and how long it takes); from a
post that is brought to its stored plan; and from an act's time to its beginning. The pages' feeds are served from here,
LinkedIn is the sandbox."""
import http.server
import json
import sys
import threading
import time
import uuid
from datetime import timedelta

from .footprint import memory_kib
from .instance import wait_until
from .report import percentile
from .scale import settled_kib
from .world import Seal, World, new_id, now

TENANTS, PAGES_EACH = 500, 20
PLANNED_POSTS, SUBSCRIBERS = 200, 20
ACTS, ACT_SECONDS, LEAD_S = 750, 15, 8
ALWAYS = ("UTC", "{monday,tuesday,wednesday,thursday,friday,saturday,sunday}", 0, 1440)  # working hours


def measure(pulse, report, rounds):
    pulse.environment["EGRESS_ALLOW_LOOPBACK"] = "yes"
    pulse.stop_serving()
    world = World(pulse)
    feeds = Feeds()
    polled, planned, lateness = [], [], []
    try:
        for number in range(min(rounds, 3)):
            polled.append(poll_round(pulse, world, feeds))
            planned.append(plan_round(pulse, world))
            lateness.append(act_round(pulse, world))
            print(f"  round {number + 1}: {polled[-1]}, found → plan p99 {percentile(planned[-1], 0.99):.2f} ms, "
                  f"act p99 {percentile(lateness[-1], 0.99):.2f} ms", file=sys.stderr, flush=True)
    finally:
        feeds.stop()
    what = f"{TENANTS * PAGES_EACH:,} tracked pages in {TENANTS:,} tenants"
    report.add(f"{what}: all looked at once after", [each["seconds"] for each in polled], "s")
    report.add("  memory of pulse serve, most while they are", [each["most_kib"] / 1024 for each in polled], "MiB", "< 150")
    report.add("  memory afterwards", [each["kib"] / 1024 for each in polled], "MiB")
    report.add(f"a post is brought → {SUBSCRIBERS} members' plan is stored, p50", [percentile(each, 0.5) for each in planned], "ms")
    report.add("  p99", [percentile(each, 0.99) for each in planned], "ms", "< 50")
    report.add(f"an act's time → it begins, {ACTS // ACT_SECONDS} a second, p50", [percentile(each, 0.5) for each in lateness], "ms")
    report.add("  p99", [percentile(each, 0.99) for each in lateness], "ms", "< 10")


class Feeds:
    """A feed at every path, of three entries that are always the same; at every address of this machine, because a host
    is asked for one feed at a time, and 10,000 companies have about as many hosts."""

    def __init__(self):
        class Answer(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):  # noqa: N802
                name = self.path.strip("/")
                body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [
                    {"id": f"{name}-{i}", "url": f"https://example.org/{name}/{i}", "title": f"Entry {i}",
                     "content_text": "Words of some length, as a company's news have them. " * 4,
                     "date_published": f"2026-11-0{i + 1}T09:00:00Z"} for i in range(3)]}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("", 0), Answer)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, number, path):
        return f"http://127.{number // 62_500 + 1}.{number // 250 % 250}.{number % 250 + 1}:{self.server.server_port}/{path}"

    def stop(self):
        self.server.shutdown()


def poll_round(pulse, world, feeds):
    """All pages are due when Pulse starts."""
    at, pages, follows = now(), [], []
    for channel in world.add_tenants(TENANTS, 1, known_to_sandbox=False):
        for _ in range(PAGES_EACH):
            page = new_id()
            url = feeds.url(len(pages), page)
            pages.append((channel.tenant_id, page, "feed", url, "Page", url, channel.author_id, at, at, at))
            follows.append((channel.tenant_id, page, channel.author_id, "t", "f", "confirm", "confirm", "like", "t", at, at))
    world.copy({
        "tracked_pages (tenant_id, id, kind, url, name, feed_url, added_by, next_poll_at, created_at, updated_at)": pages,
        "tracked_page_subscriptions (tenant_id, page_id, member_id, likes, comments, like_mode, comment_mode, reaction, polling, "
        "created_at, updated_at)": follows,
    })
    begun, most = time.monotonic(), 0
    pulse.serve()

    def is_done():
        nonlocal most
        most = max(most, memory_kib(pulse.pulse.pid, "Pss"))
        return pulse.sql("SELECT count(*) FROM tracked_pages WHERE last_polled_at IS NULL AND deleted_at IS NULL")[0][0] == "0"

    wait_until(is_done, "every page was looked at", limit_s=900, pause_s=0.5)
    seconds = time.monotonic() - begun
    found = int(pulse.sql("SELECT count(*) FROM tracked_posts")[0][0])
    if found < TENANTS * PAGES_EACH * 3:
        raise SystemExit(f"Only {found} posts were found.")
    return {"seconds": seconds, "most_kib": most, "kib": settled_kib(pulse)}


def plan_round(pulse, world):
    """Milliseconds of each request that brings a post to a page which members follow: when it answers, the plan is
    stored."""
    at = now()
    page = pulse.call("POST", "/tracked-pages", {"url": f"linkedin.com/company/bench-{uuid.uuid4().hex}"})["id"]
    members = [(pulse.tenant_id, member, f"{member}@example.org", "Member", "none", "member", at)
               for member in (new_id() for _ in range(SUBSCRIBERS))]
    world.copy({
        "members (tenant_id, id, email, display_name, password_hash, role, created_at)": members,
        "tracked_page_subscriptions (tenant_id, page_id, member_id, likes, comments, like_mode, comment_mode, reaction, polling, "
        "created_at, updated_at)": [(pulse.tenant_id, page, each[1], "t", "t", "confirm", "confirm", "like", "t", at, at)
                                    for each in members],
    })
    taken = []
    for _ in range(PLANNED_POSTS):
        begun = time.monotonic()
        pulse.call("POST", f"/tracked-pages/{page}/posts", {"url": f"urn:li:activity:{uuid.uuid4().int % 10**18}", "text": "News"})
        taken.append((time.monotonic() - begun) * 1000)
    return taken


def act_round(pulse, world):
    """Likes of as many members, each under a post and page of its own, evenly over some seconds."""
    pulse.stop_serving()
    at, begin, seal = now(), now() + timedelta(seconds=LEAD_S), Seal(pulse.encryption_key)
    tables = {name: [] for name in (
        "member_automation (tenant_id, member_id, likes, comments, confirm, acts_a_day, least_gap_minutes, time_zone, working_days, "
        "works_from_minute, works_until_minute, reactions, comment_language, comment_characters, comment_examples, updated_at)",
        "social_accounts (tenant_id, id, platform, external_user_id, name, access_token, connected_by, purpose, created_at, updated_at)",
        "tracked_pages (tenant_id, id, kind, url, name, added_by, created_at, updated_at)",
        "tracked_posts (tenant_id, id, page_id, external_id, urn, url, title, source, published_at, found_at)",
        "engagements (tenant_id, id, post_id, page_id, member_id, kind, state, is_automatic, confirmed_at, planned_at, not_before, "
        "expires_at, created_at, updated_at)")}
    automation, logins, pages, posts, acts = tables.values()
    ids = []
    for number, channel in enumerate(world.add_tenants(ACTS, 1, known_to_sandbox=False)):
        login, page, post, act = new_id(), new_id(), new_id(), new_id()
        user, token, urn = f"m{number}{uuid.uuid4().hex[:10]}", uuid.uuid4().hex, f"urn:li:activity:{uuid.uuid4().int % 10**18}"
        pulse.call("POST", "/_sandbox/accounts", {"platform": "linkedin", "token": token, "user_id": user, "name": user},
                   base=pulse.sandbox_address)
        tenant, member = channel.tenant_id, channel.author_id
        due = begin + timedelta(seconds=ACT_SECONDS * number / ACTS)
        automation.append((tenant, member, "t", "t", "each", 10, 1, *ALWAYS, "{like}", "", 300, "{}", at))
        sealed = seal(token, tenant, "social_accounts", login, "access_token")
        logins.append((tenant, login, "linkedin", user, user, r"\\x" + sealed.hex(), member, "engage", at, at))
        pages.append((tenant, page, "linkedin", f"https://www.linkedin.com/company/{page}", "Page", member, at, at))
        posts.append((tenant, post, page, urn, urn, f"https://www.linkedin.com/feed/update/{urn}/", "Post", "link", at, at))
        acts.append((tenant, act, post, page, member, "like", "queued", "f", at, due, due, due + timedelta(days=1), at, at))
        ids.append(act)
    world.copy(tables)
    pulse.serve()
    wait_until(lambda: pulse.sql("SELECT count(*) FROM engagements WHERE state = 'queued'")[0][0] == "0",
               "every act has begun", limit_s=ACT_SECONDS + 120, pause_s=1)
    wait_until(lambda: pulse.sql("SELECT count(*) FROM engagements WHERE state = 'sending'")[0][0] == "0", "every act has ended")
    named = ",".join(f"'{each}'" for each in ids)
    rows = pulse.sql("SELECT state, extract(epoch FROM acted_at - planned_at) * 1000 FROM engagements WHERE id IN (" + named + ")")
    if any(state != "completed" for state, _ in rows):
        raise SystemExit("Not every act was completed.")
    return [float(late) for _, late in rows]
