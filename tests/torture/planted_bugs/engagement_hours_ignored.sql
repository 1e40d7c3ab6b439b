-- Everybody is always at work.
CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.works_from_minute := 0;
  NEW.works_until_minute := 1440;
  RETURN NEW;
END
$$;
CREATE TRIGGER planted BEFORE INSERT OR UPDATE ON member_automation FOR EACH ROW EXECUTE FUNCTION planted();
