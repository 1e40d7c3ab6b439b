-- Who did what, from where, and what became of it: a row for each transaction of a mutating call that wrote something, written in that
-- transaction, and one for each refusal. Rows are chained afterwards (seq, hash) by a sealer, so that nobody waits for a chain.
CREATE TABLE audit_entries (
  tenant_id       uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id              uuid NOT NULL,
  at              timestamptz NOT NULL,
  action          text NOT NULL,           -- the route: "POST /org/teams"
  status          integer NOT NULL,        -- what was answered; 0: done, whatever the answer said
  code            text NOT NULL DEFAULT '',-- of the problem that refused it
  actor_kind      text NOT NULL CONSTRAINT audit_entries_actor CHECK (actor_kind IN ('member', 'token', 'platform_admin', 'nobody')),
  actor_id        uuid,                    -- no foreign key: who is gone did it all the same
  token_id        uuid,
  subject_id      uuid,                    -- the first id of the path
  request_id      text NOT NULL,
  -- What may be personal: address, device, before and after. The chain holds the digest of it under this salt, so it can be taken out
  -- and the chain stays whole.
  details         json NOT NULL,
  salt            uuid DEFAULT gen_random_uuid(),
  details_digest  bytea,
  erased_at       timestamptz,
  seq             bigint,                  -- null: not sealed yet
  hash            bytea,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT audit_entries_sealed CHECK ((seq IS NULL) = (hash IS NULL) AND (seq IS NULL) = (details_digest IS NULL))
);
CREATE UNIQUE INDEX audit_entries_in_order ON audit_entries (tenant_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX audit_entries_unsealed ON audit_entries (tenant_id, at, id) WHERE seq IS NULL;
CREATE INDEX audit_entries_by_time ON audit_entries (tenant_id, at, id);
CREATE INDEX audit_entries_by_actor ON audit_entries (tenant_id, actor_id, at, id);
CALL pulse_secure('audit_entries');

-- The end of each company's chain, signed.
CREATE TABLE audit_heads (
  tenant_id  uuid NOT NULL PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
  entries    bigint NOT NULL,
  hash       bytea NOT NULL,
  sealed_at  timestamptz NOT NULL,
  signature  bytea NOT NULL
);
CALL pulse_secure('audit_heads');

-- Nobody who serves requests can write into the chain; nobody changes what is sealed, but for taking out what is personal.
GRANT SELECT ON audit_entries, audit_heads TO pulse_api, pulse_engine;
GRANT INSERT (tenant_id, id, at, action, status, code, actor_kind, actor_id, token_id, subject_id, request_id, details)
  ON audit_entries TO pulse_api, pulse_engine;
GRANT UPDATE (seq, hash, details_digest, details, salt, erased_at) ON audit_entries TO pulse_engine;
GRANT INSERT, UPDATE ON audit_heads TO pulse_engine;

CREATE FUNCTION pulse_keep_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.seq, NEW.hash, NEW.details_digest) IS DISTINCT FROM (OLD.seq, OLD.hash, OLD.details_digest)
     OR (NEW.erased_at IS NULL AND (NEW.salt IS DISTINCT FROM OLD.salt OR NEW.details::text <> OLD.details::text)) THEN
    RAISE EXCEPTION 'a sealed audit entry cannot be changed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER keep_sealed BEFORE UPDATE ON audit_entries FOR EACH ROW WHEN (OLD.seq IS NOT NULL) EXECUTE FUNCTION pulse_keep_sealed();

-- What a transaction changes, gathered for its audit entry: before and after of the columns that are named, and of no others; "!column"
-- says that it changed and never what it was. Only while pulse.audit is on, which the front door sets: the engine pays nothing.
CREATE FUNCTION pulse_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) ELSE '{}' END;
  new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) ELSE '{}' END;
  noted text := coalesce(current_setting('pulse.changes', true), '');
  was jsonb := '{}';
  is_now jsonb := '{}';
  each text;
  name text;
