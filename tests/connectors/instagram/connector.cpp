// The connector for Instagram against a server that gives Instagram's answers that the sandbox does not give.
#include "connectors/instagram/connector.hpp"

#include <map>
#include <mutex>

#include <catch2/catch.hpp>

#include "tests/support/egress_calls.hpp"
#include "tests/support/raw_server.hpp"

using namespace pulse::connectors;
using namespace pulse::connectors::instagram;
using namespace pulse::tests;
using pulse::domain::outcome_kind;
using pulse::domain::reconciliation;
using pulse::domain::reconciliation_kind;
using namespace std::chrono_literals;

namespace {

constexpr pulse::base::timestamp started{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};

std::string error_json(int code, int subcode) {
  return R"({"error":{"message":"m","code":)" + std::to_string(code) + R"(,"error_subcode":)" +
         std::to_string(subcode) + "}}";
}

/// What the server says to each of the calls. Set before they are made.
struct said {
  std::string container = R"({"status_code":"FINISHED"})";
  int container_status = 200;
  std::string publish = R"({"id":"179"})";
  int publish_status = 200;
  std::string listed;  // the media, without their brackets
};

struct fixture {
  fixture() : server([this](raw_connection& connection) { serve(connection); }), connector(options(), client, clock) {}

  void serve(raw_connection& connection) {
    while (const auto request = connection.read_request()) {
      const auto is = [&request](const char* prefix) { return request->starts_with(prefix); };
      if (is("POST /v26.0/42/media_publish")) {
        connection.reply(says.publish_status, says.publish);
      } else if (is("POST /v26.0/42/media")) {
        connection.reply(200, R"({"id":"17)" + std::to_string(++containers) + "\"}");
      } else if (is("GET /v26.0/42/media")) {
        connection.reply(200, R"({"data":[)" + says.listed + "]}");
      } else if (is("GET /v26.0/179")) {
        connection.reply(200, R"({"permalink":"https://www.instagram.com/p/Cx/"})");
      } else if (is("GET /v26.0/17")) {
        connection.reply(says.container_status, says.container);
      } else {
        connection.reply(404, "");
      }
    }
  }

  publication attempt(int number = 1) {
    publication what;
    what.attempt = number;
    what.text = "same";
    what.media = {{pulse::domain::media_kind::image, "https://127.0.0.1:1/a.jpg", ""}};
    what.started_at = clock.now();
    what.timeout = patience;
    what.account = {"42", "acme", pulse::base::secret{"token"}};
    what.handles = kept;
    what.keep = [this](publication::kept_handles handles, std::function<void(bool)> then) {
      for (const auto& [name, value] : handles) kept[name] = value;
      then(true);
    };
    return what;
  }
  pulse::domain::outcome publish(int number = 1) {
    awaited<publish_reply> reply;
    connector.publish(attempt(number), reply.callback());
    auto outcome = reply.get().outcome;
    clock.advance(12s);
    return outcome;
  }
  reconciliation look(int number = 1) {
    auto what = attempt(number);
    what.started_at = clock.now() - 12s;
    awaited<reconciliation> found;
    connector.reconcile(std::move(what), found.callback());
    return found.get();
  }
  std::size_t asked(const std::string& prefix) {
    std::size_t count = 0;
    for (const auto& request : server.requests()) count += request.starts_with(prefix);
    return count;
  }

  instagram_options options() const {
    instagram_options made;
    made.base_url = server.url();
    made.first_pause = 10ms;
    return made;
  }

  /// A medium with the post's caption.
  static std::string medium(const std::string& id = "900") {
    return R"({"id":")" + id +
           R"(","caption":"same","permalink":"https://www.instagram.com/p/B/","timestamp":"2026-11-22T08:00:02+0000"})";
  }

  pulse::base::manual_clock clock{started};
  said says;
  std::map<std::string, std::string> kept;
  int containers = 0;
  raw_server server;
  egress client{{}, clock};
  instagram_connector connector;
};

}  // namespace

TEST_CASE("A post with the same caption is not taken for ours unless Instagram says that the container is published") {
  fixture with;
  with.says.publish_status = 500;
  with.says.publish = "";
  REQUIRE(with.publish().kind == outcome_kind::unknown);
  with.says.listed = fixture::medium();
  for (const auto* status : {"FINISHED", "IN_PROGRESS", "EXPIRED", "ERROR"}) {
    CAPTURE(status);
    with.says.container = R"({"status_code":")" + std::string{status} + "\"}";
    CHECK(with.look().kind == reconciliation_kind::cannot_know);
  }
  with.says.container_status = 400;
  with.says.container = error_json(100, 33);
  CHECK(with.look().kind == reconciliation_kind::cannot_know);
  CHECK(with.publish(2).kind == outcome_kind::unknown);  // nor is it published again beside it
  CHECK(with.containers == 1);

  with.says.container_status = 200;
  with.says.container = R"({"status_code":"PUBLISHED"})";
  const auto found = with.look();
  CHECK(found.kind == reconciliation_kind::live);
  CHECK(found.external_id == "900");
}

