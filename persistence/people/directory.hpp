// The people of a company: who they are, their roles and teams.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/people/permission.hpp"
#include "persistence/postgres/statement.hpp"
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
  bool is_erased = false;                         // what was personal of them is gone
  bool is_limited = false;                        // to some projects, while they are neither owner nor admin
  std::optional<base::timestamp> last_active_at;  // when a session of theirs was opened or renewed last
  std::vector<connected_provider> integrations;   // by name
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(person, (),
                      (id, email, full_name, role, team_id, team_name, is_active, email_verified, is_erased, is_limited,
                       last_active_at, integrations, created_at))

/// $1, $2 created_at and id that the page comes after, $3 limit → people of the tenant, the newest first.
inline constexpr statement list{"list_people", R"sql(
  SELECT m.id, m.email, m.display_name AS full_name, m.role, m.team_id, t.name AS team_name, m.is_active,
         m.email_verified_at IS NOT NULL AS email_verified, m.erased_at IS NOT NULL AS is_erased, m.is_limited,
         (SELECT max(s.rotated_at) FROM sessions s WHERE s.tenant_id = m.tenant_id AND s.member_id = m.id) AS last_active_at,
         (SELECT coalesce(json_agg(p ORDER BY p.provider), '[]') FROM (
            SELECT s.platform AS provider, bool_and(s.needs_reconnect) AS needs_reconnect FROM social_accounts s
            WHERE s.tenant_id = m.tenant_id AND s.connected_by = m.id AND s.purpose = 'engage' GROUP BY s.platform) p) AS integrations,
         m.created_at
  FROM members m LEFT JOIN teams t ON t.tenant_id = m.tenant_id AND t.id = m.team_id
  WHERE m.tenant_id = pulse_tenant() AND (m.created_at, m.id) < ($1::timestamptz, $2::uuid)
  ORDER BY m.created_at DESC, m.id DESC LIMIT $3)sql"};

/// What the rules of authority look at.
struct standing_of_person {
  base::uuid id;
  domain::role role = domain::role::member;
  std::optional<base::uuid> team_id;
  bool is_active = false;
  bool is_erased = false;
};
BOOST_DESCRIBE_STRUCT(standing_of_person, (), (id, role, team_id, is_active, is_erased))

/// Locks who changes roles of this tenant against one another until the transaction ends: two owners cannot remove each other.
void lock_people(transaction& tx);

std::optional<standing_of_person> find(transaction& tx, const base::uuid& id);

/// Who takes over where nobody was named: the first active owner, or else admin, beside this member.
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

/// $1 member → their profile, or none.
inline constexpr statement find_profile{"find_profile", R"sql(
  SELECT id, email, display_name AS full_name, role, team_id, profile_markdown AS markdown, tone, created_at
  FROM members WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

/// What is left out stays.
std::optional<profile> update_profile(transaction& tx, const base::uuid& id,
                                      const std::optional<std::string>& full_name,
                                      const std::optional<std::string>& markdown,
                                      const std::optional<std::string>& tone);

}  // namespace pulse::persistence::directory
