-- A member's access may be limited to some projects, and in a project to some channels. Row security holds them to it, whatever a query
-- forgets, as it does tokens (migration api_tokens). Owners and admins see everything: a limit waits while somebody is one.
ALTER TABLE members ADD COLUMN is_limited boolean NOT NULL DEFAULT false;
DROP TRIGGER note_change ON members;
CALL pulse_audit('members', 'email', 'display_name', 'role', 'is_active', 'team_id', 'email_verified_at', 'is_platform_admin',
                 'profile_markdown', 'tone', 'is_limited', '!password_hash');

CREATE TABLE member_grants (
  tenant_id    uuid NOT NULL,
  member_id    uuid NOT NULL,
  project_id   uuid NOT NULL,
  channel_ids  uuid[] CONSTRAINT member_grants_channels CHECK (cardinality(channel_ids) <= 100),  -- null: all of the project, later ones too
  granted_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, member_id, project_id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX member_grants_of_project ON member_grants (tenant_id, project_id);
CALL pulse_secure('member_grants');
CALL pulse_audit('member_grants', 'member_id', 'project_id', 'channel_ids');
GRANT SELECT, INSERT, UPDATE, DELETE ON member_grants TO pulse_api;
GRANT SELECT ON member_grants TO pulse_engine;
GRANT SELECT (is_limited) ON members TO pulse_engine;

-- What a limited member is let see: null for whoever is not limited. Channels of granted projects that are not granted are hidden.
CREATE FUNCTION pulse_granted_projects(company uuid, member uuid) RETURNS uuid[] LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT CASE WHEN m.is_limited AND m.role NOT IN ('owner', 'admin') THEN
           ARRAY(SELECT g.project_id FROM public.member_grants g WHERE g.tenant_id = company AND g.member_id = member ORDER BY 1) END
        FROM public.members m WHERE m.tenant_id = company AND m.id = member $$;
CREATE FUNCTION pulse_hidden_channels(company uuid, member uuid) RETURNS uuid[] LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT CASE WHEN m.is_limited AND m.role NOT IN ('owner', 'admin') THEN
           ARRAY(SELECT c.id FROM public.member_grants g JOIN public.channels c ON c.tenant_id = g.tenant_id AND c.project_id = g.project_id
                 WHERE g.tenant_id = company AND g.member_id = member AND g.channel_ids IS NOT NULL AND NOT c.id = ANY (g.channel_ids) ORDER BY 1) END
        FROM public.members m WHERE m.tenant_id = company AND m.id = member $$;
REVOKE ALL ON FUNCTION pulse_granted_projects(uuid, uuid), pulse_hidden_channels(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_granted_projects(uuid, uuid), pulse_hidden_channels(uuid, uuid) TO pulse_api;

-- The channels that are not there for the running transaction.
CREATE FUNCTION pulse_hidden() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN string_to_array(nullif(current_setting('pulse.hidden_channels', true), ''), ',')::uuid[];
CREATE PROCEDURE pulse_secure_channel(name regclass, channel text DEFAULT 'channel_id') LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE POLICY of_channel ON %s AS RESTRICTIVE TO pulse_api USING ((SELECT pulse_hidden()) IS NULL OR %I IS NULL OR '
                 'NOT (%I = ANY ((SELECT pulse_hidden())::uuid[])))', name, channel, channel);
END
$$;
CALL pulse_secure_channel('channels', 'id');
CALL pulse_secure_channel('deliveries');
CALL pulse_secure_channel('publish_events');
CALL pulse_secure_channel('website_publications');
CALL pulse_secure_channel('publishing_counts');
CALL pulse_secure_channel('publishing_spans');

-- A change is in force with the next request, everywhere.
DROP TRIGGER tell_standing ON members;
CREATE TRIGGER tell_standing AFTER UPDATE OF role, is_active, email_verified_at, is_platform_admin, team_id, is_limited OR DELETE ON members
  FOR EACH ROW EXECUTE FUNCTION pulse_tell_standing();
CREATE FUNCTION pulse_tell_grant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('pulse_standing', coalesce(NEW.member_id, OLD.member_id)::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_standing AFTER INSERT OR UPDATE OR DELETE ON member_grants FOR EACH ROW EXECUTE FUNCTION pulse_tell_grant();
-- A new channel is hidden from whoever has only some of its project's.
CREATE FUNCTION pulse_tell_channel() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM pg_notify('pulse_standing', g.member_id::text) FROM public.member_grants g
  WHERE g.tenant_id = NEW.tenant_id AND g.project_id = NEW.project_id AND g.channel_ids IS NOT NULL;
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_standing AFTER INSERT ON channels FOR EACH ROW EXECUTE FUNCTION pulse_tell_channel();

-- A token has no more than its member.
DROP FUNCTION pulse_use_api_token(bytea, timestamptz, text);
CREATE FUNCTION pulse_use_api_token(wanted bytea, now_is timestamptz, from_address text)
  RETURNS TABLE (tenant_id uuid, id uuid, member_id uuid, scopes text[], project_ids uuid[], expires_at timestamptz, is_revoked boolean,
                 role text, is_active boolean, is_suspended boolean, granted_project_ids uuid[], hidden_channel_ids uuid[])
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE public.api_tokens t SET last_used_at = now_is, last_used_address = from_address
  WHERE t.token_hash = wanted AND t.revoked_at IS NULL AND t.expires_at > now_is
    AND (t.last_used_at IS NULL OR t.last_used_at < now_is - interval '1 minute');
  RETURN QUERY
    SELECT t.tenant_id, t.id, t.member_id, t.scopes, t.project_ids, t.expires_at, t.revoked_at IS NOT NULL, m.role, m.is_active,
           c.suspended_at IS NOT NULL, public.pulse_granted_projects(t.tenant_id, t.member_id), public.pulse_hidden_channels(t.tenant_id, t.member_id)
    FROM public.api_tokens t JOIN public.members m ON m.tenant_id = t.tenant_id AND m.id = t.member_id
    JOIN public.tenants c ON c.id = t.tenant_id
    WHERE t.token_hash = wanted;
END
$$;

-- A calendar's address shows a whole project: it ends with its maker's access to that.
GRANT SELECT (project_id) ON calendar_feeds TO pulse_engine;
CREATE OR REPLACE FUNCTION pulse_find_calendar_feed(wanted bytea) RETURNS TABLE (tenant_id uuid, feed_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT f.tenant_id, f.id FROM public.calendar_feeds f JOIN public.members m ON m.tenant_id = f.tenant_id AND m.id = f.member_id
        WHERE f.secret_hash = wanted AND f.revoked_at IS NULL AND m.is_active
          AND (NOT m.is_limited OR m.role IN ('owner', 'admin')
               OR EXISTS (SELECT FROM public.member_grants g WHERE g.tenant_id = f.tenant_id AND g.member_id = f.member_id
                          AND g.project_id = f.project_id AND g.channel_ids IS NULL)) $$;
