#include "connectors/pinterest/connector.hpp"

#include <catch2/catch.hpp>

#include "tests/sandbox/running_sandbox.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::publication;
using domain::outcome_kind;
using domain::reconciliation_kind;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} + 8h + 123ms};

struct fixture {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{{}, clock};
  connectors::pinterest::pinterest_connector connector{{box.url("/pinterest/v5/")}, client, clock};

  fixture() { box.add_account("token-p", "178", "acme", "pinterest"); }
  ~fixture() { client.stop(); }

  publication some_post(std::string text, std::string title = "A title") {
    publication what;
    what.title = std::move(title);
    what.text = std::move(text);
    what.media = {{domain::media_kind::image, "http://127.0.0.1/a.jpg", "A picture"}};
    what.started_at = some_time;
    what.timeout = 3s;
    what.account = {"178", "acme", base::secret{"token-p"}};
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
  void fault(const std::string& kind) {
    box.add_fault(R"({"platform":"pinterest","kind":")" + kind +
                  R"(","match":{"method":"POST","path_prefix":"/v5/pins"}})");
  }
  int accepted() {
    int found = 0;
    for (const auto& line : box.journal("arrived")) found += line.at("decision").as_string() == "accepted" ? 1 : 0;
    return found;
  }
};

}  // namespace

TEST_CASE("Pinterest: a pin goes out with title, link and description of its image, and is found again") {
  fixture with;
  auto what = with.some_post("Look: https://example.org/shop");
  what.options["board_section_id"] = "77";
  const auto live = with.publish(what);
  CAPTURE(live.reason);
  REQUIRE(live.kind == outcome_kind::published);
  CHECK(with.reconcile(what).external_id == live.external_id);
  boost::json::object sent;
  for (const auto& each : with.box.journal("arrived")) {
    if (each.at("decision").as_string() == "accepted")
      sent = boost::json::parse(each.at("body").as_string()).as_object();
  }
  CHECK(sent.at("board_id").as_string() == "178");
  CHECK(sent.at("board_section_id").as_string() == "77");
  CHECK(sent.at("title").as_string() == "A title");
  CHECK(sent.at("description").as_string() == "Look: https://example.org/shop");
  CHECK(sent.at("link").as_string() == "https://example.org/shop");
  CHECK(sent.at("alt_text").as_string() == "A picture");
  CHECK(sent.at("media_source").at("url").as_string() == "http://127.0.0.1/a.jpg");
}

TEST_CASE("Pinterest: a lost reply is unknown, and the list of the board tells") {
  const auto* kind = GENERATE("accept_then_drop", "accept_then_500", "accept_then_empty_200");
  CAPTURE(kind);
  fixture with;
  with.fault(kind);
  CHECK(with.publish(with.some_post("lost")).kind == outcome_kind::unknown);
  CHECK(with.reconcile(with.some_post("lost")).kind == reconciliation_kind::live);
  CHECK(with.reconcile(with.some_post("lost", "Another title")).kind == reconciliation_kind::try_again);
  CHECK(with.accepted() == 1);
}

TEST_CASE("Pinterest: what did not arrive is absent once it is sure, and two that are alike are for a person") {
  fixture with;
  with.fault("drop_before");
  CHECK(with.publish(with.some_post("never")).kind == outcome_kind::unknown);
  CHECK(with.reconcile(with.some_post("never")).kind == reconciliation_kind::try_again);
  with.clock.advance(30s);
  CHECK(with.reconcile(with.some_post("never")).kind == reconciliation_kind::absent);
  with.publish(with.some_post("never"));
  with.publish(with.some_post("never"));
  CHECK(with.reconcile(with.some_post("never")).kind == reconciliation_kind::cannot_know);
}

TEST_CASE("Pinterest: what it refuses is refused by name, and a limit says until when") {
  fixture with;
  auto without = with.some_post("x");
  without.media.clear();
  CHECK(with.publish(without).kind == outcome_kind::invalid);
  auto inside = with.some_post("x");
  inside.media[0].url = "http://10.0.0.1/a.jpg";
  CHECK(with.publish(inside).reason.find("could not fetch the image") != std::string::npos);
  auto foreign = with.some_post("x");
  foreign.account.external_user_id = "179";
  CHECK(with.publish(foreign).kind == outcome_kind::permission);
  auto stranger = with.some_post("x");
  stranger.account.access_token = base::secret{"nobody"};
  CHECK(with.publish(stranger).kind == outcome_kind::auth_expired);
  CHECK(with.reconcile(stranger).is_unauthorized);
  with.box.call("POST", "/_sandbox/limits", R"({"platform":"pinterest","write":{"limit":0,"window_s":60}})");
  const auto limited = with.publish(with.some_post("x"));
  CHECK(limited.kind == outcome_kind::rate_limited);
  CHECK(limited.retry_at == some_time + 60s);
  CHECK(with.accepted() == 0);
}

TEST_CASE("Pinterest: pins are listed, over pages, and removed; removing again is the same") {
  fixture with;
  std::vector<std::string> ids;
  for (int i = 0; i < 30; ++i) {
    const auto live = with.publish(with.some_post("Pin " + std::to_string(i)));
    REQUIRE(live.external_id);
    ids.push_back(*live.external_id);
  }
  awaited<connectors::listing> listed;
  with.connector.list_recent({"178", "acme", base::secret{"token-p"}}, 3, listed.callback());
  const auto found = listed.get();
  REQUIRE(found.posts.size() == 3);
  CHECK(found.posts[0].external_id == ids.back());
  CHECK(found.posts[0].text == "Pin 29");
  for (int times = 0; times < 2; ++times) {
    awaited<connectors::removal_reply> gone;
    with.connector.remove({.external_id = ids.back(), .account = {"178", "acme", base::secret{"token-p"}}},
                          gone.callback());
    CHECK(gone.get().kind == connectors::removal_kind::gone);
  }
  with.clock.advance(30s);
  CHECK(with.reconcile(with.some_post("Pin 29")).kind == reconciliation_kind::absent);
}

TEST_CASE("Pinterest: a board with more pins than a page is looked through") {
  fixture with;
  with.box.call("POST", "/_sandbox/limits", R"({"platform":"pinterest","write":{"limit":1000,"window_s":60}})");
  const auto first = with.publish(with.some_post("the first"));
  for (int i = 0; i < 120; ++i) with.publish(with.some_post("Pin " + std::to_string(i)));
  CHECK(with.reconcile(with.some_post("the first")).external_id == first.external_id);
}
