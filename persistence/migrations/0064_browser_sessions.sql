-- Members may act at LinkedIn through a browser, with the cookies of their session, where operator and member have both switched it on.

-- What the operator has switched on, as the processes that drive browsers say it: whoever serves requests reads it here, in whichever process.
CREATE TABLE browser_adapter (
  is_the_one  boolean PRIMARY KEY DEFAULT true CHECK (is_the_one),
  is_on       boolean NOT NULL,
  problem     text NOT NULL,         -- what is missing on the machine; empty: nothing
  said_at     timestamptz NOT NULL   -- an older word counts no more: nobody drives browsers any more
);
GRANT SELECT ON browser_adapter TO pulse_api;
GRANT SELECT, INSERT, UPDATE ON browser_adapter TO pulse_engine;

-- A row: its member has switched it on. Switching it off removes the row, and with it all that was kept.
CREATE TABLE browser_sessions (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL,
  member_id     uuid NOT NULL,
  allowed_at    timestamptz NOT NULL,
  cookies       bytea,        -- sealed; null: none
  origin        text CONSTRAINT browser_sessions_origin CHECK (origin IN ('login', 'handed_over')),
  connected_at  timestamptz,
  expires_at    timestamptz,  -- when the cookies are removed
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT browser_sessions_once UNIQUE (tenant_id, member_id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT browser_sessions_whole CHECK (
    (cookies IS NULL) = (origin IS NULL) AND (cookies IS NULL) = (connected_at IS NULL) AND (cookies IS NULL) = (expires_at IS NULL))
);
CREATE INDEX browser_sessions_over ON browser_sessions (expires_at) WHERE cookies IS NOT NULL;
CALL pulse_secure('browser_sessions');
CALL pulse_audit('browser_sessions', 'member_id', 'allowed_at', 'origin', 'connected_at', 'expires_at', '!cookies');

-- A sign-in that Pulse helps with. Whoever drives the browser takes the password and the codes out of the row, where they are sealed for the
-- moment between two processes.
CREATE TABLE browser_logins (
  tenant_id    uuid NOT NULL,
  id           uuid NOT NULL,
  session_id   uuid NOT NULL,
  member_id    uuid NOT NULL,
  state        text NOT NULL CONSTRAINT browser_logins_state CHECK (state IN ('starting', 'needs_code', 'checking', 'connected', 'failed')),
  reason       text,         -- why it failed, by the word of domain/engagement/browser_session
  was_wrong    boolean NOT NULL DEFAULT false,  -- the code that was tried last
  credentials  bytea,        -- sealed; null: taken
  code         bytea,        -- sealed; null: none, or taken
  started_at   timestamptz NOT NULL,
  taken_at     timestamptz,  -- by a process that drives browsers
  ends_at      timestamptz NOT NULL,  -- by then it is over, whatever became of that process
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, session_id) REFERENCES browser_sessions (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT browser_logins_reason CHECK ((state = 'failed') = (reason IS NOT NULL)),
  CONSTRAINT browser_logins_over CHECK (state NOT IN ('connected', 'failed') OR (credentials IS NULL AND code IS NULL))
);
-- A company has one at a time.
CREATE UNIQUE INDEX browser_logins_one ON browser_logins (tenant_id) WHERE state NOT IN ('connected', 'failed');
CREATE INDEX browser_logins_of_session ON browser_logins (tenant_id, session_id, started_at);
CREATE INDEX browser_logins_to_take ON browser_logins (started_at) WHERE taken_at IS NULL AND state = 'starting';
CREATE INDEX browser_logins_old ON browser_logins (started_at);
CALL pulse_secure('browser_logins');
CALL pulse_audit('browser_logins', 'member_id', 'state', 'reason');

GRANT SELECT, INSERT, UPDATE, DELETE ON browser_sessions, browser_logins TO pulse_api;
GRANT SELECT, UPDATE ON browser_sessions TO pulse_engine;
GRANT SELECT, UPDATE, DELETE ON browser_logins TO pulse_engine;

-- Whoever is not let in any more keeps none, and neither does whoever is erased (migration erasure).
CREATE FUNCTION pulse_forget_browser_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM public.browser_sessions WHERE tenant_id = NEW.tenant_id AND member_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER forget_browser_session AFTER UPDATE OF is_active, erased_at ON members
  FOR EACH ROW WHEN (NOT NEW.is_active) EXECUTE FUNCTION pulse_forget_browser_session();
