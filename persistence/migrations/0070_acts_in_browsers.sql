-- Likes and comments may go through the member's own session in a browser, where there is no account at LinkedIn's API.
ALTER TABLE engagements ADD COLUMN way text CONSTRAINT engagements_way CHECK (way IN ('api', 'browser'));  -- of the last attempt; null: none yet
UPDATE engagements SET way = 'api' WHERE attempt > 0;

-- Why a session ended that its member has not ended; null: it has not, or they have signed in again.
ALTER TABLE browser_sessions ADD COLUMN problem text, ADD COLUMN ended_at timestamptz,
  ADD CONSTRAINT browser_sessions_ended CHECK ((problem IS NULL) = (ended_at IS NULL) AND (problem IS NULL OR cookies IS NULL));
DROP TRIGGER note_change ON browser_sessions;
CALL pulse_audit('browser_sessions', 'member_id', 'allowed_at', 'origin', 'connected_at', 'expires_at', 'problem', '!cookies');

-- Switching the browser off removes the session, and not that its member has signed in five times within the hour.
ALTER TABLE browser_logins ALTER COLUMN session_id DROP NOT NULL, DROP CONSTRAINT browser_logins_tenant_id_session_id_fkey,
  ADD FOREIGN KEY (tenant_id, session_id) REFERENCES browser_sessions (tenant_id, id) ON DELETE SET NULL (session_id),
  ADD CONSTRAINT browser_logins_of_one CHECK (session_id IS NOT NULL OR state IN ('connected', 'failed'));
CREATE FUNCTION pulse_end_browser_logins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE public.browser_logins SET state = 'failed', reason = 'withdrawn', credentials = NULL, code = NULL
  WHERE tenant_id = OLD.tenant_id AND session_id = OLD.id AND state NOT IN ('connected', 'failed');
  RETURN OLD;
END
$$;
CREATE TRIGGER end_browser_logins BEFORE DELETE ON browser_sessions FOR EACH ROW EXECUTE FUNCTION pulse_end_browser_logins();
