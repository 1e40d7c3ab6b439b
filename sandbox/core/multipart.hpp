// Bodies of the type multipart/form-data, as platforms take uploads.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "http/server/message.hpp"

namespace pulse::sandbox {

/// The parts by their names, as views into the body; nothing when the body is none, or a name comes twice.
std::optional<std::map<std::string, std::string_view, std::less<>>> read_multipart(const http::server::request& asked);

}  // namespace pulse::sandbox
