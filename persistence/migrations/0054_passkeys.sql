-- People sign in with passkeys (WebAuthn), and say once more that it is they before their ways of signing in change.
CREATE TABLE passkeys (
  tenant_id      uuid NOT NULL,
  id             uuid NOT NULL,
  member_id      uuid NOT NULL,
  credential_id  bytea NOT NULL CONSTRAINT passkeys_credential_length CHECK (octet_length(credential_id) BETWEEN 16 AND 1023),
  public_key     bytea NOT NULL CONSTRAINT passkeys_key_length CHECK (octet_length(public_key) BETWEEN 1 AND 2048),  -- COSE_Key
  name           text NOT NULL CONSTRAINT passkeys_name_length CHECK (char_length(name) BETWEEN 1 AND 60),
  model          uuid NOT NULL,     -- AAGUID of the authenticator; often nil
  uses           bigint NOT NULL,   -- its counter
  is_synced      boolean NOT NULL,  -- kept by more than one device
  created_at     timestamptz NOT NULL,
  last_used_at   timestamptz,
  refused_at     timestamptz,       -- when its counter went back last: there may be a copy
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX passkeys_of_member ON passkeys (tenant_id, member_id, created_at);
-- One authenticator's credential is one member's, whatever the company: it is found by its id before the company is known.
CREATE UNIQUE INDEX passkeys_credential_once ON passkeys (credential_id);
CALL pulse_secure('passkeys');
CALL pulse_audit('passkeys', 'member_id', 'name', 'refused_at');

-- Challenges are stamped texts in the browser's cookie, so that asking for one stores nothing. One that was answered is kept here until it
-- is over: it is good once.
CREATE TABLE used_passkey_challenges (
  tenant_id       uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  challenge_hash  bytea NOT NULL,
  expires_at      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, challenge_hash)
);
CREATE INDEX used_passkey_challenges_over ON used_passkey_challenges (tenant_id, expires_at);
CALL pulse_secure('used_passkey_challenges');

GRANT SELECT, INSERT, UPDATE, DELETE ON passkeys TO pulse_api;
GRANT SELECT, INSERT, DELETE ON used_passkey_challenges TO pulse_api;

CREATE FUNCTION pulse_find_passkey(wanted bytea) RETURNS TABLE (tenant_id uuid, id uuid, member_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT p.tenant_id, p.id, p.member_id FROM public.passkeys p
        JOIN public.members m ON m.tenant_id = p.tenant_id AND m.id = p.member_id
        JOIN public.tenants t ON t.id = p.tenant_id
        WHERE p.credential_id = wanted AND m.is_active AND t.suspended_at IS NULL $$;
REVOKE ALL ON FUNCTION pulse_find_passkey(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_find_passkey(bytea) TO pulse_api;

-- When its person has last shown that it is they, after signing in.
ALTER TABLE sessions ADD COLUMN confirmed_at timestamptz;

-- A second factor may be passkeys alone: then nobody knows the secret, and recovery codes are what is left without them.
ALTER TABLE second_factors ADD COLUMN has_app boolean NOT NULL DEFAULT true;

-- Whoever is erased (migration erasure) has none any more.
CREATE FUNCTION pulse_forget_passkeys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM public.passkeys WHERE tenant_id = NEW.tenant_id AND member_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER forget_passkeys AFTER UPDATE OF erased_at ON members
  FOR EACH ROW WHEN (NEW.erased_at IS NOT NULL) EXECUTE FUNCTION pulse_forget_passkeys();

-- What of a company somebody may watch: null where they, or their session, may watch nothing any more; '' everything; else each project
-- with its channels ('*': all of it). Whoever watches is let go when it changes, and comes again.
CREATE FUNCTION pulse_watch_reach(company uuid, member uuid, session uuid, at_time timestamptz) RETURNS text LANGUAGE sql STABLE
  SET search_path = pg_catalog, public
  AS $$ SELECT CASE WHEN m.is_limited AND m.role NOT IN ('owner', 'admin') THEN
           'limited' || coalesce((SELECT string_agg(' ' || g.project_id || ':' || coalesce(array_to_string(g.channel_ids, '+'), '*'), ''
                                                    ORDER BY g.project_id)
                                  FROM public.member_grants g WHERE g.tenant_id = company AND g.member_id = member), '')
           ELSE '' END
        FROM public.sessions s JOIN public.members m ON m.tenant_id = s.tenant_id AND m.id = s.member_id AND m.is_active
        JOIN public.tenants t ON t.id = s.tenant_id AND t.suspended_at IS NULL
        WHERE s.tenant_id = company AND s.id = session AND s.member_id = member AND s.ended_at IS NULL
          AND least(s.idle_ends_at, s.ends_at) > at_time $$;
