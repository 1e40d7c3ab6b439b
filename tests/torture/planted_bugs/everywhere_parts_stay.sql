-- What is deleted everywhere leaves the further parts of its threads where they are.
CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.handles := NEW.handles - 'part_2' - 'part_3' - 'part_4';
  RETURN NEW;
END
$$;
CREATE TRIGGER planted BEFORE UPDATE ON deliveries FOR EACH ROW WHEN (NEW.state = 'published') EXECUTE FUNCTION planted();
