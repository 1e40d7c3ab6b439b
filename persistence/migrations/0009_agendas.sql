-- An outcome touches its delivery's row and no index: no index of deliveries names what an outcome changes any more. What is open is
-- found by time instead, from a bound that each channel keeps.

-- In the hands of a person: late and asked about, or perhaps live. As a column of its own it may stand in an index, because neither an
-- intent nor a usual outcome changes it.
ALTER TABLE deliveries ADD COLUMN is_undecided boolean NOT NULL
  GENERATED ALWAYS AS (state = 'unconfirmed' OR (state = 'waiting' AND asked_at IS NOT NULL)) STORED;
CREATE INDEX deliveries_undecided ON deliveries (tenant_id, channel_id) WHERE is_undecided;

DROP INDEX deliveries_open, deliveries_due;
CREATE INDEX deliveries_by_time ON deliveries (tenant_id, channel_id, not_before);

-- Where the channel's agenda begins: no delivery of it that is open (neither finished nor undecided) may start before `open_from`. Too
-- early a bound costs reading what is finished; too late a one would lose posts. So whatever opens a delivery lowers it here, in the
-- same transaction and whoever writes, and only pulse_raise_agendas raises it.
CREATE TABLE channel_agendas (
  tenant_id   uuid NOT NULL,
  channel_id  uuid NOT NULL,
  open_from   timestamptz NOT NULL DEFAULT 'infinity',
  PRIMARY KEY (tenant_id, channel_id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX channel_agendas_by_time ON channel_agendas (open_from, tenant_id);
CALL pulse_secure('channel_agendas');
GRANT SELECT ON channel_agendas TO pulse_api;
GRANT SELECT, INSERT, UPDATE ON channel_agendas TO pulse_engine;

INSERT INTO channel_agendas (tenant_id, channel_id, open_from)
SELECT c.tenant_id, c.id, coalesce(min(d.not_before) FILTER (WHERE d.finished_at IS NULL AND NOT d.is_undecided), 'infinity')
FROM channels c LEFT JOIN deliveries d ON d.tenant_id = c.tenant_id AND d.channel_id = c.id
GROUP BY c.tenant_id, c.id;

-- The key share lock, until the transaction ends, keeps the bound from being raised by somebody who does not see the delivery yet; it
-- does not keep others from opening theirs.
CREATE FUNCTION pulse_open_agenda(tenant uuid, channel uuid, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  bound timestamptz;
BEGIN
  SELECT a.open_from INTO bound FROM channel_agendas a WHERE a.tenant_id = tenant AND a.channel_id = channel FOR KEY SHARE;
  IF bound <= at THEN RETURN; END IF;
  INSERT INTO channel_agendas AS a (tenant_id, channel_id, open_from) VALUES (tenant, channel, at)
  ON CONFLICT (tenant_id, channel_id) DO UPDATE SET open_from = excluded.open_from WHERE a.open_from > excluded.open_from;
END
$$;

-- In the order of the channels' ids, as pulse_lock_agendas.
CREATE FUNCTION pulse_open_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  opened record;
BEGIN
  FOR opened IN
    SELECT i.tenant_id, i.channel_id, min(i.not_before) AS at FROM inserted i
    WHERE i.not_before IS NOT NULL AND i.finished_at IS NULL AND NOT i.is_undecided
    GROUP BY i.tenant_id, i.channel_id ORDER BY i.tenant_id, i.channel_id
  LOOP
    PERFORM public.pulse_open_agenda(opened.tenant_id, opened.channel_id, opened.at);
  END LOOP;
  RETURN NULL;
END
$$;
CREATE TRIGGER deliveries_open_inserted AFTER INSERT ON deliveries REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION pulse_open_inserted();

CREATE FUNCTION pulse_open_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.pulse_open_agenda(NEW.tenant_id, NEW.channel_id, NEW.not_before);
  RETURN NULL;
END
$$;
CREATE TRIGGER deliveries_open_changed AFTER UPDATE ON deliveries FOR EACH ROW
  WHEN (NEW.finished_at IS NULL AND NOT NEW.is_undecided AND NEW.not_before IS NOT NULL
        AND (OLD.finished_at IS NOT NULL OR OLD.is_undecided OR OLD.not_before IS NULL OR NEW.not_before < OLD.not_before
             OR NEW.channel_id <> OLD.channel_id))
  EXECUTE FUNCTION pulse_open_changed();

-- For a command that may open deliveries of a post: locks what it may lower, in the order in which others do.
CREATE FUNCTION pulse_lock_agendas(post uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM public.channel_agendas a
  WHERE a.tenant_id = public.pulse_tenant() AND a.channel_id IN (
    SELECT d.channel_id FROM public.deliveries d WHERE d.tenant_id = public.pulse_tenant() AND d.post_id = post)
  ORDER BY a.channel_id FOR NO KEY UPDATE;
END
$$;

CREATE FUNCTION pulse_begin_agenda() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.channel_agendas (tenant_id, channel_id) VALUES (NEW.tenant_id, NEW.id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER channels_begin_agenda AFTER INSERT ON channels FOR EACH ROW EXECUTE FUNCTION pulse_begin_agenda();

GRANT CREATE ON SCHEMA public TO pulse_engine;
ALTER FUNCTION pulse_open_inserted() OWNER TO pulse_engine;
ALTER FUNCTION pulse_open_changed() OWNER TO pulse_engine;
ALTER FUNCTION pulse_begin_agenda() OWNER TO pulse_engine;
ALTER FUNCTION pulse_lock_agendas(uuid) OWNER TO pulse_engine;
REVOKE CREATE ON SCHEMA public FROM pulse_engine;

-- A channel in whose agenda somebody is writing is left as it is, so nobody waits and nobody is waited for. The lock comes first and the
-- look at the deliveries after it, in a statement of its own: whoever opened one before has committed it by then, and whoever opens one
-- later finds the bound as it is left here.
CREATE FUNCTION pulse_raise_agendas(tenant uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  agenda record;
  first timestamptz;
BEGIN
  FOR agenda IN
    SELECT a.channel_id, a.open_from FROM channel_agendas a WHERE a.tenant_id = tenant AND a.open_from < 'infinity'
    ORDER BY a.channel_id FOR UPDATE SKIP LOCKED
  LOOP
    SELECT d.not_before INTO first FROM deliveries d
    WHERE d.tenant_id = tenant AND d.channel_id = agenda.channel_id AND d.not_before >= agenda.open_from
      AND d.finished_at IS NULL AND NOT d.is_undecided
    ORDER BY d.not_before LIMIT 1;
    CONTINUE WHEN first = agenda.open_from;
    UPDATE channel_agendas a SET open_from = coalesce(first, 'infinity')
    WHERE a.tenant_id = tenant AND a.channel_id = agenda.channel_id;
  END LOOP;
END
$$;

-- After, not before: a trigger before the update locks each row first, which every intent and every outcome paid for.
DROP TRIGGER deliveries_final ON deliveries;
CREATE TRIGGER deliveries_final AFTER UPDATE OF state ON deliveries FOR EACH ROW
  WHEN (OLD.state IN ('published', 'cancelled', 'missed') AND NEW.state <> OLD.state) EXECUTE FUNCTION pulse_keep_final();
