// API tokens: their members, what they may do, and when they were used.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/people/permission.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::api_tokens {

/// Good tokens that one member may have.
inline constexpr std::int64_t good_max = 50;

struct api_token {
  base::uuid id;
  std::string name;
  std::string ends_with;
  std::vector<domain::permission> scopes;
  std::vector<base::uuid> project_ids;  // empty: all
  base::timestamp created_at;
  base::timestamp expires_at;
  std::optional<base::timestamp> last_used_at;  // to the minute
  std::optional<std::string> last_used_address;
};
BOOST_DESCRIBE_STRUCT(api_token, (),
                      (id, name, ends_with, scopes, project_ids, created_at, expires_at, last_used_at,
                       last_used_address))

/// A member's good tokens, the newest first; at most `good_max`.
bound_query<api_token> list(const base::uuid& member_id, base::timestamp now);

/// What a token that comes says of who sent it.
struct found {
  base::uuid tenant_id;
  base::uuid id;
  base::uuid member_id;
  std::vector<std::string> scopes;  // names; those that this version does not know count for nothing
  std::vector<base::uuid> project_ids;
  base::timestamp expires_at;
  bool is_revoked = false;
  domain::role role = domain::role::analyst;
  bool is_active = false;
  bool is_suspended = false;
  std::optional<std::vector<base::uuid>> granted_project_ids{};  // of the member; none: not limited
  std::optional<std::vector<base::uuid>> hidden_channel_ids{};
  std::int64_t version = 0;  // of the member's standing
};
BOOST_DESCRIBE_STRUCT(found, (),
                      (tenant_id, id, member_id, scopes, project_ids, expires_at, is_revoked, role, is_active,
                       is_suspended, granted_project_ids, hidden_channel_ids, version))

/// Whose a token is, by its SHA-256; writes that it is used from the client's address. Runs without a tenant.
bound_query<found> use(const bytes& hash, base::timestamp now, const std::string& address);

/// False when the member has as many as they may.
bool insert(transaction& tx, const api_token& made, const base::uuid& member_id, const bytes& hash);
/// False when the member has no good one of this id.
bool revoke(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now);
/// How many of these projects the tenant has.
std::size_t count_projects(transaction& tx, const std::vector<base::uuid>& ids);

}  // namespace pulse::persistence::api_tokens
