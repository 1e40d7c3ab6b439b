-- How late a post went out stands in its row of a list: of what is published the latest. It is the time from due to
-- the first byte, of a thread that of its first part, as the event of the outcome has it.
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
         p.image, p.lateness_policy, p.lateness_after_seconds, p.media, p.options,
         (SELECT max(began.late_ms)
          FROM (SELECT DISTINCT ON (e.delivery_id) (e.metadata_json ->> 'lateness_ms')::float8 AS late_ms
                FROM publish_events e
                JOIN deliveries d ON d.tenant_id = e.tenant_id AND d.id = e.delivery_id AND d.post_id = e.post_id AND d.state = 'published'
                WHERE e.tenant_id = p.tenant_id AND e.post_id = p.id AND e.outcome = 'published'
                ORDER BY e.delivery_id, e.id) began) AS lateness_ms
  FROM posts p
  -- The states by themselves, so that a list by state makes nothing else of the posts that it leaves out.
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(CASE WHEN d.asked_at IS NOT NULL AND d.state = 'waiting' THEN 'asking' ELSE d.state END), '{}') AS states
    FROM deliveries d WHERE d.tenant_id = p.tenant_id AND d.post_id = p.id
  ) s
  WHERE p.deleted_at IS NULL;

-- The posts of all projects in the order of their time; those of one have posts_by_schedule.
CREATE INDEX posts_by_time ON posts (tenant_id, scheduled_at, id) WHERE deleted_at IS NULL AND scheduled_at IS NOT NULL;
