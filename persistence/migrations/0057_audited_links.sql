-- Whoever answers by a link is told by the audit: the link names its member before anything is written.
DROP FUNCTION pulse_find_confirmation_link(bytea);
CREATE FUNCTION pulse_find_confirmation_link(wanted bytea) RETURNS TABLE (tenant_id uuid, link_id uuid, member_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT l.tenant_id, l.id, l.member_id FROM public.confirmation_links l WHERE l.secret_hash = wanted $$;
REVOKE ALL ON FUNCTION pulse_find_confirmation_link(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_find_confirmation_link(bytea) TO pulse_api;
GRANT CREATE ON SCHEMA public TO pulse_engine;
ALTER FUNCTION pulse_find_confirmation_link(bytea) OWNER TO pulse_engine;
REVOKE CREATE ON SCHEMA public FROM pulse_engine;
