// /auth/confirm: a signed-in member proves their identity again before changing how they sign in.
#pragma once

#include <chrono>
#include <optional>

#include "http/api/problem.hpp"
#include "http/api/route_table.hpp"
#include "http/auth/principal.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::http::routes {

/// How long a confirmation or a sign-in counts.
inline constexpr std::chrono::minutes confirmation_life{10};

/// The problem where the caller has neither signed in nor confirmed within that time.
std::optional<problem> refuse_unconfirmed(persistence::transaction& within, const principal& who, base::timestamp now);

void add_confirmation(route_table& table);

}  // namespace pulse::http::routes
