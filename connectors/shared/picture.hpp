// What the bytes of a picture say of it, whatever its address or its sender calls it.
#pragma once

#include <string_view>

namespace pulse::connectors {

/// "image/jpeg", "image/png", "image/gif" or "image/webp", by the first bytes; empty for anything else.
std::string_view media_type_of(std::string_view bytes);

/// Whether it is a GIF of more than one picture. Reads the blocks of the file (GIF89a §§18 to 27) and never the pixels; what is cut off or
/// broken counts as far as it goes.
bool is_animated_gif(std::string_view bytes);

/// A media type as people call it: "JPEG".
std::string_view type_in_words(std::string_view media_type);

}  // namespace pulse::connectors
