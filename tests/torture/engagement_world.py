"""A company whose members like and comment under the posts of a page, each within limits of their own; who confirm,
change their mind and sometimes say the same; and two processes that are killed again and again, at every place of an
act. Before that comes the opening, of which nothing is left to chance."""

import http.client
import os
import random
import re
import threading
import time
import urllib.parse
import uuid

from engagement_checker import Facts, minute_of
from engagement_opening import MOST_ACTS, SAID_BY_ALL, SPELLINGS, Opening
from history import rows_of
from instance import Answer, Client, Instance, answers, wait_for
from mortals import Mortals

MEMBERS = int(os.environ.get("TORTURE_MEMBERS", "12"))
SECONDS = float(os.environ.get("TORTURE_ENGAGEMENT_SECONDS", "12"))
IS_LONG = MEMBERS >= 30
POSTS = 3 if IS_LONG else 1
NODES = 2
# Of them, with a session in a browser instead of an account: few, because each of their acts is a Chromium.
BROWSER_MEMBERS = int(os.environ.get("TORTURE_BROWSER_MEMBERS", "0"))
GAP_S, MEMBERS_GAP_S, SPREAD_S = 2, 60, 10
HAS_TIME = IS_LONG or BROWSER_MEMBERS > 0
CALM_S = 300 if HAS_TIME else 60
# Of an act, of the transactions in which it is stored, and of its call.
CHANCES = {"before_intent": 0.3, "after_intent": 0.3, "connected": 0.3, "mid_body": 0.3, "sent": 0.3, "received": 0.3, "commit_sent": 0.05,
           "after_commit": 0.05}
MOST_A_DAY = 10  # of a member who sets no other cap
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
ALL_DAY = (0, 1440)
LOSE_REPLIES = ("accept_then_drop", "accept_then_500", "accept_then_empty_200", "drop_before", "cut")
# What may still be open when all is calm: held by a cap or by hours, asked of a person, not confirmed, or far off. A
# second act of a member, held for a minute, is waited for only where there is time.
OPEN = """SELECT count(*) FROM engagements WHERE state IN ('sending', 'unknown') AND NOT is_asked
          OR state = 'queued' AND hold IS NULL AND not_before < now() + interval '20 seconds'
          OR state = 'queued' AND hold = 'post_gap'"""
OPEN += " OR state = 'queued' AND hold = 'stagger'" if HAS_TIME else ""
ACTS = """SELECT e.id, s.external_user_id AS account, e.member_id, e.way, o.urn AS post, e.kind, e.state, e.is_asked,
                 e.external_id, e.text, e.hold, e.attempt, e.reason
          FROM engagements e JOIN tracked_posts o ON o.tenant_id = e.tenant_id AND o.id = e.post_id
          LEFT JOIN social_accounts s ON s.tenant_id = e.tenant_id AND s.connected_by = e.member_id AND s.purpose = 'engage'"""


class Member(threading.Thread):
    """Confirms, edits or skips what waits for their word, some of it at once and some later, whichever process answers."""

    def __init__(self, world: "World", client: Client, user: str, seed: int):
        super().__init__(daemon=True)
        self.world, self.client, self.user, self.dice = world, client, user, random.Random(seed)
        self.over = threading.Event()
        self.ports = [client.port]

    def run(self) -> None:
        while not self.over.wait(self.dice.uniform(0.2, SECONDS / 3)):
            try:
                self.look()
            except (OSError, http.client.HTTPException, AssertionError):
                continue  # it died, or is about to

    def look(self) -> None:
        client = Client(self.dice.choice(self.ports), self.client.token)
        for act in client.ask("GET", "/engagements?state=waiting_confirmation")["items"]:
            self.answer(client, act)

    def answer(self, client: Client, act: dict) -> None:
        will = random.Random(act["id"] + str(self.world.seed)).random()  # the same however often it is asked
        if will < 0.1:
            return  # never says anything
        if will < 0.2:
            return self.world.skip(client, act["id"])
        text = ""
        if act["kind"] == "comment":
            own = f"{self.dice.choice(('Good', 'Right', 'True'))}: {uuid.uuid4().hex}"
            text = self.dice.choice(SPELLINGS)(SAID_BY_ALL) if self.dice.random() < 0.6 else own
        self.world.confirm(client, act["id"], text)


