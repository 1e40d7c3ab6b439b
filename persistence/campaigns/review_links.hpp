// Addresses at which somebody without an account reads one item, comments on it, and decides where the link lets them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::review_links {

/// A link. Only the hash of its secret is stored.
struct review_link {
  base::uuid id;
  base::uuid content_id;
  std::string name;  // of the reviewer
  bool may_decide = false;
  base::uuid created_by;
  base::timestamp created_at;
  base::timestamp expires_at;
  std::optional<base::timestamp> revoked_at;
  std::optional<base::timestamp> last_read_at;  // to the minute
};
BOOST_DESCRIBE_STRUCT(review_link, (),
                      (id, content_id, name, may_decide, created_by, created_at, expires_at, revoked_at, last_read_at))

/// The most active links of one item; to add another, revoke one first.
inline constexpr int most_links_of_item = 20;

/// How a secret is recognised.
bytes hash_secret(std::string_view secret);

/// False when the item has `most_links_of_item` already.
bool insert(transaction& tx, const review_link& made, const bytes& secret_hash);

/// Revokes a link of the item; false if there is none, or it is revoked already.
bool revoke(transaction& tx, const base::uuid& content_id, const base::uuid& id, base::timestamp now);

/// Newest first, at most 100.
bound_query<review_link> list(const base::uuid& content_id);

/// Whose link it is.
struct link_owner {
  base::uuid tenant_id;
  base::uuid link_id;
};
BOOST_DESCRIBE_STRUCT(link_owner, (), (tenant_id, link_id))

/// Nothing: unknown or revoked. Asked without a tenant.
bound_query<link_owner> find_owner(const bytes& secret_hash);

/// The link, noting that it was read; nothing if it is revoked or expired, or if its maker or the item is gone.
std::optional<review_link> open(transaction& tx, const base::uuid& id, base::timestamp now);

}  // namespace pulse::persistence::review_links
