// /auth/second-factor: the second proof after the password: codes of an authenticator app, or passkeys.
#pragma once

#include "http/api/route_table.hpp"
#include "http/routes/people/passkey_answer.hpp"
#include "http/routes/people/sign_in.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::http::routes {

/// The second proof: a code of the app, a recovery code, or a passkey's answer.
struct second_factor_proof {
  std::optional<std::string> code;
  std::optional<passkey_answer> passkey;
};

/// Reads it from a body's fields.
result<second_factor_proof> read_second_factor(const request_context& context,
                                               const std::optional<base::text<6, 32>>& code,
                                               const std::optional<passkey_response>& passkey);

/// Verifies the proof and uses it up. Nothing where the member may pass, or has no second factor.
std::optional<problem> pass_second_factor(persistence::transaction& within, const base::uuid& member_id,
                                          const second_factor_proof& given, const persistence::secret_box& box,
                                          base::timestamp now);

/// The key that counts guesses at a member's codes.
std::string guess_of_code(const base::uuid& member_id);

void add_second_factor(route_table& table);

}  // namespace pulse::http::routes
