// The cookie that a browser carries while its person is at an identity provider. We sign it, so nothing is stored, and
// no other browser can come back in its place.
#pragma once

#include <optional>
#include <string>

#include "actors/people/identity_providers.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "http/api/request_context.hpp"
#include "http/auth/stamps.hpp"
#include "http/server/message.hpp"
#include "persistence/people/identities.hpp"

namespace pulse::http::routes {

/// The time a person has between leaving and coming back.
inline constexpr std::chrono::minutes sign_in_pass_life{10};
/// The life of the code that a browser exchanges for tokens. A second factor takes a person's time, so it has longer.
inline constexpr std::chrono::seconds sign_in_code_life{60};
inline constexpr std::chrono::seconds sign_in_code_life_with_factor{300};

struct sign_in_pass {
  std::string state;
  std::string nonce;
  std::string verifier;
  persistence::identities::provider_kind provider = persistence::identities::provider_kind::linkedin;
  std::optional<base::uuid> tenant_id;  // of the company's provider, or of the member who links
  std::optional<base::uuid> member_id;  // the member who links an identity; none: somebody signs in
  std::string invite_code;              // may be empty
  base::timestamp good_until;
};
BOOST_DESCRIBE_STRUCT(sign_in_pass, (),
                      (state, nonce, verifier, provider, tenant_id, member_id, invite_code, good_until))

sign_in_pass make_sign_in_pass(base::timestamp now);
actors::identity_request to_request(const sign_in_pass& from);

/// Set-Cookie with the pass.
server::header keep_pass(const request_context& context, const sign_in_pass& made);
server::header forget_pass(const request_context& context);
/// The browser's pass, if we signed it, it has not expired, and the provider returned its state; otherwise nothing.
std::optional<sign_in_pass> pass_of(const request_context& context, const std::string& state);

/// Set-Cookie with the browser's half of a code; without a key it deletes the cookie.
server::header keep_browser_key(const request_context& context, const std::string& key);
std::string browser_key_of(const request_context& context);

}  // namespace pulse::http::routes
