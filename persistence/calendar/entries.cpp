#include "persistence/calendar/entries.hpp"

#include "persistence/publishing/movable.hpp"

namespace pulse::persistence::calendar {

namespace {

// `can_move` says what `make_post_due` (persistence/publishing/posts) would find.
constexpr statement select_posts{"calendar_posts", R"sql(
  SELECT p.id, left(CASE WHEN p.title <> '' THEN p.title ELSE p.text END, 120) AS title, p.scheduled_at AS at,
         pulse_post_state(true, s.states) AS state, s.can_move, p.image IS NOT NULL AS has_image, p.updated_at, s.channels
  FROM posts p
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(CASE WHEN d.asked_at IS NOT NULL AND d.state = 'waiting' THEN 'asking' ELSE d.state END), '{}') AS states,
           coalesce(bool_or()sql" PULSE_IS_MOVABLE R"sql(), false) AS can_move,
           coalesce(jsonb_agg(jsonb_build_object(
             'delivery_id', d.id, 'channel_id', d.channel_id, 'name', c.name, 'platform', c.type, 'state', d.state, 'due_at', d.due_at,
             'not_before', d.not_before, 'finished_at', d.finished_at, 'external_url', d.external_url)
             ORDER BY c.created_at, c.id), '[]') AS channels
    FROM deliveries d JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
    WHERE d.tenant_id = p.tenant_id AND d.post_id = p.id) s
  WHERE p.project_id = $1 AND p.scheduled_at >= $2 AND p.scheduled_at < $3 AND p.deleted_at IS NULL
  ORDER BY p.scheduled_at, p.id LIMIT $4)sql"};

}  // namespace

bound_query<post_entry> list_posts(const base::uuid& project_id, base::timestamp from, base::timestamp to, int limit) {
  return {select_posts, project_id, from, to, limit};
}

}  // namespace pulse::persistence::calendar
