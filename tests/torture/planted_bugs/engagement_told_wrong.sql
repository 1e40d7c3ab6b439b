-- What was done is told as failed.
CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.state := 'failed';
  RETURN NEW;
END
$$;
CREATE TRIGGER planted BEFORE UPDATE ON engagements FOR EACH ROW WHEN (NEW.state = 'completed') EXECUTE FUNCTION planted();
