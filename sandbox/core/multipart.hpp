// Reads multipart/form-data bodies, the form of uploads.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "http/server/message.hpp"

namespace pulse::sandbox {

/// The parts by name, as views into the body; nothing if the body is malformed, or a name comes twice.
std::optional<std::map<std::string, std::string_view, std::less<>>> read_multipart(
    const http::server::request& request);

}  // namespace pulse::sandbox
