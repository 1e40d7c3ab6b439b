// The live stream through the whole front door: a real server, real hubs, a real PostgreSQL.
#include <atomic>
#include <random>
#include <set>
#include <thread>

#include <catch2/catch.hpp>

#include "http/live/watcher.hpp"
#include "http/live/web_socket.hpp"
#include "tests/http/live/live_fixture.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/sanitized.hpp"

using namespace pulse;
using tests::cursors_of;
using tests::live_client;
using tests::live_fixture;

namespace {

std::string get_head(const std::string& target, std::string_view more) {
  return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + std::string{more} + "\r\n";
}

constexpr std::string_view upgrade =
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
    "dGhlIHNhbXBsZSBub25jZQ==\r\n";

}  // namespace

TEST_CASE("a watcher is greeted, and told what happens as it happens, with sentence, subject and who did it") {
  live_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  auto client = front.watch(token);
  REQUIRE(client.status() == 101);
  const auto hello = client.read("hello");
  REQUIRE_FALSE(hello.empty());
  CHECK(hello.at("server_time").as_string() == base::to_string(tests::test_start));
  CHECK_FALSE(hello.at("resumed").as_bool());
  const auto post = front.add_post(token, project);
  front.activity().wake(front.tenant_of(token));
  const auto told = client.read("events");
  REQUIRE(told.at("events").as_array().size() == 1);
  const auto& event = told.at("events").as_array().front().at("event");
  CHECK(event.at("type").as_string() == "PostCreated");
  CHECK(event.at("message").as_string() == "The post was written, for one channel.");
  CHECK(event.at("post_id").as_string() == post);
  CHECK(event.at("project_id").as_string() == project);
  CHECK(event.at_pointer("/subject/kind").as_string() == "post");
  CHECK(event.at_pointer("/by/name").as_string() == "owner");
}

TEST_CASE("who comes back gets what it missed, once, also from a process that remembers nothing") {
  live_fixture front;
  const auto token = front.sign_up("acme");
  const auto tenant = front.tenant_of(token);
  auto first = front.watch(token);
  const auto start = std::string{first.read("hello").at("cursor").as_string()};
  front.append(tenant, 3);
  const auto seen = cursors_of(first.read("events"));
  REQUIRE(seen.size() == 3);
  first.cut();
  front.append(tenant, 2);
  auto second = front.watch(token, "&cursor=" + seen.at(1));
  CHECK(second.read("hello").at("resumed").as_bool());
  auto again = cursors_of(second.read("events"));
  while (again.size() < 3) {
    for (auto& each : cursors_of(second.read("events"))) again.push_back(std::move(each));
  }
  CHECK(again.front() == seen.at(2));
  CHECK(std::set<std::string>(again.begin(), again.end()).size() == 3);
  second.cut();
  front.restart();
  auto third = front.watch(token, "&cursor=" + start);
  CHECK(third.read("hello").at("resumed").as_bool());
  CHECK(cursors_of(third.read("events")).size() == 5);
  front.append(tenant, 1);
  CHECK(cursors_of(third.read("events")).size() == 1);
}

TEST_CASE("who was away too long, or names no place, is told to read everything anew, and goes on from there") {
  live_fixture front;
  const auto token = front.sign_up("acme");
  const auto tenant = front.tenant_of(token);
  auto first = front.watch(token);
  const auto start = std::string{first.read("hello").at("cursor").as_string()};
  first.cut();
  front.append(tenant, http::live::replayed_max + 1);
  front.restart();
  for (const auto& [cursor, reason] :
       {std::pair{start, "away_too_long"}, std::pair{std::string{"nonsense"}, "unknown_cursor"}}) {
    auto client = front.watch(token, "&cursor=" + cursor);
    CHECK_FALSE(client.read("hello").at("resumed").as_bool());
    const auto reload = client.read("reload");
    CHECK(reload.at("reason").as_string() == reason);
    front.append(tenant, 1);
    CHECK(cursors_of(client.read("events")).size() == 1);
  }
}

TEST_CASE("a stream can be of some projects, and of others later; the company's own events always come") {
  live_fixture front;
  const auto token = front.sign_up("acme");
  const auto tenant = front.tenant_of(token);
  const auto here = front.add_project(token, "Here");
  const auto there = front.add_project(token, "There");
  front.add_website(token, here);
  front.add_website(token, there);
  auto client = front.watch(token, "&project_id=" + here);
  client.read("hello");
  front.add_post(token, there);
  const auto wanted = front.add_post(token, here);
  front.activity().wake(tenant);
  const auto told = client.read("events");
  REQUIRE(told.at("events").as_array().size() == 1);
  CHECK(told.at("events").as_array().front().at_pointer("/event/post_id").as_string() == wanted);
  front.append(tenant, 1);
  CHECK(client.read("events").at("events").as_array().front().at_pointer("/event/type").as_string() == "CompanyPaused");
  client.say(R"({"type":"subscribe","project_ids":["nonsense"]})");
  while (client.read()) {
  }
  CHECK(client.close_code() == 1008);
}

