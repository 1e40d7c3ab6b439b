#include "actors/accounts/token_revoker.hpp"

#include <utility>

#include <fmt/core.h>

#include "actors/accounts/oauth_connecting.hpp"
#include "actors/system/due_rows.hpp"
#include "connectors/roles/revoke.hpp"
#include "domain/platforms/oauth.hpp"
#include "persistence/publishing/instance_apps.hpp"
#include "persistence/publishing/provider_apps.hpp"
#include "persistence/publishing/token_revocations.hpp"

namespace pulse::actors {

namespace rows = persistence::token_revocations;
using connectors::revocation;
using connectors::revocation_kind;

namespace {

std::optional<domain::oauth_provider> provider_called(const std::string& name) {
  for (const auto& each : domain::oauth_providers()) {
    if (each.is.name == name) return each.is;
  }
  return std::nullopt;
}

/// Of "42@mastodon.social"; empty when the account names none.
std::string instance_in(const std::string& external_user_id) {
  const auto at = external_user_id.rfind('@');
  return at == std::string::npos ? std::string{} : external_user_id.substr(at + 1);
}

}  // namespace

struct token_revoker::state : std::enable_shared_from_this<token_revoker::state> {
  state(parts services_, options how_) : services(services_), how(how_) {}

  const parts services;
  const options how;
  std::atomic<bool> stopped{false};

  void poll(std::function<void(int)> done) {
    auto take = [now = services.clock.now(), limit = how.at_once](persistence::transaction& tx) {
      return rows::take_due(tx, now, limit);
    };
    auto begin = [self = shared_from_this()](const rows::due_revocation& of, const taken_rows_ptr& taken) {
      self->begin(of, taken);
    };
    take_rows(services.database, std::move(take), std::move(begin), std::move(done));
  }

  static std::string name_of(const rows::due_revocation& of) {
    const auto provider = provider_called(of.provider);
    return provider ? std::string{provider->display_name} : of.provider;
  }

  void begin(const rows::due_revocation& of, const taken_rows_ptr& taken) {
    const auto found = services.providers.find(of.provider);
    auto* const by =
        found == services.providers.end() ? nullptr : dynamic_cast<connectors::revokes*>(found->second.get());
    if (by == nullptr)
      return finish(of, {revocation_kind::refused, name_of(of) + " lets no program give tokens back."}, taken);
    if (of.is_shared && by->is_of_person()) {
      return finish(of,
                    {revocation_kind::refused,
                     fmt::format("Another connection of the same person at {} is in use.", name_of(of))},
                    taken);
    }
    if (!of.app_client_id) return go_on(of, *by, std::nullopt, taken);
    auto look = [name = of.provider, &box = services.secrets](persistence::transaction& tx) {
      return persistence::provider_apps::find(tx, name, box);
    };
    services.database.transact(
        of.tenant_id, std::move(look),
        [self = shared_from_this(), of, by, taken](persistence::result<std::optional<own_app>> own) {
          if (own.has_error()) return self->finish(of, {revocation_kind::later, "The database did not answer."}, taken);
          if (!*own || (*own)->client_id != *of.app_client_id)
            return self->finish(of, {revocation_kind::refused, "The app that it was connected with is gone."}, taken);
          self->go_on(of, *by, *own, taken);
        });
  }

  using own_app = persistence::provider_apps::app_key;

  void go_on(const rows::due_revocation& of, connectors::revokes& by, const std::optional<own_app>& own,
             const taken_rows_ptr& taken) {
    const auto found = services.providers.find(of.provider);
    const auto provider = provider_called(of.provider);
    std::string missing;
    auto app = provider ? app_in(services.settings, *provider, missing, own) : std::nullopt;
    if (!app)
      return finish(
          of, {revocation_kind::refused, fmt::format("The app of this installation at {} is not set.", name_of(of))},
          taken);
    const bool has_instances = dynamic_cast<connectors::registers_apps*>(found->second.get()) != nullptr;
    if (!has_instances) return ask(of, by, *app, taken);
    find_instance_app(of, by, *app, taken);
  }

  /// Each instance knows an app of the company's.
  void find_instance_app(const rows::due_revocation& of, connectors::revokes& by, connectors::oauth_app app,
                         const taken_rows_ptr& taken) {
    namespace apps = persistence::instance_apps;
    app.instance = instance_in(of.external_user_id);
    auto find = [key = apps::app_key{of.provider, app.instance, app.redirect_uri, app.scope},
                 &box = services.secrets](persistence::transaction& tx) { return apps::find(tx, key, box); };
    services.database.transact(
        of.tenant_id, std::move(find),
        [self = shared_from_this(), of, &by, app,
         taken](persistence::result<std::optional<apps::registered_app>> known) mutable {
          if (known.has_error())
            return self->finish(of, {revocation_kind::later, "The database did not answer."}, taken);
          if (!*known)
            return self->finish(of, {revocation_kind::refused, "The app that it was connected with is gone."}, taken);
          app.client_id = (*known)->client_id;
          app.client_secret = (*known)->client_secret;
          self->ask(of, by, app, taken);
        });
  }

  void ask(const rows::due_revocation& of, connectors::revokes& by, const connectors::oauth_app& app,
           const taken_rows_ptr& taken) {
    auto access = services.secrets.open(of.access_token.value, rows::token_place(of.tenant_id, of.id, "access_token"));
    if (access.has_error()) return finish(of, {revocation_kind::refused, "The tokens cannot be opened."}, taken);
    connectors::grant old{.access_token = base::secret{std::move(*access)}, .user_id = of.external_user_id};
    if (of.refresh_token) {
      auto refresh =
          services.secrets.open(of.refresh_token->value, rows::token_place(of.tenant_id, of.id, "refresh_token"));
      if (!refresh.has_error()) old.refresh_token = base::secret{std::move(*refresh)};
    }
    by.revoke(app, std::move(old),
              [self = shared_from_this(), of, taken](revocation got) { self->finish(of, std::move(got), taken); });
  }

  /// A failed revocation is retried at the time in its row, until the maximum number of tries is reached.
  void finish(const rows::due_revocation& of, const revocation& got, const taken_rows_ptr& taken) {
    if (got.kind == revocation_kind::later && of.attempts < rows::most_attempts) return taken->settle();
    std::optional<std::string> why_not;
    if (got.kind != revocation_kind::revoked) why_not = got.reason;
    auto write = [of, name = name_of(of), why_not, now = services.clock.now()](persistence::transaction& tx) {
      rows::finish(tx, of, name, why_not, now);
    };
    services.database.transact(std::nullopt, std::move(write), [taken](persistence::result<void>) { taken->settle(); });
  }
};

token_revoker::token_revoker(parts services, options how) : state_(std::make_shared<state>(services, how)) {}

void token_revoker::start() { poll_in_batches(state_); }

void token_revoker::poll(std::function<void(int)> done) { state_->poll(std::move(done)); }

void token_revoker::stop() { state_->stopped = true; }

}  // namespace pulse::actors
