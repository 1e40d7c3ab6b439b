-- What is personal of somebody who has left is taken out on request: their rows, and what the audit tells of them, keep what was done and
-- lose who it was. The audit's chain holds digests of what is taken out, under a salt that goes with it, so it stays sound and nobody can
-- try names against it (migration audit).
ALTER TABLE members ADD COLUMN erased_at timestamptz;

CREATE FUNCTION pulse_erase_member(wanted uuid, at_time timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  company uuid := public.pulse_tenant();
  address text;
BEGIN
  SELECT email INTO address FROM public.members WHERE tenant_id = company AND id = wanted AND NOT is_active FOR UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  -- What was before is not to be told by the audit of this very call.
  PERFORM set_config('pulse.audit', 'off', true);
  UPDATE public.members SET email = 'erased-' || wanted || '@erased.invalid', display_name = 'Somebody who has left', password_hash = '',
         profile_markdown = '', tone = '', team_id = NULL, email_verified_at = NULL, is_platform_admin = false,
         erased_at = at_time
  WHERE tenant_id = company AND id = wanted;
  UPDATE public.sessions SET device = '', address = '', network = '' WHERE tenant_id = company AND member_id = wanted;
  UPDATE public.api_tokens SET name = 'erased', last_used_address = NULL, revoked_at = coalesce(revoked_at, at_time)
  WHERE tenant_id = company AND member_id = wanted;
  DELETE FROM public.second_factors WHERE tenant_id = company AND member_id = wanted;
  DELETE FROM public.calendar_feeds WHERE tenant_id = company AND member_id = wanted;
  DELETE FROM public.oauth_states WHERE tenant_id = company AND member_id = wanted;
  DELETE FROM public.mail_outbox WHERE tenant_id = company AND lower(recipient) = address;
  UPDATE public.invites SET email = NULL, revoked_at = coalesce(revoked_at, at_time) WHERE tenant_id = company AND email = address;
  -- How they wanted to be engaged, and what was to be said in their name. What they have said stays said, at the platform.
  DELETE FROM public.tracked_page_subscriptions WHERE tenant_id = company AND member_id = wanted;
  DELETE FROM public.member_automation WHERE tenant_id = company AND member_id = wanted;
  UPDATE public.engagements SET state = 'skipped', finished_at = at_time, updated_at = at_time
  WHERE tenant_id = company AND member_id = wanted AND state IN ('queued', 'waiting_confirmation');
  UPDATE public.engagements SET text = CASE WHEN text = '' THEN '' ELSE 'erased ' || id END, external_id = NULL, reason = NULL
  WHERE tenant_id = company AND member_id = wanted AND state IN ('completed', 'failed', 'skipped', 'expired');
  -- Their own login at a platform, where no channel of the company's publishes by it.
  DELETE FROM public.social_accounts s
  WHERE s.tenant_id = company AND s.connected_by = wanted
    AND NOT EXISTS (SELECT FROM public.accounts a WHERE a.tenant_id = company AND a.social_account_id = s.id);
  -- Their own entries, and what others did to them. What is not sealed yet has no digest to keep.
  UPDATE public.audit_entries SET details = '{}', salt = CASE WHEN seq IS NULL THEN salt END,
         erased_at = CASE WHEN seq IS NULL THEN NULL ELSE at_time END
  WHERE tenant_id = company AND erased_at IS NULL
    AND (actor_id = wanted OR subject_id = wanted OR details::text LIKE '%' || wanted || '%' OR position(address IN details::text) > 0);
  RETURN true;
END
$$;
REVOKE ALL ON FUNCTION pulse_erase_member(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_erase_member(uuid, timestamptz) TO pulse_api;
