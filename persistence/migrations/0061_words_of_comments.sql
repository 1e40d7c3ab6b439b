-- Two members never say the same under one post: also not in other blanks, which no reader sees. What was let through before stays as it is.
ALTER TABLE engagements ADD COLUMN repeats_words boolean NOT NULL DEFAULT false;  -- of a comment that differs from another in blanks alone
UPDATE engagements e SET repeats_words = true
FROM (SELECT tenant_id, id, row_number() OVER (PARTITION BY tenant_id, post_id, lower(btrim(regexp_replace(text, '\s+', ' ', 'g')))
                                               ORDER BY created_at, id) AS place
      FROM engagements WHERE kind = 'comment' AND state IN ('queued', 'sending', 'unknown', 'completed')) seen
WHERE e.tenant_id = seen.tenant_id AND e.id = seen.id AND seen.place > 1;
DROP INDEX engagements_text_once;
CREATE UNIQUE INDEX engagements_text_once ON engagements (tenant_id, post_id, md5(lower(btrim(regexp_replace(text, '\s+', ' ', 'g')))))
  WHERE kind = 'comment' AND state IN ('queued', 'sending', 'unknown', 'completed') AND NOT repeats_words;
