-- The calendar: posts by the time for which they are planned, and feeds of it for calendar programs.
CREATE INDEX posts_by_schedule ON posts (tenant_id, project_id, scheduled_at, id) WHERE deleted_at IS NULL AND scheduled_at IS NOT NULL;

-- Whoever has a feed's address reads the project's calendar, until it is revoked or the member who made it is no longer active. The
-- secret in the address is kept as its SHA-256 only.
CREATE TABLE calendar_feeds (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL,
  project_id    uuid NOT NULL,
  member_id     uuid NOT NULL,
  name          text NOT NULL CONSTRAINT calendar_feeds_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
  secret_hash   bytea NOT NULL CONSTRAINT calendar_feeds_secret_once UNIQUE,
  created_at    timestamptz NOT NULL,
  revoked_at    timestamptz,
  last_read_at  timestamptz,  -- to the minute
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX calendar_feeds_by_project ON calendar_feeds (tenant_id, project_id, created_at DESC, id DESC) WHERE revoked_at IS NULL;
CALL pulse_secure('calendar_feeds');
GRANT SELECT, INSERT, UPDATE ON calendar_feeds TO pulse_api;

-- A calendar program knows the secret and nothing else: this names the tenant whose feed it is.
CREATE FUNCTION pulse_find_calendar_feed(wanted bytea) RETURNS TABLE (tenant_id uuid, feed_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT f.tenant_id, f.id FROM public.calendar_feeds f JOIN public.members m ON m.tenant_id = f.tenant_id AND m.id = f.member_id
        WHERE f.secret_hash = wanted AND f.revoked_at IS NULL AND m.is_active $$;
GRANT SELECT (tenant_id, id, member_id, secret_hash, revoked_at) ON calendar_feeds TO pulse_engine;
REVOKE ALL ON FUNCTION pulse_find_calendar_feed(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_find_calendar_feed(bytea) TO pulse_api;
GRANT CREATE ON SCHEMA public TO pulse_engine;
ALTER FUNCTION pulse_find_calendar_feed(bytea) OWNER TO pulse_engine;
REVOKE CREATE ON SCHEMA public FROM pulse_engine;
