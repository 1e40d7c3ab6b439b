// Connecting accounts by OAuth 2.0, with states in PostgreSQL.
#pragma once

#include <string>

#include "actors/accounts/connecting.hpp"
#include "base/time.hpp"
#include "connectors/all.hpp"
#include "domain/platforms/oauth.hpp"
#include "domain/platforms/setting.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/publishing/provider_apps.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::actors {

/// The app as the settings have it, or a company's own; nothing when one that the provider needs is missing, which
/// `missing` then names. A provider of many instances has its credentials from them, and one with passwords needs none.
std::optional<connectors::oauth_app> app_in(
    const domain::setting_values& settings, const domain::oauth_provider& provider, std::string& missing,
    const std::optional<persistence::provider_apps::app_key>& own = std::nullopt);

/// When tokens of this grant are to be refreshed: after four fifths of their life, at least five minutes before its
/// end; nothing when they cannot be.
std::optional<base::timestamp> refresh_time(const connectors::authorizer& by, const connectors::grant& tokens,
                                            base::timestamp now);

/// Thread-safe. What it is made of must outlive it and every call.
class oauth_connecting final : public connecting {
 public:
  struct parts {
    persistence::database& database;  // as persistence::role::request
    const persistence::secret_box& secrets;
    const base::clock& clock;
    const connectors::authorizer_registry& providers;
    const domain::setting_values& settings;
    std::string public_app_url;  // where the dashboard is
  };

  explicit oauth_connecting(parts services) : services_(std::move(services)) {}

  void start(connect_request wanted, std::function<void(connect_started)> done) override;
  void finish(connect_return back, std::function<void(connect_finished)> done) override;
  void sign_in(connect_password given, std::function<void(connect_signed_in)> done) override;

 private:
  parts services_;
};

}  // namespace pulse::actors
