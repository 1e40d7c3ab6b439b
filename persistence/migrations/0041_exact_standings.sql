-- What a member may do is kept for a moment by every process, which hears of changes by NOTIFY: some milliseconds later. So the work of a
-- request confirms what was kept, in its own transaction and round trip: when it is not so any more, this ends the work, and nothing of it
-- has happened (persistence/people/standing).
CREATE FUNCTION pulse_refuse_standing() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was known of the caller is not so any more' USING ERRCODE = '23P01', CONSTRAINT = 'pulse_standing';
END
$$;
