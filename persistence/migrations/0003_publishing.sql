-- Projects, the channels they publish to, posts, and the deliveries that are each published once.
CREATE TABLE projects (
  tenant_id    uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id           uuid NOT NULL,
  name         text NOT NULL CONSTRAINT projects_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
  description  text NOT NULL DEFAULT '',
  time_zone    text NOT NULL,  -- an IANA name, checked by domain/time_zone
  paused_at    timestamptz,
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT projects_name_once UNIQUE (tenant_id, name)
);
CALL pulse_secure('projects');

-- An account at a platform. Tokens are sealed by persistence/secret_box; the clear text never reaches the database.
CREATE TABLE accounts (
  tenant_id         uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id                uuid NOT NULL,
  platform          text NOT NULL,
  external_user_id  text NOT NULL,
  handle            text NOT NULL DEFAULT '',
  access_token      bytea NOT NULL,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT accounts_once UNIQUE (tenant_id, platform, external_user_id)
);
CALL pulse_secure('accounts');

CREATE TABLE channels (
  tenant_id        uuid NOT NULL,
  id               uuid NOT NULL,
  project_id       uuid NOT NULL,
  type             text NOT NULL,
  name             text NOT NULL CONSTRAINT channels_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
  account_id       uuid,
  is_active        boolean NOT NULL DEFAULT true,
  disabled_reason  text,  -- set by the engine: why it stopped using the channel
  paused_at        timestamptz,
  deleted_at       timestamptz,  -- kept for the history of what went out through it
  created_at       timestamptz NOT NULL,
  updated_at       timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id)
);
-- One channel a project and account; one website channel a project.
CREATE UNIQUE INDEX channels_once ON channels (tenant_id, project_id, type, account_id) NULLS NOT DISTINCT WHERE deleted_at IS NULL;
CALL pulse_secure('channels');

