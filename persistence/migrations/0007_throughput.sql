-- What every delivery pays for in PostgreSQL, less of it (bench/RESULTS.md says what each of these cost).

-- A foreign key is one look-up and one lock of the parent for every row, and locks of one parent by commits that run at the same time
-- become a multixact. These two guard nothing: the engine makes attempts from the deliveries that it has locked in the same statement,
-- and events from rows that have the tenant's key already; requests may write their own tenant only. What they did besides is to
-- delete with the parent: that stays.
ALTER TABLE delivery_attempts DROP CONSTRAINT delivery_attempts_tenant_id_delivery_id_fkey;
ALTER TABLE publish_events DROP CONSTRAINT publish_events_tenant_id_fkey;

CREATE FUNCTION pulse_delete_attempts() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM public.delivery_attempts WHERE tenant_id = OLD.tenant_id AND delivery_id = OLD.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER deliveries_delete_attempts AFTER DELETE ON deliveries FOR EACH ROW EXECUTE FUNCTION pulse_delete_attempts();

CREATE FUNCTION pulse_delete_events() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM public.publish_events WHERE tenant_id = OLD.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER tenants_delete_events AFTER DELETE ON tenants FOR EACH ROW EXECUTE FUNCTION pulse_delete_events();

-- Read by nothing: a project's events that held others are found by publish_events_of_holds.
DROP INDEX publish_events_by_project;

-- Room for the outcome beside the intent, so that recording it touches no index.
ALTER TABLE delivery_attempts SET (fillfactor = 60);
