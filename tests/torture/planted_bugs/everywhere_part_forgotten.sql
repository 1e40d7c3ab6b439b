-- That the second part of a thread is out is forgotten by the attempt that sent it.
CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.handles := NEW.handles - 'part_2';
  RETURN NEW;
END
$$;
CREATE TRIGGER planted BEFORE UPDATE ON deliveries FOR EACH ROW WHEN (NEW.attempt <= 2 AND NEW.handles ? 'part_2') EXECUTE FUNCTION planted();
