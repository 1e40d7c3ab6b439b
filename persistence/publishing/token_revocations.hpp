// Tokens that are to be given back to their platforms, after a person has disconnected the login; kept sealed for some
// tries, and no longer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::token_revocations {

/// Which logins: of publishing by its id, or those of a member's own at a provider.
struct disconnected {
  std::string provider;
  std::string provider_name;               // for people
  std::optional<base::uuid> login_id{};    // of publishing
  std::optional<base::uuid> own_member{};  // whose, to engage as themselves
  base::uuid member_id;                    // who disconnects
  base::timestamp now;
};

/// Stores the tokens to be revoked, with an event, before the logins forget them. Within the tenant's transaction that
/// does that.
void keep(transaction& tx, const disconnected& what, const secret_box& box);

// --- the engine's side: names the tenant, because its role sees all of them ---

struct due_revocation {
  base::uuid tenant_id;
  base::uuid id;
  std::string provider;
  std::string external_user_id;
  std::string name;
  bytes access_token;
  std::optional<bytes> refresh_token;
  int attempts = 0;                          // with this one
  bool is_shared = false;                    // another connection of the same person is alive
  std::optional<std::string> app_client_id;  // of the company's own app
};
BOOST_DESCRIBE_STRUCT(due_revocation, (),
                      (tenant_id, id, provider, external_user_id, name, access_token, refresh_token, attempts,
                       is_shared, app_client_id))

/// Tries of one revocation, and how far apart: doubled each time.
inline constexpr int most_attempts = 6;
inline constexpr std::chrono::seconds first_pause{60};

/// Takes what is due, at most `limit`: nobody else takes it before the pause is over.
std::vector<due_revocation> take_due(transaction& tx, base::timestamp now, int limit);

/// The end of it, told: the tokens are removed here. Nothing as the reason: the platform has revoked them.
void finish(transaction& tx, const due_revocation& of, const std::string& provider_name,
            const std::optional<std::string>& why_not, base::timestamp now);

secret_place token_place(const base::uuid& tenant_id, const base::uuid& id, std::string_view column);

}  // namespace pulse::persistence::token_revocations
