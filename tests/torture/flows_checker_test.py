#!/usr/bin/env python3
"""The judge of flows can tell: an innocent post breaks no law, and each lie breaks the one that it should. The calls of
every platform are read as its documents say."""

import copy
import json
import pathlib
import sys
import unittest
from datetime import datetime, timezone

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
import cases
from calls import all_arrivals_of, removals_of
from flows_checker import FlowsJudge
from history import History

BEGIN = 1_790_000_000.0
POST, SECOND, THIRD, COMMENT = (letter * 32 for letter in "abcd")


def text_of(at: float) -> str:
    return datetime.fromtimestamp(at, timezone.utc).isoformat().replace("+00:00", "Z")


def line(platform: str, path: str, body, external_id: str | None = None, at: float = BEGIN, decision: str = "accepted",
         method: str = "POST", account: str = "42", **more) -> dict:
    return {"kind": "arrived", "platform": platform, "method": method, "path": path, "query": "", "account": account,
            "arrived_at": text_of(at), "body": body if isinstance(body, str) else json.dumps(body), "decision": decision, "status": 200,
            "external_id": external_id, "fault": None} | more


def tweet(word: str, external_id: str, above: str = "", at: float = BEGIN) -> dict:
    body = {"text": f"Post {word}"} | ({"reply": {"in_reply_to_tweet_id": above}} if above else {})
    return line("x", "/2/tweets", body, external_id, at)


def innocent() -> History:
    """A thread of three on X, and a post with its first comment at LinkedIn; both were deleted everywhere."""
    history = History(channels={"c1": ["x", "42"], "c2": ["linkedin", "7"]})
    history.acts = [{"what": "create", "word": POST, "due": BEGIN, "sent": BEGIN - 1, "told": BEGIN - 0.9, "post": "p1", "media": 0,
                     "deliveries": [{"id": "d1", "channel": "c1"}, {"id": "d2", "channel": "c2"}], "deleted": True, "faults": {},
                     "further": {"c1": [SECOND, THIRD], "c2": [COMMENT]}, "comments": {"c2": True}}]
    history.deliveries = [{"id": name, "post_id": "p1", "channel_id": channel, "state": "published", "external_id": external_id,
                           "due_at": BEGIN, "text": f"Post {POST}"}
                          for name, channel, external_id in (("d1", "c1", "900"), ("d2", "c2", "urn:li:share:1"))]
    history.attempts = [{"delivery_id": name, "number": 1, "started_at": BEGIN + 0.1, "finished_at": BEGIN + 0.4} for name in ("d1", "d2")]
    history.journal = [
        tweet(POST, "900", at=BEGIN + 0.2), tweet(SECOND, "901", "900", BEGIN + 0.3), tweet(THIRD, "902", "901", BEGIN + 0.4),
        line("linkedin", "/rest/posts", {"commentary": f"Post {POST}"}, "urn:li:share:1", BEGIN + 0.2, account="7"),
        line("linkedin", "/rest/socialActions/urn%3Ali%3Ashare%3A1/comments",
             {"object": "urn:li:share:1", "message": {"text": f"Comment {COMMENT}"}}, "urn:li:comment:1", BEGIN + 0.3, account="7"),
    ] + [line("x", f"/2/tweets/{one}", "", one, BEGIN + 9, method="DELETE") for one in ("902", "901", "900")] + [
        line("linkedin", "/rest/posts/urn%3Ali%3Ashare%3A1", "", None, BEGIN + 9, "done", "DELETE", "7")]
    return history


