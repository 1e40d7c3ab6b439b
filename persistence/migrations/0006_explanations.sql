-- What an explanation asks for besides the rows of its post.

-- Events that held deliveries of other posts too: pauses, channels that were switched off, budgets that were used up. They are few
-- among a project's many.
CREATE INDEX publish_events_of_holds ON publish_events (tenant_id, project_id, created_at)
  WHERE post_id IS NULL OR type IN ('DeliveryThrottled', 'ChannelAuthFailed');

-- Until when the process that sends for the request's tenant has promised to live; null when none does. A request may not read
-- the owners themselves: they are of all tenants.
CREATE FUNCTION pulse_lease_until() RETURNS timestamptz
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT n.lease_until FROM public.tenant_owners o JOIN public.nodes n ON n.id = o.node_id WHERE o.tenant_id = public.pulse_tenant() $$;
REVOKE ALL ON FUNCTION pulse_lease_until() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_lease_until() TO pulse_api;
-- Owning a function needs CREATE on its schema at the moment of the change only.
GRANT CREATE ON SCHEMA public TO pulse_engine;
ALTER FUNCTION pulse_lease_until() OWNER TO pulse_engine;
REVOKE CREATE ON SCHEMA public FROM pulse_engine;
