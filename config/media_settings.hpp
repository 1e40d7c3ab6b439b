// The settings of pictures and films, by the names of settings.cpp.
#pragma once

#include <vector>

#include "config/declaration.hpp"

namespace pulse::config {

std::vector<declaration> declared_of_media();

}  // namespace pulse::config
