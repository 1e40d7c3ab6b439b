-- Whoever was there lately is counted among the members, who are the active ones: one who was deactivated, or erased,
-- after their last session is in neither figure. Before, there could be more members active lately than members.
CREATE OR REPLACE FUNCTION pulse_admin_stats(since timestamptz)
  RETURNS TABLE (companies bigint, companies_suspended bigint, members bigint, members_active_lately bigint, projects bigint,
                 channels bigint, posts bigint, mails_waiting bigint, mails_given_up bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT (SELECT count(*) FROM public.tenants), (SELECT count(*) FROM public.tenants WHERE suspended_at IS NOT NULL),
           (SELECT count(*) FROM public.members WHERE is_active),
           (SELECT count(*) FROM public.members m WHERE m.is_active AND EXISTS (
              SELECT FROM public.sessions s WHERE s.tenant_id = m.tenant_id AND s.member_id = m.id AND s.rotated_at >= since)),
           (SELECT count(*) FROM public.projects), (SELECT count(*) FROM public.channels WHERE deleted_at IS NULL),
           (SELECT count(*) FROM public.posts WHERE deleted_at IS NULL),
           (SELECT count(*) FROM public.mail_outbox WHERE next_try_at IS NOT NULL),
           (SELECT count(*) FROM public.mail_outbox WHERE next_try_at IS NULL) $$;
