#include <catch2/catch.hpp>

#include "connectors/facebook/connector.hpp"
#include "tests/sandbox/running_sandbox.hpp"
#include "tests/support/made_film.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::publication;
using domain::outcome_kind;
using domain::reconciliation_kind;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} + 8h};
constexpr std::int64_t mib = 1024 * 1024;

struct fixture {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{{}, clock};
  made_film films{3 * mib + 4'321};
  connectors::facebook::facebook_connector connector{{box.url("/facebook/")}, client, clock, &films};
  std::map<std::string, std::string> kept;
  int keeps_until = 1'000;
  std::chrono::milliseconds timeout = 10s;

  fixture() { box.add_account("page-token", "102", "acme", "facebook"); }
  ~fixture() { client.stop(); }

  publication some_post() {
    publication what;
    what.text = "the film";
    what.media = {{domain::media_kind::video, std::string{made_film::url}, ""}};
    what.started_at = clock.now();
    what.timeout = timeout;
    what.account = {"102", "acme", base::secret{"page-token"}};
    what.handles = kept;
    what.keep = [this](std::map<std::string, std::string> handles, std::function<void(bool)> then) {
      if (keeps_until-- <= 0) return then(false);
      for (auto& [name, value] : handles) kept[name] = value;
      then(true);
    };
    return what;
  }
  domain::outcome publish() {
    awaited<connectors::publish_reply> reply;
    connector.publish(some_post(), reply.callback());
    return reply.get().outcome;
  }
  domain::reconciliation reconcile() {
    awaited<domain::reconciliation> found;
    connector.reconcile(some_post(), found.callback());
    return found.get();
  }
  void fault(const std::string& kind, const std::string& more = "", int skip = 0) {
    box.add_fault(R"({"platform":"facebook","kind":")" + kind + R"(","skip":)" + std::to_string(skip) +
                  R"(,"match":{"method":"POST","path_prefix":"/v26.0/102/videos"})" + more + "}");
  }
  boost::json::array posts() {
    return boost::json::parse(box.call("GET", "/_sandbox/state").body)
        .at_pointer("/platforms/facebook/posts")
        .as_array();
  }
  void check_arrived() {
    const auto all = posts();
    REQUIRE(all.size() == 1);
    CHECK(all[0].at("text").as_string() == "the film");
    CHECK(all[0].at("film_checksum").to_number<std::uint32_t>() == films.checksum());
  }
  int pieces() {
    int found = 0;
    for (const auto& line : box.journal("arrived")) {
      const auto& at = line.as_object();
      found += at.at("path").as_string() == "/v26.0/102/videos" && at.at("decision").as_string() == "done" ? 1 : 0;
    }
    return found - 1;  // without the beginning
  }
};

}  // namespace

TEST_CASE("Facebook: a film goes out in the pieces that Facebook asks for, and is found by its id") {
  fixture with;
  const auto live = with.publish();
  CAPTURE(live.reason);
  REQUIRE(live.kind == outcome_kind::published);
  CHECK(live.external_id == with.kept.at("film_id"));
  with.check_arrived();
  CHECK(with.pieces() == 4);
  const auto found = with.reconcile();
  CHECK(found.kind == reconciliation_kind::live);
  CHECK(found.external_id == live.external_id);
}

TEST_CASE("Facebook: whatever step of a film's upload fails, nothing is out, and the next attempt goes on") {
  const auto* kind = GENERATE("accept_then_drop", "drop_before", "accept_then_500", "cut");
  const auto step = GENERATE(0, 1, 3);
  CAPTURE(kind, step);
  fixture with;
  with.fault(kind, "", step);
  const auto first = with.publish();
  CAPTURE(first.reason);
  CHECK(first.kind == outcome_kind::transient);
  CHECK(with.posts().empty());
  CHECK(with.publish().kind == outcome_kind::published);
  with.check_arrived();
}

TEST_CASE("Facebook: an attempt that dies between a piece and its record repeats the piece and no more") {
  fixture with;
  with.keeps_until = 2;
  CHECK(with.publish().kind == outcome_kind::transient);
  CHECK(with.kept.at("film_start") == std::to_string(mib));
  with.keeps_until = 1'000;
  CHECK(with.publish().kind == outcome_kind::published);
  with.check_arrived();
  CHECK(with.pieces() == 5);
}

TEST_CASE("Facebook: a lost reply to the finish is unknown, the look tells, and finishing again makes no second film") {
  const auto* kind = GENERATE("accept_then_drop", "accept_then_500", "accept_then_empty_200");
  CAPTURE(kind);
  fixture with;
  with.fault(kind, "", 5);
  CHECK(with.publish().kind == outcome_kind::unknown);
  CHECK(with.reconcile().kind == reconciliation_kind::live);
  CHECK(with.publish().kind == outcome_kind::published);
  with.check_arrived();
}

TEST_CASE("Facebook: a finish that did not arrive is absent once it is sure, and is sent again") {
  fixture with;
  with.fault("drop_before", "", 5);
  CHECK(with.publish().kind == outcome_kind::unknown);
  const auto asked = with.some_post();
  awaited<domain::reconciliation> early;
  with.connector.reconcile(asked, early.callback());
  CHECK(early.get().kind == reconciliation_kind::try_again);
  with.clock.advance(11s);
  awaited<domain::reconciliation> late;
  with.connector.reconcile(asked, late.callback());
  CHECK(late.get().kind == reconciliation_kind::absent);
  CHECK(with.publish().kind == outcome_kind::published);
  with.check_arrived();
}

TEST_CASE(
    "Facebook: a film that takes longer than an attempt goes on with the next, and a forgotten upload begins anew") {
  fixture with;
  SECTION("slow") {
    with.timeout = 3s;
    with.fault("slow", R"(,"ms":600,"count":3)", 1);
    CHECK(with.publish().goes_on);
  }
  SECTION("forgotten") {
    with.fault("status", R"(,"status":503)", 3);
    CHECK(with.publish().kind == outcome_kind::transient);
    with.kept["film_session"] = "1";
  }
  auto last = with.publish();
  for (int more = 0; more < 10 && last.goes_on; ++more) last = with.publish();
  CHECK(last.kind == outcome_kind::published);
  with.check_arrived();
}
