// Made-up reactions to the demo's posts.
#pragma once

#include "base/time.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::demo {

/// Writes growing figures for every published post of a demo company that exists at no platform; no platform is asked
/// about these. Does nothing if they are there already. As the engine, for all companies.
void insert_figures(transaction& tx, base::timestamp now);

}  // namespace pulse::persistence::demo
