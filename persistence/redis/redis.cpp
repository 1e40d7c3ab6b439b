#include "persistence/redis/redis.hpp"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

#include <hiredis/hiredis.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include "base/describe.hpp"
#include "base/freeing.hpp"

namespace pulse::persistence {
namespace {

using namespace std::chrono_literals;

constexpr auto min_pause = 50ms;
/// Commands that travel together.
constexpr std::size_t max_batch = 128;
/// Arrays in arrays deeper than this do not come from any command that we send.
constexpr int max_reply_depth = 8;

using context_handle = std::unique_ptr<redisContext, base::freeing<redisFree>>;
using reply_handle = std::unique_ptr<redisReply, base::freeing<freeReplyObject>>;

redis_failure failure_of(const redisContext& context) {
  const bool late = context.err == REDIS_ERR_IO && (errno == EAGAIN || errno == EWOULDBLOCK || errno == ETIMEDOUT);
  if (late) return {redis_failure_kind::timeout, "Redis did not answer in time"};
  return {redis_failure_kind::unavailable, std::string{"Redis: "} + context.errstr};
}

redis_reply convert(const redisReply& from, int depth) {
  switch (from.type) {
    case REDIS_REPLY_INTEGER: return {static_cast<std::int64_t>(from.integer)};
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
    case REDIS_REPLY_ERROR: return {std::string{from.str, from.len}};
    case REDIS_REPLY_ARRAY: {
      std::vector<redis_reply> items;
      if (depth >= max_reply_depth) return {std::move(items)};
      items.reserve(from.elements);
      for (std::size_t i = 0; i < from.elements; ++i) items.push_back(convert(*from.element[i], depth + 1));
      return {std::move(items)};
    }
    default: return {};
  }
}

redis_result<redis_reply> result_of(const redisReply& from) {
  if (from.type == REDIS_REPLY_ERROR) {
    return redis_failure{redis_failure_kind::refused, "Redis refused: " + std::string{from.str, from.len}};
  }
  return convert(from, 0);
}

bool append(redisContext& to, const redis_command& command) {
  std::vector<const char*> values;
  std::vector<std::size_t> sizes;
  for (const auto& each : command) {
    values.push_back(each.data());
    sizes.push_back(each.size());
  }
  return redisAppendCommandArgv(&to, static_cast<int>(values.size()), values.data(), sizes.data()) == REDIS_OK;
}

redis_result<redis_reply> read_reply(redisContext& from) {
  void* raw = nullptr;
  errno = 0;
  if (redisGetReply(&from, &raw) != REDIS_OK) return failure_of(from);
  const reply_handle reply{static_cast<redisReply*>(raw)};
  return result_of(*reply);
}

std::string millis(std::chrono::milliseconds value) { return std::to_string(std::max<std::int64_t>(1, value.count())); }

}  // namespace

std::string_view sentence(redis_failure_kind kind) {
  switch (kind) {
    case redis_failure_kind::unavailable: return "Redis cannot be reached.";
    case redis_failure_kind::timeout: return "Redis took too long.";
    case redis_failure_kind::overloaded: return "More is asked of Redis than it can do; try again shortly.";
    case redis_failure_kind::refused: return "Redis refused the command.";
    case redis_failure_kind::bug: return "The program and Redis do not understand each other.";
  }
  return "";
}

/// The thread that owns the connection, and its queue.
class redis::client {
 public:
  explicit client(options how) : options_(std::move(how)), address_(parse_redis_url(options_.url)) {
    thread_ = std::thread{[this] { run(); }};
  }

  ~client() {
    {
      const std::lock_guard lock{mutex_};
      stopping_ = true;
    }
    call_.notify_one();
    thread_.join();
    fail_all(queue_, {redis_failure_kind::unavailable, "the connection to Redis is stopping"});
  }

  void submit(redis_command command, redis::done then) {
    bool was_empty = false;
    {
      const std::lock_guard lock{mutex_};
      if (!stopping_ && queue_.size() < options_.queue_limit) {
        was_empty = queue_.empty();
        queue_.push_back({std::move(command), std::move(then)});
        then = nullptr;
      }
    }
    if (then) return answer(then, redis_failure{redis_failure_kind::overloaded, "the queue for Redis is full"});
    if (was_empty) call_.notify_one();
  }

 private:
  struct entry {
    redis_command command;
    redis::done done;
  };
  using time = std::chrono::steady_clock::time_point;

  void run() {
    // hiredis writes without MSG_NOSIGNAL: a connection that broke must not end the process.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);

    std::unique_lock lock{mutex_};
    for (;;) {
      call_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (stopping_) return;
      std::deque<entry> batch;
      while (!queue_.empty() && batch.size() < max_batch) {
        batch.push_back(std::move(queue_.front()));
        queue_.pop_front();
      }
      lock.unlock();
      perform(batch);
      lock.lock();
    }
  }

