#include "sandbox/mastodon/apps.hpp"

#include <algorithm>
#include <utility>

#include "base/secure.hpp"
#include "sandbox/mastodon/requests.hpp"

namespace pulse::sandbox::mastodon {

namespace {

using http::server::verb;

constexpr const char* default_scopes = "read";

verdict refused_page(int status, std::string words) {
  return {http::server::response::text(status, std::move(words)), decision::refused, {}, {}};
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& each : words) all += (all.empty() ? "" : " ") + each;
  return all;
}

bool has(const std::vector<std::string>& words, const std::string& one) {
  return std::find(words.begin(), words.end(), one) != words.end();
}

/// Whether the app has each scope, or a scope above it: "write" includes "write:media".
bool are_within(const std::vector<std::string>& request, const std::vector<std::string>& allowed) {
  return std::all_of(request.begin(), request.end(), [&](const std::string& each) {
    return has(allowed, each) || has(allowed, each.substr(0, each.find(':')));
  });
}

bool is_scope(const std::string& scope) {
  const auto top = scope.substr(0, scope.find(':'));
  return top == "read" || top == "write" || top == "follow" || top == "push" || top == "profile";
}

std::string host_of(const http::server::request& request) { return std::string{request.find("host").value_or("")}; }

}  // namespace

bool app_desk::owns(std::string_view path) const {
  return path == "/api/v1/apps" || path == "/oauth/authorize" || path == "/oauth/token" || path == "/oauth/revoke";
}

verdict app_desk::answer(const http::server::request& request, const std::vector<desk_user>& users,
                         base::timestamp now) {
  if (request.path == "/oauth/authorize" && request.method == verb::get) return authorize(request, users, now);
  if (request.method != verb::post) return refuse(404, "Not Found");
  if (request.path == "/api/v1/apps") return register_app(request, now);
  if (request.path == "/oauth/token") return token(request, now);
  if (request.path == "/oauth/revoke") return revoke(request);
  return refuse(404, "Not Found");
}

verdict app_desk::register_app(const http::server::request& request, base::timestamp) {
  const auto given = read_values(request);
  const auto name = value_of(given, "client_name");
  const auto uris = words_of(value_of(given, "redirect_uris"));
  auto scopes = words_of(value_of(given, "scopes"));
  if (scopes.empty()) scopes = {default_scopes};
  const bool are_addresses = std::all_of(uris.begin(), uris.end(), [](const std::string& each) {
    return each.starts_with("https://") || each.starts_with("http://") || each == "urn:ietf:wg:oauth:2.0:oob";
  });
  if (name.empty()) return refuse(422, "Validation failed: Application name can't be blank");
  if (uris.empty() || !are_addresses) return refuse(422, "Validation failed: Redirect URI must be an absolute URI.");
  if (!std::all_of(scopes.begin(), scopes.end(), is_scope))
    return refuse(422, "Validation failed: Scopes doesn't match configured on the server.");
  const auto id = "sandbox-app-" + base::random_token(12);
  const auto secret = "sandbox-app-secret-" + base::random_token(24);
  app made{host_of(request), name, token_hash(secret), uris, scopes, nullptr};
  boost::json::array addresses;
  for (const auto& each : uris) addresses.emplace_back(each);
  boost::json::array words;
  for (const auto& each : scopes) words.emplace_back(each);
  const boost::json::object record{{"client_id", id},
                                   {"host", made.host},
                                   {"name", name},
                                   {"secret_hash", made.secret_hash},
                                   {"redirect_uris", joined(uris)},
                                   {"scopes", joined(scopes)}};
  apps_.insert_or_assign(id, std::move(made));
  return done(200,
              {{"id", std::to_string(apps_.size())},
               {"name", name},
               {"website", nullptr},
               {"client_id", id},
               {"client_secret", secret},
               {"client_secret_expires_at", 0},
               {"redirect_uri", joined(uris)},
               {"redirect_uris", std::move(addresses)},
               {"scopes", std::move(words)}},
              id, {{"app", record}});
}