class World:
    def __init__(self, instance: Instance, seed: int):
        self.instance, self.seed, self.dice = instance, seed, random.Random(seed)
        self.owner = instance.sign_up()
        self.page = self.owner.ask("POST", "/tracked-pages", {"url": "linkedin.com/company/acme"}, 201)["id"]
        self.set_page(gap_seconds=GAP_S, spread_seconds=SPREAD_S)
        self.facts = Facts(page_gap_s=GAP_S)
        self.in_browsers: dict[str, str] = {}  # by member: who they are at LinkedIn
        if BROWSER_MEMBERS:
            wait_for(lambda: self.owner.ask("GET", "/integrations/status")["is_browser_allowed"], "Pulse says that it drives browsers")
        opening = Opening(self, MEMBERS)
        opening.begin()  # while the others are still taken in
        self.members = [self.make_member(number) for number in range(MEMBERS)]
        opening.wait()
        self.find_posts()
        self.lose_replies()

    # --- people

    def make_member(self, number: int) -> Member:
        client = self.join(number)
        user = self.hand_over(client) if number < BROWSER_MEMBERS else self.connect(client)
        self.follow(client, user, {"acts_a_day": 1 if number % 6 == 5 else MOST_A_DAY, "hours": self.hours_of(number),
                                   "is_automatic": number % 6 == 3},
                    comments=number % 3 == 1 or number % 6 == 5, likes=number % 3 != 1)
        return Member(self, client, user, self.dice.getrandbits(32))

    def follow(self, client: Client, user: str, limits: dict, *, likes: bool, comments: bool) -> None:
        """The member's settings, and what they do under the page's posts from now on. `limits`: those of the facts that
        are not usual."""
        limits = {"acts_a_day": MOST_A_DAY, "hours": ALL_DAY, "gap_s": MEMBERS_GAP_S, "is_automatic": False} | limits
        self.facts.members[user] = limits
        begins, ends = limits["hours"]
        client.ask("PUT", "/automation/settings", {
            "working_days": DAYS, "works_from_minute": begins, "works_until_minute": ends,
            "least_gap_minutes": MEMBERS_GAP_S // 60, "acts_a_day": limits["acts_a_day"], "time_zone": "UTC",
            "confirm": "automatic" if limits["is_automatic"] else "each"})
        mode = {"like_mode": "automatic"} if limits["is_automatic"] else {}
        client.ask("POST", f"/tracked-pages/{self.page}/subscribe", {"likes": likes, "comments": comments} | mode)

    def hours_of(self, number: int) -> tuple[int, int]:
        """All day; or an hour that is not now; or until a minute within a long session."""
        minute = int(minute_of(time.time()))
        if number % 6 == 2:
            return self.hours_elsewhere()
        if IS_LONG and number % 6 == 4 and 3 < minute < 1430:
            return 0, minute + 3
        return ALL_DAY

    @staticmethod
    def hours_elsewhere() -> tuple[int, int]:
        """An hour that is not now, and does not come soon."""
        minute = int(minute_of(time.time()))
        return (minute + 60, minute + 120) if minute < 720 else (minute - 120, minute - 60)

    def skip(self, client: Client, act: str) -> None:
        if client.call("POST", f"/engagements/{act}/skip", {}).status == 200:
            self.facts.skipped.append(act)

    def confirm(self, client: Client, act: str, text: str = "") -> Answer:
        """Also where it is refused, which is not known before: what is asked for is noted before the call, for it may
        be heeded before it is answered."""
        self.facts.confirmed.setdefault(act, time.time())
        if text:
            self.facts.said.append((act, text))
        return client.call("POST", f"/engagements/{act}/confirm", {"text": text} if text else {})

    def join(self, number: int) -> Client:
        """From an address of their own: so many that sign up from one are refused."""
        code = self.owner.ask("POST", "/org/invites", {"role": "member"}, 201)["code"]
        made = self.instance.client().call("POST", "/org/invites/accept", {
            "code": code, "email": f"{uuid.uuid4().hex}@example.org", "password": f"correct horse {uuid.uuid4().hex}"},
            headers={"x-forwarded-for": f"198.51.100.{number + 1}"})
        if made.status not in (200, 201):
            raise AssertionError(f"a member should be taken in, not {made}")
        return self.instance.client(made.json()["access_token"])

    def connect(self, member: Client) -> str:
        """The member's own account at LinkedIn, connected as their browser does it."""
        user = "m" + uuid.uuid4().hex[:9]
        self.instance.sandbox().ask("POST", "/_sandbox/accounts", {"platform": "linkedin", "token": "t" + uuid.uuid4().hex,
                                                                  "user_id": user, "name": "Ada L"}, 201)
        for _ in range(5):  # a machine that has much to do lets the platform seem to be away
            where = self.click_through(member, user)
            if "error" not in where:
                return user
        raise AssertionError(f"the account should be connected, not {where}")

    def hand_over(self, member: Client) -> str:
        """A session at LinkedIn's site, in the place of an account."""
        user, li_at = "m" + uuid.uuid4().hex[:9], "AQED" + uuid.uuid4().hex
        self.instance.sandbox().ask("POST", "/_sandbox/accounts", {"platform": "linkedin", "token": li_at, "user_id": user, "site": True}, 201)
        member.ask("PUT", "/integrations/linkedin/browser", {"is_allowed": True})
        member.ask("POST", "/integrations/linkedin/session-cookies", {"li_at": li_at})
        self.in_browsers[member.ask("GET", "/auth/me")["member"]["id"]] = user
        return user

    def click_through(self, member: Client, user: str) -> str:
        begun = member.call("GET", "/integrations/linkedin/auth-url")
        cookie = begun.headers["set-cookie"].split(";")[0]
        address = urllib.parse.urlsplit(begun.json()["authorization_url"])
        at_sandbox = self.instance.sandbox().call("GET", f"{address.path}?{address.query}&decision=allow&user={user}")
        back = urllib.parse.urlsplit(at_sandbox.headers["location"])
        return self.instance.client().call("GET", f"{back.path}?{back.query}", headers={"cookie": cookie}).headers["location"]

    # --- what is found, and what goes wrong

    def set_page(self, **limits: int) -> None:
        self.owner.ask("PATCH", f"/tracked-pages/{self.page}", limits)

    def find_post(self) -> None:
        urn = f"urn:li:activity:{self.dice.randrange(10**18, 10**19)}"
        self.owner.ask("POST", f"/tracked-pages/{self.page}/posts", {"url": urn}, 201)
        self.facts.posts.append(urn)

    def find_posts(self) -> None:
        self.set_page(first_delay_seconds=1)
        before = int(self.instance.psql("SELECT count(*) FROM engagements")[0][0])
        for _ in range(POSTS):
            self.find_post()
        wait_for(lambda: self.instance.psql("SELECT count(DISTINCT post_id) FROM engagements") == [[str(POSTS + 1)]],
                 "every post has its plan")
        planned = int(self.instance.psql("SELECT count(*) FROM engagements")[0][0]) - before
        self.facts.page_cap = planned * 2 // 3 + MOST_ACTS
        self.set_page(acts_a_day=self.facts.page_cap)

    def lose_replies(self) -> None:
        for member in self.dice.sample(self.members, len(self.members) // 3):
            self.instance.sandbox().ask("POST", "/_sandbox/faults", {
                "platform": "linkedin", "kind": self.dice.choice(LOSE_REPLIES),
                "match": {"method": "POST", "account": member.user,
                          "path_prefix": "/voyager/" if member.user in self.in_browsers.values() else "/rest/"}}, 201)

    def torment(self) -> None:
        mortals = Mortals(self.instance, NODES, self.dice, CHANCES)
        for member in self.members:
            member.ports = mortals.ports
        self.facts.deaths = mortals.torment(time.monotonic() + SECONDS, self.members, (0.5, 2.5))

    # --- calm

    def wait_for_calm(self) -> str:
        """Until nothing is left to do; what was still to be done when that took too long."""
        wait_for(lambda: answers(self.owner, "/ready"), "Pulse is ready")
        for member in self.members:
            member.ports = [self.instance.port]
            member.look()  # once more, for those who had no chance
        try:
            wait_for(lambda: self.instance.psql(OPEN) == [["0"]], "all acts are over, or held by hours or caps", CALM_S)
        except AssertionError as late:
            return str(late)
        return ""

    def read(self) -> Facts:
        self.facts.acts = rows_of(self.instance.psql, ACTS)
        for act in self.facts.acts:
            act["account"] = self.in_browsers.get(act["member_id"], act["account"])
        self.facts.journal = self.instance.journal()
        return self.facts

    def held(self) -> dict[str, int]:
        """Acts by state, and by what holds them, for people."""
        found: dict[str, int] = {}
        for act in self.facts.acts:
            name = re.sub(r" None$", "", f"{act['state']} {act['hold']}")
            found[name] = found.get(name, 0) + 1
        return found
