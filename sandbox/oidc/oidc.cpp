#include "sandbox/oidc/oidc.hpp"

#include <utility>

#include <fmt/core.h>

#include "sandbox/core/replies.hpp"

namespace pulse::sandbox::oidc {

namespace {

constexpr std::string_view client_id = "sandbox-company-app";
constexpr std::chrono::seconds token_life{600};

std::string issuer_of(const http::server::request& request) {
  return fmt::format("http://{}/oidc", request.find("host").value_or("localhost"));
}

std::int64_t seconds_of(base::timestamp at) {
  return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
}

std::string text_of(const boost::json::object& from, std::string_view name) {
  const auto* found = from.if_contains(name);
  return found != nullptr && found->is_string() ? std::string{found->get_string().c_str()} : std::string{};
}

}  // namespace

oidc_platform::oidc_platform()
    : people_{{"1", {"Pulse Demo", "owner@controlcenter.local", true}},
              {"2", {"Nora New", "nora.new@controlcenter.local", true}},
              {"3", {"Uma Unverified", "uma@controlcenter.local", false}}},
      desk_({.platform = "Sandbox company sign-in",
             .authorize_path = "/authorize",
             .token_path = "/token",
             .client_id = std::string{client_id},
             .client_secret = "sandbox-company-secret",
             .how = client_auth::basic,
             .proof = proof_rule::s256,
             .asks_nonce = true}) {}

std::string oidc_platform::account_of(const http::server::request& request) const {
  const auto token = bearer_token(request);
  const auto found = token ? people_by_token_.find(token_hash(*token)) : people_by_token_.end();
  return found == people_by_token_.end() ? std::string{} : found->second;
}

http::server::response oidc_platform::failure(int status) const {
  return json_reply(status, {{"error", "server_error"}, {"error_description", "The sandbox fails as it was told."}});
}

boost::json::object oidc_platform::document(const std::string& issuer) const {
  return {{"issuer", issuer},
          {"authorization_endpoint", issuer + "/authorize"},
          {"token_endpoint", issuer + "/token"},
          {"jwks_uri", issuer + "/keys"},
          {"userinfo_endpoint", issuer + "/userinfo"},
          {"response_types_supported", boost::json::array{"code"}},
          {"subject_types_supported", boost::json::array{"public"}},
          {"code_challenge_methods_supported", boost::json::array{"S256"}},
          {"token_endpoint_auth_methods_supported", boost::json::array{"client_secret_basic"}},
          {"id_token_signing_alg_values_supported", boost::json::array{"RS256"}}};
}

boost::json::object oidc_platform::claims_of(const std::string& id) const {
  const auto& who = people_.at(id);
  return {{"sub", id}, {"name", who.name}, {"email", who.email}, {"email_verified", who.is_verified}};
}

verdict oidc_platform::give_tokens(const http::server::request& request, const std::string& issuer,
                                   base::timestamp now) {
  auto got = desk_.token(request, now);
  if (!got.is_granted) return {std::move(got.response), decision::refused, {}, {}};
  people_by_token_[got.access_hash] = got.user_id;
  auto claims = claims_of(got.user_id);
  claims["iss"] = issuer;
  claims["aud"] = client_id;
  claims["iat"] = seconds_of(now);
  claims["exp"] = seconds_of(now + token_life);
  claims["nonce"] = got.nonce;
  for (const auto& [name, value] : instead_) claims[name] = value;
  auto body = boost::json::parse(got.response.body).as_object();
  body["id_token"] = tokens_.sign(claims);
  return {json_reply(200, body), decision::done, got.user_id, {}};
}

verdict oidc_platform::answer(const http::server::request& request, base::timestamp now) {
  const auto issuer = issuer_of(request);
  const auto did = [](http::server::response made) { return verdict{std::move(made), decision::done, {}, {}}; };
  if (request.path == "/.well-known/openid-configuration") return did(json_reply(200, document(issuer)));
  if (request.path == "/keys") return did(json_reply(200, tokens_.key_set()));
  if (desk_.is_token_call(request.path)) return give_tokens(request, issuer, now);
  if (desk_.owns(request.path)) {
    std::vector<desk_user> shown;
    for (const auto& [id, who] : people_) shown.push_back({id, who.name});
    return did(desk_.authorize(request, shown, now));
  }
  if (request.path == "/userinfo") {
    const auto id = account_of(request);
    if (!id.empty()) return did(json_reply(200, claims_of(id)));
    return {json_reply(401, {{"error", "invalid_token"}}), decision::refused, {}, {}};
  }
  return {json_reply(404, {{"error", "not_found"}}), decision::refused, {}, {}};
}

complaint oidc_platform::add_account(const boost::json::object& command, const std::string& token_hash) {
  const auto id = text_of(command, "user_id");
  if (id.empty()) return "user_id is missing";
  const auto* verified = command.if_contains("email_verified");
  people_[id] = {text_of(command, "name"), text_of(command, "email"),
                 verified == nullptr || (verified->is_bool() && verified->get_bool())};
  people_by_token_[token_hash] = id;
  return std::nullopt;
}

complaint oidc_platform::set_limits(const boost::json::object& command) {
  for (const auto& [name, value] : command) {
    if (name == "platform") continue;
    if (name == "rotate_keys") {
      tokens_.rotate();
    } else if (name == "claims" && value.is_object()) {
      instead_ = value.get_object();
    } else {
      return "there are rotate_keys and claims";
    }
  }
  return std::nullopt;
}

boost::json::object oidc_platform::state() const {
  boost::json::array people;
  for (const auto& [id, who] : people_) people.push_back(claims_of(id));
  return {{"people", std::move(people)}};
}

}  // namespace pulse::sandbox::oidc
