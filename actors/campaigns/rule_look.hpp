// One look at a company's rules, in one transaction: what has come becomes runs, as domain/campaigns decides, and nothing is begun.
#pragma once

#include "actors/campaigns/rule_work.hpp"
#include "persistence/campaigns/rule_agenda.hpp"

namespace pulse::actors {

/// Rules and runs of one look, and events.
inline constexpr int most_rules_of_look = 200;
inline constexpr int most_runs_of_look = 200;
inline constexpr int most_events_of_look = 500;
/// New items of a feed that make runs at one look; the others are only remembered.
inline constexpr std::size_t most_items_of_look = 10;

/// A transaction of the engine that names its tenant.
rule_work::found look_at(persistence::transaction& tx, const persistence::rule_agenda::owner& by, base::timestamp now);

}  // namespace pulse::actors