verdict app_desk::authorize(const http::server::request& request, const std::vector<desk_user>& users,
                            base::timestamp now) {
  const auto given = read_values(request);
  const auto found = apps_.find(value_of(given, "client_id"));
  if (found == apps_.end() || found->second.host != host_of(request))
    return refused_page(401, "Client authentication failed due to unknown client.");
  auto& one = found->second;
  if (!has(one.redirect_uris, value_of(given, "redirect_uri")))
    return refused_page(400, "The redirect uri included is not valid.");
  auto scopes = words_of(value_of(given, "scope"));
  if (scopes.empty()) scopes = {default_scopes};
  if (!are_within(scopes, one.scopes))
    return refused_page(400, "The requested scope is invalid, unknown, or malformed.");
  if (!one.desk) {
    one.desk = std::make_unique<oauth_desk>(desk_rules{.platform = "Mastodon",
                                                       .authorize_path = "/oauth/authorize",
                                                       .token_path = "/oauth/token",
                                                       .client_id = found->first,
                                                       .client_secret = "",
                                                       .proof = proof_rule::s256,
                                                       .code_life = std::chrono::minutes{10}});
  }
  return {one.desk->authorize(request, users, now), decision::done, {}, {}};
}

app_desk::app* app_desk::client_in(const values& given, const http::server::request& request) {
  const auto found = apps_.find(value_of(given, "client_id"));
  const bool is_client = found != apps_.end() && found->second.host == host_of(request) &&
                         found->second.secret_hash == token_hash(value_of(given, "client_secret"));
  return is_client ? &found->second : nullptr;
}

verdict app_desk::token(const http::server::request& request, base::timestamp now) {
  const auto given = read_values(request);
  auto* one = client_in(given, request);
  if (one == nullptr) return refuse(401, "invalid_client", "Client authentication failed due to unknown client.");
  const auto kind = value_of(given, "grant_type");
  token_holder holder{.user_id = {}, .scope = value_of(given, "scope"), .app_name = one->name};
  if (kind == "client_credentials") {
    if (holder.scope.empty()) holder.scope = default_scopes;
    if (!are_within(words_of(holder.scope), one->scopes))
      return refuse(400, "invalid_scope", "The requested scope is invalid, unknown, or malformed.");
  } else if (kind == "authorization_code") {
    const auto spent = one->desk ? one->desk->spend_with_proof(value_of(given, "code"), value_of(given, "redirect_uri"),
                                                               value_of(given, "code_verifier"), now)
                                 : std::nullopt;
    if (!spent) return refuse(400, "invalid_grant", "The provided authorization grant is invalid, expired, revoked.");
    holder.user_id = spent->user_id;
    holder.scope = spent->scope.empty() ? default_scopes : spent->scope;
  } else {
    return refuse(400, "unsupported_grant_type", "The authorization grant type is not supported.");
  }
  const auto access = "sandbox-" + base::random_token(24);
  const auto hash = token_hash(access);
  tokens_[hash] = holder;
  const auto at = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  return done(
      200, {{"access_token", access}, {"token_type", "Bearer"}, {"scope", holder.scope}, {"created_at", at}},
      holder.user_id,
      {{"token",
        {{"hash", hash}, {"user_id", holder.user_id}, {"scope", holder.scope}, {"app_name", holder.app_name}}}});
}

verdict app_desk::revoke(const http::server::request& request) {
  const auto given = read_values(request);
  auto* one = client_in(given, request);
  if (one == nullptr) return refuse(403, "unauthorized_client", "You are not authorized to revoke this token");
  const auto hash = token_hash(value_of(given, "token"));
  const auto found = tokens_.find(hash);
  if (found != tokens_.end() && found->second.app_name != one->name)
    return refuse(403, "unauthorized_client", "You are not authorized to revoke this token");
  tokens_.erase(hash);
  return done(200, boost::json::object{}, {}, {{"revoked", {{"hash", hash}}}});
}

std::optional<token_holder> app_desk::holder_of(const http::server::request& request) const {
  const auto token = bearer_token(request);
  const auto found = token ? tokens_.find(token_hash(*token)) : tokens_.end();
  return found == tokens_.end() ? std::nullopt : std::optional{found->second};
}

void app_desk::add_token(const std::string& hash, const std::string& user_id) {
  tokens_[hash] = {user_id, "read write", "Pulse"};
}

void app_desk::restore(const boost::json::object& record) {
  const auto part = [&record](std::string_view name) {
    const auto* value = record.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
  };
  if (const auto* one = part("app")) {
    apps_.insert_or_assign(text_at(*one, "client_id"),
                           app{text_at(*one, "host"), text_at(*one, "name"), text_at(*one, "secret_hash"),
                               words_of(text_at(*one, "redirect_uris")), words_of(text_at(*one, "scopes")), nullptr});
  }
  if (const auto* one = part("token"))
    tokens_[text_at(*one, "hash")] = {text_at(*one, "user_id"), text_at(*one, "scope"), text_at(*one, "app_name")};
  if (const auto* one = part("revoked")) tokens_.erase(text_at(*one, "hash"));
}

}  // namespace pulse::sandbox::mastodon
