// Bodies that are made while they are sent.
#include <atomic>
#include <stdexcept>

#include "tests/http/server/fixture.hpp"

namespace {

using namespace pulse::tests;
using namespace pulse::http::server;

/// A body of these parts; after the last a failure, where one is wanted.
response in_parts(std::vector<std::string> parts, bool fails = false) {
  auto next = std::make_shared<std::size_t>(0);
  response made;
  made.content_type = "text/csv";
  made.parts = [next, parts = std::move(parts), fails]() -> boost::asio::awaitable<std::string> {
    if (*next < parts.size()) co_return parts[(*next)++];
    if (fails) throw std::runtime_error{"the source broke"};
    co_return std::string{};
  };
  return made;
}

running_server::plain_routes routes() {
  return {{"/parts",
           [](const request&) {
             return in_parts({"first,", std::string(70'000, 'x'), "last"});
           }},
          {"/broken", [](const request&) { return in_parts({"first"}, true); }},
          {"/none", [](const request&) { return in_parts({}); }}};
}

}  // namespace

TEST_CASE("a body that is made while it is sent arrives in chunks, and the connection goes on", "[http][session]") {
  running_server server{{}, routes()};
  raw_client client{server.port()};
  client.send("GET /parts HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\n\r\n");
  const auto got = client.read_until("\r\n0\r\n\r\n");
  CHECK(got.find("transfer-encoding: chunked\r\n") != std::string::npos);
  CHECK(got.find("content-length") == std::string::npos);
  CHECK(got.find("\r\n\r\n6\r\nfirst,\r\n11170\r\nxxx") != std::string::npos);
  CHECK(got.ends_with("\r\n4\r\nlast\r\n0\r\n\r\n"));
  client.send("GET /next HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(client.read_until("ok").find("HTTP/1.1 200") != std::string::npos);
}

TEST_CASE("a body of no parts is an empty one", "[http][session]") {
  running_server server{{}, routes()};
  raw_client client{server.port()};
  client.send("GET /none HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(client.read_until("\r\n0\r\n\r\n").ends_with("\r\n\r\n0\r\n\r\n"));
}

TEST_CASE("to HTTP/1.0 the end of the connection is the end of such a body", "[http][session]") {
  running_server server{{}, routes()};
  raw_client client{server.port()};
  client.send("GET /parts HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n");
  REQUIRE(client.wait_for_close());
  CHECK(client.rest().find("transfer-encoding") == std::string::npos);
  CHECK(client.rest().find("connection: close\r\n") != std::string::npos);
  CHECK(client.rest().ends_with("xlast"));
}

TEST_CASE("HEAD gets the head of such an answer and none of its parts", "[http][session]") {
  running_server server{{}, routes()};
  raw_client client{server.port()};
  client.send("HEAD /parts HTTP/1.1\r\nHost: h\r\n\r\nGET /next HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto got = client.read_until("ok");
  CHECK(got.find("transfer-encoding: chunked") != std::string::npos);
  CHECK(got.find("first,") == std::string::npos);
}

TEST_CASE("a body whose source breaks never looks whole: the connection ends without the last chunk",
          "[http][session]") {
  const quiet_log quiet;
  running_server server{{}, routes()};
  raw_client client{server.port()};
  client.send("GET /broken HTTP/1.1\r\nHost: h\r\n\r\n");
  REQUIRE(client.wait_for_close());
  CHECK(client.rest().find("5\r\nfirst\r\n") != std::string::npos);
  CHECK_FALSE(client.rest().ends_with("0\r\n\r\n"));
  CHECK(server.is_alive());
}
