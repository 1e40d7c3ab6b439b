-- The live stream: who may open one, and what the engine's role needs to read for it.

-- A ticket opens one stream, once, within seconds: whoever takes it deletes it. Only the hash is kept.
CREATE TABLE activity_tickets (
  tenant_id    uuid NOT NULL,
  secret_hash  bytea NOT NULL,
  member_id    uuid NOT NULL,
  session_id   uuid NOT NULL,
  expires_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, secret_hash),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX activity_tickets_by_age ON activity_tickets (tenant_id, expires_at);
CALL pulse_secure('activity_tickets');
GRANT SELECT, INSERT, DELETE ON activity_tickets TO pulse_api;

-- The hub reads events with the names of who did them, and asks whether those who watch still may. No hash of a password or a token.
GRANT SELECT (tenant_id, id, display_name, is_active) ON members TO pulse_engine;
GRANT SELECT (tenant_id, family_id, member_id, expires_at, revoked_at) ON refresh_tokens TO pulse_engine;
