-- Automation rules, their versions, and their runs. A rule that sleeps is a row; a run is a row before anything happens.
CREATE TABLE automation_rules (
  tenant_id    uuid NOT NULL,
  id           uuid NOT NULL,
  project_id   uuid NOT NULL,
  campaign_id  uuid,
  name         text NOT NULL CONSTRAINT automation_rules_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
  trigger      jsonb NOT NULL,
  conditions   jsonb NOT NULL DEFAULT '{}',
  action       jsonb NOT NULL,
  missed       jsonb NOT NULL DEFAULT '{"kind": "last"}',
  is_enabled   boolean NOT NULL DEFAULT true,
  version      integer NOT NULL DEFAULT 1,
  -- The first moment that nothing was decided about yet; of a feed the next look. Null: it waits for events, or is off.
  next_run_at  timestamptz,
  -- It hears of what comes after this place in the stream of events (persistence/events/stream).
  event_transaction  bigint NOT NULL DEFAULT 0,
  event_id           bigint NOT NULL DEFAULT 0,
  failures     integer NOT NULL DEFAULT 0,  -- runs in a row that have failed
  -- Moments that nobody could act upon and nothing makes up for: told in the trace of the next run.
  left_out     jsonb,
  -- The last time that a condition did not hold: {"at": …, "condition": …}.
  passed_over  jsonb,
  created_by   uuid NOT NULL,
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  deleted_at   timestamptz,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT automation_rules_size CHECK (octet_length(trigger::text) + octet_length(conditions::text) + octet_length(action::text) <= 250000),
  CONSTRAINT automation_rules_off CHECK (is_enabled OR next_run_at IS NULL),
  CONSTRAINT automation_rules_gone CHECK (deleted_at IS NULL OR NOT is_enabled),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaigns (tenant_id, id),
  FOREIGN KEY (tenant_id, created_by) REFERENCES members (tenant_id, id)
);
CREATE INDEX automation_rules_by_time ON automation_rules (tenant_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX automation_rules_by_project ON automation_rules (tenant_id, project_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX automation_rules_due ON automation_rules (tenant_id, next_run_at) WHERE next_run_at IS NOT NULL;
CREATE INDEX automation_rules_listening ON automation_rules (tenant_id) WHERE is_enabled AND next_run_at IS NULL;
CALL pulse_secure('automation_rules');

-- What a rule said; a run names the version by which it goes.
CREATE TABLE automation_rule_versions (
  tenant_id    uuid NOT NULL,
  rule_id      uuid NOT NULL,
  version      integer NOT NULL,
  name         text NOT NULL,
  trigger      jsonb NOT NULL,
  conditions   jsonb NOT NULL,
  action       jsonb NOT NULL,
  missed       jsonb NOT NULL,
  changed_by   uuid NOT NULL,
  changed_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, rule_id, version),
  FOREIGN KEY (tenant_id, rule_id) REFERENCES automation_rules (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, changed_by) REFERENCES members (tenant_id, id)
);
CALL pulse_secure('automation_rule_versions');

-- One run for each moment, each event and each item of a feed, whatever dies: that is what the three constraints promise.
CREATE TABLE automation_runs (
  tenant_id         uuid NOT NULL,
  id                uuid NOT NULL,
  rule_id           uuid NOT NULL,
  rule_version      integer NOT NULL,
  project_id        uuid NOT NULL,
  campaign_id       uuid,
  state             text NOT NULL DEFAULT 'queued' CONSTRAINT automation_runs_state CHECK
                      (state IN ('queued', 'running', 'waiting_approval', 'succeeded', 'failed', 'blocked', 'cancelled')),
  cause             text NOT NULL CONSTRAINT automation_runs_cause CHECK (cause IN ('schedule', 'event', 'feed', 'person')),
  moment            timestamptz,  -- of the schedule
  event_id          bigint,       -- of publish_events
  item_id           uuid,         -- of rule_feed_items
  about             jsonb NOT NULL DEFAULT '{}'  -- what has happened, as the template's variables
                      CONSTRAINT automation_runs_about_size CHECK (octet_length(about::text) <= 100000),
  origin            uuid[] NOT NULL DEFAULT '{}'  -- the rules whose runs led to this one
                      CONSTRAINT automation_runs_origin CHECK (cardinality(origin) <= 8),
  template_id       uuid,
  template_version  integer,
  ai_answer         jsonb,  -- what the provider said: asked once, whatever dies afterwards
  content_id        uuid,
  post_id           uuid,
  attempts          integer NOT NULL DEFAULT 0,
  not_before        timestamptz NOT NULL,
  fence             bigint,  -- of the owner who works on it
  error             text,    -- a sentence
  requested_by      uuid,    -- who asked for it
  created_at        timestamptz NOT NULL,
  started_at        timestamptz,
  finished_at       timestamptz,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT automation_runs_moment_once UNIQUE (tenant_id, rule_id, moment),
  CONSTRAINT automation_runs_event_once UNIQUE (tenant_id, rule_id, event_id),
  CONSTRAINT automation_runs_item_once UNIQUE (tenant_id, rule_id, item_id),
  CONSTRAINT automation_runs_has_cause CHECK (
    (moment IS NOT NULL) = (cause = 'schedule') AND (event_id IS NOT NULL) = (cause = 'event') AND (item_id IS NOT NULL) = (cause = 'feed')),
  CONSTRAINT automation_runs_over CHECK ((finished_at IS NOT NULL) = (state IN ('succeeded', 'failed', 'blocked', 'cancelled'))),
  FOREIGN KEY (tenant_id, rule_id, rule_version) REFERENCES automation_rule_versions (tenant_id, rule_id, version) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaigns (tenant_id, id),
  FOREIGN KEY (tenant_id, content_id) REFERENCES content_items (tenant_id, id),
  FOREIGN KEY (tenant_id, requested_by) REFERENCES members (tenant_id, id)
);
CREATE INDEX automation_runs_by_time ON automation_runs (tenant_id, created_at DESC, id DESC);
CREATE INDEX automation_runs_by_project ON automation_runs (tenant_id, project_id, created_at DESC, id DESC);
CREATE INDEX automation_runs_by_rule ON automation_runs (tenant_id, rule_id, created_at DESC, id DESC);
CREATE INDEX automation_runs_open ON automation_runs (tenant_id, not_before) WHERE state IN ('queued', 'running');
CREATE INDEX automation_runs_waiting ON automation_runs (tenant_id, content_id) WHERE state = 'waiting_approval';
CREATE INDEX automation_runs_by_content ON automation_runs (tenant_id, content_id) WHERE content_id IS NOT NULL;
CREATE INDEX automation_runs_by_post ON automation_runs (tenant_id, post_id) WHERE post_id IS NOT NULL;
CALL pulse_secure('automation_runs');

-- What is done stays done; a person may have tried again what failed or was held back.
CREATE FUNCTION pulse_keep_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'run % is over and stays so', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'automation_runs_final';
END
$$;
CREATE TRIGGER automation_runs_final BEFORE UPDATE OF state ON automation_runs FOR EACH ROW
  WHEN (OLD.state IN ('succeeded', 'cancelled') AND NEW.state <> OLD.state
        OR OLD.state IN ('failed', 'blocked') AND NEW.state NOT IN (OLD.state, 'queued')) EXECUTE FUNCTION pulse_keep_run();

-- Every decision of a run, as data; sentences are made when somebody reads.
CREATE TABLE automation_run_events (
  tenant_id   uuid NOT NULL,
  run_id      uuid NOT NULL,
  id          bigint GENERATED ALWAYS AS IDENTITY,
  kind        text NOT NULL,
  facts       jsonb NOT NULL CONSTRAINT automation_run_events_size CHECK (octet_length(facts::text) <= 20000),
  at          timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, run_id, id),
  FOREIGN KEY (tenant_id, run_id) REFERENCES automation_runs (tenant_id, id) ON DELETE CASCADE
);
CALL pulse_secure('automation_run_events');

