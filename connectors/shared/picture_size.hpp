// The size of a picture, from the head of its file.
#pragma once

#include <optional>
#include <string_view>

namespace pulse::connectors {

struct picture_size {
  int width = 0;  // pixels, as they are stored
  int height = 0;
  bool lies = false;  // people see it turned by 90 degrees (Exif's orientation)

  friend bool operator==(const picture_size&, const picture_size&) = default;
};

/// The size of a JPEG (ITU T.81), PNG, GIF or WebP (RFC 9649); nothing for anything else, for a size of nothing, and
/// when the head is cut off or broken. Reads the head and never the pixels.
std::optional<picture_size> size_of(std::string_view bytes);

}  // namespace pulse::connectors
