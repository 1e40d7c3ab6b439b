// Sending a person to a platform: at a provider of many instances the app is made known to theirs first.
#pragma once

#include <functional>
#include <string>

#include "actors/accounts/oauth_connecting.hpp"
#include "base/secure.hpp"
#include "connectors/roles/authorize.hpp"
#include "persistence/publishing/instance_apps.hpp"

namespace pulse::actors {

/// What is kept, sealed, of a connection that is being made: the proof key, and in a second line the instance where it
/// was begun.
struct kept_secret {
  std::string verifier;
  std::string instance;  // empty: the provider has none
};
base::secret to_secret(const kept_secret& kept);
kept_secret read_kept(const std::string& opened);

/// Which of a company's apps it is.
persistence::instance_apps::app_key key_of(const std::string& provider, const std::string& instance,
                                           const connectors::oauth_app& app);

/// `app` with the credentials that an instance gave.
connectors::oauth_app registered(connectors::oauth_app app, const std::string& instance,
                                 const persistence::instance_apps::registered_app& known);

/// Keeps a state and says where the browser goes. `with` and `by` outlive the call. Calls back once, on any thread.
void leave_for_platform(const oauth_connecting::parts& services, connect_request wanted, connectors::authorizer& by,
                        connectors::oauth_app app, std::function<void(connect_started)> done);

}  // namespace pulse::actors
