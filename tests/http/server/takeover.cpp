// A connection that leaves HTTP.
#include "http/server/takeover.hpp"

#include <array>

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "tests/http/server/fixture.hpp"

namespace {

using namespace pulse::tests;
using namespace pulse::http::server;
namespace asio = boost::asio;

constexpr std::string_view leave = "GET /leave HTTP/1.1\r\nHost: h\r\nX-Word: hello\r\n\r\n";

/// Says what it was asked, then lives on without a coroutine until the client says something more, or the server stops.
class echo final : public connection_taker, public std::enable_shared_from_this<echo> {
 public:
  asio::awaitable<void> run(taken_request with) override {
    answer_ = std::string{with.request.find("x-word").value_or("")} + "|" + with.early + "\n";
    boost::system::error_code failure;
    co_await asio::async_write(client(), asio::buffer(answer_), asio::redirect_error(asio::use_awaitable, failure));
    client().async_read_some(asio::buffer(said_),
                             [self = shared_from_this()](boost::system::error_code, std::size_t) {});
  }
  void on_stop() override { cut(); }

 private:
  std::string answer_;
  std::array<char, 1> said_{};
};

running_server::plain_routes leaving() {
  return {{"/leave", [](const request&) {
             auto made = response::empty(101);
             made.taken_by = std::make_shared<echo>();
             return made;
           }}};
}

}  // namespace

TEST_CASE("who takes a connection over has its request and what came early, and its place until it ends") {
  options settings;
  settings.limits.connections = 1;
  running_server server{settings, leaving()};
  {
    raw_client client{server.port()};
    client.send(std::string{leave} + "early");
    CHECK(client.read_until("\n") == "hello|early\n");
    const quiet_log quiet;
    raw_client second{server.port()};
    second.send(leave);
    CHECK(second.receive().value().status / 100 != 1);  // the first has left HTTP, and not its place
    client.send("x");
    CHECK(client.wait_for_close());
  }
  const auto deadline = std::chrono::steady_clock::now() + patience;
  bool is_free = false;
  while (!is_free && std::chrono::steady_clock::now() < deadline) {
    const quiet_log quiet;
    raw_client next{server.port()};
    next.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    const auto got = next.receive();
    is_free = got && got->status == 200;
  }
  CHECK(is_free);
}

TEST_CASE("who has taken a connection over is told that the server stops") {
  running_server server{options{}, leaving()};
  raw_client client{server.port()};
  client.send(leave);
  REQUIRE(client.read_until("\n") == "hello|\n");
  server.server().stop();
  CHECK(client.wait_for_close());
}
