// Reads the headers of the tus protocol (1.0.0). Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace pulse::http::routes::tus {

inline constexpr std::string_view version = "1.0.0";
inline constexpr std::string_view extensions = "creation,creation-with-upload,expiration,termination";
inline constexpr std::string_view part_type = "application/offset+octet-stream";

/// A number of bytes: digits, at most 18 of them.
std::optional<std::int64_t> read_bytes(std::string_view header);

/// Upload-Metadata: pairs of a name and a base64 value, after commas. Nothing if malformed; a lone name has no value.
std::optional<std::map<std::string, std::string>> read_metadata(std::string_view header);

}  // namespace pulse::http::routes::tus
