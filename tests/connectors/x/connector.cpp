#include "connectors/x/connector.hpp"

#include <catch2/catch.hpp>

#include "tests/support/egress_calls.hpp"
#include "tests/support/raw_server.hpp"

using namespace pulse::connectors;
using namespace pulse::connectors::x;
using namespace pulse::tests;
using pulse::domain::outcome_kind;
using pulse::domain::reconciliation;
using pulse::domain::reconciliation_kind;
using namespace std::chrono_literals;

namespace {

constexpr pulse::base::timestamp started{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h + 123ms};

publication some_post(std::string text = "Hello, \"world\"\n") {
  publication what;
  what.text = std::move(text);
  what.started_at = started;
  what.timeout = patience;
  what.account = {"42", "acme", pulse::base::secret{"token-1"}};
  return what;
}

/// The connector before a server that a test scripts.
struct fixture {
  explicit fixture(raw_server::script script)
      : server(std::move(script)), connector({server.url() + "/"}, client, clock) {}

  publish_reply publish(publication what) {
    awaited<publish_reply> reply;
    connector.publish(std::move(what), reply.callback());
    return reply.get();
  }
  reconciliation reconcile(publication what) {
    awaited<reconciliation> found;
    connector.reconcile(std::move(what), found.callback());
    return found.get();
  }

  pulse::base::manual_clock clock{started + 60s};
  raw_server server;
  egress client{{}, clock};
  x_connector connector;
};

/// A server that answers every request alike.
raw_server::script always(int status, std::string body) {
  return [status, body](raw_connection& connection) {
    while (connection.read_request()) connection.reply(status, body);
  };
}

std::string page_of(const std::string& posts, const std::string& next = "") {
  return R"({"data":[)" + posts + R"(],"meta":{"result_count":1)" +
         (next.empty() ? "" : R"(,"next_token":")" + next + "\"") + "}}";
}

std::string post_json(const std::string& id, const std::string& text, const std::string& created_at) {
  return R"({"id":")" + id + R"(","text":")" + text + R"(","created_at":")" + created_at + "\"}";
}

}  // namespace

TEST_CASE("Publishing sends X's request and reports what came back") {
  fixture with{[](raw_connection& connection) {
    while (connection.read_request()) {
      connection.reply(201, R"({"data":{"id":"77","text":"x"}})",
                       "x-rate-limit-limit: 100\r\nx-rate-limit-remaining: 99\r\nx-rate-limit-reset: 1795335000\r\n");
    }
  }};
  const auto reply = with.publish(some_post());
  CHECK(reply.outcome.kind == outcome_kind::published);
  CHECK(reply.outcome.external_id == "77");
  CHECK(reply.outcome.external_url == "https://x.com/acme/status/77");
  CHECK(reply.first_byte_at == with.clock.now());
  REQUIRE(reply.budgets.size() == 1);
  CHECK(reply.budgets[0].remaining == 99);
  const auto request = with.server.requests().at(0);
  CHECK(request.starts_with("POST /2/tweets HTTP/1.1\r\n"));
  CHECK(request.find("\r\nauthorization: Bearer token-1\r\n") != std::string::npos);
  CHECK(request.find("\r\ncontent-type: application/json\r\n") != std::string::npos);
  CHECK(request.ends_with("\r\n\r\n{\"text\":\"Hello, \\\"world\\\"\\n\"}"));
}

TEST_CASE("A publish call whose reply is lost is unknown, and is not repeated") {
  fixture with{[](raw_connection& connection) {
    if (connection.read_request() && connection.index() == 0) {
      connection.reply(401, "{}");
      connection.read_request();
    }
  }};
  CHECK(with.publish(some_post()).outcome.kind == outcome_kind::auth_expired);  // leaves a connection that is reused
  CHECK(with.publish(some_post()).outcome.kind == outcome_kind::unknown);
  CHECK(with.server.requests().size() == 2);
}

TEST_CASE("X out of reach is transient") {
  pulse::base::manual_clock clock{started};
  egress client{{}, clock};
  x_connector connector{{"http://127.0.0.1:" + std::to_string(closed_port())}, client, clock};
  awaited<publish_reply> reply;
  connector.publish(some_post(), reply.callback());
  const auto published = reply.get();
  CHECK(published.outcome.kind == outcome_kind::transient);
  CHECK_FALSE(published.first_byte_at);
  CHECK_FALSE(published.outcome.was_called);
  awaited<reconciliation> found;
  connector.reconcile(some_post(), found.callback());
  CHECK(found.get().kind == reconciliation_kind::try_again);
}

TEST_CASE("A post that X lists is live") {
  fixture with{always(200, page_of(post_json("9", "other", "2026-11-22T08:00:05.000Z") + "," +
                                   post_json("8", "a &amp; b", "2026-11-22T08:00:01.000Z")))};
  const auto found = with.reconcile(some_post("a & b"));
  CHECK(found.kind == reconciliation_kind::live);
  CHECK(found.external_id == "8");
  CHECK(found.external_url == "https://x.com/acme/status/8");
  const auto request = with.server.requests().at(0);
  CHECK(request.starts_with("GET /2/users/42/tweets?max_results=100&"));
  CHECK(request.find("start_time=2026-11-22T07:58:00Z") != std::string::npos);
}

