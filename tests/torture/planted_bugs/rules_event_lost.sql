-- One event in three is passed over, and the cursor moves on.
CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER planted BEFORE INSERT ON automation_runs FOR EACH ROW
  WHEN (NEW.cause = 'event' AND NEW.event_id % 3 = 0) EXECUTE FUNCTION planted();
