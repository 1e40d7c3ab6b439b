-- The look-up of sign-ins by address reads the confirmed accounts, and of the others the oldest: each by an index of its own, however
-- many strangers have signed up with that address.
DROP INDEX members_by_email;
CREATE INDEX members_by_email ON members (email, created_at) WHERE email_verified_at IS NOT NULL;
CREATE INDEX members_by_unverified_email ON members (email, created_at) WHERE email_verified_at IS NULL;
CREATE OR REPLACE FUNCTION pulse_find_logins(wanted text, in_tenant uuid, from_network text)
  RETURNS TABLE (tenant_id uuid, member_id uuid, password_hash text, is_verified boolean, is_suspended boolean, is_known_network boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    WITH found AS (
      (SELECT m.* FROM public.members m WHERE in_tenant IS NOT NULL AND m.tenant_id = in_tenant AND m.email = wanted AND m.is_active)
      UNION ALL
      (SELECT m.* FROM public.members m
       WHERE in_tenant IS NULL AND m.email = wanted AND m.email_verified_at IS NOT NULL AND m.is_active
       ORDER BY m.created_at LIMIT 3)
      UNION ALL
      (SELECT m.* FROM public.members m
       WHERE in_tenant IS NULL AND m.email = wanted AND m.email_verified_at IS NULL AND m.is_active
       ORDER BY m.created_at LIMIT 1))
    SELECT f.tenant_id, f.id, f.password_hash, f.email_verified_at IS NOT NULL, t.suspended_at IS NOT NULL,
           EXISTS (SELECT FROM public.sessions s
                   WHERE s.tenant_id = f.tenant_id AND s.member_id = f.id AND s.network = from_network)
    FROM found f JOIN public.tenants t ON t.id = f.tenant_id $$;

-- Companies have teams, and take people in by invitation.
CREATE TABLE teams (
  tenant_id   uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id          uuid NOT NULL,
  name        text NOT NULL CONSTRAINT teams_name_length CHECK (char_length(name) BETWEEN 1 AND 80),
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX teams_name_once ON teams (tenant_id, lower(name));
CALL pulse_secure('teams');

ALTER TABLE members ADD COLUMN team_id uuid;
ALTER TABLE members ADD COLUMN deactivated_at timestamptz;
ALTER TABLE members ADD COLUMN profile_markdown text NOT NULL DEFAULT '' CONSTRAINT members_profile_length CHECK (char_length(profile_markdown) <= 5000);
ALTER TABLE members ADD COLUMN tone text NOT NULL DEFAULT '' CONSTRAINT members_tone_length CHECK (char_length(tone) <= 200);
ALTER TABLE members ADD CONSTRAINT members_team FOREIGN KEY (tenant_id, team_id) REFERENCES teams (tenant_id, id) ON DELETE SET NULL (team_id);
CREATE INDEX members_by_team ON members (tenant_id, team_id) WHERE team_id IS NOT NULL;
CREATE INDEX members_by_time ON members (tenant_id, created_at DESC, id DESC);

DROP TRIGGER tell_standing ON members;
CREATE TRIGGER tell_standing AFTER UPDATE OF role, is_active, email_verified_at, is_platform_admin, team_id OR DELETE ON members
  FOR EACH ROW EXECUTE FUNCTION pulse_tell_standing();

-- A code is 128 random bits; only its hash is kept. One that is bound to an address is good for that address alone.
CREATE TABLE invites (
  tenant_id   uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id          uuid NOT NULL,
  code_hash   bytea NOT NULL CONSTRAINT invites_code_once UNIQUE,
  email       text,
  role        text NOT NULL CONSTRAINT invites_role CHECK (role IN ('admin', 'team_leader', 'member', 'analyst')),
  team_id     uuid,
  uses_max    integer NOT NULL CONSTRAINT invites_uses_max CHECK (uses_max BETWEEN 1 AND 500),
  uses        integer NOT NULL DEFAULT 0 CONSTRAINT invites_uses CHECK (uses BETWEEN 0 AND uses_max),
  created_by  uuid NOT NULL,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  revoked_at  timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, created_by) REFERENCES members (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, team_id) REFERENCES teams (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX invites_by_time ON invites (tenant_id, created_at DESC, id DESC);
CALL pulse_secure('invites');

-- The company that a code leads to, before anybody is signed in.
CREATE FUNCTION pulse_find_invite(wanted bytea) RETURNS TABLE (tenant_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT i.tenant_id FROM public.invites i WHERE i.code_hash = wanted $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON teams, invites TO pulse_api;

-- What the operator of the installation sees of companies. These cross tenants: routes that call them need the platform's permission.
ALTER TABLE tenants ADD COLUMN suspended_because text NOT NULL DEFAULT '';
ALTER TABLE tenants ADD COLUMN paused_by_suspension boolean NOT NULL DEFAULT false;

CREATE FUNCTION pulse_admin_orgs(wanted uuid, before_at timestamptz, before_id uuid, most bigint)
  RETURNS TABLE (id uuid, name text, created_at timestamptz, suspended_at timestamptz, suspended_because text, plan text,
                 subscription_status text, members bigint, projects bigint, channels bigint, posts bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT t.id, t.name, t.created_at, t.suspended_at, t.suspended_because, s.plan, s.status,
           (SELECT count(*) FROM public.members m WHERE m.tenant_id = t.id AND m.is_active),
           (SELECT count(*) FROM public.projects p WHERE p.tenant_id = t.id),
           (SELECT count(*) FROM public.channels c WHERE c.tenant_id = t.id AND c.deleted_at IS NULL),
           (SELECT count(*) FROM public.posts p WHERE p.tenant_id = t.id AND p.deleted_at IS NULL)
    FROM public.tenants t JOIN public.subscriptions s ON s.tenant_id = t.id
    WHERE (wanted IS NULL OR t.id = wanted) AND (t.created_at, t.id) < (before_at, before_id)
    ORDER BY t.created_at DESC, t.id DESC LIMIT most $$;

CREATE FUNCTION pulse_admin_stats(since timestamptz)
  RETURNS TABLE (companies bigint, companies_suspended bigint, members bigint, members_active_lately bigint, projects bigint,
                 channels bigint, posts bigint, mails_waiting bigint, mails_given_up bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT (SELECT count(*) FROM public.tenants), (SELECT count(*) FROM public.tenants WHERE suspended_at IS NOT NULL),
           (SELECT count(*) FROM public.members WHERE is_active),
           (SELECT count(DISTINCT (s.tenant_id, s.member_id)) FROM public.sessions s WHERE s.rotated_at >= since),
           (SELECT count(*) FROM public.projects), (SELECT count(*) FROM public.channels WHERE deleted_at IS NULL),
           (SELECT count(*) FROM public.posts WHERE deleted_at IS NULL),
           (SELECT count(*) FROM public.mail_outbox WHERE next_try_at IS NOT NULL),
           (SELECT count(*) FROM public.mail_outbox WHERE next_try_at IS NULL) $$;

CREATE FUNCTION pulse_admin_members(wanted uuid)
  RETURNS TABLE (id uuid, email text, full_name text, role text, is_active boolean, created_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT m.id, m.email, m.display_name, m.role, m.is_active, m.created_at FROM public.members m
        WHERE m.tenant_id = wanted ORDER BY m.created_at, m.id LIMIT 200 $$;

-- Suspends (a time) or resumes (null). While a company is suspended it is paused, too, so that nothing of it starts. True when it was
-- a change.
CREATE FUNCTION pulse_suspend(wanted uuid, at_time timestamptz, reason text) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF at_time IS NULL THEN
    UPDATE public.tenants SET suspended_at = NULL, suspended_because = '', paused_by_suspension = false,
           paused_at = CASE WHEN paused_by_suspension THEN NULL ELSE paused_at END
    WHERE id = wanted AND suspended_at IS NOT NULL;
  ELSE
    UPDATE public.tenants SET suspended_at = at_time, suspended_because = reason, paused_by_suspension = paused_at IS NULL,
           paused_at = coalesce(paused_at, at_time)
    WHERE id = wanted AND suspended_at IS NULL;
  END IF;
  RETURN FOUND;
END
$$;
