// The columns of posts::post, for the statements that read posts.
#pragma once

// `of` stands before each: "" or "p.", as a literal.
#define PULSE_POST_COLUMNS(of)                                                                                       \
  of "id, " of "project_id, " of "author_id, " of "title, " of "text, " of "variants, " of "image, " of "media, " of \
     "options, CASE WHEN " of "lateness_policy IS NOT NULL THEN jsonb_build_object('policy', " of                    \
     "lateness_policy, 'after_seconds', " of "lateness_after_seconds) END AS lateness, " of "status, " of            \
     "scheduled_at, " of "created_at, " of "updated_at, " of "lateness_ms, " of "deliveries"
