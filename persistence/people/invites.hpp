// Invitations to a company, with a limited number of uses; void when revoked or expired.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/people/permission.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::invites {

struct invite {
  base::uuid id;
  std::optional<std::string> email;  // lower case; good for this address alone
  domain::role role = domain::role::member;
  std::optional<base::uuid> team_id;
  int uses_max = 1;
  int uses = 0;
  base::uuid created_by;
  base::timestamp created_at;
  base::timestamp expires_at;
  std::optional<base::timestamp> revoked_at;
};
BOOST_DESCRIBE_STRUCT(invite, (),
                      (id, email, role, team_id, uses_max, uses, created_by, created_at, expires_at, revoked_at))

/// Good invitations that a company may have at a time.
inline constexpr std::int64_t open_max = 2000;

/// $1, $2 created_at and id that the page comes after, $3 limit → the tenant's, the newest first.
inline constexpr statement list{"list_invites", R"sql(
  SELECT id, email, role, team_id, uses_max, uses, created_by, created_at, expires_at, revoked_at FROM invites
  WHERE tenant_id = pulse_tenant() AND (created_at, id) < ($1::timestamptz, $2::uuid) ORDER BY created_at DESC, id DESC LIMIT $3)sql"};

struct place {
  base::uuid tenant_id;
};
BOOST_DESCRIBE_STRUCT(place, (), (tenant_id))

/// $1 SHA-256 of the code → the tenant that it leads to, or none; runs without one.
inline constexpr statement find_place{"find_invite_place", "SELECT tenant_id FROM pulse_find_invite($1)"};

/// An invitation with what whoever holds the code is shown.
struct shown {
  base::uuid id;
  std::optional<std::string> email;
  domain::role role = domain::role::member;
  std::optional<base::uuid> team_id;
  std::optional<std::string> team_name;
  std::string company_name;
  base::timestamp expires_at;
  bool is_good = false;
};
BOOST_DESCRIBE_STRUCT(shown, (), (id, email, role, team_id, team_name, company_name, expires_at, is_good))

/// $1 SHA-256 of the code, $2 now → the tenant's invitation of this code, or none.
inline constexpr statement find_shown{"find_shown_invite", R"sql(
  SELECT i.id, i.email, i.role, i.team_id, m.name AS team_name, t.name AS company_name, i.expires_at,
         i.revoked_at IS NULL AND i.expires_at > $2::timestamptz AND i.uses < i.uses_max AND t.suspended_at IS NULL AS is_good
  FROM invites i JOIN tenants t ON t.id = i.tenant_id LEFT JOIN teams m ON m.tenant_id = i.tenant_id AND m.id = i.team_id
  WHERE i.tenant_id = pulse_tenant() AND i.code_hash = $1)sql"};

/// False when the company has as many good ones as it may.
bool insert(transaction& tx, const invite& made, const bytes& code_hash);
/// Takes one use; false if the invitation is not valid any more. Of two concurrent calls for the last use, one gets it.
bool use(transaction& tx, const base::uuid& id, base::timestamp now);

/// False when there is none that could still be used.
bool revoke(transaction& tx, const base::uuid& id, base::timestamp now);

}  // namespace pulse::persistence::invites
