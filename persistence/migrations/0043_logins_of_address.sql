-- Whoever is in more than three companies with one address could not sign in without naming one: the rest were not looked at, because each
-- cost a hash. Accounts that are made with an address from now on have the salt of the first, so that one hash tells of all of them
-- (persistence/secrets/password_hasher), and fifty are looked at.
CREATE OR REPLACE FUNCTION pulse_find_logins(wanted text, in_tenant uuid, from_network text)
  RETURNS TABLE (tenant_id uuid, member_id uuid, password_hash text, is_verified boolean, is_suspended boolean, is_known_network boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    WITH found AS (
      (SELECT m.* FROM public.members m WHERE in_tenant IS NOT NULL AND m.tenant_id = in_tenant AND m.email = wanted AND m.is_active)
      UNION ALL
      (SELECT m.* FROM public.members m
       WHERE in_tenant IS NULL AND m.email = wanted AND (m.email_verified_at IS NULL) = false AND m.is_active
       ORDER BY m.created_at LIMIT 50)
      UNION ALL
      (SELECT m.* FROM public.members m
       WHERE in_tenant IS NULL AND m.email = wanted AND (m.email_verified_at IS NULL) = true AND m.is_active
       ORDER BY m.created_at LIMIT 1))
    SELECT f.tenant_id, f.id, f.password_hash, f.email_verified_at IS NOT NULL, t.suspended_at IS NOT NULL,
           EXISTS (SELECT FROM public.sessions s
                   WHERE s.tenant_id = f.tenant_id AND s.member_id = f.id AND s.network = from_network)
    FROM found f JOIN public.tenants t ON t.id = f.tenant_id $$;

-- How the password of the first account with an address was hashed: its parameters and its salt, without the hash.
CREATE FUNCTION pulse_find_salt(wanted text) RETURNS TABLE (salt text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT regexp_replace(m.password_hash, '[$][^$]*$', '') FROM public.members m
    WHERE m.email = wanted AND m.is_active ORDER BY m.email_verified_at IS NULL, m.created_at LIMIT 1 $$;
REVOKE ALL ON FUNCTION pulse_find_salt(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_find_salt(text) TO pulse_api;
