"""What a call at a platform's stand-in means: which makes a post public, what it shows, which puts something below one,
and which takes one away. It knows the platforms' documents, and nothing of the engine."""

import dataclasses
import json
import re
import urllib.parse

from history import seconds_of

WORD = re.compile(r"[0-9a-f]{32}")  # in every version of a text, in every part and in every comment there is one of its own


@dataclasses.dataclass(frozen=True)
class Arrival:
    """A call that makes something public, as the platform saw it."""

    account: str  # "platform account"
    word: str
    at: float
    is_accepted: bool
    external_id: str | None
    above: str = ""  # of a thread's further part, and of a comment: what it stands below
    media: int = 0   # pictures and films that it shows


    @property
    def names(self) -> set[str]:
        """The ids under which the platform has it: TikTok's is another one once a post is public, at the end of the
        first."""
        first = self.external_id or ""
        return {first, first.rpartition(".")[2]} if self.account.startswith("tiktok ") else {first}


@dataclasses.dataclass(frozen=True)
class Removal:
    """A call that takes away what was public."""

    account: str
    external_id: str
    at: float
    is_done: bool


@dataclasses.dataclass(frozen=True)
class Said:
    """What a call, or the container that it publishes, is made of."""

    word: str
    above: str = ""
    media: int = 0
    account: str = ""
    comes_to_nothing: bool = False  # taken, and refused when the platform had looked into it, as was planted


def arrivals_of(journal: list[dict]) -> list[Arrival]:
    """The calls that publish posts, in the order in which they arrived."""
    return [one for one in all_arrivals_of(journal) if not one.above]


def further_of(journal: list[dict]) -> list[Arrival]:
    """The calls that publish below a post: further parts of threads, and first comments."""
    return [one for one in all_arrivals_of(journal) if one.above]


def all_arrivals_of(journal: list[dict]) -> list[Arrival]:
    made: dict[str, Said] = {}  # what a later call publishes, by its id: containers, and films that are uploaded
    found = []
    for line in journal:
        if line.get("kind") != "arrived" or line["method"] not in ("POST", "PUT"):
            continue
        said, is_first_step = READERS.get(line["platform"], nothing_of)(line, made)
        if said is None:
            continue
        if is_first_step:
            if line["external_id"]:
                made[f"{line['platform']} {line['external_id']}"] = said
            continue
        found.append(Arrival(f"{line['platform']} {said.account or line['account']}", said.word, seconds_of(line["arrived_at"]),
                             line["decision"] == "accepted" and not said.comes_to_nothing, line["external_id"], said.above, said.media))
    return sorted(found, key=lambda one: one.at)


def appearances_of(publications: list[dict]) -> list[Arrival]:
    """What stands on the website, which is no other party's: each is one arrival, at the channel itself."""
    return [Arrival(f"website {one['channel_id']}", word_in(one["text"]), one["published_at"], True, one["id"]) for one in publications]


def removals_of(journal: list[dict]) -> list[Removal]:
    found = []
    for line in journal:
        is_removal = line.get("kind") == "arrived" and (
            line["method"] == "DELETE" or (line["method"] == "POST" and line["path"].endswith("/com.atproto.repo.deleteRecord")))
        if is_removal:
            found.append(Removal(f"{line['platform']} {line['account']}", removed_id_of(line), seconds_of(line["arrived_at"]),
                                 line["decision"] in ("accepted", "done")))
    return found


def removed_id_of(line: dict) -> str:
    if line["platform"] == "bluesky":
        given = fields_of(line)
        return f"at://{given.get('repo')}/{given.get('collection')}/{given.get('rkey')}"
    return urllib.parse.unquote(line["path"].rpartition("/")[2])


# --- what a call says


def fields_of(line: dict) -> dict:
    """The fields of its body, be it JSON or a form, over those of its query."""
    given = dict(urllib.parse.parse_qsl(line.get("query") or ""))
    body = line["body"]
    if isinstance(body, str):
        try:
            body = json.loads(body)
        except ValueError:
            body = dict(urllib.parse.parse_qsl(body))
    return given | body if isinstance(body, dict) else given


def word_in(text: object) -> str:
    found = WORD.search(str(text))
    return found.group(0) if found else ""


def count(list_or_none: object) -> int:
    return len(list_or_none) if isinstance(list_or_none, list) else 0


