#include "domain/media/fitting.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include <fmt/core.h>

#include "domain/media/film_limits.hpp"
#include "domain/platforms/platform.hpp"

namespace pulse::domain {

namespace {

std::string in_mb(std::int64_t bytes) { return std::to_string(bytes / (1024 * 1024)) + " MB"; }
/// Rounded up: whoever has as much has enough.
std::string in_kb(std::int64_t bytes) { return std::to_string((bytes + 1023) / 1024) + " kB"; }

bool takes_type(const std::vector<std::string>& types, std::string_view type) {
  return types.empty() || std::find(types.begin(), types.end(), type) != types.end();
}

/// Misfits that no converted file of the picture can mend.
std::optional<std::string> shape_problem(const platform& by, const file_facts& file) {
  const auto& rules = by.media.picture;
  const auto name = std::string{by.display_name};
  const double aspect = file.height > 0 ? static_cast<double>(file.width) / file.height : 0;
  if (rules.min_aspect && aspect < *rules.min_aspect - 0.005) return fmt::format("is too tall for {}: crop it", name);
  if (rules.max_aspect && aspect > *rules.max_aspect + 0.005) return fmt::format("is too wide for {}: crop it", name);
  if (rules.min_width && file.width < *rules.min_width)
    return fmt::format("is {} pixels wide, {} takes {} at least", file.width, name, *rules.min_width);
  return std::nullopt;
}

/// Of the film's pictures; a film whose size is not known is not judged.
std::optional<std::string> side_problem(channel_type type, const file_facts& file, std::string_view name) {
  const auto& limits = film_limits_of(type);
  const auto [shorter, longer] = std::minmax(file.width, file.height);
  if (shorter < 1) return std::nullopt;
  if (limits.min_side && shorter < *limits.min_side)
    return fmt::format("is {} x {} pixels, {} takes {} at least in width and height", file.width, file.height, name,
                       *limits.min_side);
  if (limits.max_side && longer > *limits.max_side)
    return fmt::format("is {} x {} pixels, {} takes {} at most in width and height", file.width, file.height, name,
                       *limits.max_side);
  if (limits.max_pixels && std::int64_t{file.width} * file.height > *limits.max_pixels)
    return fmt::format("is {} x {} pixels, {} takes {} of them", file.width, file.height, name, *limits.max_pixels);
  return std::nullopt;
}

std::optional<std::string> film_problem(const platform& by, const file_facts& file) {
  const auto& rules = by.media.film;
  const auto name = std::string{by.display_name};
  const double seconds = static_cast<double>(file.duration_ms) / 1000;
  if (!takes_type(rules.types, file.type)) return fmt::format("is {}, which {} does not take", file.type, name);
  if (rules.max_bytes > 0 && file.bytes > rules.max_bytes)
    return fmt::format("is larger than the {} that {} takes", in_mb(rules.max_bytes), name);
  if (file.bytes < rules.min_bytes)
    return fmt::format("is smaller than the {} that {} takes at least", in_kb(rules.min_bytes), name);
  if (rules.min_seconds && seconds < *rules.min_seconds) return fmt::format("is shorter than {} takes", name);
  if (rules.max_seconds && seconds > *rules.max_seconds) return fmt::format("is longer than {} takes", name);
  return side_problem(by.type, file, name);
}

std::optional<std::string> animation_problem(const platform& by, const file_facts& file) {
  const auto& rules = by.media.picture;
  const auto most = rules.max_animation_bytes.value_or(rules.max_bytes);
  const auto name = std::string{by.display_name};
  if (!takes_type(rules.types, file.type)) return fmt::format("is an animation, which {} does not take", name);
  if (most > 0 && file.bytes > most)
    return fmt::format("is larger than the {} that {} takes of an animation", in_mb(most), name);
  if (rules.max_animation_width && file.width > *rules.max_animation_width)
    return fmt::format("is an animation {} pixels wide, {} takes {}", file.width, name, *rules.max_animation_width);
  if (rules.max_animation_height && file.height > *rules.max_animation_height)
    return fmt::format("is an animation {} pixels high, {} takes {}", file.height, name, *rules.max_animation_height);
  if (rules.max_pixels && std::int64_t{file.width} * file.height > *rules.max_pixels)
    return fmt::format("is an animation of {} x {} pixels, {} takes {} of them", file.width, file.height, name,
                       *rules.max_pixels);
  return std::nullopt;
}

/// The limits for pictures that satisfy all of them together.
struct common_rules {
  std::int64_t max_bytes = 0;
  int max_width = 0;
  std::int64_t max_pixels = 0;
  std::vector<const picture_rules*> each;

  bool take(std::string_view type) const {
    return std::all_of(each.begin(), each.end(), [type](const auto* rules) { return takes_type(rules->types, type); });
  }
};

void narrow(common_rules& all, const picture_rules& by) {
  if (by.max_bytes > 0) all.max_bytes = all.max_bytes == 0 ? by.max_bytes : std::min(all.max_bytes, by.max_bytes);
  if (by.max_width) all.max_width = all.max_width == 0 ? *by.max_width : std::min(all.max_width, *by.max_width);
  if (by.max_pixels) all.max_pixels = all.max_pixels == 0 ? *by.max_pixels : std::min(all.max_pixels, *by.max_pixels);
  all.each.push_back(&by);
}

/// A picture of too many pixels is made narrower, and so less high: a platform that limits them takes no other.
void narrow_to_pixels(common_rules& all, const file_facts& file) {
  const auto pixels = std::int64_t{file.width} * file.height;
  if (all.max_pixels == 0 || pixels <= all.max_pixels) return;
  const auto scale = std::sqrt(static_cast<double>(all.max_pixels) / static_cast<double>(pixels));
  // By its height, which is rounded where the width is given: so it comes out at this one at most.
  const auto height = std::max<std::int64_t>(1, static_cast<std::int64_t>(file.height * scale));
  const int width = std::max(1, static_cast<int>(height * file.width / file.height));
  all.max_width = all.max_width == 0 ? width : std::min(all.max_width, width);
}

}  // namespace

fitting fit_for(const file_facts& file, std::span<const channel_type> types) {
  common_rules all;
  for (const auto type : types) {
    const auto& by = platform_of(type);
    const bool takes_some = file.kind == media_kind::video ? by.media.max_videos > 0 : by.media.max_images > 0;
    if (!takes_some) continue;
    auto wrong = file.kind == media_kind::video ? film_problem(by, file) : shape_problem(by, file);
    if (!wrong && file.is_animated) wrong = animation_problem(by, file);
    if (wrong) return {.problem = std::move(wrong)};
    narrow(all, by.media.picture);
  }
  if (file.kind == media_kind::video || file.is_animated) return {};
  narrow_to_pixels(all, file);
  const bool is_small =
      (all.max_bytes == 0 || file.bytes <= all.max_bytes) && (all.max_width == 0 || file.width <= all.max_width);
  if (is_small && all.take(file.type)) return {};
  for (const std::string_view type : {"image/jpeg", "image/png"}) {
    if (all.take(type)) return {.order = fit_order{std::string{type}, all.max_bytes, all.max_width, 0}};
  }
  return {.problem = "is of no type that all of its channels take"};
}

}  // namespace pulse::domain
