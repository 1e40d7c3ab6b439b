// How large a post may be, whatever its channels take.
#pragma once

#include <cstddef>

namespace pulse::domain {

/// Code points of a post's text.
inline constexpr std::size_t most_post_characters = 20'000;
/// Code points of a post's title.
inline constexpr int most_title_characters = 300;
/// Channels of one post.
inline constexpr std::size_t most_post_channels = 50;

}  // namespace pulse::domain
