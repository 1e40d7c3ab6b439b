#include "persistence/redis/fan_out.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <set>
#include <string_view>
#include <thread>
#include <utility>

#include <hiredis/hiredis.h>

#include "base/freeing.hpp"

namespace pulse::persistence {

namespace {

/// The channel in Redis. A message is the sender's node, then companies, with commas between.
constexpr const char* channel = "pulse:events";
constexpr std::size_t most_in_message = 200;

}  // namespace

// --- telling ---------------------------------------------------------------------------------------------------------

class fan_out_sender::state : public std::enable_shared_from_this<fan_out_sender::state> {
 public:
  state(redis& to, const base::uuid& node_id) : redis_(to), node_id_(base::to_string(node_id)) {}

  void notify(const base::uuid& tenant_id) {
    {
      const std::lock_guard lock{mutex_};
      if (waiting_.size() < most_waiting) waiting_.insert(tenant_id);
    }
    send();
  }

 private:
  void send() {
    std::string message = node_id_;
    {
      const std::lock_guard lock{mutex_};
      if (is_sending_ || waiting_.empty()) return;
      is_sending_ = true;
      for (std::size_t i = 0; i < most_in_message && !waiting_.empty(); ++i) {
        message += ',' + base::to_string(*waiting_.begin());
        waiting_.erase(waiting_.begin());
      }
    }
    redis_.submit({"PUBLISH", channel, std::move(message)},
                  [self = shared_from_this()](const redis_result<redis_reply>& answer) {
                    {
                      const std::lock_guard lock{self->mutex_};
                      self->is_sending_ = false;
                      if (!answer) self->waiting_.clear();  // the hubs look by themselves
                    }
                    self->send();
                  });
  }

  redis& redis_;
  std::string node_id_;
  std::mutex mutex_;
  std::set<base::uuid> waiting_;
  bool is_sending_ = false;
};

fan_out_sender::fan_out_sender(redis& to, const base::uuid& node_id) : state_(std::make_shared<state>(to, node_id)) {}
fan_out_sender::~fan_out_sender() = default;
void fan_out_sender::notify(const base::uuid& tenant_id) { state_->notify(tenant_id); }

// --- hearing ---------------------------------------------------------------------------------------------------------

class fan_out_listener::listening {
 public:
  listening(const std::string& url, const base::uuid& node_id, std::function<void(const base::uuid&)> heard,
            options how)
      : address_(parse_redis_url(url)),
        node_id_(base::to_string(node_id)),
        heard_(std::move(heard)),
        how_(how),
        stop_(::eventfd(0, EFD_CLOEXEC)) {
    thread_ = std::thread{[this] { run(); }};
  }

  ~listening() {
    ::eventfd_write(stop_, 1);
    thread_.join();
    ::close(stop_);
  }

 private:
  using connection = std::unique_ptr<redisContext, base::freeing<redisFree>>;
  using reply = std::unique_ptr<redisReply, base::freeing<freeReplyObject>>;
  enum class waited { ready, late, stopped };

  void run() {
    if (!address_) return;
    while (!is_stopped()) {
      if (const auto open = connect(); open && subscribe(*open)) {
        while (hear(*open)) {
        }
      }
      if (wait(-1, how_.retry_pause) == waited::stopped) return;
    }
  }

  connection connect() const {
    const auto& to = *address_;
    const timeval timeout{how_.connect_timeout.count() / 1000, how_.connect_timeout.count() % 1000 * 1000};
    connection open{to.host.empty() ? redisConnectUnixWithTimeout(to.socket_path.c_str(), timeout)
                                    : redisConnectWithTimeout(to.host.c_str(), to.port, timeout)};
    if (!open || open->err != 0) return nullptr;
    redisSetTimeout(open.get(), timeout);
    if (!to.password.empty()) {
      const auto is_in = to.user.empty() ? ask(*open, "AUTH %s", to.password.c_str())
                                         : ask(*open, "AUTH %s %s", to.user.c_str(), to.password.c_str());
      if (!is_in) return nullptr;
    }
    return open;
  }

  template <class... A>
  static bool ask(redisContext& on, const char* command, A... arguments) {
    const reply answer{static_cast<redisReply*>(redisCommand(&on, command, arguments...))};
    return answer && answer->type != REDIS_REPLY_ERROR;
  }

  bool subscribe(redisContext& on) {
    is_asked_ = false;
    return ask(on, "SUBSCRIBE %s", channel);
  }

  /// Waits for something to hear; false when the connection is no good or it is time to stop.
  bool hear(redisContext& on) {
    switch (wait(on.fd, is_asked_ ? how_.answer_timeout : how_.ask_every)) {
      case waited::stopped: return false;
      case waited::late: {
        if (std::exchange(is_asked_, true)) return false;  // it does not answer
        int done = 0;
        return redisAppendCommand(&on, "PING") == REDIS_OK && redisBufferWrite(&on, &done) == REDIS_OK;
      }
      case waited::ready: break;
    }
    is_asked_ = false;
    if (redisBufferRead(&on) != REDIS_OK) return false;
    for (;;) {
      void* raw = nullptr;
      if (redisGetReplyFromReader(&on, &raw) != REDIS_OK) return false;
      if (raw == nullptr) return true;
      const reply told{static_cast<redisReply*>(raw)};
      take(*told);
    }
  }

  /// ["message", channel, text]
  void take(const redisReply& told) const {
    constexpr std::size_t parts = 3;
    if (told.type != REDIS_REPLY_ARRAY || told.elements != parts) return;
    const auto& text = *told.element[2];
    if (text.type != REDIS_REPLY_STRING) return;
    std::string_view rest{text.str, text.len};
    if (rest.starts_with(node_id_)) return;
    while (!rest.empty()) {
      const auto comma = std::min(rest.find(','), rest.size());
      if (const auto tenant_id = base::parse_uuid(rest.substr(0, comma))) heard_(*tenant_id);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }

  bool is_stopped() const { return wait(-1, std::chrono::milliseconds{0}) == waited::stopped; }

  /// `descriptor` of -1: only for the end.
  waited wait(int descriptor, std::chrono::milliseconds within) const {
    pollfd waits[2] = {{descriptor, POLLIN, 0}, {stop_, POLLIN, 0}};
    for (;;) {
      const int ready = ::poll(waits, 2, static_cast<int>(within.count()));
      if (ready < 0 && errno == EINTR) continue;
      if (ready > 0 && waits[1].revents != 0) return waited::stopped;
      return ready > 0 ? waited::ready : waited::late;
    }
  }

  redis_result<redis_address> address_;
  std::string node_id_;
  std::function<void(const base::uuid&)> heard_;
  options how_;
  bool is_asked_ = false;  // whether Redis is still there
  int stop_;
  std::thread thread_;
};

fan_out_listener::fan_out_listener(const std::string& redis_url, const base::uuid& node_id,
                                   std::function<void(const base::uuid&)> heard, options how)
    : listening_(std::make_unique<listening>(redis_url, node_id, std::move(heard), how)) {}
fan_out_listener::~fan_out_listener() = default;

}  // namespace pulse::persistence
