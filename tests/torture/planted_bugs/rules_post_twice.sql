-- What a run releases becomes two posts.
CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  again uuid := gen_random_uuid();
BEGIN
  INSERT INTO posts SELECT r.* FROM posts p, jsonb_populate_record(NULL::posts, to_jsonb(p) || jsonb_build_object('id', again)) r
  WHERE p.tenant_id = NEW.tenant_id AND p.id = NEW.post_id;
  INSERT INTO deliveries SELECT * FROM jsonb_populate_record(NULL::deliveries,
    to_jsonb(NEW) || jsonb_build_object('id', gen_random_uuid(), 'post_id', again));
  RETURN NULL;
END
$$;
CREATE TRIGGER planted AFTER INSERT ON deliveries FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION planted();
