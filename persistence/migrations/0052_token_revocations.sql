-- Tokens of logins that people have disconnected, kept sealed for as long as it takes to give them back to the platform: some tries, an
-- hour or two. The login itself has forgotten them at once.
CREATE TABLE token_revocations (
  tenant_id         uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id                uuid NOT NULL,
  provider          text NOT NULL,
  external_user_id  text NOT NULL,
  name              text NOT NULL,
  access_token      bytea NOT NULL,
  refresh_token     bytea,
  attempts          integer NOT NULL DEFAULT 0,
  not_before        timestamptz NOT NULL,  -- of the next try; whoever takes one moves it away
  created_at        timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX token_revocations_due ON token_revocations (not_before);
CALL pulse_secure('token_revocations');
GRANT INSERT ON token_revocations TO pulse_api;
GRANT SELECT, UPDATE, DELETE ON token_revocations TO pulse_engine;
