// The people of a company: who they are, their roles and teams.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/people/authority.hpp"
#include "domain/people/permission.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::directory {

/// A provider at which a member has connected their own login, to engage as themselves.
struct connected_provider {
  std::string provider;
  bool needs_reconnect = false;
};
BOOST_DESCRIBE_STRUCT(connected_provider, (), (provider, needs_reconnect))

struct person {
  base::uuid id;
  std::string email;
  std::string full_name;
  domain::role role = domain::role::member;
  std::optional<base::uuid> team_id;
  std::optional<std::string> team_name;
  bool is_active = false;
  bool email_verified = false;
  bool is_erased = false;                         // their personal data was erased
  bool is_limited = false;                        // to some projects, while they are neither owner nor admin
  std::optional<base::timestamp> last_active_at;  // when a session of theirs was opened or renewed last
  std::vector<connected_provider> integrations;   // by name
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(person, (),
                      (id, email, full_name, role, team_id, team_name, is_active, email_verified, is_erased, is_limited,
                       last_active_at, integrations, created_at))

/// People of the tenant, the newest first.
bound_query<person> list(const page_bounds& page);

/// What the rules of authority look at.
struct standing_of_person {
  base::uuid id;
  domain::role role = domain::role::member;
  std::optional<base::uuid> team_id;
  bool is_active = false;
  bool is_erased = false;
  bool is_platform_admin = false;
};
BOOST_DESCRIBE_STRUCT(standing_of_person, (), (id, role, team_id, is_active, is_erased, is_platform_admin))

/// What the rules of authority need of them.
inline domain::person to_person(const standing_of_person& from) { return {from.id, from.role, from.team_id}; }

/// Locks who changes roles of this tenant against one another until the transaction ends: two owners cannot remove each
/// other.
void lock_people(transaction& tx);

std::optional<standing_of_person> find(transaction& tx, const base::uuid& id);

/// The default successor: the first active owner, or else admin, other than this member.
std::optional<base::uuid> find_heir(transaction& tx, const base::uuid& of);

/// Active owners of the tenant.
int count_owners(transaction& tx);

void set_role(transaction& tx, const base::uuid& id, domain::role role);
void set_active(transaction& tx, const base::uuid& id, bool is_active, base::timestamp now);
void set_team(transaction& tx, const base::uuid& id, const std::optional<base::uuid>& team_id);

struct profile {
  base::uuid id;
  std::string email;
  std::string full_name;
  domain::role role = domain::role::member;
  std::optional<base::uuid> team_id;
  std::string markdown;
  std::string tone;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(profile, (), (id, email, full_name, role, team_id, markdown, tone, created_at))

/// A member's profile.
bound_query<profile> find_profile(const base::uuid& member_id);

/// Omitted fields stay.
std::optional<profile> update_profile(transaction& tx, const base::uuid& id,
                                      const std::optional<std::string>& full_name,
                                      const std::optional<std::string>& markdown,
                                      const std::optional<std::string>& tone);

}  // namespace pulse::persistence::directory
