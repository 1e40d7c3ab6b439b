-- What a tenant may decide about how its posts go out: how often to try again, how fast, and what to do when it is late.

-- Without a row the policy is the one of domain/retry.
CREATE TABLE channel_retry_policies (
  tenant_id            uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  channel_type         text NOT NULL,
  max_attempts         integer NOT NULL CONSTRAINT channel_retry_policies_attempts CHECK (max_attempts BETWEEN 1 AND 20),
  backoff_strategy     text NOT NULL CONSTRAINT channel_retry_policies_strategy CHECK (backoff_strategy IN ('linear', 'exponential')),
  retry_delay_seconds  integer NOT NULL CONSTRAINT channel_retry_policies_delay CHECK (retry_delay_seconds BETWEEN 1 AND 3600),
  updated_at           timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, channel_type)
);
CALL pulse_secure('channel_retry_policies');

-- Budgets of posts. A row without a tenant is the installation's: the operator's word, for every tenant. Without that either, the
-- platform's documented limit holds (domain/platform_limits). A tenant's row may only be stricter. The app's budget is shared by all
-- tenants, so it has no tenant's rows.
CREATE TABLE platform_rate_limits (
  tenant_id       uuid REFERENCES tenants (id) ON DELETE CASCADE,
  platform        text NOT NULL,
  scope           text NOT NULL CONSTRAINT platform_rate_limits_scope CHECK (scope IN ('account', 'app', 'tenant')),
  posts           integer NOT NULL CONSTRAINT platform_rate_limits_posts CHECK (posts BETWEEN 1 AND 1000000),
  window_seconds  integer NOT NULL CONSTRAINT platform_rate_limits_window CHECK (window_seconds BETWEEN 1 AND 86400),
  burst           integer NOT NULL CONSTRAINT platform_rate_limits_burst CHECK (burst >= 1 AND burst <= posts),
  updated_at      timestamptz NOT NULL,
  CONSTRAINT platform_rate_limits_once UNIQUE NULLS NOT DISTINCT (tenant_id, platform, scope),
  CONSTRAINT platform_rate_limits_app_is_shared CHECK (scope <> 'app' OR tenant_id IS NULL)
);
ALTER TABLE platform_rate_limits ENABLE ROW LEVEL SECURITY;
ALTER TABLE platform_rate_limits FORCE ROW LEVEL SECURITY;
-- Everybody may read the installation's rows; requests write their tenant's only.
CREATE POLICY request_reads ON platform_rate_limits FOR SELECT TO pulse_api
  USING (tenant_id IS NULL OR tenant_id = (SELECT pulse_tenant()));
CREATE POLICY request_writes ON platform_rate_limits TO pulse_api
  USING (tenant_id = (SELECT pulse_tenant())) WITH CHECK (tenant_id = (SELECT pulse_tenant()));
CREATE POLICY engine ON platform_rate_limits TO pulse_engine USING (true) WITH CHECK (true);

-- What a post does that is late: the post's own word, or its project's.
ALTER TABLE projects
  ADD COLUMN lateness_policy text NOT NULL DEFAULT 'send'
    CONSTRAINT projects_lateness_policy CHECK (lateness_policy IN ('send', 'skip', 'ask')),
  ADD COLUMN lateness_after_seconds integer NOT NULL DEFAULT 3600
    CONSTRAINT projects_lateness_after CHECK (lateness_after_seconds BETWEEN 1 AND 2678400);
ALTER TABLE posts
  ADD COLUMN lateness_policy text
    CONSTRAINT posts_lateness_policy CHECK (lateness_policy IN ('send', 'skip', 'ask')),
  ADD COLUMN lateness_after_seconds integer
    CONSTRAINT posts_lateness_after CHECK (lateness_after_seconds BETWEEN 1 AND 2678400),
  -- {"url": "https://…", "alt_text": "…"}: in the post's own row, as the texts are.
  ADD COLUMN image jsonb;

-- Late, and a person was asked whether it is still to go out: it waits for the answer, and nothing starts it before.
ALTER TABLE deliveries ADD COLUMN asked_at timestamptz;

-- An earlier attempt may be live, and the platform tells so only when the same post is sent again, until this time
-- (domain/outcome, repeat_tells). Such a delivery never ends as if nothing had gone out.
ALTER TABLE deliveries ADD COLUMN doubt_until timestamptz;

-- How the attempt came to be permitted: which budget let it wait, and until when. For the explanation.
ALTER TABLE delivery_attempts ADD COLUMN trace jsonb NOT NULL DEFAULT '{}';

-- An account's and an app's calls in the current window, to begin where the last owner stopped.
CREATE INDEX delivery_attempts_recent ON delivery_attempts (tenant_id, started_at);

CREATE OR REPLACE FUNCTION pulse_post_state(scheduled boolean, states text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN 'sending' = ANY (states) THEN 'publishing'
    WHEN 'unknown' = ANY (states) OR 'unconfirmed' = ANY (states) OR 'asking' = ANY (states) THEN 'needs_attention'
    WHEN 'waiting' = ANY (states) AND ('published' = ANY (states) OR 'failed' = ANY (states)) THEN 'publishing'
    WHEN 'waiting' = ANY (states) THEN CASE WHEN scheduled THEN 'scheduled' ELSE 'draft' END
    WHEN 'published' = ANY (states) AND ('failed' = ANY (states) OR 'missed' = ANY (states)) THEN 'published_partial'
    WHEN 'published' = ANY (states) THEN 'published'
    WHEN 'failed' = ANY (states) THEN 'failed'
    WHEN 'missed' = ANY (states) THEN 'missed'
    WHEN 'cancelled' = ANY (states) THEN 'cancelled'
    ELSE CASE WHEN scheduled THEN 'scheduled' ELSE 'draft' END
  END;

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
         p.image, p.lateness_policy, p.lateness_after_seconds
  FROM posts p
  -- The states by themselves, so that a list by state makes nothing else of the posts that it leaves out.
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(CASE WHEN d.asked_at IS NOT NULL AND d.state = 'waiting' THEN 'asking' ELSE d.state END), '{}') AS states
    FROM deliveries d WHERE d.tenant_id = p.tenant_id AND d.post_id = p.id
  ) s
  WHERE p.deleted_at IS NULL;

CREATE OR REPLACE VIEW channel_details WITH (security_invoker = true) AS
  SELECT c.id, c.project_id, c.type, c.name,
         CASE WHEN a.id IS NOT NULL
           THEN jsonb_build_object('external_user_id', a.external_user_id, 'handle', a.handle) END AS account,
         c.is_active, c.disabled_reason, c.created_at, c.updated_at, c.paused_at
  FROM channels c LEFT JOIN accounts a ON a.tenant_id = c.tenant_id AND a.id = c.account_id
  WHERE c.deleted_at IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON channel_retry_policies, platform_rate_limits TO pulse_api;
GRANT SELECT ON channel_retry_policies, platform_rate_limits TO pulse_engine;
