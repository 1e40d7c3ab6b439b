#include "config/names.hpp"

#include <algorithm>

#include "config/nearest.hpp"

namespace pulse::config {

namespace {

const std::vector<setting_name>& all_names() {
  static const auto all = [] {
    std::vector<setting_name> names;
    for (const auto& setting : declarations()) {
      for (auto& name : names_of(setting)) names.push_back(std::move(name));
    }
    return names;
  }();
  return all;
}

}  // namespace

std::vector<setting_name> names_of(const declaration& setting) {
  std::vector<setting_name> names{{std::string{setting.name}, false}};
  if (!setting.other_name.empty()) names.push_back({std::string{setting.other_name}, false});
  if (!setting.is_secret()) return names;
  names.push_back({std::string{setting.name} + "_FILE", true});
  if (!setting.other_name.empty()) names.push_back({std::string{setting.other_name} + "_FILE", true});
  return names;
}

name_kind kind_of_name(std::string_view name) {
  const auto& known = all_names();
  if (std::any_of(known.begin(), known.end(), [&](const auto& entry) { return entry.text == name; })) {
    return name_kind::setting;
  }
  const auto later = names_not_used_yet();
  return std::find(later.begin(), later.end(), name) == later.end() ? name_kind::unknown : name_kind::not_used_yet;
}

std::optional<std::string_view> nearest_name(std::string_view name) {
  std::vector<std::string_view> known;
  for (const auto& entry : all_names()) known.push_back(entry.text);
  const auto later = names_not_used_yet();
  known.insert(known.end(), later.begin(), later.end());
  return nearest(name, known);
}

}  // namespace pulse::config
