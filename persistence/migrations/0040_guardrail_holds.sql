-- What guardrails have held back, moved or asked approval for, and what became of it: a project's page tells it. Asked again about the same
-- thing for the same time it is the same row. What nobody has asked to schedule (a check, a dry run) is not here.
CREATE TABLE guardrail_holds (
  tenant_id    uuid NOT NULL,
  id           uuid NOT NULL,  -- made of the guardrail, the thing and the time
  project_id   uuid NOT NULL,
  guardrail    text NOT NULL CONSTRAINT guardrail_holds_guardrail CHECK (guardrail ~ '^[a-z_]{1,40}$'),
  verdict      text NOT NULL CONSTRAINT guardrail_holds_verdict CHECK (verdict IN ('move_to', 'needs_approval', 'block')),
  ended        text NOT NULL CONSTRAINT guardrail_holds_ended CHECK (ended IN ('held', 'moved', 'asked', 'overridden')),
  title        text NOT NULL CONSTRAINT guardrail_holds_title_length CHECK (char_length(title) <= 80),
  sentence     text NOT NULL CONSTRAINT guardrail_holds_sentence_length CHECK (char_length(sentence) <= 2000),
  wanted_at    timestamptz NOT NULL,
  moved_to     timestamptz,
  rule_id      uuid,  -- whose run asked; none: a person
  run_id       uuid,
  content_id   uuid,
  post_id      uuid,
  member_id    uuid,
  reason       text CONSTRAINT guardrail_holds_reason_length CHECK (char_length(reason) <= 2000),  -- of whoever overrode it
  at           timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id)
);
CREATE INDEX guardrail_holds_by_time ON guardrail_holds (tenant_id, project_id, at DESC, id DESC);
CREATE INDEX guardrail_holds_old ON guardrail_holds (at);
CALL pulse_secure('guardrail_holds');
GRANT SELECT, INSERT, UPDATE ON guardrail_holds TO pulse_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON guardrail_holds TO pulse_engine;

-- Reminders and escalations of approvals: each is sent once a round, in the transaction that says so here.
ALTER TABLE content_items ADD COLUMN escalated_at timestamptz;
CREATE INDEX content_items_pending ON content_items (submitted_at)
  WHERE state = 'pending_approval' AND deleted_at IS NULL AND (reminded_at IS NULL OR escalated_at IS NULL);
GRANT SELECT (tenant_id, id, email, email_verified_at, role, is_active, display_name) ON members TO pulse_engine;

-- Runs that are long over are removed (AUTOMATION_RUNS_DAYS), with the events of their traces.
CREATE INDEX automation_runs_old ON automation_runs (finished_at) WHERE finished_at IS NOT NULL;
GRANT DELETE ON automation_runs TO pulse_engine;
GRANT DELETE ON automation_run_events TO pulse_engine;
