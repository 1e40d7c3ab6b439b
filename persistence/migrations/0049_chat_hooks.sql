-- Members and companies may be told in a chat (Slack, Teams, Discord): by an address at which it takes messages. Whoever knows the address
-- can write there, so it is sealed; people see its host alone.
CREATE TABLE chat_hooks (
  tenant_id     uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id            uuid NOT NULL,
  member_id     uuid,               -- whose it is; null: the company's, which is told figures and no links that answer
  kind          text NOT NULL CONSTRAINT chat_hooks_kind CHECK (kind IN ('slack', 'teams', 'discord')),
  host          text NOT NULL,
  address       bytea NOT NULL,     -- sealed
  created_at    timestamptz NOT NULL,
  last_sent_at  timestamptz,
  problem       text,               -- why the last message was given up; null: it arrived
  is_off        boolean NOT NULL DEFAULT false,  -- the address is gone: nothing is sent there any more
  PRIMARY KEY (tenant_id, id),
  -- With the settings of a member, so that whoever is erased leaves none.
  FOREIGN KEY (tenant_id, member_id) REFERENCES member_automation (tenant_id, member_id) ON DELETE CASCADE
);
CREATE INDEX chat_hooks_of_member ON chat_hooks (tenant_id, member_id, id);
CREATE INDEX chat_hooks_of_companies ON chat_hooks (tenant_id) WHERE member_id IS NULL;
CALL pulse_secure('chat_hooks');
CALL pulse_audit('chat_hooks', 'member_id', 'kind', 'host');

-- Messages that wait to be sent; like mails, written in the transaction that they tell of.
CREATE TABLE chat_outbox (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL,
  hook_id       uuid NOT NULL,
  body          bytea NOT NULL,     -- sealed: it may hold links that answer in a member's name
  tries         integer NOT NULL DEFAULT 0,
  next_try_at   timestamptz NOT NULL,
  created_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, hook_id) REFERENCES chat_hooks (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX chat_outbox_due ON chat_outbox (next_try_at);
CREATE INDEX chat_outbox_of_hook ON chat_outbox (tenant_id, hook_id);
CALL pulse_secure('chat_outbox');

ALTER TABLE tracked_posts ADD COLUMN told_at timestamptz;  -- when the company's chats were told that acts under it wait
CREATE INDEX tracked_posts_untold ON tracked_posts (tenant_id, found_at) WHERE told_at IS NULL;

GRANT SELECT, INSERT, DELETE ON chat_hooks TO pulse_api;
GRANT INSERT ON chat_outbox TO pulse_api;
GRANT SELECT ON chat_hooks TO pulse_engine;
GRANT UPDATE (last_sent_at, problem, is_off) ON chat_hooks TO pulse_engine;
GRANT SELECT, INSERT, UPDATE, DELETE ON chat_outbox TO pulse_engine;
