-- A like waits for nobody's word.
CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.state := 'queued';
  NEW.is_automatic := true;
  RETURN NEW;
END
$$;
CREATE TRIGGER planted BEFORE INSERT ON engagements FOR EACH ROW WHEN (NEW.kind = 'like' AND NEW.state = 'waiting_confirmation')
  EXECUTE FUNCTION planted();
