-- Campaigns, templates, content with its versions, decisions and comments, review by link, and what keeps a project from looking foolish.

-- A campaign is a span of days in its project's zone. The days bind its rules; UTM fields are put on links when content of it goes out.
CREATE TABLE campaigns (
  tenant_id    uuid NOT NULL,
  id           uuid NOT NULL,
  project_id   uuid NOT NULL,
  name         text NOT NULL CONSTRAINT campaigns_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
  goal         text NOT NULL DEFAULT '' CONSTRAINT campaigns_goal_length CHECK (char_length(goal) <= 2000),
  state        text NOT NULL DEFAULT 'draft' CONSTRAINT campaigns_state CHECK (state IN ('draft', 'active', 'paused', 'completed')),
  first_day    date,
  last_day     date,
  channel_ids  uuid[] NOT NULL DEFAULT '{}' CONSTRAINT campaigns_channels CHECK (cardinality(channel_ids) <= 50),
  labels       text[] NOT NULL DEFAULT '{}' CONSTRAINT campaigns_labels CHECK (cardinality(labels) <= 20),
  utm          jsonb NOT NULL DEFAULT '{}' CONSTRAINT campaigns_utm_size CHECK (octet_length(utm::text) <= 4000),
  version      integer NOT NULL DEFAULT 1,
  created_by   uuid NOT NULL,
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  deleted_at   timestamptz,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT campaigns_days CHECK (last_day >= first_day),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, created_by) REFERENCES members (tenant_id, id)
);
CREATE UNIQUE INDEX campaigns_name_once ON campaigns (tenant_id, project_id, lower(name)) WHERE deleted_at IS NULL;
CREATE INDEX campaigns_by_project ON campaigns (tenant_id, project_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CALL pulse_secure('campaigns');

-- Over is over: whoever is late finds the row closed.
CREATE FUNCTION pulse_keep_completed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'campaign % is completed and stays so', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'campaigns_final';
END
$$;
CREATE TRIGGER campaigns_final AFTER UPDATE OF state ON campaigns FOR EACH ROW
  WHEN (OLD.state = 'completed' AND NEW.state <> 'completed') EXECUTE FUNCTION pulse_keep_completed();

-- A template; `version` is the latest of its versions. A run and an item name the version that they used, and versions never change.
CREATE TABLE content_templates (
  tenant_id    uuid NOT NULL,
  id           uuid NOT NULL,
  project_id   uuid NOT NULL,
  name         text NOT NULL CONSTRAINT content_templates_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
  version      integer NOT NULL DEFAULT 1,
  created_by   uuid NOT NULL,
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  deleted_at   timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, created_by) REFERENCES members (tenant_id, id)
);
CREATE UNIQUE INDEX content_templates_name_once ON content_templates (tenant_id, project_id, lower(name)) WHERE deleted_at IS NULL;
CREATE INDEX content_templates_by_project ON content_templates (tenant_id, project_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CALL pulse_secure('content_templates');

CREATE TABLE content_template_versions (
  tenant_id    uuid NOT NULL,
  template_id  uuid NOT NULL,
  version      integer NOT NULL,
  title        text NOT NULL DEFAULT '' CONSTRAINT content_template_versions_title_length CHECK (char_length(title) <= 1000),
  text         text NOT NULL CONSTRAINT content_template_versions_text_size CHECK (octet_length(text) <= 40000),
  variants     jsonb NOT NULL DEFAULT '{}'  -- by channel type
                 CONSTRAINT content_template_versions_variants_size CHECK (octet_length(variants::text) <= 600000),
  variables    jsonb NOT NULL DEFAULT '[]'  -- [{"name": …, "default_value": …}]
                 CONSTRAINT content_template_versions_variables_size CHECK (octet_length(variables::text) <= 200000),
  ai_prompt    text NOT NULL DEFAULT '' CONSTRAINT content_template_versions_prompt_size CHECK (octet_length(ai_prompt) <= 40000),
  ai           jsonb NOT NULL DEFAULT '{}'  -- settings for the provider
                 CONSTRAINT content_template_versions_ai_size CHECK (octet_length(ai::text) <= 20000),
  created_by   uuid NOT NULL,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, template_id, version),
  FOREIGN KEY (tenant_id, template_id) REFERENCES content_templates (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, created_by) REFERENCES members (tenant_id, id)
);
CALL pulse_secure('content_template_versions');

