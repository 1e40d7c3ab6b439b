-- Two of the functions of 0075 again.
--
-- The audit is sealed many companies at a time, and their rows are erased many companies at a time. So that neither
-- waits for a row of the other while it holds one, who erases a company's audit locks the end of its chain first: the
-- sealer passes over a company whose end is locked.
CREATE OR REPLACE FUNCTION pulse_erase_rows(company uuid, at_time timestamptz, most integer) RETURNS integer
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
  PERFORM FROM public.audit_heads WHERE tenant_id = company FOR UPDATE;
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

-- A company whose rows cannot be erased does not keep those of the others: they are erased, and what failed is reported
-- once nothing else is left to do, so that the operator's log has it.
CREATE OR REPLACE FUNCTION pulse_erase_companies(at_time timestamptz, most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  company uuid;
  here integer;
  erased integer := 0;
  has_marked boolean := false;
  problem text;
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
    BEGIN
      here := public.pulse_erase_rows(company, at_time, most - erased);
    EXCEPTION WHEN OTHERS THEN
      problem := format('the rows of company %s cannot be erased: %s', company, SQLERRM);
      CONTINUE;
    END;
    erased := erased + here;
    IF erased >= most THEN RETURN erased; END IF;
    IF here = 0 THEN
      UPDATE public.tenants SET erased_at = at_time WHERE id = company AND deleted_at < at_time - interval '15 minutes';
      has_marked := has_marked OR FOUND;
    END IF;
  END LOOP;
  IF problem IS NOT NULL AND erased = 0 AND NOT has_marked THEN RAISE EXCEPTION '%', problem; END IF;
  RETURN erased;
END
$$;
