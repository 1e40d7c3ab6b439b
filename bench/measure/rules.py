"""Automation rules: from a rule's moment to its content, beside Celery beat in the seeds' shape (a look every 30 s, a
task a run); from a committed event to its run; and 100,000 rules that sleep in 1,000 tenants."""
import json
import sys
import time
import uuid
from datetime import timedelta

from .celery import Celery
from .instance import wait_until
from .report import percentile
from .scale import settled_kib
from .world import World, new_id, now

TENANTS, RULES_EACH = 1_000, 100
RATE, SECONDS, AWAKE_TENANTS, LEAD_S = 200, 15, 20, 8
BEAT_SECONDS = 30
EVENTS, EVENTS_A_SECOND = 200, 20
RULE = ("automation_rules (tenant_id, id, project_id, name, trigger, action, next_run_at, event_transaction, event_id, created_by, created_at, "
        "updated_at)")


def measure(pulse, report, rounds):
    world, shape = World(pulse), Shape(pulse)
    beat = celery_beat_round(pulse)
    moments, events, asleep = [], [], []
    for number in range(min(rounds, 3)):
        moments.append(moment_round(pulse, world, shape))
        events.append(event_round(pulse, world, shape))
        print(f"  round {number + 1}: moment → content p50 {percentile(moments[-1], 0.5):.2f}, p99 {percentile(moments[-1], 0.99):.2f} ms, "
              f"event → run p99 {percentile(events[-1], 0.99):.2f} ms", file=sys.stderr, flush=True)
    pulse.stop_serving()
    fill_with_sleepers(pulse, world, shape)
    for _ in range(min(rounds, 3)):
        pulse.stop_serving()
        ready_ms = pulse.serve() * 1000
        asleep.append((ready_ms, settled_kib(pulse)))
    report.add(f"a rule's moment → its content, {RATE} a second, p50", [percentile(each, 0.5) for each in moments], "ms", "< 5")
    report.add("  p99", [percentile(each, 0.99) for each in moments], "ms", "< 20")
    report.add(f"Celery beat every 30 s, {RATE} a second: moment → content, p50", [percentile(beat, 0.5)], "ms")
    report.add("  p99", [percentile(beat, 0.99)], "ms")
    report.add(f"an event → its run, {EVENTS_A_SECOND} a second, p50", [percentile(each, 0.5) for each in events], "ms")
    report.add("  p99", [percentile(each, 0.99) for each in events], "ms", "< 20")
    report.add(f"{TENANTS * RULES_EACH:,} sleeping rules in {TENANTS:,} tenants: ready after", [each[0] for each in asleep], "ms", "< 2,000")
    report.add("  memory of pulse serve", [each[1] / 1024 for each in asleep], "MiB", "< 100")


class Shape:
    """A template and a rule as the API stores them, to be copied into other companies by the thousand."""

    def __init__(self, pulse):
        self.pulse = pulse
        template = pulse.call("POST", "/templates", {"project_id": pulse.project_id, "name": "Bench", "text": "News of the day, as every day"})["id"]
        made = pulse.call("POST", "/automation/rules", {
            "project_id": pulse.project_id, "name": "Bench", "action": {"kind": "make_content", "template_id": template},
            "trigger": {"kind": "interval", "every_minutes": 1440, "from": (now() + timedelta(days=300)).isoformat()}})["id"]
        self.template = template
        self.action = pulse.sql(f"SELECT action FROM automation_rules WHERE id = '{made}'")[0][0]
        self.trigger = pulse.sql(f"SELECT trigger FROM automation_rules WHERE id = '{made}'")[0][0]
        pulse.call("POST", f"/automation/rules/{made}/disable")

    def add_templates(self, channels):
        """A template for each channel's project; its id by project."""
        made = {channel.project_id: new_id() for channel in channels}
        for channel in channels:
            self.pulse.sql(f"""
              INSERT INTO content_templates (tenant_id, id, project_id, name, created_by, created_at, updated_at)
              SELECT '{channel.tenant_id}', '{made[channel.project_id]}', '{channel.project_id}', name, '{channel.author_id}', created_at, updated_at
              FROM content_templates WHERE id = '{self.template}';
              CREATE TEMP TABLE copied AS SELECT * FROM content_template_versions WHERE template_id = '{self.template}';
              UPDATE copied SET tenant_id = '{channel.tenant_id}', template_id = '{made[channel.project_id]}', created_by = '{channel.author_id}';
              INSERT INTO content_template_versions SELECT * FROM copied;""")
        return made

    def rules(self, rows):
        """Rules, of (channel, template, trigger, next run); each with its first version and its company's agenda.
        Their ids."""
        at, made = now(), []
        for channel, template, trigger, next_run in rows:
            action = json.loads(self.action) | {"template_id": template}
            made.append((channel.tenant_id, new_id(), channel.project_id, "Rule", json.dumps(trigger), json.dumps(action),
                         next_run or r"\N", 0, 0, channel.author_id, at, at))
        return made

    def store(self, world, rules):
        world.copy({RULE: rules})
        self.pulse.sql(f"""
          INSERT INTO automation_rule_versions (tenant_id, rule_id, version, name, trigger, conditions, action, missed, changed_by, changed_at)
          SELECT tenant_id, id, version, name, trigger, conditions, action, missed, created_by, created_at FROM automation_rules
          WHERE name = 'Rule' ON CONFLICT DO NOTHING;
          INSERT INTO automation_agendas (tenant_id, look_at, listens, event_transaction, event_id)
          SELECT r.tenant_id, coalesce(min(r.next_run_at), 'infinity'), bool_or(r.next_run_at IS NULL),
            pg_snapshot_xmin(pg_current_snapshot())::text::bigint, 0
          FROM automation_rules r WHERE r.is_enabled GROUP BY r.tenant_id
          ON CONFLICT (tenant_id) DO UPDATE SET look_at = excluded.look_at, listens = excluded.listens;
          ANALYZE;""")


