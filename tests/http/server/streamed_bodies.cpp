// Bodies that their handlers read.
#include "http/server/body_reader.hpp"
#include "tests/http/server/fixture.hpp"

namespace {

using namespace pulse::tests;
using namespace pulse::http::server;

/// Answers with how much came; "/lazy" reads one piece only.
options streaming(std::size_t bytes_max) {
  options settings;
  settings.before_body = [bytes_max](const request&) {
    return body_permit{.bytes_max = bytes_max, .instead = std::nullopt, .is_streamed = true};
  };
  return settings;
}

handler counting() {
  return [](const request& asked) -> boost::asio::awaitable<response> {
    std::size_t count = 0;
    std::size_t largest = 0;
    while (asked.incoming != nullptr) {
      const auto piece = co_await asked.incoming->next();
      if (!piece) co_return response::text(500, "not sent");
      if (piece->empty()) break;
      count += piece->size();
      largest = std::max(largest, piece->size());
      if (asked.path == "/lazy") break;
    }
    co_return response::text(200,
                             std::to_string(count) + (largest <= body_piece_bytes_max ? " in pieces" : " at once"));
  };
}

}  // namespace

TEST_CASE("a body larger than memory reaches its handler in pieces, and the connection goes on", "[http][session]") {
  auto settings = streaming(100'000'000);
  settings.limits.memory_bytes = 1024 * 1024;
  running_server server{std::move(settings), counting()};
  raw_client client{server.port()};
  client.send("POST /all HTTP/1.1\r\nHost: h\r\nContent-Length: 20000000\r\n\r\n");
  const std::string part(200'000, 'x');
  for (int i = 0; i < 100; ++i) REQUIRE(client.send(part));
  CHECK(client.receive()->body == "20000000 in pieces");
  client.send("POST /all HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
  CHECK(client.receive()->body == "3 in pieces");
}

TEST_CASE("a streamed body may come in chunks", "[http][session]") {
  running_server server{streaming(100), counting()};
  raw_client client{server.port()};
  client.send(
      "POST /all HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\nGET /all "
      "HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(client.receive()->body == "5 in pieces");
  CHECK(client.receive()->body == "0 in pieces");
}

TEST_CASE("a streamed body is refused as soon as it is too large, whoever says so", "[http][session]") {  // asvs: 5.2.1
  quiet_log quiet;
  running_server server{streaming(10), counting()};
  CHECK(server.ask("POST /all HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n").status == 413);
  CHECK(server
            .ask("POST /all HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
                 "chunked\r\n\r\n6\r\nabcdef\r\n6\r\nabcdef\r\n0\r\n\r\n")
            .status == 413);
  CHECK(server.ask("POST /all HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n").status == 400);
}

TEST_CASE("a streamed body that comes too slowly is given up, and what its handler says is not sent",
          "[http][session]") {
  quiet_log quiet;
  auto settings = streaming(1000);
  settings.limits.body_timeout = std::chrono::milliseconds{100};
  running_server server{std::move(settings), counting()};
  CHECK(server.ask("POST /all HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\nabc").status == 408);
}

TEST_CASE("a body that its handler has not read to the end ends the connection after the answer", "[http][session]") {
  running_server server{streaming(1'000'000), counting()};
  raw_client client{server.port()};
  client.send("POST /lazy HTTP/1.1\r\nHost: h\r\nContent-Length: 500000\r\n\r\n" + std::string(100'000, 'x'));
  const auto got = client.receive();
  REQUIRE(got);
  CHECK(got->status == 200);
  CHECK(got->find("connection") == "close");
}

TEST_CASE("whoever waits to be asked for a streamed body is asked when its handler wants it", "[http][session]") {
  running_server server{streaming(1000), counting()};
  raw_client client{server.port()};
  client.send("POST /all HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  CHECK(client.read_until("\r\n\r\n").find("100 Continue") != std::string::npos);
  client.send("abc");
  CHECK(client.read_until("pieces").find("3 in pieces") != std::string::npos);
}
