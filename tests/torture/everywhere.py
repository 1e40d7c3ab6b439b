"""A company that publishes everywhere: many posts to seven channels each, over every platform and every flow (texts,
pictures, several of them, films, threads, first comments, deleting), while calls go wrong at the platforms and
processes are killed."""

import dataclasses
import math
import os
import pathlib
import random
import struct
import subprocess
import uuid
from collections import Counter, defaultdict

import checker
from cluster import Cluster, Node, now_s
from disturbances import Chaos
from flows_checker import FlowsJudge
from history import read_database
from stage import ALL, DEMANDED, Say, Stage
from workload import SECOND_STEPS, TAKE_TIME, Person, time_text

POSTS = int(os.environ.get("TORTURE_POSTS", "1000"))
FEW = 100
POSTS_A_SECOND = float(os.environ.get("TORTURE_POSTS_A_SECOND", "2.5"))  # fewer on a machine that others use, too
CHANNELS = 7          # that each post goes to
OPENING = 2           # posts with threads and without faults come first, so that a short run deletes threads, too
FAULTY = 0.05         # of the deliveries
DELETED = 0.1         # of the posts
WRITERS = 4
SETTLES_S = 600       # in the end, at most: budgets hold back what is more than they allow
PLATFORMS = ("x", "linkedin", "facebook", "instagram", "threads", "tiktok", "pinterest", "mastodon", "bluesky", "website")
# By what a post shows: who takes it, and how often there is one.
KINDS = {
    "text": (25, ("x", "linkedin", "facebook", "threads", "mastodon", "bluesky", "website")),
    "picture": (35, PLATFORMS),
    "pictures": (20, ("x", "linkedin", "facebook", "instagram", "threads", "tiktok", "mastodon", "bluesky")),
    "film": (20, ("x", "linkedin", "facebook", "instagram", "threads", "tiktok", "mastodon", "bluesky")),
}
HAVE_THREADS = ("x", "threads", "mastodon", "bluesky")
HAVE_COMMENTS = ("linkedin", "facebook", "instagram")
FAULTS = [{"kind": "slow", "ms": 400}, {"kind": "slow", "ms": 3000}, {"kind": "late", "ms": 700}, {"kind": "accept_then_drop"},
          {"kind": "accept_then_500"}, {"kind": "accept_then_empty_200"}, {"kind": "empty_200"}, {"kind": "cut", "bytes": 40},
          {"kind": "drop_before"}, {"kind": "status", "status": 500}, {"kind": "status", "status": 503},
          {"kind": "status", "status": 429, "retry_after": 2}, {"kind": "status", "status": 400}]
DELETE_FAULTS = [{"kind": "status", "status": 500}, {"kind": "accept_then_drop"}, {"kind": "drop_before"}, {"kind": "slow", "ms": 2000}]
# What holds besides what the platforms allow: calls in so many seconds; Pulse is told of a longer window, see
# workload.FRUGAL. TikTok's own word is 20 questions about a creator a minute, and each attempt asks one.
BUDGETS = {"tiktok": {"calls": 18, "window_s": 60, "told_window_s": 66, "burst": 6},
           "pinterest": {"calls": 20, "window_s": 30, "told_window_s": 33, "burst": 8}}
COMPANY_BUDGET = {"calls": 100, "window_s": 20, "told_window_s": 22, "burst": 30}
ASKED_A_MINUTE = 20
FILLING_BYTES = 90_000
DEMANDED_FLOWS = {"each part", "in order", "whole", "unasked", "shown", "right end", "throttled", "deleted", "kept"}


@dataclasses.dataclass
class Planned:
    """A post that is to be written, and everything random about it."""

    at_s: float  # after the beginning
    word: str
    shows: str
    channels: list[dict]
    further: dict[str, list[str]]  # by platform: the words of what goes below it
    faults: dict[str, list[dict]]  # by channel
    due_in_s: float
    is_private: bool


