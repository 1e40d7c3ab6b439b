-- A login is for one purpose: to publish as the company's accounts, or to like and comment as its member. The same person at the same
-- platform may connect for both; the tokens are then two, and neither serves the other.
ALTER TABLE social_accounts ADD COLUMN purpose text NOT NULL DEFAULT 'publish'
  CONSTRAINT social_accounts_purpose CHECK (purpose IN ('publish', 'engage'));
ALTER TABLE social_accounts DROP CONSTRAINT social_accounts_once;
ALTER TABLE social_accounts ADD CONSTRAINT social_accounts_once UNIQUE (tenant_id, platform, external_user_id, purpose);
CREATE INDEX social_accounts_of_member ON social_accounts (tenant_id, connected_by, platform) WHERE purpose = 'engage';

-- What was connected before said nothing of it. A login at LinkedIn of which no channel was ever made is its member's own; whoever meant
-- it for a channel connects again. One that channels publish by stays theirs, and its member connects for engagement.
UPDATE social_accounts s SET purpose = 'engage'
WHERE s.platform = 'linkedin' AND NOT EXISTS (
  SELECT FROM accounts a JOIN channels c ON c.tenant_id = a.tenant_id AND c.account_id = a.id
  WHERE a.tenant_id = s.tenant_id AND a.social_account_id = s.id);
DELETE FROM accounts a USING social_accounts s
WHERE s.tenant_id = a.tenant_id AND s.id = a.social_account_id AND s.purpose = 'engage';

-- An account that can be published as never belongs to a login for engagement, whatever the program does.
CREATE FUNCTION pulse_keep_purpose() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM social_accounts s WHERE s.tenant_id = NEW.tenant_id AND s.id = NEW.social_account_id AND s.purpose = 'engage') THEN
    RAISE EXCEPTION 'account % is of a login for engagement', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_purpose';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER accounts_purpose BEFORE INSERT OR UPDATE OF social_account_id ON accounts FOR EACH ROW
  WHEN (NEW.social_account_id IS NOT NULL) EXECUTE FUNCTION pulse_keep_purpose();

ALTER TABLE oauth_states ADD COLUMN purpose text NOT NULL DEFAULT 'publish'
  CONSTRAINT oauth_states_purpose CHECK (purpose IN ('publish', 'engage'));
DROP FUNCTION pulse_take_oauth_state(bytea, bytea, text, timestamptz);
CREATE FUNCTION pulse_take_oauth_state(wanted bytea, browser bytea, of_provider text, at timestamptz)
  RETURNS TABLE (tenant_id uuid, id uuid, member_id uuid, project_id uuid, verifier bytea, purpose text)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    WITH taken AS (DELETE FROM public.oauth_states s WHERE s.state_hash = wanted RETURNING s.*)
    SELECT t.tenant_id, t.id, t.member_id, t.project_id, t.verifier, t.purpose FROM taken t
    WHERE t.browser_hash = browser AND t.provider = of_provider AND t.expires_at > at
  $$;
REVOKE ALL ON FUNCTION pulse_take_oauth_state(bytea, bytea, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_take_oauth_state(bytea, bytea, text, timestamptz) TO pulse_api;
GRANT CREATE ON SCHEMA public TO pulse_engine;
ALTER FUNCTION pulse_take_oauth_state(bytea, bytea, text, timestamptz) OWNER TO pulse_engine;
REVOKE CREATE ON SCHEMA public FROM pulse_engine;

-- A company may do without the list of who did most.
ALTER TABLE tenants ADD COLUMN has_leaderboard boolean NOT NULL DEFAULT true;
DROP TRIGGER note_change ON tenants;
CALL pulse_audit('tenants', 'name', 'paused_at', 'suspended_at', 'suspended_because', 'has_leaderboard');
DROP TRIGGER note_change ON social_accounts;
CALL pulse_audit('social_accounts', 'platform', 'name', 'scope', 'purpose', 'needs_reconnect', '!access_token');

-- Posts that were found, of all pages together.
CREATE INDEX tracked_posts_by_time ON tracked_posts (tenant_id, published_at DESC, id DESC);
