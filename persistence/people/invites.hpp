// Invitations to a company, with a limited number of uses; void when revoked or expired.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/people/permission.hpp"
#include "persistence/postgres/bound_query.hpp"
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

/// The tenant's, the newest first.
bound_query<invite> list(const page_bounds& page);

/// An invitation for one address that is still good.
struct open_invite {
  std::string email;
  domain::role role = domain::role::member;
  std::optional<base::uuid> team_id;
};
BOOST_DESCRIBE_STRUCT(open_invite, (), (email, role, team_id))

/// The tenant's for one address each; at most `open_max`.
bound_query<open_invite> list_open(base::timestamp now);

struct place {
  base::uuid tenant_id;
};
BOOST_DESCRIBE_STRUCT(place, (), (tenant_id))

/// The tenant that an invitation leads to, by the SHA-256 of its code. Runs without one.
bound_query<place> find_place(const bytes& code_hash);

/// An invitation as the holder of its code sees it.
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

/// The tenant's invitation, by the SHA-256 of its code.
bound_query<shown> find_shown(const bytes& code_hash, base::timestamp now);

/// False when the company has as many good ones as it may.
bool insert(transaction& tx, const invite& made, const bytes& code_hash);
/// Takes one use; false if the invitation is not valid any more. Of two concurrent calls for the last use, one gets it.
bool use(transaction& tx, const base::uuid& id, base::timestamp now);

/// False if there is none that could still be used.
bool revoke(transaction& tx, const base::uuid& id, base::timestamp now);

}  // namespace pulse::persistence::invites