-- A company that has rules: when they are to be looked at next, and how far the stream of events was read for those that listen. The
-- row is locked while somebody looks, and lowered by whoever changes a rule or a run.
CREATE TABLE automation_agendas (
  tenant_id          uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
  look_at            timestamptz NOT NULL,  -- infinity: only events can make something to do
  listens            boolean NOT NULL DEFAULT false,
  event_transaction  bigint NOT NULL DEFAULT 0,
  event_id           bigint NOT NULL DEFAULT 0
);
CREATE INDEX automation_agendas_by_time ON automation_agendas (look_at);
CREATE INDEX automation_agendas_listening ON automation_agendas (tenant_id) WHERE listens;
CALL pulse_secure('automation_agendas');

-- What a rule knows of its feed: how it was last answered, and the items that it has seen.
CREATE TABLE rule_feeds (
  tenant_id    uuid NOT NULL,
  rule_id      uuid NOT NULL,
  url          text NOT NULL,
  etag         text NOT NULL DEFAULT '' CONSTRAINT rule_feeds_etag_size CHECK (octet_length(etag) <= 1000),
  modified     text NOT NULL DEFAULT '' CONSTRAINT rule_feeds_modified_size CHECK (octet_length(modified) <= 1000),
  is_known     boolean NOT NULL DEFAULT false,  -- read once: what is new from now on is new
  failures     integer NOT NULL DEFAULT 0,      -- looks in a row that have failed
  problem      text,                            -- a sentence
  looked_at    timestamptz,
  PRIMARY KEY (tenant_id, rule_id),
  FOREIGN KEY (tenant_id, rule_id) REFERENCES automation_rules (tenant_id, id) ON DELETE CASCADE
);
CALL pulse_secure('rule_feeds');

