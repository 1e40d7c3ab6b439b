#include "config/platform_settings.hpp"

#include <algorithm>

#include "config/value_kinds.hpp"
#include "domain/platforms/platform.hpp"

namespace pulse::config {

std::vector<declaration> declared_by_platforms() {
  std::vector<declaration> made;
  for (const auto& platform : domain::platforms()) {
    for (const auto& setting : platform.settings) {
      const bool is_known =
          std::any_of(made.begin(), made.end(), [&](const declaration& each) { return each.name == setting.name; });
      if (is_known) continue;
      made.push_back({.name = setting.name,
                      .group = platform_settings_group,
                      .sentence = setting.sentence,
                      .default_text = setting.default_text,
                      .sandbox_text = setting.sandbox_text,
                      .visible = setting.kind == domain::setting_kind::secret ? shown::never : shown::in_full,
                      .value = of_platform(setting)});
    }
  }
  return made;
}

}  // namespace pulse::config
