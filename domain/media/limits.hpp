// The limits of pictures and films that Pulse accepts, whatever the platforms accept.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "domain/platforms/media.hpp"

namespace pulse::domain {

/// Pixels of a picture, of one frame of an animation: 64 million need 256 MiB where they must be held.
inline constexpr std::int64_t most_picture_pixels = 64'000'000;
inline constexpr int most_picture_side = 30'000;
inline constexpr int most_animation_frames = 1'000;
/// Of a film.
inline constexpr int least_film_side = 16;
inline constexpr int most_film_side = 8'192;
inline constexpr std::chrono::milliseconds shortest_film{100};
inline constexpr std::chrono::hours longest_film{12};

/// Pixels of a preview, in either direction.
inline constexpr int preview_side = 480;

/// How long an upload in parts may take from its beginning.
inline constexpr std::chrono::hours upload_lifetime{24};
/// How long an address of a file is good that a platform fetches, or a page shows; see persistence/media/links.
inline constexpr std::chrono::hours media_link_lifetime{6};

/// Uploads that may be on their way at the same time, of one company and of all.
inline constexpr int most_uploads_of_company = 16;
inline constexpr int most_uploads = 128;
/// Files that are examined at the same time; each may take as much memory as its process is allowed.
inline constexpr int most_examinations = 2;

inline constexpr std::size_t most_media_name_characters = 255;

/// A type of file that is taken.
struct media_type {
  std::string_view name;  // "image/jpeg"
  media_kind kind;
  std::string_view extension;  // "jpg"
};

inline constexpr std::array<media_type, 7> media_types{{{"image/jpeg", media_kind::image, "jpg"},
                                                        {"image/png", media_kind::image, "png"},
                                                        {"image/gif", media_kind::image, "gif"},
                                                        {"image/webp", media_kind::image, "webp"},
                                                        {"video/mp4", media_kind::video, "mp4"},
                                                        {"video/quicktime", media_kind::video, "mov"},
                                                        {"video/webm", media_kind::video, "webm"}}};

/// The row of that name; nothing when such files are not taken.
constexpr std::optional<media_type> find_media_type(std::string_view name) {
  for (const auto& each : media_types) {
    if (each.name == name) return each;
  }
  return std::nullopt;
}

}  // namespace pulse::domain
