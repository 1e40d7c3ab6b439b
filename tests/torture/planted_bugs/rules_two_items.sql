-- A run writes its draft twice.
ALTER TABLE content_items DROP CONSTRAINT content_items_run_once;
CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO content_items SELECT * FROM jsonb_populate_record(NULL::content_items, to_jsonb(NEW) || jsonb_build_object('id', gen_random_uuid()));
  RETURN NULL;
END
$$;
CREATE TRIGGER planted AFTER INSERT ON content_items FOR EACH ROW
  WHEN (pg_trigger_depth() = 0 AND NEW.state = 'draft') EXECUTE FUNCTION planted();
