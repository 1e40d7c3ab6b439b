-- One door for all events (persistence/events): sentences are made from the facts when somebody reads, so new rows have none; events may be
-- about a whole company and about other subjects than posts; and every tenant's events can be read in the order in which a reader that
-- resumes must read them.
ALTER TABLE publish_events ALTER COLUMN message SET DEFAULT '', ALTER COLUMN project_id DROP NOT NULL;

-- Who did it (none: Pulse itself), what it is about where the columns for posts do not say so, and in which request.
ALTER TABLE publish_events
  ADD COLUMN member_id uuid, ADD COLUMN subject_kind text, ADD COLUMN subject_id uuid, ADD COLUMN request_id text;
ALTER TABLE publish_events ALTER COLUMN request_id SET STATISTICS 0;

CREATE INDEX publish_events_by_subject ON publish_events (tenant_id, subject_kind, subject_id, id) WHERE subject_kind IS NOT NULL;

-- The stream: persistence/events says why this order never skips a row that commits late.
CREATE INDEX publish_events_in_order ON publish_events (tenant_id, transaction, id);
