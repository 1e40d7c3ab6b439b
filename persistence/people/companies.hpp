// All companies of the installation: what the platform's administration sees. Every statement here crosses tenants, and runs without one.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/people/permission.hpp"
#include "persistence/postgres/statement.hpp"

namespace pulse::persistence::companies {

struct organization {
  base::uuid id;
  std::string name;
  base::timestamp created_at;
  std::optional<base::timestamp> suspended_at;
  std::string suspended_because;
  std::string plan;
  std::string subscription_status;
  std::int64_t members = 0;
  std::int64_t projects = 0;
  std::int64_t channels = 0;
  std::int64_t posts = 0;
};
BOOST_DESCRIBE_STRUCT(organization, (),
                      (id, name, created_at, suspended_at, suspended_because, plan, subscription_status, members,
                       projects, channels, posts))

/// $1 company or none for all, $2, $3 created_at and id that the page comes after, $4 limit → companies, the newest first.
inline constexpr statement list{"list_companies", R"sql(
  SELECT id, name, created_at, suspended_at, suspended_because, plan, subscription_status, members, projects, channels, posts
  FROM pulse_admin_orgs($1::uuid, $2::timestamptz, $3::uuid, $4::bigint))sql"};

struct organization_person {
  base::uuid id;
  std::string email;
  std::string full_name;
  domain::role role = domain::role::member;
  bool is_active = false;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(organization_person, (), (id, email, full_name, role, is_active, created_at))

/// $1 company → its first 200 members.
inline constexpr statement list_people{"list_people_of_company", R"sql(
  SELECT id, email, full_name, role, is_active, created_at FROM pulse_admin_members($1::uuid))sql"};

struct platform_stats {
  std::int64_t companies = 0;
  std::int64_t companies_suspended = 0;
  std::int64_t members = 0;
  std::int64_t members_active_lately = 0;
  std::int64_t projects = 0;
  std::int64_t channels = 0;
  std::int64_t posts = 0;
  std::int64_t mails_waiting = 0;
  std::int64_t mails_given_up = 0;
};
BOOST_DESCRIBE_STRUCT(platform_stats, (),
                      (companies, companies_suspended, members, members_active_lately, projects, channels, posts,
                       mails_waiting, mails_given_up))

/// $1 since when somebody counts as active lately → the figures.
inline constexpr statement count{"count_companies", R"sql(
  SELECT companies, companies_suspended, members, members_active_lately, projects, channels, posts, mails_waiting, mails_given_up
  FROM pulse_admin_stats($1::timestamptz))sql"};

struct changed {
  bool is_changed = false;
};
BOOST_DESCRIBE_STRUCT(changed, (), (is_changed))

/// $1 company, $2 now to suspend, null to resume, $3 why → whether it was a change.
inline constexpr statement suspend{"suspend_company",
                                   "SELECT pulse_suspend($1::uuid, $2::timestamptz, $3::text) AS is_changed"};

struct promoted {
  base::uuid id;
};
BOOST_DESCRIBE_STRUCT(promoted, (), (id))

/// $1 e-mail address → the verified, active members with it, who are administrators of the platform from now on. As the login role.
inline constexpr statement promote{"promote_platform_admin", R"sql(
  UPDATE members SET is_platform_admin = true WHERE email = $1 AND is_active AND email_verified_at IS NOT NULL RETURNING id)sql"};

}  // namespace pulse::persistence::companies