class Plan:
    """What is written, from the seed alone."""

    def __init__(self, seed: int, channels: list[dict], posts: int):
        self.random = random.Random(seed)
        self.by_platform: dict[str, list[dict]] = defaultdict(list)
        for channel in channels:
            self.by_platform[channel["platform"]].append(channel)
        self.posts = [self.post(number / POSTS_A_SECOND, number < OPENING) for number in range(posts)]
        pairs = [(post, channel) for post in self.posts[OPENING:] for channel in post.channels if channel["platform"] != "website"]
        self.faults = math.ceil(FAULTY * len(pairs))
        for post, channel in self.random.sample(pairs, self.faults):
            post.faults[channel["id"]] = [self.fault(post, channel)]

    def word(self) -> str:
        return uuid.UUID(int=self.random.getrandbits(128)).hex

    def post(self, at_s: float, opens: bool) -> Planned:
        shows = "picture" if opens else self.random.choices(list(KINDS), [weight for weight, _ in KINDS.values()])[0]
        platforms = list(KINDS[shows][1])
        self.random.shuffle(platforms)
        if opens:
            platforms.sort(key=lambda one: one not in HAVE_THREADS)
        chosen = [self.random.choice(self.by_platform[one]) for one in platforms[:CHANNELS]]
        others = [channel for one in platforms for channel in self.by_platform[one] if channel not in chosen]
        chosen += self.random.sample(others, CHANNELS - len(chosen))
        further = {}
        if opens or (shows != "film" and self.random.random() < 0.4):
            further |= {one: [self.word() for _ in range(self.random.randint(1, 3))] for one in HAVE_THREADS}
        if self.random.random() < 0.4:
            further |= {one: [self.word()] for one in HAVE_COMMENTS}
        there = {channel["platform"] for channel in chosen}
        return Planned(at_s, self.word(), shows, chosen, {one: words for one, words in further.items() if one in there}, {},
                       self.random.uniform(1, 6), self.random.random() < 0.2)

    def fault(self, post: Planned, channel: dict) -> dict:
        """What its platform does to a call of this delivery; of two steps to the first, or to the account's next
        second one."""
        platform = channel["platform"]
        below = post.further.get(platform, [])
        word = self.random.choice(below) if below and self.random.random() < 0.4 else post.word
        kinds = FAULTS + [{"kind": "pending", "ms": 3000}] * (3 if platform in TAKE_TIME else 0)
        if platform in TAKE_TIME and word == post.word:
            kinds = kinds + [{"kind": "fails_processing"}]
        chosen = self.random.choice(kinds)
        match = {"method": "POST", "account": channel["user"], "body_contains": word}
        if platform in SECOND_STEPS and word == post.word and "status" not in chosen and chosen["kind"] not in ("pending", "fails_processing"):
            match = {"method": "POST", "account": channel["user"], "path_prefix": SECOND_STEPS[platform].format(user=channel["user"])}
        return chosen | {"word": word, "match": match}


