// All companies of the installation: what the platform's administration sees. Everything here crosses tenants, and runs
// without one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/people/permission.hpp"
#include "persistence/postgres/bound_query.hpp"

namespace pulse::persistence::companies {

struct organization {
  base::uuid id;
  std::string name;
  base::timestamp created_at;
  std::optional<base::timestamp> suspended_at;
  std::string suspended_because;
  std::optional<base::timestamp> deleted_at;  // by its owner; its name is gone then, and soon all that it had
  std::string plan;
  std::string subscription_status;
  std::int64_t members = 0;
  std::int64_t projects = 0;
  std::int64_t channels = 0;
  std::int64_t posts = 0;
};
BOOST_DESCRIBE_STRUCT(organization, (),
                      (id, name, created_at, suspended_at, suspended_because, deleted_at, plan, subscription_status,
                       members, projects, channels, posts))

/// The newest first.
bound_query<organization> list(const page_bounds& page);
bound_query<organization> find(const base::uuid& id);

struct organization_person {
  base::uuid id;
  std::string email;
  std::string full_name;
  domain::role role = domain::role::member;
  bool is_active = false;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(organization_person, (), (id, email, full_name, role, is_active, created_at))

/// The first 200 members of a company.
bound_query<organization_person> list_people(const base::uuid& id);

struct platform_stats {
  std::int64_t companies = 0;  // that are not deleted
  std::int64_t companies_suspended = 0;
  std::int64_t members = 0;                // active ones
  std::int64_t members_active_lately = 0;  // of those
  std::int64_t projects = 0;
  std::int64_t channels = 0;
  std::int64_t posts = 0;
  std::int64_t mails_waiting = 0;
  std::int64_t mails_given_up = 0;
};
BOOST_DESCRIBE_STRUCT(platform_stats, (),
                      (companies, companies_suspended, members, members_active_lately, projects, channels, posts,
                       mails_waiting, mails_given_up))

/// One row. Who was there since then counts as active lately.
bound_query<platform_stats> count(base::timestamp active_since);

/// Suspends at that time, for that reason, or resumes without one; whether it was a change. Never a deleted one.
bool suspend(transaction& tx, const base::uuid& id, std::optional<base::timestamp> at, const std::string& reason);

// --- as the login role -----------------------------------------------------------------------------------------------

struct place_of_member {
  base::uuid tenant_id;
  base::uuid member_id;
};
BOOST_DESCRIBE_STRUCT(place_of_member, (), (tenant_id, member_id))

/// The active members with this confirmed address, in all companies.
bound_query<place_of_member> find_confirmed(const std::string& email);
/// The active members with this address who have a second factor or a passkey, in all companies.
bound_query<place_of_member> find_with_factor(const std::string& email);

/// Makes an active member of the transaction's company, whose address is confirmed, an administrator of the
/// installation; false: there is none.
bool promote(transaction& tx, const base::uuid& id);

}  // namespace pulse::persistence::companies
