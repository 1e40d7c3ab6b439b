// One sweep of a company's rules in one transaction: what is due becomes runs, as domain/campaigns decides; none is
// started yet.
#pragma once

#include <span>
#include <vector>

#include "actors/campaigns/rule_work.hpp"
#include "persistence/campaigns/rule_agenda.hpp"

namespace pulse::actors {

/// Maximum number of rules, runs and events of one sweep.
inline constexpr int most_rules_of_sweep = 200;
inline constexpr int most_runs_of_sweep = 200;
inline constexpr int most_events_of_sweep = 500;
/// New items of a feed that make runs at one poll; the others are only stored as seen.
inline constexpr std::size_t most_items_of_poll = 10;

/// A transaction of the engine that names its tenant.
rule_work::found sweep_due_rules(persistence::transaction& tx, const persistence::rule_agenda::owner& by,
                                 base::timestamp now);

// --- when a look fails: which rule is it? ---

/// The rules that a sweep now concerns: those that are due, and those that listen.
std::vector<base::uuid> rules_of_sweep(persistence::transaction& tx, const persistence::rule_agenda::owner& by,
                                       base::timestamp now);

/// A sweep of these rules alone, which may be repeated: their runs are made, the company's position in the stream
/// stays, and a feed is read at its next poll.
void sweep_some(persistence::transaction& tx, const persistence::rule_agenda::owner& by,
                std::span<const base::uuid> only, base::timestamp now);

/// Switches the rule off, and informs its company.
void stop_broken_rule(persistence::transaction& tx, const persistence::rule_agenda::owner& by,
                      const base::uuid& rule_id, base::timestamp now);

}  // namespace pulse::actors
