// Apps that this installation has registered at instances, for each company its own.
#pragma once

#include <optional>
#include <string>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::persistence::instance_apps {

/// Instances of one company; the oldest make room.
inline constexpr int most_of_tenant = 200;

/// Which app: there is one for each of these.
struct app_key {
  std::string provider;
  std::string instance;  // "mastodon.social"
  std::string redirect_uri;
  std::string scope;
};

struct registered_app {
  std::string client_id;
  base::secret client_secret;
};

/// The app, or nothing when there is none, or its secret cannot be opened. Within a transaction of the tenant, as all
/// of these.
std::optional<registered_app> find(transaction& tx, const app_key& key, const secret_box& box);

/// Keeps an app in place of the one that there was.
void store(transaction& tx, const app_key& key, const registered_app& app, const secret_box& box, base::timestamp now);

/// Forgets an app that its instance no longer knows.
void forget(transaction& tx, const app_key& key);

}  // namespace pulse::persistence::instance_apps
