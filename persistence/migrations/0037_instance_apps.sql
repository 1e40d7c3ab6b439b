-- Providers of many instances (Mastodon): each instance must know an app before people are sent to it. One row an instance, redirect address
-- and scope; a company has apps of its own, so that one company's app never carries another's traffic. The secret is sealed.
CREATE TABLE instance_apps (
  tenant_id      uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id             uuid NOT NULL,
  provider       text NOT NULL,
  instance       text NOT NULL,
  redirect_uri   text NOT NULL,
  scope          text NOT NULL,
  client_id      text NOT NULL,
  client_secret  bytea NOT NULL,
  created_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT instance_apps_once UNIQUE (tenant_id, provider, instance, redirect_uri, scope)
);
CALL pulse_secure('instance_apps');
GRANT SELECT, INSERT, UPDATE, DELETE ON instance_apps TO pulse_api;
GRANT SELECT, UPDATE ON instance_apps TO pulse_engine;

-- Where a connection that is being made was begun; empty for providers without instances.
ALTER TABLE oauth_states ADD COLUMN instance text NOT NULL DEFAULT '';

DROP FUNCTION pulse_take_oauth_state(bytea, bytea, text, timestamptz);
CREATE FUNCTION pulse_take_oauth_state(wanted bytea, browser bytea, of_provider text, at timestamptz)
  RETURNS TABLE (tenant_id uuid, id uuid, member_id uuid, project_id uuid, verifier bytea, instance text)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    WITH taken AS (DELETE FROM public.oauth_states s WHERE s.state_hash = wanted RETURNING s.*)
    SELECT t.tenant_id, t.id, t.member_id, t.project_id, t.verifier, t.instance FROM taken t
    WHERE t.browser_hash = browser AND t.provider = of_provider AND t.expires_at > at
  $$;
REVOKE ALL ON FUNCTION pulse_take_oauth_state(bytea, bytea, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_take_oauth_state(bytea, bytea, text, timestamptz) TO pulse_api;
GRANT CREATE ON SCHEMA public TO pulse_engine;
ALTER FUNCTION pulse_take_oauth_state(bytea, bytea, text, timestamptz) OWNER TO pulse_engine;
REVOKE CREATE ON SCHEMA public FROM pulse_engine;
