// What a picture is by its bytes, whatever its address or its sender says.
#pragma once

#include <string_view>

namespace pulse::connectors {

/// "image/jpeg", "image/png", "image/gif" or "image/webp", by the first bytes; empty for anything else.
std::string_view media_type_of(std::string_view bytes);

/// How many pictures a GIF has, counted up to `most`; 0 for anything else. Reads the blocks of the file (GIF89a §§18 to
/// 27) and never the pixels; what is cut off or broken counts as far as it goes.
int count_gif_pictures(std::string_view bytes, int most);

/// Whether it is a GIF of more than one picture.
bool is_animated_gif(std::string_view bytes);

/// A media type as people call it: "JPEG".
std::string_view type_in_words(std::string_view media_type);

}  // namespace pulse::connectors
