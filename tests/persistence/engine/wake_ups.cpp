#include "persistence/engine/wake_ups.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <thread>

#include <catch2/catch.hpp>

#include "base/time.hpp"
#include "tests/support/private_servers.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/support/sanitized.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using tests::patience;

constexpr statement where_it_listens{"where_it_listens", R"sql(
  SELECT current_setting('unix_socket_directories') || '/.s.PGSQL.' || current_setting('port'))sql"};
constexpr statement hang_up_on_listeners{"hang_up_on_listeners", R"sql(
  SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
  WHERE application_name = 'pulse wake-ups' AND datname = current_database())sql"};

database::options as_owner(const std::string& url, std::size_t queue_limit = 100) {
  database::options how;
  how.url = url;
  how.as = role::login;
  how.connections = 1;
  how.queue_limit = queue_limit;
  return how;
}

/// A listener, and what came of it.
class ear {
 public:
  ear(const std::string& url, const base::uuid& node_id, wake_up_listener::options how = {})
      : listener_(
            url, node_id, [this](const base::uuid& tenant_id) { note([&] { heard_.push_back(tenant_id); }); },
            [this] { note([this] { ++times_listening_; }); }, how) {}

  bool waits_to_listen(int times) {
    return wait([this, times] { return times_listening_ >= times; });
  }
  bool waits_to_hear(const base::uuid& tenant_id) {
    return wait([this, tenant_id] { return std::find(heard_.begin(), heard_.end(), tenant_id) != heard_.end(); });
  }
  int times_listening() {
    const std::lock_guard lock{mutex_};
    return times_listening_;
  }

 private:
  template <class What>
  void note(What what) {
    {
      const std::lock_guard lock{mutex_};
      what();
    }
    changed_.notify_all();
  }
  template <class Until>
  bool wait(Until until) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, patience, until);
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<base::uuid> heard_;
  int times_listening_ = 0;
  wake_up_listener listener_;
};

int connect_to(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const int one = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(one, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(one);
    return -1;
  }
  return one;
}

/// A way to PostgreSQL on which connections can fall silent without ending, as when a cable is cut.
class wire {
 public:
  explicit wire(const std::string& url)
      : path_(*database{as_owner(url)}.transact_now(
            std::nullopt, [](transaction& tx) { return tx.execute(where_it_listens).get<std::string>(0, 0); })),
        server_([this](tests::raw_connection& client) { carry(client); }) {
    const auto slash = url.rfind('/', url.find('?'));
    url_ = "postgresql://pulse@127.0.0.1:" + std::to_string(server_.port()) + url.substr(slash, url.find('?') - slash);
  }

  const std::string& url() const { return url_; }
  /// Of what the server says, nothing arrives any more on the connections made so far.
  void cut() { cut_below_ = server_.connections(); }

 private:
  void carry(tests::raw_connection& client) {
    const int server = connect_to(path_);
    if (server < 0) return;
    std::thread back{[this, server, &client] {
      char chunk[4096];
      for (auto got = ::recv(server, chunk, sizeof chunk, 0); got > 0; got = ::recv(server, chunk, sizeof chunk, 0)) {
        if (client.index() >= cut_below_) client.send({chunk, static_cast<std::size_t>(got)});
      }
    }};
    for (auto some = client.read_some(4096); !some.empty(); some = client.read_some(4096))
      ::send(server, some.data(), some.size(), MSG_NOSIGNAL);
    ::shutdown(server, SHUT_RDWR);
    back.join();
    ::close(server);
  }

  std::string path_;
  std::string url_;
  std::atomic<std::size_t> cut_below_{0};
  tests::raw_server server_;
};

base::uuid id(const std::string& name) { return base::uuid_from_name(name); }

}  // namespace

TEST_CASE("a node hears what others tell it, and not what they tell others") {
  const auto url = tests::shared_servers().new_database();
  database store{as_owner(url)};
  wake_up_sender sender{store};
  ear ours{url, id("our node")};
  REQUIRE(ours.waits_to_listen(1));
  ear theirs{url, id("their node")};
  REQUIRE(theirs.waits_to_listen(1));
  for (int i = 0; i < 500; ++i) sender.notify(id("our node"), id("tenant" + std::to_string(i)));
  sender.notify(id("their node"), id("theirs"));
  CHECK(ours.waits_to_hear(id("tenant0")));
  CHECK(ours.waits_to_hear(id("tenant499")));
  CHECK(theirs.waits_to_hear(id("theirs")));
  store.stop();
}

