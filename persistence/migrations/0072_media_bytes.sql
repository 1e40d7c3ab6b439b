-- How much a company's pictures and films take counts all of its projects. Row security shows members and tokens with limited access their own
-- projects alone, so each of those could be filled up to what the whole company may have.
CREATE FUNCTION pulse_media_bytes() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT (coalesce((SELECT sum(m.bytes) FROM public.media m WHERE m.tenant_id = public.pulse_tenant()), 0)
                + coalesce((SELECT sum(u.bytes) FROM public.media_uploads u WHERE u.tenant_id = public.pulse_tenant()), 0))::bigint $$;
REVOKE ALL ON FUNCTION pulse_media_bytes() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_media_bytes() TO pulse_api;
GRANT CREATE ON SCHEMA public TO pulse_engine;
ALTER FUNCTION pulse_media_bytes() OWNER TO pulse_engine;
REVOKE CREATE ON SCHEMA public FROM pulse_engine;
