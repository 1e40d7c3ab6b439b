#include "domain/platforms/platform.hpp"

#include <algorithm>
#include <utility>

namespace pulse::domain {

/// Each is defined in the platform's own folder, connectors/NAME/description.cpp.
namespace described {
#define PULSE_DECLARE(name) platform name();
PULSE_PLATFORMS(PULSE_DECLARE)
#undef PULSE_DECLARE
}  // namespace described

namespace {

struct catalogue {
  std::vector<platform> all;
  std::vector<base::listed_word<channel_type>> words;

  void add(platform one) {
    words.push_back({one.name, one.type});
    all.push_back(std::move(one));
  }
};

catalogue& list() {
  static catalogue made = [] {
    catalogue filled;
    const auto add = [&filled](channel_type type, std::string_view name, platform one) {
      one.type = type;
      one.name = name;
      filled.add(std::move(one));
    };
#define PULSE_ADD(name) add(channel_type::name, #name, described::name());
    PULSE_PLATFORMS(PULSE_ADD)
#undef PULSE_ADD
    return filled;
  }();
  return made;
}

}  // namespace

std::span<const platform> platforms() { return list().all; }

std::span<const base::listed_word<channel_type>> listed_words(channel_type) { return list().words; }

const platform& platform_of(channel_type type) {
  const auto& all = list().all;
  const auto found = std::find_if(all.begin(), all.end(), [type](const platform& each) { return each.type == type; });
  static const platform unknown{.name = "unknown", .display_name = "an unknown platform"};
  return found == all.end() ? unknown : *found;
}

void add_platform(platform added) { list().add(std::move(added)); }

}  // namespace pulse::domain
