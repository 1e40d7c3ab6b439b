// /auth/second-factor: codes of an authenticator app, asked for beside the password.
#pragma once

#include "http/api/route_table.hpp"
#include "http/routes/people/sign_in.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::http::routes {

/// Whether the member may pass with this code, which is used up by it: nothing where they may, or have no second factor.
std::optional<problem> pass_second_factor(persistence::transaction& within, const base::uuid& member_id,
                                          const std::optional<std::string>& code, const persistence::secret_box& box,
                                          base::timestamp now);

/// What guesses at a member's codes are counted under.
std::string guess_of_code(const base::uuid& member_id);

void add_second_factor(route_table& table);

}  // namespace pulse::http::routes
