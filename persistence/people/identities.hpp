// Who members are at identity providers, the providers that companies have set up, and the codes between coming back
// from one and having tokens.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::identities {

enum class provider_kind : std::uint8_t { linkedin, company };
BOOST_DESCRIBE_ENUM(provider_kind, linkedin, company)

// --- identities ------------------------------------------------------------------------------------------------------

/// As their member sees it.
struct identity {
  base::uuid id;
  provider_kind provider = provider_kind::linkedin;
  std::string issuer;
  std::string name;
  base::timestamp created_at;
  std::optional<base::timestamp> last_used_at;
};
BOOST_DESCRIBE_STRUCT(identity, (), (id, provider, issuer, name, created_at, last_used_at))

/// A member's, the oldest first.
bound_query<identity> list(const base::uuid& member_id);

/// The member of an identity.
struct owner {
  base::uuid tenant_id;
  base::uuid id;
  base::uuid member_id;
};
BOOST_DESCRIBE_STRUCT(owner, (), (tenant_id, id, member_id))

/// The active member for whom an identity was last used, in that company or in any. Runs without a tenant.
bound_query<owner> find_owner(const std::string& issuer, const std::string& subject, std::optional<base::uuid> company);

/// A person at a provider.
struct person {
  provider_kind provider = provider_kind::linkedin;
  std::string issuer;
  std::string subject;
  std::string name;
};

enum class linking : std::uint8_t { done, taken, has_other };
/// Links it to an active member; again it changes nothing. `taken`: it is another member's here; `has_other`: this
/// member is somebody else there already.
linking link(transaction& tx, const base::uuid& member_id, const person& who, base::timestamp now);
void note_use(transaction& tx, const base::uuid& id, base::timestamp now);
/// False: there is no such identity of this member.
bool unlink(transaction& tx, const base::uuid& member_id, const base::uuid& id);

/// A member found by their address, in the transaction's tenant.
struct addressee {
  base::uuid id;
  bool is_active = false;
  bool is_verified = false;
  bool is_platform_admin = false;
};
BOOST_DESCRIBE_STRUCT(addressee, (), (id, is_active, is_verified, is_platform_admin))
std::optional<addressee> find_by_email(transaction& tx, const std::string& email);
/// Whether a member has a password, and so another way in.
bool has_password(transaction& tx, const base::uuid& member_id);

// --- a company's provider --------------------------------------------------------------------------------------------

struct provider {
  base::uuid id;
  std::string sign_in_name;
  std::string issuer;
  std::string client_id;
  bytes client_secret;  // sealed; see `secret_of`
  bool is_enabled = false;
  base::timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(provider, (), (id, sign_in_name, issuer, client_id, client_secret, is_enabled, updated_at))

/// The company's.
bound_query<provider> find_provider();

struct company_of_name {
  base::uuid tenant_id;
};
BOOST_DESCRIBE_STRUCT(company_of_name, (), (tenant_id))
/// Whose name for signing in it is, where its provider is switched on. Runs without a tenant.
bound_query<company_of_name> find_company(const std::string& sign_in_name);

secret_place place_of_secret(const base::uuid& tenant_id, const base::uuid& id);
/// The constraint that a name breaks that another company has.
inline constexpr std::string_view name_once = "identity_providers_name_once";
/// Stores it in the place of the one before, whose id it keeps.
void put_provider(transaction& tx, const provider& made);
bool remove_provider(transaction& tx);

// --- codes -----------------------------------------------------------------------------------------------------------

/// A browser has come back, and this member may have tokens there until `expires_at`. Forgets codes that are over.
void keep_code(transaction& tx, const base::uuid& id, const base::uuid& member_id, const std::string& code,
               const std::string& browser, base::timestamp expires_at, base::timestamp now);

/// Whose a code is, in that browser. Runs without a tenant.
bound_query<owner> find_code(const std::string& code, const std::string& browser, base::timestamp now);
bytes hash_of(const std::string& text);
/// Uses it up; false where somebody else was faster.
bool use_code(transaction& tx, const base::uuid& id);

}  // namespace pulse::persistence::identities
