#include "actors/accounts/oauth_connecting.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include "actors/accounts/oauth_leaving.hpp"
#include "base/secure.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "domain/publishing/channel.hpp"
#include "persistence/publishing/channels.hpp"
#include "persistence/publishing/instance_apps.hpp"
#include "persistence/publishing/oauth_states.hpp"
#include "persistence/publishing/projects.hpp"
#include "persistence/publishing/social_accounts.hpp"

namespace pulse::actors {

namespace {

namespace states = persistence::oauth_states;
namespace logins = persistence::social_accounts;
using connectors::authorization;
using connectors::authorization_failure;
using connectors::authorized;

namespace apps = persistence::instance_apps;
namespace own_apps = persistence::provider_apps;

std::optional<domain::oauth_provider> provider_called(const std::string& name) {
  for (const auto& each : domain::oauth_providers()) {
    if (each.is.name == name) return each.is;
  }
  return std::nullopt;
}

std::string_view word_of(authorization_failure::kind why) {
  switch (why) {
    case authorization_failure::kind::refused: return "refused";
    case authorization_failure::kind::unfinished: return "unfinished";
    case authorization_failure::kind::app: return "app_refused";
    case authorization_failure::kind::later: return "platform_unavailable";
  }
  return "refused";
}

/// "X @acme", for people to tell channels apart.
std::string channel_name(domain::channel_type type, const connectors::found_account& account) {
  std::string name{domain::display_name(type)};
  const auto& who = account.name.empty() ? account.handle : account.name;
  if (!who.empty()) name += " " + who;
  std::size_t room = persistence::channels::name_characters_max;
  std::size_t end = 0;
  while (end < name.size()) {
    if ((static_cast<unsigned char>(name[end]) & 0xc0) != 0x80 && room-- == 0) break;
    ++end;
  }
  name.resize(end);
  return name;
}

/// Who connects, and where a channel is to be made.
struct beginner {
  base::uuid tenant_id;
  base::uuid member_id;
  std::optional<base::uuid> project_id;
  domain::login_purpose purpose = domain::login_purpose::publish;
  bool needs_project = false;  // nothing is stored when it is gone; else the accounts are there to choose from
  std::optional<std::string> app_client_id =
      std::nullopt;  // of the company's own app, where it was connected through that
};

logins::connection to_connection(const authorization& got, const std::string& provider, const beginner& who,
                                 std::optional<base::timestamp> refresh_at, base::timestamp now) {
  logins::connection made{.id = base::new_uuid(now),
                          .provider = provider,
                          .external_user_id = got.user_id,
                          .name = got.user_name,
                          .member_id = who.member_id,
                          .purpose = who.purpose,
                          .app_client_id = who.app_client_id,
                          .given = {got.tokens.access_token, got.tokens.refresh_token, got.tokens.expires_at,
                                    got.tokens.refresh_expires_at, got.tokens.scope, refresh_at},
                          .accounts = {}};
  // A member who likes and comments gives nothing to publish as.
  if (who.purpose == domain::login_purpose::engage) return made;
  for (const auto& each : got.accounts) {
    const bool shares = each.access_token.reveal() == got.tokens.access_token.reveal();
    made.accounts.push_back({each.platform, each.external_user_id, each.handle, each.name, each.access_token, shares});
  }
  return made;
}

struct stored_accounts {
  std::size_t accounts = 0;
  bool has_channel = false;
  bool is_project_missing = false;
};

/// Stores what a person has allowed. With one account and a project its channel is made at once.
void store(const oauth_connecting::parts& services, const std::string& provider, const connectors::authorizer& by,
           const authorization& got, const beginner& who,
           std::function<void(persistence::result<stored_accounts>)> done) {
  const auto now = services.clock.now();
  const auto made = to_connection(got, provider, who, refresh_time(by, got.tokens, now), now);
  const bool is_only_one = made.accounts.size() == 1;
  auto keep = [made, project = is_only_one ? who.project_id : std::nullopt,
               only = is_only_one ? got.accounts.front() : connectors::found_account{},
               needs_project = who.needs_project, &box = services.secrets, now](persistence::transaction& tx) {
    stored_accounts stored;
    stored.is_project_missing = project && !persistence::projects::exists(tx, *project);
    if (stored.is_project_missing && needs_project) return stored;
    const auto ids = logins::store(tx, made, box, now);
    stored.accounts = ids.size();
    stored.has_channel = project && !stored.is_project_missing;
    if (!stored.has_channel) return stored;
    persistence::channels::insert(tx,
                                  {.id = base::new_uuid(now),
                                   .project_id = *project,
                                   .type = only.platform,
                                   .name = channel_name(only.platform, only),
                                   .account_id = ids.front()},
                                  now);
    return stored;
  };
  services.database.transact(who.tenant_id, std::move(keep), std::move(done));
}

/// One return from a platform; keeps itself alive until it has called back.
class returning : public std::enable_shared_from_this<returning> {
 public:
  returning(const oauth_connecting::parts& services, domain::oauth_provider provider, connect_return back,
            std::function<void(connect_finished)> done)
      : services_(services), provider_(provider), back_(std::move(back)), done_(std::move(done)) {}

