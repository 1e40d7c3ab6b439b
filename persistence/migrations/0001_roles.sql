-- Two roles, so that row security binds what serves requests and a mistake there cannot reach another tenant.
--   pulse_api     runs requests. Every tenant table shows it only the rows of the tenant named by pulse.tenant_id.
--   pulse_engine  runs deliveries for all tenants. It may read and write what delivery needs, and nothing of passwords.
-- Neither can log in: the login role of DATABASE_URL switches to them (SET ROLE).
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pulse_api') THEN
    CREATE ROLE pulse_api NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pulse_engine') THEN
    CREATE ROLE pulse_engine NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;  -- roles belong to the whole server: a copy beside this one made them at the same moment
END
$$;

GRANT pulse_api, pulse_engine TO CURRENT_USER;
GRANT USAGE ON SCHEMA public TO pulse_api, pulse_engine;

-- The tenant of the running transaction; null when none is set, so that a forgotten tenant shows no rows at all.
CREATE FUNCTION pulse_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('pulse.tenant_id', true), '')::uuid;

-- Row security for one tenant table: enabled, forced on the owner too, bound to the transaction's tenant for requests and
-- open to the engine.
CREATE PROCEDURE pulse_secure(name regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name);
  EXECUTE format('CREATE POLICY request ON %s TO pulse_api USING (tenant_id = (SELECT pulse_tenant())) '
                 'WITH CHECK (tenant_id = (SELECT pulse_tenant()))', name);
  EXECUTE format('CREATE POLICY engine ON %s TO pulse_engine USING (true) WITH CHECK (true)', name);
END
$$;
