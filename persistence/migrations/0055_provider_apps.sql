-- A company's own app at a provider, instead of the installation's: its traffic then goes through no other company's app. One a provider.
CREATE TABLE provider_apps (
  tenant_id      uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id             uuid NOT NULL,
  provider       text NOT NULL,
  client_id      text NOT NULL CONSTRAINT provider_apps_client_id_length CHECK (char_length(client_id) BETWEEN 1 AND 255),
  client_secret  bytea NOT NULL,  -- sealed
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT provider_apps_once UNIQUE (tenant_id, provider)
);
CALL pulse_secure('provider_apps');
CALL pulse_audit('provider_apps', 'provider', 'client_id', '!client_secret');
GRANT SELECT, INSERT, UPDATE, DELETE ON provider_apps TO pulse_api;
GRANT SELECT, UPDATE ON provider_apps TO pulse_engine;

-- Tokens belong to the app that they were got with: null is the installation's.
ALTER TABLE social_accounts ADD COLUMN app_client_id text;
ALTER TABLE token_revocations ADD COLUMN app_client_id text;
