"""People at work, over the real API: they write, move, edit, cancel, hurry and pause posts, and note what they were
told."""

import random
import threading
import uuid
from datetime import datetime, timezone

from cluster import Cluster, Node, now_s
from history import Recorder, seconds_of

# What the platform does to the first call with a text. None of it is a reason not to publish in the end, but for what
# is allowed.
FAULTS = [
    {"kind": "slow", "ms": 400},
    {"kind": "slow", "ms": 3000},
    {"kind": "slow", "ms": 11_000},
    {"kind": "late", "ms": 700},
    {"kind": "late", "ms": 2500},
    {"kind": "accept_then_drop"},
    {"kind": "accept_then_500"},
    {"kind": "accept_then_empty_200"},
    {"kind": "empty_200"},
    {"kind": "cut", "bytes": 40},
    {"kind": "drop_before"},
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 503},
    {"kind": "status", "status": 429, "retry_after": 2},
    {"kind": "status", "status": 400},
]
REFUSED_FOR_GOOD = (400,)  # statuses after which nothing more has to be tried
FORGETFUL_429 = {"kind": "status", "status": 429}  # says no time: a minute is waited
PENDING = {"kind": "pending", "ms": 3000}  # how long Instagram processes what it was given
PENDING_FOR_LONG = [{"kind": "pending", "ms": ms} for ms in (14_000, 70_000)]
HAVE_IMAGES = ("x", "instagram", "linkedin", "pinterest", "mastodon", "bluesky", "tiktok", "facebook", "threads")
NEED_IMAGES = {"instagram", "pinterest", "tiktok"}
TAKE_TIME = ("instagram", "threads", "tiktok")
# Where a call that publishes has only the name of what was made before.
SECOND_STEPS = {"instagram": "/v26.0/{user}/media_publish", "threads": "/v1.0/{user}/threads_publish"}
# What nobody but a person can say, and TikTok must be told.
TIKTOK_OPTIONS = {"tiktok": {"privacy_level": "PUBLIC_TO_EVERYONE", "disclosure": "none"}}
# The budget of the account whose limits are small. Pulse is told of a longer window than the platform's, by more than
# the network holds back a call: what left in time may arrive in one window with what left later.
FRUGAL = {"calls": 6, "window_s": 12, "told_window_s": 14, "burst": 2}
# The budget that the accounts of a company share, set by itself: less than two writers want when they have many
# channels.
SHARED = {"calls": 60, "window_s": 20, "told_window_s": 22, "burst": 20}
FOREVER_S = 40.0  # a request whose answer was lost is not carried out later than this
SKIP_AFTER_S = 4  # of the posts that would rather not go out than go out late


def time_text(at: float) -> str:
    return datetime.fromtimestamp(at, timezone.utc).isoformat().replace("+00:00", "Z")


def is_moved(delivery: dict, due: float) -> bool:
    """Whether it waits for that time now, by the answer to a move."""
    return delivery["state"] == "waiting" and abs((seconds_of(delivery["due_at"]) or 0) - due) < 0.01


