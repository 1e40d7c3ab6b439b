-- Members are asked by mail, if they want it: a link for each act that waits for their word, good once and until the act is too old.
ALTER TABLE member_automation ADD COLUMN ask_by_mail boolean NOT NULL DEFAULT false;
ALTER TABLE member_automation ADD COLUMN asked_at timestamptz;  -- when the last mail was written
ALTER TABLE engagements ADD COLUMN mailed_at timestamptz;       -- when its member was asked by mail
CREATE INDEX engagements_to_ask ON engagements (tenant_id, member_id) WHERE state = 'waiting_confirmation' AND mailed_at IS NULL;

-- Of the secret only its hash is kept.
CREATE TABLE confirmation_links (
  tenant_id      uuid NOT NULL,
  id             uuid NOT NULL,
  engagement_id  uuid NOT NULL,
  member_id      uuid NOT NULL,
  secret_hash    bytea NOT NULL CONSTRAINT confirmation_links_secret_once UNIQUE,
  created_at     timestamptz NOT NULL,
  expires_at     timestamptz NOT NULL,
  used_at        timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, engagement_id) REFERENCES engagements (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX confirmation_links_of_engagement ON confirmation_links (tenant_id, engagement_id);
CALL pulse_secure('confirmation_links');

-- Whoever opens a link knows its secret and nothing else: this names the tenant whose link it is.
CREATE FUNCTION pulse_find_confirmation_link(wanted bytea) RETURNS TABLE (tenant_id uuid, link_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT l.tenant_id, l.id FROM public.confirmation_links l WHERE l.secret_hash = wanted $$;
GRANT SELECT, INSERT ON confirmation_links TO pulse_engine;
REVOKE ALL ON FUNCTION pulse_find_confirmation_link(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pulse_find_confirmation_link(bytea) TO pulse_api;
GRANT CREATE ON SCHEMA public TO pulse_engine;
ALTER FUNCTION pulse_find_confirmation_link(bytea) OWNER TO pulse_engine;
REVOKE CREATE ON SCHEMA public FROM pulse_engine;

GRANT SELECT, UPDATE ON confirmation_links TO pulse_api;
GRANT UPDATE (asked_at) ON member_automation TO pulse_engine;
GRANT SELECT (tenant_id, id, email, email_verified_at, is_active) ON members TO pulse_engine;
DROP TRIGGER note_change ON member_automation;
CALL pulse_audit('member_automation', 'member_id', 'likes', 'comments', 'confirm', 'acts_a_day', 'least_gap_minutes', 'time_zone', 'working_days',
                 'works_from_minute', 'works_until_minute', 'reactions', 'comment_language', 'comment_characters', 'ask_by_mail', '!comment_examples');
