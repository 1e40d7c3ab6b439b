-- Companies, their people, and what proves who they are.
CREATE TABLE tenants (
  id          uuid PRIMARY KEY,
  name        text NOT NULL CONSTRAINT tenants_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
  paused_at   timestamptz,  -- set: nothing of this tenant starts
  created_at  timestamptz NOT NULL
);
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY request ON tenants TO pulse_api USING (id = (SELECT pulse_tenant())) WITH CHECK (id = (SELECT pulse_tenant()));
CREATE POLICY engine ON tenants TO pulse_engine USING (true) WITH CHECK (true);

CREATE TABLE subscriptions (
  tenant_id      uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
  plan           text NOT NULL,
  status         text NOT NULL CONSTRAINT subscriptions_status CHECK (status IN ('trial', 'active', 'past_due', 'cancelled')),
  trial_ends_at  timestamptz,
  created_at     timestamptz NOT NULL
);
CALL pulse_secure('subscriptions');

CREATE TABLE members (
  tenant_id      uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id             uuid NOT NULL,
  email          text NOT NULL CONSTRAINT members_email_form CHECK (email = lower(email) AND char_length(email) BETWEEN 3 AND 254),
  display_name   text NOT NULL,
  password_hash  text NOT NULL,
  role           text NOT NULL CONSTRAINT members_role CHECK (role IN ('owner', 'admin', 'team_leader', 'member', 'analyst')),
  is_active      boolean NOT NULL DEFAULT true,
  created_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT members_email_once UNIQUE (tenant_id, email)
);
CREATE INDEX members_by_email ON members (email);
CALL pulse_secure('members');

-- One row a refresh token ever given out. A family is one login: a token that comes back after it was used ends it whole.
CREATE TABLE refresh_tokens (
  tenant_id   uuid NOT NULL,
  id          uuid NOT NULL,
  member_id   uuid NOT NULL,
  family_id   uuid NOT NULL,
  token_hash  bytea NOT NULL CONSTRAINT refresh_tokens_hash_once UNIQUE,
  expires_at  timestamptz NOT NULL,
  used_at     timestamptz,
  revoked_at  timestamptz,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX refresh_tokens_by_family ON refresh_tokens (tenant_id, family_id);
CALL pulse_secure('refresh_tokens');

-- What was answered to a creating call, so that the same call sent again is answered the same and does nothing twice.
CREATE TABLE idempotency_keys (
  tenant_id     uuid NOT NULL,
  member_id     uuid NOT NULL,
  key           text NOT NULL CONSTRAINT idempotency_keys_length CHECK (char_length(key) BETWEEN 1 AND 255),
  request_hash  bytea NOT NULL,
  status        integer,  -- null: the first call is still running
  content_type  text,
  location      text,
  response      text,
  created_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, member_id, key),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (tenant_id, created_at);
CALL pulse_secure('idempotency_keys');

-- The two look-ups that must work before a tenant is known. They are all that crosses tenants for a request.
CREATE FUNCTION pulse_find_logins(wanted text)
  RETURNS TABLE (tenant_id uuid, member_id uuid, password_hash text, role text, is_active boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT m.tenant_id, m.id, m.password_hash, m.role, m.is_active FROM public.members m WHERE m.email = lower(wanted) LIMIT 50 $$;

CREATE FUNCTION pulse_find_refresh_token(wanted bytea)
  RETURNS TABLE (tenant_id uuid, id uuid, member_id uuid, family_id uuid, expires_at timestamptz, used_at timestamptz, revoked_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT t.tenant_id, t.id, t.member_id, t.family_id, t.expires_at, t.used_at, t.revoked_at
        FROM public.refresh_tokens t WHERE t.token_hash = wanted $$;

GRANT SELECT, INSERT, UPDATE ON tenants, subscriptions, members, refresh_tokens TO pulse_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO pulse_api;
GRANT SELECT ON tenants TO pulse_engine;