class Company:
    """A tenant, its project and its channels at the sandbox; `budget` is what it allows itself on X, all accounts
    together."""

    def __init__(self, cluster: Cluster, recorder: Recorder, channels: int, is_frugal: bool = False,
                 platforms: tuple[str, ...] = ("x",), node: Node | None = None, budget: dict | None = None):
        self.cluster, self.recorder, self.is_frugal = cluster, recorder, is_frugal
        node = node or cluster.nodes[0]
        word = uuid.uuid4().hex
        self.password = {"email": f"{word}@example.org", "password": f"three lanterns {uuid.uuid4().hex}"}
        made = node.client().ask("POST", "/signup", {"company_name": f"Company {word[:8]}"} | self.password, 201)
        self.token = made["access_token"]
        self.project_id = node.client(self.token).ask("POST", "/projects", {"name": "Torture"}, 201)["id"]
        self.id = cluster.instance.psql(f"SELECT tenant_id FROM projects WHERE id = '{self.project_id}'")[0][0]
        self.channels = [self._connect(node, platform) for platform in self._spread(channels, platforms)]
        if budget:
            node.client(self.token).ask("PUT", "/rate-limits/x/tenant", {
                "posts": budget["calls"], "window_seconds": budget["told_window_s"], "burst": budget["burst"]})
            recorder.history.limits[f"x of {self.id}"] = [[budget["calls"], budget["window_s"]]]

    @staticmethod
    def _spread(channels: int, platforms: tuple[str, ...]) -> list[str]:
        """The platforms in turn; a project has one website."""
        again = [one for one in platforms if one != "website"]
        return (list(platforms) + [again[number % len(again)] for number in range(channels)])[:channels]

    def _connect(self, node: Node, platform: str) -> dict:
        body = {"project_id": self.project_id, "type": platform}
        user, token = str(uuid.uuid4().int % 10**12 + 1), "token-" + uuid.uuid4().hex
        if platform == "bluesky":
            user = "did:plc:" + user
        if platform != "website":
            self._register(platform, user, token)
            body["account"] = {"external_user_id": user, "handle": "u" + user, "access_token": token}
        made = node.client(self.token).ask("POST", "/channels", body, 201)
        history = self.recorder.history
        history.channels[made["id"]] = [platform, user if platform != "website" else made["id"]]
        history.companies[" ".join(history.channels[made["id"]])] = self.id
        if self.is_frugal:
            history.limits[f"{platform} {user}"] = [[FRUGAL["calls"], FRUGAL["window_s"]]]
        return {"id": made["id"], "platform": platform, "user": user}

    def image(self, word: str) -> dict:
        """A picture of its own, whose address is not taken for the text: that may be edited."""
        address = f"http://127.0.0.1:{self.cluster.instance.sandbox_port}/_sandbox/image.jpg?{word[:16]}"
        return {"url": address, "alt_text": "a picture"}

    def _register(self, platform: str, user: str, token: str) -> None:
        self.cluster.instance.sandbox().ask("POST", "/_sandbox/accounts", {
            "platform": platform, "token": token, "user_id": user, "username": "u" + user}, 201)

    def call(self, node: Node, method: str, path: str, body=None, headers: dict | None = None):
        """The answer, or None when there was none. A session that has lasted for longer than a token holds signs in
        again."""
        answer = self.cluster.call(node, self.token, method, path, body, headers)
        if answer is None or answer.status != 401:
            return answer
        again = self.cluster.call(node, "", "POST", "/auth/login", self.password)
        if again is None or again.status != 200:
            return None
        self.token = again.json()["access_token"]
        return self.cluster.call(node, self.token, method, path, body, headers)

    def connect_again(self, node: Node, channel: dict) -> bool:
        """A new token for a channel whose old one was refused."""
        token = "token-" + uuid.uuid4().hex
        self._register(channel["platform"], channel["user"], token)
        account = {"external_user_id": channel["user"], "access_token": token}
        answer = self.call(node, "PATCH", f"/channels/{channel['id']}", {"account": account})
        return answer is not None and answer.status == 200


class Person(threading.Thread):
    """Does one thing after the other until told to stop; everything random comes from the seed."""

    def __init__(self, company: Company, seed: int, pause_s: float):
        super().__init__(daemon=True)
        self.company, self.pause_s = company, pause_s
        self.random = random.Random(seed)
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(self.random.uniform(0.3, 1.7) * self.pause_s):
            try:
                self.do_something()
            except Exception as failure:  # noqa: BLE001 (told by the judge)
                self.company.recorder.odd(f"a person could not go on: {failure!r}")
                return

    def do_something(self) -> None:
        raise NotImplementedError

    def node(self) -> Node:
        running = [node for node in self.company.cluster.nodes if node.process is not None and not node.is_frozen]
        return self.random.choice(running or self.company.cluster.nodes)

    def ask(self, method: str, path: str, body=None, headers=None):
        """(sent, told, answer): told is None when it may have been done without an answer, answer when it was
        refused."""
        sent = now_s()
        answer = self.company.call(self.node(), method, path, body, headers)
        told = now_s()
        if answer is None or answer.status >= 500:
            if answer is not None and answer.status != 503:
                self.company.recorder.odd(f"{method} {path} answered {answer}")
            return sent, None, answer
        return sent, told, answer


