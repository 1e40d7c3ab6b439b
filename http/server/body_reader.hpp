// A body that is read while its request is answered: for what is too large to be held.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include <boost/asio/awaitable.hpp>

namespace pulse::http::server {

/// The most of such a body that is in memory at a time.
inline constexpr std::size_t body_piece_bytes_max = 64 * 1024;

/// The rest of a request's body. Used by its handler alone, on its io thread, and only until that has answered.
class body_reader {
 public:
  virtual ~body_reader() = default;

  /// The next bytes, at most `body_piece_bytes_max`, valid until the next call; empty at the end. Nothing: the body did
  /// not arrive whole (the client left, was too slow, sent too much or nonsense), and what the handler answers is not
  /// sent.
  virtual boost::asio::awaitable<std::optional<std::string_view>> next() = 0;
};

}  // namespace pulse::http::server
