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

/// An upload that is not finished. Kept in memory only: a client whose sandbox ended begins anew.
struct open_upload {
  std::string user_id;
  std::string media_type;
  std::string category;
  std::size_t total_bytes = 0;
  std::string bytes;  // of a film its beginning alone
  std::size_t taken = 0;
  std::uint32_t checksum = 0;  // CRC-32 of all that was taken
  std::int64_t next_segment = 0;
  std::uint32_t last_checksum = 0;  // of the last segment
};

/// What `initialize` asks for, with the refusal when X would not: a category that does not fit the type, or too many bytes.
std::variant<open_upload, http::server::response> read_initialize(const http::server::request& asked);

/// Adds a piece; the refusal when it is out of order, too much, or no piece. The last one may come again, when its answer was lost.
std::optional<http::server::response> append_piece(const http::server::request& asked, open_upload& to);

/// Why the whole is not what was announced, as X's words; nothing when it is.
std::optional<std::string> problem_of_whole(const open_upload& whole);

/// The category of a picture: "tweet_gif" for an animated GIF, else "tweet_image".
std::string_view category_of(std::string_view bytes);

}  // namespace pulse::sandbox::x
