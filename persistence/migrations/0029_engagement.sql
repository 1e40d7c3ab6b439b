-- Team engagement: companies' pages that are tracked, who of the company speaks up there, the posts that were found, and what each member
-- does under them.
CREATE TABLE tracked_pages (
  tenant_id        uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id               uuid NOT NULL,
  kind             text NOT NULL CONSTRAINT tracked_pages_kind CHECK (kind IN ('linkedin', 'feed')),
  url              text NOT NULL CONSTRAINT tracked_pages_url_length CHECK (char_length(url) BETWEEN 1 AND 2000),  -- the one spelling of it
  name             text NOT NULL CONSTRAINT tracked_pages_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  feed_url         text,            -- where posts are found by feed: the page itself, or the company's site beside it
  organization     text,            -- LinkedIn's URN of it, once known
  added_by         uuid NOT NULL,
  -- The choreography of its posts, see domain/engagement/choreography.
  first_delay_seconds    integer NOT NULL DEFAULT 120 CONSTRAINT tracked_pages_delay CHECK (first_delay_seconds BETWEEN 0 AND 86400),
  gap_seconds            integer NOT NULL DEFAULT 45 CONSTRAINT tracked_pages_gap CHECK (gap_seconds BETWEEN 1 AND 86400),
  spread_seconds         integer NOT NULL DEFAULT 14400 CONSTRAINT tracked_pages_spread CHECK (spread_seconds BETWEEN 0 AND 604800),
  expires_after_seconds  integer NOT NULL DEFAULT 172800 CONSTRAINT tracked_pages_expiry CHECK (expires_after_seconds BETWEEN 60 AND 2592000),
  acts_a_day             integer NOT NULL DEFAULT 500 CONSTRAINT tracked_pages_acts CHECK (acts_a_day BETWEEN 0 AND 10000),
  last_first       uuid,            -- the member who was first under its last post
  -- Looking at it. What is taken by one process is left alone by the others until `polling_until`.
  next_poll_at     timestamptz,     -- null: posts come by link only
  polling_until    timestamptz,
  last_polled_at   timestamptz,
  last_success_at  timestamptz,
  poll_failures    integer NOT NULL DEFAULT 0,  -- in a row
  poll_problem     text,            -- a sentence: why the last poll came to nothing
  etag             text NOT NULL DEFAULT '',
  last_modified    text NOT NULL DEFAULT '',
  deleted_at       timestamptz,     -- kept for the history of what was done there
  created_at       timestamptz NOT NULL,
  updated_at       timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, added_by) REFERENCES members (tenant_id, id)
);
CREATE UNIQUE INDEX tracked_pages_once ON tracked_pages (tenant_id, url) WHERE deleted_at IS NULL;
CREATE INDEX tracked_pages_by_time ON tracked_pages (tenant_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX tracked_pages_due ON tracked_pages (next_poll_at) WHERE next_poll_at IS NOT NULL AND deleted_at IS NULL;
CALL pulse_secure('tracked_pages');

-- A member's own word: what they do under the page's posts, and whether each act asks them first.
CREATE TABLE tracked_page_subscriptions (
  tenant_id     uuid NOT NULL,
  page_id       uuid NOT NULL,
  member_id     uuid NOT NULL,
  likes         boolean NOT NULL,
  comments      boolean NOT NULL,
  like_mode     text NOT NULL CONSTRAINT subscriptions_like_mode CHECK (like_mode IN ('confirm', 'automatic')),
  comment_mode  text NOT NULL CONSTRAINT subscriptions_comment_mode CHECK (comment_mode IN ('confirm', 'automatic')),
  reaction      text NOT NULL CONSTRAINT subscriptions_reaction
                  CHECK (reaction IN ('like', 'praise', 'empathy', 'interest', 'appreciation', 'entertainment')),
  polling       boolean NOT NULL,   -- whether the page is looked at for this member; posts that come by link count all the same
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, page_id, member_id),
  FOREIGN KEY (tenant_id, page_id) REFERENCES tracked_pages (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX subscriptions_by_member ON tracked_page_subscriptions (tenant_id, member_id);
CALL pulse_secure('tracked_page_subscriptions');

-- A member's own limits; who has no row has the usual ones.
CREATE TABLE engagement_limits (
  tenant_id        uuid NOT NULL,
  member_id        uuid NOT NULL,
  time_zone        text NOT NULL,
  from_minute      integer NOT NULL CONSTRAINT engagement_limits_from CHECK (from_minute BETWEEN 0 AND 1439),
  to_minute        integer NOT NULL CONSTRAINT engagement_limits_to CHECK (to_minute > from_minute AND to_minute <= 1440),
  weekdays         integer NOT NULL CONSTRAINT engagement_limits_weekdays CHECK (weekdays BETWEEN 0 AND 127),  -- bit 0 is Monday
  acts_a_day       integer NOT NULL CONSTRAINT engagement_limits_acts CHECK (acts_a_day BETWEEN 0 AND 100),
  stagger_seconds  integer NOT NULL CONSTRAINT engagement_limits_stagger CHECK (stagger_seconds BETWEEN 0 AND 86400),
  updated_at       timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, member_id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE
);
CALL pulse_secure('engagement_limits');

-- A post of a tracked page, found once however often and by whichever way it is seen.
CREATE TABLE tracked_posts (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL,
  page_id       uuid NOT NULL,
  external_id   text NOT NULL CONSTRAINT tracked_posts_external_length CHECK (char_length(external_id) BETWEEN 1 AND 500),
  urn           text,               -- LinkedIn's name of it: without one nothing can be done under it
  url           text NOT NULL DEFAULT '',
  title         text NOT NULL DEFAULT '',
  text          text NOT NULL DEFAULT '',
  source        text NOT NULL CONSTRAINT tracked_posts_source CHECK (source IN ('feed', 'linkedin', 'link', 'whatsapp')),
  brought_by    uuid,               -- the member who brought it by its address
  published_at  timestamptz NOT NULL,
  found_at      timestamptz NOT NULL,
  planned_at    timestamptz,        -- when its plan was made; null: there was nobody to plan for, or nothing to do under it
  left_out      integer NOT NULL DEFAULT 0,  -- acts for which there was no place in the plan
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT tracked_posts_once UNIQUE (tenant_id, page_id, external_id),
  FOREIGN KEY (tenant_id, page_id) REFERENCES tracked_pages (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, brought_by) REFERENCES members (tenant_id, id) ON DELETE SET NULL (brought_by)
);
CREATE INDEX tracked_posts_by_page ON tracked_posts (tenant_id, page_id, published_at DESC, id DESC);
CALL pulse_secure('tracked_posts');

-- One like or comment by one member under one post (domain/engagement/engagement). The intent is committed before the first byte leaves,
-- with attempt, claim and deadline; whoever dies in the middle is followed by a look at the platform.
CREATE TABLE engagements (
  tenant_id      uuid NOT NULL,
  id             uuid NOT NULL,
  post_id        uuid NOT NULL,
  page_id        uuid NOT NULL,
  member_id      uuid NOT NULL,
  kind           text NOT NULL CONSTRAINT engagements_kind CHECK (kind IN ('like', 'comment')),
  state          text NOT NULL CONSTRAINT engagements_state CHECK (state IN
                   ('queued', 'waiting_confirmation', 'sending', 'completed', 'failed', 'unknown', 'skipped', 'expired')),
  reaction       text NOT NULL DEFAULT 'like',
  text           text NOT NULL DEFAULT '' CONSTRAINT engagements_text_length CHECK (char_length(text) <= 1250),
  is_automatic   boolean NOT NULL,
  confirmed_at   timestamptz,        -- when its member said yes
  planned_at     timestamptz NOT NULL,  -- by the choreography
  not_before     timestamptz NOT NULL,  -- when it may begin: planned, or later when something holds it
  expires_at     timestamptz NOT NULL,
  hold           text,               -- what holds it since it was to begin (domain::hold_reason, or 'account')
  attempt        integer NOT NULL DEFAULT 0,
  failures       integer NOT NULL DEFAULT 0,
  interruptions  integer NOT NULL DEFAULT 0,
  claimed_by     uuid,               -- the fence: the process that began the running attempt, or looks for it
  started_at     timestamptz,
  deadline_at    timestamptz,        -- nobody else touches it before
  held_until     timestamptz,        -- until then one process looks after it
  acted_at       timestamptz,        -- counts against hours, gaps and caps; null again when the attempt surely did nothing
  is_asked       boolean NOT NULL DEFAULT false,  -- unknown: only a person can tell
  external_id    text,
  outcome        text,
  reason         text,
  finished_at    timestamptz,
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT engagements_once UNIQUE (tenant_id, post_id, member_id, kind),
  CONSTRAINT engagements_confirmed CHECK
    (is_automatic OR confirmed_at IS NOT NULL OR state IN ('waiting_confirmation', 'skipped', 'expired')),
  CONSTRAINT engagements_comment_has_text CHECK
    (kind = 'like' OR text <> '' OR state IN ('waiting_confirmation', 'skipped', 'expired')),
  CONSTRAINT engagements_finished CHECK ((finished_at IS NOT NULL) = (state IN ('completed', 'failed', 'skipped', 'expired'))),
  CONSTRAINT engagements_sending CHECK
    (state <> 'sending' OR (claimed_by IS NOT NULL AND started_at IS NOT NULL AND deadline_at IS NOT NULL AND held_until IS NOT NULL)),
  FOREIGN KEY (tenant_id, post_id) REFERENCES tracked_posts (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, page_id) REFERENCES tracked_pages (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX engagements_by_member ON engagements (tenant_id, member_id, planned_at DESC, id DESC);
CREATE INDEX engagements_by_time ON engagements (tenant_id, planned_at DESC, id DESC);
-- What counts against a member's day and a page's: what was done, and what is still planned.
CREATE INDEX engagements_acts_of_member ON engagements (tenant_id, member_id, (coalesce(acted_at, not_before)))
  WHERE state IN ('queued', 'waiting_confirmation', 'sending', 'unknown', 'completed');
CREATE INDEX engagements_acts_of_page ON engagements (tenant_id, page_id, (coalesce(acted_at, not_before)))
  WHERE state IN ('queued', 'waiting_confirmation', 'sending', 'unknown', 'completed');
CREATE INDEX engagements_due ON engagements (not_before) WHERE state = 'queued';
CREATE INDEX engagements_to_expire ON engagements (expires_at) WHERE state IN ('queued', 'waiting_confirmation');
CREATE INDEX engagements_begun ON engagements (held_until) WHERE state IN ('sending', 'unknown') AND NOT is_asked;
-- Two members never say the same under one post.
CREATE UNIQUE INDEX engagements_text_once ON engagements (tenant_id, post_id, md5(lower(text)))
  WHERE kind = 'comment' AND state IN ('queued', 'sending', 'unknown', 'completed');
CALL pulse_secure('engagements');

-- Final is final.
CREATE FUNCTION pulse_keep_engagement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'engagement % is % and stays so', OLD.id, OLD.state USING ERRCODE = 'check_violation', CONSTRAINT = 'engagements_final';
END
$$;
CREATE TRIGGER engagements_final BEFORE UPDATE OF state ON engagements FOR EACH ROW
  WHEN (OLD.state IN ('completed', 'failed', 'skipped', 'expired') AND NEW.state <> OLD.state) EXECUTE FUNCTION pulse_keep_engagement();

-- Signatures of calls by machines that were taken, so that a copied call is refused. Of no tenant; nothing secret is in a hash.
CREATE TABLE used_signatures (
  signature_hash  bytea PRIMARY KEY,
  used_at         timestamptz NOT NULL
);
CREATE INDEX used_signatures_by_time ON used_signatures (used_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON tracked_pages, tracked_page_subscriptions, engagement_limits, tracked_posts, engagements TO pulse_api;
GRANT SELECT, INSERT, UPDATE ON tracked_pages, tracked_posts, engagements TO pulse_engine;
GRANT SELECT ON tracked_page_subscriptions, engagement_limits TO pulse_engine;
GRANT SELECT, INSERT, DELETE ON used_signatures TO pulse_api;
