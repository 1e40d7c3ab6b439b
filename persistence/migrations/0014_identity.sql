-- Sessions are rows of their own. A refresh token proves by itself which session and which turn it is of, so one row a session is all
-- that is kept, where before every token ever given out was a row, and ending a session could miss the token that was being made: now
-- refreshing, logging out and reuse meet at one row. Sessions from before end with this migration: everybody signs in once more.
DROP FUNCTION pulse_find_refresh_token(bytea);
DROP TABLE refresh_tokens;

CREATE TABLE sessions (
  tenant_id      uuid NOT NULL,
  id             uuid NOT NULL,
  member_id      uuid NOT NULL,
  generation     integer NOT NULL DEFAULT 0,  -- of the refresh token that is good
  rotated_at     timestamptz NOT NULL,        -- when it became so
  idle_ends_at   timestamptz NOT NULL,
  ends_at        timestamptz NOT NULL,
  ended_at       timestamptz,
  ended_because  text CONSTRAINT sessions_ended CHECK (ended_because IN ('logout', 'reuse', 'password', 'revoked', 'deactivated', 'surplus')),
  network        text NOT NULL,  -- whom the limits of signing in see
  address        text NOT NULL,
  device         text NOT NULL CONSTRAINT sessions_device_length CHECK (char_length(device) <= 300),
  created_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT sessions_ended_why CHECK ((ended_at IS NULL) = (ended_because IS NULL))
);
CREATE INDEX sessions_by_member ON sessions (tenant_id, member_id, rotated_at);
CALL pulse_secure('sessions');

-- An account counts for nothing until its owner has shown that the address is theirs. Those from before do count.
ALTER TABLE members ADD COLUMN email_verified_at timestamptz;
UPDATE members SET email_verified_at = created_at;
ALTER TABLE members ADD COLUMN is_platform_admin boolean NOT NULL DEFAULT false;
ALTER TABLE tenants ADD COLUMN suspended_at timestamptz;  -- set: nobody of this company is let in, and nothing of it starts

DROP INDEX members_by_email;
CREATE INDEX members_by_email ON members (email, (email_verified_at IS NULL), created_at);

-- The ways to sign in with an address: the one of a company, or else the first three that are verified and one that is not, whatever
-- strangers sign up with.
DROP FUNCTION pulse_find_logins(text);
CREATE FUNCTION pulse_find_logins(wanted text, in_tenant uuid, from_network text)
  RETURNS TABLE (tenant_id uuid, member_id uuid, password_hash text, is_verified boolean, is_suspended boolean, is_known_network boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    WITH found AS (
      (SELECT m.* FROM public.members m WHERE in_tenant IS NOT NULL AND m.tenant_id = in_tenant AND m.email = wanted AND m.is_active)
      UNION ALL
      (SELECT m.* FROM public.members m
       WHERE in_tenant IS NULL AND m.email = wanted AND (m.email_verified_at IS NULL) = false AND m.is_active
       ORDER BY m.created_at LIMIT 3)
      UNION ALL
      (SELECT m.* FROM public.members m
       WHERE in_tenant IS NULL AND m.email = wanted AND (m.email_verified_at IS NULL) = true AND m.is_active
       ORDER BY m.created_at LIMIT 1))
    SELECT f.tenant_id, f.id, f.password_hash, f.email_verified_at IS NOT NULL, t.suspended_at IS NOT NULL,
           EXISTS (SELECT FROM public.sessions s
                   WHERE s.tenant_id = f.tenant_id AND s.member_id = f.id AND s.network = from_network)
    FROM found f JOIN public.tenants t ON t.id = f.tenant_id $$;

-- What a member may do changes at once everywhere: every process keeps it for a moment, and hears of each change, whoever makes it.
CREATE FUNCTION pulse_tell_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('pulse_standing', OLD.id::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_standing AFTER UPDATE OF role, is_active, email_verified_at, is_platform_admin OR DELETE ON members
  FOR EACH ROW EXECUTE FUNCTION pulse_tell_standing();
CREATE TRIGGER tell_standing AFTER UPDATE OF suspended_at ON tenants FOR EACH ROW EXECUTE FUNCTION pulse_tell_standing();
CREATE TRIGGER tell_standing AFTER UPDATE OF ended_at ON sessions FOR EACH ROW EXECUTE FUNCTION pulse_tell_standing();

-- Mails that wait to be sent, or could not be. What is sent is gone: the text is sealed, because it holds a link that lets somebody in.
CREATE TABLE mail_outbox (
  tenant_id     uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id            uuid NOT NULL,
  recipient     text NOT NULL,
  subject       text NOT NULL,
  body          bytea NOT NULL,
  tries         integer NOT NULL DEFAULT 0,
  next_try_at   timestamptz,  -- null: it was given up
  last_problem  text NOT NULL DEFAULT '',
  created_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX mail_outbox_due ON mail_outbox (next_try_at) WHERE next_try_at IS NOT NULL;
CALL pulse_secure('mail_outbox');

GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO pulse_api;
GRANT SELECT, DELETE ON sessions TO pulse_engine;
GRANT SELECT, INSERT ON mail_outbox TO pulse_api;
GRANT SELECT, UPDATE, DELETE ON mail_outbox TO pulse_engine;