TEST_CASE("An older post with the same text is another post") {
  fixture with{always(200, page_of(post_json("8", "same", "2026-11-22T07:57:59.000Z")))};
  CHECK(with.reconcile(some_post("same")).kind == reconciliation_kind::absent);
}

TEST_CASE("A look begins with the first attempt that may be live, not with the last one") {
  fixture with{always(200, page_of(post_json("8", "same", "2026-11-22T07:50:00.000Z")))};
  auto what = some_post("same");
  what.attempt = 2;
  CHECK(with.reconcile(what).kind == reconciliation_kind::absent);
  what.since = started - 10min;
  const auto found = with.reconcile(what);
  CHECK(found.kind == reconciliation_kind::live);
  CHECK(found.external_id == "8");
  CHECK(with.server.requests().at(1).find("start_time=2026-11-22T07:48:00Z") != std::string::npos);
}

TEST_CASE("A look that X puts off says until when, and refused credentials are told from a look that failed") {
  const auto [status, headers, after] = GENERATE(table<int, const char*, std::optional<std::chrono::seconds>>({
      {429, "retry-after: 30\r\n", 30s},
      {429, "", 60s},
      {503, "retry-after: 20\r\n", 20s},
      {500, "", std::nullopt},
      {401, "retry-after: 30\r\n", std::nullopt},
  }));
  CAPTURE(status, headers);
  fixture with{[status = status, headers = headers](raw_connection& connection) {
    while (connection.read_request()) connection.reply(status, "", headers);
  }};
  const auto found = with.reconcile(some_post());
  CHECK(found.kind == reconciliation_kind::try_again);
  CHECK(found.is_unauthorized == (status == 401));
  CHECK(found.retry_at.has_value() == after.has_value());
  if (after) CHECK(found.retry_at == with.clock.now() + *after);
}

TEST_CASE("Every page is read before a post is called absent") {
  fixture with{[](raw_connection& connection) {
    while (const auto request = connection.read_request()) {
      const bool second = request->find("pagination_token=next%2F1") != std::string::npos;
      connection.reply(200, second ? page_of(post_json("7", "same", "2026-11-22T08:00:01.000Z"))
                                   : page_of(post_json("8", "other", "2026-11-22T08:00:02.000Z"), "next/1"));
    }
  }};
  CHECK(with.reconcile(some_post("same")).external_id == "7");
  CHECK(with.reconcile(some_post("none")).kind == reconciliation_kind::absent);
  CHECK(with.server.requests().size() == 4);
}

TEST_CASE("A post is not called absent too early") {
  fixture with{always(200, R"({"meta":{"result_count":0}})")};
  with.clock.set(started + 4s);
  CHECK(with.reconcile(some_post()).kind == reconciliation_kind::try_again);
  with.clock.set(started + 6s);
  CHECK(with.reconcile(some_post()).kind == reconciliation_kind::absent);
}

TEST_CASE("A list without end is given up") {
  fixture with{always(200, page_of(post_json("8", "other", "2026-11-22T08:00:02.000Z"), "again"))};
  CHECK(with.reconcile(some_post()).kind == reconciliation_kind::cannot_know);
  CHECK(with.server.requests().size() == 32);
}

TEST_CASE("A look that fails never says absent") {
  const auto [status, body, expected] = GENERATE(table<int, const char*, reconciliation_kind>({
      {200, "", reconciliation_kind::try_again},
      {200, "{\"errors\":[]}", reconciliation_kind::try_again},
      {401, "", reconciliation_kind::try_again},
      {429, "", reconciliation_kind::try_again},
      {500, "", reconciliation_kind::try_again},
      {503, "", reconciliation_kind::try_again},
      {302, "", reconciliation_kind::try_again},
      {403, "", reconciliation_kind::cannot_know},
      {404, "", reconciliation_kind::cannot_know},
  }));
  CAPTURE(status, body);
  fixture with{always(status, body)};
  CHECK(with.reconcile(some_post()).kind == expected);
}

TEST_CASE("An account whose id is not known is asked for it") {
  fixture with{[](raw_connection& connection) {
    while (const auto request = connection.read_request()) {
      const bool me = request->starts_with("GET /2/users/me ");
      connection.reply(200,
                       me ? R"({"data":{"id":"42","name":"A","username":"acme"}})" : R"({"meta":{"result_count":0}})");
    }
  }};
  auto what = some_post();
  what.account.external_user_id.clear();
  CHECK(with.reconcile(what).kind == reconciliation_kind::absent);
  CHECK(with.server.requests().at(1).starts_with("GET /2/users/42/tweets?"));
}
