// A company's own apps at providers, which take the place of the installation's.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::provider_apps {

/// As people see it: the secret is never shown again.
struct own_app {
  std::string provider;
  std::string client_id;
  base::timestamp created_at;
  base::timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(own_app, (), (provider, client_id, created_at, updated_at))

/// The company's apps, by provider.
bound_query<own_app> list();

struct app_key {
  std::string client_id;
  base::secret client_secret;
};

/// The company's app at the provider; nothing when it has none, or its secret cannot be opened. Within a transaction of
/// the tenant, as all of these.
std::optional<app_key> find(transaction& tx, const std::string& provider, const secret_box& box);

/// Keeps an app in place of the one that there was.
void store(transaction& tx, const std::string& provider, const app_key& app, const secret_box& box,
           base::timestamp now);

/// False when there was none.
bool remove(transaction& tx, const std::string& provider);

/// How many logins were connected with this app and are in use.
std::int64_t count_logins(transaction& tx, const std::string& provider);

}  // namespace pulse::persistence::provider_apps
