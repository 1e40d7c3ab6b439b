// What a project's calendar shows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"
#include "domain/publishing/post.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::calendar {

/// One channel that a post is planned for.
struct entry_channel {
  base::uuid delivery_id;
  base::uuid channel_id;
  std::string name;
  domain::channel_type platform = domain::channel_type::website;
  domain::delivery_state state = domain::delivery_state::waiting;
  std::optional<base::timestamp> due_at;
  std::optional<base::timestamp> not_before;  // later than due: held until then
  std::optional<base::timestamp> finished_at;
  std::optional<std::string> external_url;
};
BOOST_DESCRIBE_STRUCT(entry_channel, (),
                      (delivery_id, channel_id, name, platform, state, due_at, not_before, finished_at, external_url))

/// A post at its time.
struct post_entry {
  base::uuid id;
  std::string title;  // or how its text begins
  base::timestamp at;
  domain::post_state state = domain::post_state::scheduled;
  bool can_move = false;  // whether another time may be given: some of it has not begun to go out
  bool has_image = false;
  base::timestamp updated_at;
  std::vector<entry_channel> channels;  // in the order in which they were connected
};
BOOST_DESCRIBE_STRUCT(post_entry, (), (id, title, at, state, can_move, has_image, updated_at, channels))

/// $1 project; $2, $3 from and to; $4 limit → post_entry. `can_move` says what `make_post_due` (persistence/publishing/posts) would find.
inline constexpr statement select_posts{"calendar_posts", R"sql(
  SELECT p.id, left(CASE WHEN p.title <> '' THEN p.title ELSE p.text END, 120) AS title, p.scheduled_at AS at,
         pulse_post_state(true, s.states) AS state, s.can_move, p.image IS NOT NULL AS has_image, p.updated_at, s.channels
  FROM posts p
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(CASE WHEN d.asked_at IS NOT NULL AND d.state = 'waiting' THEN 'asking' ELSE d.state END), '{}') AS states,
           coalesce(bool_or(d.state = 'waiting' AND d.attempt = 0), false) AS can_move,
           coalesce(jsonb_agg(jsonb_build_object(
             'delivery_id', d.id, 'channel_id', d.channel_id, 'name', c.name, 'platform', c.type, 'state', d.state, 'due_at', d.due_at,
             'not_before', d.not_before, 'finished_at', d.finished_at, 'external_url', d.external_url)
             ORDER BY c.created_at, c.id), '[]') AS channels
    FROM deliveries d JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
    WHERE d.tenant_id = p.tenant_id AND d.post_id = p.id) s
  WHERE p.project_id = $1 AND p.scheduled_at >= $2 AND p.scheduled_at < $3 AND p.deleted_at IS NULL
  ORDER BY p.scheduled_at, p.id LIMIT $4)sql"};

/// Posts of the project that are planned from `from` to before `to`, in order, `limit` at most.
std::vector<post_entry> list_posts(transaction& tx, const base::uuid& project_id, base::timestamp from,
                                   base::timestamp to, int limit);

}  // namespace pulse::persistence::calendar
