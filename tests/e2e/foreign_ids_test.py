#!/usr/bin/env python3
"""An id of another company, wherever a request may name one beside its path, tells no more than an id of nobody.

The authorization matrix (tests/http) has the ids in paths. Here are those in queries and bodies, each found in the API's
own document: a new one is asked for without an edit here, and one whose kind nobody has named fails."""

import json
import pathlib
import re
import sys
import unittest
import uuid
from urllib.parse import urlencode

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import cases
from instance import Answer, Client, Instance

# Which thing an id is of, by the name of its field or parameter.
KINDS = {"actor_id": "member", "account_id": "channel", "campaign_id": "campaign", "channel_id": "channel", "channel_ids": "channel",
         "company_id": "company", "login_id": "member", "media_ids": "post", "member_ids": "member", "page_id": "tracked_page",
         "post_id": "post", "project_id": "project", "project_ids": "project", "rule_id": "rule", "subject_id": "project",
         "successor_id": "member", "team_id": "team", "template_id": "template", "user_id": "member"}
# Which thing the id of a path is of.
PATHS = {"/projects/{id}": "project", "/channels/{id}": "channel", "/posts/{id}": "post", "/campaigns/{id}": "campaign",
         "/content/{id}": "content", "/templates/{id}": "template", "/automation/rules/{id}": "rule",
         "/org/teams/{id}": "team", "/org/members/{id}": "member", "/org/teams/members/{user_id}": "member",
         "/tracked-pages/{id}": "tracked_page"}
# Streams, other authorities than a company's token, and what ends the session that asks.
LEFT_OUT = ("/live", "/activity/live", "/admin/", "/signup", "/auth/", "/webhooks/")


def things_of(owner: Client) -> dict[str, str]:
    """One thing of each kind."""
    project = owner.ask("POST", "/projects", {"name": "P"}, 201)["id"]
    template = owner.ask("POST", "/templates", {"project_id": project, "name": "T", "text": "T"}, 201)["id"]
    rule = {"project_id": project, "name": "R", "trigger": {"kind": "cron", "cron": "0 9 * * *"},
            "action": {"kind": "make_content", "template_id": template}}
    code = owner.ask("POST", "/org/invites", {}, 201)["code"]
    joined = owner.ask("POST", "/org/invites/accept", {"code": code, "email": f"{uuid.uuid4().hex}@example.org",
                                                       "password": "seven quiet bicycles"}, 201)
    return {"project": project, "template": template, "member": joined["member"]["id"], "company": joined["company"]["id"],
            "channel": owner.ask("POST", "/channels", {"project_id": project, "type": "website", "name": "S"}, 201)["id"],
            "post": owner.ask("POST", "/posts", {"project_id": project, "text": "B"}, 201)["id"],
            "campaign": owner.ask("POST", "/campaigns", {"project_id": project, "name": "C"}, 201)["id"],
            "content": owner.ask("POST", "/content", {"project_id": project, "text": "C"}, 201)["id"],
            "rule": owner.ask("POST", "/automation/rules", rule, 201)["id"],
            "team": owner.ask("POST", "/org/teams", {"name": "Red"}, 201)["id"],
            "tracked_page": owner.ask("POST", "/tracked-pages", {"url": "linkedin.com/company/acme"}, 201)["id"]}


def told(answer: Answer, asked: str) -> tuple[int, bytes]:
    """What an answer says, without what differs between any two."""
    body = re.sub(rb'"(request_id|cursor|server_time)" ?: ?"[^"]*"', b"", answer.body).replace(asked.encode(), b"{id}")
    return answer.status, body


