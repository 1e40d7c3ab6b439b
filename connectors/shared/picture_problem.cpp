#include "connectors/shared/picture_problem.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "connectors/shared/picture.hpp"
#include "connectors/shared/picture_size.hpp"

namespace pulse::connectors {

namespace {

using domain::picture_rules;

/// "JPEG, PNG or GIF"
std::string names_of(const std::vector<std::string>& types) {
  std::string names;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (i > 0) names += i + 1 == types.size() ? " or " : ", ";
    names += type_in_words(types[i]);
  }
  return names;
}

/// "1.91", "10"
std::string rounded(double value) {
  const auto hundredths = static_cast<long>(std::lround(value * 100));
  auto text = std::to_string(hundredths / 100);
  if (hundredths % 100 == 0) return text;
  const auto rest = hundredths % 100;
  text += rest < 10 ? ".0" : ".";
  text += rest % 10 == 0 ? std::to_string(rest / 10) : std::to_string(rest);
  return text;
}

std::string in_pixels(const picture_size& size) { return fmt::format("{} x {} pixels", size.width, size.height); }

/// What of its shape does not fit, as the rest of "it is 2000 x 500 pixels…".
std::optional<std::string> shape_problem(const picture_size& size, const picture_rules& rules,
                                         const std::string& name) {
  constexpr double slack = 0.005;  // pixels are whole: 1200 x 628 is meant as 1.91
  const auto aspect = static_cast<double>(size.width) / size.height;
  const bool is_too_tall = rules.min_aspect && aspect < *rules.min_aspect * (1 - slack);
  const bool is_too_wide = rules.max_aspect && aspect > *rules.max_aspect * (1 + slack);
  if (is_too_tall || is_too_wide) {
    std::string wrong = fmt::format(", {} times as wide as high, and {} takes ", rounded(aspect), name);
    if (rules.min_aspect) wrong += rounded(*rules.min_aspect) + (rules.max_aspect ? " to " : " at least");
    if (rules.max_aspect) wrong += rounded(*rules.max_aspect) + (rules.min_aspect ? "" : " at most");
    return wrong + ".";
  }
  if (rules.min_width && size.width < *rules.min_width)
    return fmt::format(", and {} takes none that is narrower than {}.", name, *rules.min_width);
  const auto pixels = std::int64_t{size.width} * size.height;
  if (rules.max_pixels && pixels > *rules.max_pixels)
    return fmt::format(", {} in all, and {} takes {}.", pixels, name, *rules.max_pixels);
  return std::nullopt;
}

std::optional<std::string> size_problem(std::string_view bytes, const picture_rules& rules, const std::string& name) {
  auto size = size_of(bytes);
  if (!size) return std::nullopt;
  auto wrong = shape_problem(*size, rules, name);
  if (wrong && size->lies) {
    std::swap(size->width, size->height);
    wrong = shape_problem(*size, rules, name);
  }
  if (!wrong) return std::nullopt;
  return fmt::format("it is {}{}", in_pixels(*size), *wrong);
}

std::optional<std::string> animation_problem(std::string_view bytes, const picture_rules& rules,
                                             const std::string& name) {
  constexpr int counted_max = 100'000;
  if (rules.max_animation_pictures) {
    const auto count = count_gif_pictures(bytes, counted_max);
    if (count > *rules.max_animation_pictures)
      return fmt::format("it is an animation of {} pictures, and {} takes {}.", count, name,
                         *rules.max_animation_pictures);
  }
  const auto size = size_of(bytes);
  if (!size) return std::nullopt;
  const bool is_too_wide = rules.max_animation_width && size->width > *rules.max_animation_width;
  const bool is_too_high = rules.max_animation_height && size->height > *rules.max_animation_height;
  if (!is_too_wide && !is_too_high) return std::nullopt;
  std::string wrong = fmt::format("it is an animation of {}, and {} takes ", in_pixels(*size), name);
  if (rules.max_animation_width) wrong += std::to_string(*rules.max_animation_width) + " in width";
  if (rules.max_animation_width && rules.max_animation_height) wrong += " and ";
  if (rules.max_animation_height) wrong += std::to_string(*rules.max_animation_height) + " in height";
  return wrong + " at most.";
}

}  // namespace

std::string in_megabytes(std::int64_t bytes) { return std::to_string(bytes / (1'024 * 1'024)) + " MB"; }

std::optional<std::string> picture_problem(std::string_view bytes, const domain::platform& takes) {
  const auto& rules = takes.media.picture;
  const auto name = std::string{takes.display_name};
  const auto type = media_type_of(bytes);
  if (std::find(rules.types.begin(), rules.types.end(), type) == rules.types.end()) {
    if (type.empty()) return fmt::format("its address gives no picture. {} takes {}.", name, names_of(rules.types));
    return fmt::format("it is a {}, and {} takes {}.", type_in_words(type), name, names_of(rules.types));
  }
  const bool is_animation = is_animated_gif(bytes);
  const auto most = is_animation ? rules.max_animation_bytes.value_or(rules.max_bytes) : rules.max_bytes;
  if (most != 0 && static_cast<std::int64_t>(bytes.size()) > most)
    return fmt::format("it is larger than the {} that {} takes.", in_megabytes(most), name);
  if (is_animation) {
    if (auto wrong = animation_problem(bytes, rules, name)) return wrong;
  }
  return size_problem(bytes, rules, name);
}

}  // namespace pulse::connectors
