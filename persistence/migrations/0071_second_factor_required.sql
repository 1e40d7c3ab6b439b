-- A company may ask a second factor of all of its members. Whoever has none yet may set one up, and nothing else. A session that began with a
-- passkey or at an identity provider needs none: these are what the company trusts instead.
ALTER TABLE tenants ADD COLUMN requires_second_factor boolean NOT NULL DEFAULT false;
DROP TRIGGER note_change ON tenants;
CALL pulse_audit('tenants', 'name', 'paused_at', 'suspended_at', 'suspended_because', 'has_leaderboard', 'requires_second_factor');

ALTER TABLE sessions ADD COLUMN is_strong boolean NOT NULL DEFAULT false;  -- began with a passkey or at an identity provider

CREATE FUNCTION pulse_lacks_second_factor(company uuid, member uuid, session uuid) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = pg_catalog, public
  AS $$ SELECT t.requires_second_factor
          AND NOT EXISTS (SELECT FROM public.second_factors f WHERE f.tenant_id = company AND f.member_id = member AND f.confirmed_at IS NOT NULL)
          AND NOT EXISTS (SELECT FROM public.sessions s WHERE s.tenant_id = company AND s.id = session AND s.is_strong)
        FROM public.tenants t WHERE t.id = company $$;

-- All of this is a part of what a member may do now: requests go by it at once (migration standing_versions), and every process hears of it.
CREATE FUNCTION pulse_change_company() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.pulse_renew_standings(NEW.id, (SELECT array_agg(m.id) FROM public.members m WHERE m.tenant_id = NEW.id));
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER change_standing AFTER UPDATE OF requires_second_factor ON tenants DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.requires_second_factor <> NEW.requires_second_factor) EXECUTE FUNCTION pulse_change_company();
CREATE TRIGGER tell_requirement AFTER UPDATE OF requires_second_factor ON tenants FOR EACH ROW EXECUTE FUNCTION pulse_tell_standing();

CREATE FUNCTION pulse_tell_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('pulse_standing', OLD.member_id::text);
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER change_standing AFTER UPDATE OF confirmed_at OR DELETE ON second_factors DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION pulse_change_of_member();
CREATE TRIGGER tell_standing AFTER UPDATE OF confirmed_at OR DELETE ON second_factors FOR EACH ROW EXECUTE FUNCTION pulse_tell_member();

-- As in migration passkeys, but who lacks a second factor watches nothing.
CREATE OR REPLACE FUNCTION pulse_watch_reach(company uuid, member uuid, session uuid, at_time timestamptz) RETURNS text LANGUAGE sql STABLE
  SET search_path = pg_catalog, public
  AS $$ SELECT CASE WHEN m.is_limited AND m.role NOT IN ('owner', 'admin') THEN
           'limited' || coalesce((SELECT string_agg(' ' || g.project_id || ':' || coalesce(array_to_string(g.channel_ids, '+'), '*'), ''
                                                    ORDER BY g.project_id)
                                  FROM public.member_grants g WHERE g.tenant_id = company AND g.member_id = member), '')
           ELSE '' END
        FROM public.sessions s JOIN public.members m ON m.tenant_id = s.tenant_id AND m.id = s.member_id AND m.is_active
        JOIN public.tenants t ON t.id = s.tenant_id AND t.suspended_at IS NULL
        WHERE s.tenant_id = company AND s.id = session AND s.member_id = member AND s.ended_at IS NULL
          AND least(s.idle_ends_at, s.ends_at) > at_time
          AND NOT (t.requires_second_factor AND public.pulse_lacks_second_factor(company, member, session)) $$;
