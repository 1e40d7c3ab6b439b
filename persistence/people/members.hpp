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
  std::optional<base::timestamp> email_verified_at = std::nullopt;
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

/// The member's address is known to be theirs from now on; again it changes nothing.
void verify_email(transaction& tx, const base::uuid& member_id, base::timestamp now);

/// Sets a new password where the hash of the one before is still `before`; false when it is not.
bool replace_password(transaction& tx, const base::uuid& member_id, const std::string& before,
                      const std::string& password_hash);

/// What proves who a member is.
struct proof {
  std::string email;
  std::string display_name;
  std::string company_name;
  std::string password_hash;
  bool is_verified = false;
};
BOOST_DESCRIBE_STRUCT(proof, (), (email, display_name, company_name, password_hash, is_verified))

/// $1 member id → of an active member of the transaction's tenant, or none.
inline constexpr statement find_proof{"find_proof", R"sql(
  SELECT m.email, m.display_name, t.name AS company_name, m.password_hash, m.email_verified_at IS NOT NULL AS is_verified
  FROM members m JOIN tenants t ON t.id = m.tenant_id
  WHERE m.tenant_id = pulse_tenant() AND m.id = $1 AND m.is_active)sql"};

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
  bool is_verified = false;
  bool is_suspended = false;      // the company
  bool is_known_network = false;  // the member has signed in from there before
};
BOOST_DESCRIBE_STRUCT(login, (), (tenant_id, member_id, password_hash, is_verified, is_suspended, is_known_network))

/// $1 e-mail address, $2 tenant or none, $3 network → the active logins with it in that tenant; without one, in any, the first fifty
/// verified ones and one that is not. Runs without a tenant.
inline constexpr statement find_logins{"find_logins", R"sql(
  SELECT tenant_id, member_id, password_hash, is_verified, is_suspended, is_known_network
  FROM pulse_find_logins($1::text, $2::uuid, $3::text))sql"};

/// How a password was hashed: the parameters and the salt, as password_hasher writes them.
struct salt_of_address {
  std::string salt;
};
BOOST_DESCRIBE_STRUCT(salt_of_address, (), (salt))

/// $1 e-mail address → of the first account with it, or none. Runs without a tenant.
inline constexpr statement find_salt{"find_salt_of_address", "SELECT salt FROM pulse_find_salt($1::text)"};

/// An account whose address nobody has confirmed.
struct unconfirmed {
  base::uuid tenant_id;
  base::uuid member_id;
};
BOOST_DESCRIBE_STRUCT(unconfirmed, (), (tenant_id, member_id))

/// Those of an address ($1): in the company $2, or where that is null the newest three, so that strangers who have signed up with an
/// address first do not keep its owner from the mail.
inline constexpr statement find_unconfirmed{"find_unconfirmed", R"sql(
  SELECT tenant_id, member_id FROM pulse_find_unconfirmed($1::text, $2::uuid))sql"};

}  // namespace pulse::persistence::members