class Poster(Person):
    """Writes what is planned, each at its time."""

    def __init__(self, stage: Stage, plan: list[Planned], begun: float, media: dict[str, list[str]], seed: int):
        super().__init__(stage.company, seed, 0.02)
        self.plan, self.begun, self.media = plan, begun, media

    def do_something(self) -> None:
        try:
            post = self.plan.pop()  # the next: they lie the other way round, and no two writers take the same
        except IndexError:
            return self.over.set()
        while now_s() < self.begun + post.at_s and not self.over.wait(0.02):
            pass
        return self.write(post)

    def write(self, post: Planned) -> None:
        for channel in post.channels:
            for fault in post.faults.get(channel["id"], []):
                told = {name: value for name, value in fault.items() if name != "word"}
                self.company.cluster.instance.sandbox().ask("POST", "/_sandbox/faults", told | {"platform": channel["platform"]}, 201)
        media = self.media[post.shows]
        body = {"project_id": self.company.project_id, "text": f"Post {post.word}",
                "channel_ids": [channel["id"] for channel in post.channels], "options": self.options(post)}
        if media:
            body["media"] = [{"media_id": one} for one in media]
        made = None
        for again in range(20):  # once nearly always: unless its time had passed before it could be stored
            due = round(now_s() + post.due_in_s + again, 3)
            first, told, made = self.store(body | {"scheduled_at": time_text(due)}, f"{post.word}-{again}", due)
            if made is not None or first is None:
                break
        if made is None:
            return self.company.recorder.odd(f"a post could not be stored: {body}")
        self.company.recorder.act(what="create", word=post.word, due=due, sent=first, told=told, post=made["id"], media=len(media),
                                  deliveries=[{"id": one["id"], "channel": one["channel_id"]} for one in made["deliveries"]],
                                  **self.facts(post))

    def store(self, body: dict, key: str, due: float):
        """(sent, told, what was made): nothing was made when its time had passed, and then nothing was sent when
        that is odd."""
        first = None
        while True:  # the key makes it the same call
            sent, told, answer = self.ask("POST", "/posts", body, {"idempotency-key": key})
            first = first or sent
            if told is not None and answer.status in (200, 201):
                return first, told, answer.json()
            if told is not None and answer.status == 422 and now_s() > due:
                return first, told, None
            if (told is not None and answer.status not in (409, 429)) or now_s() > first + 120:
                self.company.recorder.odd(f"POST /posts answered {answer}")
                return None, None, None
            self.over.wait(0.3)

    @staticmethod
    def options(post: Planned) -> dict:
        made = {}
        for platform, words in post.further.items():
            if platform in HAVE_COMMENTS:
                made[platform] = {"first_comment": f"Comment {words[0]}"}
            else:
                made[platform] = {"thread": "\n---\n".join(f"Part {word}" for word in words)}
        if any(channel["platform"] == "tiktok" for channel in post.channels):
            made["tiktok"] = {"privacy_level": "SELF_ONLY" if post.is_private else "PUBLIC_TO_EVERYONE", "disclosure": "none"}
        return made

    @staticmethod
    def facts(post: Planned) -> dict:
        """What the judge must know of it."""
        below = {channel["id"]: post.further[channel["platform"]] for channel in post.channels if channel["platform"] in post.further}
        may_fail = any(fault.get("status") == 400 or fault["kind"] == "fails_processing" for all in post.faults.values() for fault in all)
        return {"further": below, "faults": post.faults, "allows": ["failed"] if may_fail else [],
                "comments": {channel["id"]: True for channel in post.channels if channel["platform"] in HAVE_COMMENTS}}


# --- what is shown

def make_media(folder: pathlib.Path) -> dict[str, pathlib.Path]:
    """Small files that every platform takes."""
    made = {f"picture{number}": folder / f"picture{number}.jpg" for number in range(3)} | {"film": folder / "film.mp4"}
    for number, colour in enumerate(("red", "green", "blue")):
        ffmpeg(f"color=c={colour}:size=400x400:rate=1", "-frames:v", "1", "-q:v", "20", made[f"picture{number}"])
    ffmpeg("color=c=gray:size=400x400:rate=25", "-t", "4", "-c:v", "libx264", "-pix_fmt", "yuv420p", made["film"])
    with made["film"].open("ab") as film:  # LinkedIn takes none of fewer than 75 KB
        film.write(struct.pack(">I4s", FILLING_BYTES, b"free") + bytes(FILLING_BYTES - 8))
    return made


def ffmpeg(source: str, *more) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, *map(str, more)], check=True, timeout=60,
                   stdin=subprocess.DEVNULL)


def upload(stage: Stage) -> dict[str, list[str]]:
    """By what a post shows: the media of it in the company's library."""
    client = stage.first.client(stage.company.token)
    ids = {}
    for name, file in make_media(stage.cluster.instance.folder).items():
        kind = "video/mp4" if file.suffix == ".mp4" else "image/jpeg"
        path = f"/media?project_id={stage.company.project_id}&name={file.name}"
        ids[name] = client.ask("POST", path, file.read_bytes(), 201, headers={"content-type": kind})["id"]
    return {"text": [], "picture": [ids["picture0"]], "pictures": [ids["picture1"], ids["picture2"]], "film": [ids["film"]]}


