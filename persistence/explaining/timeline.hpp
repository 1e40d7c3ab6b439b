// What happened to a post, in order, for people to read: the events that were recorded, and the attempts as they began.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/statement.hpp"

namespace pulse::persistence::timeline {

struct timeline_entry {
  std::optional<std::int64_t> id;  // of the event; the beginning of an attempt has none
  base::timestamp at;
  std::string type;     // "PublishSucceeded"
  std::string message;  // a sentence
  std::optional<base::uuid> delivery_id;
  std::optional<base::uuid> channel_id;
  boost::json::object metadata_json;
};
BOOST_DESCRIBE_STRUCT(timeline_entry, (), (id, at, type, message, delivery_id, channel_id, metadata_json))

/// An entry as its row is, with its place: entries are in the order of (at, place).
struct placed_entry : timeline_entry {
  std::optional<base::uuid> member_id;
  base::uuid place;
  std::string time_zone;  // of the post's project
};
BOOST_DESCRIBE_STRUCT(placed_entry, (timeline_entry), (member_id, place, time_zone))

/// The entry with its sentence, and with who did it among its facts.
timeline_entry tell(placed_entry from);

/// $1 post; $2, $3 at and place that the page comes after; $4 limit → placed entries in the order in which they happened; none
/// at all when there is no such post. What happened in one microsecond is in the order in which it must have: asked for, begun,
/// ended; the place is made of that and of the event's number.
inline constexpr statement list{"list_timeline", R"sql(
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

}  // namespace pulse::persistence::timeline
