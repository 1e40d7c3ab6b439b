#include "persistence/wake_ups.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <map>
#include <mutex>
#include <set>
#include <string_view>
#include <thread>
#include <utility>

#include <libpq-fe.h>
#include <spdlog/spdlog.h>

#include "persistence/connection.hpp"
#include "persistence/transaction.hpp"

namespace pulse::persistence {

namespace {

/// NOTIFY takes 8,000 bytes; a tenant's id with its comma is 37.
constexpr std::size_t most_tenants_in_payload = 200;

/// The name of a node's channel in PostgreSQL.
std::string channel_of(const base::uuid& node_id) { return "pulse_node_" + base::to_string(node_id); }

constexpr statement notify_nodes{"notify_nodes", R"sql(
  SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS t (channel, payload))sql"};

}  // namespace

// --- telling ---------------------------------------------------------------------------------------------------------------

class wake_up_sender::state : public std::enable_shared_from_this<wake_up_sender::state> {
 public:
  explicit state(database& on) : database_(on) {}

  void tell(const base::uuid& node_id, const base::uuid& tenant_id) {
    {
      const std::lock_guard lock{mutex_};
      waiting_[node_id].insert(tenant_id);
    }
    send();
  }

 private:
  void send() {
    std::map<base::uuid, std::set<base::uuid>> told;
    {
      const std::lock_guard lock{mutex_};
      if (is_sending_ || waiting_.empty()) return;
      is_sending_ = true;
      told.swap(waiting_);
    }
    std::vector<std::string> channels;
    std::vector<std::string> payloads;
    for (const auto& [node_id, tenants] : told) add_payloads(channel_of(node_id), tenants, channels, payloads);
    database_.transact(
        std::nullopt,
        [channels = std::move(channels), payloads = std::move(payloads)](transaction& tx) {
          tx.execute(notify_nodes, channels, payloads);
        },
        [self = shared_from_this()](result<void>) {
          {
            const std::lock_guard lock{self->mutex_};
            self->is_sending_ = false;
          }
          self->send();
        });
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
  std::map<base::uuid, std::set<base::uuid>> waiting_;
  bool is_sending_ = false;
};

wake_up_sender::wake_up_sender(database& on) : state_(std::make_shared<state>(on)) {}
wake_up_sender::~wake_up_sender() = default;

void wake_up_sender::tell(const base::uuid& node_id, const base::uuid& tenant_id) { state_->tell(node_id, tenant_id); }

// --- hearing ---------------------------------------------------------------------------------------------------------------

class wake_up_listener::listening {
 public:
  listening(std::string database_url, const base::uuid& node_id, std::function<void(const base::uuid&)> heard)
      : channel_(channel_of(node_id)), heard_(std::move(heard)), stop_(::eventfd(0, EFD_CLOEXEC)) {
    if (auto url = to_libpq_url(database_url); url.has_value()) url_ = std::move(*url);
    thread_ = std::thread{[this] { run(); }};
  }

  ~listening() {
    ::eventfd_write(stop_, 1);
    thread_.join();
    ::close(stop_);
  }

 private:
  struct close_connection {
    void operator()(PGconn* open) const { PQfinish(open); }
  };
  using connection = std::unique_ptr<PGconn, close_connection>;

  void run() {
    while (!is_stopped(std::chrono::milliseconds{0})) {
      const connection open{PQconnectdb((url_ + (url_.find('?') == std::string::npos ? "?" : "&") +
                                         "connect_timeout=2&application_name=pulse%20wake-ups")
                                            .c_str())};
      if (PQstatus(open.get()) == CONNECTION_OK && listen_on(open.get())) {
        while (hear(open.get())) {
        }
      }
      if (is_stopped(retry_pause)) return;
    }
  }

  bool listen_on(PGconn* open) const {
    auto* quoted = PQescapeIdentifier(open, channel_.data(), channel_.size());
    const auto command = "LISTEN " + std::string{quoted};
    PQfreemem(quoted);
    PGresult* answer = PQexec(open, command.c_str());
    const bool done = PQresultStatus(answer) == PGRES_COMMAND_OK;
    PQclear(answer);
    return done;
  }

  /// Waits for something to hear; false when the connection broke or it is time to stop.
  bool hear(PGconn* open) {
    pollfd waits[2] = {{PQsocket(open), POLLIN, 0}, {stop_, POLLIN, 0}};
    if (::poll(waits, 2, -1) < 0 && errno != EINTR) return false;
    if (waits[1].revents != 0 || PQconsumeInput(open) == 0) return false;
    while (auto* told = PQnotifies(open)) {
      tell_each(told->extra);
      PQfreemem(told);
    }
    return true;
  }

  void tell_each(std::string_view payload) {
    while (!payload.empty()) {
      const auto comma = std::min(payload.find(','), payload.size());
      if (const auto tenant_id = base::parse_uuid(payload.substr(0, comma))) heard_(*tenant_id);
      payload.remove_prefix(std::min(comma + 1, payload.size()));
    }
  }

  bool is_stopped(std::chrono::milliseconds within) const {
    pollfd wait{stop_, POLLIN, 0};
    return ::poll(&wait, 1, static_cast<int>(within.count())) > 0;
  }

  std::string url_;
  std::string channel_;
  std::function<void(const base::uuid&)> heard_;
  int stop_;
  std::thread thread_;
};

wake_up_listener::wake_up_listener(std::string database_url, const base::uuid& node_id,
                                   std::function<void(const base::uuid&)> heard)
    : listening_(std::make_unique<listening>(std::move(database_url), node_id, std::move(heard))) {}

wake_up_listener::~wake_up_listener() = default;

}  // namespace pulse::persistence
