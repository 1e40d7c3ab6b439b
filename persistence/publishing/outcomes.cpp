#include "persistence/publishing/outcomes.hpp"

namespace pulse::persistence::outcomes {

namespace {

constexpr statement select_latest{"list_outcomes", R"sql(
  SELECT d.id, d.project_id, d.post_id, left(CASE WHEN p.title <> '' THEN p.title ELSE p.text END, 80) AS post_title, d.channel_id,
         c.type AS channel_type, c.name AS channel_name, d.state, d.due_at, d.finished_at, d.attempt,
         (SELECT (e.metadata_json ->> 'lateness_ms')::float8 FROM publish_events e
          WHERE e.tenant_id = d.tenant_id AND e.post_id = d.post_id AND e.delivery_id = d.id AND e.outcome = 'published'
          ORDER BY e.id LIMIT 1) AS lateness_ms,
         d.external_url
  FROM (
    SELECT d.* FROM channels c
    JOIN deliveries d ON d.tenant_id = c.tenant_id AND d.channel_id = c.id AND d.not_before > $2::timestamptz - interval '1 day'
    WHERE ($1::uuid IS NULL OR c.project_id = $1::uuid) AND d.finished_at > $2::timestamptz
    ORDER BY d.finished_at DESC, d.id DESC LIMIT $3
  ) d
  JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  JOIN posts p ON p.tenant_id = d.tenant_id AND p.id = d.post_id
  ORDER BY d.finished_at DESC, d.id DESC)sql"};

}  // namespace

bound_query<delivery_outcome> list(const std::optional<base::uuid>& project_id, base::timestamp since,
                                   std::int64_t most) {
  return {select_latest, project_id, since, most};
}

}  // namespace pulse::persistence::outcomes
