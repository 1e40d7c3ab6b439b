-- Facebook Pages and Instagram Business accounts are tracked too, and posts are read from LinkedIn as an administrator of the page.
ALTER TABLE tracked_pages DROP CONSTRAINT tracked_pages_kind,
  ADD CONSTRAINT tracked_pages_kind CHECK (kind IN ('linkedin', 'feed', 'facebook', 'instagram'));
ALTER TABLE tracked_posts DROP CONSTRAINT tracked_posts_source,
  ADD CONSTRAINT tracked_posts_source CHECK (source IN ('feed', 'linkedin', 'link', 'whatsapp', 'facebook', 'instagram'));

-- A page at LinkedIn that nobody could read had posts by link only. Whoever connects a login that may read organizations changes that.
CREATE FUNCTION pulse_arm_linkedin_pages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE tracked_pages SET next_poll_at = NEW.updated_at
  WHERE tenant_id = NEW.tenant_id AND kind = 'linkedin' AND next_poll_at IS NULL AND deleted_at IS NULL;
  RETURN NULL;
END
$$;
CREATE TRIGGER arm_linkedin_pages AFTER INSERT OR UPDATE OF scope, access_token ON social_accounts FOR EACH ROW
  WHEN (NEW.platform = 'linkedin' AND NEW.scope LIKE '%r_organization_social%') EXECUTE FUNCTION pulse_arm_linkedin_pages();

GRANT SELECT (tenant_id, id, platform, external_user_id, handle, name, access_token) ON accounts TO pulse_engine;
