-- Providers of many instances (Mastodon): each instance must know an app before people are sent to it. One row an instance, redirect address
-- and scope; a company has apps of its own, so that one company's app never carries another's traffic. The secret is sealed.
CREATE TABLE instance_apps (
  tenant_id      uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id             uuid NOT NULL,
  provider       text NOT NULL,
  instance       text NOT NULL,
  redirect_uri   text NOT NULL,
  scope          text NOT NULL,
  client_id      text NOT NULL,
  client_secret  bytea NOT NULL,
  created_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT instance_apps_once UNIQUE (tenant_id, provider, instance, redirect_uri, scope)
);
CALL pulse_secure('instance_apps');
GRANT SELECT, INSERT, UPDATE, DELETE ON instance_apps TO pulse_api;
GRANT SELECT, UPDATE ON instance_apps TO pulse_engine;