class Writer(Person):
    """Writes posts, and changes its mind about them."""

    def __init__(self, company: Company, seed: int, pause_s: float, faulty: float, most_posts: int, has_minutes: bool):
        super().__init__(company, seed, pause_s)
        self.faulty, self.most_posts, self.has_minutes = faulty, most_posts, has_minutes
        self.open: list[dict] = []  # own posts that may still be changed
        self.written = 0

    def do_something(self) -> None:
        if self.written < self.most_posts:
            self.write()
        if self.open and self.random.random() < 0.6:
            choice = self.random.choices([self.cancel, self.move, self.edit, self.hurry, self.look], [3, 3, 3, 1, 2])[0]
            choice(self.random.choice(self.open))
        self.open = [post for post in self.open if now_s() < post["due"] + 20]

    def word(self) -> str:
        return uuid.UUID(int=self.random.getrandbits(128)).hex

    def write(self) -> None:
        word = self.word()
        channels = self.random.sample(self.company.channels, self.random.randint(1, min(2, len(self.company.channels))))
        more = {}
        if self.random.random() < self.faulty:
            more |= self.spoil(word, self.random.choice(channels))
        due = None if self.random.random() < 0.08 else round(now_s() + self.random.uniform(0.4, 5), 3)
        body = {"project_id": self.company.project_id, "text": f"Post {word}",
                "channel_ids": [channel["id"] for channel in channels]}
        platforms = {channel["platform"] for channel in channels}
        if platforms & NEED_IMAGES or (self.random.random() < 0.15 and platforms <= set(HAVE_IMAGES)):
            body["image"] = self.company.image(word)
        if "tiktok" in platforms:
            body["options"] = TIKTOK_OPTIONS
        if due:
            body["scheduled_at"] = time_text(due)
        if self.random.random() < 0.08:
            body["lateness"] = {"policy": "skip", "after_seconds": SKIP_AFTER_S}
            more["skip_after"] = SKIP_AFTER_S
        first = None
        for _ in range(8):  # the key makes it the same call
            sent, told, answer = self.ask("POST", "/posts", body, {"idempotency-key": word})
            first = first or sent
            if told is not None and answer.status != 409:
                break
            if self.over.wait(0.5):
                break
        self.written += 1
        made = answer.json() if told is not None and answer.status in (200, 201) else None
        if told is not None and answer.status == 422 and (b"switched off" in answer.body or (due and now_s() > due)):
            return  # the channel is paused, or it could not be stored before its time had passed
        if made is None and told is not None and answer.status not in (409, 429):
            self.company.recorder.odd(f"POST /posts answered {answer}")
        self.company.recorder.act(
            what="create", word=word, due=due, sent=first, told=told if made else None,
            post=made["id"] if made else None, **more,
            deliveries=[{"id": one["id"], "channel": one["channel_id"]} for one in made["deliveries"]] if made else [])
        if made:
            self.open.append({"id": made["id"], "due": due or now_s() + 5})
            if due is None:
                self.hurry(self.open[-1])

    def spoil(self, word: str, channel: dict) -> dict:
        """Lets the platform fail the first call with this word; what may become of the post because of it."""
        if channel["platform"] == "website":
            return {}
        match = {"method": "POST", "body_contains": word}
        kinds = FAULTS + [FORGETFUL_429] * self.has_minutes
        if channel["platform"] in TAKE_TIME:
            kinds = kinds + [PENDING] * 4 + PENDING_FOR_LONG * self.has_minutes
        fault = self.random.choice(kinds)
        if channel["platform"] in SECOND_STEPS and fault["kind"] != "pending" and "status" not in fault:
            # The call that publishes does not have the text: whichever comes next.
            match = {"method": "POST", "path_prefix": SECOND_STEPS[channel["platform"]].format(user=channel["user"])}
        self.company.cluster.instance.sandbox().ask("POST", "/_sandbox/faults", fault | {
            "platform": channel["platform"], "match": match}, 201)
        return {"allows": ["failed"]} if fault.get("status") in REFUSED_FOR_GOOD else {}

    def cancel(self, post: dict) -> None:
        sent, told, answer = self.ask("POST", f"/posts/{post['id']}/cancel")
        if told is None:
            self.company.recorder.act(what="cancel", post=post["id"], sent=sent, told=None)
        elif answer.status == 200:
            gone = [one["id"] for one in answer.json()["deliveries"] if one["state"] == "cancelled"]
            self.company.recorder.act(what="cancel", post=post["id"], sent=sent, told=told, cancelled=gone)

    def move(self, post: dict) -> None:
        at = round(now_s() + self.random.uniform(0.3, 3), 3)
        self.change(post, "move", "POST", f"/posts/{post['id']}/schedule", {"scheduled_at": time_text(at)}, due=at)

    def hurry(self, post: dict) -> None:
        self.change(post, "hurry", "POST", f"/posts/{post['id']}/publish-now", None)

    def edit(self, post: dict) -> None:
        word = self.word()
        self.change(post, "edit", "PATCH", f"/posts/{post['id']}", {"text": f"Edited {word}"}, word=word)

    def change(self, post: dict, what: str, method: str, path: str, body, **fact) -> None:
        sent, told, answer = self.ask(method, path, body)
        if what == "hurry":
            fact["due"] = sent
        if told is not None and answer.status in (200, 202) and "due" in fact:
            # Its other deliveries keep the time that they had: they are going out, are in doubt or are half done.
            fact["moved"] = [one["id"] for one in answer.json()["deliveries"] if is_moved(one, fact["due"])]
            if what == "hurry":
                del fact["moved"]  # in the answer they may be on their way already; an earlier time binds nobody
        if told is None or answer.status in (200, 202):
            self.company.recorder.act(what=what, post=post["id"], sent=sent, told=told, **fact)
        post["due"] = max(fact.get("due", 0), post["due"])

    def look(self, post: dict) -> None:
        _, told, answer = self.ask("GET", f"/posts/{post['id']}")
        if told is not None and answer.status == 200:
            for one in answer.json()["deliveries"]:
                self.company.recorder.look(delivery=one["id"], state=one["state"], external_id=one["external_id"])