  void start() {
    const auto now = services_.clock.now();
    auto take = [state = back_.state, browser = back_.browser_key, name = back_.provider,
                 now](persistence::transaction& tx) { return states::take(tx, state, browser, name, now); };
    services_.database.transact(std::nullopt, std::move(take),
                                [self = shared_from_this()](persistence::result<std::optional<states::taken>> got) {
                                  if (got.has_error()) return self->end("error", "unavailable");
                                  if (!*got) return self->end("error", "invalid_state");
                                  self->go_on(**got);
                                });
  }

 private:
  void go_on(const states::taken& began) {
    began_ = began;
    if (!back_.error.empty() || back_.code.empty()) return end("denied", "access_denied");
    auto look = [name = back_.provider, &box = services_.secrets](persistence::transaction& tx) {
      return own_apps::find(tx, name, box);
    };
    services_.database.transact(began.tenant_id, std::move(look),
                                [self = shared_from_this()](persistence::result<std::optional<own_apps::app_key>> own) {
                                  if (own.has_error()) return self->end("error", "unavailable");
                                  self->go_on_with(*own);
                                });
  }

  void go_on_with(const std::optional<own_apps::app_key>& own) {
    const auto& began = began_;
    std::string missing;
    app_ = app_in(services_.settings, provider_, missing, own);
    if (own) own_client_id_ = own->client_id;
    const auto found = services_.providers.find(back_.provider);
    if (!app_ || found == services_.providers.end()) return end("error", "not_configured");
    const auto opened = services_.secrets.open(began.verifier.value, states::verifier_place(began.tenant_id, began.id));
    if (opened.has_error()) return end("error", "not_configured");
    kept_ = read_kept(*opened);
    authorizer_ = found->second.get();
    if (kept_.instance.empty()) return exchange();
    auto look = [key = key_of(back_.provider, kept_.instance, *app_),
                 &box = services_.secrets](persistence::transaction& tx) { return apps::find(tx, key, box); };
    services_.database.transact(
        began.tenant_id, std::move(look),
        [self = shared_from_this()](persistence::result<std::optional<apps::registered_app>> known) {
          if (known.has_error()) return self->end("error", "unavailable");
          if (!*known) return self->end("error", word_of(authorization_failure::kind::app));
          self->app_ = registered(*self->app_, self->kept_.instance, **known);
          self->exchange();
        });
  }

  void exchange() {
    authorizer_->exchange(*app_, back_.code, kept_.verifier,
                          [self = shared_from_this()](authorized<authorization> got) { self->read(std::move(got)); });
  }

  void read(authorized<authorization> got) {
    if (got.has_error()) {
      spdlog::warn("Connecting an account at {} failed: {}", back_.provider, got.error().reason);
      if (got.error().why == authorization_failure::kind::app && !kept_.instance.empty()) return forget_app();
      return end("error", word_of(got.error().why));
    }
    const beginner who{.tenant_id = began_.tenant_id,
                       .member_id = began_.member_id,
                       .project_id = began_.project_id,
                       .purpose = began_.purpose,
                       .app_client_id = own_client_id_};
    store(services_, back_.provider, *authorizer_, *got, who,
          [self = shared_from_this()](persistence::result<stored_accounts> stored) {
            if (stored.has_error()) return self->end("error", "unavailable");
            // Of a member's own login there is nothing to choose.
            const bool is_own = self->began_.purpose == domain::login_purpose::engage;
            self->end(is_own || stored->has_channel ? "connected" : "choose", "", stored->accounts);
          });
  }

  /// An instance that no longer knows the app gets a new one the next time.
  void forget_app() {
    const auto app = key_of(back_.provider, kept_.instance, *app_);
    auto forget = [app](persistence::transaction& tx) { apps::forget(tx, app); };
    services_.database.transact(began_.tenant_id, std::move(forget),
                                [self = shared_from_this()](persistence::result<void>) {
                                  self->end("error", word_of(authorization_failure::kind::app));
                                });
  }

  void end(std::string_view result, std::string_view reason, std::size_t accounts = 0) {
    std::vector<std::pair<std::string, std::string>> query{{"provider", back_.provider},
                                                           {"result", std::string{result}}};
    if (!reason.empty()) query.emplace_back("reason", std::string{reason});
    if (accounts > 0) query.emplace_back("accounts", std::to_string(accounts));
    const bool is_own = began_.purpose == domain::login_purpose::engage;
    auto url =
        is_own ? services_.public_app_url + "/app/engagement/accounts" : services_.settings[provider_.dashboard_url];
    if (url.empty()) url = services_.public_app_url + "/app/channels";
    url += (url.find('?') == url.npos ? "?" : "&") + connectors::form_encoded(query);
    connect_finished finished{.dashboard_url = std::move(url), .tenant_id = std::nullopt};
    if (accounts > 0) finished.tenant_id = began_.tenant_id;
    done_(std::move(finished));
  }

