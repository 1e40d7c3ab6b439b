#include "persistence/explaining/timeline.hpp"

#include <utility>

#include "domain/events/sentences.hpp"

namespace pulse::persistence::timeline {

namespace {

// What happened in one microsecond is in the order in which it must have: asked for, begun, ended; the place is made of
// that and of the event's number.
constexpr statement select_page{"list_timeline", R"sql(
  SELECT id, at, type, message, delivery_id, channel_id, metadata_json, member_id, place,
         (SELECT j.time_zone FROM posts p JOIN projects j ON j.tenant_id = p.tenant_id AND j.id = p.project_id WHERE p.id = $1) AS time_zone
  FROM (
    SELECT e.id, e.created_at AS at, e.type, e.message, e.delivery_id, e.channel_id, e.metadata_json, e.member_id,
           overlay(lpad(to_hex(e.id), 32, '0') PLACING
             CASE WHEN e.type IN ('PostCreated', 'PostEdited', 'PublishScheduled', 'PublishRequested') THEN '0' ELSE '2' END
             FROM 1)::uuid AS place
    FROM publish_events e WHERE e.post_id = $1
    UNION ALL
    SELECT NULL, a.started_at, 'PublishStarted', '', d.id, d.channel_id,
           json_build_object('channel_name', c.name, 'attempt', a.number, 'outcome', a.outcome), NULL,
           overlay(md5(format('%s %s', d.id, a.number)) PLACING '1' FROM 1)::uuid
    FROM deliveries d
    JOIN delivery_attempts a ON a.tenant_id = d.tenant_id AND a.post_id = d.post_id AND a.delivery_id = d.id
    JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
    WHERE d.post_id = $1
  ) all_of_it
  WHERE (at, place) > ($2::timestamptz, $3::uuid) AND EXISTS (SELECT FROM posts WHERE id = $1 AND deleted_at IS NULL)
  ORDER BY at, place LIMIT $4)sql"};

}  // namespace

bound_query<placed_entry> list(const base::uuid& post_id, const page_bounds& page) {
  return {select_page, post_id, page.at, page.id, page.rows};
}

timeline_entry tell(placed_entry from) {
  from.message =
      domain::sentence_of(from.type, from.message, from.metadata_json, domain::time_formatter{from.time_zone});
  if (from.member_id) from.metadata_json["member_id"] = base::to_string(*from.member_id);
  return from;
}

}  // namespace pulse::persistence::timeline
