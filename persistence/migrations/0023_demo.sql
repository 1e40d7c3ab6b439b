-- What is marked as demo can be removed with all that it has, and nothing else can.
GRANT DELETE ON tenants, publish_events, posts TO pulse_engine;
-- Posts first: they name their author, and a company's members go before its projects.
CREATE POLICY engine_removes_demo ON posts AS RESTRICTIVE FOR DELETE TO pulse_engine
  USING (EXISTS (SELECT FROM tenants t WHERE t.id = posts.tenant_id AND t.is_demo));
CREATE POLICY engine_removes_demo ON tenants AS RESTRICTIVE FOR DELETE TO pulse_engine USING (is_demo);
CREATE POLICY engine_removes_demo ON publish_events AS RESTRICTIVE FOR DELETE TO pulse_engine
  USING (EXISTS (SELECT FROM tenants t WHERE t.id = publish_events.tenant_id AND t.is_demo));
