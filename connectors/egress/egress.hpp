// Every HTTP request that the service makes goes through this client: libcurl's multi interface on a thread of its
// own. All its queues and times are bounded, and a failed request says whether bytes may have left.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "connectors/egress/address_guard.hpp"
#include "connectors/egress/streamed_body.hpp"

namespace pulse::connectors {

/// Who chose the address of a request.
enum class trust {
  user_given,  // a user: non-global addresses are refused, whatever the name resolves to; a fresh connection every time
  platform,    // a setting of the service: may be anywhere, also on this machine
};

/// How far a request came. In doubt it is `bytes_may_have_left`: the other two are certain.
enum class progress {
  no_byte_sent,  // surely nothing of the request reached anyone: resolving, connecting or TLS failed, or it never began
  bytes_may_have_left,  // it was handed to a connection, and the whole reply did not come back
  complete,  // the whole reply is here (where its length was told; a body that ends with the connection may be cut)
};

struct egress_header {
  std::string name;  // lower case in replies
  std::string value;
};

struct egress_request {
  std::string method =
      "GET";  // upper case. GET and HEAD may be sent again by libcurl when a kept-alive connection dies
              // under them; anything else is handed to a connection at most once.
  std::string url;
  std::vector<egress_header> headers;
  std::string body;
  std::shared_ptr<const streamed_body> stream = nullptr;  // instead of `body`: one that is read while it is sent
  std::chrono::milliseconds timeout{10'000};  // from `send` to the end of the reply, waiting for a place included
  std::size_t max_response_bytes = 1024 * 1024;
  trust address = trust::user_given;
  /// Asked on the client's thread in the last moment before the first byte leaves, and again before each piece of a
  /// body that does not leave together with the header; false: nothing, or nothing more, is sent. Empty: always.
  /// Neither is anything handed over when `timeout` is over.
  std::function<bool()> may_send;
};

struct egress_reply {
  progress how_far = progress::no_byte_sent;
  int status = 0;  // 0: no status line came. May be set although the reply is not complete
  std::vector<egress_header> headers;
  std::string body;
  std::optional<base::timestamp> first_byte_at;  // just before the first byte of the request was handed to the socket
  std::chrono::microseconds duration{0};         // from `send` to the end
  std::string error;                             // a sentence without address or secret; empty when complete
  bool address_refused = false;                  // by its text alone: it is none that a user may make us call
  bool too_large = false;                        // the reply has more than `max_response_bytes`

  /// The first value of a header (`name` in lower case), or nothing.
  std::optional<std::string_view> find(std::string_view name) const;
};

struct egress_options {
  std::size_t in_flight = 512;          // requests at libcurl at one time
  std::size_t in_flight_per_host = 32;  // of them to one scheme, host and port
  std::size_t queue = 10'000;           // requests waiting for a place; further ones are refused, nothing sent
  std::chrono::milliseconds connect_timeout{5'000};
  std::chrono::seconds keep_idle{45};  // an idle connection is not reused after this; servers close at 60 s
  std::string user_agent = "pulse";
  reach user_given = reach::internet;  // what an address that a user gave may reach
};

/// The client. Thread-safe. Redirects are never followed, proxies of the environment never used, certificates always
/// checked. It logs nothing of a request.
class egress {
 public:
  using callback = std::function<void(egress_reply)>;

  /// `clock` must outlive the client.
  egress(egress_options options, const base::clock& clock);
  ~egress();  // as `stop`
  egress(const egress&) = delete;
  egress& operator=(const egress&) = delete;

  /// Sends `request` and calls `done` exactly once, on the client's thread, where nothing may block or throw.
  void send(egress_request request, callback done);

  /// Calls `then` once, on the client's thread, when `delay` is over: for waiting between two requests without holding
  /// up a thread. `stop` calls what is left at once, and after it `after` calls on the caller's thread; a request that
  /// `then` sends is then answered at once.
  void after(std::chrono::milliseconds delay, std::function<void()> then);

  /// Ends what waits (`no_byte_sent`) and what runs (as far as it came), calls back for each, joins the thread. After
  /// it `send` answers on the caller's thread that nothing was sent. Idempotent; not from a callback.
  void stop();

 private:
  class impl;
  std::unique_ptr<impl> impl_;
};

}  // namespace pulse::connectors
