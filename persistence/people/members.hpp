// Companies and their people: the rows behind signing up and signing in.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/people/permission.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::members {

struct company {
  base::uuid id;
  std::string name;
  base::timestamp created_at;
  std::optional<base::timestamp> paused_at = std::nullopt;  // nothing of it starts; see persistence/publishing/pauses
};
BOOST_DESCRIBE_STRUCT(company, (), (id, name, created_at, paused_at))

enum class subscription_status { trial, active, past_due, cancelled };
BOOST_DESCRIBE_ENUM(subscription_status, trial, active, past_due, cancelled)

struct subscription {
  std::string plan;
  subscription_status status = subscription_status::trial;
  std::optional<base::timestamp> trial_ends_at;
};

struct member {
  base::uuid id;
  std::string email;  // lower case
  std::string display_name;
  domain::role role = domain::role::member;
  base::timestamp created_at;
};

/// The constraint that a second member of one e-mail address in one company breaks (failure_kind::conflict).
inline constexpr std::string_view email_once = "members_email_once";

/// → the company of the transaction's tenant.
inline constexpr statement find_company{"find_company", R"sql(
  SELECT id, name, created_at, paused_at FROM tenants WHERE id = pulse_tenant())sql"};

/// Stores a new company, which is not paused, with its subscription; the transaction's tenant is the company.
void insert_company(transaction& tx, const company& made, const subscription& with);

/// Stores a new, active member of the transaction's tenant. An e-mail address that is taken is a conflict of `email_once`.
void insert(transaction& tx, const member& made, const std::string& password_hash);

/// A member with company and subscription, in one row.
struct account {
  base::uuid tenant_id;
  std::string company_name;
  base::timestamp company_created_at;
  std::optional<base::timestamp> company_paused_at;
  std::string plan;
  subscription_status status = subscription_status::trial;
  std::optional<base::timestamp> trial_ends_at;
  base::uuid member_id;
  std::string email;
  std::string display_name;
  domain::role role = domain::role::member;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(account, (),
                      (tenant_id, company_name, company_created_at, company_paused_at, plan, status, trial_ends_at,
                       member_id, email, display_name, role, created_at))

/// $1 member id → the account of an active member of the transaction's tenant, or none.
inline constexpr statement find_account{"find_account", R"sql(
  SELECT t.id AS tenant_id, t.name AS company_name, t.created_at AS company_created_at,
         t.paused_at AS company_paused_at, s.plan, s.status, s.trial_ends_at,
         m.id AS member_id, m.email, m.display_name, m.role, m.created_at
  FROM members m JOIN tenants t ON t.id = m.tenant_id JOIN subscriptions s ON s.tenant_id = m.tenant_id
  WHERE m.tenant_id = pulse_tenant() AND m.id = $1 AND m.is_active)sql"};

/// One way to sign in with an e-mail address.
struct login {
  base::uuid tenant_id;
  base::uuid member_id;
  std::string password_hash;
  domain::role role = domain::role::member;
  bool is_active = false;
};
BOOST_DESCRIBE_STRUCT(login, (), (tenant_id, member_id, password_hash, role, is_active))

/// $1 e-mail address → every login with it, in any tenant; runs without one.
inline constexpr statement find_logins{"find_logins", R"sql(
  SELECT tenant_id, member_id, password_hash, role, is_active FROM pulse_find_logins($1))sql"};

}  // namespace pulse::persistence::members