class Document:
    """What /openapi.json says of requests."""

    def __init__(self, client: Client, own: dict[str, str]):
        self.paths = client.ask("GET", "/openapi.json")
        self.schemas = self.paths["components"]["schemas"]
        self.paths = self.paths["paths"]
        self.own = own

    def plain(self, schema: dict) -> dict:
        """What a schema is behind references and `or null`."""
        while "$ref" in schema or "anyOf" in schema or "oneOf" in schema:
            if "$ref" in schema:
                schema = self.schemas[schema["$ref"].rsplit("/", 1)[1]]
            else:
                schema = next(each for each in schema.get("anyOf", schema.get("oneOf")) if each.get("type") != "null")
        return schema

    def example(self, schema: dict, name: str = "", depth: int = 0):
        """A value that the schema allows, with our own ids."""
        schema = self.plain(schema)
        if "enum" in schema:
            return schema["enum"][0]
        kinds = schema.get("type", "string")
        kind = kinds if isinstance(kinds, str) else next(each for each in kinds if each != "null")
        if kind == "object":
            needed = schema.get("required", []) if depth < 5 else []
            return {key: self.example(schema["properties"][key], key, depth + 1) for key in needed}
        if kind == "array":
            return [self.example(schema["items"], name, depth + 1)] if schema.get("minItems") else []
        if kind in ("integer", "number"):
            return schema.get("minimum", 1)
        if kind == "boolean":
            return True
        forms = {"uuid": self.own.get(KINDS.get(name, ""), str(uuid.uuid4())), "date": "2027-01-04", "date-time": "2027-01-04T12:00:00Z",
                 "uri": "https://example.org/x"}
        return forms.get(schema.get("format"), "abcdefgh")

    def ids_in(self, schema: dict, place: tuple = ()):
        """The places in a body that hold ids, and whether a list does."""
        for name, value in self.plain(schema).get("properties", {}).items():
            value = self.plain(value)
            if value.get("format") == "uuid":
                yield (*place, name), False
            elif "items" in value and self.plain(value["items"]).get("format") == "uuid":
                yield (*place, name), True
            elif "properties" in value and len(place) < 2:
                yield from self.ids_in(value, (*place, name))

    def path(self, path: str) -> str:
        for begin, kind in PATHS.items():
            if path.startswith(begin):
                return re.sub(r"\{[^}]*\}", self.own[kind], path)
        return re.sub(r"\{[^}]*\}", str(uuid.uuid4()), path)

    def requests(self):
        """Every request that names an id beside its path: what is asked, the id's name, and the request with an id there."""
        for path, methods in self.paths.items():
            for method, operation in methods.items():
                if path.startswith(LEFT_OUT):
                    continue
                target, of = self.path(path), f"{method.upper()} {path}"
                query = {each["name"]: self.example(each["schema"], each["name"]) for each in operation.get("parameters", [])
                         if each.get("in") == "query" and each.get("required")}
                content = operation.get("requestBody", {}).get("content", {}).get("application/json")
                body = self.example(content["schema"]) if content else None
                for each in operation.get("parameters", []):
                    schema = self.plain(each.get("schema", {}))
                    if each.get("in") == "query" and "uuid" in (schema.get("format"), self.plain(schema.get("items", {})).get("format")):
                        yield of, each["name"], lambda one, name=each["name"], target=target, query=query, method=method, body=body: (
                            method.upper(), f"{target}?{urlencode({**query, name: one})}", body)
                for place, is_list in self.ids_in(content["schema"]) if content else ():
                    yield of, place[-1], lambda one, place=place, is_list=is_list, target=target, query=query, method=method, body=body: (
                        method.upper(), target + (f"?{urlencode(query)}" if query else ""), placed(body, place, [one] if is_list else one))


def placed(body: dict, place: tuple, value) -> dict:
    made = json.loads(json.dumps(body))
    within = made
    for name in place[:-1]:
        within = within.setdefault(name, {})
    within[place[-1]] = value
    return made


class ForeignIds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("foreign-ids").open()
        cls.addClassCleanup(cls.instance.close)

    def test_all(self):
        """another company's id in a query or a body answers like nobody's, in every request that takes one"""  # asvs: 8.2.2 8.4.1
        owner, other = self.instance.sign_up(), self.instance.sign_up()
        own, foreign = things_of(owner), things_of(other)
        before = self.kept(other)
        asked = 0
        for of, name, request in Document(owner, own).requests():
            self.assertIn(name, KINDS, f"{of}: of what is the id {name}?")
            theirs, nobodys = foreign[KINDS[name]], str(uuid.uuid4())
            with self.subTest(f"{of} {name}"):
                self.assertEqual(told(owner.call(*request(theirs)), theirs), told(owner.call(*request(nobodys)), nobodys))
            asked += 1
        self.assertGreater(asked, 70)
        self.assertEqual(self.kept(other), before)
        print(f"{asked} ids in queries and bodies")

    def kept(self, other: Client) -> list:
        """What the other company has, which nothing of this may change."""
        return [other.all_of(path) for path in ("/projects", "/channels", "/posts", "/campaigns", "/content", "/templates",
                                                "/automation/rules", "/org/members")] + [other.ask("GET", "/org/teams")]


if __name__ == "__main__":
    cases.run()
