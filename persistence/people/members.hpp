// Companies and their people: the rows behind signing up and signing in.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/people/permission.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::members {

struct company {
  base::uuid id;
  std::string name;
  base::timestamp created_at;
  std::optional<base::timestamp> paused_at = std::nullopt;  // nothing starts then; see persistence/publishing/pauses
  std::optional<std::string> paused_by = std::nullopt;      // the name of who paused it
};
BOOST_DESCRIBE_STRUCT(company, (), (id, name, created_at, paused_at, paused_by))

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

/// The company of the transaction's tenant.
bound_query<company> find_company();

/// Stores a new company, which is not paused, with its subscription; the transaction's tenant is the company.
void insert_company(transaction& tx, const company& made, const subscription& with);

/// Stores a new, active member of the transaction's tenant. An e-mail address that is taken is a conflict of
/// `email_once`.
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

/// Of an active member of the transaction's tenant.
bound_query<proof> find_proof(const base::uuid& member_id);

/// A member with company and subscription, in one row.
struct account {
  base::uuid tenant_id;
  std::string company_name;
  base::timestamp company_created_at;
  std::optional<base::timestamp> company_paused_at;
  std::optional<std::string> company_paused_by;
  std::string plan;
  subscription_status status = subscription_status::trial;
  std::optional<base::timestamp> trial_ends_at;
  base::uuid member_id;
  std::string email;
  std::string display_name;
  domain::role role = domain::role::member;
  base::timestamp created_at;
  bool is_suspended = false;  // the company is
};
BOOST_DESCRIBE_STRUCT(account, (),
                      (tenant_id, company_name, company_created_at, company_paused_at, company_paused_by, plan, status,
                       trial_ends_at, member_id, email, display_name, role, created_at, is_suspended))

/// The account of an active member of the transaction's tenant.
bound_query<account> find_account(const base::uuid& member_id);

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

/// The active logins with an address in that tenant; without one, in any, the first fifty verified ones and one that is
/// not. `network` is where the caller is, and empty where that makes no difference. Runs without a tenant.
bound_query<login> find_logins(const std::string& email, std::optional<base::uuid> tenant_id,
                               const std::string& network = {});

/// How a password was hashed: the parameters and the salt, as password_hasher writes them.
struct salt_of_address {
  std::string salt;
};
BOOST_DESCRIBE_STRUCT(salt_of_address, (), (salt))

/// Of the first account with an address. Runs without a tenant.
bound_query<salt_of_address> find_salt(const std::string& email);

/// An account whose address nobody has confirmed.
struct unconfirmed {
  base::uuid tenant_id;
  base::uuid member_id;
};
BOOST_DESCRIBE_STRUCT(unconfirmed, (), (tenant_id, member_id))

/// Those of an address: in the company, or without one the newest three, so that strangers who have signed up with an
/// address first do not keep its owner from the mail. Runs without a tenant.
bound_query<unconfirmed> find_unconfirmed(const std::string& email, std::optional<base::uuid> company);

}  // namespace pulse::persistence::members
