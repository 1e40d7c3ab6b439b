// Challenges for passkeys and their answers. A challenge is for one browser and purpose, once, and for five minutes.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/describe.hpp>

#include "base/text.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/people/passkeys.hpp"
#include "http/api/problem.hpp"
#include "http/api/request_context.hpp"
#include "http/server/message.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::http::routes {

inline constexpr std::chrono::minutes passkey_challenge_life{5};

enum class passkey_purpose : std::uint8_t { sign_in, second_factor, confirm, create };
BOOST_DESCRIBE_ENUM(passkey_purpose, sign_in, second_factor, confirm, create)

/// The challenge as the browser's signed cookie holds it; nothing is stored on the server.
struct passkey_challenge {
  std::string challenge;  // base64url
  passkey_purpose purpose = passkey_purpose::sign_in;
  std::optional<base::uuid> member_id;  // the member who makes a passkey
  base::timestamp good_until;
};
BOOST_DESCRIBE_STRUCT(passkey_challenge, (), (challenge, purpose, member_id, good_until))

/// The site for which passkeys are made here: PUBLIC_APP_URL.
domain::relying_party relying_party_of(const request_context& context);

passkey_challenge make_passkey_challenge(const request_context& context, passkey_purpose purpose,
                                         std::optional<base::uuid> member_id = std::nullopt);
/// Set-Cookie with the challenge.
server::header keep_passkey_challenge(const request_context& context, const passkey_challenge& made);
server::header forget_passkey_challenge(const request_context& context);
/// The browser's challenge for this purpose, if we have signed it and it has not expired.
std::optional<passkey_challenge> passkey_challenge_of(const request_context& context, passkey_purpose purpose);

/// PublicKeyCredential's response to navigator.credentials.get(); each in base64url.
struct passkey_response {
  base::text<1, 1'400> credential_id;
  base::text<1, 2'000> client_data_json;
  base::text<1, 1'400> authenticator_data;
  base::text<1, 1'400> signature;
  base::text<1, 100> user_handle;
};
BOOST_DESCRIBE_STRUCT(passkey_response, (),
                      (credential_id, client_data_json, authenticator_data, signature, user_handle))

/// A response together with the browser's challenge, not verified yet.
struct passkey_answer {
  domain::passkey_expectation expected;
  domain::passkey_assertion given;
  base::timestamp good_until;
  base::timestamp now;
};

/// 401 where the browser has no challenge for this purpose, 422 where a field is not base64url.
result<passkey_answer> read_passkey_answer(const request_context& context, passkey_purpose purpose,
                                           const passkey_response& given);

/// Verifies it for the member, and uses the challenge up. The problem where it is invalid.
std::optional<problem> pass_passkey(persistence::transaction& within, const base::uuid& member_id,
                                    const passkey_answer& given);

/// 401: there is no such passkey, or its answer is wrong.
problem wrong_passkey(domain::passkey_fault why);
/// 401: the browser's challenge has expired, or is for something else.
problem passkey_over();

/// Called after `pass_passkey` has refused and rolled back: if the passkey's counter went back, the member is warned on
/// their security page and by mail.
boost::asio::awaitable<void> mail_passkey_refusal(request_context& context, base::uuid tenant_id, base::uuid member_id,
                                                  const passkey_answer& given, const problem& refused);

}  // namespace pulse::http::routes