def at(given: dict, *path: str):
    """What lies at the end of a path of names; None where there is nothing."""
    value: object = given
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


# --- the platforms. Each says of a call what it is made of, and whether another one has yet to publish that; nothing of
# what publishes nothing

NOTHING = (None, False)


def nothing_of(_line: dict, _made: dict):
    return NOTHING


def x_of(line: dict, _made: dict):
    if line["path"] != "/2/tweets":
        return NOTHING
    given = fields_of(line)
    return Said(word_in(given.get("text")), str(at(given, "reply", "in_reply_to_tweet_id") or ""),
                count(at(given, "media", "media_ids"))), False


def linkedin_of(line: dict, _made: dict):
    given = fields_of(line)
    if line["path"] == "/rest/posts":
        media = 1 if at(given, "content", "media") else count(at(given, "content", "multiImage", "images"))
        return Said(word_in(given.get("commentary")), media=media), False
    if line["path"].startswith("/rest/socialActions/") and line["path"].endswith("/comments"):
        return Said(word_in(at(given, "message", "text")), str(given.get("object") or "?")), False
    return NOTHING


def instagram_of(line: dict, made: dict):
    return containers_of(line, made, "media", "caption")


def threads_of(line: dict, made: dict):
    return containers_of(line, made, "threads", "text")


def containers_of(line: dict, made: dict, edge: str, text: str):
    """A container is made, and published by a second call that names it."""
    *_, above, last = line["path"].split("/")
    given = fields_of(line)
    if last == edge:
        children = str(given.get("children") or "")
        shows = any(given.get(name) for name in ("image_url", "video_url"))
        return Said(word_in(given.get(text)), str(given.get("reply_to_id") or ""), children.count(",") + 1 if children else int(shows)), True
    if last == f"{edge}_publish":
        return made.get(f"{line['platform']} {given.get('creation_id')}", Said("")), False
    if last == "comments":
        return Said(word_in(given.get("message")), above), False
    return NOTHING


def facebook_of(line: dict, _made: dict):
    *_, above, last = line["path"].split("/")
    given = fields_of(line)
    if last == "feed":
        return Said(word_in(given.get("message")), media=sum(name.startswith("attached_media") for name in given)), False
    if last == "videos" and given.get("upload_phase") == "finish":
        return Said(word_in(given.get("description")), media=1), False
    if last == "comments":
        return Said(word_in(given.get("message")), above), False
    return NOTHING


def tiktok_of(line: dict, made: dict):
    given = fields_of(line)
    if line["path"] == "/video/":  # a piece of a film, which is small enough to be the only one
        named = [said for name, said in made.items() if name.rpartition(".")[2] == given.get("upload_id")]
        return (named[0] if named else Said("")), False
    if not line["path"].startswith("/v2/post/publish/") or not line["path"].endswith("/init/"):
        return NOTHING
    said = Said(word_in(at(given, "post_info")), media=count(at(given, "source_info", "photo_images")) or 1, account=line["account"],
                comes_to_nothing=at(line, "fault", "kind") == "fails_processing")
    return said, at(given, "source_info", "source") == "FILE_UPLOAD"


def pinterest_of(line: dict, _made: dict):
    given = fields_of(line)
    return (Said(word_in(given.get("description")), media=1), False) if line["path"] == "/v5/pins" else NOTHING


def mastodon_of(line: dict, _made: dict):
    if line["path"] != "/api/v1/statuses":
        return NOTHING
    given = fields_of(line)
    return Said(word_in(given.get("status")), str(given.get("in_reply_to_id") or ""), count(given.get("media_ids"))), False


def bluesky_of(line: dict, _made: dict):
    if line["path"] != "/xrpc/com.atproto.repo.putRecord":
        return NOTHING
    record = fields_of(line).get("record")
    return Said(word_in(at(record, "text")), str(at(record, "reply", "parent", "uri") or ""),
                1 if at(record, "embed", "video") else count(at(record, "embed", "images"))), False


READERS = {"x": x_of, "linkedin": linkedin_of, "instagram": instagram_of, "threads": threads_of, "facebook": facebook_of,
           "tiktok": tiktok_of, "pinterest": pinterest_of, "mastodon": mastodon_of, "bluesky": bluesky_of}
