-- Comments that are planned get a draft by AI. A comment without words waits for one until its tries are used up; then its member is asked for
-- the words.
ALTER TABLE engagements
  ADD COLUMN draft_tries integer NOT NULL DEFAULT 0,
  ADD COLUMN draft_next_at timestamptz,   -- nobody else begins a draft before; null: at once
  ADD COLUMN draft_problem text CONSTRAINT engagements_draft_problem CHECK (char_length(draft_problem) <= 500);
CREATE INDEX engagements_to_draft ON engagements (planned_at)
  WHERE kind = 'comment' AND state = 'waiting_confirmation' AND text = '' AND draft_tries < 3;
GRANT SELECT (tenant_id, id, profile_markdown, tone, is_active) ON members TO pulse_engine;
