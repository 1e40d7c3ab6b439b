-- What is taken out of a sealed audit entry leaves nothing in its place: the chain holds no digest of what would stand there.
CREATE OR REPLACE FUNCTION pulse_keep_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.seq, NEW.hash, NEW.details_digest) IS DISTINCT FROM (OLD.seq, OLD.hash, OLD.details_digest)
     OR (NEW.erased_at IS NULL AND (NEW.salt IS DISTINCT FROM OLD.salt OR NEW.details::text <> OLD.details::text))
     OR (NEW.erased_at IS NULL AND OLD.erased_at IS NOT NULL)
     OR (NEW.erased_at IS NOT NULL AND (NEW.salt IS NOT NULL OR NEW.details::text <> '{}')) THEN
    RAISE EXCEPTION 'a sealed audit entry cannot be changed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
