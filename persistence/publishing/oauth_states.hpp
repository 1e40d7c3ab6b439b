// Connections under way: the state stored between sending a person to a platform and their return.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/platforms/login_purpose.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::oauth_states {

/// How long a person has, from leaving to coming back.
inline constexpr std::chrono::minutes life{10};
/// Of one company at a time; the oldest make room.
inline constexpr int most_of_tenant = 100;

struct pending {
  base::uuid id;
  std::string state;    // goes through the platform, in the address
  std::string browser;  // stays in the browser, as a cookie
  std::string provider;
  base::uuid member_id;
  std::optional<base::uuid> project_id;
  base::secret verifier;
  domain::login_purpose purpose = domain::login_purpose::publish;
};

/// Keeps it for `life`. Within a transaction of the tenant.
void store(transaction& tx, const pending& made, const secret_box& box, base::timestamp now);

/// What a returning browser began.
struct taken {
  base::uuid tenant_id;
  base::uuid id;
  base::uuid member_id;
  std::optional<base::uuid> project_id;
  bytes verifier;  // sealed; see `verifier_place`
  domain::login_purpose purpose = domain::login_purpose::publish;
};
BOOST_DESCRIBE_STRUCT(taken, (), (tenant_id, id, member_id, project_id, verifier, purpose))

/// Takes the state, once: nothing when it is unknown, used, too old, of another provider or of another browser. Within
/// a transaction without a tenant, because nobody knows it before.
std::optional<taken> take(transaction& tx, const std::string& state, const std::string& browser,
                          std::string_view provider, base::timestamp now);

secret_place verifier_place(const base::uuid& tenant_id, const base::uuid& id);

}  // namespace pulse::persistence::oauth_states
