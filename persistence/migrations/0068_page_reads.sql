-- Looks at pages with a login count against its account's budget, as posts do: what a limiter that starts anew has to know of the ones before.
CREATE TABLE page_reads (
  tenant_id  uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id         uuid NOT NULL,
  platform   text NOT NULL,
  budget     uuid NOT NULL,         -- the account's, as in accounts; of a login that publishes nothing the login's
  read_at    timestamptz NOT NULL,  -- before the call
  blocked_until  timestamptz,       -- the platform's answer: no call of this account before
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX page_reads_of_tenant ON page_reads (tenant_id, read_at);
CREATE INDEX page_reads_by_age ON page_reads (read_at);
CALL pulse_secure('page_reads');
GRANT SELECT ON page_reads TO pulse_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON page_reads TO pulse_engine;