-- Content before it is a post. `version` counts its words: whoever approves names the version that they have read. `round` counts how
-- often it was handed in: decisions of an earlier round no longer count. The post, once there is one, is the only one that it ever has;
-- 'published' is read from the post (content_details), so that an outcome pays nothing for it.
CREATE TABLE content_items (
  tenant_id         uuid NOT NULL,
  id                uuid NOT NULL,
  project_id        uuid NOT NULL,
  campaign_id       uuid,
  template_id       uuid,
  template_version  integer,
  rule_id           uuid,  -- that made it
  run_id            uuid,  -- of the rule
  title             text NOT NULL DEFAULT '' CONSTRAINT content_items_title_length CHECK (char_length(title) <= 1000),
  text              text NOT NULL CONSTRAINT content_items_text_size CHECK (octet_length(text) <= 200000),
  variants          jsonb NOT NULL DEFAULT '{}' CONSTRAINT content_items_variants_size CHECK (octet_length(variants::text) <= 1000000),
  image             jsonb CONSTRAINT content_items_image_size CHECK (octet_length(image::text) <= 20000),
  template_values   jsonb NOT NULL DEFAULT '{}'  -- with which the template was filled in
                      CONSTRAINT content_items_values_size CHECK (octet_length(template_values::text) <= 200000),
  channel_ids       uuid[] NOT NULL DEFAULT '{}' CONSTRAINT content_items_channels CHECK (cardinality(channel_ids) <= 50),
  labels            text[] NOT NULL DEFAULT '{}' CONSTRAINT content_items_labels CHECK (cardinality(labels) <= 20),
  state             text NOT NULL DEFAULT 'draft' CONSTRAINT content_items_state CHECK
                      (state IN ('draft', 'pending_approval', 'approved', 'rejected', 'scheduled', 'published')),
  version           integer NOT NULL DEFAULT 1,
  round             integer NOT NULL DEFAULT 0,
  needs_approval    boolean NOT NULL DEFAULT false,
  submitted_at      timestamptz,
  submitted_by      uuid,  -- none: a rule
  reminded_at       timestamptz,
  approved_version  integer,  -- what was approved: nothing else goes out where approval is needed
  scheduled_at      timestamptz,
  post_id           uuid,
  author_id         uuid,  -- none: a rule wrote it
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL,
  deleted_at        timestamptz,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT content_items_run_once UNIQUE (tenant_id, run_id),
  CONSTRAINT content_items_post_once UNIQUE (tenant_id, post_id),
  CONSTRAINT content_items_has_post CHECK ((post_id IS NOT NULL) = (state IN ('scheduled', 'published'))),
  CONSTRAINT content_items_is_approved CHECK
    (NOT needs_approval OR state NOT IN ('approved', 'scheduled', 'published') OR approved_version IS NOT DISTINCT FROM version),
  CONSTRAINT content_items_author CHECK (author_id IS NOT NULL OR rule_id IS NOT NULL),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaigns (tenant_id, id),
  FOREIGN KEY (tenant_id, template_id, template_version) REFERENCES content_template_versions (tenant_id, template_id, version),
  FOREIGN KEY (tenant_id, post_id) REFERENCES posts (tenant_id, id),
  FOREIGN KEY (tenant_id, author_id) REFERENCES members (tenant_id, id)
);
CREATE INDEX content_items_by_project ON content_items (tenant_id, project_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX content_items_by_state ON content_items (tenant_id, project_id, state, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX content_items_by_campaign ON content_items (tenant_id, campaign_id, created_at DESC, id DESC)
  WHERE deleted_at IS NULL AND campaign_id IS NOT NULL;
CREATE INDEX content_items_by_rule ON content_items (tenant_id, rule_id, created_at DESC, id DESC)
  WHERE deleted_at IS NULL AND rule_id IS NOT NULL;
CREATE INDEX content_items_by_template ON content_items (tenant_id, template_id, template_version) WHERE template_id IS NOT NULL;
CALL pulse_secure('content_items');

-- Its words as they were, for comparing and for knowing what was approved.
CREATE TABLE content_versions (
  tenant_id    uuid NOT NULL,
  content_id   uuid NOT NULL,
  version      integer NOT NULL,
  title        text NOT NULL,
  text         text NOT NULL,
  variants     jsonb NOT NULL,
  image        jsonb,
  author_id    uuid,  -- none: a rule
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, content_id, version),
  FOREIGN KEY (tenant_id, content_id) REFERENCES content_items (tenant_id, id) ON DELETE CASCADE
);
CALL pulse_secure('content_versions');

-- Addresses at which somebody without an account reads one item, comments, and decides where the link lets them. The secret is kept as
-- its SHA-256 only.
CREATE TABLE review_links (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL,
  content_id    uuid NOT NULL,
  name          text NOT NULL CONSTRAINT review_links_name_length CHECK (char_length(name) BETWEEN 1 AND 120),  -- whom it is for
  secret_hash   bytea NOT NULL CONSTRAINT review_links_secret_once UNIQUE,
  may_decide    boolean NOT NULL,
  created_by    uuid NOT NULL,
  created_at    timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  revoked_at    timestamptz,
  last_read_at  timestamptz,  -- to the minute
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, content_id) REFERENCES content_items (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, created_by) REFERENCES members (tenant_id, id)
);
CREATE INDEX review_links_by_content ON review_links (tenant_id, content_id, created_at DESC, id DESC);
CALL pulse_secure('review_links');

