// The platforms of this sandbox.
#pragma once

#include <memory>
#include <vector>

#include "sandbox/core/platform.hpp"

namespace pulse::sandbox {

/// One of each. To add one, make a folder that implements `platform`, and add a line to the list.
std::vector<std::unique_ptr<platform>> all_platforms();

}  // namespace pulse::sandbox
