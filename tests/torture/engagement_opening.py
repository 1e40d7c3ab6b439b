"""The opening of the torture of engagement, the same whatever the seed: acts that could all go at one moment, and would
break laws if they did, before anybody dies. What is random beside it may happen not to bring that about, and a law that
nothing tried to break holds."""

import time
import typing

from engagement_checker import plain
from instance import Client, wait_for

if typing.TYPE_CHECKING:
    from engagement_world import World

# Nothing is due before everybody has said their word, and then all of it is at one moment.
FAR_S = 3600
PATIENCE_S = 120
# What several members would like to say; each of them but one has to find other words.
SAID_BY_ALL = "Well said, and good to read"
SPELLINGS = (str, str.upper, lambda text: text + "  ", lambda text: text.replace(" ", "  "), lambda text: "\n" + text)
MOST_ACTS = 4  # that may ever go out
# Who they are, and whether they are to like and to comment: one who says no to the like, one who would say the same as
# the first, one who says yes to both at once, and one who is not at work now.
CAST = {"first": (True, True), "second": (False, True), "both": (True, True), "away": (True, False)}
BRING_FORWARD = "UPDATE engagements SET not_before = now() WHERE state = 'queued'"
# What may go on waiting: the second act of one member for a minute, and who is away.
STILL_OPEN = """SELECT count(*) FROM engagements WHERE state IN ('sending', 'unknown') AND NOT is_asked
                OR state = 'queued' AND coalesce(hold, '') NOT IN ('stagger', 'hours')"""


class Opening:
    """The cast under a post of its own. `begin` lets their acts go, which takes seconds; `wait` is for the end of
    that."""

    def __init__(self, world: "World", first_number: int):
        self.world = world
        self.people: dict[str, Client] = {}
        for number, (name, (likes, comments)) in enumerate(CAST.items(), first_number):
            self.people[name] = world.join(number)
            world.follow(self.people[name], world.connect(self.people[name]),
                         {"hours": world.hours_elsewhere()} if name == "away" else {}, likes=likes, comments=comments)

    def begin(self) -> None:
        world = self.world
        world.set_page(first_delay_seconds=FAR_S)
        world.find_post()
        planned = sum(likes + comments for likes, comments in CAST.values())
        wait_for(lambda: world.instance.psql("SELECT count(*) FROM engagements") == [[str(planned)]],
                 "the opening is planned")
        acts = {(name, act["kind"]): act["id"] for name, client in self.people.items()
                for act in client.ask("GET", "/engagements")["items"]}
        world.skip(self.people["first"], acts.pop(("first", "like")))
        self.say("first", acts["first", "comment"], SAID_BY_ALL)
        self.say("second", acts["second", "comment"], world.dice.choice(SPELLINGS)(SAID_BY_ALL))
        self.say("both", acts["both", "comment"], "Right, and worth to be said twice")
        for name in ("both", "away"):
            world.confirm(self.people[name], acts[name, "like"])
        for client in self.people.values():  # of the posts that come later they want nothing
            client.ask("PUT", f"/tracked-pages/{world.page}/subscribe", {"likes": False, "comments": False})
        world.facts.free |= dict.fromkeys(acts.values(), time.time())
        world.instance.psql(BRING_FORWARD)

    def say(self, name: str, act: str, text: str) -> None:
        """Where somebody has said the same, in other words."""
        if self.world.confirm(self.people[name], act, text).status != 200:
            self.world.confirm(self.people[name], act, f"In words of my own: {plain(text)[::-1]}")

    def wait(self) -> None:
        wait_for(lambda: self.world.instance.psql(STILL_OPEN) == [["0"]], "the opening is over", PATIENCE_S)