class FlowsChecker(unittest.TestCase):
    def broken(self, history: History, deaths: list[float] = ()) -> list[str]:
        return [law.name for law in FlowsJudge(history, list(deaths)).judge() if law.broken]

    def test_innocent(self):
        """an innocent post breaks no law, and puts each to the test"""
        laws = FlowsJudge(innocent(), []).judge()
        self.assertEqual([(law.name, law.broken) for law in laws if law.broken or not law.n], [])

    def test_part_twice(self):
        """a part that is accepted twice, or sent again after it was accepted"""
        for decision in ("accepted", "refused"):
            history = innocent()
            history.journal.append(tweet(THIRD, "903", "901", BEGIN + 5) | {"decision": decision})
            self.assertIn("each part", self.broken(history))

    def test_comment_twice(self):
        """a comment that stands there twice"""
        history = innocent()
        history.journal.append(history.journal[4] | {"external_id": "urn:li:comment:2", "arrived_at": text_of(BEGIN + 2)})
        self.assertEqual(self.broken(history), ["each part"])

    def test_out_of_order(self):
        """a part below another one than the one before it, or before that was there; a comment below a foreign post"""
        history = innocent()
        history.journal[2] = tweet(THIRD, "902", "900", BEGIN + 0.4)
        self.assertEqual(self.broken(history), ["in order"])
        history.journal[2] = tweet(THIRD, "902", "901", BEGIN + 0.25)
        self.assertEqual(self.broken(history), ["in order"])
        history = innocent()
        history.journal[4]["body"] = history.journal[4]["body"].replace("share:1", "share:2")
        self.assertEqual(self.broken(history), ["in order"])

    def test_incomplete(self):
        """what is called published lacks its last part, or a comment that nobody refused"""
        for index in (2, 4):
            history = innocent()
            history.journal.pop(index)
            self.assertIn("whole", self.broken(history))

    def test_refused_comment(self):
        """a comment that was refused for good is no fault of the post"""
        history = innocent()
        history.journal.pop(4)
        history.acts[0]["faults"] = {"c2": [{"kind": "status", "status": 400, "word": COMMENT}]}
        self.assertEqual(self.broken(history), [])

    def test_unasked(self):
        """something stands below a post that nobody asked for"""
        history = innocent()
        history.journal.append(tweet("e" * 32, "950", "900", BEGIN + 1))
        self.assertEqual(self.broken(history), ["unasked"])

    def test_shown(self):
        """a picture is missing, and one is there that nobody wanted"""
        history = innocent()
        history.acts[0]["media"] = 1
        self.assertEqual(self.broken(history), ["shown"])

    def test_wrong_end(self):
        """what nothing was done to did not go out; what was refused may have failed; what was lost may be unconfirmed where nobody can be asked"""
        refused, lost = {"kind": "status", "status": 400, "word": POST}, {"kind": "drop_before", "word": POST}
        for delivery, state, fault, is_right in ((0, "failed", None, False), (0, "failed", refused, True), (0, "unconfirmed", lost, False),
                                                 (1, "unconfirmed", None, False), (1, "unconfirmed", lost, True), (1, "waiting", lost, False)):
            history = innocent()
            history.deliveries[delivery]["state"] = state
            history.acts[0]["faults"] = {history.deliveries[delivery]["channel_id"]: [fault] if fault else []}
            self.assertEqual("right end" not in self.broken(history), is_right, (delivery, state, fault))

    def test_death(self):
        """a death under an attempt is a reason for not knowing, and one long before or after is none"""
        history = innocent()
        history.deliveries[1]["state"] = "unconfirmed"
        self.assertNotIn("right end", self.broken(history, [BEGIN + 0.3]))
        self.assertIn("right end", self.broken(history, [BEGIN - 60, BEGIN + 60]))

    def test_throttled(self):
        """a platform refused a call because there were too many; planted it is none of Pulse's doing"""
        history = innocent()
        history.journal[0]["status"] = 429
        self.assertEqual(self.broken(history), ["throttled"])
        history.journal[0]["fault"] = {"id": "f1", "kind": "status"}
        self.assertEqual(self.broken(history), [])

    def test_still_there(self):
        """a part, or a post, is still there after it was deleted everywhere"""
        for index in (5, 8):
            history = innocent()
            history.journal[index]["decision"] = "refused"
            self.assertEqual(self.broken(history), ["deleted"])

    def test_gone(self):
        """something is gone that nobody asked to have deleted"""
        history = innocent()
        history.acts[0]["deleted"] = False
        self.assertEqual(self.broken(history), ["kept"])


