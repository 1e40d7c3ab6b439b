#include "connectors/facebook/connector.hpp"

#include <catch2/catch.hpp>

#include "tests/sandbox/running_sandbox.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::publication;
using domain::outcome_kind;
using domain::reconciliation_kind;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h + 123ms};

struct fixture {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{{}, clock};
  connectors::facebook::facebook_connector connector{{box.url("/facebook/")}, client, clock};
  std::map<std::string, std::string> kept;

  fixture() { box.add_account("page-token", "102", "acme", "facebook"); }
  ~fixture() { client.stop(); }

  publication some_post(std::string text, int images = 0) {
    publication what;
    what.text = std::move(text);
    for (int i = 0; i < images; ++i)
      what.media.push_back({domain::media_kind::image, "https://example.org/" + std::to_string(i) + ".jpg", "Picture"});
    what.started_at = some_time;
    what.timeout = 5s;
    what.account = {"102", "acme", base::secret{"page-token"}};
    what.handles = kept;
    what.keep = [this](std::map<std::string, std::string> handles, std::function<void(bool)> then) {
      kept = std::move(handles);
      then(true);
    };
    return what;
  }
  domain::outcome publish(publication what) {
    awaited<connectors::publish_reply> reply;
    connector.publish(std::move(what), reply.callback());
    return reply.get().outcome;
  }
  domain::reconciliation reconcile(publication what) {
    awaited<domain::reconciliation> found;
    connector.reconcile(std::move(what), found.callback());
    return found.get();
  }
  void fault(const std::string& kind, const std::string& edge, const std::string& more = "") {
    box.add_fault(R"({"platform":"facebook","kind":")" + kind +
                  R"(","match":{"method":"POST","path_prefix":"/v26.0/102/)" + edge + "\"}" + more + "}");
  }
  int count(std::string_view path, std::string_view decision) {
    int found = 0;
    for (const auto& line : box.journal("arrived"))
      found += line.at("path").as_string() == path && line.at("decision").as_string() == decision ? 1 : 0;
    return found;
  }
};

}  // namespace

TEST_CASE("Facebook: a text goes out, is found again, and is removed") {
  fixture with;
  const auto live = with.publish(with.some_post("Hello, page"));
  CAPTURE(live.reason);
  REQUIRE(live.kind == outcome_kind::published);
  CHECK(live.external_url == "https://www.facebook.com/" + *live.external_id);
  const auto found = with.reconcile(with.some_post("Hello, page\r\n"));
  CHECK(found.kind == reconciliation_kind::live);
  CHECK(found.external_id == live.external_id);
  awaited<connectors::removal_reply> removed;
  with.connector.remove({*live.external_id, {"102", "acme", base::secret{"page-token"}}, 5s}, removed.callback());
  CHECK(removed.get().kind == connectors::removal_kind::gone);
  with.clock.advance(1min);
  CHECK(with.reconcile(with.some_post("Hello, page")).kind == reconciliation_kind::absent);
}

TEST_CASE("Facebook: several photos are made unpublished first and attached once") {
  fixture with;
  REQUIRE(with.publish(with.some_post("Look", 3)).kind == outcome_kind::published);
  CHECK(with.count("/v26.0/102/photos", "done") == 3);
  CHECK(with.count("/v26.0/102/feed", "accepted") == 1);
}

TEST_CASE("Facebook: an attempt goes on with the photos that an earlier one has kept") {
  fixture with;
  with.fault("status", "feed", R"(,"status":503)");
  CHECK(with.publish(with.some_post("Look", 2)).kind == outcome_kind::unknown);
  CHECK(with.publish(with.some_post("Look", 2)).kind == outcome_kind::published);
  CHECK(with.count("/v26.0/102/photos", "done") == 2);
}

TEST_CASE("Facebook: a reply that is lost is unknown, and the look finds the post") {
  const auto* kind = GENERATE("accept_then_drop", "accept_then_500", "accept_then_empty_200", "cut");
  CAPTURE(kind);
  fixture with;
  with.fault(kind, "feed");
  CHECK(with.publish(with.some_post("lost")).kind == outcome_kind::unknown);
  CHECK(with.reconcile(with.some_post("lost")).kind == reconciliation_kind::live);
}

TEST_CASE("Facebook: what surely did not arrive is looked for until it is sure") {
  fixture with;
  with.fault("drop_before", "feed");
  CHECK(with.publish(with.some_post("never")).kind == outcome_kind::unknown);
  CHECK(with.reconcile(with.some_post("never")).kind == reconciliation_kind::try_again);
  with.clock.advance(10s);
  CHECK(with.reconcile(with.some_post("never")).kind == reconciliation_kind::absent);
}

TEST_CASE("Facebook: the same text twice in a row is a duplicate, and a refused token says so") {
  fixture with;
  CHECK(with.publish(with.some_post("twice")).kind == outcome_kind::published);
  CHECK(with.publish(with.some_post("twice")).kind == outcome_kind::duplicate);
  auto foreign = with.some_post("x");
  foreign.account.access_token = base::secret{"nobody"};
  CHECK(with.publish(foreign).kind == outcome_kind::auth_expired);
  const auto look = with.reconcile(foreign);
  CHECK(look.kind == reconciliation_kind::try_again);
  CHECK(look.is_unauthorized);
}

TEST_CASE("Facebook: nothing before the post is ever unknown") {
  const auto* kind = GENERATE("accept_then_drop", "drop_before", "accept_then_500", "empty_200");
  CAPTURE(kind);
  fixture with;
  with.fault(kind, "photos");
  CHECK(with.publish(with.some_post("photo", 1)).kind == outcome_kind::transient);
  CHECK(with.count("/v26.0/102/feed", "accepted") == 0);
}

TEST_CASE("Facebook: the sandbox's posts survive its restart") {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  const auto journal = folder.file("journal.jsonl");
  {
    running_sandbox box{clock, journal};
    box.add_account("page-token", "102", "acme", "facebook");
    const auto made = box.call("POST", "/facebook/v26.0/102/feed", R"({"message":"kept"})", "page-token");
    CHECK(made.status == 200);
  }
  running_sandbox again{clock, journal};
  const auto state = boost::json::parse(again.call("GET", "/_sandbox/state").body);
  CHECK(state.at_pointer("/platforms/facebook/posts/0/text").as_string() == "kept");
}
