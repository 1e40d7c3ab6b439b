-- What happened is written once and read as it was written: as json it is stored without being taken apart, which jsonb costs every
-- delivery 8 us.
ALTER TABLE publish_events ALTER COLUMN metadata_json DROP DEFAULT;
ALTER TABLE publish_events ALTER COLUMN metadata_json TYPE json USING metadata_json::json;
ALTER TABLE publish_events ALTER COLUMN metadata_json SET DEFAULT '{}';

-- Nothing is ever looked up by these: ANALYZE need not sort them.
ALTER TABLE publish_events
  ALTER COLUMN message SET STATISTICS 0, ALTER COLUMN trace SET STATISTICS 0, ALTER COLUMN outcome SET STATISTICS 0,
  ALTER COLUMN deadline_at SET STATISTICS 0, ALTER COLUMN transaction SET STATISTICS 0;
ALTER TABLE deliveries
  ALTER COLUMN external_id SET STATISTICS 0, ALTER COLUMN external_url SET STATISTICS 0, ALTER COLUMN reason SET STATISTICS 0,
  ALTER COLUMN handles SET STATISTICS 0, ALTER COLUMN trace SET STATISTICS 0, ALTER COLUMN deadline_at SET STATISTICS 0,
  ALTER COLUMN created_at SET STATISTICS 0, ALTER COLUMN updated_at SET STATISTICS 0;
