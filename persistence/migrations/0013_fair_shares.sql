-- What lists by status read, what is forgotten by age, and which company is the demo.

-- What a list by status finds a post by, where most posts are in another state. An intent and a usual outcome leave it null, so
-- that they touch no index, as before (0009).
ALTER TABLE deliveries ADD COLUMN set_apart text
  GENERATED ALWAYS AS (CASE WHEN state IN ('failed', 'missed', 'cancelled', 'unknown', 'unconfirmed') THEN state
                            WHEN state = 'waiting' AND asked_at IS NOT NULL THEN 'asking' END) STORED;
CREATE INDEX deliveries_set_apart ON deliveries (tenant_id, set_apart, created_at DESC, post_id DESC) WHERE set_apart IS NOT NULL;
CREATE INDEX posts_unscheduled ON posts (tenant_id, created_at DESC, id DESC) WHERE scheduled_at IS NULL AND deleted_at IS NULL;

-- Answers kept for Idempotency-Keys go when they are old, whoever uses keys: the engine's housekeeping looks at all tenants.
DROP INDEX idempotency_keys_by_age;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at, tenant_id);
GRANT SELECT, DELETE ON idempotency_keys TO pulse_engine;

-- The company that `pulse seed` makes, whose password everybody knows. Production does not serve while its sign-in is open. Forced row
-- security would hide the rows from the owner of the tables.
ALTER TABLE tenants ADD COLUMN is_demo boolean NOT NULL DEFAULT false;
ALTER TABLE tenants NO FORCE ROW LEVEL SECURITY;
ALTER TABLE members NO FORCE ROW LEVEL SECURITY;
UPDATE tenants t SET is_demo = true
WHERE t.name = 'Control Center Demo'
  AND EXISTS (SELECT FROM members m WHERE m.tenant_id = t.id AND m.email = 'owner@controlcenter.local');
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
ALTER TABLE members FORCE ROW LEVEL SECURITY;
