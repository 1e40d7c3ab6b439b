-- What a member may do is kept for a moment by every process, which hears of changes some milliseconds late. So each change gives the member
-- another version, in the same transaction, and every request that goes by what is kept confirms the version first, in the round trip of
-- its first work: one look-up by key, cheap enough for requests that only read. It takes the place of confirming all of it, which only
-- requests that write did.
CREATE TABLE standing_versions (
  tenant_id  uuid NOT NULL,
  member_id  uuid NOT NULL,
  version    bigint NOT NULL,  -- the transaction that changed it last: no two have one number
  PRIMARY KEY (tenant_id, member_id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE
) WITH (fillfactor = 70);
CALL pulse_secure('standing_versions');
GRANT SELECT ON standing_versions TO pulse_api;
INSERT INTO standing_versions (tenant_id, member_id, version) SELECT tenant_id, id, 0 FROM members;

CREATE FUNCTION pulse_first_standing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.standing_versions (tenant_id, member_id, version) VALUES (NEW.tenant_id, NEW.id, pg_current_xact_id()::text::bigint);
  RETURN NULL;
END
$$;
CREATE TRIGGER first_standing AFTER INSERT ON members FOR EACH ROW EXECUTE FUNCTION pulse_first_standing();

-- Versions change when a transaction commits, so that nobody waits for a long one, and those of a company one commit after the other:
-- transactions that change several members need no order among them, and none waits for a row while it holds this lock.
CREATE FUNCTION pulse_renew_standings(company uuid, whom uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('standings ' || company, 0));
  UPDATE public.standing_versions SET version = pg_current_xact_id()::text::bigint
  WHERE tenant_id = company AND member_id = ANY (whom) AND version <> pg_current_xact_id()::text::bigint;
END
$$;
REVOKE ALL ON FUNCTION pulse_renew_standings(uuid, uuid[]) FROM PUBLIC;

CREATE FUNCTION pulse_change_member() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.pulse_renew_standings(NEW.tenant_id, ARRAY[NEW.id]);
  RETURN NULL;
END
$$;
CREATE FUNCTION pulse_change_of_member() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.pulse_renew_standings(coalesce(NEW.tenant_id, OLD.tenant_id), ARRAY[OLD.member_id, NEW.member_id]);
  RETURN NULL;
END
$$;
-- A new channel is hidden from whoever has only some of its project's.
CREATE FUNCTION pulse_change_by_channel() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.pulse_renew_standings(NEW.tenant_id, found.members) FROM (
    SELECT array_agg(g.member_id) AS members FROM public.member_grants g
    WHERE g.tenant_id = NEW.tenant_id AND g.project_id = NEW.project_id AND g.channel_ids IS NOT NULL) found
  WHERE found.members IS NOT NULL;
  RETURN NULL;
END
$$;

-- A member who is removed takes the version along. A company's suspension is looked up beside it (persistence/people/standing): it concerns
-- all of its members, also those who join meanwhile.
CREATE CONSTRAINT TRIGGER change_standing AFTER UPDATE OF role, is_active, is_platform_admin, is_limited ON members
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.role, OLD.is_active, OLD.is_platform_admin, OLD.is_limited) IS DISTINCT FROM
        (NEW.role, NEW.is_active, NEW.is_platform_admin, NEW.is_limited)) EXECUTE FUNCTION pulse_change_member();
-- Who signs in or renews a session loses nothing by it.
CREATE CONSTRAINT TRIGGER change_standing AFTER UPDATE OF ended_at, member_id ON sessions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.ended_at, OLD.member_id) IS DISTINCT FROM (NEW.ended_at, NEW.member_id)) EXECUTE FUNCTION pulse_change_of_member();
CREATE CONSTRAINT TRIGGER remove_standing AFTER DELETE ON sessions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.ended_at IS NULL) EXECUTE FUNCTION pulse_change_of_member();
CREATE CONSTRAINT TRIGGER change_standing AFTER UPDATE OF revoked_at, scopes, project_ids, expires_at, member_id ON api_tokens
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pulse_change_of_member();
CREATE CONSTRAINT TRIGGER remove_standing AFTER DELETE ON api_tokens DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.revoked_at IS NULL) EXECUTE FUNCTION pulse_change_of_member();
CREATE CONSTRAINT TRIGGER change_standing AFTER INSERT OR UPDATE OR DELETE ON member_grants DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION pulse_change_of_member();
CREATE CONSTRAINT TRIGGER change_standing AFTER INSERT OR UPDATE OF project_id ON channels DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION pulse_change_by_channel();

-- What is known of a token for scripts has the version of its member.
DROP FUNCTION pulse_use_api_token(bytea, timestamptz, text);
CREATE FUNCTION pulse_use_api_token(wanted bytea, now_is timestamptz, from_address text)
  RETURNS TABLE (tenant_id uuid, id uuid, member_id uuid, scopes text[], project_ids uuid[], expires_at timestamptz, is_revoked boolean,
                 role text, is_active boolean, is_suspended boolean, granted_project_ids uuid[], hidden_channel_ids uuid[], version bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE public.api_tokens t SET last_used_at = now_is, last_used_address = from_address
  WHERE t.token_hash = wanted AND t.revoked_at IS NULL AND t.expires_at > now_is
    AND (t.last_used_at IS NULL OR t.last_used_at < now_is - interval '1 minute');
  RETURN QUERY
    SELECT t.tenant_id, t.id, t.member_id, t.scopes, t.project_ids, t.expires_at, t.revoked_at IS NOT NULL, m.role, m.is_active,
           c.suspended_at IS NOT NULL, public.pulse_granted_projects(t.tenant_id, t.member_id), public.pulse_hidden_channels(t.tenant_id, t.member_id),
           coalesce(v.version, 0)
    FROM public.api_tokens t JOIN public.members m ON m.tenant_id = t.tenant_id AND m.id = t.member_id
    JOIN public.tenants c ON c.id = t.tenant_id
    LEFT JOIN public.standing_versions v ON v.tenant_id = t.tenant_id AND v.member_id = t.member_id
    WHERE t.token_hash = wanted;
END
$$;
