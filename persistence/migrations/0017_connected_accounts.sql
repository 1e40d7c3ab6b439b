-- People connect accounts by clicking: a login at a provider with its tokens, the accounts that it may publish as, and the state of a
-- connection that is being made.

-- One login at a provider (OAuth). `platform` is the provider: Facebook and Instagram are both 'meta'. Tokens are sealed by
-- persistence/secrets/secret_box; the clear text never reaches the database.
CREATE TABLE social_accounts (
  tenant_id           uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id                  uuid NOT NULL,
  platform            text NOT NULL,
  external_user_id    text NOT NULL,
  name                text NOT NULL DEFAULT '',
  scope               text NOT NULL DEFAULT '',
  access_token        bytea NOT NULL,
  refresh_token       bytea,
  expires_at          timestamptz,            -- null: it does not expire
  refresh_expires_at  timestamptz,
  refresh_at          timestamptz,            -- when it is to be refreshed; null: it cannot be
  refreshing_until    timestamptz,            -- until then one process refreshes it, and nobody else
  refresh_round       bigint NOT NULL DEFAULT 0,  -- grows with every refresh that is begun: whoever was too late writes nothing
  refresh_failures    integer NOT NULL DEFAULT 0, -- in a row, for passing reasons
  needs_reconnect     boolean NOT NULL DEFAULT false,
  problem             text,                   -- a sentence: why it must be connected again
  connected_by        uuid NOT NULL,
  created_at          timestamptz NOT NULL,
  updated_at          timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT social_accounts_once UNIQUE (tenant_id, platform, external_user_id),
  FOREIGN KEY (tenant_id, connected_by) REFERENCES members (tenant_id, id)
);
CREATE INDEX social_accounts_due ON social_accounts (refresh_at) WHERE refresh_at IS NOT NULL;
CALL pulse_secure('social_accounts');

-- What can be published as. An account that was handed over by hand has no login.
ALTER TABLE accounts
  ADD COLUMN social_account_id uuid,
  ADD COLUMN name text NOT NULL DEFAULT '',
  ADD COLUMN shares_token boolean NOT NULL DEFAULT false,  -- its token is the login's, and changes with it
  ADD CONSTRAINT accounts_login FOREIGN KEY (tenant_id, social_account_id) REFERENCES social_accounts (tenant_id, id);
CREATE INDEX accounts_by_login ON accounts (tenant_id, social_account_id) WHERE social_account_id IS NOT NULL;

-- A connection that is being made: single use, ten minutes, bound to tenant, provider and browser. Only hashes of what the browser has.
CREATE TABLE oauth_states (
  tenant_id     uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id            uuid NOT NULL,
  state_hash    bytea NOT NULL,
  browser_hash  bytea NOT NULL,
  provider      text NOT NULL,
  member_id     uuid NOT NULL,
  project_id    uuid,
  verifier      bytea NOT NULL,  -- the proof key, sealed
  created_at    timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX oauth_states_once ON oauth_states (state_hash);
CALL pulse_secure('oauth_states');

-- The callback comes from a browser that the platform sends, without a token: the state alone names the tenant. It is used up by being
-- found, whatever is wrong with the rest.
CREATE FUNCTION pulse_take_oauth_state(wanted bytea, browser bytea, of_provider text, at timestamptz)
  RETURNS TABLE (tenant_id uuid, id uuid, member_id uuid, project_id uuid, verifier bytea)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    WITH taken AS (DELETE FROM public.oauth_states s WHERE s.state_hash = wanted RETURNING s.*)
    SELECT t.tenant_id, t.id, t.member_id, t.project_id, t.verifier FROM taken t
    WHERE t.browser_hash = browser AND t.provider = of_provider AND t.expires_at > at
  $$;
REVOKE ALL ON FUNCTION pulse_take_oauth_state(bytea, bytea, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_take_oauth_state(bytea, bytea, text, timestamptz) TO pulse_api;
GRANT CREATE ON SCHEMA public TO pulse_engine;
ALTER FUNCTION pulse_take_oauth_state(bytea, bytea, text, timestamptz) OWNER TO pulse_engine;
REVOKE CREATE ON SCHEMA public FROM pulse_engine;

GRANT SELECT, INSERT, UPDATE, DELETE ON social_accounts TO pulse_api;
GRANT SELECT, INSERT, DELETE ON oauth_states TO pulse_api;
GRANT SELECT, UPDATE ON social_accounts TO pulse_engine;
GRANT SELECT, DELETE ON oauth_states TO pulse_engine;
GRANT UPDATE ON accounts TO pulse_engine;
