// /auth/second-factor: what is asked for beside the password: codes of an authenticator app, or passkeys.
#pragma once

#include "http/api/route_table.hpp"
#include "http/routes/people/passkey_answer.hpp"
#include "http/routes/people/sign_in.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::http::routes {

/// What somebody gives beside their password: a code of their app, a recovery code, or the answer of a passkey.
struct second_factor_proof {
  std::optional<std::string> code;
  std::optional<passkey_answer> passkey;
};

/// As it stands in a body.
result<second_factor_proof> read_second_factor(const request_context& context,
                                               const std::optional<base::text<6, 32>>& code,
                                               const std::optional<passkey_response>& passkey);

/// Whether the member may pass with it, which is used up by it: nothing where they may, or have no second factor.
std::optional<problem> pass_second_factor(persistence::transaction& within, const base::uuid& member_id,
                                          const second_factor_proof& given, const persistence::secret_box& box,
                                          base::timestamp now);

/// What guesses at a member's codes are counted under.
std::string guess_of_code(const base::uuid& member_id);

void add_second_factor(route_table& table);

}  // namespace pulse::http::routes
