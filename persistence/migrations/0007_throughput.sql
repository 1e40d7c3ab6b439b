-- What every delivery pays for in PostgreSQL, less of it: a claim touches one row and no index, an outcome two rows and four index
-- entries (bench/RESULTS.md says what each cost before).

-- The running attempt is part of its delivery's row, so that its intent is one update. `handles` are the container and upload ids of
-- two-step platforms, kept by this attempt and those before it; `trace` is how it came to be permitted, for the explanation.
ALTER TABLE deliveries ADD COLUMN started_at timestamptz, ADD COLUMN handles jsonb, ADD COLUMN trace jsonb;
UPDATE deliveries d SET started_at = a.started_at, handles = nullif(a.handles, '{}'), trace = nullif(a.trace, '{}')
FROM delivery_attempts a WHERE a.tenant_id = d.tenant_id AND a.delivery_id = d.id AND a.number = d.attempt;
ALTER TABLE deliveries ADD CONSTRAINT deliveries_sending_has_start CHECK (state <> 'sending' OR started_at IS NOT NULL);

-- An attempt that has ended is told by the event of its outcome. `fence` is of the owner that began it.
ALTER TABLE publish_events
  ADD COLUMN attempt integer, ADD COLUMN fence bigint, ADD COLUMN started_at timestamptz, ADD COLUMN deadline_at timestamptz,
  ADD COLUMN outcome text, ADD COLUMN trace jsonb;
UPDATE publish_events e
SET attempt = a.number, fence = a.fence, started_at = a.started_at, deadline_at = a.deadline_at, outcome = a.outcome,
    trace = nullif(a.trace, '{}')
FROM delivery_attempts a
WHERE a.tenant_id = e.tenant_id AND a.delivery_id = e.delivery_id AND a.finished_at = e.created_at AND e.type <> 'PublishRequested';

DROP TABLE delivery_attempts;
CREATE VIEW delivery_attempts WITH (security_invoker = true) AS
  SELECT tenant_id, post_id, delivery_id, number, fence, started_at, deadline_at, outcome, finished_at, trace
  FROM (
    -- The last word on it: first that it is not known, perhaps, and then what reconciliation found.
    SELECT DISTINCT ON (tenant_id, post_id, delivery_id, attempt) tenant_id, post_id, delivery_id, attempt AS number, fence,
           started_at, deadline_at, outcome, created_at AS finished_at, coalesce(trace, '{}') AS trace
    FROM publish_events WHERE attempt IS NOT NULL
    ORDER BY tenant_id, post_id, delivery_id, attempt, id DESC
  ) ended
  UNION ALL
  SELECT tenant_id, post_id, id, attempt, fence, started_at, deadline_at, NULL, NULL, coalesce(trace, '{}')
  FROM deliveries WHERE state = 'sending';
GRANT SELECT ON delivery_attempts TO pulse_api, pulse_engine;

-- A foreign key is one look-up and one lock of the parent for every row, and locks of one parent by commits that run at the same time
-- become a multixact. This one guards nothing: the engine makes events from rows that have the tenant's key already, and requests may
-- write their own tenant only. What it did besides is to delete with the parent: that stays.
ALTER TABLE publish_events DROP CONSTRAINT publish_events_tenant_id_fkey;
CREATE FUNCTION pulse_delete_events() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM public.publish_events WHERE tenant_id = OLD.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER tenants_delete_events AFTER DELETE ON tenants FOR EACH ROW EXECUTE FUNCTION pulse_delete_events();

-- By time rather than by number, the key also finds what a tenant has sent in the last day.
ALTER TABLE publish_events DROP CONSTRAINT publish_events_pkey, ADD PRIMARY KEY (tenant_id, created_at, id);
-- Read by nothing: a project's events that held others are found by publish_events_of_holds.
DROP INDEX publish_events_by_project;

-- No index names the state, and there is room on the pages: a claim is a heap-only update.
DROP INDEX deliveries_waiting, deliveries_due, deliveries_unsettled;
CREATE INDEX deliveries_open ON deliveries (tenant_id, channel_id, not_before) WHERE finished_at IS NULL;
CREATE INDEX deliveries_due ON deliveries (not_before) WHERE finished_at IS NULL;
ALTER TABLE deliveries SET (fillfactor = 55);

-- When a pause, or a switched off channel, last ended: what was to begin before that begins anew, so that no attempt ever claims to have
-- begun while nothing might begin.
ALTER TABLE tenants ADD COLUMN resumed_at timestamptz;
ALTER TABLE projects ADD COLUMN resumed_at timestamptz;
ALTER TABLE channels ADD COLUMN resumed_at timestamptz;