BEGIN
  IF octet_length(noted) > 65536 THEN  -- it is a lot: that there was more is said by "changes_left_out"
    PERFORM set_config('pulse.changes_left_out', 'on', true);
    RETURN NULL;
  END IF;
  FOREACH each IN ARRAY TG_ARGV LOOP
    name := ltrim(each, '!');
    CONTINUE WHEN (old_row -> name) IS NOT DISTINCT FROM (new_row -> name);
    CONTINUE WHEN TG_OP = 'INSERT' AND new_row -> name = 'null';
    IF each LIKE '!%' THEN
      is_now := is_now || jsonb_build_object(name, 'changed');
      CONTINUE;
    END IF;
    IF TG_OP <> 'INSERT' THEN
      was := was || jsonb_build_object(name, CASE WHEN jsonb_typeof(old_row -> name) = 'string' THEN to_jsonb(left(old_row ->> name, 1000)) ELSE old_row -> name END);
    END IF;
    IF TG_OP <> 'DELETE' THEN
      is_now := is_now || jsonb_build_object(name, CASE WHEN jsonb_typeof(new_row -> name) = 'string' THEN to_jsonb(left(new_row ->> name, 1000)) ELSE new_row -> name END);
    END IF;
  END LOOP;
  IF TG_OP = 'UPDATE' AND was = '{}' AND is_now = '{}' THEN RETURN NULL; END IF;
  PERFORM set_config('pulse.changes', noted || CASE WHEN noted = '' THEN '' ELSE ',' END || jsonb_build_object(
    'what', TG_TABLE_NAME, 'id', coalesce(new_row -> 'id', old_row -> 'id'), 'before', was, 'after', is_now)::text, true);
  RETURN NULL;
END
$$;

-- CALL pulse_audit('teams', 'name'): changes of these columns are noted. For every table that people change.
CREATE PROCEDURE pulse_audit(name regclass, VARIADIC columns text[]) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW '
                 'WHEN (current_setting(''pulse.audit'', true) = ''on'') EXECUTE FUNCTION pulse_note_change(%s)',
                 name, (SELECT string_agg(quote_literal(c), ', ') FROM unnest(columns) c));
END
$$;
CALL pulse_audit('tenants', 'name', 'paused_at', 'suspended_at', 'suspended_because');
CALL pulse_audit('members', 'email', 'display_name', 'role', 'is_active', 'team_id', 'email_verified_at', 'is_platform_admin',
                 'profile_markdown', 'tone', '!password_hash');
CALL pulse_audit('sessions', 'member_id', 'device', 'ended_at', 'ended_because');
CALL pulse_audit('api_tokens', 'member_id', 'name', 'ends_with', 'scopes', 'project_ids', 'expires_at', 'revoked_at');
CALL pulse_audit('second_factors', 'member_id', 'confirmed_at', '!secret', '!recovery_hashes');
CALL pulse_audit('teams', 'name');
CALL pulse_audit('invites', 'email', 'role', 'team_id', 'uses_max', 'uses', 'expires_at', 'revoked_at');
CALL pulse_audit('projects', 'name', 'description', 'time_zone', 'lateness_policy', 'lateness_after_seconds', 'paused_at');
CALL pulse_audit('channels', 'project_id', 'type', 'name', 'account_id', 'is_active', 'disabled_reason', 'paused_at', 'deleted_at');
CALL pulse_audit('posts', 'project_id', 'title', 'text', 'variants', 'image', 'scheduled_at', 'lateness_policy', 'lateness_after_seconds',
                 'deleted_at');
CALL pulse_audit('accounts', 'platform', 'handle', 'name', '!access_token');
CALL pulse_audit('social_accounts', 'platform', 'name', 'scope', 'needs_reconnect', '!access_token');
CALL pulse_audit('channel_retry_policies', 'channel_type', 'max_attempts', 'backoff_strategy', 'retry_delay_seconds');
CALL pulse_audit('platform_rate_limits', 'platform', 'scope', 'posts', 'window_seconds', 'burst');
CALL pulse_audit('calendar_feeds', 'project_id', 'member_id', 'name', 'revoked_at');