CREATE TABLE rule_feed_items (
  tenant_id  uuid NOT NULL,
  rule_id    uuid NOT NULL,
  id         uuid NOT NULL,  -- made of what the feed calls it
  seen_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, rule_id, id),
  FOREIGN KEY (tenant_id, rule_id) REFERENCES automation_rules (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX rule_feed_items_by_time ON rule_feed_items (tenant_id, rule_id, seen_at);
CALL pulse_secure('rule_feed_items');

GRANT SELECT, INSERT, UPDATE ON automation_rules, automation_runs, automation_agendas TO pulse_api;
GRANT SELECT, INSERT ON automation_rule_versions, automation_run_events TO pulse_api;
GRANT SELECT, DELETE ON rule_feeds TO pulse_api;
GRANT DELETE ON rule_feed_items TO pulse_api;
GRANT SELECT (tenant_id, rule_id) ON rule_feed_items TO pulse_api;
GRANT SELECT, UPDATE ON automation_rules TO pulse_engine;
GRANT SELECT ON automation_rule_versions TO pulse_engine;
GRANT SELECT, INSERT, UPDATE ON automation_runs, automation_agendas, rule_feeds TO pulse_engine;
GRANT SELECT, INSERT ON automation_run_events TO pulse_engine;
GRANT SELECT, INSERT, DELETE ON rule_feed_items TO pulse_engine;
-- A rule mails members.
GRANT INSERT ON mail_outbox TO pulse_engine;
GRANT SELECT (tenant_id, id, email, email_verified_at) ON members TO pulse_engine;

CALL pulse_audit('automation_rules', 'project_id', 'campaign_id', 'name', 'trigger', 'conditions', 'action', 'missed', 'is_enabled', 'deleted_at');
CALL pulse_audit('automation_runs', 'rule_id', 'state', 'requested_by');
