// The settings that the platforms declare in their own folders (connectors/NAME/description.cpp).
#pragma once

#include <string_view>
#include <vector>

#include "config/declaration.hpp"

namespace pulse::config {

inline constexpr std::string_view platform_settings_group = "Platforms";

/// What the platforms declare, each name once: platforms of one provider share settings.
std::vector<declaration> declared_by_platforms();

}  // namespace pulse::config
