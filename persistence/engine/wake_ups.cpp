#include "persistence/engine/wake_ups.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <mutex>
#include <set>
#include <string_view>
#include <thread>
#include <utility>

#include <libpq-fe.h>

#include "base/freeing.hpp"
#include "persistence/postgres/connection.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence {

namespace {

/// NOTIFY takes 8,000 bytes; a tenant's id with its comma is 37.
constexpr std::size_t most_tenants_in_payload = 200;

/// The name of a node's channel in PostgreSQL.
std::string channel_of(const base::uuid& node_id) { return "pulse_node_" + base::to_string(node_id); }

constexpr statement notify_nodes{"notify_nodes", R"sql(
  SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS t (channel, payload))sql"};

}  // namespace

// --- telling ---------------------------------------------------------------------------------------------------------

class wake_up_sender::state : public std::enable_shared_from_this<wake_up_sender::state> {
 public:
  explicit state(database& on) : database_(on) {}

  void notify(const base::uuid& node_id, const base::uuid& tenant_id) {
    {
      const std::lock_guard lock{mutex_};
      wait_for(node_id, tenant_id);
    }
    send();
  }

  void send() {
    auto told = std::make_shared<wake_ups>();
    {
      const std::lock_guard lock{mutex_};
      if (is_sending_ || waiting_.empty()) return;
      is_sending_ = true;
      count_ = 0;
      told->swap(waiting_);
    }
    std::vector<std::string> channels;
    std::vector<std::string> payloads;
    for (const auto& [node_id, tenants] : *told) add_payloads(channel_of(node_id), tenants, channels, payloads);
    database_.transact(
        std::nullopt,
        [channels = std::move(channels), payloads = std::move(payloads)](transaction& tx) {
          tx.execute(notify_nodes, channels, payloads);
        },
        [self = shared_from_this(), told](result<void> answer) { self->finish(*told, answer.has_error()); });
  }

 private:
  using wake_ups = std::map<base::uuid, std::set<base::uuid>>;  // tenants by node

  void finish(const wake_ups& told, bool failed) {
    {
      const std::lock_guard lock{mutex_};
      is_sending_ = false;
      if (failed) {
        for (const auto& [node_id, tenants] : told) {
          for (const auto& tenant_id : tenants) wait_for(node_id, tenant_id);
        }
      }
    }
    if (!failed) send();  // at once after a failure it would fail again, and again
  }

  /// Under the lock.
  void wait_for(const base::uuid& node_id, const base::uuid& tenant_id) {
    if (count_ < most_waiting && waiting_[node_id].insert(tenant_id).second) ++count_;
  }

  static void add_payloads(const std::string& channel, const std::set<base::uuid>& tenants,
                           std::vector<std::string>& channels, std::vector<std::string>& payloads) {
    std::size_t in_payload = most_tenants_in_payload;
    for (const auto& tenant_id : tenants) {
      if (in_payload == most_tenants_in_payload) {
        channels.push_back(channel);
        payloads.emplace_back();
        in_payload = 0;
      }
      if (in_payload++ > 0) payloads.back() += ',';
      payloads.back() += base::to_string(tenant_id);
    }
  }

  database& database_;
  std::mutex mutex_;
  wake_ups waiting_;
  std::size_t count_ = 0;  // of what waits
  bool is_sending_ = false;
};

wake_up_sender::wake_up_sender(database& on) : state_(std::make_shared<state>(on)) {}
wake_up_sender::~wake_up_sender() = default;

void wake_up_sender::notify(const base::uuid& node_id, const base::uuid& tenant_id) {
  state_->notify(node_id, tenant_id);
}
void wake_up_sender::retry() { state_->send(); }

// --- hearing ---------------------------------------------------------------------------------------------------------

class wake_up_listener::listening {
 public:
  listening(std::string database_url, std::string channel, std::function<void(const base::uuid&)> heard,
            std::function<void()> listens, options how)
      : channel_(std::move(channel)),
        heard_(std::move(heard)),
        listens_(std::move(listens)),
        how_(std::move(how)),
        stop_(::eventfd(0, EFD_CLOEXEC)) {
    if (auto url = to_libpq_url(database_url); url.has_value()) url_ = std::move(*url);
    thread_ = std::thread{[this] { run(); }};
  }

  ~listening() {
    ::eventfd_write(stop_, 1);
    thread_.join();
    ::close(stop_);
  }

 private:
  using steady = std::chrono::steady_clock;

  using connection = std::unique_ptr<PGconn, base::freeing<PQfinish>>;
  using answer = std::unique_ptr<PGresult, base::freeing<PQclear>>;

  enum class waited { ready, late, stopped };

  void run() {
    while (!is_stopped(std::chrono::milliseconds{0})) {
      if (const auto open = connect(); open && ask(open.get(), listen_command(open.get()))) {
        if (listens_) listens_();
        while (hear(open.get())) {
        }
        if (how_.deaf) how_.deaf();
      }
      if (is_stopped(how_.retry_pause)) return;
    }
  }