CREATE TABLE posts (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL,
  project_id    uuid NOT NULL,
  author_id     uuid NOT NULL,
  title         text NOT NULL DEFAULT '',
  text          text NOT NULL,
  -- The text by channel type where it differs, {"x": "…"}. In the post's own row, so that whoever locks the row sees every
  -- text as it is now: an acknowledged edit is what goes out.
  variants      jsonb NOT NULL DEFAULT '{}',
  scheduled_at  timestamptz,  -- null: a draft
  deleted_at    timestamptz,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, author_id) REFERENCES members (tenant_id, id)
);
CREATE INDEX posts_by_project ON posts (tenant_id, project_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX posts_by_age ON posts (tenant_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CALL pulse_secure('posts');

-- One post to one channel: the unit that is published once (domain/delivery). A draft's deliveries wait without a due time.
CREATE TABLE deliveries (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL,
  post_id       uuid NOT NULL,
  channel_id    uuid NOT NULL,
  project_id    uuid NOT NULL,
  state         text NOT NULL DEFAULT 'waiting' CONSTRAINT deliveries_state CHECK
                  (state IN ('waiting', 'sending', 'published', 'failed', 'unknown', 'unconfirmed', 'cancelled', 'missed')),
  due_at        timestamptz,            -- when the user wants it; null: not scheduled
  not_before    timestamptz,            -- when it may start: due_at, or later when it is held (retry, throttle)
  attempt       integer NOT NULL DEFAULT 0,   -- attempts begun
  failures      integer NOT NULL DEFAULT 0,   -- of them, those that count against the retry policy
  fence         bigint NOT NULL DEFAULT 0,    -- of the owner that began the last attempt
  deadline_at   timestamptz,            -- of the running attempt: nobody else touches it before
  external_id   text,
  external_url  text,
  reason        text,                   -- failed, unknown, unconfirmed, missed: what happened and what can be done
  outcome       text,                   -- the class of the last outcome (domain/outcome)
  finished_at   timestamptz,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT deliveries_once UNIQUE (tenant_id, post_id, channel_id),
  CONSTRAINT deliveries_published_has_id CHECK (state <> 'published' OR external_id IS NOT NULL),
  CONSTRAINT deliveries_finished CHECK ((finished_at IS NOT NULL) = (state IN ('published', 'failed', 'cancelled', 'missed'))),
  CONSTRAINT deliveries_sending_has_deadline CHECK (state <> 'sending' OR deadline_at IS NOT NULL),
  FOREIGN KEY (tenant_id, post_id) REFERENCES posts (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id)
) WITH (fillfactor = 80);
-- What the engine looks for: the tenants' next waiting deliveries, and what an earlier owner left in the middle.
CREATE INDEX deliveries_waiting ON deliveries (tenant_id, not_before) WHERE state = 'waiting';
CREATE INDEX deliveries_due ON deliveries (not_before) WHERE state = 'waiting';
CREATE INDEX deliveries_unsettled ON deliveries (tenant_id) WHERE state IN ('sending', 'unknown');
CALL pulse_secure('deliveries');

-- Final is final: whoever is late, or wrong, finds the row closed. A person's retry of a failed one goes through 'waiting'.
CREATE FUNCTION pulse_keep_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'delivery % is % and stays so', OLD.id, OLD.state USING ERRCODE = 'check_violation', CONSTRAINT = 'deliveries_final';
END
$$;
CREATE TRIGGER deliveries_final BEFORE UPDATE OF state ON deliveries FOR EACH ROW
  WHEN (OLD.state IN ('published', 'cancelled', 'missed') AND NEW.state <> OLD.state) EXECUTE FUNCTION pulse_keep_final();

CREATE TABLE delivery_attempts (
  tenant_id    uuid NOT NULL,
  delivery_id  uuid NOT NULL,
  number       integer NOT NULL,
  fence        bigint NOT NULL,
  started_at   timestamptz NOT NULL,   -- the intent, committed before the first byte
  deadline_at  timestamptz NOT NULL,
  handles      jsonb NOT NULL DEFAULT '{}',  -- container and upload ids of two-step platforms
  outcome      text,
  finished_at  timestamptz,
  PRIMARY KEY (tenant_id, delivery_id, number),
  FOREIGN KEY (tenant_id, delivery_id) REFERENCES deliveries (tenant_id, id) ON DELETE CASCADE
);
CALL pulse_secure('delivery_attempts');

-- What happened, in order, for people to read. Append-only. A reader that resumes reads only rows of transactions that are
-- older than every running one (transaction < pg_snapshot_xmin(pg_current_snapshot())), in (transaction, id) order: a row
-- that commits late is never skipped.
CREATE TABLE publish_events (
  tenant_id      uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id             bigint GENERATED ALWAYS AS IDENTITY,
  project_id     uuid NOT NULL,
  post_id        uuid,   -- none: about a channel
  delivery_id    uuid,
  channel_id     uuid,
  type           text NOT NULL,
  message        text NOT NULL,
  metadata_json  jsonb NOT NULL DEFAULT '{}',
  transaction    xid8 NOT NULL DEFAULT pg_current_xact_id(),
  created_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX publish_events_by_post ON publish_events (tenant_id, post_id, id);
CREATE INDEX publish_events_by_project ON publish_events (tenant_id, project_id, created_at);
CALL pulse_secure('publish_events');

-- The website channel publishes here; its key makes publishing twice the same as once (platforms: website).
CREATE TABLE website_publications (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL,
  project_id    uuid NOT NULL,
  post_id       uuid NOT NULL,
  channel_id    uuid NOT NULL,
  title         text NOT NULL DEFAULT '',
  text          text NOT NULL,
  published_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT website_publications_once UNIQUE (tenant_id, post_id, channel_id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, post_id) REFERENCES posts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX website_publications_by_project ON website_publications (tenant_id, project_id, published_at DESC, id DESC);
CALL pulse_secure('website_publications');

-- The public feed knows a project's id and nothing else: this names its tenant, and only if a website channel is there.
CREATE FUNCTION pulse_find_site(wanted uuid) RETURNS TABLE (tenant_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT c.tenant_id FROM public.channels c WHERE c.project_id = wanted AND c.type = 'website' AND c.deleted_at IS NULL LIMIT 1 $$;
CREATE INDEX channels_by_site ON channels (project_id) WHERE type = 'website' AND deleted_at IS NULL;

-- A post's state, derived from its deliveries' (domain/post says the same in C++; a test compares the two).
CREATE FUNCTION pulse_post_state(scheduled boolean, states text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN 'sending' = ANY (states) THEN 'publishing'
    WHEN 'unknown' = ANY (states) OR 'unconfirmed' = ANY (states) THEN 'needs_attention'
    WHEN 'waiting' = ANY (states) AND ('published' = ANY (states) OR 'failed' = ANY (states)) THEN 'publishing'
    WHEN 'waiting' = ANY (states) THEN CASE WHEN scheduled THEN 'scheduled' ELSE 'draft' END
    WHEN 'published' = ANY (states) AND ('failed' = ANY (states) OR 'missed' = ANY (states)) THEN 'published_partial'
    WHEN 'published' = ANY (states) THEN 'published'
    WHEN 'failed' = ANY (states) THEN 'failed'
    WHEN 'missed' = ANY (states) THEN 'missed'
    WHEN 'cancelled' = ANY (states) THEN 'cancelled'
    ELSE CASE WHEN scheduled THEN 'scheduled' ELSE 'draft' END
  END;

-- A post and a channel as people see them. They read with the rights of whoever asks, so row security binds them too.
CREATE VIEW post_details WITH (security_invoker = true) AS
  SELECT p.id, p.project_id, p.author_id, p.title, p.text,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('platform', v.key, 'text', v.value) ORDER BY v.key), '[]')
          FROM jsonb_each_text(p.variants) v) AS variants,
         pulse_post_state(p.scheduled_at IS NOT NULL, s.states) AS status,
         p.scheduled_at, p.created_at, p.updated_at,
         (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', d.id, 'channel_id', d.channel_id, 'channel_type', c.type, 'channel_name', c.name, 'state', d.state,
            'due_at', d.due_at, 'not_before', d.not_before, 'attempt', d.attempt, 'external_id', d.external_id,
            'external_url', d.external_url, 'reason', d.reason, 'finished_at', d.finished_at)
            ORDER BY c.created_at, c.id), '[]')
          FROM deliveries d JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
          WHERE d.tenant_id = p.tenant_id AND d.post_id = p.id) AS deliveries
  FROM posts p
  -- The states by themselves, so that a list by state makes nothing else of the posts that it leaves out.
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(d.state), '{}') AS states
    FROM deliveries d WHERE d.tenant_id = p.tenant_id AND d.post_id = p.id
  ) s
  WHERE p.deleted_at IS NULL;

