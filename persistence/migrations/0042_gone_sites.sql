-- A site whose website channel was removed says that it is gone, where one that never was is not found: so the look-up finds both.
DROP FUNCTION pulse_find_site(uuid);
CREATE FUNCTION pulse_find_site(wanted uuid) RETURNS TABLE (tenant_id uuid, is_gone boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT c.tenant_id, c.deleted_at IS NOT NULL FROM public.channels c
    WHERE c.project_id = wanted AND c.type = 'website' ORDER BY c.deleted_at IS NOT NULL LIMIT 1 $$;
DROP INDEX channels_by_site;
CREATE INDEX channels_by_site ON channels (project_id) WHERE type = 'website';
REVOKE ALL ON FUNCTION pulse_find_site(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_find_site(uuid) TO pulse_api;
