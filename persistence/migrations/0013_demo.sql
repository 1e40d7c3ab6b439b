-- The demo company is marked, so that pages can say so and it can be removed with all that it has: only what is marked can be.
ALTER TABLE tenants ADD COLUMN is_demo boolean NOT NULL DEFAULT false;
UPDATE tenants SET is_demo = true
WHERE id IN (SELECT tenant_id FROM members WHERE email = 'owner@controlcenter.local') AND name = 'Control Center Demo';

GRANT DELETE ON tenants, publish_events TO pulse_engine;
CREATE POLICY engine_removes_demo ON tenants AS RESTRICTIVE FOR DELETE TO pulse_engine USING (is_demo);
CREATE POLICY engine_removes_demo ON publish_events AS RESTRICTIVE FOR DELETE TO pulse_engine
  USING (EXISTS (SELECT FROM tenants t WHERE t.id = publish_events.tenant_id AND t.is_demo));
