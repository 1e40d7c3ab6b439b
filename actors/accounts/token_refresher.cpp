#include "actors/accounts/token_refresher.hpp"

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

#include "actors/accounts/oauth_connecting.hpp"
#include "actors/system/due_rows.hpp"
#include "domain/platforms/oauth.hpp"
#include "persistence/publishing/provider_apps.hpp"
#include "persistence/publishing/social_accounts.hpp"

namespace pulse::actors {

namespace logins = persistence::social_accounts;
using connectors::authorization_failure;
using connectors::authorized;
using connectors::grant;

struct token_refresher::state : std::enable_shared_from_this<token_refresher::state> {
  state(parts services_, options how_) : services(services_), how(how_) {}

  const parts services;
  const options how;
  std::atomic<bool> stopped{false};

  void poll(std::function<void(int)> done) {
    const auto now = services.clock.now();
    auto take = [now, how = how](persistence::transaction& tx) {
      logins::mark_ending(tx, now + how.warn_before, now);
      return logins::take_due(tx, now, now + how.taken_for, how.at_once);
    };
    auto begin = [self = shared_from_this()](const logins::due_refresh& of, const taken_rows_ptr& taken) {
      self->refresh(of, taken);
    };
    take_rows(services.database, std::move(take), std::move(begin), std::move(done));
  }

  /// Tokens that were got with a company's own app are refreshed with that one alone.
  void refresh(const logins::due_refresh& of, const taken_rows_ptr& taken) {
    if (!of.app_client_id) return refresh_with(of, std::nullopt, taken);
    auto look = [name = of.platform, &box = services.secrets](persistence::transaction& tx) {
      return persistence::provider_apps::find(tx, name, box);
    };
    services.database.transact(of.tenant_id, std::move(look),
                               [self = shared_from_this(), of, taken](persistence::result<std::optional<own_app>> own) {
                                 if (own.has_error()) return self->put_off(of, taken);
                                 if (!*own || (*own)->client_id != *of.app_client_id)
                                   return self->refuse(of, "The company's app that it was connected with is gone.",
                                                       taken);
                                 self->refresh_with(of, *own, taken);
                               });
  }

  using own_app = persistence::provider_apps::app_key;

  void refresh_with(const logins::due_refresh& of, const std::optional<own_app>& own, const taken_rows_ptr& taken) {
    const auto provider = services.providers.find(of.platform);
    std::optional<connectors::oauth_app> app;
    std::string missing;
    for (const auto& each : domain::oauth_providers()) {
      if (each.is.name == of.platform) app = app_in(services.settings, each.is, missing, own);
    }
    const auto access =
        services.secrets.open(of.access_token.value, logins::token_place(of.tenant_id, of.id, "access_token"));
    if (provider == services.providers.end() || !app || access.has_error()) return put_off(of, taken);
    grant old{.access_token = base::secret{*access},
              .expires_at = of.expires_at,
              .refresh_token = std::nullopt,
              .refresh_expires_at = of.refresh_expires_at,
              .scope = of.scope,
              .user_id = of.external_user_id};
    if (of.refresh_token) {
      auto token =
          services.secrets.open(of.refresh_token->value, logins::token_place(of.tenant_id, of.id, "refresh_token"));
      if (token.has_error()) return put_off(of, taken);
      old.refresh_token = base::secret{std::move(*token)};
    }
    provider->second->refresh(*app, std::move(old), [self = shared_from_this(), of, taken](authorized<grant> got) {
      self->settle(of, std::move(got), taken);
    });
  }

  void settle(const logins::due_refresh& of, authorized<grant> got, const taken_rows_ptr& taken) {
    if (got.has_value()) return keep(of, *got, taken);
    switch (got.error().why) {
      case authorization_failure::kind::refused: return refuse(of, got.error().reason, taken);
      case authorization_failure::kind::unfinished:
      case authorization_failure::kind::app:
      case authorization_failure::kind::later:
        spdlog::warn("Tokens at {} could not be refreshed: {}", of.platform, got.error().reason);
        return put_off(of, taken);
    }
  }

  void keep(const logins::due_refresh& of, const grant& fresh, const taken_rows_ptr& taken) {
    const auto now = services.clock.now();
    const auto& by = *services.providers.find(of.platform)->second;
    const logins::tokens made{fresh.access_token,       fresh.refresh_token, fresh.expires_at,
                              fresh.refresh_expires_at, fresh.scope,         refresh_time(by, fresh, now)};
    auto write = [of, made, &box = services.secrets, now](persistence::transaction& tx) {
      return logins::store_refreshed(tx, of, made, box, now);
    };
    services.database.transact(std::nullopt, std::move(write), [taken](persistence::result<bool> written) {
      if (written.has_error() || !*written)
        spdlog::error("New tokens could not be stored; the account may have to be connected again");
      taken->settle();
    });
  }

  void put_off(const logins::due_refresh& of, const taken_rows_ptr& taken) {
    const auto now = services.clock.now();
    const auto doubled = how.first_again * (1 << std::min(of.refresh_failures, 10));
    const auto again = now + std::min<std::chrono::seconds>(doubled, how.longest_again);
    auto write = [of, again, now](persistence::transaction& tx) { logins::put_off(tx, of, again, now); };
    services.database.transact(std::nullopt, std::move(write), [taken](persistence::result<void>) { taken->settle(); });
  }

  void refuse(const logins::due_refresh& of, const std::string& reason, const taken_rows_ptr& taken) {
    const auto now = services.clock.now();
    auto write = [of, reason, now](persistence::transaction& tx) {
      logins::refuse(tx, of, reason + " Connect the account again.", now);
    };
    services.database.transact(std::nullopt, std::move(write), [taken](persistence::result<void>) { taken->settle(); });
  }
};

token_refresher::token_refresher(parts services, options how) : state_(std::make_shared<state>(services, how)) {}

void token_refresher::start() { poll_in_batches(state_); }

void token_refresher::poll(std::function<void(int)> done) { state_->poll(std::move(done)); }

void token_refresher::stop() { state_->stopped = true; }

}  // namespace pulse::actors
