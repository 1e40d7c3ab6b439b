-- What a website channel publishes may be told to a site of the company's own, by a signed message (Standard Webhooks). Address and secret are
-- sealed: an address may hold a password of its own, and whoever knows the secret can speak in Pulse's name.
CREATE TABLE site_hooks (
  tenant_id     uuid NOT NULL,
  channel_id    uuid NOT NULL,
  host          text NOT NULL,      -- what people see of the address
  address       bytea NOT NULL,     -- sealed
  secret        bytea NOT NULL,     -- sealed
  created_at    timestamptz NOT NULL,
  last_sent_at  timestamptz,
  problem       text,               -- why the last message did not arrive; null: it did
  is_off        boolean NOT NULL DEFAULT false,  -- the site has said that the address is gone: nothing is sent there any more
  rests_until   timestamptz NOT NULL DEFAULT '-infinity',  -- a message is on its way, or the site is not well: the next one waits
  PRIMARY KEY (tenant_id, channel_id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id) ON DELETE CASCADE
);
CALL pulse_secure('site_hooks');
CALL pulse_secure_channel('site_hooks');
CALL pulse_audit('site_hooks', 'channel_id', 'host', '!address', '!secret');

-- Messages that wait, written in the transaction that they tell of. What they say is read when they are sent: a message that comes late
-- says what is so by then.
CREATE TABLE site_outbox (
  tenant_id       uuid NOT NULL,
  id              uuid NOT NULL,    -- the same with every try: the site knows by it what it has already
  channel_id      uuid NOT NULL,
  kind            text NOT NULL CONSTRAINT site_outbox_kind CHECK (kind IN ('post.published', 'post.corrected', 'post.withdrawn', 'test')),
  publication_id  uuid,             -- null: a test
  tries           integer NOT NULL DEFAULT 0,
  next_try_at     timestamptz NOT NULL,
  created_at      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, channel_id) REFERENCES site_hooks (tenant_id, channel_id) ON DELETE CASCADE
);
CREATE INDEX site_outbox_due ON site_outbox (next_try_at);
CREATE INDEX site_outbox_of_channel ON site_outbox (tenant_id, channel_id, next_try_at, id);
CALL pulse_secure('site_outbox');
CALL pulse_secure_channel('site_outbox');

-- Whoever is limited to other projects does not see the channel, nor its hook.
CREATE POLICY of_project ON site_hooks AS RESTRICTIVE TO pulse_api
  USING (EXISTS (SELECT FROM channels c WHERE c.tenant_id = site_hooks.tenant_id AND c.id = site_hooks.channel_id));
CREATE POLICY of_project ON site_outbox AS RESTRICTIVE TO pulse_api
  USING (EXISTS (SELECT FROM channels c WHERE c.tenant_id = site_outbox.tenant_id AND c.id = site_outbox.channel_id));

GRANT SELECT, INSERT, UPDATE, DELETE ON site_hooks TO pulse_api;
GRANT SELECT, INSERT ON site_outbox TO pulse_api;
GRANT SELECT, UPDATE ON site_hooks TO pulse_engine;
GRANT SELECT, INSERT, UPDATE, DELETE ON site_outbox TO pulse_engine;
