-- A company is deleted by its owner, in two steps. The first is one transaction of the request: from then on nobody of
-- the company is let in and nothing of it starts, as for a suspended and paused one, whatever waits. The second
-- erases its rows a batch at a time, behind the request, because a large company's are too many for one transaction,
-- and because what is going out just then must end first: the engine knows what it sends by those rows. What stays is
-- the row of the company without its name, so that the audit's chain stays whole and the operator sees when it was
-- deleted.
ALTER TABLE tenants ADD COLUMN deleted_at timestamptz;  -- never taken back
ALTER TABLE tenants ADD COLUMN erased_at timestamptz;   -- nothing of it is left, and nothing comes any more
ALTER TABLE tenants ADD CONSTRAINT tenants_deleted CHECK (deleted_at IS NULL OR (suspended_at IS NOT NULL AND paused_at IS NOT NULL)),
                    ADD CONSTRAINT tenants_erased CHECK (erased_at IS NULL OR deleted_at IS NOT NULL);
CREATE INDEX tenants_to_erase ON tenants (deleted_at) WHERE deleted_at IS NOT NULL AND erased_at IS NULL;

-- Posts and events of a deleted company may go as those of the demo may.
DROP POLICY engine_removes_demo ON posts;
DROP POLICY engine_removes_demo ON publish_events;
CREATE POLICY engine_removes ON posts AS RESTRICTIVE FOR DELETE TO pulse_engine
  USING (EXISTS (SELECT FROM tenants t WHERE t.id = posts.tenant_id AND (t.is_demo OR t.deleted_at IS NOT NULL)));
CREATE POLICY engine_removes ON publish_events AS RESTRICTIVE FOR DELETE TO pulse_engine
  USING (EXISTS (SELECT FROM tenants t WHERE t.id = publish_events.tenant_id AND (t.is_demo OR t.deleted_at IS NOT NULL)));

