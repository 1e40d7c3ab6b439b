// The picture of a post.
#pragma once

#include <cstddef>
#include <string>

#include <boost/describe.hpp>

namespace pulse::domain {

/// Code points of an image's description.
inline constexpr std::size_t most_alt_text_characters = 1'000;

/// An image on the web. Platforms fetch it from there, or are given its bytes.
struct image {
  std::string url;       // see domain/platforms/web_address
  std::string alt_text;  // for those who cannot see it; at most `most_alt_text_characters`, may be empty

  friend bool operator==(const image&, const image&) = default;
};
BOOST_DESCRIBE_STRUCT(image, (), (url, alt_text))

}  // namespace pulse::domain
