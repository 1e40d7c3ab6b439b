-- What is chosen with a post for a platform, beyond words and media, in the form in which it is asked for and goes out: {"pinterest":
-- {"link": "https://…"}}. The names and values are the platforms' descriptions' and checked before they get here.
ALTER TABLE posts ADD COLUMN options jsonb NOT NULL DEFAULT '{}';

CREATE OR REPLACE VIEW post_details WITH (security_invoker = true) AS
  SELECT p.id, p.project_id, p.author_id, p.title, p.text,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('platform', v.key, 'text', v.value) ORDER BY v.key), '[]')
          FROM jsonb_each_text(p.variants) v) AS variants,
         pulse_post_state(p.scheduled_at IS NOT NULL, s.states) AS status,
         p.scheduled_at, p.created_at, p.updated_at,
         (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', d.id, 'channel_id', d.channel_id, 'channel_type', c.type, 'channel_name', c.name, 'state', d.state,
            'due_at', d.due_at, 'not_before', d.not_before, 'attempt', d.attempt, 'external_id', d.external_id,
            'external_url', d.external_url, 'reason', d.reason, 'asked_at', d.asked_at, 'finished_at', d.finished_at)
            ORDER BY c.created_at, c.id), '[]')
          FROM deliveries d JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
          WHERE d.tenant_id = p.tenant_id AND d.post_id = p.id) AS deliveries,
         p.image, p.lateness_policy, p.lateness_after_seconds, p.media, p.options
  FROM posts p
  -- The states by themselves, so that a list by state makes nothing else of the posts that it leaves out.
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(CASE WHEN d.asked_at IS NOT NULL AND d.state = 'waiting' THEN 'asking' ELSE d.state END), '{}') AS states
    FROM deliveries d WHERE d.tenant_id = p.tenant_id AND d.post_id = p.id
  ) s
  WHERE p.deleted_at IS NULL;