-- The first step, for the transaction's company; whether it was not deleted yet.
CREATE FUNCTION pulse_close_company(at_time timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  company uuid := public.pulse_tenant();
BEGIN
  -- What was before is not to be told by the audit of this very call.
  PERFORM set_config('pulse.audit', 'off', true);
  UPDATE public.tenants SET name = 'Deleted company', deleted_at = at_time, suspended_at = coalesce(suspended_at, at_time),
         suspended_because = '', paused_at = coalesce(paused_at, at_time)
  WHERE id = company AND deleted_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE public.sessions SET ended_at = at_time, ended_because = 'deactivated' WHERE tenant_id = company AND ended_at IS NULL;
  UPDATE public.api_tokens SET revoked_at = at_time WHERE tenant_id = company AND revoked_at IS NULL;
  UPDATE public.members SET is_active = false, is_platform_admin = false WHERE tenant_id = company AND (is_active OR is_platform_admin);
  -- What lets somebody in without a session.
  DELETE FROM public.activity_tickets WHERE tenant_id = company;
  DELETE FROM public.calendar_feeds WHERE tenant_id = company;
  DELETE FROM public.confirmation_links WHERE tenant_id = company;
  DELETE FROM public.invites WHERE tenant_id = company;
  DELETE FROM public.oauth_states WHERE tenant_id = company;
  DELETE FROM public.sign_in_codes WHERE tenant_id = company;
  DELETE FROM public.identity_providers WHERE tenant_id = company;
  UPDATE public.review_links SET revoked_at = at_time WHERE tenant_id = company AND revoked_at IS NULL;
  -- What would still go out.
  DELETE FROM public.mail_outbox WHERE tenant_id = company;
  DELETE FROM public.chat_outbox WHERE tenant_id = company;
  DELETE FROM public.site_outbox WHERE tenant_id = company;
  DELETE FROM public.publication_changes WHERE tenant_id = company AND state = 'waiting';
  DELETE FROM public.engagements WHERE tenant_id = company AND state IN ('queued', 'waiting_confirmation');
  RETURN true;
END
$$;
REVOKE ALL ON FUNCTION pulse_close_company(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_close_company(timestamptz) TO pulse_api;

-- The tables that hold rows of companies, those that name others before those that are named. They are taken from the
-- catalogue, so that a table which is added later is erased, too. What is not here stays: the company's row with its
-- plan, which node runs it, its audit.
CREATE FUNCTION pulse_tables_to_erase() RETURNS SETOF regclass
  LANGUAGE sql STABLE SET search_path = pg_catalog, public
  AS $$
    WITH RECURSIVE of_company AS (
      SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        AND c.relname NOT IN ('subscriptions', 'tenant_owners', 'audit_entries', 'audit_heads')),
    names AS (
      SELECT DISTINCT conrelid AS one, confrelid AS other FROM pg_constraint
      WHERE contype = 'f' AND conrelid <> confrelid
        AND conrelid IN (SELECT oid FROM of_company) AND confrelid IN (SELECT oid FROM of_company)),
    ways AS (
      SELECT oid AS at, 0 AS depth, ARRAY[oid] AS way FROM of_company
      UNION ALL
      SELECT n.one, w.depth + 1, w.way || n.one FROM ways w JOIN names n ON n.other = w.at WHERE NOT n.one = ANY (w.way))
    -- Events first: what counts them finds what they name as long as they are there.
    SELECT at::regclass FROM ways GROUP BY at ORDER BY at = 'public.publish_events'::regclass DESC, max(depth) DESC, at $$;
REVOKE ALL ON FUNCTION pulse_tables_to_erase() FROM PUBLIC;

-- Erases about so many rows of a deleted company or of the demo, and what its audit tells; how many. The chain holds
-- digests of what is taken out of the audit, under salts that go with it (migration erased_entries).
CREATE FUNCTION pulse_erase_rows(company uuid, at_time timestamptz, most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  each regclass;
  here integer;
  erased integer := 0;
BEGIN
  IF NOT EXISTS (SELECT FROM public.tenants t WHERE t.id = company AND (t.is_demo OR t.deleted_at IS NOT NULL)) THEN RETURN 0; END IF;
  FOR each IN SELECT t FROM public.pulse_tables_to_erase() t LOOP
    EXECUTE format('DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE tenant_id = $1 LIMIT $2))', each)
      USING company, most - erased;
    GET DIAGNOSTICS here = ROW_COUNT;
    erased := erased + here;
    IF erased >= most THEN RETURN erased; END IF;
  END LOOP;
  -- More at once: they are found by reading all that are left.
  UPDATE public.audit_entries SET details = '{}', salt = CASE WHEN seq IS NULL THEN salt END,
         erased_at = CASE WHEN seq IS NULL THEN NULL ELSE at_time END
  WHERE tenant_id = company AND id IN (
    SELECT id FROM public.audit_entries WHERE tenant_id = company AND erased_at IS NULL AND details::text <> '{}'
    LIMIT 20 * (most - erased) FOR UPDATE);
  GET DIAGNOSTICS here = ROW_COUNT;
  RETURN erased + here;
END
$$;
REVOKE ALL ON FUNCTION pulse_erase_rows(uuid, timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_erase_rows(uuid, timestamptz, integer) TO pulse_engine;

-- The second step, of all companies that were deleted; how many rows. It waits for what was going out then: an hour at
-- most, which is longer than any attempt may take. For a quarter of an hour it looks again: a page that was being read,
-- or an answer of an AI provider, may have left rows behind it.
CREATE FUNCTION pulse_erase_companies(at_time timestamptz, most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  company uuid;
  here integer;
  erased integer := 0;
BEGIN
  FOR company IN
    SELECT t.id FROM public.tenants t
    WHERE t.deleted_at IS NOT NULL AND t.erased_at IS NULL
      AND (t.deleted_at < at_time - interval '1 hour' OR NOT (
        EXISTS (SELECT FROM public.deliveries d WHERE d.tenant_id = t.id AND d.state = 'sending')
        OR EXISTS (SELECT FROM public.publication_changes c WHERE c.tenant_id = t.id AND c.state = 'sending')
        OR EXISTS (SELECT FROM public.engagements e WHERE e.tenant_id = t.id AND e.state = 'sending')))
    ORDER BY t.deleted_at FOR NO KEY UPDATE SKIP LOCKED
  LOOP
    here := public.pulse_erase_rows(company, at_time, most - erased);
    erased := erased + here;
    IF erased >= most THEN RETURN erased; END IF;
    IF here = 0 THEN
      UPDATE public.tenants SET erased_at = at_time WHERE id = company AND deleted_at < at_time - interval '15 minutes';
    END IF;
  END LOOP;
  RETURN erased;
END
$$;
REVOKE ALL ON FUNCTION pulse_erase_companies(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_erase_companies(timestamptz, integer) TO pulse_engine;

-- What comes into the audit of a deleted company later, such as its deletion itself, says what was done and nothing
-- personal.
CREATE FUNCTION pulse_bare_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM public.tenants t WHERE t.id = NEW.tenant_id AND t.deleted_at IS NOT NULL) THEN NEW.details := '{}'; END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER bare_entry BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION pulse_bare_entry();

-- Its website is gone with it, before its rows are.
CREATE OR REPLACE FUNCTION pulse_find_site(wanted uuid) RETURNS TABLE (tenant_id uuid, is_gone boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT c.tenant_id, c.deleted_at IS NOT NULL OR t.deleted_at IS NOT NULL
    FROM public.channels c JOIN public.tenants t ON t.id = c.tenant_id
    WHERE c.project_id = wanted AND c.type = 'website' ORDER BY c.deleted_at IS NOT NULL LIMIT 1 $$;

-- What the operator sees: when it was deleted.
DROP FUNCTION pulse_admin_orgs(uuid, timestamptz, uuid, bigint);
CREATE FUNCTION pulse_admin_orgs(wanted uuid, before_at timestamptz, before_id uuid, most bigint)
  RETURNS TABLE (id uuid, name text, created_at timestamptz, suspended_at timestamptz, suspended_because text, deleted_at timestamptz,
                 plan text, subscription_status text, members bigint, projects bigint, channels bigint, posts bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT t.id, t.name, t.created_at, CASE WHEN t.deleted_at IS NULL THEN t.suspended_at END, t.suspended_because, t.deleted_at,
           s.plan, s.status,
           (SELECT count(*) FROM public.members m WHERE m.tenant_id = t.id AND m.is_active),
           (SELECT count(*) FROM public.projects p WHERE p.tenant_id = t.id),
           (SELECT count(*) FROM public.channels c WHERE c.tenant_id = t.id AND c.deleted_at IS NULL),
           (SELECT count(*) FROM public.posts p WHERE p.tenant_id = t.id AND p.deleted_at IS NULL)
    FROM public.tenants t JOIN public.subscriptions s ON s.tenant_id = t.id
    WHERE (wanted IS NULL OR t.id = wanted) AND (t.created_at, t.id) < (before_at, before_id)
    ORDER BY t.created_at DESC, t.id DESC LIMIT most $$;

CREATE OR REPLACE FUNCTION pulse_admin_stats(since timestamptz)
  RETURNS TABLE (companies bigint, companies_suspended bigint, members bigint, members_active_lately bigint, projects bigint,
                 channels bigint, posts bigint, mails_waiting bigint, mails_given_up bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT (SELECT count(*) FROM public.tenants WHERE deleted_at IS NULL),
           (SELECT count(*) FROM public.tenants WHERE suspended_at IS NOT NULL AND deleted_at IS NULL),
           (SELECT count(*) FROM public.members WHERE is_active),
           (SELECT count(*) FROM public.members m WHERE m.is_active AND EXISTS (
              SELECT FROM public.sessions s WHERE s.tenant_id = m.tenant_id AND s.member_id = m.id AND s.rotated_at >= since)),
           (SELECT count(*) FROM public.projects), (SELECT count(*) FROM public.channels WHERE deleted_at IS NULL),
           (SELECT count(*) FROM public.posts WHERE deleted_at IS NULL),
           (SELECT count(*) FROM public.mail_outbox WHERE next_try_at IS NOT NULL),
           (SELECT count(*) FROM public.mail_outbox WHERE next_try_at IS NULL) $$;

-- A deleted company is neither suspended nor resumed.
CREATE OR REPLACE FUNCTION pulse_suspend(wanted uuid, at_time timestamptz, reason text) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF at_time IS NULL THEN
    UPDATE public.tenants SET suspended_at = NULL, suspended_because = '', paused_by_suspension = false,
           paused_at = CASE WHEN paused_by_suspension THEN NULL ELSE paused_at END
    WHERE id = wanted AND suspended_at IS NOT NULL AND deleted_at IS NULL;
  ELSE
    UPDATE public.tenants SET suspended_at = at_time, suspended_because = reason, paused_by_suspension = paused_at IS NULL,
           paused_at = coalesce(paused_at, at_time)
    WHERE id = wanted AND suspended_at IS NULL AND deleted_at IS NULL;
  END IF;
  RETURN FOUND;
END
$$;