class Keeper(Person):
    """Pauses and lets go on, by every way that there is, and connects the accounts again whose credentials were
    refused."""

    def __init__(self, company: Company, seed: int, pause_s: float):
        super().__init__(company, seed, pause_s)
        self.wary_until: dict[str, float] = {}  # after a lost answer: the request may still be carried out

    def do_something(self) -> None:
        channel = self.random.choice(self.company.channels)
        of = self.random.choices(PAUSES, (4, 4, 1, 1))[0]
        if self.random.random() < 0.5 and now_s() > self.wary_until.get(self.key_of(of, channel), 0):
            self.pause(of, channel)
        self.connect_what_was_refused()

    @staticmethod
    def key_of(of: str, channel: dict) -> str:
        return f"{of} {channel['id']}" if of in ("switch", "channel") else of

    def switch(self, of: str, channel: dict, on: bool) -> tuple[float, float | None]:
        """Pauses or resumes; (sent, told), and told is None when that it was done is not known."""
        way = pause_call(self.company, of, channel, on)
        sent, told, answer = self.ask(*way)
        if told is None or answer.status != 200:
            self.wary_until[self.key_of(of, channel)] = now_s() + FOREVER_S
            return sent, None
        return sent, told

    def pause(self, of: str, channel: dict) -> None:
        sent, told = self.switch(of, channel, False)
        self.over.wait(self.random.uniform(0.5, 4))
        until = now_s()
        if told is not None:
            self.company.recorder.act(what="pause", of=of, channels=paused_by(self.company, of, channel), sent=sent, told=told,
                                      until=until)
        while self.switch(of, channel, True)[1] is None and not self.over.wait(0.5):
            pass

    def connect_what_was_refused(self) -> None:
        for shown in self.shown_channels():
            if not shown["is_active"]:
                channel = next(one for one in self.company.channels if one["id"] == shown["id"])
                if shown["disabled_reason"]:
                    self.company.connect_again(self.node(), channel)
                self.switch("switch", channel, True)

    def shown_channels(self) -> list[dict]:
        _, told, answer = self.ask("GET", f"/channels?project_id={self.company.project_id}&limit=100")
        return answer.json()["items"] if told is not None and answer.status == 200 else []

    def resume_what_is_paused(self) -> None:
        """Also what a request paused whose answer was lost, and that was carried out later."""
        for shown in self.shown_channels():
            if shown["paused_at"]:
                self.switch("channel", shown, True)
        for of, path in (("project", f"/projects/{self.company.project_id}"), ("company", "/company")):
            _, told, answer = self.ask("GET", path)
            if told is not None and answer.status == 200 and answer.json()["paused_at"]:
                self.switch(of, {}, True)


PAUSES = ("switch", "channel", "project", "company")  # the switch of a channel, and the pauses


def pause_call(company: Company, of: str, channel: dict, on: bool) -> tuple:
    """The call that pauses, or resumes: method, path, body."""
    if of == "switch":
        return "PATCH", f"/channels/{channel['id']}", {"is_active": on}
    what = {"channel": f"/channels/{channel.get('id')}", "project": f"/projects/{company.project_id}", "company": "/company"}[of]
    return "POST", f"{what}/{'resume' if on else 'pause'}", None


def paused_by(company: Company, of: str, channel: dict) -> list[str]:
    return [channel["id"]] if of in ("switch", "channel") else [one["id"] for one in company.channels]
