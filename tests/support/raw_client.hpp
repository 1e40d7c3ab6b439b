// A TCP client that sends exactly the bytes of a test and reads the reply:
// no well-behaved HTTP client can do that.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pulse::tests {

struct raw_response {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, in order
  std::string body;

  /// The first value of a header (`name` in lower case), or nothing.
  std::optional<std::string> find(std::string_view name) const;
  std::size_t count(std::string_view name) const;
};

/// One connection to 127.0.0.1, from the address `from`, or to a unix socket. Everything that waits gives up after
/// `patience` (tests/support/raw_server.hpp).
class raw_client {
 public:
  explicit raw_client(std::uint16_t port, const char* from = nullptr);
  explicit raw_client(const std::string& socket_path);
  ~raw_client();
  raw_client(const raw_client&) = delete;
  raw_client& operator=(const raw_client&) = delete;

  /// Sends all of it; false when the peer has closed.
  bool send(std::string_view bytes);

  /// Says that nothing more will be sent, and goes on reading.
  void finish_sending();

  /// Drops the connection by a reset.
  void reset();

  /// The next response, a body as long as its Content-Length says included (not for one to HEAD); nothing when the peer
  /// closed first, or too much time passed.
  std::optional<raw_response> receive(bool to_head = false);

  /// Whatever comes until `marker` has come or the peer closed.
  std::string read_until(std::string_view marker);

  /// Waits for the peer to close; what it sent before is in `rest`. False when it did not close.
  bool wait_for_close();

  /// What has been received and not been returned by `receive`.
  const std::string& rest() const { return buffer_; }

 private:
  enum class arrival { bytes, closed, nothing };
  arrival read_more();

  int socket_ = -1;
  std::string buffer_;
};

}  // namespace pulse::tests
