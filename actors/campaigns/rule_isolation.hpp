// Finds the rule that makes a sweep of a company's rules fail in the database, so that the others can go on.
#pragma once

#include <functional>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/campaigns/rule_agenda.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::actors {

/// Maximum number of transactions of one search: one bad rule of 5,000 is found in about 30.
inline constexpr int most_sweeps_of_search = 400;

/// Whether the error must come from the content of a row, so that it would come again.
bool is_of_rows(const persistence::failure& why);

/// Sweeps ever smaller parts of the due and listening rules, each in its own transaction. The parts that succeed are
/// done; a rule that fails alone is switched off, and its company is informed. Calls back once, on a thread of the
/// pool, with how many were switched off. `on` and `clock` outlive it.
void isolate_broken_rules(persistence::database& on, const base::clock& clock, const base::uuid& tenant_id,
                          const persistence::rule_agenda::owner& by, std::function<void(int)> done);

}  // namespace pulse::actors
