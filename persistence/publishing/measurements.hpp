// What people made of what was published: when it is looked up next, and what was found.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/channel.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::measurements {

/// Figures of one look; nothing for what the platform does not tell.
struct figures {
  std::optional<std::int64_t> likes;
  std::optional<std::int64_t> comments;
  std::optional<std::int64_t> shares;
  std::optional<std::int64_t> views;
};
BOOST_DESCRIBE_STRUCT(figures, (), (likes, comments, shares, views))

struct look : figures {
  base::timestamp at;
};
BOOST_DESCRIBE_STRUCT(look, (figures), (at))

/// One delivery with its figures.
struct measured : figures {
  base::uuid delivery_id;
  base::uuid channel_id;
  std::string channel_name;
  domain::channel_type channel_type = domain::channel_type::website;
  std::optional<base::timestamp> counted_at;  // none: not yet
  std::optional<base::timestamp> next_at;     // none: no look follows
  std::optional<std::string> stopped_because;
  std::vector<look> history;  // oldest first
};
BOOST_DESCRIBE_STRUCT(measured, (figures),
                      (delivery_id, channel_id, channel_name, channel_type, counted_at, next_at, stopped_because,
                       history))

/// $1 post → what is known of its deliveries that are published, in the order of their channels.
inline constexpr statement list{"list_measurements_of_post", R"sql(
  SELECT m.likes, m.comments, m.shares, m.views, m.delivery_id, m.channel_id, c.name AS channel_name, c.type AS channel_type,
         m.counted_at, m.due_at AS next_at, m.stopped_because,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('likes', h.likes, 'comments', h.comments, 'shares', h.shares, 'views', h.views,
                                                       'at', h.at) ORDER BY h.at), '[]')
          FROM (SELECT * FROM publication_metrics x WHERE x.tenant_id = m.tenant_id AND x.delivery_id = m.delivery_id
                ORDER BY x.at DESC LIMIT 100) h) AS history
  FROM publication_measurements m JOIN channels c ON c.tenant_id = m.tenant_id AND c.id = m.channel_id
  WHERE m.post_id = $1 ORDER BY c.created_at, c.id)sql"};

/// Of a project, added up by channel.
struct channel_figures : figures {
  base::uuid channel_id;
  std::string channel_name;
  domain::channel_type channel_type = domain::channel_type::website;
  std::int64_t posts = 0;  // with figures
};
BOOST_DESCRIBE_STRUCT(channel_figures, (figures), (channel_id, channel_name, channel_type, posts))

/// $1 project; $2 channel or null; $3, $4 published from and before → by channel.
inline constexpr statement sum_up{"sum_up_measurements", R"sql(
  SELECT sum(m.likes)::bigint AS likes, sum(m.comments)::bigint AS comments, sum(m.shares)::bigint AS shares,
         sum(m.views)::bigint AS views, m.channel_id, c.name AS channel_name, c.type AS channel_type, count(m.counted_at) AS posts
  FROM publication_measurements m JOIN channels c ON c.tenant_id = m.tenant_id AND c.id = m.channel_id
  WHERE m.project_id = $1 AND ($2::uuid IS NULL OR m.channel_id = $2) AND m.published_at >= $3 AND m.published_at < $4
  GROUP BY m.channel_id, c.name, c.type, c.created_at ORDER BY c.created_at, m.channel_id)sql"};

struct post_figures : figures {
  base::uuid post_id;
  std::string title;
  domain::channel_type channel_type = domain::channel_type::website;
  base::timestamp published_at;
};
BOOST_DESCRIBE_STRUCT(post_figures, (figures), (post_id, title, channel_type, published_at))

/// As `sum_up`; $5 how many → those that people made the most of.
inline constexpr statement best{"best_measurements", R"sql(
  SELECT m.likes, m.comments, m.shares, m.views, m.post_id,
         left(CASE WHEN p.title <> '' THEN p.title ELSE p.text END, 120) AS title, c.type AS channel_type, m.published_at
  FROM publication_measurements m
  JOIN channels c ON c.tenant_id = m.tenant_id AND c.id = m.channel_id
  JOIN posts p ON p.tenant_id = m.tenant_id AND p.id = m.post_id AND p.deleted_at IS NULL
  WHERE m.project_id = $1 AND ($2::uuid IS NULL OR m.channel_id = $2) AND m.published_at >= $3 AND m.published_at < $4
    AND m.counted_at IS NOT NULL
  ORDER BY coalesce(m.likes, 0) + coalesce(m.comments, 0) + coalesce(m.shares, 0) DESC, m.published_at DESC LIMIT $5)sql"};

// --- the engine's side: names the tenant, because its role sees all of them ---

/// Has what went out in these transactions looked after: $1, $2 the first transaction and the one behind the last, as text.
void follow(transaction& tx, const std::string& before, const std::string& until);

struct due_measurement {
  base::uuid tenant_id;
  base::uuid delivery_id;
  base::uuid channel_id;
  base::timestamp published_at;
  int failures = 0;
  domain::channel_type channel_type = domain::channel_type::website;
  std::string external_id;
  std::optional<base::uuid> account_id;
  std::optional<std::string> external_user_id;
  std::optional<std::string> handle;
  std::optional<bytes> access_token;  // sealed
};
BOOST_DESCRIBE_STRUCT(due_measurement, (),
                      (tenant_id, delivery_id, channel_id, published_at, failures, channel_type, external_id,
                       account_id, external_user_id, handle, access_token))

/// Takes what is due, at most `limit`, one a channel: nobody else takes it before `until`.
std::vector<due_measurement> take_due(transaction& tx, base::timestamp now, base::timestamp until, int limit);

/// Keeps what was found; `next`: the next look.
void store(transaction& tx, const due_measurement& of, const figures& found, std::optional<base::timestamp> next,
           base::timestamp now);

/// A look came to nothing. Without `next` none follows, and `reason` says why. `for_channel`: nothing of the channel is looked up before.
void put_off(transaction& tx, const due_measurement& of, std::optional<base::timestamp> next, const std::string& reason,
             bool for_channel);

}  // namespace pulse::persistence::measurements
