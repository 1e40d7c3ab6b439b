-- Deleting and editing what is published, at its platform (domain/publishing/publication_change). A request is a row before anything
-- happens, and each attempt is committed before its call.
CREATE TABLE publication_changes (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL,
  project_id    uuid NOT NULL,
  post_id       uuid NOT NULL,
  delivery_id   uuid NOT NULL,
  channel_id    uuid NOT NULL,
  kind          text NOT NULL CONSTRAINT publication_changes_kind CHECK (kind IN ('remove', 'edit')),
  state         text NOT NULL DEFAULT 'waiting' CONSTRAINT publication_changes_state CHECK (state IN ('waiting', 'sending', 'done', 'failed')),
  text          text,                            -- the new words of an edit
  takes_post    boolean NOT NULL DEFAULT false,  -- the post goes from Pulse, too, once all of these are done
  requested_by  uuid NOT NULL,
  attempt       integer NOT NULL DEFAULT 0,
  failures      integer NOT NULL DEFAULT 0,
  not_before    timestamptz NOT NULL,            -- of the next attempt
  claimed_by    uuid,                            -- the process that began the last attempt
  deadline_at   timestamptz,                     -- of the running attempt: nobody else begins one before
  reason        text,
  finished_at   timestamptz,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, post_id) REFERENCES posts (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, delivery_id) REFERENCES deliveries (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, requested_by) REFERENCES members (tenant_id, id),
  CONSTRAINT publication_changes_text CHECK ((kind = 'edit') = (text IS NOT NULL)),
  CONSTRAINT publication_changes_finished CHECK ((finished_at IS NOT NULL) = (state IN ('done', 'failed'))),
  CONSTRAINT publication_changes_sending CHECK (state <> 'sending' OR (deadline_at IS NOT NULL AND claimed_by IS NOT NULL))
);
-- One at a time for a delivery, so that a late first call never undoes a second one.
CREATE UNIQUE INDEX publication_changes_open ON publication_changes (tenant_id, delivery_id) WHERE state IN ('waiting', 'sending');
CREATE INDEX publication_changes_by_post ON publication_changes (tenant_id, post_id, created_at);
CREATE INDEX publication_changes_by_channel ON publication_changes (tenant_id, channel_id, not_before) WHERE state IN ('waiting', 'sending');
-- What is due, of all tenants.
CREATE INDEX publication_changes_due ON publication_changes (not_before) WHERE state IN ('waiting', 'sending');
CALL pulse_secure('publication_changes');
CALL pulse_secure_channel('publication_changes');
CALL pulse_audit('publication_changes', 'post_id', 'channel_id', 'kind', 'state', 'text');
GRANT SELECT, INSERT, UPDATE ON publication_changes TO pulse_api;
GRANT SELECT, UPDATE ON publication_changes TO pulse_engine;
GRANT UPDATE (deleted_at) ON posts TO pulse_engine;

-- Settled is settled.
CREATE FUNCTION pulse_keep_settled_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'change % of a publication is % and stays so', OLD.id, OLD.state USING ERRCODE = 'check_violation';
END
$$;
CREATE TRIGGER publication_changes_final BEFORE UPDATE OF state ON publication_changes FOR EACH ROW
  WHEN (OLD.state IN ('done', 'failed') AND NEW.state <> OLD.state) EXECUTE FUNCTION pulse_keep_settled_change();
