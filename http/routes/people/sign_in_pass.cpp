#include "http/routes/people/sign_in_pass.hpp"

#include "base/json.hpp"
#include "base/secure.hpp"
#include "http/api/services.hpp"
#include "http/auth/host_cookies.hpp"

namespace pulse::http::routes {

namespace {

// Lax, because the provider's page leads back by a link.
constexpr host_cookie pass_cookie{"pulse_sign_in", same_site::lax};
constexpr host_cookie key_cookie{"pulse_sign_in_key", same_site::lax};
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t verifier_bytes = 48;  // 64 characters, RFC 7636 §4.1 wants 43 to 128

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
  return pass_cookie.keep(context.services.addresses, text, sign_in_pass_life);
}

server::header forget_pass(const request_context& context) { return pass_cookie.forget(context.services.addresses); }

std::optional<sign_in_pass> pass_of(const request_context& context, const std::string& state) {
  const auto text = pass_cookie.find(context.request, context.services.addresses);
  const auto content = text ? context.services.stamps.open(stamp_purpose::sign_in_pass, *text) : std::nullopt;
  if (!content) return std::nullopt;
  auto read = base::json::read<sign_in_pass>(*content);
  if (read.has_error() || read->good_until <= context.services.clock.now()) return std::nullopt;
  if (!base::equal_in_constant_time(read->state, state)) return std::nullopt;
  return std::move(*read);
}

server::header keep_browser_key(const request_context& context, const std::string& key) {
  const auto life = key.empty() ? std::chrono::seconds{0} : sign_in_code_life_with_factor;
  return key_cookie.keep(context.services.addresses, key, life);
}

std::string browser_key_of(const request_context& context) {
  return key_cookie.find(context.request, context.services.addresses).value_or("");
}

}  // namespace pulse::http::routes
