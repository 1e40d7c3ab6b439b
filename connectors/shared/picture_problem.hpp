// Whether a platform takes a picture, as far as its bytes tell.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/platforms/platform.hpp"

namespace pulse::connectors {

/// Why the platform does not take this picture, as a sentence with figures; nothing when it does, as far as its type,
/// size, shape and pictures tell. What the head of the file does not say is not judged. A picture that lies on its side
/// may fit as it is stored or as it is seen, because platforms do not say which they look at.
std::optional<std::string> picture_problem(std::string_view bytes, const domain::platform& takes);

/// "5 MB"
std::string in_megabytes(std::int64_t bytes);

}  // namespace pulse::connectors
