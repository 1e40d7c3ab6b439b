#include "actors/people/oidc_identity_providers.hpp"

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

namespace pulse::actors {

namespace {

namespace oidc = connectors::oidc;

constexpr std::size_t email_bytes_max = 254;
constexpr std::size_t name_bytes_max = 120;

identity_trouble trouble_of(oidc::failure::kind why) {
  switch (why) {
    case oidc::failure::kind::misconfigured: return identity_trouble::not_configured;
    case oidc::failure::kind::refused: return identity_trouble::refused;
    case oidc::failure::kind::forged: return identity_trouble::forged;
    case oidc::failure::kind::unavailable: return identity_trouble::unavailable;
  }
  return identity_trouble::unavailable;
}

/// In lower case, of printable ASCII with one @; empty for anything else.
std::string clean_email(std::string text) {
  const bool is_plain = text.size() <= email_bytes_max && std::count(text.begin(), text.end(), '@') == 1 &&
                        std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (!is_plain || text.starts_with('@') || text.ends_with('@')) return {};
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

/// Without control characters, cut between two characters.
std::string clean_name(std::string text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
  if (text.size() <= name_bytes_max) return text;
  std::size_t end = name_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  text.resize(end);
  return text;
}

identity_found to_found(const std::string& issuer, oidc::identity got) {
  identity_found made;
  made.issuer = issuer;
  made.subject = std::move(got.subject);
  if (got.is_email_verified) made.email = clean_email(std::move(got.email));
  made.name = clean_name(std::move(got.name));
  made.access_token = std::move(got.tokens.access_token);
  made.refresh_token = std::move(got.tokens.refresh_token);
  made.expires_at = got.tokens.expires_at;
  made.refresh_expires_at = got.tokens.refresh_expires_at;
  made.scope = std::move(got.tokens.scope);
  return made;
}

}  // namespace

bool oidc_identity_providers::has_linkedin() const {
  return !settings_["LINKEDIN_CLIENT_ID"].empty() && !settings_["LINKEDIN_CLIENT_SECRET"].empty();
}

oidc::provider oidc_identity_providers::to_provider(const identity_provider& at) const {
  if (!at.is_linkedin)
    return {.issuer = at.issuer,
            .client_id = at.client_id,
            .client_secret = at.client_secret,
            .redirect_uri = at.redirect_uri,
            .scope = "openid profile email",
            .address = connectors::trust::user_given};
  // LinkedIn: the secret in the body, no proof key.
  return {.issuer = settings_["LINKEDIN_OAUTH_BASE_URL"] + "/oauth",
          .client_id = settings_["LINKEDIN_CLIENT_ID"],
          .client_secret = base::secret{settings_["LINKEDIN_CLIENT_SECRET"]},
          .redirect_uri = settings_["LINKEDIN_AUTH_REDIRECT_URI"],
          .scope = settings_["LINKEDIN_SIGN_IN_SCOPE"],
          .address = connectors::trust::platform,
          .is_nonce_told = false,
          .takes_proof_key = false,
          .is_secret_in_body = true};
}

void oidc_identity_providers::look(identity_provider at, std::function<void(identity_started)> done) {
  client_.look(to_provider(at), [done = std::move(done)](oidc::answer<oidc::endpoints> got) {
    if (got.has_error()) return done({trouble_of(got.error().why), got.error().reason});
    done({});
  });
}

void oidc_identity_providers::start(identity_provider at, identity_request with,
                                    std::function<void(identity_started)> done) {
  client_.start(to_provider(at), std::move(with.state), std::move(with.nonce), std::move(with.verifier),
                [done = std::move(done)](oidc::answer<std::string> got) {
                  if (got.has_error()) return done({trouble_of(got.error().why), got.error().reason});
                  done({identity_trouble::none, {}, std::move(*got)});
                });
}

void oidc_identity_providers::identify(identity_provider at, identity_request with, std::string code,
                                       std::function<void(identity_found)> done) {
  auto provider = to_provider(at);
  const auto issuer = provider.issuer;
  client_.identify(std::move(provider), std::move(code), std::move(with.verifier), std::move(with.nonce),
                   [issuer, done = std::move(done)](oidc::answer<oidc::identity> got) {
                     if (got.has_value()) return done(to_found(issuer, std::move(*got)));
                     spdlog::warn("Signing in through {} failed: {}", issuer, got.error().reason);
                     identity_found made;
                     made.trouble = trouble_of(got.error().why);
                     made.reason = got.error().reason;
                     done(std::move(made));
                   });
}

}  // namespace pulse::actors
