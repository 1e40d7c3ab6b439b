-- Who asks for the mail that confirms an address once more gets it for the newest accounts, not for the oldest one, which a stranger may
-- have made.
CREATE FUNCTION pulse_find_unconfirmed(wanted text, in_tenant uuid) RETURNS TABLE (tenant_id uuid, member_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT m.tenant_id, m.id FROM public.members m
        WHERE m.email = wanted AND m.email_verified_at IS NULL AND m.is_active AND (in_tenant IS NULL OR m.tenant_id = in_tenant)
        ORDER BY m.created_at DESC LIMIT 3 $$;
GRANT SELECT (tenant_id, id, email, email_verified_at, is_active, created_at) ON members TO pulse_engine;
REVOKE ALL ON FUNCTION pulse_find_unconfirmed(text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_find_unconfirmed(text, uuid) TO pulse_api;
GRANT CREATE ON SCHEMA public TO pulse_engine;
ALTER FUNCTION pulse_find_unconfirmed(text, uuid) OWNER TO pulse_engine;
REVOKE CREATE ON SCHEMA public FROM pulse_engine;
