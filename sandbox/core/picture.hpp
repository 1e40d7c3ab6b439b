// A picture to publish, made here, so that tests need no file and no internet.
#pragma once

#include <string>
#include <string_view>

namespace pulse::sandbox {

/// A grey JPEG of 320 by 320 pixels, baseline, as JFIF; about 700 bytes. `comment` (at most 1,000 bytes, may be empty) stands in it
/// and shows nowhere, so that two pictures can be told apart.
std::string jpeg(std::string_view comment);

/// A GIF of one by one pixel with so many pictures, made at least `size` bytes long by comments.
std::string gif(int pictures, std::size_t size);

}  // namespace pulse::sandbox
