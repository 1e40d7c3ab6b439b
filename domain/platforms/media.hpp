// The pictures and films of a post, and what platforms take of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

namespace pulse::domain {

enum class media_kind { image, video };
BOOST_DESCRIBE_ENUM(media_kind, image, video)

/// One picture or film on the web. Platforms fetch it from there, or are given its bytes.
struct media {
  media_kind kind = media_kind::image;
  std::string url;       // see domain/platforms/web_address
  std::string alt_text;  // for those who cannot see it; may be empty

  friend bool operator==(const media&, const media&) = default;
};
BOOST_DESCRIBE_STRUCT(media, (), (kind, url, alt_text))

/// Stands for all that is in a post's media: what was uploaded for one post must not be shown with another.
std::string mark_of(const std::vector<media>& all);

/// Media of one post, whatever its channels take.
inline constexpr std::size_t most_post_media = 35;

/// What a platform takes of pictures. Empty lists and left-out limits: not known, so not judged before the platform
/// does.
struct picture_rules {
  std::vector<std::string> types{};                                // media types: "image/jpeg"
  std::int64_t max_bytes = 0;                                      // 0: not known
  std::optional<std::int64_t> max_animation_bytes = std::nullopt;  // of an animated GIF; none: as any picture
  std::optional<double> min_aspect = std::nullopt;                 // width by height
  std::optional<double> max_aspect = std::nullopt;
  std::optional<int> min_width = std::nullopt;  // pixels
  std::optional<int> max_width = std::nullopt;  // a wider one is taken, and made narrower by the platform
  std::optional<std::int64_t> max_pixels = std::nullopt;
  std::optional<int> max_animation_width = std::nullopt;
  std::optional<int> max_animation_height = std::nullopt;
  std::optional<int> max_animation_pictures = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(picture_rules, (),
                      (types, max_bytes, max_animation_bytes, min_aspect, max_aspect, min_width, max_width, max_pixels,
                       max_animation_width, max_animation_height, max_animation_pictures))

/// What a platform takes of films.
struct film_rules {
  std::vector<std::string> types{};
  std::int64_t max_bytes = 0;  // 0: not known
  std::int64_t min_bytes = 0;
  std::optional<double> min_seconds = std::nullopt;
  std::optional<double> max_seconds = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(film_rules, (), (types, max_bytes, min_bytes, min_seconds, max_seconds))

/// What a platform takes of a post's media.
struct media_rules {
  int min = 0;         // media that every post must have
  int max_images = 0;  // in one post
  int max_videos = 0;
  bool may_mix = false;      // images and films in one post
  int max_alt_text = 1'000;  // code points
  picture_rules picture{};
  film_rules film{};
};
BOOST_DESCRIBE_STRUCT(media_rules, (), (min, max_images, max_videos, may_mix, max_alt_text, picture, film))

}  // namespace pulse::domain