def moment_round(pulse, world, shape):
    """Of each content item: when it was made, from its rule's moment."""
    pulse.stop_serving()
    channels = world.add_tenants(AWAKE_TENANTS, 1)
    templates = shape.add_templates(channels)
    begin = now() + timedelta(seconds=LEAD_S + 4)
    rows = []
    for number in range(RATE * SECONDS):
        channel = channels[number % len(channels)]
        due = begin + timedelta(seconds=number / RATE)
        trigger = json.loads(shape.trigger) | {"from": due.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
        rows.append((channel, templates[channel.project_id], trigger, due))
    shape.store(world, shape.rules(rows))
    pulse.serve()
    if now() > begin:
        raise SystemExit("The rules could not be put into the database before the first was due.")
    tenants = ",".join(f"'{each.tenant_id}'" for each in channels)
    made = f"SELECT count(*) FROM content_items WHERE tenant_id IN ({tenants})"
    wait_until(lambda: int(pulse.sql(made)[0][0]) >= len(rows), "every rule made its content", limit_s=SECONDS + 120, pause_s=2)
    found = pulse.sql("SELECT extract(epoch FROM c.created_at - r.moment) * 1000 FROM content_items c JOIN automation_runs r "
                      f"ON r.tenant_id = c.tenant_id AND r.id = c.run_id WHERE c.tenant_id IN ({tenants})")
    return [float(row[0]) for row in found]


def event_round(pulse, world, shape):
    """Of each run that a post sets off: when it was made, from the event that tells that the post is out."""
    pulse.stop_serving()
    channels = world.add_tenants(1, 10)
    template = shape.add_templates(channels[:1])[channels[0].project_id]
    shape.store(world, shape.rules([(channels[0], template, {"kind": "event", "event": "post_published"}, None)]))
    begin = now() + timedelta(seconds=LEAD_S)
    label = uuid.uuid4().hex
    world.schedule([(channels[number % len(channels)], f"event {label} {number}", begin + timedelta(seconds=number / EVENTS_A_SECOND))
                    for number in range(EVENTS)])
    pulse.serve()
    tenant = channels[0].tenant_id
    wait_until(lambda: int(pulse.sql(f"SELECT count(*) FROM automation_runs WHERE tenant_id = '{tenant}'")[0][0]) >= EVENTS,
               "every event made its run", limit_s=EVENTS / EVENTS_A_SECOND + 90, pause_s=1)
    found = pulse.sql("SELECT extract(epoch FROM r.created_at - e.created_at) * 1000 FROM automation_runs r JOIN publish_events e "
                      f"ON e.tenant_id = r.tenant_id AND e.id = r.event_id WHERE r.tenant_id = '{tenant}'")
    return [float(row[0]) for row in found]


def fill_with_sleepers(pulse, world, shape):
    channels = world.add_tenants(TENANTS, 1, known_to_sandbox=False)
    far = now() + timedelta(days=200)
    trigger = json.loads(shape.trigger) | {"from": far.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    shape.store(world, shape.rules((channel, shape.template, trigger, far) for channel in channels for _ in range(RULES_EACH)))


def celery_beat_round(pulse):
    """Rules in a table, due over one interval of the beat; a task makes each one's content row."""
    pulse.stop_serving()
    peer = Celery(pulse)
    pulse.sql("CREATE DATABASE celery_rules")
    url = pulse.database_url.replace("/pulse?", "/celery_rules?")
    pulse.sql("CREATE TABLE rules (id bigint, text text, due_at timestamptz, is_queued boolean NOT NULL DEFAULT false);"
              "CREATE TABLE content (rule_id bigint UNIQUE, text text, made_at timestamptz DEFAULT clock_timestamp());", url)
    peer.environment |= {"PEER_DATABASE_URL": url, "PEER_RULES": "1"}
    with peer.worker(), peer.beat():
        begin = now() + timedelta(seconds=5)
        lines = "\n".join(f"{number}\tNews\t{begin + timedelta(seconds=number / RATE)}" for number in range(RATE * BEAT_SECONDS))
        pulse.sql(f"COPY rules (id, text, due_at) FROM STDIN;\n{lines}\n\\.\nCREATE INDEX ON rules (due_at);\nANALYZE;", url)
        time.sleep(BEAT_SECONDS)
        wait_until(lambda: int(pulse.sql("SELECT count(*) FROM content", url)[0][0]) >= RATE * BEAT_SECONDS, "Celery made all content",
                   limit_s=240, pause_s=2)
    rows = pulse.sql("SELECT extract(epoch FROM c.made_at - r.due_at) * 1000 FROM content c JOIN rules r ON r.id = c.rule_id", url)
    return [float(row[0]) for row in rows]