class Calls(unittest.TestCase):
    def only(self, *journal: dict) -> tuple:
        """Of the one call that publishes: word, what it is below, media, id."""
        found = all_arrivals_of(list(journal))
        self.assertEqual(len(found), 1, found)
        return found[0].word, found[0].above, found[0].media, found[0].external_id

    def test_posts(self):
        """a post of every platform, with what it shows"""
        self.assertEqual(self.only(line("x", "/2/tweets", {"text": POST, "media": {"media_ids": ["1", "2"]}}, "9")), (POST, "", 2, "9"))
        self.assertEqual(self.only(line("linkedin", "/rest/posts", {"commentary": POST, "content": {"media": {"id": "i"}}}, "u")), (POST, "", 1, "u"))
        self.assertEqual(self.only(line("linkedin", "/rest/posts", {"commentary": POST, "content": {"multiImage": {"images": [1, 2, 3]}}}, "u")),
                         (POST, "", 3, "u"))
        self.assertEqual(self.only(line("pinterest", "/v5/pins", {"description": POST}, "5")), (POST, "", 1, "5"))
        self.assertEqual(self.only(line("mastodon", "/api/v1/statuses", {"status": POST, "media_ids": ["1"]}, "6")), (POST, "", 1, "6"))
        record = {"text": POST, "embed": {"images": [1, 2]}}
        self.assertEqual(self.only(line("bluesky", "/xrpc/com.atproto.repo.putRecord", {"record": record}, "at://1")), (POST, "", 2, "at://1"))
        record = {"text": POST, "embed": {"$type": "app.bsky.embed.video", "video": {"size": 1}}}
        self.assertEqual(self.only(line("bluesky", "/xrpc/com.atproto.repo.putRecord", {"record": record}, "at://1")), (POST, "", 1, "at://1"))
        form = f"message=Post%20{POST}&attached_media%5B0%5D=a&attached_media%5B1%5D=b"
        self.assertEqual(self.only(line("facebook", "/v26.0/42/feed", form, "42_1")), (POST, "", 2, "42_1"))

    def test_steps(self):
        """what is published by a second call has the words of the first, and what is not published is none"""
        for platform, edge, field in (("instagram", "/v26.0/42/media", "caption"), ("threads", "/v1.0/42/threads", "text")):
            child = line(platform, edge, "image_url=https%3A%2F%2Fe&is_carousel_item=true", "1", decision="done")
            parent = line(platform, edge, f"children=1%2C2%2C3&{field}=Post+{POST}", "4", decision="done")
            self.assertEqual(all_arrivals_of([child, parent]), [])
            self.assertEqual(self.only(child, parent, line(platform, f"{edge}_publish", "creation_id=4", "5")), (POST, "", 3, "5"))
        film = [line("facebook", "/v26.0/42/videos", "hex:00", "1", decision="done"),
                line("facebook", "/v26.0/42/videos", f"upload_phase=finish&description={POST}", "2")]
        self.assertEqual(self.only(*film), (POST, "", 1, "2"))
        body = {"post_info": {"title": POST}, "source_info": {"source": "PULL_FROM_URL", "photo_images": ["1", "2"]}}
        self.assertEqual(self.only(line("tiktok", "/v2/post/publish/content/init/", body, "p_pub_url~v2.7")), (POST, "", 2, "p_pub_url~v2.7"))

    def test_film_of_tiktok(self):
        """TikTok's film is published by the piece that makes it whole, which names no account"""
        body = {"post_info": {"title": POST}, "source_info": {"source": "FILE_UPLOAD"}}
        begun = line("tiktok", "/v2/post/publish/video/init/", body, "v_pub_file~v2-1.7", decision="done")
        piece = line("tiktok", "/video/", "hex:00", "v_pub_file~v2-1.7", method="PUT", account="", query="upload_id=7&upload_token=t")
        self.assertEqual(self.only(begun, piece), (POST, "", 1, "v_pub_file~v2-1.7"))
        self.assertEqual(all_arrivals_of([begun, piece])[0].account, "tiktok 42")

    def test_below(self):
        """what stands below a post names it"""
        self.assertEqual(self.only(line("mastodon", "/api/v1/statuses", {"status": SECOND, "in_reply_to_id": "6"}, "7")), (SECOND, "6", 0, "7"))
        record = {"text": SECOND, "reply": {"root": {"uri": "at://0"}, "parent": {"uri": "at://1"}}}
        self.assertEqual(self.only(line("bluesky", "/xrpc/com.atproto.repo.putRecord", {"record": record}, "at://2")), (SECOND, "at://1", 0, "at://2"))
        container = line("threads", "/v1.0/42/threads", f"media_type=TEXT&text={SECOND}&reply_to_id=5", "8", decision="done")
        self.assertEqual(self.only(container, line("threads", "/v1.0/42/threads_publish", "creation_id=8", "9")), (SECOND, "5", 0, "9"))
        for platform in ("facebook", "instagram"):
            self.assertEqual(self.only(line(platform, "/v26.0/42_1/comments", f"message={COMMENT}", "c")), (COMMENT, "42_1", 0, "c"))

    def test_removals(self):
        """what is taken away, by its id at each platform"""
        journal = [line("linkedin", "/rest/posts/urn%3Ali%3Ashare%3A1", "", None, method="DELETE"),
                   line("bluesky", "/xrpc/com.atproto.repo.deleteRecord", {"repo": "did:1", "collection": "app.bsky.feed.post", "rkey": "k"}),
                   line("x", "/2/tweets/9", "", "9", method="DELETE", decision="dropped")]
        self.assertEqual([(one.external_id, one.is_done) for one in removals_of(journal)],
                         [("urn:li:share:1", True), ("at://did:1/app.bsky.feed.post/k", True), ("9", False)])

    def test_lists_are_none(self):
        """a look, an upload, and a call that changes a post publish nothing"""
        journal = [line("x", "/2/users/42/tweets", "", method="GET"), line("linkedin", "/rest/posts/urn%3Ali%3Ashare%3A1", {"patch": {}}),
                   line("mastodon", "/api/v2/media", "hex:00", "1"), line("tiktok", "/v2/post/publish/status/fetch/", {"publish_id": "v"})]
        self.assertEqual(all_arrivals_of(copy.deepcopy(journal)), [])


if __name__ == "__main__":
    cases.run()
