// Addresses at which calendar programs read a project's calendar.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::calendar {

/// A feed that is not revoked. Only the hash of its secret is stored.
struct feed {
  base::uuid id;
  base::uuid project_id;
  base::uuid member_id;  // who made it: it ends with their membership
  std::string name;
  base::timestamp created_at;
  std::optional<base::timestamp> last_read_at;  // to the minute
};
BOOST_DESCRIBE_STRUCT(feed, (), (id, project_id, member_id, name, created_at, last_read_at))

/// Feeds of one project at most; whoever wants more revokes one first.
inline constexpr int most_feeds_of_project = 50;

/// How a secret is recognised.
bytes hash_secret(std::string_view secret);

/// False when the project has `most_feeds_of_project` already.
bool insert(transaction& tx, const feed& made, const bytes& secret_hash);

/// False when there is no such feed, or it is revoked already.
bool revoke(transaction& tx, const base::uuid& id, base::timestamp now);

/// $1 project, null for all; $2, $3 created_at and id that the page comes after; $4 limit → feeds, newest first.
inline constexpr statement list_feeds{"list_calendar_feeds", R"sql(
  SELECT id, project_id, member_id, name, created_at, last_read_at FROM calendar_feeds
  WHERE ($1::uuid IS NULL OR project_id = $1) AND revoked_at IS NULL AND (created_at, id) < ($2::timestamptz, $3::uuid)
  ORDER BY created_at DESC, id DESC LIMIT $4)sql"};

/// Whose feed it is.
struct feed_owner {
  base::uuid tenant_id;
  base::uuid feed_id;
};
BOOST_DESCRIBE_STRUCT(feed_owner, (), (tenant_id, feed_id))

/// $1 hash of the secret → feed_owner, or none: unknown, revoked, or its member is no longer active. Asked without a tenant.
inline constexpr statement find_owner{"find_calendar_feed_owner",
                                      "SELECT tenant_id, feed_id FROM pulse_find_calendar_feed($1)"};

/// What a feed shows besides its entries.
struct read_feed {
  base::uuid project_id;
  std::string name;
  std::string project_name;
  std::string time_zone;
};
BOOST_DESCRIBE_STRUCT(read_feed, (), (project_id, name, project_name, time_zone))

/// The feed, noting that it was read; nothing when it was revoked meanwhile.
std::optional<read_feed> open(transaction& tx, const base::uuid& id, base::timestamp now);

}  // namespace pulse::persistence::calendar
