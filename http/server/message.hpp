// A request whose head was accepted, and the response to it: what the generic server hands to whoever answers.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace pulse::http::server {

enum class verb : std::uint8_t { get, head, post, put, patch, delete_, options };

/// Whether reading is all that the method does (RFC 9110 §9.2.1).
constexpr bool is_read(verb method) { return method == verb::get || method == verb::head; }

/// The method as it stands on the wire: "GET".
std::string_view to_string(verb method);

struct header {
  std::string name;  // lower case
  std::string value;
};

class body_reader;

/// One request, whole: the body has arrived and its size is within the limit. Owned by the session; valid until the
/// handler's coroutine completes.
struct request {
  verb method = verb::get;
  std::string target;           // as sent: "/posts/1?limit=2"
  std::string path;             // percent-decoded, always begins with '/', valid UTF-8 without control characters
  std::string query;            // raw, without '?'
  std::vector<header> headers;  // at most 100
  std::string body;
  body_reader* incoming =
      nullptr;                 // instead of `body`, where the route reads it by itself (http/server/body_reader.hpp)
  std::string id;              // the request's id: from a well-formed X-Request-ID, else made here
  std::string remote_address;  // the client's, also behind trusted proxies; "unix" when nobody knows more
  std::chrono::steady_clock::time_point received_at{};  // when the header block was complete

  /// The first value of a header (`name` in lower case), or nothing.
  std::optional<std::string_view> find(std::string_view name) const;
};

class connection_taker;
/// Makes a body while it is sent: called again for its next part each time that the one before is out, until one is
/// empty. It runs after the handler has ended, so it owns what it needs. One that throws cuts the connection: a torn
/// body never looks whole.
using body_parts = std::function<boost::asio::awaitable<std::string>()>;

/// One response. `content-length`, `date`, `connection`, `x-request-id`, CORS, compression, conditional requests (set
/// `etag` or `last-modified`; the server makes the 304) and leaving out the body for HEAD are the server's business.
struct response {
  int status = 200;
  std::string content_type;  // empty: no body
  std::vector<header> headers;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // instead of `body`: bytes that many responses share (static files)
  body_parts parts;                                // instead of either: a body of any size, never whole in memory
  std::optional<std::uint64_t> parts_bytes;        // how many bytes the parts are together, where that is known
  bool close = false;                              // close the connection after this response
  bool compressible = true;
  std::shared_ptr<connection_taker> taken_by;  // goes on after this response, see takeover.hpp; GET only
  std::optional<std::size_t>
      cut_after;  // for stand-ins that break: close after so many bytes of the response, 0 for none

  /// The bytes to send, wherever they are held.
  const std::string& bytes() const { return shared_body ? *shared_body : body; }

  /// The first value of a header that was set (`name` in lower case), or nothing.
  std::optional<std::string_view> find(std::string_view name) const;

  static response empty(int status);
  static response text(int status, std::string body);
  static response json(int status, std::string body);
};

/// The phrase of RFC 9110 §15 for a status: "Not Found".
std::string_view reason(int status);

}  // namespace pulse::http::server
