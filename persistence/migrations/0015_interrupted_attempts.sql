-- What an unknown outcome waits for, so that it is known after a crash, too.

-- Attempts that Pulse itself broke off and that the platform did not have: they do not count against the retry policy.
ALTER TABLE deliveries ADD COLUMN interruptions integer NOT NULL DEFAULT 0;
-- Of an unknown outcome: before which it is not sent again, by the retry policy or the platform's word. Null when nobody heard an answer.
ALTER TABLE deliveries ADD COLUMN resend_at timestamptz;
-- Of an unknown outcome: the platform asked to be left alone until then.
ALTER TABLE deliveries ADD COLUMN look_at timestamptz;

-- Nothing is ever looked up by these: ANALYZE need not sort them.
ALTER TABLE deliveries
  ALTER COLUMN interruptions SET STATISTICS 0, ALTER COLUMN resend_at SET STATISTICS 0, ALTER COLUMN look_at SET STATISTICS 0;