TEST_CASE("Absent is said of a container that is ready only after the list was read too") {
  fixture with;
  with.says.publish_status = 500;
  with.says.publish = "";
  REQUIRE(with.publish().kind == outcome_kind::unknown);
  for (const auto* status : {"FINISHED", "IN_PROGRESS"}) {
    with.says.container = R"({"status_code":")" + std::string{status} + "\"}";
    const auto before = with.asked("GET /v26.0/42/media");
    const auto found = with.look();
    CHECK(found.kind == reconciliation_kind::absent);
    CHECK_FALSE(found.is_refused);
    CHECK(with.asked("GET /v26.0/42/media") == before + 1);
  }
}

TEST_CASE("Suspected spam ends the post when nothing is listed, with what to do") {
  fixture with;
  with.says.publish_status = 400;
  with.says.publish = error_json(4, 2207051);
  REQUIRE(with.publish().kind == outcome_kind::unknown);
  const auto found = with.look();
  CHECK(found.kind == reconciliation_kind::absent);
  CHECK(found.is_refused);
  CHECK(found.reason.find("Sign in to the Instagram app") != std::string::npos);
  with.says.listed = fixture::medium();
  with.says.container = R"({"status_code":"PUBLISHED"})";
  CHECK(with.look().kind == reconciliation_kind::live);  // as has been seen

  // A later attempt that ends otherwise is not refused for it.
  with.says = {};
  with.says.publish_status = 500;
  REQUIRE(with.publish(2).kind == outcome_kind::unknown);
  CHECK_FALSE(with.look(2).is_refused);
}

TEST_CASE("A container that is ready and refused twice is replaced, after the list was read") {
  fixture with;
  with.says.publish_status = 400;
  const auto refusal = GENERATE(2207006, 2207008);
  with.says.publish = error_json(24, refusal);
  CHECK(with.publish(1).kind == outcome_kind::transient);
  CHECK(with.kept.at("container_refused") == "1");
  CHECK(with.publish(2).kind == outcome_kind::unknown);  // the first attempt's call may have used it up
  CHECK(with.look(2).kind == reconciliation_kind::absent);
  CHECK(with.kept.at("container_refused") == "2");
  CHECK(with.containers == 1);
  const auto listed = with.asked("GET /v26.0/42/media");
  SECTION("nothing is listed") {
    with.says.publish_status = 200;
    with.says.publish = R"({"id":"179"})";
    CHECK(with.publish(3).kind == outcome_kind::published);
    CHECK(with.containers == 2);
    CHECK(with.asked("GET /v26.0/42/media") == listed + 1);
    CHECK(with.kept.at("container_refused") == "0");
  }
  SECTION("one is: it may be ours") {
    with.says.listed = fixture::medium();
    CHECK(with.publish(3).kind == outcome_kind::unknown);
    CHECK(with.containers == 1);
  }
}

TEST_CASE("A container of an earlier attempt that is refused for whatever reason may have been published by it") {
  const auto [code, subcode] = GENERATE(table<int, int>({{24, 2207008}, {36003, 2207009}, {10, 0}, {100, 33}}));
  CAPTURE(code, subcode);
  fixture with;
  with.says.publish_status = 429;
  with.says.publish = "";
  REQUIRE(with.publish(1).kind == outcome_kind::rate_limited);
  with.says.publish_status = 400;
  with.says.publish = error_json(code, subcode);
  CHECK(with.publish(2).kind == outcome_kind::unknown);
}

TEST_CASE("A container of this attempt that is said to be missing when it is published is tried again") {
  fixture with;
  with.says.publish_status = 400;
  with.says.publish = error_json(100, 33);
  CHECK(with.publish().kind == outcome_kind::transient);
  with.says.publish = error_json(36003, 2207009);
  with.kept.clear();
  CHECK(with.publish().kind == outcome_kind::invalid);
}

TEST_CASE("The id that Instagram named is kept, and a look goes by it and not by the caption") {
  fixture with;
  REQUIRE(with.publish().kind == outcome_kind::published);
  CHECK(with.kept.at("media") == "179");
  with.says.listed = fixture::medium("900") + "," + fixture::medium("901");
  const auto found = with.look();
  CHECK(found.kind == reconciliation_kind::live);
  CHECK(found.external_id == "179");
  CHECK(found.external_url == "https://www.instagram.com/p/Cx/");
}

TEST_CASE("A look that Instagram puts off says until when, and refused credentials are told apart") {
  fixture with;
  with.says.publish_status = 500;
  with.says.publish = "";
  REQUIRE(with.publish().kind == outcome_kind::unknown);
  with.says.container_status = 400;
  with.says.container = error_json(4, 0);
  const auto limited = with.look();
  CHECK(limited.kind == reconciliation_kind::try_again);
  CHECK(limited.retry_at == with.clock.now() + 1min);
  CHECK_FALSE(limited.is_unauthorized);
  with.says.container = error_json(2635, 0);
  CHECK(with.look().retry_at == with.clock.now() + 15min);
  with.says.container = error_json(190, 463);
  const auto refused = with.look();
  CHECK(refused.kind == reconciliation_kind::try_again);
  CHECK(refused.is_unauthorized);
}
