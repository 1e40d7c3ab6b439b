// Everything that serves, once PostgreSQL answers: the engine, the API and its pages, and what they stand on.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "actors/accounts/oauth_connecting.hpp"
#include "actors/people/oidc_identity_providers.hpp"
#include "actors/system/node_identity.hpp"
#include "base/signature.hpp"
#include "base/time.hpp"
#include "config/descriptors.hpp"
#include "config/load.hpp"
#include "http/api/services.hpp"
#include "http/dashboard_pages.hpp"
#include "http/front_door.hpp"
#include "http/media_desk.hpp"
#include "http/server/server.hpp"
#include "persistence/engine/wake_ups.hpp"
#include "persistence/media/store.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/redis/redis.hpp"
#include "persistence/secrets/password_hasher.hpp"
#include "persistence/secrets/secret_box.hpp"
#include "service/publishing_side.hpp"

namespace pulse::service {

/// What can be wrong with the settings or the machine, found before anything is built on it.
struct groundwork {
  config::descriptor_plan plan;
  persistence::secret_box box;
  actors::node_identity identity;
  std::unique_ptr<connectors::egress> bucket_client;  // null: `files` is a folder
  std::unique_ptr<persistence::media::store> files;
};

/// Members are built in this order. `stop` ends them while all of them are there; what calls back into the server's
/// threads is gone when it returns.
class serving {
 public:
  /// All that it is given outlives it.
  serving(const config::settings& settings, groundwork ground, const base::clock& clock, http::metrics& measures,
          const http::addresses& seen_at);

  /// Serves /metrics on an address of its own where one is set. Why not, in a sentence; empty when it does.
  std::string start_metrics(http::metrics& measures);

  http::front_door& door() { return door_; }
  const base::uuid& node_id() const { return ground_.identity.id(); }

  /// Takes nothing new, lets end what runs, and gives back what this node holds. `server` is the front door's; it is
  /// stopped first.
  void stop(http::server::server& server);

 private:
  persistence::database::options request_options();
  http::services make_services(http::metrics& measures, const http::addresses& seen_at);
  http::front_door::options door_options() const;

  const config::settings& settings_;
  groundwork ground_;
  const base::clock& clock_;
  std::optional<persistence::redis> redis_;
  http::media_desk media_;
  publishing_side publishing_;
  persistence::database database_;
  persistence::database costly_;
  std::optional<persistence::password_hasher> passwords_;
  actors::oauth_connecting connecting_;
  actors::oidc_identity_providers identities_;
  http::token_signer tokens_;
  http::stamp_signer stamps_;
  base::signing_key audit_key_;
  std::unique_ptr<actors::mail_sender> mails_;
  std::unique_ptr<actors::confirmation_asker> asker_;
  std::atomic<bool> stopping_{false};
  http::services services_;
  http::dashboard_pages dashboard_;
  http::front_door door_;
  std::optional<persistence::wake_up_listener> standings_;
  std::unique_ptr<http::server::server> metrics_server_;
};

}  // namespace pulse::service
