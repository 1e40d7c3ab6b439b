// Serves until it is asked to stop: builds the rooms, wires them, and takes them down in order.
#pragma once

#include "config/load.hpp"

namespace pulse::service {

/// Returns the program's exit code once SIGTERM or SIGINT has come and all that runs has ended, or when it cannot
/// start, which it says.
int serve(const config::settings& settings);

}  // namespace pulse::service
