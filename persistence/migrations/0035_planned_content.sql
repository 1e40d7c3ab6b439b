-- The calendar reads content by the time for which it is wanted, until there is a post of it.
CREATE INDEX content_items_by_time ON content_items (tenant_id, project_id, scheduled_at, id)
  WHERE post_id IS NULL AND deleted_at IS NULL AND scheduled_at IS NOT NULL;
