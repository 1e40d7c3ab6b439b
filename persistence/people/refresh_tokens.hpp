// Refresh tokens: one row for every one that was ever given out. A family is one signing in; each use gives the next of the
// family, and one that comes back after its use ends the family, because two now hold it.
#pragma once

#include <optional>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::refresh_tokens {

struct token {
  base::uuid tenant_id;
  base::uuid id;
  base::uuid member_id;
  base::uuid family_id;
  base::timestamp expires_at;
  std::optional<base::timestamp> used_at;
  std::optional<base::timestamp> revoked_at;
};
BOOST_DESCRIBE_STRUCT(token, (), (tenant_id, id, member_id, family_id, expires_at, used_at, revoked_at))

/// $1 SHA-256 of the token (bytes) → the token of any tenant, or none; runs without one.
inline constexpr statement find{"find_refresh_token", R"sql(
  SELECT tenant_id, id, member_id, family_id, expires_at, used_at, revoked_at FROM pulse_find_refresh_token($1))sql"};

/// Stores a new token of the transaction's tenant.
void insert(transaction& tx, const token& made, const bytes& hash, base::timestamp now);

/// Marks the token as used, if it was good until now: false when someone else has used it, or it is revoked or expired.
bool use(transaction& tx, const base::uuid& id, base::timestamp now);

/// Ends every token of the family.
void revoke_family(transaction& tx, const base::uuid& family_id, base::timestamp now);

}  // namespace pulse::persistence::refresh_tokens
