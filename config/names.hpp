// The names under which settings can be given.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/declaration.hpp"

namespace pulse::config {

/// A name of a setting. `is_file`: its value is the path of a file that holds the setting's.
struct setting_name {
  std::string text;
  bool is_file = false;
};

/// All names of a setting, the one of the documentation first.
std::vector<setting_name> names_of(const declaration& setting);

enum class name_kind { setting, not_used_yet, unknown };
name_kind kind_of_name(std::string_view name);

/// The known name that the unknown `name` is probably a typing error of.
std::optional<std::string_view> nearest_name(std::string_view name);

}  // namespace pulse::config