-- What was decided about which version, by whom. An approval counts once for each who gives it in a round.
CREATE TABLE content_decisions (
  tenant_id       uuid NOT NULL,
  id              uuid NOT NULL,
  content_id      uuid NOT NULL,
  version         integer NOT NULL,
  round           integer NOT NULL,
  step            integer NOT NULL DEFAULT 0,
  decision        text NOT NULL CONSTRAINT content_decisions_kind CHECK (decision IN ('approve', 'reject', 'override')),
  member_id       uuid,
  review_link_id  uuid,
  reason          text NOT NULL DEFAULT '' CONSTRAINT content_decisions_reason_length CHECK (char_length(reason) <= 2000),
  verdicts        jsonb,  -- of the guardrails that were overridden
  created_at      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT content_decisions_by_one CHECK ((member_id IS NULL) <> (review_link_id IS NULL)),
  FOREIGN KEY (tenant_id, content_id) REFERENCES content_items (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id),
  FOREIGN KEY (tenant_id, review_link_id) REFERENCES review_links (tenant_id, id)
);
CREATE INDEX content_decisions_by_content ON content_decisions (tenant_id, content_id, created_at, id);
CREATE UNIQUE INDEX content_decisions_member_once ON content_decisions (tenant_id, content_id, round, version, step, member_id)
  WHERE decision = 'approve' AND member_id IS NOT NULL;
CREATE UNIQUE INDEX content_decisions_link_once ON content_decisions (tenant_id, content_id, round, version, step, review_link_id)
  WHERE decision = 'approve' AND review_link_id IS NOT NULL;
CALL pulse_secure('content_decisions');

CREATE TABLE content_comments (
  tenant_id       uuid NOT NULL,
  id              uuid NOT NULL,
  content_id      uuid NOT NULL,
  version         integer NOT NULL,  -- that was read
  member_id       uuid,
  review_link_id  uuid,
  text            text NOT NULL CONSTRAINT content_comments_length CHECK (char_length(text) BETWEEN 1 AND 4000),
  created_at      timestamptz NOT NULL,
  deleted_at      timestamptz,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT content_comments_by_one CHECK ((member_id IS NULL) <> (review_link_id IS NULL)),
  FOREIGN KEY (tenant_id, content_id) REFERENCES content_items (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id),
  FOREIGN KEY (tenant_id, review_link_id) REFERENCES review_links (tenant_id, id)
);
CREATE INDEX content_comments_by_content ON content_comments (tenant_id, content_id, created_at, id) WHERE deleted_at IS NULL;
CALL pulse_secure('content_comments');

-- What a project has set: guardrails (domain/campaigns/guardrails) and who must approve (domain/campaigns/approval). Judging and then
-- scheduling locks the row, so that two at once do not both take a day's last place.
CREATE TABLE project_guardrails (
  tenant_id   uuid NOT NULL,
  project_id  uuid NOT NULL,
  guardrails  jsonb NOT NULL DEFAULT '{}' CONSTRAINT project_guardrails_size CHECK (octet_length(guardrails::text) <= 400000),
  approval    jsonb NOT NULL DEFAULT '{}' CONSTRAINT project_guardrails_approval_size CHECK (octet_length(approval::text) <= 100000),
  version     integer NOT NULL DEFAULT 1,
  updated_by  uuid,
  updated_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, project_id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, updated_by) REFERENCES members (tenant_id, id)
);
CALL pulse_secure('project_guardrails');

-- What a post is about, as MinHash (domain/campaigns/similarity). Made where a project forbids topics to come again, when it is first
-- looked for: `topic_signed` says whose signature is there, and the index finds the others. Two texts that agree in a band are compared.
ALTER TABLE posts ADD COLUMN topic_signed boolean NOT NULL DEFAULT false;
CREATE INDEX posts_unsigned ON posts (tenant_id, project_id, id DESC) WHERE NOT topic_signed AND deleted_at IS NULL;

CREATE FUNCTION pulse_unsign_topic() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.topic_signed := false;
  RETURN NEW;