TEST_CASE("whoever listens is told each time that listening begins, because what was told before went by") {
  const auto url = tests::shared_servers().new_database();
  database store{as_owner(url)};
  wake_up_sender sender{store};
  ear ours{url, id("node"), {.retry_pause = 10ms}};
  REQUIRE(ours.waits_to_listen(1));
  REQUIRE(store.query_now(std::nullopt, hang_up_on_listeners)->get<std::int64_t>(0, 0) == 1);
  REQUIRE(ours.waits_to_listen(2));
  sender.notify(id("node"), id("tenant"));
  CHECK(ours.waits_to_hear(id("tenant")));
  store.stop();
}

TEST_CASE("what could not be told is kept, and told when somebody sees that the database answers") {
  const auto url = tests::shared_servers().new_database();
  database store{as_owner(url, 1)};
  wake_up_sender sender{store};
  ear ours{url, id("node")};
  REQUIRE(ours.waits_to_listen(1));
  std::latch entered{1};
  std::latch leave{1};
  std::latch left{2};
  const auto over = [&left](result<void>) { left.count_down(); };
  store.transact(
      std::nullopt,
      [&](transaction&) {
        entered.count_down();
        leave.wait();
      },
      over);
  entered.wait();
  store.transact(
      std::nullopt, [](transaction&) {}, over);  // the queue is full
  sender.notify(id("node"), id("one"));
  sender.notify(id("node"), id("two"));
  leave.count_down();
  left.wait();
  sender.retry();
  CHECK(ours.waits_to_hear(id("one")));
  CHECK(ours.waits_to_hear(id("two")));
  store.stop();
}

TEST_CASE("a connection on which the server fell silent is given up, and another is made") {
  const auto url = tests::shared_servers().new_database();
  wire to_server{url};
  database store{as_owner(url)};
  wake_up_sender sender{store};
  ear ours{to_server.url(), id("node"), {.answer_timeout = 200ms, .ask_every = 50ms, .retry_pause = 10ms}};
  REQUIRE(ours.waits_to_listen(1));
  to_server.cut();
  REQUIRE(ours.waits_to_listen(2));
  sender.notify(id("node"), id("tenant"));
  CHECK(ours.waits_to_hear(id("tenant")));
  store.stop();
}

TEST_CASE("a listener that hears nothing keeps its connection as long as the server answers") {
  const auto url = tests::shared_servers().new_database();
  database store{as_owner(url)};
  wake_up_sender sender{store};
  ear ours{url, id("node"), {.answer_timeout = 20s, .ask_every = 1ms}};
  REQUIRE(ours.waits_to_listen(1));
  for (int i = 0; i < 50; ++i) {
    sender.notify(id("node"), id(std::to_string(i)));
    REQUIRE(ours.waits_to_hear(id(std::to_string(i))));
  }
  CHECK(ours.times_listening() == 1);
  store.stop();
}

TEST_CASE("a listener stops at once, also while its server says nothing") {
  std::latch connected{1};
  const bool is_greeted = GENERATE(false, true);
  CAPTURE(is_greeted);
  tests::raw_server silent{[&](tests::raw_connection& connection) {
    if (is_greeted) {
      connection.read_some(1);
      connection.send("N");  // no TLS; and after that, nothing
    }
    connected.count_down();
    connection.wait_for_close();
  }};
  auto listener = std::make_unique<wake_up_listener>(
      "postgresql://pulse@127.0.0.1:" + std::to_string(silent.port()) + "/pulse", id("node"), [](const base::uuid&) {},
      [] {}, wake_up_listener::options{.connect_timeout = 60s});
  connected.wait();
  const auto begun = std::chrono::steady_clock::now();
  listener.reset();
  CHECK(std::chrono::steady_clock::now() - begun < tests::time_limit(1s));
}

}  // namespace pulse::persistence
