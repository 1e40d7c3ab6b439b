// A small client for Redis, which holds only what may be lost: cache, OAuth state, limits across nodes, fan-out.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.hpp"

namespace pulse::persistence {

enum class redis_failure_kind {
  unavailable,  // no connection, or it broke: the command may have run or not
  timeout,      // no answer in time: the command may have run or not
  overloaded,   // the queue is full: nothing happened
  refused,      // Redis answered with an error
  bug,          // an answer of a type that the command cannot have
};
BOOST_DESCRIBE_ENUM(redis_failure_kind, unavailable, timeout, overloaded, refused, bug)

/// What a kind means, as a sentence for an operator.
std::string_view sentence(redis_failure_kind kind);

/// `detail` is for the log and never holds a key's value.
struct redis_failure {
  redis_failure_kind kind = redis_failure_kind::unavailable;
  std::string detail;
};

template <class T>
using redis_result = base::result<T, redis_failure>;

/// Where a Redis is, as its URL says.
struct redis_address {
  std::string host;  // empty: a unix socket
  int port = 6379;
  std::string socket_path;
  std::string user;      // empty: none
  std::string password;  // empty: none
  int database = 0;
};

/// Reads redis://[[user]:password@]host[:port][/db] and unix://[[user]:password@]/path/to/socket[?db=n&password=…],
/// with %-escapes. A bug failure with a sentence, which does not repeat the URL, for anything else.
redis_result<redis_address> parse_redis_url(std::string_view url);

/// A command and its arguments, sent as they are (binary safe): {"SET", key, value, "PX", "1000"}.
using redis_command = std::vector<std::string>;

/// What Redis answers: nil, an integer, a string (or status), or an array of those.
struct redis_reply {
  std::variant<std::monostate, std::int64_t, std::string, std::vector<redis_reply>> value;

  bool is_nil() const { return value.index() == 0; }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value); }
  const std::string* string() const { return std::get_if<std::string>(&value); }
  const std::vector<redis_reply>* array() const { return std::get_if<std::vector<redis_reply>>(&value); }
};

/// Thread-safe; one connection, made on first use and again when it broke, with backoff (50 ms to `longest_pause`): in
/// between every command fails at once. Never throws. Nothing that must be right depends on it. Commands that wait
/// together travel together.
class redis {
 public:
  /// Between two connections that are tried, at most.
  static constexpr std::chrono::milliseconds longest_pause{500};
  static constexpr std::chrono::milliseconds usual_timeout{200};

  struct options {
    /// See `parse_redis_url`. No TLS: hiredis 0.14 has none.
    std::string url;
    /// For connecting, and for each answer.
    std::chrono::milliseconds timeout{usual_timeout};
    /// Submitted commands that may wait; further ones fail as overloaded.
    std::size_t queue_limit = 1024;
  };
  using done = std::function<void(redis_result<redis_reply>)>;

  explicit redis(options how);
  /// Fails what still waits.
  ~redis();
  redis(const redis&) = delete;
  redis& operator=(const redis&) = delete;

  /// Never blocks: runs the command on the client's thread, together with others that wait, and calls `then` there (or
  /// at once, on the caller's, when overloaded).
  void submit(redis_command command, done then);

  /// Blocks for a few time-outs at most: never on an io thread, in an actor or in a `done`.
  redis_result<redis_reply> run(const redis_command& command);

  // Commands for `submit` and `run`.
  static redis_command get_command(std::string_view key);
  static redis_command set_command(std::string_view key, std::string_view value, std::chrono::milliseconds ttl);

 private:
  class client;
  std::unique_ptr<client> client_;
};

}  // namespace pulse::persistence
