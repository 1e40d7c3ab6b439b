// X's upload in pieces: initialize, append, finalize.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/time.hpp"
#include "http/server/message.hpp"

namespace pulse::sandbox::x {

/// An unfinished upload, in memory only: after a restart of the sandbox a client begins again.
struct open_upload {
  std::string user_id;
  std::string media_type;
  std::string category;
  std::size_t total_bytes = 0;
  std::string bytes;  // only the beginning of a film
  std::size_t taken = 0;
  std::uint32_t checksum = 0;  // CRC-32 of all received bytes
  std::int64_t next_segment = 0;
  std::uint32_t last_checksum = 0;  // of the last segment
};

/// The upload that `initialize` requests, or X's refusal: the category does not fit the type, or too many bytes.
std::variant<open_upload, http::server::response> read_initialize(const http::server::request& request);

/// Adds a piece; the refusal if it is out of order, too large, or empty. The last one may be repeated, in case its
/// answer was lost.
std::optional<http::server::response> append_piece(const http::server::request& request, open_upload& to);

/// X's words for a difference between the upload and its announcement; nothing if it matches.
std::optional<std::string> problem_of_whole(const open_upload& whole);

/// The category of a picture: "tweet_gif" for an animated GIF, else "tweet_image".
std::string_view category_of(std::string_view bytes);

}  // namespace pulse::sandbox::x
