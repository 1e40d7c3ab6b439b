-- Pictures and films of a project. Their bytes lie in the store (persistence/media/store) under `file`, a random name.
CREATE TABLE media (
  tenant_id    uuid NOT NULL,
  id           uuid NOT NULL,
  project_id   uuid NOT NULL,
  created_by   uuid,
  name         text NOT NULL CONSTRAINT media_name_length CHECK (char_length(name) <= 255),
  kind         text NOT NULL CONSTRAINT media_kind CHECK (kind IN ('image', 'video')),
  type         text NOT NULL,
  bytes        bigint NOT NULL CONSTRAINT media_bytes CHECK (bytes > 0),
  width        integer NOT NULL,
  height       integer NOT NULL,
  duration_ms  bigint NOT NULL,
  is_animated  boolean NOT NULL,
  alt_text     text NOT NULL CONSTRAINT media_alt_text_length CHECK (char_length(alt_text) <= 1000),
  file         text NOT NULL CONSTRAINT media_file_once UNIQUE,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, created_by) REFERENCES members (tenant_id, id) ON DELETE SET NULL (created_by)
);
CREATE INDEX media_by_time ON media (tenant_id, project_id, created_at DESC, id DESC);
CREATE INDEX media_by_age ON media (tenant_id, created_at);
CALL pulse_secure('media');

-- What is on its way. How much of it has come says the file, which survives what this row would not be told.
CREATE TABLE media_uploads (
  tenant_id    uuid NOT NULL,
  id           uuid NOT NULL,  -- of the medium that it becomes
  project_id   uuid NOT NULL,
  created_by   uuid NOT NULL,
  name         text NOT NULL,
  alt_text     text NOT NULL,
  bytes        bigint,  -- null: what comes in one piece and does not say how much it is
  file         text NOT NULL CONSTRAINT media_uploads_file_once UNIQUE,
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, created_by) REFERENCES members (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX media_uploads_by_expiry ON media_uploads (tenant_id, expires_at);
CALL pulse_secure('media_uploads');

-- What a post shows, in order.
CREATE TABLE post_media (
  tenant_id  uuid NOT NULL,
  post_id    uuid NOT NULL,
  position   integer NOT NULL CONSTRAINT post_media_position CHECK (position BETWEEN 0 AND 34),
  media_id   uuid NOT NULL,
  alt_text   text NOT NULL CONSTRAINT post_media_alt_text_length CHECK (char_length(alt_text) <= 1000),
  PRIMARY KEY (tenant_id, post_id, position),
  FOREIGN KEY (tenant_id, post_id) REFERENCES posts (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, media_id) REFERENCES media (tenant_id, id)
);
CREATE INDEX post_media_by_media ON post_media (tenant_id, media_id);
CALL pulse_secure('post_media');

-- Files of rows that are gone, by whatever way: they are removed from the store, and then from here. No tenant's any more.
CREATE TABLE media_leftovers (
  file     text PRIMARY KEY,
  left_at  timestamptz NOT NULL DEFAULT transaction_timestamp()
);
CREATE FUNCTION pulse_leave_media() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  -- An upload that is whole has become a medium, of which the file is then.
  IF TG_TABLE_NAME = 'media_uploads' AND EXISTS (SELECT FROM public.media m WHERE m.file = OLD.file) THEN RETURN NULL; END IF;
  INSERT INTO public.media_leftovers (file) VALUES (OLD.file) ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER media_leaves AFTER DELETE ON media FOR EACH ROW EXECUTE FUNCTION pulse_leave_media();
CREATE TRIGGER media_uploads_leave AFTER DELETE ON media_uploads FOR EACH ROW EXECUTE FUNCTION pulse_leave_media();

GRANT SELECT, INSERT, UPDATE, DELETE ON media, media_uploads, post_media TO pulse_api;
GRANT SELECT, DELETE ON media, media_uploads TO pulse_engine;
GRANT SELECT ON post_media TO pulse_engine;
GRANT SELECT, DELETE ON media_leftovers TO pulse_engine;
