-- A moment makes a run, and another one a second later.
CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO automation_runs SELECT * FROM jsonb_populate_record(NULL::automation_runs,
    to_jsonb(NEW) || jsonb_build_object('id', gen_random_uuid(), 'moment', NEW.moment + interval '1 second'));
  RETURN NULL;
END
$$;
CREATE TRIGGER planted AFTER INSERT ON automation_runs FOR EACH ROW
  WHEN (pg_trigger_depth() = 0 AND NEW.cause = 'schedule') EXECUTE FUNCTION planted();