CREATE VIEW channel_details WITH (security_invoker = true) AS
  SELECT c.id, c.project_id, c.type, c.name,
         CASE WHEN a.id IS NOT NULL
           THEN jsonb_build_object('external_user_id', a.external_user_id, 'handle', a.handle) END AS account,
         c.is_active, c.disabled_reason, c.created_at, c.updated_at
  FROM channels c LEFT JOIN accounts a ON a.tenant_id = c.tenant_id AND a.id = c.account_id
  WHERE c.deleted_at IS NULL;

GRANT SELECT ON post_details, channel_details TO pulse_api;
GRANT SELECT, INSERT, UPDATE ON projects, accounts, channels, posts, deliveries TO pulse_api;
GRANT SELECT ON delivery_attempts, website_publications TO pulse_api;
GRANT SELECT, INSERT ON publish_events TO pulse_api;

GRANT SELECT ON projects, accounts, posts TO pulse_engine;
GRANT SELECT, UPDATE ON channels, deliveries TO pulse_engine;
GRANT SELECT, INSERT, UPDATE ON delivery_attempts TO pulse_engine;
GRANT SELECT, INSERT ON publish_events, website_publications TO pulse_engine;
-- To lock their rows while an intent is recorded: a pause, a deletion or an edit comes before it or after it.
GRANT UPDATE (paused_at) ON tenants, projects TO pulse_engine;
GRANT UPDATE (updated_at) ON posts TO pulse_engine;
