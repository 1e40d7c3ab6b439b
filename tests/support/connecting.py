"""Accounts at the sandbox for the end-to-end tests of a platform: by clicking through its pages, and by hand."""

import http.cookies
import urllib.parse
import uuid

from instance import Client, Instance


def click_through(instance: Instance, owner: Client, start: str, decision: str) -> dict:
    """Connects as a browser does: the start, a button of the platform's page, the way back; what the dashboard is
    told."""
    begun = owner.call("GET", start)
    if begun.status != 200:
        raise AssertionError(f"connecting should begin with 200, not {begun}")
    cookie = http.cookies.SimpleCookie(begun.headers["set-cookie"])
    page = urllib.parse.urlsplit(begun.json()["authorization_url"])
    sandbox = Client(instance.sandbox_port)
    shown = sandbox.call("GET", f"{page.path}?{page.query}").body.decode()
    user = shown.split("user=")[1].split('"')[0]
    pressed = sandbox.call("GET", f"{page.path}?{page.query}&decision={decision}&user={user}")
    back = urllib.parse.urlsplit(pressed.headers["location"])
    answer = Client(instance.port).call("GET", f"{back.path}?{back.query}", headers={
        "cookie": "; ".join(f"{one.key}={one.value}" for one in cookie.values())})
    if answer.status != 303:
        raise AssertionError(f"the way back should lead to the dashboard, not {answer}")
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(answer.headers["location"]).query))


def add_account(instance: Instance, owner: Client, project_id: str, platform: str) -> tuple[str, str]:
    """A channel with an account of its own, which the sandbox knows; and the account's id."""
    user, token = str(uuid.uuid4().int % 10**12 + 1), "token-" + uuid.uuid4().hex
    instance.sandbox().ask("POST", "/_sandbox/accounts",
                           {"platform": platform, "token": token, "user_id": user, "username": "u" + user}, 201)
    made = owner.ask("POST", "/channels", {"project_id": project_id, "type": platform, "account": {
        "external_user_id": user, "handle": "u" + user, "access_token": token}}, 201)
    return made["id"], user
