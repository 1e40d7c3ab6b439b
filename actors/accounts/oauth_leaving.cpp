#include "actors/accounts/oauth_leaving.hpp"

#include <memory>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "persistence/publishing/oauth_states.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::actors {

namespace {

namespace apps = persistence::instance_apps;
namespace states = persistence::oauth_states;
using connectors::authorized;

constexpr std::size_t state_bytes = 32;
constexpr std::size_t verifier_bytes = 48;  // 64 characters, RFC 7636 §4.1 wants 43 to 128

/// One departure to a platform; keeps itself alive until it has called back.
class leaving : public std::enable_shared_from_this<leaving> {
 public:
  leaving(const oauth_connecting::parts& services, connect_request wanted, connectors::authorizer& by,
          connectors::oauth_app app, std::function<void(connect_started)> done)
      : services_(services), wanted_(std::move(wanted)), by_(by), app_(std::move(app)), done_(std::move(done)) {}

  void start() {
    auto* instances = dynamic_cast<connectors::registers_apps*>(&by_);
    if (instances == nullptr) return go();
    const auto named = instances->instance_of(wanted_.instance);
    if (named.has_error()) return refuse(named.error().sentence);
    app_.instance = named->host;
    auto look = [key = key(), project = wanted_.project_id, &box = services_.secrets](persistence::transaction& tx) {
      known_app found{.is_project_missing = project && !persistence::projects::exists(tx, *project)};
      if (!found.is_project_missing) found.app = apps::find(tx, key, box);
      return found;
    };
    services_.database.transact(wanted_.tenant_id, std::move(look),
                                [self = shared_from_this(), instances](persistence::result<known_app> known) {
                                  if (known.has_error()) return self->fail("It could not be read. Try again.");
                                  if (known->is_project_missing) return self->fail("There is no such project here.");
                                  if (!known->app) return self->introduce(*instances);
                                  self->app_ = registered(self->app_, self->app_.instance, *known->app);
                                  self->go();
                                });
  }

 private:
  struct known_app {
    std::optional<apps::registered_app> app = std::nullopt;
    bool is_project_missing = false;
  };

  apps::app_key key() const { return key_of(wanted_.provider, app_.instance, app_); }

  void introduce(connectors::registers_apps& instances) {
    instances.register_app(app_, [self = shared_from_this()](authorized<connectors::oauth_app> made) {
      if (made.has_error()) return self->refuse("cannot be used: " + made.error().reason);
      self->app_ = std::move(*made);
      self->keep_app();
    });
  }

  void keep_app() {
    const auto now = services_.clock.now();
    auto keep = [key = key(), made = apps::registered_app{app_.client_id, app_.client_secret}, &box = services_.secrets,
                 now](persistence::transaction& tx) { apps::store(tx, key, made, box, now); };
    services_.database.transact(wanted_.tenant_id, std::move(keep),
                                [self = shared_from_this()](persistence::result<void> kept) {
                                  if (kept.has_error()) return self->fail("It could not be stored. Try again.");
                                  self->go();
                                });
  }

  void go() {
    const auto now = services_.clock.now();
    const auto verifier = base::random_token(verifier_bytes);
    states::pending made{.id = base::new_uuid(now),
                         .state = base::random_token(state_bytes),
                         .browser = base::random_token(state_bytes),
                         .provider = wanted_.provider,
                         .member_id = wanted_.member_id,
                         .project_id = wanted_.project_id,
                         .verifier = to_secret({verifier, app_.instance}),
                         .purpose = wanted_.purpose};
    connect_started started{.problem = std::nullopt,
                            .authorization_url = by_.start_url(app_, made.state, verifier),
                            .browser_key = made.browser};
    auto keep = [made, &box = services_.secrets, now](persistence::transaction& tx) {
      if (made.project_id && !persistence::projects::exists(tx, *made.project_id)) return false;
      states::store(tx, made, box, now);
      return true;
    };
    services_.database.transact(
        wanted_.tenant_id, std::move(keep),
        [self = shared_from_this(), started = std::move(started)](persistence::result<bool> stored) {
          if (stored.has_error()) return self->fail("It could not be stored. Try again.");
          if (!*stored) return self->fail("There is no such project here.");
          self->done_(started);
        });
  }

  void fail(std::string problem) { done_({.problem = std::move(problem)}); }
  void refuse(std::string problem) { done_({.problem = std::move(problem), .is_instance_wrong = true}); }

  const oauth_connecting::parts& services_;
  const connect_request wanted_;
  connectors::authorizer& by_;
  connectors::oauth_app app_;
  const std::function<void(connect_started)> done_;
};

}  // namespace

base::secret to_secret(const kept_secret& kept) {
  return base::secret{kept.instance.empty() ? kept.verifier : fmt::format("{}\n{}", kept.verifier, kept.instance)};
}

kept_secret read_kept(const std::string& opened) {
  const auto line = opened.find('\n');
  if (line == opened.npos) return {opened, {}};
  return {opened.substr(0, line), opened.substr(line + 1)};
}

apps::app_key key_of(const std::string& provider, const std::string& instance, const connectors::oauth_app& app) {
  return {provider, instance, app.redirect_uri, app.scope};
}

connectors::oauth_app registered(connectors::oauth_app app, const std::string& instance,
                                 const apps::registered_app& known) {
  app.instance = instance;
  app.client_id = known.client_id;
  app.client_secret = known.client_secret;
  return app;
}

void leave_for_platform(const oauth_connecting::parts& services, connect_request wanted, connectors::authorizer& by,
                        connectors::oauth_app app, std::function<void(connect_started)> done) {
  std::make_shared<leaving>(services, std::move(wanted), by, std::move(app), std::move(done))->start();
}

}  // namespace pulse::actors
