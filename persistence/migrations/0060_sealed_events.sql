-- The engine's own events join the audit's chain: a sweep goes through all events in the order of their transactions, behind the engine, and
-- writes an audit entry ("EVENTS") for each company that had some, with how many and a digest of them (persistence/audit/sealed_events).
-- Those entries are chained like all others, so nothing is added to what writes an event.
CREATE TABLE event_sweep (
  is_only   boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  position  bigint NOT NULL,       -- events of transactions before this one are in the audit
  epoch     bigint NOT NULL,       -- how often the database was restored into another server, whose transactions begin anew
  swept_at  timestamptz NOT NULL   -- entries of one company are in the order of their ranges
);
INSERT INTO event_sweep (position, epoch, swept_at) VALUES (0, 1, '2000-01-01Z');
GRANT SELECT ON event_sweep TO pulse_api, pulse_engine;
GRANT UPDATE ON event_sweep TO pulse_engine;
CREATE INDEX audit_entries_of_events ON audit_entries (tenant_id, at) WHERE action = 'EVENTS' AND seq IS NULL;

-- As in 0018, and the sweep begins anew where the transactions do.
CREATE OR REPLACE FUNCTION pulse_adopt_events() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  company uuid;
  adopted bigint := 0;
  moved bigint;
BEGIN
  FOR company IN SELECT t.id FROM tenants t LOOP
    -- In one snapshot: no row that it shows is of a transaction beyond it, unless another server wrote it.
    PERFORM FROM publish_events e
    WHERE e.tenant_id = company AND e.transaction >= pg_snapshot_xmax(pg_current_snapshot()) LIMIT 1;
    CONTINUE WHEN NOT FOUND;
    UPDATE publish_events e SET transaction = '1' WHERE e.tenant_id = company;
    GET DIAGNOSTICS moved = ROW_COUNT;
    adopted := adopted + moved;
  END LOOP;
  UPDATE event_sweep SET position = 2, epoch = epoch + 1
  WHERE position > pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
  RETURN adopted;
END
$$;
