-- Acts that were begun count against no gap and no cap.
CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.acted_at := NULL;
  RETURN NEW;
END
$$;
CREATE TRIGGER planted BEFORE UPDATE ON engagements FOR EACH ROW EXECUTE FUNCTION planted();
