// /auth/confirm: a signed-in member proves their identity again before changing how they sign in.
#pragma once

#include <chrono>
#include <optional>

#include "http/api/problem.hpp"
#include "http/api/route_table.hpp"
#include "http/routes/people/sign_in.hpp"
#include "persistence/people/passkeys.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::http::routes {

/// How long a confirmation or a sign-in counts.
inline constexpr std::chrono::minutes confirmation_life{10};

/// Whether the caller must show with a mailed code that the account is theirs, before anything that signs in is added
/// to it: where their company asks for a second factor, they have none, and only a password has let them in. Whoever
/// has found that out could else set up a factor in their place. Never where no mail is sent.
bool needs_mailed_code(const request_context& context, const persistence::passkeys::confirmation& shown);

/// The problem where they must, and have not done so within that time.
std::optional<problem> refuse_password_alone(persistence::transaction& within, const request_context& context,
                                             base::timestamp now);

/// The same, and where the caller has neither signed in nor confirmed it within that time.
std::optional<problem> refuse_unconfirmed(persistence::transaction& within, const request_context& context,
                                          base::timestamp now);

void add_confirmation(route_table& table, const sign_in_services& services);

}  // namespace pulse::http::routes