  /// Nothing when there is no connection in time.
  connection connect() const {
    // Parameters before the URL ("dbname") are defaults that it may change.
    constexpr std::size_t count = 7;
    const std::array<const char*, count + 1> names{"application_name",
                                                   "keepalives_idle",
                                                   "keepalives_interval",
                                                   "keepalives_count",
                                                   "tcp_user_timeout",
                                                   "target_session_attrs",
                                                   "dbname",
                                                   nullptr};
    const std::array<const char*, count + 1> values{"pulse wake-ups", "10",         "5",          "3",
                                                    "15000",          "read-write", url_.c_str(), nullptr};
    connection open{PQconnectStartParams(names.data(), values.data(), 1)};
    if (!open) return nullptr;
    PQsetNoticeProcessor(
        open.get(), [](void*, const char*) {}, nullptr);
    const auto until = steady::now() + how_.connect_timeout;
    for (auto next = PGRES_POLLING_WRITING; next != PGRES_POLLING_OK; next = PQconnectPoll(open.get())) {
      if (PQstatus(open.get()) == CONNECTION_BAD || next == PGRES_POLLING_FAILED) return nullptr;
      if (wait(open.get(), next == PGRES_POLLING_READING ? POLLIN : POLLOUT, until) != waited::ready) return nullptr;
    }
    if (PQsetnonblocking(open.get(), 1) != 0) return nullptr;
    return open;
  }

  std::string listen_command(PGconn* open) const {
    auto* quoted = PQescapeIdentifier(open, channel_.data(), channel_.size());
    auto command = "LISTEN " + std::string{quoted};
    PQfreemem(quoted);
    return command;
  }

  /// Whether the server carried `command` out in time.
  bool ask(PGconn* open, const std::string& command) {
    if (PQsendQuery(open, command.c_str()) != 1) return false;
    const auto until = steady::now() + how_.answer_timeout;
    bool done = true;
    for (;;) {
      const int unsent = PQflush(open);
      if (unsent < 0) return false;
      if (unsent == 0 && PQisBusy(open) == 0) {
        const answer got{PQgetResult(open)};
        if (!got) break;
        const auto status = PQresultStatus(got.get());
        done = done && (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
        continue;
      }
      const auto events = static_cast<short>(unsent > 0 ? POLLIN | POLLOUT : POLLIN);
      if (wait(open, events, until) != waited::ready || PQconsumeInput(open) != 1) return false;
    }
    ask_at_ = steady::now() + how_.ask_every;
    return done;
  }

  /// Waits for something to hear; false when the connection is no good or it is time to stop.
  bool hear(PGconn* open) {
    while (auto* told = PQnotifies(open)) {
      tell_each(told->extra);
      PQfreemem(told);
    }
    switch (wait(open, POLLIN, ask_at_)) {
      case waited::ready: return PQconsumeInput(open) == 1;
      // A server that is gone without a word looks like one that has nothing to say.
      case waited::late: return ask(open, "SELECT 1");
      case waited::stopped: return false;
    }
    return false;
  }

  void tell_each(std::string_view payload) {
    while (!payload.empty()) {
      const auto comma = std::min(payload.find(','), payload.size());
      if (const auto tenant_id = base::parse_uuid(payload.substr(0, comma))) heard_(*tenant_id);
      payload.remove_prefix(std::min(comma + 1, payload.size()));
    }
  }

  waited wait(PGconn* open, short events, steady::time_point until) const {
    for (;;) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - steady::now()).count();
      pollfd waits[2] = {{PQsocket(open), events, 0}, {stop_, POLLIN, 0}};
      const int ready = ::poll(waits, 2, static_cast<int>(std::max<std::int64_t>(left, 0)));
      if (ready < 0 && errno == EINTR) continue;
      if (ready > 0 && waits[1].revents != 0) return waited::stopped;
      return ready > 0 ? waited::ready : waited::late;
    }
  }

  bool is_stopped(std::chrono::milliseconds within) const {
    pollfd wait{stop_, POLLIN, 0};
    return ::poll(&wait, 1, static_cast<int>(within.count())) > 0;
  }

  std::string url_;
  std::string channel_;
  std::function<void(const base::uuid&)> heard_;
  std::function<void()> listens_;
  options how_;
  steady::time_point ask_at_{};  // whether the server is still there
  int stop_;
  std::thread thread_;
};

wake_up_listener::wake_up_listener(std::string database_url, const base::uuid& node_id,
                                   std::function<void(const base::uuid&)> heard, std::function<void()> listens,
                                   options how)
    : listening_(std::make_unique<listening>(std::move(database_url), channel_of(node_id), std::move(heard),
                                             std::move(listens), std::move(how))) {}

wake_up_listener::wake_up_listener(std::string database_url, std::string_view channel,
                                   std::function<void(const base::uuid&)> heard, std::function<void()> listens,
                                   options how)
    : listening_(std::make_unique<listening>(std::move(database_url), std::string{channel}, std::move(heard),
                                             std::move(listens), std::move(how))) {}

wake_up_listener::~wake_up_listener() = default;

}  // namespace pulse::persistence
