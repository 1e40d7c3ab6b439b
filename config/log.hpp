// The log: one line an event on standard output, as text for people or as JSON for machines.
#pragma once

#include "config/settings.hpp"

namespace pulse::config {

/// Sets up the program's log as the settings say. Call once, before other threads run.
void set_up_log(const settings& from);

}  // namespace pulse::config
