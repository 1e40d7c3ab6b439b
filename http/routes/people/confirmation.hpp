// /auth/confirm: somebody who is signed in shows once more that it is they, before their ways of signing in change.
#pragma once

#include <chrono>
#include <optional>

#include "http/api/problem.hpp"
#include "http/api/route_table.hpp"
#include "http/auth/principal.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::http::routes {

/// How long it counts, and how long signing in does.
inline constexpr std::chrono::minutes confirmation_life{10};

/// The problem where the caller has neither signed in nor confirmed it within that time.
std::optional<problem> refuse_unconfirmed(persistence::transaction& within, const principal& who, base::timestamp now);

void add_confirmation(route_table& table);

}  // namespace pulse::http::routes
