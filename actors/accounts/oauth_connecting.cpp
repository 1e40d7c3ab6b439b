#include "actors/accounts/oauth_connecting.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/secure.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "domain/publishing/channel.hpp"
#include "persistence/publishing/channels.hpp"
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

constexpr std::size_t state_bytes = 32;
constexpr std::size_t verifier_bytes = 48;  // 64 characters, RFC 7636 §4.1 wants 43 to 128

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

logins::connection to_connection(const authorization& got, const states::taken& began, const std::string& provider,
                                 std::optional<base::timestamp> refresh_at, base::timestamp now) {
  logins::connection made{.id = base::new_uuid(now),
                          .provider = provider,
                          .external_user_id = got.user_id,
                          .name = got.user_name,
                          .member_id = began.member_id,
                          .purpose = began.purpose,
                          .given = {got.tokens.access_token, got.tokens.refresh_token, got.tokens.expires_at,
                                    got.tokens.refresh_expires_at, got.tokens.scope, refresh_at},
                          .accounts = {}};
  // A member who likes and comments gives nothing to publish as.
  if (began.purpose == domain::login_purpose::engage) return made;
  for (const auto& each : got.accounts) {
    const bool shares = each.access_token.reveal() == got.tokens.access_token.reveal();
    made.accounts.push_back({each.platform, each.external_user_id, each.handle, each.name, each.access_token, shares});
  }
  return made;
}

/// One return from a platform; keeps itself alive until it has called back.
class returning : public std::enable_shared_from_this<returning> {
 public:
  returning(const oauth_connecting::parts& with, domain::oauth_provider provider, connect_return back,
            std::function<void(connect_finished)> done)
      : with_(with), provider_(provider), back_(std::move(back)), done_(std::move(done)) {}

  void start() {
    const auto now = with_.clock.now();
    auto take = [state = back_.state, browser = back_.browser_key, name = back_.provider,
                 now](persistence::transaction& tx) { return states::take(tx, state, browser, name, now); };
    with_.database.transact(std::nullopt, std::move(take),
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
    std::string missing;
    const auto app = app_in(with_.settings, provider_, missing);
    const auto found = with_.providers.find(back_.provider);
    auto verifier = with_.secrets.open(began.verifier.value, states::verifier_place(began.tenant_id, began.id));
    if (!app || found == with_.providers.end() || verifier.has_error()) return end("error", "not_configured");
    authorizer_ = found->second.get();
    authorizer_->exchange(*app, back_.code, std::move(*verifier),
                          [self = shared_from_this()](authorized<authorization> got) { self->read(std::move(got)); });
  }

  void read(authorized<authorization> got) {
    if (got.has_error()) {
      spdlog::warn("Connecting an account at {} failed: {}", back_.provider, got.error().reason);
      return end("error", word_of(got.error().why));
    }
    const auto now = with_.clock.now();
    const auto made = to_connection(*got, began_, back_.provider, refresh_time(*authorizer_, got->tokens, now), now);
    if (began_.purpose == domain::login_purpose::engage) return keep_own(made, now);
    const bool is_only_one = got->accounts.size() == 1;
    auto keep = [made, project = is_only_one ? began_.project_id : std::nullopt, only = got->accounts.front(),
                 &box = with_.secrets, now](persistence::transaction& tx) {
      const auto ids = logins::store(tx, made, box, now);
      if (!project || !persistence::projects::exists(tx, *project)) return ids.size();
      persistence::channels::insert(tx,
                                    {.id = base::new_uuid(now),
                                     .project_id = *project,
                                     .type = only.platform,
                                     .name = channel_name(only.platform, only),
                                     .account_id = ids.front()},
                                    now);
      return ids.size();
    };
    const bool has_channel = is_only_one && began_.project_id;
    with_.database.transact(began_.tenant_id, std::move(keep),
                            [self = shared_from_this(), has_channel](persistence::result<std::size_t> stored) {
                              if (stored.has_error()) return self->end("error", "unavailable");
                              self->end(has_channel ? "connected" : "choose", "", *stored);
                            });
  }

  /// A member's own login: there is nothing to choose.
  void keep_own(const logins::connection& made, base::timestamp now) {
    auto keep = [made, &box = with_.secrets, now](persistence::transaction& tx) {
      return logins::store(tx, made, box, now).size();
    };
    with_.database.transact(began_.tenant_id, std::move(keep),
                            [self = shared_from_this()](persistence::result<std::size_t> stored) {
                              if (stored.has_error()) return self->end("error", "unavailable");
                              self->end("connected", "");
                            });
  }

  void end(std::string_view result, std::string_view reason, std::size_t accounts = 0) {
    std::vector<std::pair<std::string, std::string>> query{{"provider", back_.provider},
                                                           {"result", std::string{result}}};
    if (!reason.empty()) query.emplace_back("reason", std::string{reason});
    if (accounts > 0) query.emplace_back("accounts", std::to_string(accounts));
    const bool is_own = began_.purpose == domain::login_purpose::engage;
    auto url = is_own ? with_.public_app_url + "/app/engagement/accounts" : with_.settings[provider_.dashboard_url];
    if (url.empty()) url = with_.public_app_url + "/app/channels";
    url += (url.find('?') == url.npos ? "?" : "&") + connectors::form_encoded(query);
    connect_finished finished{.dashboard_url = std::move(url), .tenant_id = std::nullopt};
    if (accounts > 0) finished.tenant_id = began_.tenant_id;
    done_(std::move(finished));
  }

  const oauth_connecting::parts& with_;
  const domain::oauth_provider provider_;
  const connect_return back_;
  const std::function<void(connect_finished)> done_;
  states::taken began_;
  connectors::authorizer* authorizer_ = nullptr;
};

}  // namespace