  void perform(std::deque<entry>& batch) {
    if (context_ && has_died()) context_.reset();
    if (!context_) {
      if (const auto why = connect()) return fail_all(batch, *why);
    }
    for (auto& each : batch) {
      if (append(*context_, each.command)) continue;
      context_.reset();
      return fail_all(batch, {redis_failure_kind::unavailable, "no memory for a command to Redis"});
    }
    while (!batch.empty()) {
      auto reply = read_reply(*context_);
      if (context_->err != 0) {
        // Later answers would belong to earlier commands: the connection is of no more use, and so are the rest.
        context_.reset();
        return fail_all(batch, reply.error());
      }
      auto current = std::move(batch.front());
      batch.pop_front();
      answer(current.done, std::move(reply));
    }
  }

  /// Nothing when connected; the last reason, at once, until the pause is over.
  std::optional<redis_failure> connect() {
    if (address_.has_error()) return address_.error();
    if (std::chrono::steady_clock::now() < next_try_) return last_;
    auto why = try_to_connect(*address_);
    if (!why) {
      if (pause_.count() > 0) spdlog::info("Redis is reached again");
      pause_ = 0ms;
      return std::nullopt;
    }
    context_.reset();
    if (pause_.count() == 0) spdlog::warn("Redis cannot be reached; Pulse continues without it: {}", why->detail);
    pause_ = std::clamp<std::chrono::milliseconds>(pause_ * 2, min_pause, longest_pause);
    next_try_ = std::chrono::steady_clock::now() + pause_;
    last_ = *why;
    return why;
  }

  std::optional<redis_failure> try_to_connect(const redis_address& to) {
    const timeval timeout{options_.timeout.count() / 1000,
                          static_cast<suseconds_t>(options_.timeout.count() % 1000 * 1000)};
    context_.reset(to.host.empty() ? redisConnectUnixWithTimeout(to.socket_path.c_str(), timeout)
                                   : redisConnectWithTimeout(to.host.c_str(), to.port, timeout));
    if (!context_) return redis_failure{redis_failure_kind::unavailable, "no memory for a connection to Redis"};
    if (context_->err != 0)
      return redis_failure{redis_failure_kind::unavailable, std::string{"Redis: "} + context_->errstr};
    redisSetTimeout(context_.get(), timeout);
    if (!to.password.empty()) {
      const auto login =
          to.user.empty() ? redis_command{"AUTH", to.password} : redis_command{"AUTH", to.user, to.password};
      if (auto why = greet(login)) return why;
    }
    if (to.database != 0) return greet({"SELECT", std::to_string(to.database)});
    return std::nullopt;
  }

  std::optional<redis_failure> greet(const redis_command& command) {
    append(*context_, command);
    const auto reply = read_reply(*context_);
    if (reply) return std::nullopt;
    return redis_failure{redis_failure_kind::unavailable, reply.error().detail};
  }

  bool has_died() const {
    char byte = 0;
    const auto got = recv(context_->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    // Anything to read before anything was asked is the end, or an answer that nobody waits for.
    return got >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
  }

  static void answer(const redis::done& done, redis_result<redis_reply> value) {
    try {
      done(std::move(value));
    } catch (const std::exception& error) {
      spdlog::error("The receiver of a Redis answer failed: {}", error.what());
    }
  }

  static void fail_all(std::deque<entry>& batch, const redis_failure& why) {
    for (const auto& each : batch) answer(each.done, why);
    batch.clear();
  }

  const options options_;
  const redis_result<redis_address> address_;
  std::mutex mutex_;
  std::condition_variable call_;
  std::deque<entry> queue_;
  bool stopping_ = false;
  // The thread's own:
  context_handle context_;
  std::chrono::milliseconds pause_{0};
  time next_try_{};
  redis_failure last_;
  std::thread thread_;
};

redis::redis(options how) : client_(std::make_unique<client>(std::move(how))) {}
redis::~redis() = default;

void redis::submit(redis_command command, done then) { client_->submit(std::move(command), std::move(then)); }

redis_result<redis_reply> redis::run(const redis_command& command) {
  // Shared, because it is still in use on the client's thread when this one wakes up.
  const auto promise = std::make_shared<std::promise<redis_result<redis_reply>>>();
  auto answer = promise->get_future();
  submit(command, [promise](redis_result<redis_reply> value) { promise->set_value(std::move(value)); });
  return answer.get();
}

// --- commands --------------------------------------------------------------------------------------------------------

redis_command redis::get_command(std::string_view key) { return {"GET", std::string{key}}; }

redis_command redis::set_command(std::string_view key, std::string_view value, std::chrono::milliseconds ttl) {
  return {"SET", std::string{key}, std::string{value}, "PX", millis(ttl)};
}

}  // namespace pulse::persistence
