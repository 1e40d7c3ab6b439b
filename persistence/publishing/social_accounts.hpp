// Logins at providers with their tokens, and the accounts that they may publish as.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/platforms/channel_type.hpp"
#include "domain/platforms/login_purpose.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::social_accounts {

/// The tokens of a login, in the clear for a moment.
struct tokens {
  base::secret access_token;
  std::optional<base::secret> refresh_token;
  std::optional<base::timestamp> expires_at;
  std::optional<base::timestamp> refresh_expires_at;
  std::string scope;
  std::optional<base::timestamp> refresh_at;  // none: cannot be refreshed
};

/// An account that the login may publish as.
struct usable_account {
  domain::channel_type platform{};
  std::string external_user_id;
  std::string handle;
  std::string name;
  base::secret access_token;
  bool shares_token = false;  // it is the login's
};

/// A person has connected.
struct connection {
  base::uuid id;  // used when the login is new
  std::string provider;
  std::string external_user_id;
  std::string name;
  base::uuid member_id;
  domain::login_purpose purpose = domain::login_purpose::publish;
  std::optional<std::string> app_client_id{};  // of the company's own app; none: the installation's
  tokens given;
  std::vector<usable_account> accounts;  // none of a login for engagement
};

/// Accounts of one login.
inline constexpr std::size_t most_accounts = 500;

/// Stores the login, or its new tokens when it is known, with its accounts, and switches on again what was switched off
/// because the old tokens were refused. Answers the ids of the accounts, in their order. Within a transaction of the
/// tenant, which it locks.
std::vector<base::uuid> store(transaction& tx, const connection& made, const secret_box& box, base::timestamp now);

/// A login as people see it, without its tokens.
struct provider_login {
  base::uuid id;
  std::string platform;
  std::string external_user_id;
  std::string name;
  std::string scope;
  std::optional<base::timestamp> expires_at;
  bool needs_reconnect = false;
  std::optional<std::string> problem;
  base::timestamp created_at;
  base::timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(provider_login, (),
                      (id, platform, external_user_id, name, scope, expires_at, needs_reconnect, problem, created_at,
                       updated_at))

/// A provider's logins for publishing, newest first.
bound_query<provider_login> list(const std::string& provider);

/// A member's own login, without its tokens.
struct own_login {
  std::string platform;
  std::string name;
  std::optional<base::timestamp> expires_at;
  bool needs_reconnect = false;
  std::optional<std::string> problem;
};
BOOST_DESCRIBE_STRUCT(own_login, (), (platform, name, expires_at, needs_reconnect, problem))

/// The logins that a member connected to engage as themselves, the latest first.
bound_query<own_login> list_own(const base::uuid& member_id);

struct provider_account {
  base::uuid id;
  base::uuid social_account_id;
  domain::channel_type platform{};
  std::string external_user_id;
  std::string handle;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(provider_account, (), (id, social_account_id, platform, external_user_id, handle, name))

/// The accounts of a provider's logins for publishing, by name.
bound_query<provider_account> list_accounts(const std::string& provider);

/// One or none, also one that was handed over by hand.
bound_query<provider_account> find_account(const base::uuid& id);

/// Forgets the tokens of a login for publishing and switches off its channels, which say why. False when there is no
/// such login.
bool disconnect(transaction& tx, const base::uuid& id, const std::string& provider, base::timestamp now);

/// Removes what a member connected at a provider to engage as themselves, tokens and all. False when there was nothing.
bool forget_own(transaction& tx, const base::uuid& member_id, const std::string& provider);

// --- the engine's side: names the tenant, because its role sees all of them ---

/// A login that one process has claimed for a refresh.
struct due_refresh {
  base::uuid tenant_id;
  base::uuid id;
  std::string platform;
  std::string external_user_id;
  bytes access_token;
  std::optional<bytes> refresh_token;
  std::optional<base::timestamp> expires_at;
  std::optional<base::timestamp> refresh_expires_at;
  std::string scope;
  std::int64_t refresh_round = 0;
  int refresh_failures = 0;
  std::optional<std::string> app_client_id;  // of the company's own app, which alone can refresh them
};
BOOST_DESCRIBE_STRUCT(due_refresh, (),
                      (tenant_id, id, platform, external_user_id, access_token, refresh_token, expires_at,
                       refresh_expires_at, scope, refresh_round, refresh_failures, app_client_id))

/// Takes logins that are due, at most `limit`: nobody else takes them before `until`. One statement, so however many
/// processes ask at once each login goes to one.
std::vector<due_refresh> take_due(transaction& tx, base::timestamp now, base::timestamp until, int limit);

/// Stores the new tokens, of the login and of all accounts that share them, if this is still the refresh that was begun
/// last. False: it is not, and nothing was written.
bool store_refreshed(transaction& tx, const due_refresh& of, const tokens& fresh, const secret_box& box,
                     base::timestamp now);

/// The refresh failed for a passing reason: again at `again_at`.
void put_off(transaction& tx, const due_refresh& of, base::timestamp again_at, base::timestamp now);

/// The refresh was refused for good: people are told to connect again. The channels go on as long as the access token
/// holds.
void refuse(transaction& tx, const due_refresh& of, const std::string& problem, base::timestamp now);

/// Marks logins whose tokens end before `before` and cannot be refreshed, so that people see it in time. Answers how
/// many.
std::int64_t mark_ending(transaction& tx, base::timestamp before, base::timestamp now);

secret_place token_place(const base::uuid& tenant_id, const base::uuid& id, std::string_view column);

}  // namespace pulse::persistence::social_accounts
