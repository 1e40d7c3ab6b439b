-- That the first attempt of an act was done is forgotten.
CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.state := 'queued';
  NEW.not_before := now();
  NEW.finished_at := NULL;
  RETURN NEW;
END
$$;
CREATE TRIGGER planted BEFORE UPDATE ON engagements FOR EACH ROW WHEN (NEW.state = 'completed' AND NEW.attempt = 1) EXECUTE FUNCTION planted();
