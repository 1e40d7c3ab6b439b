// What is cleared away from time to time.
#pragma once

#include <vector>

#include "config/load.hpp"
#include "persistence/housekeeping.hpp"
#include "persistence/media/store.hpp"

namespace pulse::service {

/// In the order in which they are to be done; `files` outlives them.
std::vector<persistence::housekeeping::chore> chores(const config::settings& settings,
                                                     const persistence::media::store& files);

}  // namespace pulse::service
