-- What a website channel has published can be corrected and withdrawn, and whoever keeps a copy of its feed can tell cheaply.
ALTER TABLE website_publications ADD COLUMN corrected_at timestamptz, ADD COLUMN removed_at timestamptz;
GRANT UPDATE (title, text, corrected_at, removed_at) ON website_publications TO pulse_api;

DROP INDEX website_publications_by_project;
CREATE INDEX website_publications_by_project ON website_publications (tenant_id, project_id, published_at DESC, id DESC)
  WHERE removed_at IS NULL;

-- Posts that were deleted before their publications went with them.
UPDATE website_publications w SET removed_at = p.deleted_at
FROM posts p WHERE p.tenant_id = w.tenant_id AND p.id = w.post_id AND p.deleted_at IS NOT NULL;

-- How often what a site shows has changed. The row is locked until the change is committed, so the number never lags behind one that
-- was committed before; a time would, because a later one may be committed first.
CREATE TABLE website_revisions (
  tenant_id   uuid NOT NULL,
  project_id  uuid NOT NULL,
  revision    bigint NOT NULL,
  changed_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, project_id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE
);
CALL pulse_secure('website_revisions');
GRANT SELECT, INSERT, UPDATE ON website_revisions TO pulse_api, pulse_engine;

INSERT INTO website_revisions (tenant_id, project_id, revision, changed_at)
SELECT tenant_id, project_id, count(*), max(greatest(published_at, removed_at)) FROM website_publications GROUP BY tenant_id, project_id;

CREATE FUNCTION pulse_count_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO website_revisions AS r (tenant_id, project_id, revision, changed_at)
  VALUES (NEW.tenant_id, NEW.project_id, 1, greatest(NEW.published_at, NEW.corrected_at, NEW.removed_at))
  ON CONFLICT (tenant_id, project_id)
    DO UPDATE SET revision = r.revision + 1, changed_at = greatest(r.changed_at, excluded.changed_at);
  RETURN NULL;
END
$$;
CREATE TRIGGER website_publications_revision AFTER INSERT OR UPDATE ON website_publications
  FOR EACH ROW EXECUTE FUNCTION pulse_count_revision();
