-- What members let be done in their name, and what an organization does not want said. A member without a row has the defaults of
-- domain/engagement/automation.hpp, and confirms each act.
CREATE TABLE member_automation (
  tenant_id           uuid NOT NULL,
  member_id           uuid NOT NULL,
  likes               boolean NOT NULL,
  comments            boolean NOT NULL,
  confirm             text NOT NULL CONSTRAINT member_automation_confirm CHECK (confirm IN ('each', 'automatic')),
  acts_a_day          integer NOT NULL CONSTRAINT member_automation_acts CHECK (acts_a_day BETWEEN 0 AND 50),
  least_gap_minutes   integer NOT NULL CONSTRAINT member_automation_gap CHECK (least_gap_minutes BETWEEN 1 AND 1440),
  time_zone           text NOT NULL,
  working_days        text[] NOT NULL,
  works_from_minute   integer NOT NULL,
  works_until_minute  integer NOT NULL,
  reactions           text[] NOT NULL,
  comment_language    text NOT NULL,
  comment_characters  integer NOT NULL,
  comment_examples    text[] NOT NULL CONSTRAINT member_automation_examples CHECK (cardinality(comment_examples) <= 5),
  updated_at          timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, member_id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT member_automation_hours CHECK (0 <= works_from_minute AND works_from_minute < works_until_minute AND works_until_minute <= 1440)
);
CALL pulse_secure('member_automation');
CALL pulse_audit('member_automation', 'member_id', 'likes', 'comments', 'confirm', 'acts_a_day', 'least_gap_minutes', 'time_zone', 'working_days',
                 'works_from_minute', 'works_until_minute', 'reactions', 'comment_language', 'comment_characters', '!comment_examples');
GRANT SELECT, INSERT, UPDATE ON member_automation TO pulse_api;
GRANT SELECT ON member_automation TO pulse_engine;

CREATE TABLE avoid_phrases (
  tenant_id   uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  id          uuid NOT NULL,
  phrase      text NOT NULL CONSTRAINT avoid_phrases_length CHECK (length(phrase) BETWEEN 1 AND 200),
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX avoid_phrases_once ON avoid_phrases (tenant_id, lower(phrase));
CALL pulse_secure('avoid_phrases');
CALL pulse_audit('avoid_phrases', 'phrase');
GRANT SELECT, INSERT, DELETE ON avoid_phrases TO pulse_api;
GRANT SELECT ON avoid_phrases TO pulse_engine;
