// One WebSocket of the live stream, on a server without authentication: its end when the client does not answer, and
// its memory. Without hubs or a database.
#include "http/live/web_socket.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/websocket.hpp>
#include <catch2/catch.hpp>

#include "base/memory.hpp"
#include "http/server/server.hpp"
#include "tests/http/front_door_fixture.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/sanitized.hpp"

using namespace pulse;
using namespace std::chrono_literals;
using namespace std::string_view_literals;
using tests::raw_client;

namespace {

constexpr std::string_view upgrade =
    "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: "
    "13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// A ping of the server: the last frame of its message, opcode 9, nothing in it. No other frame of the stream is empty.
constexpr auto ping = "\x89\x00"sv;

/// Lets everybody watch, and tells all of them the same event.
class open_stream final : public actors::activity {
 public:
  void watch(actors::watch_request wanted, std::function<void(const actors::watch_answer&)> done) override {
    done({.is_watching = true, .begins_at = persistence::events::cursor{}, .head = {1, 0}});
    const std::lock_guard lock{mutex_};
    watchers_.push_back(std::move(wanted.watcher));
  }
  void unwatch(const base::uuid&, const std::shared_ptr<actors::activity_watcher>& watcher) override {
    const std::lock_guard lock{mutex_};
    std::erase(watchers_, watcher);
  }
  void wake(const base::uuid&) override {}

  void tell() {
    persistence::events::placed_event event;
    event.at = {2, 1};
    const auto frame = actors::to_frame(event);
    const auto batch = std::make_shared<const std::vector<std::shared_ptr<const actors::activity_frame>>>(1, frame);
    const std::lock_guard lock{mutex_};
    for (const auto& each : watchers_) each->take(batch);
  }

 private:
  std::mutex mutex_;
  std::vector<std::shared_ptr<actors::activity_watcher>> watchers_;
};

/// Opens a stream for whoever connects.
class live_server {
 public:
  explicit live_server(const http::live::web_socket_limits& limits = {}) {
    front_.services.activity = &stream_;
    auto open = [this, limits](const http::server::request&) -> boost::asio::awaitable<http::server::response> {
      http::server::response made;
      made.status = 101;
      made.taken_by = http::live::make_web_socket(front_.services, {}, {}, limits);
      co_return made;
    };
    server_ = std::make_unique<http::server::server>(http::server::options{}, std::move(open), front_.door.refusal());
    REQUIRE(server_->start().empty());
  }
  ~live_server() { server_->stop(); }

  std::uint16_t port() const { return server_->port(); }
  open_stream& stream() { return stream_; }

 private:
  open_stream stream_;
  tests::front_door_fixture front_;
  std::unique_ptr<http::server::server> server_;
};

/// A client that has been greeted.
std::unique_ptr<raw_client> connect(const live_server& to) {
  auto made = std::make_unique<raw_client>(to.port());
  made->send(upgrade);
  REQUIRE(made->read_until("\"hello\"").find("\"hello\"") != std::string::npos);
  return made;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

/// Bytes of this process that are in memory, after what is free was given back.
std::size_t memory() {
  base::return_free_memory();
  std::ifstream file{"/proc/self/statm"};
  std::size_t total = 0;
  std::size_t resident = 0;
  file >> total >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// A process that is begun with few descriptors may take more.
void allow_many_connections() {
  rlimit now{};
  ::getrlimit(RLIMIT_NOFILE, &now);
  now.rlim_cur = now.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &now);
}

}  // namespace

TEST_CASE("a client that answers no ping is sent one, and then cut") {
  live_server server{{.idle_timeout = 1s}};
  const auto silent = connect(server);
  CHECK(silent->wait_for_close());
  CHECK(count(silent->rest(), ping) == 1);
}

TEST_CASE("a client that answers its pings stays, and is told what happens") {
  namespace asio = boost::asio;
  namespace websocket = boost::beast::websocket;
  // Time enough to answer on a slow machine.
  live_server server{{.idle_timeout = 3s}};
  asio::io_context loop;
  websocket::stream<asio::ip::tcp::socket> honest{loop};
  honest.next_layer().connect({asio::ip::make_address("127.0.0.1"), server.port()});
  honest.handshake("127.0.0.1", "/live");
  int pings = 0;  // Beast answers them while it reads
  honest.control_callback([&](websocket::frame_type kind, boost::beast::string_view) {
    if (kind == websocket::frame_type::ping && ++pings == 3) server.stream().tell();
  });
  std::string heard;
  std::array<char, 256> room{};
  std::function<void()> read = [&] {
    honest.async_read_some(asio::buffer(room), [&](boost::system::error_code failure, std::size_t bytes) {
      heard.append(room.data(), bytes);
      if (!failure && heard.find("\"2-1\"") == std::string::npos) read();
    });
  };
  read();
  loop.run_for(60s);
  CHECK(pings >= 3);
  CHECK(heard.find("\"2-1\"") != std::string::npos);
}

TEST_CASE("a live connection holds few kilobytes") {
  if (tests::is_sanitized) return;  // which needs memory of its own for each byte
  allow_many_connections();
  constexpr std::size_t first = 50;  // what the first ones need is not theirs
  constexpr std::size_t more = 400;
  constexpr std::size_t most_bytes_each = 16 * 1024;  // both ends of it: the server's alone is measured by `make bench`
  live_server server;
  std::vector<std::unique_ptr<raw_client>> clients;
  while (clients.size() < first) clients.push_back(connect(server));
  const auto before = memory();
  while (clients.size() < first + more) clients.push_back(connect(server));
  server.stream().tell();
  for (const auto& each : clients) each->read_until("\"2-1\"");
  const auto after = memory();
  CHECK((std::max(after, before) - before) / more <= most_bytes_each);
}
