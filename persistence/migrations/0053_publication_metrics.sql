-- What people made of what was published, as the platforms count it: looked up at growing pauses for a month (domain/publishing/measuring).
-- A row is made by the step that counts outcomes (persistence/analytics), so recording an outcome pays nothing.
CREATE TABLE publication_measurements (
  tenant_id        uuid NOT NULL,
  delivery_id      uuid NOT NULL,
  project_id       uuid NOT NULL,
  post_id          uuid NOT NULL,
  channel_id       uuid NOT NULL,
  published_at     timestamptz NOT NULL,
  due_at           timestamptz,            -- of the next look; null: there is none
  taken_until      timestamptz,            -- until then one process looks, and nobody else
  looks            integer NOT NULL DEFAULT 0,
  failures         integer NOT NULL DEFAULT 0,  -- in a row
  likes            bigint,                 -- the latest; null: the platform does not tell
  comments         bigint,
  shares           bigint,
  views            bigint,
  counted_at       timestamptz,
  stopped_because  text,                   -- a sentence, where no look follows before its time
  PRIMARY KEY (tenant_id, delivery_id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, post_id) REFERENCES posts (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, delivery_id) REFERENCES deliveries (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id) ON DELETE CASCADE
) WITH (fillfactor = 80);
CREATE INDEX publication_measurements_due ON publication_measurements (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX publication_measurements_by_channel ON publication_measurements (tenant_id, channel_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX publication_measurements_by_project ON publication_measurements (tenant_id, project_id, published_at);
CALL pulse_secure('publication_measurements');
CALL pulse_secure_channel('publication_measurements');

-- Each look, for ever: a dozen a post.
CREATE TABLE publication_metrics (
  tenant_id    uuid NOT NULL,
  delivery_id  uuid NOT NULL,
  project_id   uuid NOT NULL,
  channel_id   uuid NOT NULL,
  at           timestamptz NOT NULL,
  likes        bigint,
  comments     bigint,
  shares       bigint,
  views        bigint,
  PRIMARY KEY (tenant_id, delivery_id, at),
  FOREIGN KEY (tenant_id, delivery_id) REFERENCES publication_measurements (tenant_id, delivery_id) ON DELETE CASCADE
);
CALL pulse_secure('publication_metrics');
CALL pulse_secure_channel('publication_metrics');
GRANT SELECT ON publication_measurements, publication_metrics TO pulse_api;
GRANT SELECT, INSERT, UPDATE ON publication_measurements TO pulse_engine;
GRANT SELECT, INSERT ON publication_metrics TO pulse_engine;
