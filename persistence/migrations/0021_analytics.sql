-- Figures of what was published, counted from the events by a step that follows them (persistence/analytics/counting), so that neither
-- an outcome that is recorded nor somebody who reads figures pays for the number of events.

-- The events in the order in which transactions began. One that commits late is not skipped: the step stops before the oldest that is
-- still running. Of all tenants, because the step follows all of them at once; new entries go to its end, and those of one commit share one.
CREATE INDEX publish_events_uncounted ON publish_events (transaction);

-- How far it has come: what transactions before `before` recorded is counted, and nothing else. One row.
CREATE TABLE publishing_counted (
  one         boolean PRIMARY KEY DEFAULT true CONSTRAINT publishing_counted_once CHECK (one),
  before      xid8 NOT NULL,
  counted_at  timestamptz NOT NULL  -- the events until about then are in the figures
) WITH (fillfactor = 50);
INSERT INTO publishing_counted (before, counted_at) VALUES ('0', '-infinity');
GRANT SELECT (counted_at) ON publishing_counted TO pulse_api;  -- nothing of the transactions of others
GRANT SELECT, UPDATE ON publishing_counted TO pulse_engine;

-- How often what happened, by quarter of an hour: every time zone's days begin with one. Deleted with the channel.
CREATE TABLE publishing_counts (
  tenant_id    uuid NOT NULL,
  project_id   uuid NOT NULL,
  channel_id   uuid NOT NULL,
  slot         timestamptz NOT NULL,  -- where its quarter of an hour begins
  published    integer NOT NULL,
  failed       integer NOT NULL,
  missed       integer NOT NULL,
  cancelled    integer NOT NULL,
  retried      integer NOT NULL,
  unconfirmed  integer NOT NULL,
  PRIMARY KEY (tenant_id, project_id, slot, channel_id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id) ON DELETE CASCADE
) WITH (fillfactor = 80);
CALL pulse_secure('publishing_counts');
GRANT SELECT ON publishing_counts TO pulse_api;
GRANT SELECT, INSERT, UPDATE ON publishing_counts TO pulse_engine;

-- How late what went out began, and how long after its time its outcome was known, as numbers of spans by size (domain/analytics/spans),
-- by hour.
CREATE TABLE publishing_spans (
  tenant_id   uuid NOT NULL,
  project_id  uuid NOT NULL,
  channel_id  uuid NOT NULL,
  hour        timestamptz NOT NULL,
  measure     text NOT NULL CONSTRAINT publishing_spans_measure CHECK (measure IN ('lateness', 'latency')),
  bucket      smallint NOT NULL,
  count       integer NOT NULL,
  PRIMARY KEY (tenant_id, project_id, hour, channel_id, measure, bucket),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id) ON DELETE CASCADE
) WITH (fillfactor = 80);
CALL pulse_secure('publishing_spans');
GRANT SELECT ON publishing_spans TO pulse_api;
GRANT SELECT, INSERT, UPDATE ON publishing_spans TO pulse_engine;
