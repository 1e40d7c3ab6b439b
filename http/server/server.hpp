// The generic HTTP/1.1 server: listeners, sessions, the head parser, time-outs and an orderly stop. It knows nothing of
// Pulse's API; the front door and the sandbox are both built on it.
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

#include "base/ip_address.hpp"
#include "http/server/message.hpp"

namespace pulse::http::server {

/// Every limit of the front door, by name.
struct limits {
  std::size_t header_bytes = 16 * 1024;
  std::size_t body_bytes = 1024 * 1024;                // unless `options::before_body` says otherwise
  std::size_t connections = 10'000;                    // further ones are answered 503 and closed
  std::size_t connections_assured = 64;                // a network has so many while there are any, whatever its share
  std::size_t memory_bytes = 256 * 1024 * 1024;        // of all unfinished requests and answers together
  std::size_t memory_bytes_assured = 2 * 1024 * 1024;  // of one network, whatever its share
  std::chrono::milliseconds header_timeout{10'000};    // in total, from the header's first byte to its last
  std::chrono::milliseconds body_timeout{30'000};      // in total; of a streamed one for every started MiB
  std::chrono::milliseconds idle_timeout{60'000};      // without a byte between requests, or before the first
  std::chrono::milliseconds write_timeout{30'000};     // in total, for every started MiB of a response
  std::chrono::milliseconds stop_timeout{10'000};      // what still runs after it is cut
};

/// What becomes of a body, decided when the header is whole and no byte of the body has been read.
struct body_permit {
  std::size_t bytes_max = 0;
  /// Answered at once instead: the body is not read. The connection goes on if all of the body has come with the
  /// header.
  std::optional<response> instead;
  /// The body is not read before it is answered: the handler does, by `request::incoming`, and it may be larger than
  /// memory.
  bool is_streamed = false;
};

/// PEM files: the certificate with the chain that leads to a root, and its key.
struct tls_files {
  std::string certificate;
  std::string key;
};

struct options {
  std::string address = "127.0.0.1";  // of IPv4 or IPv6, or "unix:" and the path of a socket, which is made anew
  std::uint16_t port = 0;             // 0: any free one, see `server::port`
  unsigned threads = 1;               // each with an io_context of its own
  struct limits limits;
  std::optional<tls_files> tls;  // none: plain HTTP
  std::string server_name = "pulse";
  std::vector<std::string> cors_origins;  // exact origins that may call with credentials
  /// Beginnings of paths that pages of every origin may read, without credentials: "/site/".
  std::vector<std::string> open_paths;
  /// Goes with every response, refusals too: strict-transport-security. Names in lower case.
  std::vector<header> common_headers;
  /// Reverse proxies whose Forwarded and X-Forwarded-For count (http/server/client_address.hpp). The peer of a unix
  /// socket is one always.
  std::vector<base::ip_network> trusted_proxies;
  /// Asked for every request that has a body, on the session's io thread; empty: `limits.body_bytes` for all.
  std::function<body_permit(const request&)> before_body;
};

/// Answers one request. Runs on the session's io thread, the handlers of other threads at the same time; it may
/// suspend, never block. A thrown exception becomes a 500 problem document and one log line; it never leaves the
/// session.
using handler = std::function<boost::asio::awaitable<response>(const request&)>;

/// What the server reports about itself, for /metrics; called on io threads after every response.
struct observation {
  verb method;
  int status;
  std::chrono::steady_clock::duration duration;  // from the complete header to the last byte handed to the kernel
  bool refused = false;                          // by the server itself; `method` means nothing then
};

/// A running server. Made, started and stopped from one thread. Whatever a handler waits for may still complete after
/// `stop`, but not after the destructor: destroy the server after those who complete it, or stop them first.
class server {
 public:
  /// `refuse(status, title, detail, request_id)` renders the body of what the server itself refuses (head parser,
  /// limits, time-outs), so that refusals look like every other error of the product.
  using refusal =
      std::function<response(int status, std::string_view title, std::string_view detail, std::string_view request_id)>;

  server(options settings, handler answer, refusal refuse, std::function<void(const observation&)> observe = {});
  ~server();
  server(const server&) = delete;
  server& operator=(const server&) = delete;

  /// Binds and accepts. Says why not (address in use, no permission) in a sentence, or an empty string.
  std::string start();

  /// The port that was bound.
  std::uint16_t port() const;

  /// Stops accepting, lets running requests finish (each answered with `connection: close`), cuts what is left after
  /// `limits.stop_timeout`, joins the threads. Idempotent.
  void stop();

  /// True from the moment `stop` begins: readiness answers 503 then.
  bool stopping() const;

 private:
  class impl;
  std::unique_ptr<impl> impl_;
};

}  // namespace pulse::http::server
