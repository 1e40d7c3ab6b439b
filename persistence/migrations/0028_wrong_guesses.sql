-- Wrong guesses of passwords and codes, counted for all processes at once. Hashes of what they are counted under, so nothing is a company's
-- and nothing can be read from it. Not logged: after a crash of PostgreSQL counting begins anew, and signing in writes less.
CREATE UNLOGGED TABLE wrong_guesses (
  key_hash      bytea PRIMARY KEY,
  failures      integer NOT NULL,
  at            timestamptz NOT NULL,  -- of the last guess; of an allowance, when it is whole again
  forgotten_at  timestamptz NOT NULL   -- from then on the row says nothing
);
CREATE INDEX wrong_guesses_by_age ON wrong_guesses (forgotten_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON wrong_guesses TO pulse_api;
GRANT SELECT, DELETE ON wrong_guesses TO pulse_engine;
