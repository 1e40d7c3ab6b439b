-- A database that was restored from a dump has events with the transactions of another server, which may lie ahead of this one's: readers
-- would wait for them, and what comes would sort before them. Such a company's events are put at the beginning, in their order. Called at
-- every start; without such events it is one look-up a company.
GRANT UPDATE (transaction) ON publish_events TO pulse_engine;
CREATE FUNCTION pulse_adopt_events() RETURNS bigint LANGUAGE plpgsql AS $$
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
  RETURN adopted;
END
$$;
GRANT EXECUTE ON FUNCTION pulse_adopt_events() TO pulse_engine;