std::optional<connectors::oauth_app> app_in(const domain::setting_values& settings,
                                            const domain::oauth_provider& provider, std::string& missing) {
  for (const auto name : {provider.client_id, provider.client_secret, provider.redirect_uri, provider.scope}) {
    if (!settings[name].empty()) continue;
    missing = name;
    return std::nullopt;
  }
  return connectors::oauth_app{.client_id = settings[provider.client_id],
                               .client_secret = base::secret{settings[provider.client_secret]},
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
  const auto found = with_.providers.find(wanted.provider);
  std::string missing;
  const auto app = provider ? app_in(with_.settings, *provider, missing) : std::nullopt;
  if (!app || found == with_.providers.end()) {
    const auto name = provider ? std::string{provider->display_name} : wanted.provider;
    return done({.problem = "This installation cannot connect accounts at " + name + ": the setting " + missing +
                            " is missing.",
                 .is_misconfigured = true});
  }
  const auto now = with_.clock.now();
  states::pending made{.id = base::new_uuid(now),
                       .state = base::random_token(state_bytes),
                       .browser = base::random_token(state_bytes),
                       .provider = wanted.provider,
                       .member_id = wanted.member_id,
                       .project_id = wanted.project_id,
                       .verifier = base::secret{base::random_token(verifier_bytes)},
                       .purpose = wanted.purpose};
  connect_started started{.problem = std::nullopt,
                          .authorization_url = found->second->start_url(*app, made.state, made.verifier.reveal()),
                          .browser_key = made.browser};
  auto keep = [made, &box = with_.secrets, now](persistence::transaction& tx) {
    if (made.project_id && !persistence::projects::exists(tx, *made.project_id)) return false;
    states::store(tx, made, box, now);
    return true;
  };
  with_.database.transact(
      wanted.tenant_id, std::move(keep),
      [started = std::move(started), done = std::move(done)](persistence::result<bool> stored) {
        if (stored.has_value() && *stored) return done(started);
        const bool is_missing = stored.has_value();
        done({.problem = is_missing ? "There is no such project here." : "It could not be stored. Try again."});
      });
}

void oauth_connecting::finish(connect_return back, std::function<void(connect_finished)> done) {
  const auto provider = provider_called(back.provider).value_or(domain::oauth_provider{});
  std::make_shared<returning>(with_, provider, std::move(back), std::move(done))->start();
}

}  // namespace pulse::actors
