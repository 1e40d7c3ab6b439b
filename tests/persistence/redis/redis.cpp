#include "persistence/redis/redis.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <future>
#include <latch>

#include <catch2/catch.hpp>

#include "tests/support/catch_result.hpp"
#include "tests/support/private_servers.hpp"
#include "tests/support/sanitized.hpp"

namespace pulse::persistence {
namespace {

using namespace std::chrono_literals;

redis::options shared() { return {tests::shared_servers().redis_url()}; }

/// A listening unix socket that accepts connections and never answers.
class silent_server {
 public:
  silent_server() : path_(std::filesystem::temp_directory_path() / ("silent." + std::to_string(getpid()))) {
    std::filesystem::remove(path_);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.string().copy(address.sun_path, sizeof address.sun_path - 1);
    REQUIRE(bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(listen(socket_, 8) == 0);
  }
  ~silent_server() {
    close(socket_);
    std::filesystem::remove(path_);
  }
  std::string url() const { return "unix://" + path_.string(); }

 private:
  std::filesystem::path path_;
  int socket_ = socket(AF_UNIX, SOCK_STREAM, 0);
};

}  // namespace

TEST_CASE("Redis URLs are read in every form, and nothing of a wrong one is repeated") {
  const auto plain = parse_redis_url("redis://localhost");
  REQUIRE(plain);
  CHECK(plain->host == "localhost");
  CHECK(plain->port == 6379);
  const auto full = parse_redis_url("redis://me:p%40ss:w@cache.example:6380/3");
  REQUIRE(full);
  CHECK(full->user == "me");
  CHECK(full->password == "p@ss:w");
  CHECK(full->host == "cache.example");
  CHECK(full->port == 6380);
  CHECK(full->database == 3);
  CHECK(parse_redis_url("redis://:secret@[::1]:1/0")->host == "::1");
  const auto local = parse_redis_url("unix:///run/a%20b.sock?db=2&password=x");
  REQUIRE(local);
  CHECK(local->socket_path == "/run/a b.sock");
  CHECK(local->database == 2);
  CHECK(local->password == "x");
  for (const auto* wrong : {"", "http://h", "rediss://h", "redis://", "redis://h:0", "redis://h:hidden", "redis://h/x",
                            "unix://relative", "unix:///s?db=x", "unix:///s?hidden", "redis://[::1"}) {
    INFO(wrong);
    const auto read = parse_redis_url(wrong);
    REQUIRE(read.has_error());
    CHECK(read.error().detail.find("hidden") == std::string::npos);
  }
}

TEST_CASE("what is set can be read until its time is over") {
  redis cache{shared()};
  const std::string binary{"a\0b\r\n", 5};
  REQUIRE(cache.run(redis::set_command("set:binary", binary, 60s)));
  CHECK(*cache.run(redis::get_command("set:binary"))->string() == binary);
  CHECK(cache.run(redis::get_command("set:missing"))->is_nil());
  CHECK(*cache.run({"INCR", "set:count"})->integer() == 1);
  const auto left = cache.run({"PTTL", "set:binary"});
  CHECK(*left->integer() > 0);
  CHECK(*left->integer() <= 60'000);
  CHECK(cache.run({"PING"}));
}

TEST_CASE("an answer may have any type, and a refusal is a value") {
  redis cache{shared()};
  const auto reply = cache.run({"EVAL", "return {KEYS[1], ARGV[1], 7, {'deep'}, false}", "1", "k", "v"});
  REQUIRE(reply);
  REQUIRE(reply->array() != nullptr);
  const auto& items = *reply->array();
  CHECK(*items[0].string() == "k");
  CHECK(*items[1].string() == "v");
  CHECK(*items[2].integer() == 7);
  CHECK(*items[3].array()->at(0).string() == "deep");
  CHECK(items[4].is_nil());
  CHECK(cache.run({"NOSUCHCOMMAND"}).error().kind == redis_failure_kind::refused);
  CHECK(cache.run({"PING"}));
}

TEST_CASE("databases of one Redis are apart") {
  redis first{shared()};
  redis second{{tests::shared_servers().redis_url() + "?db=2"}};
  REQUIRE(first.run(redis::set_command("apart", "1", 60s)));
  CHECK(second.run(redis::get_command("apart"))->is_nil());
}

TEST_CASE("submitted commands are answered in order, each with its own answer") {
  redis cache{{tests::shared_servers().redis_url(), 5000ms, 5000}};
  constexpr int commands = 3000;
  std::latch answered{commands};
  std::atomic<int> right = 0;
  std::atomic<int> last = -1;
  for (int i = 0; i < commands; ++i) {
    cache.submit({"ECHO", std::to_string(i)}, [i, &answered, &right, &last](const redis_result<redis_reply>& reply) {
      right += reply && *reply->string() == std::to_string(i) && last.exchange(i) == i - 1 ? 1 : 0;
      answered.count_down();
    });
  }
  answered.wait();
  CHECK(right == commands);
}

TEST_CASE("without Redis every command fails at once, and it is found again when it returns") {
  tests::private_servers servers;
  redis cache{{servers.redis_url()}};
  REQUIRE(cache.run(redis::set_command("k", "v", 60s)));
  servers.kill(tests::server::redis);
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i)
    CHECK(cache.run(redis::get_command("k")).error().kind == redis_failure_kind::unavailable);
  CHECK(std::chrono::steady_clock::now() - start < tests::time_limit(2s));
  servers.start(tests::server::redis);
  const auto back = std::chrono::steady_clock::now();
  while (cache.run({"PING"}).has_error()) REQUIRE(std::chrono::steady_clock::now() - back < tests::time_limit(2s));
  // The restart is not noticed by the first command after it, when the connection was idle.
  servers.stop(tests::server::redis);
  servers.start(tests::server::redis);
  const auto again = std::chrono::steady_clock::now();
  while (cache.run({"PING"}).has_error()) REQUIRE(std::chrono::steady_clock::now() - again < tests::time_limit(2s));
}

TEST_CASE("a Redis that says nothing costs one time-out, and a full queue is refused") {
  const silent_server server;
  redis cache{{server.url(), 50ms, 2}};
  CHECK(cache.run(redis::get_command("k")).error().kind == redis_failure_kind::timeout);

  // While the thread waits for the answer that never comes, two commands wait and the others are refused.
  std::atomic<int> overloaded = 0;
  constexpr int commands = 10;
  std::latch answered{commands};
  redis slow{{server.url(), 500ms, 2}};
  for (int i = 0; i < commands; ++i) {
    slow.submit({"GET", "k"}, [&answered, &overloaded](const redis_result<redis_reply>& reply) {
      overloaded += reply.error().kind == redis_failure_kind::overloaded ? 1 : 0;
      answered.count_down();
    });
  }
  answered.wait();
  CHECK(overloaded >= commands - 4);
}

TEST_CASE("a URL that cannot be read fails every command with the sentence") {
  redis cache{{"rediss://h"}};
  CHECK(cache.run(redis::get_command("k")).error().detail ==
        "Redis over TLS (rediss://) is not supported: use a tunnel or a unix socket");
}

}  // namespace pulse::persistence
