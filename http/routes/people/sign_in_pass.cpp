#include "http/routes/people/sign_in_pass.hpp"

#include <fmt/core.h>

#include "base/json.hpp"
#include "base/secure.hpp"
#include "http/api/services.hpp"
#include "http/auth/browser_sessions.hpp"

namespace pulse::http::routes {

namespace {

constexpr std::string_view pass_cookie = "pulse_sign_in";
constexpr std::string_view key_cookie = "pulse_sign_in_key";
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t verifier_bytes = 48;  // 64 characters, RFC 7636 §4.1 wants 43 to 128

/// Lax, because the provider's page leads back by a link.
server::header cookie(const request_context& context, std::string_view name, std::string_view value,
                      std::int64_t seconds) {
  const bool is_secure = context.services.addresses.api_url().starts_with("https://");
  return {"set-cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{}", name, value, seconds,
                                    is_secure ? "; Secure" : "")};
}

}  // namespace

sign_in_pass make_sign_in_pass(base::timestamp now) {
  sign_in_pass made;
  made.state = base::random_token(secret_bytes);
  made.nonce = base::random_token(secret_bytes);
  made.verifier = base::random_token(verifier_bytes);
  made.good_until = now + sign_in_pass_life;
  return made;
}

actors::identity_request to_request(const sign_in_pass& from) { return {from.state, from.nonce, from.verifier}; }

server::header keep_pass(const request_context& context, const sign_in_pass& made) {
  const auto text = context.services.stamps.stamp(stamp_purpose::sign_in_pass, base::json::to_json(made));
  return cookie(context, pass_cookie, text, std::chrono::seconds{sign_in_pass_life}.count());
}

server::header forget_pass(const request_context& context) { return cookie(context, pass_cookie, "", 0); }

std::optional<sign_in_pass> pass_of(const request_context& context, const std::string& state) {
  const auto text = find_cookie(context.request, pass_cookie);
  const auto content = text ? context.services.stamps.open(stamp_purpose::sign_in_pass, *text) : std::nullopt;
  if (!content) return std::nullopt;
  auto read = base::json::read<sign_in_pass>(*content);
  if (read.has_error() || read->good_until <= context.services.clock.now()) return std::nullopt;
  if (!base::equal_in_constant_time(read->state, state)) return std::nullopt;
  return std::move(*read);
}

server::header keep_browser_key(const request_context& context, const std::string& key) {
  const auto life = key.empty() ? std::chrono::seconds{0} : sign_in_code_life_with_factor;
  return cookie(context, key_cookie, key, life.count());
}

std::string browser_key_of(const request_context& context) {
  return find_cookie(context.request, key_cookie).value_or("");
}

}  // namespace pulse::http::routes
