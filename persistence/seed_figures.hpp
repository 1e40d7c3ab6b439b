// What people are shown to have made of the demo's posts.
#pragma once

#include "base/time.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::demo {

/// Writes made-up figures, growing from look to look, for every published post of a demo company that no platform has; no platform is asked
/// about these. Does nothing where they stand already. As the engine, of all companies.
void insert_figures(transaction& tx, base::timestamp now);

}  // namespace pulse::persistence::demo