# --- budgets

def set_budgets(stage: Stage) -> None:
    cluster, history = stage.cluster, stage.session.recorder.history
    for platform, budget in BUDGETS.items():
        cluster.instance.psql(
            f"UPDATE platform_rate_limits SET posts = {budget['calls']}, window_seconds = {budget['told_window_s']}, burst = {budget['burst']}"
            f" WHERE tenant_id IS NULL AND platform = '{platform}' AND scope = 'account'")
        for channel in stage.company.channels:
            if channel["platform"] == platform:
                history.limits[f"{platform} {channel['user']}"] = [[budget["calls"], budget["window_s"]]]
    sandbox = cluster.instance.sandbox()
    sandbox.ask("POST", "/_sandbox/limits", {"platform": "tiktok", "ask": {"limit": ASKED_A_MINUTE}})
    sandbox.ask("POST", "/_sandbox/limits", {"platform": "pinterest", "write": {"limit": BUDGETS["pinterest"]["calls"],
                                                                               "window_s": BUDGETS["pinterest"]["window_s"]}})
    stage.first.client(stage.company.token).ask("PUT", "/rate-limits/x/tenant", {
        "posts": COMPANY_BUDGET["calls"], "window_seconds": COMPANY_BUDGET["told_window_s"], "burst": COMPANY_BUDGET["burst"]})
    history.limits[f"x of {stage.company.id}"] = [[COMPANY_BUDGET["calls"], COMPANY_BUDGET["window_s"]]]


# --- the play

def deaths_of(nodes: list[Node]) -> list[float]:
    return sorted(at for node in nodes for at in node.deaths)


def end_session(stage: Stage) -> None:
    """As if the token of whoever writes and deletes had lived its quarter of an hour: short runs meet it, too."""
    stage.company.token = "over"


def write_and_disturb(stage: Stage, plan: Plan, media: dict[str, list[str]], seed: int) -> None:
    begun = now_s()
    left = plan.posts[::-1]
    writers = [Poster(stage, left, begun, media, seed + number) for number in range(WRITERS)]
    seconds = len(plan.posts) / POSTS_A_SECOND
    chaos = Chaos(stage.cluster, [], stage.say, begun + seconds + 15)
    # One after the other with time between them: most of the work is to be done.
    moments = Chaos.plan(seed, seconds, {"kill": 3, "failpoint": 2})[::3]
    for writer in writers:
        writer.start()
    half = begun + seconds / 2
    while any(writer.is_alive() for writer in writers):
        if half is not None and now_s() > half:
            half = end_session(stage)
        while moments and moments[0].at <= now_s() - begun:
            chaos.begin(moments.pop(0))
        chaos.end_what_is_over()
        stage.session.watch()
        stage.pass_time(0.02)
    chaos.end_all()
    stage.say(f"written within {now_s() - begun:.0f} s; disturbances: {chaos.done}")


