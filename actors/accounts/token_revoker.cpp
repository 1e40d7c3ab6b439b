#include "actors/accounts/token_revoker.hpp"

#include <utility>
#include <vector>

#include "actors/accounts/oauth_connecting.hpp"
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
  state(parts with_, options how_) : with(with_), how(how_) {}

  const parts with;
  const options how;
  std::atomic<bool> stopped{false};

  /// Calls `done(count)` when the last of a look is settled.
  struct look_result {
    std::atomic<int> left;
    int count;
    std::function<void(int)> done;
    void settle() {
      if (--left == 0) done(count);
    }
  };
  using result_ptr = std::shared_ptr<look_result>;

  void go_on() {
    if (stopped) return;
    look([self = shared_from_this()](int) {
      if (self->stopped) return;
      self->with.client.after(self->how.pause, [self] { self->go_on(); });
    });
  }

  void look(std::function<void(int)> done) {
    auto take = [now = with.clock.now(), limit = how.at_once](persistence::transaction& tx) {
      return rows::take_due(tx, now, limit);
    };
    with.database.transact(std::nullopt, std::move(take),
                           [self = shared_from_this(),
                            done = std::move(done)](persistence::result<std::vector<rows::due_revocation>> due) {
                             if (due.has_error() || due->empty()) return done(0);
                             auto result = std::make_shared<look_result>();
                             result->left = result->count = static_cast<int>(due->size());
                             result->done = done;
                             for (const auto& each : *due) self->begin(each, result);
                           });
  }

  static std::string name_of(const rows::due_revocation& of) {
    const auto provider = provider_called(of.provider);
    return provider ? std::string{provider->display_name} : of.provider;
  }

  void begin(const rows::due_revocation& of, const result_ptr& result) {
    const auto found = with.providers.find(of.provider);
    auto* const by = found == with.providers.end() ? nullptr : dynamic_cast<connectors::revokes*>(found->second.get());
    if (by == nullptr)
      return finish(of, {revocation_kind::refused, name_of(of) + " lets no program give tokens back."}, result);
    if (of.is_shared && by->is_of_person()) {
      return finish(
          of, {revocation_kind::refused, "Another connection of the same person at " + name_of(of) + " is in use."},
          result);
    }
    if (!of.app_client_id) return go_on(of, *by, std::nullopt, result);
    auto look = [name = of.provider, &box = with.secrets](persistence::transaction& tx) {
      return persistence::provider_apps::find(tx, name, box);
    };
    with.database.transact(
        of.tenant_id, std::move(look),
        [self = shared_from_this(), of, by, result](persistence::result<std::optional<own_app>> own) {
          if (own.has_error())
            return self->finish(of, {revocation_kind::later, "The database did not answer."}, result);
          if (!*own || (*own)->client_id != *of.app_client_id)
            return self->finish(of, {revocation_kind::refused, "The app that it was connected with is gone."}, result);
          self->go_on(of, *by, *own, result);
        });
  }

  using own_app = persistence::provider_apps::app_key;

  void go_on(const rows::due_revocation& of, connectors::revokes& by, const std::optional<own_app>& own,
             const result_ptr& result) {
    const auto found = with.providers.find(of.provider);
    const auto provider = provider_called(of.provider);
    std::string missing;
    auto app = provider ? app_in(with.settings, *provider, missing, own) : std::nullopt;
    if (!app)
      return finish(of, {revocation_kind::refused, "The app of this installation at " + name_of(of) + " is not set."},
                    result);
    const bool has_instances = dynamic_cast<connectors::registers_apps*>(found->second.get()) != nullptr;
    if (!has_instances) return ask(of, by, *app, result);
    find_instance_app(of, by, *app, result);
  }

  /// Each instance knows an app of the company's.
  void find_instance_app(const rows::due_revocation& of, connectors::revokes& by, connectors::oauth_app app,
                         const result_ptr& result) {
    namespace apps = persistence::instance_apps;
    app.instance = instance_in(of.external_user_id);
    auto find = [key = apps::app_key{of.provider, app.instance, app.redirect_uri, app.scope},
                 &box = with.secrets](persistence::transaction& tx) { return apps::find(tx, key, box); };
    with.database.transact(
        of.tenant_id, std::move(find),
        [self = shared_from_this(), of, &by, app,
         result](persistence::result<std::optional<apps::registered_app>> known) mutable {
          if (known.has_error())
            return self->finish(of, {revocation_kind::later, "The database did not answer."}, result);
          if (!*known)
            return self->finish(of, {revocation_kind::refused, "The app that it was connected with is gone."}, result);
          app.client_id = (*known)->client_id;
          app.client_secret = (*known)->client_secret;
          self->ask(of, by, app, result);
        });
  }

  void ask(const rows::due_revocation& of, connectors::revokes& by, const connectors::oauth_app& app,
           const result_ptr& result) {
    auto access = with.secrets.open(of.access_token.value, rows::token_place(of.tenant_id, of.id, "access_token"));
    if (access.has_error()) return finish(of, {revocation_kind::refused, "The tokens cannot be opened."}, result);
    connectors::grant old{.access_token = base::secret{std::move(*access)}, .user_id = of.external_user_id};
    if (of.refresh_token) {
      auto refresh =
          with.secrets.open(of.refresh_token->value, rows::token_place(of.tenant_id, of.id, "refresh_token"));
      if (!refresh.has_error()) old.refresh_token = base::secret{std::move(*refresh)};
    }
    by.revoke(app, std::move(old),
              [self = shared_from_this(), of, result](revocation got) { self->finish(of, std::move(got), result); });
  }

  /// What could not be asked is tried again at the time that the row says, unless that was often enough.
  void finish(const rows::due_revocation& of, const revocation& got, const result_ptr& result) {
    if (got.kind == revocation_kind::later && of.attempts < rows::most_attempts) return result->settle();
    std::optional<std::string> why_not;
    if (got.kind != revocation_kind::revoked) why_not = got.reason;
    auto write = [of, name = name_of(of), why_not, now = with.clock.now()](persistence::transaction& tx) {
      rows::finish(tx, of, name, why_not, now);
    };
    with.database.transact(std::nullopt, std::move(write), [result](persistence::result<void>) { result->settle(); });
  }
};

token_revoker::token_revoker(parts with, options how) : state_(std::make_shared<state>(with, how)) {}

void token_revoker::start() { state_->go_on(); }

void token_revoker::look(std::function<void(int)> done) { state_->look(std::move(done)); }

void token_revoker::stop() { state_->stopped = true; }

}  // namespace pulse::actors
