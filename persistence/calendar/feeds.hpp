// Addresses at which calendar programs read a project's calendar.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::calendar {

/// A feed that is not revoked. Only the hash of its secret is stored.
struct calendar_feed {
  base::uuid id;
  base::uuid project_id;
  base::uuid member_id;  // who made it: it ends with their membership
  std::string name;
  base::timestamp created_at;
  std::optional<base::timestamp> last_read_at;  // to the minute
};
BOOST_DESCRIBE_STRUCT(calendar_feed, (), (id, project_id, member_id, name, created_at, last_read_at))

/// The most feeds of one project; to add another, revoke one first.
inline constexpr int most_feeds_of_project = 50;

/// How a secret is recognised.
bytes hash_secret(std::string_view secret);

/// False when the project has `most_feeds_of_project` already.
bool insert(transaction& tx, const calendar_feed& made, const bytes& secret_hash);

/// False when there is no such feed, or it is revoked already.
bool revoke(transaction& tx, const base::uuid& id, base::timestamp now);

/// Of one project or of all, newest first.
bound_query<calendar_feed> list_feeds(const std::optional<base::uuid>& project_id, const page_bounds& page);

/// Whose feed it is.
struct feed_owner {
  base::uuid tenant_id;
  base::uuid feed_id;
};
BOOST_DESCRIBE_STRUCT(feed_owner, (), (tenant_id, feed_id))

/// Nothing: unknown, revoked, or its member is no longer active. Asked without a tenant.
bound_query<feed_owner> find_owner(const bytes& secret_hash);

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
