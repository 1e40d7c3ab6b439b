#include <fstream>
#include <random>

#include "tests/http/server/fixture.hpp"

namespace {

using namespace pulse::tests;
using pulse::http::server::options;

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Sends an attack and checks its end: one answer of the expected status, and a closed connection.
void attack(running_server& server, std::string_view bytes, int expected) {
  const auto seen_before = server.requests().size();
  raw_client client{server.port()};
  client.send(bytes);
  const auto answer = client.receive();
  REQUIRE(answer);
  CHECK(answer->status == expected);
  CHECK(answer->find("connection") == "close");
  CHECK(answer->find("x-request-id"));
  REQUIRE(client.wait_for_close());
  CHECK(client.rest().empty());  // no second answer, so no second request was seen
  CHECK(server.requests().size() - seen_before == (expected == 200 ? 1 : 0));
  REQUIRE(server.is_alive());
}

}  // namespace

TEST_CASE("every attack of the corpus gets its status, a closed connection and nothing else", "[http][corpus]") {
  const quiet_log quiet;  // asvs: 1.1.1 4.2.1
  running_server server;
  for (const auto& entry : std::filesystem::directory_iterator(corpus_directory())) {
    if (entry.path().extension() != ".http") continue;
    const auto name = entry.path().filename().string();
    INFO(name);
    attack(server, read_file(entry.path()), std::stoi(name.substr(0, 3)));
  }
  for (const auto& seen : server.requests()) CHECK(seen.path != "/smuggled");
}

TEST_CASE("headers that never end, too many of them, and endless targets are refused", "[http][corpus]") {
  const quiet_log quiet;
  running_server server;
  const std::string line = "GET / HTTP/1.1\r\nHost: h\r\n";
  // Appended piece by piece: g++ 12 warns of bounds that `std::string{} + literal` does not cross.
  const auto padded = [](std::string start, std::size_t size, std::string_view end = "") {
    start.append(size, 'x').append(end);
    return start;
  };
  attack(server, padded(line + "X: ", 17 * 1024, "\r\n\r\n"), 431);
  attack(server, padded(line + "X: ", 1024 * 1024), 431);
  attack(server, padded("GET /", 9 * 1024, " HTTP/1.1\r\nHost: h\r\n\r\n"), 414);
  attack(server, padded("GET /", 100 * 1024), 414);
  std::string many = line;
  for (int i = 0; i < 100; ++i) many += "X-" + std::to_string(i) + ": 1\r\n";
  attack(server, many + "\r\n", 431);
}

TEST_CASE("a refusal says what was wrong, without the bytes that were", "[http][corpus]") {  // asvs: 16.4.1
  const quiet_log quiet;
  running_server server;
  const auto answer = server.ask("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: secret-coding\r\n\r\n");
  CHECK(answer.status == 411);
  CHECK(answer.body.starts_with("Length Required|Transfer-Encoding is not supported"));
  CHECK(answer.body.ends_with(answer.find("x-request-id").value()));
  CHECK(answer.body.find("secret") == std::string::npos);
  CHECK(server.ask("TRACE / HTTP/1.1\r\nHost: h\r\n\r\n").find("allow") ==
        "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
}

TEST_CASE("a request that follows a refused one on the same connection is never seen", "[http][corpus]") {
  const quiet_log quiet;
  running_server server;
  raw_client client{server.port()};
  client.send(
      "GET /first HTTP/1.1\r\nHost: h\r\n\r\n"
      "GET /bad HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n"
      "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(client.receive().value().status == 200);
  CHECK(client.receive().value().status == 400);
  REQUIRE(client.wait_for_close());
  CHECK(client.rest().empty());
  REQUIRE(server.requests().size() == 1);
  CHECK(server.requests()[0].path == "/first");
}

TEST_CASE("random bytes on many connections never stop the server", "[http][corpus]") {
  const quiet_log quiet;
  const auto seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random{seed};
  options settings;
  settings.threads = 2;
  running_server server{settings};
  std::vector<std::string> corpus;
  for (const auto& entry : std::filesystem::directory_iterator(corpus_directory()))
    corpus.push_back(read_file(entry.path()));
  std::uniform_int_distribution<std::size_t> which{0, corpus.size() - 1};
  std::uniform_int_distribution<int> any{0, 255};
  for (int round = 0; round < 500; ++round) {
    std::string bytes = corpus[which(random)];
    for (int changes = any(random) % 8; changes > 0 && !bytes.empty(); --changes) {
      bytes[static_cast<std::size_t>(any(random) * 7) % bytes.size()] = static_cast<char>(any(random));
    }
    if (round % 5 == 0) bytes = std::string(static_cast<std::size_t>(any(random)), static_cast<char>(any(random)));
    raw_client client{server.port()};
    client.send(bytes);
    if (round % 2 == 0) {
      client.reset();
    } else {
      client.finish_sending();
      REQUIRE(client.wait_for_close());
    }
  }
  CHECK(server.is_alive());
}