  const oauth_connecting::parts& services_;
  const domain::oauth_provider provider_;
  const connect_return back_;
  const std::function<void(connect_finished)> done_;
  states::taken began_;
  kept_secret kept_;
  std::optional<connectors::oauth_app> app_;
  std::optional<std::string> own_client_id_;
  connectors::authorizer* authorizer_ = nullptr;
};

}  // namespace

std::optional<connectors::oauth_app> app_in(const domain::setting_values& settings,
                                            const domain::oauth_provider& provider, std::string& missing,
                                            const std::optional<persistence::provider_apps::app_key>& own) {
  for (const auto name : {provider.client_id, provider.client_secret, provider.redirect_uri, provider.scope}) {
    const bool is_key = name == provider.client_id || name == provider.client_secret;
    if (name.empty() || !settings[name].empty() || (own && is_key)) continue;
    missing = name;
    return std::nullopt;
  }
  return connectors::oauth_app{
      .client_id = own ? own->client_id : settings[provider.client_id],
      .client_secret = own ? own->client_secret : base::secret{settings[provider.client_secret]},
      .redirect_uri = settings[provider.redirect_uri],
      .scope = settings[provider.scope]};
}

std::optional<base::timestamp> refresh_time(const connectors::authorizer& by, const connectors::grant& tokens,
                                            base::timestamp now) {
  if (!tokens.expires_at || !by.can_refresh(tokens)) return std::nullopt;
  constexpr std::chrono::minutes least_before{5};
  const auto life = *tokens.expires_at - now;
  const auto at = now + std::chrono::duration_cast<base::timestamp::duration>(life * 4 / 5);
  return std::max(now, std::min(at, *tokens.expires_at - least_before));
}

void oauth_connecting::start(connect_request wanted, std::function<void(connect_started)> done) {
  const auto provider = provider_called(wanted.provider);
  const auto found = services_.providers.find(wanted.provider);
  auto look = [name = wanted.provider, &box = services_.secrets](persistence::transaction& tx) {
    return own_apps::find(tx, name, box);
  };
  auto go_on = [&services = services_, provider,
                by = found == services_.providers.end() ? nullptr : found->second.get(), wanted,
                done = std::move(done)](persistence::result<std::optional<own_apps::app_key>> own) {
    if (own.has_error()) return done({.problem = "It could not be read. Try again."});
    std::string missing;
    const auto app = provider ? app_in(services.settings, *provider, missing, *own) : std::nullopt;
    if (!app || by == nullptr) {
      const auto name = provider ? std::string{provider->display_name} : wanted.provider;
      return done({.problem = fmt::format("This installation cannot connect accounts at {}: the setting {} is missing.",
                                          name, missing),
                   .is_misconfigured = true});
    }
    leave_for_platform(services, wanted, *by, *app, done);
  };
  services_.database.transact(wanted.tenant_id, std::move(look), std::move(go_on));
}

void oauth_connecting::finish(connect_return back, std::function<void(connect_finished)> done) {
  const auto provider = provider_called(back.provider).value_or(domain::oauth_provider{});
  std::make_shared<returning>(services_, provider, std::move(back), std::move(done))->start();
}

void oauth_connecting::sign_in(connect_password given, std::function<void(connect_signed_in)> done) {
  using kind = connect_signed_in::kind;
  const auto found = services_.providers.find(given.provider);
  auto* by = found == services_.providers.end() ? nullptr : dynamic_cast<connectors::signs_in*>(found->second.get());
  if (by == nullptr) return done({kind::not_configured, "Accounts cannot be connected so here."});
  const beginner who{.tenant_id = given.tenant_id,
                     .member_id = given.member_id,
                     .project_id = given.project_id,
                     .needs_project = true};
  auto read = [&services = services_, provider = given.provider, &authorizer = *found->second, who,
               done = std::move(done)](authorized<authorization> got) {
    if (got.has_error() || got->accounts.empty()) {
      const auto why = got.has_error() ? got.error() : authorization_failure{};
      const bool is_passing = why.why == authorization_failure::kind::later;
      return done({is_passing ? kind::later : kind::refused, why.reason});
    }
    store(services, provider, authorizer, *got, who, [done](persistence::result<stored_accounts> stored) {
      if (stored.has_error()) return done({kind::later, "It could not be stored. Try again."});
      if (stored->is_project_missing) return done({kind::unknown_project, "There is no such project here."});
      done({stored->has_channel ? kind::connected : kind::choose, "", static_cast<int>(stored->accounts)});
    });
  };
  by->sign_in(std::move(given.identifier), std::move(given.password), std::move(read));
}

}  // namespace pulse::actors
