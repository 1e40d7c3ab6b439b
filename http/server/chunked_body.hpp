// Bodies that come in chunks (RFC 9112 §7.1), decoded strictly. Pure; no Asio.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/server/head_parser.hpp"

namespace pulse::http::server {

/// Extensions and trailers have limits of their own, so that nobody can send a megabyte of them around one byte.
inline constexpr std::size_t chunk_line_bytes_max = 512;        // one size with its extensions
inline constexpr std::size_t chunk_extension_bytes_max = 4096;  // of all chunks together
inline constexpr std::size_t chunk_count_max = 64 * 1024;
inline constexpr std::size_t trailer_bytes_max = 4096;  // of all trailers together
inline constexpr std::size_t trailer_count_max = 32;

/// Takes the bytes of one body as they come, in pieces of any size, and keeps its content. Extensions and trailers are
/// checked for their form and forgotten. Lines end with CR LF and nothing else; a size is hexadecimal digits and
/// nothing else. Not thread-safe; `reset` before every body.
class chunked_decoder {
 public:
  /// For a body of at most so many bytes.
  void reset(std::size_t body_bytes_max);

  /// Takes bytes off the front of `received` and appends content to `body`: all of them, until the body ends
  /// (`is_done`); what follows belongs to the next request. The number of bytes taken, or why the body is refused: 400,
  /// or 413 as soon as a chunk says that it will not fit.
  base::result<std::size_t, parse_refusal> take(std::string_view received, std::string& body);

  bool is_done() const { return state_ == state::done; }

 private:
  enum class state : std::uint8_t { size, content, content_end, trailer, done };

  std::size_t line_bytes_max() const;
  std::optional<parse_refusal> end_line(std::size_t body_bytes);
  std::optional<parse_refusal> begin_chunk(std::string_view line, std::size_t body_bytes);
  std::optional<parse_refusal> read_trailer(std::string_view line);

  state state_ = state::size;
  std::string line_;  // of the line that has not ended yet
  std::size_t body_bytes_max_ = 0;
  std::size_t left_ = 0;  // of the running chunk
  std::size_t chunks_ = 0;
  std::size_t extension_bytes_ = 0;
  std::size_t trailer_bytes_ = 0;
  std::size_t trailers_ = 0;
};

}  // namespace pulse::http::server
