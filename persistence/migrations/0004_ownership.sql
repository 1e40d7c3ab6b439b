-- Which process runs which tenant. A node's lease ends by itself; a tenant's fence grows at every takeover, and every write
-- of the engine names the fence it was given: the row says no to whoever has been replaced.
CREATE TABLE nodes (
  id           uuid PRIMARY KEY,
  name         text NOT NULL,
  lease_until  timestamptz NOT NULL,
  started_at   timestamptz NOT NULL
);

CREATE TABLE tenant_owners (
  tenant_id  uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
  node_id    uuid NOT NULL,
  fence      bigint NOT NULL,
  taken_at   timestamptz NOT NULL
);
CREATE INDEX tenant_owners_by_node ON tenant_owners (node_id);

GRANT SELECT, INSERT, UPDATE, DELETE ON nodes, tenant_owners TO pulse_engine;

-- The login look-ups run as the engine, which otherwise sees nothing of passwords or tokens.
GRANT SELECT (tenant_id, id, email, password_hash, role, is_active) ON members TO pulse_engine;
GRANT SELECT (tenant_id, id, member_id, family_id, token_hash, expires_at, used_at, revoked_at) ON refresh_tokens TO pulse_engine;
REVOKE ALL ON FUNCTION pulse_find_logins(text), pulse_find_refresh_token(bytea), pulse_find_site(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_find_logins(text), pulse_find_refresh_token(bytea), pulse_find_site(uuid) TO pulse_api;
-- Owning a function needs CREATE on its schema at the moment of the change only.
GRANT CREATE ON SCHEMA public TO pulse_engine;
ALTER FUNCTION pulse_find_logins(text) OWNER TO pulse_engine;
ALTER FUNCTION pulse_find_refresh_token(bytea) OWNER TO pulse_engine;
ALTER FUNCTION pulse_find_site(uuid) OWNER TO pulse_engine;
REVOKE CREATE ON SCHEMA public FROM pulse_engine;