TEST_CASE("a ticket opens one stream, within 30 seconds, from an allowed page") {  // asvs: 4.4.2 4.4.3 14.2.1
  live_fixture front;
  const auto token = front.sign_up("acme");
  const auto once = front.ticket(token);
  CHECK(live_client{front.port(), "/activity/live?ticket=" + once}.status() == 101);
  CHECK(live_client{front.port(), "/activity/live?ticket=" + once}.status() == 401);
  CHECK(live_client{front.port(), "/activity/live?ticket=nonsense"}.status() == 401);
  const auto late = front.ticket(token);
  front.clock.advance(std::chrono::seconds{31});
  CHECK(live_client{front.port(), "/activity/live?ticket=" + late}.status() == 401);
  const auto target = [&] { return "/activity/live?ticket=" + front.ticket(token); };
  CHECK(live_client{front.port(), target(), "https://evil.example.org"}.status() == 403);
  CHECK(live_client{front.port(), target(), "https://app.example.org"}.status() == 101);
  CHECK(live_client{front.port(), target(), "http://127.0.0.1:" + std::to_string(front.port())}.status() == 101);
  CHECK(front.get(target()).status() == 406);
  CHECK(front.post("/activity/ticket", "").status() == 401);
}

TEST_CASE("whoever signs out is cut within a second") {
  live_fixture front;
  const auto token = front.sign_up("acme");
  auto client = front.watch(token);
  client.read("hello");
  REQUIRE(front.post("/auth/logout", "", token).status() == 204);
  const auto asked_at = std::chrono::steady_clock::now();
  while (client.read()) {
  }
  CHECK(client.close_code() == 4401);
  CHECK(std::chrono::steady_clock::now() - asked_at <
        tests::time_limit(std::chrono::seconds{2}));  // a busy machine has its half
}

TEST_CASE("the same events come as server-sent events, and go on after Last-Event-ID") {
  live_fixture front;
  const auto token = front.sign_up("acme");
  const auto tenant = front.tenant_of(token);
  const auto open = [&](std::string_view more) {
    auto client = std::make_unique<tests::raw_client>(front.port());
    client->send(
        get_head("/activity/live?ticket=" + front.ticket(token), "Accept: text/event-stream\r\n" + std::string{more}));
    return client;
  };
  auto first = open("");
  const auto head = first->read_until("event: hello");
  CHECK(head.find("HTTP/1.1 200") == 0);
  CHECK(head.find("content-type: text/event-stream\r\n") != std::string::npos);
  CHECK(head.find("content-length") == std::string::npos);
  front.append(tenant, 2);
  auto told = first->read_until("\"CompanyPaused\"");
  const auto id_at = told.find("\nid: ");
  REQUIRE(id_at != std::string::npos);
  const auto id = told.substr(id_at + 5, told.find('\n', id_at + 5) - id_at - 5);
  auto second = open("Last-Event-ID: " + id + "\r\n");
  const auto rest = second->read_until("\"CompanyPaused\"");
  CHECK(rest.find("\nid: ") != std::string::npos);
  CHECK(rest.find("\nid: " + id + "\n") == std::string::npos);
}

TEST_CASE("the same events can be polled, each once, and the latest be listed") {
  live_fixture front;
  const auto token = front.sign_up("acme");
  const auto tenant = front.tenant_of(token);
  const auto start = front.get("/activity/events", token);
  REQUIRE(start.status() == 200);
  CHECK(start.body.at("items").as_array().empty());
  front.append(tenant, 5);
  const auto some = front.get("/activity/events?limit=3&cursor=" + start.text("/cursor"), token);
  CHECK(some.body.at("items").as_array().size() == 3);
  CHECK(some.body.at("has_more").as_bool());
  const auto rest = front.get("/activity/events?cursor=" + some.text("/cursor"), token);
  CHECK(rest.body.at("items").as_array().size() == 2);
  CHECK_FALSE(rest.body.at("has_more").as_bool());
  CHECK(front.get("/activity/events?cursor=" + rest.text("/cursor"), token).body.at("items").as_array().empty());
  CHECK(front.get("/activity/events?cursor=nonsense", token).body.at("reload").as_bool());
  const auto latest = front.get("/analytics/activity-stream?limit=2", token);
  CHECK(latest.body.at("items").as_array().size() == 2);
  CHECK(latest.text("/items/0/type") == "CompanyPaused");
  CHECK(front.get("/analytics/activity-stream?project_id=" + base::to_string(tenant), token).status() == 404);
}

