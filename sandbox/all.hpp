// The platforms of this sandbox.
#pragma once

#include <memory>
#include <vector>

#include "sandbox/core/platform.hpp"

namespace pulse::sandbox {

/// One of each. Adding one is a folder that implements `platform`, and a line of the list.
std::vector<std::unique_ptr<platform>> all_platforms();

}  // namespace pulse::sandbox
