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

/// What is erased of companies that their owners delete, which should not wait for the others.
std::vector<persistence::housekeeping::chore> erasing_chores();

}  // namespace pulse::service