END
$$;
CREATE TRIGGER posts_unsign BEFORE UPDATE OF text ON posts FOR EACH ROW
  WHEN (OLD.topic_signed AND NEW.text <> OLD.text) EXECUTE FUNCTION pulse_unsign_topic();

CREATE TABLE topic_signatures (
  tenant_id   uuid NOT NULL,
  post_id     uuid NOT NULL,
  project_id  uuid NOT NULL,
  signature   bytea NOT NULL CONSTRAINT topic_signatures_size CHECK (octet_length(signature) = 256),
  bands       bigint[] NOT NULL CONSTRAINT topic_signatures_bands CHECK (cardinality(bands) = 16),
  PRIMARY KEY (tenant_id, post_id),
  FOREIGN KEY (tenant_id, post_id) REFERENCES posts (tenant_id, id) ON DELETE CASCADE
);
CALL pulse_secure('topic_signatures');

CREATE TABLE topic_bands (
  tenant_id   uuid NOT NULL,
  project_id  uuid NOT NULL,
  band        bigint NOT NULL,
  post_id     uuid NOT NULL,
  PRIMARY KEY (tenant_id, project_id, band, post_id),
  FOREIGN KEY (tenant_id, post_id) REFERENCES posts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX topic_bands_by_post ON topic_bands (tenant_id, post_id);
CALL pulse_secure('topic_bands');

-- Content as people see it: it is published once any of its post is.
CREATE VIEW content_details WITH (security_invoker = true) AS
  SELECT i.tenant_id, i.id, i.project_id, i.campaign_id, i.template_id, i.template_version, i.rule_id, i.run_id, i.title, i.text,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('platform', v.key, 'text', v.value) ORDER BY v.key), '[]')
          FROM jsonb_each_text(i.variants) v) AS variants,
         i.image, i.template_values, i.channel_ids, i.labels,
         CASE WHEN i.state = 'scheduled' AND s.post_status IN ('published', 'published_partial') THEN 'published' ELSE i.state END AS state,
         i.version, i.round, i.needs_approval, i.submitted_at, i.submitted_by, i.approved_version,
         coalesce(s.scheduled_at, i.scheduled_at) AS scheduled_at, i.post_id, s.post_status, i.author_id, i.created_at, i.updated_at
  FROM content_items i
  LEFT JOIN LATERAL (
    SELECT p.scheduled_at,
           pulse_post_state(p.scheduled_at IS NOT NULL, coalesce((SELECT array_agg(d.state) FROM deliveries d
             WHERE d.tenant_id = p.tenant_id AND d.post_id = p.id), '{}')) AS post_status
    FROM posts p WHERE p.tenant_id = i.tenant_id AND p.id = i.post_id) s ON i.post_id IS NOT NULL
  WHERE i.deleted_at IS NULL;

GRANT SELECT ON content_details TO pulse_api, pulse_engine;
GRANT SELECT, INSERT, UPDATE ON campaigns, content_templates, content_items, review_links, content_comments, project_guardrails
  TO pulse_api;
GRANT SELECT, INSERT ON content_template_versions, content_versions, content_decisions TO pulse_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON topic_signatures, topic_bands TO pulse_api;

-- Rules write content and schedule it as people do, in transactions that name their tenant.
GRANT SELECT ON campaigns, content_templates, content_template_versions, content_decisions TO pulse_engine;
GRANT SELECT, INSERT, UPDATE ON content_items TO pulse_engine;
GRANT SELECT, INSERT ON content_versions TO pulse_engine;
GRANT SELECT ON project_guardrails TO pulse_engine;
GRANT UPDATE (version) ON project_guardrails TO pulse_engine;  -- to lock it
GRANT SELECT, INSERT, UPDATE, DELETE ON topic_signatures, topic_bands TO pulse_engine;
GRANT INSERT ON posts, deliveries TO pulse_engine;
GRANT UPDATE (topic_signed) ON posts TO pulse_engine;

-- Whoever opens a link knows its secret and nothing else: this names the tenant whose link it is.
CREATE FUNCTION pulse_find_review_link(wanted bytea) RETURNS TABLE (tenant_id uuid, link_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT l.tenant_id, l.id FROM public.review_links l WHERE l.secret_hash = wanted AND l.revoked_at IS NULL $$;
GRANT SELECT (tenant_id, id, secret_hash, revoked_at) ON review_links TO pulse_engine;
REVOKE ALL ON FUNCTION pulse_find_review_link(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_find_review_link(bytea) TO pulse_api;
GRANT CREATE ON SCHEMA public TO pulse_engine;
ALTER FUNCTION pulse_find_review_link(bytea) OWNER TO pulse_engine;
REVOKE CREATE ON SCHEMA public FROM pulse_engine;
