// How large the pictures of a film may be, where a platform says so; its types, bytes and length are in the platform's
// description.
#pragma once

#include <cstdint>
#include <optional>

#include "domain/platforms/channel_type.hpp"

namespace pulse::domain {

/// Left-out limits: not known, so not judged before the platform does.
struct film_limits {
  std::optional<int> min_side = std::nullopt;  // pixels, of width and height
  std::optional<int> max_side = std::nullopt;
  std::optional<std::int64_t> max_pixels = std::nullopt;
};

/// Of the platform; nothing is limited where its documents say nothing.
const film_limits& film_limits_of(channel_type type);

}  // namespace pulse::domain
