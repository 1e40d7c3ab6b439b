"""Companies, channels and scheduled posts by the thousand, put straight into the database: what is measured is the
engine, not how fast they can be made one by one. Everything is as the API would have left it, tokens sealed included."""
import http.client
import json
import os
import time
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LIMIT = 1_000_000  # of the sandbox and of the operator: not what is measured


@dataclass(frozen=True)
class Channel:
    tenant_id: str
    project_id: str
    author_id: str
    id: str
    user: str
    token: str


def new_id():
    """A UUIDv7, as Pulse makes them."""
    bits = int(time.time() * 1000) << 80 | int.from_bytes(os.urandom(10), "big")
    bits = bits & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62
    return str(uuid.UUID(int=bits))


def now():
    return datetime.now(timezone.utc)


class World:
    def __init__(self, pulse):
        self.pulse = pulse
        self.lift_limits()

    def lift_limits(self):
        """The operator's word for budgets, so that throttles do not bind where they are not what is measured."""
        self.sandbox({"platform": "x", "create": {"limit": LIMIT, "window_s": 900},
                      "app_create": {"limit": LIMIT, "window_s": 900}}, "limits")
        for scope in ("account", "app", "tenant"):
            self.limit(r"\N", scope, LIMIT, 900, LIMIT // 2)

    def limit(self, tenant, scope, posts, window_s, burst):
        row = (tenant, "x", scope, posts, window_s, burst, now())
        self.copy({"platform_rate_limits (tenant_id, platform, scope, posts, window_seconds, burst, updated_at)": [row]})

    def sandbox(self, body, what):
        self.pulse.call("POST", f"/_sandbox/{what}", body, base=self.pulse.sandbox_address)

    def add_tenants(self, count, channels_each, known_to_sandbox=True):
        """Companies of one project each; their channels, each with an account of its own that the sandbox knows."""
        at, seal = now(), Seal(self.pulse.encryption_key)
        tenants, members, projects, accounts, channels, made = [], [], [], [], [], []
        for number in range(count):
            tenant, member, project = new_id(), new_id(), new_id()
            tenants.append((tenant, f"Company {number}", at))
            members.append((tenant, member, f"{member}@example.org", "Owner", "none", "owner", at))
            projects.append((tenant, project, "Bench", "UTC", at, at))
            for place in range(channels_each):
                account, channel, user, token = new_id(), new_id(), str(uuid.uuid4().int % 10**15), uuid.uuid4().hex
                sealed = seal(token, tenant, "accounts", account, "access_token")
                accounts.append((tenant, account, "x", user, f"u{user}", r"\\x" + sealed.hex(), at, at))
                channels.append((tenant, channel, project, "x", f"X {place}", account, at, at))
                made.append(Channel(tenant, project, member, channel, user, token))
        self.copy({
            "tenants (id, name, created_at)": tenants,
            "members (tenant_id, id, email, display_name, password_hash, role, created_at)": members,
            "projects (tenant_id, id, name, time_zone, created_at, updated_at)": projects,
            "accounts (tenant_id, id, platform, external_user_id, handle, access_token, created_at, updated_at)": accounts,
            "channels (tenant_id, id, project_id, type, name, account_id, created_at, updated_at)": channels,
        })
        if known_to_sandbox:
            self.register(made)
        return made

    def register(self, channels):
        """Tells the sandbox of the channels' accounts."""
        connection = http.client.HTTPConnection("127.0.0.1", self.pulse.sandbox_port, timeout=30)
        for channel in channels:
            connection.request("POST", "/_sandbox/accounts", headers={"content-type": "application/json"}, body=json.dumps(
                {"platform": "x", "token": channel.token, "user_id": channel.user, "username": f"u{channel.user}"}))
            reply = connection.getresponse()
            reply.read()
            if reply.status >= 300:
                raise SystemExit(f"The sandbox refused an account: {reply.status}.")
        connection.close()

    def schedule(self, what):
        """Posts to one channel each, of (channel, text, when it is due)."""
        at, posts, deliveries = now(), [], []
        for channel, text, due in what:
            post = new_id()
            posts.append((channel.tenant_id, post, channel.project_id, channel.author_id, text, due, at, at))
            deliveries.append((channel.tenant_id, new_id(), post, channel.id, channel.project_id, due, due, at, at))
        self.copy({
            "posts (tenant_id, id, project_id, author_id, text, scheduled_at, created_at, updated_at)": posts,
            "deliveries (tenant_id, id, post_id, channel_id, project_id, due_at, not_before, created_at, updated_at)": deliveries,
        })

    def copy(self, tables):
        """Rows by table and columns, in one transaction; then ANALYZE, because a plan made for an empty table is a
        bad one."""
        script = ["BEGIN;\n"]
        for table, rows in tables.items():
            lines = ("\t".join(map(str, row)) for row in rows)
            script.append(f"COPY {table} FROM STDIN;\n" + "\n".join(lines) + "\n\\.\n")
        self.pulse.sql("".join(script) + "COMMIT;\nANALYZE;\nCHECKPOINT;\n")


def evenly(channels, label, count, begin, seconds):
    """`count` posts for `schedule`, due evenly over `seconds` from `begin`, channel after channel; and when each is
    due, by text."""
    due = {f"{label} {number}": begin + timedelta(seconds=seconds * number / count) for number in range(count)}
    return [(channels[number % len(channels)], text, at) for number, (text, at) in enumerate(due.items())], due


class Seal:
    """What persistence/secrets/secret_box does: AES-256-GCM under a key by HKDF, bound to the place."""

    def __init__(self, key):
        def derive(purpose, length):
            return HKDF(SHA256(), length, None, purpose).derive(key.encode())

        self.cipher = AESGCM(derive(b"pulse secret box key", 32))
        self.head = bytes([1]) + derive(b"pulse secret box key id", 1)

    def __call__(self, text, tenant, table, row, column):
        nonce = os.urandom(12)
        place = self.head + f"{tenant}|{table}|{row}|{column}".encode()
        return self.head + nonce + self.cipher.encrypt(nonce, text.encode(), place)
