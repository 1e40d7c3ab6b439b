#include "domain/publishing/channel.hpp"

namespace pulse::domain {

capabilities capabilities_of(channel_type type) {
  const auto& described = platform_of(type);
  return {.text = described.media.min == 0,
          .image = described.media.max_images > 0,
          .video = described.media.max_videos > 0,
          .carousel = described.media.max_images > 1,
          .max_length = described.text.max_length};
}

bool needs_media(channel_type type) { return platform_of(type).media.min > 0; }

bool needs_account(channel_type type) { return platform_of(type).needs_account; }

std::string_view display_name(channel_type type) { return platform_of(type).display_name; }

}  // namespace pulse::domain
