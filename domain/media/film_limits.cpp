#include "domain/media/film_limits.hpp"

#include <map>
#include <string_view>

#include "domain/platforms/platform.hpp"

namespace pulse::domain {

namespace {

/// By the platform's name, so that a platform that limits nothing needs no row.
const std::map<std::string_view, film_limits>& known() {
  static const std::map<std::string_view, film_limits> all{
      {"tiktok", {.min_side = 360, .max_side = 4'096}},
      // The documented figure; an instance's own holds when the film is sent.
      {"mastodon", {.max_pixels = 8'294'400}},
  };
  return all;
}

}  // namespace

const film_limits& film_limits_of(channel_type type) {
  static const film_limits none;
  const auto found = known().find(platform_of(type).name);
  return found == known().end() ? none : found->second;
}

}  // namespace pulse::domain