TEST_CASE("hostile frames end their own connection and nothing else") {
  live_fixture front;
  const auto token = front.sign_up("acme");
  const auto tenant = front.tenant_of(token);
  auto witness = front.watch(token);
  witness.read("hello");
  using namespace std::string_literals;
  const std::vector<std::pair<std::string, std::string>> corpus{
      {"not masked", "\x81\x05hello"s},
      {"2 GiB, announced in 64 bits", "\x81\xff\x00\x00\x00\x00\x80\x00\x00\x00mask"s},
      {"a length with the highest bit", "\x81\xff\x80\x00\x00\x00\x00\x00\x00\x01mask"s},
      {"longer than a message may be", "\x81\xfe\xff\xffmask"s + std::string(5'000, 'x')},
      {"a fragmented ping", "\x09\x80mask"s},
      {"a ping of 126 bytes", "\x89\xfe\x00\x7emask"s + std::string(126, 'x')},
      {"invalid UTF-8", "\x81\x82\x00\x00\x00\x00\xff\xfe"s},
      {"a reserved bit, as if compressed", "\xc1\x80mask"s},
      {"a reserved opcode", "\x83\x80mask"s},
      {"a continuation of nothing", "\x80\x80mask"s},
      {"a close of one byte", "\x88\x81\x00\x00\x00\x00x"s},
      {"a close code that nobody may send", "\x88\x82\x00\x00\x00\x00\x03\xed"s},
      {"no JSON", "\x81\x83\x00\x00\x00\x00{}}"s},
      {"another request", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"s},
  };
  for (const auto& [name, bytes] : corpus) {
    INFO(name);
    tests::raw_client client{front.port()};
    client.send(get_head("/activity/live?ticket=" + front.ticket(token), upgrade));
    const auto head = client.read_until("\"hello\"");
    REQUIRE(head.find("HTTP/1.1 101") == 0);
    client.send(bytes);
    client.finish_sending();
    CHECK(client.wait_for_close());
  }
  tests::raw_client early{front.port()};
  early.send(get_head("/activity/live?ticket=" + front.ticket(token), upgrade) + "\x81\x80mask");
  CHECK(early.wait_for_close());
  front.append(tenant, 1);
  CHECK(cursors_of(witness.read("events")).size() == 1);
}

TEST_CASE("a client that pings without end is cut") {
  live_fixture front;
  const auto token = front.sign_up("acme");
  tests::raw_client client{front.port()};
  client.send(get_head("/activity/live?ticket=" + front.ticket(token), upgrade));
  client.read_until("\"hello\"");
  using namespace std::string_literals;
  for (int i = 0; i <= http::live::client_controls_a_minute_max; ++i) client.send("\x89\x80mask"s);
  CHECK(client.wait_for_close());
}

TEST_CASE("200 watchers whose connections are cut at random see every event once, in order") {
  constexpr int watchers = 200;
  constexpr int events = 1'000;
  live_fixture front;
  const auto token = front.sign_up("acme");
  const auto tenant = front.tenant_of(token);
  std::string start;
  {
    auto first = front.watch(token);
    start = std::string{first.read("hello").at("cursor").as_string()};
  }
  // Tickets are made here: the fixture's front door is of one thread.
  constexpr int connections = 4;
  std::vector<std::vector<std::string>> tickets(watchers);
  for (auto& each : tickets) {
    for (int i = 0; i < connections; ++i) each.push_back(front.ticket(token));
  }
  std::vector<std::vector<std::string>> seen(watchers);
  std::vector<std::thread> threads;
  for (int number = 0; number < watchers; ++number) {
    threads.emplace_back([&, number] {
      auto& mine = seen[static_cast<std::size_t>(number)];
      std::mt19937 random{static_cast<unsigned>(number)};
      for (int connection = 0; connection < connections; ++connection) {
        const auto from = mine.empty() ? start : mine.back();
        live_client client{
            front.port(),
            "/activity/live?ticket=" + tickets[static_cast<std::size_t>(number)][static_cast<std::size_t>(connection)] +
                "&cursor=" + from};
        const auto cut_after = connection + 1 == connections ? std::size_t{events} : mine.size() + random() % 300;
        while (mine.size() < cut_after && mine.size() < events) {
          const auto message = client.read();
          if (!message) break;
          for (auto& each : cursors_of(*message)) mine.push_back(std::move(each));
        }
        client.cut();
      }
    });
  }
  for (int i = 0; i < events; i += 20) front.append(tenant, 20);
  for (auto& each : threads) each.join();
  const auto& first = seen.front();
  CHECK(first.size() == events);
  CHECK(std::set<std::string>(first.begin(), first.end()).size() == first.size());
  CHECK(std::all_of(seen.begin(), seen.end(), [&](const auto& each) { return each == first; }));
}