def delete_some(stage: Stage, seed: int) -> int:
    """Deletes a share of the posts that are published on all their channels everywhere, with faults and two more
    deaths; how many."""
    source, history, cluster = random.Random(seed), stage.session.recorder.history, stage.cluster
    states = defaultdict(set)
    for row in history.deliveries:
        states[row["post_id"]].add(row["state"])
    out = [act for act in history.acts if states.get(act["post"]) == {"published"}]
    chosen = source.sample(out, min(len(out), max(3, int(DELETED * len(history.acts)))))
    threads = [act for act in out if act["further"].keys() - act["comments"].keys()]
    if threads and not any(act in threads for act in chosen):
        chosen[0] = threads[0]
    for channel in source.sample(stage.company.channels, min(len(chosen), len(stage.company.channels) // 2)):
        if channel["platform"] != "website":
            cluster.instance.sandbox().ask("POST", "/_sandbox/faults", source.choice(DELETE_FAULTS) | {
                "platform": channel["platform"], "match": {"method": "DELETE", "account": channel["user"]}}, 201)
    for number, act in enumerate(chosen):
        if number in (len(chosen) // 3, 2 * len(chosen) // 3):
            stage.again(source.choice(cluster.nodes), keeps_state=True)
        asked = lambda: is_asked(stage, act["post"])  # noqa: E731 (of this one)
        if stage.until(asked, "the deletion is acknowledged", 60):
            act["deleted"] = True
    gone = lambda: all(is_gone(stage, act["post"]) for act in chosen)  # noqa: E731
    stage.until(gone, "all that was deleted is gone", 180)
    return len(chosen)


def is_asked(stage: Stage, post: str) -> bool:
    answer = stage.company.call(stage.first, "DELETE", f"/posts/{post}?everywhere=true")
    return answer is not None and answer.status in (200, 202, 404)


def is_gone(stage: Stage, post: str) -> bool:
    answer = stage.company.call(stage.first, "GET", f"/posts/{post}")
    return answer is not None and answer.status == 404


def everywhere(seed: int, say: Say, posts: int | None = None) -> list[checker.Law]:
    """So many posts to seven channels each."""
    posts = posts or POSTS
    # Where an account is slow, by its platform's word or because a picture must settle there, there are more of them.
    slow = {"tiktok": 7, "linkedin": 4} if posts > FEW else {"tiktok": 1, "linkedin": 1}
    platforms = PLATFORMS + ("x", "facebook", "instagram", "threads", "pinterest", "mastodon", "bluesky") + tuple(
        platform for platform, more in slow.items() for _ in range(more))
    with Cluster(2) as cluster:
        cluster.instance.settings["MEDIA_FOLDER"] = str(cluster.instance.folder / "media")  # which both processes have
        cluster.instance.plant()
        stage = Stage(cluster, seed, say, len(platforms), platforms)
        stage.session.quiet_s = SETTLES_S
        stage.second.start(keeps_state=True)
        stage.second.wait_until_ready()
        set_budgets(stage)
        media = upload(stage)
        plan = Plan(seed, stage.company.channels, posts)
        write_and_disturb(stage, plan, media, seed)
        took = stage.session.calm()
        say(f"settled after {took:.1f} s" if took is not None else "still not settled")
        history = stage.session.recorder.history
        history.settles_s = SETTLES_S
        read_database(history, cluster.instance.psql)
        end_session(stage)
        removed = delete_some(stage, seed)
        history.journal = cluster.instance.journal()
        deaths = deaths_of(cluster.nodes)
        demanded = DEMANDED | {"not again", "is found"} | ({"limits"} if posts > FEW else set())  # few posts fill no window
        laws = checker.judge(history, demanded) + judged_flows(history, deaths)
        tell(stage, plan, deaths, removed)
        return stage.session.verdict("everywhere", laws + stage.laws)


def judged_flows(history, deaths: list[float]) -> list[checker.Law]:
    laws = FlowsJudge(history, deaths).judge()
    void = checker.Law("not void", "every flow was put to the test, with faults and deaths")
    for law in laws:
        void.hold(law.n > 0 or law.name not in DEMANDED_FLOWS, f"the law '{law.name}' was never put to the test")
    void.hold(bool(deaths), "no process died")
    return [*laws, void]


def tell(stage: Stage, plan: Plan, deaths: list[float], removed: int) -> None:
    history = stage.session.recorder.history
    shown = Counter(post.shows for post in plan.posts)
    below = sum(len(words) for act in history.acts for words in act["further"].values())
    stage.say(f"n: {len(history.acts)} posts to {CHANNELS} channels each, {len(history.deliveries)} deliveries, {plan.faults} faults, "
              f"{len(deaths)} deaths of processes; {dict(shown)}; {below} parts and comments below; {removed} deleted everywhere")
    stage.session.tell()


ALL["everywhere"] = everywhere
