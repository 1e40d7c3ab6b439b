// Makes pictures for publishing, so that tests need no files and no internet.
#pragma once

#include <string>
#include <string_view>

namespace pulse::sandbox {

/// A grey JPEG of 320 by 320 pixels, baseline, as JFIF; about 700 bytes. The invisible `comment` (at most 1,000 bytes,
/// may be empty) makes two pictures differ.
std::string jpeg(std::string_view comment);

/// A GIF of one by one pixel with this number of pictures, padded by comments to at least `size` bytes.
std::string gif(int pictures, std::size_t size);

}  // namespace pulse::sandbox
