-- Tokens for scripts: a member's, with fewer rights than the member has. Only the hash is kept.
CREATE TABLE api_tokens (
  tenant_id          uuid NOT NULL,
  id                 uuid NOT NULL,
  member_id          uuid NOT NULL,
  name               text NOT NULL CONSTRAINT api_tokens_name_length CHECK (char_length(name) BETWEEN 1 AND 80),
  token_hash         bytea NOT NULL CONSTRAINT api_tokens_hash_once UNIQUE,
  ends_with          text NOT NULL,  -- its last characters, by which people tell tokens apart
  scopes             text[] NOT NULL,
  project_ids        uuid[] NOT NULL DEFAULT '{}',  -- empty: all
  expires_at         timestamptz NOT NULL,
  last_used_at       timestamptz,
  last_used_address  text,
  revoked_at         timestamptz,
  created_at         timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX api_tokens_by_member ON api_tokens (tenant_id, member_id, created_at);
CALL pulse_secure('api_tokens');
CREATE TRIGGER tell_standing AFTER UPDATE OF revoked_at ON api_tokens FOR EACH ROW EXECUTE FUNCTION pulse_tell_standing();
GRANT SELECT, INSERT, UPDATE ON api_tokens TO pulse_api;

-- Whose a token is, before the tenant is known. Its last use is written once a minute at most.
CREATE FUNCTION pulse_use_api_token(wanted bytea, now_is timestamptz, from_address text)
  RETURNS TABLE (tenant_id uuid, id uuid, member_id uuid, scopes text[], project_ids uuid[], expires_at timestamptz, is_revoked boolean,
                 role text, is_active boolean, is_suspended boolean)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE public.api_tokens t SET last_used_at = now_is, last_used_address = from_address
  WHERE t.token_hash = wanted AND t.revoked_at IS NULL AND t.expires_at > now_is
    AND (t.last_used_at IS NULL OR t.last_used_at < now_is - interval '1 minute');
  RETURN QUERY
    SELECT t.tenant_id, t.id, t.member_id, t.scopes, t.project_ids, t.expires_at, t.revoked_at IS NOT NULL, m.role, m.is_active,
           c.suspended_at IS NOT NULL
    FROM public.api_tokens t JOIN public.members m ON m.tenant_id = t.tenant_id AND m.id = t.member_id
    JOIN public.tenants c ON c.id = t.tenant_id
    WHERE t.token_hash = wanted;
END
$$;

-- A token may be for some projects only. Row security holds it to them, whatever a query forgets: what belongs to another project, or to
-- the whole company, is not there. Every table with a project_id takes part, those of later migrations by pulse_secure.
CREATE FUNCTION pulse_projects() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN string_to_array(nullif(current_setting('pulse.projects', true), ''), ',')::uuid[];

CREATE PROCEDURE pulse_secure_project(name regclass, project text DEFAULT 'project_id') LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE POLICY of_project ON %s AS RESTRICTIVE TO pulse_api USING ((SELECT pulse_projects()) IS NULL OR '
                 '%I = ANY ((SELECT pulse_projects())::uuid[]))', name, project);
END
$$;

CREATE OR REPLACE PROCEDURE pulse_secure(name regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name);
  EXECUTE format('CREATE POLICY request ON %s TO pulse_api USING (tenant_id = (SELECT pulse_tenant())) '
                 'WITH CHECK (tenant_id = (SELECT pulse_tenant()))', name);
  EXECUTE format('CREATE POLICY engine ON %s TO pulse_engine USING (true) WITH CHECK (true)', name);
  IF EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = name AND a.attname = 'project_id' AND NOT a.attisdropped) THEN
    CALL pulse_secure_project(name);
  END IF;
END
$$;

CALL pulse_secure_project('projects', 'id');
DO $$
DECLARE
  each regclass;
BEGIN
  FOR each IN
    SELECT c.oid::regclass FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'project_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relrowsecurity
  LOOP
    CALL pulse_secure_project(each);
  END LOOP;
END
$$;

-- A second factor: codes that change every 30 seconds (RFC 6238), and codes for the day when the device is lost.
CREATE TABLE second_factors (
  tenant_id        uuid NOT NULL,
  member_id        uuid NOT NULL,
  secret           bytea NOT NULL,       -- sealed
  confirmed_at     timestamptz,          -- null: it is being set up, and asked of nobody
  last_step        bigint NOT NULL DEFAULT 0,  -- of the code that was used last: no code is good twice
  recovery_hashes  bytea[] NOT NULL DEFAULT '{}',
  created_at       timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, member_id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE
);
CALL pulse_secure('second_factors');
GRANT SELECT, INSERT, UPDATE, DELETE ON second_factors TO pulse_api;
-- The engine encrypts anew what an older key encrypted (pulse rotate-keys).
GRANT SELECT, UPDATE ON second_factors TO pulse_engine;
