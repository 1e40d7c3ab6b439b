// A look at a company's rules failed in the database: which rule it was, so that the others go on.
#pragma once

#include <functional>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/campaigns/rule_agenda.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::actors {

/// Transactions that one search makes at most: one bad rule of 5,000 is found in some 30.
inline constexpr int most_looks_of_search = 400;

/// Whether only what a row holds can be the reason of it: tried again it fails again.
bool is_of_rows(const persistence::failure& why);

/// Looks at ever smaller parts of the rules that are due or listen, each in a transaction of its own. What works is done by that; a rule that
/// fails alone is switched off, and its company told. Calls back once, on a thread of the pool, with how many were switched off. `on` and
/// `clock` outlive it.
void isolate_broken_rules(persistence::database& on, const base::clock& clock, const base::uuid& tenant_id,
                          const persistence::rule_agenda::owner& by, std::function<void(int)> done);

}  // namespace pulse::actors
