// Threads at the stand-ins of the platforms: each part goes out once and below the one before it, whatever is lost on
// the way.
#include "connectors/shared/parts.hpp"

#include <memory>

#include <catch2/catch.hpp>

#include "connectors/bluesky/connector.hpp"
#include "connectors/mastodon/connector.hpp"
#include "connectors/threads/connector.hpp"
#include "connectors/x/connector.hpp"
#include "tests/sandbox/running_sandbox.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::publication;
using domain::outcome_kind;
using domain::reconciliation_kind;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h + 123ms};
constexpr auto did = "did:plc:acme234";

struct fixture {
  explicit fixture(std::string name) : platform(std::move(name)) {
    if (platform == "x") {
      box.add_account("token", "42", "acme");
      account = {"42", "acme", base::secret{"token"}};
      call = "/2/tweets";
      connector = std::make_unique<connectors::x::x_connector>(connectors::x::x_options{.base_url = box.url("/x")},
                                                               client, clock);
    } else if (platform == "mastodon") {
      box.add_account("token", "42", "acme", "mastodon");
      account = {"42@sandbox.test", "acme@sandbox.test", base::secret{"token"}};
      call = "/api/v1/statuses";
      connector = std::make_unique<connectors::mastodon::mastodon_connector>(
          connectors::mastodon::mastodon_options{.reached = {box.url("/mastodon/")}}, client, clock);
    } else if (platform == "threads") {
      box.add_account("token", "42", "acme", "threads");
      account = {"42", "acme", base::secret{"token"}};
      call = "/v1.0/42/threads_publish";
      connector = std::make_unique<connectors::threads::threads_connector>(
          connectors::threads::threads_options{.base_url = box.url("/threads")}, client, clock);
    } else {
      box.add_account("token", did, "acme.bsky.social", "bluesky");
      account = {did, "acme.bsky.social", base::secret{"token"}};
      call = "/xrpc/com.atproto.repo.putRecord";
      connector = std::make_unique<connectors::bluesky::bluesky_connector>(
          connectors::bluesky::bluesky_options{.where = {box.url("/bluesky/"), box.url("/bluesky/plc")}}, client,
          clock);
    }
  }
  ~fixture() { client.stop(); }

  publication next() {
    publication what;
    what.delivery_id = base::uuid_from_name("one");
    what.text = "The first part";
    what.media.push_back({domain::media_kind::image, box.url("/_sandbox/image.jpg"), "A square"});
    what.options = {{"thread", "The second part\n---\nThe third part"}};
    what.started_at = clock.now();
    what.timeout = 5s;
    what.account = account;
    what.handles = kept;
    what.keep = [this](publication::kept_handles handles, std::function<void(bool)> then) {
      if (keeps == 0) return then(false);
      if (keeps > 0) --keeps;
      for (auto& [key, value] : handles) kept[key] = value;
      then(true);
    };
    return what;
  }
  domain::outcome publish() {
    awaited<connectors::publish_reply> reply;
    connectors::publish_next_part(*connector, next(), reply.callback());
    return reply.get().outcome;
  }
  domain::reconciliation look() {
    awaited<domain::reconciliation> found;
    connectors::reconcile_next_part(*connector, next(), found.callback());
    return found.get();
  }
  void fault(const std::string& kind) {
    box.add_fault(R"({"platform":")" + platform + R"(","kind":")" + kind +
                  R"(","match":{"method":"POST","path_prefix":")" + call + "\"}}");
  }
  std::vector<boost::json::object> posts() {
    const auto state = boost::json::parse(box.call("GET", "/_sandbox/state").body);
    std::vector<boost::json::object> found;
    for (const auto& each : state.at("platforms").at(platform).at("posts").as_array())
      found.push_back(each.as_object());
    return found;
  }
  std::string parent_of(const boost::json::object& post) const {
    if (platform != "bluesky") {
      const auto& told = post.at("reply_to");
      return told.is_string() ? std::string{told.as_string()} : std::string{};
    }
    const auto* reply = post.at("record").as_object().if_contains("reply");
    return reply == nullptr ? std::string{} : std::string{reply->at("parent").at("uri").as_string()};
  }
  void expect_whole_thread() {
    const auto all = posts();
    REQUIRE(all.size() == 3);
    std::string above;
    for (const auto* text : {"The first part", "The second part", "The third part"}) {
      const auto found =
          std::find_if(all.begin(), all.end(), [text](const auto& each) { return each.at("text") == text; });
      REQUIRE(found != all.end());
      CHECK(parent_of(*found) == above);
      above = std::string{found->at("id").as_string()};
    }
  }

  std::string platform;
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{{.user_given = connectors::reach::internet_and_loopback}, clock};
  std::unique_ptr<connectors::connector> connector;
  connectors::credentials account;
  std::string call;
  publication::kept_handles kept;
  int keeps = -1;  // that succeed yet; below 0: all
};

}  // namespace

TEST_CASE("a thread goes out part by part, each below the one before it, and is the first part's post") {
  fixture with{GENERATE("x", "mastodon", "bluesky", "threads")};
  CAPTURE(with.platform);
  const auto first = with.publish();
  CAPTURE(first.reason);
  REQUIRE(first.kind == outcome_kind::published);
  CHECK(first.goes_on);
  CHECK(first.reason == "Part 1 of 3 is out.");
  CHECK(first.part == 1);
  CHECK(first.parts == 3);
  const auto second = with.publish();
  CAPTURE(second.reason);
  REQUIRE(second.kind == outcome_kind::published);
  CHECK(second.goes_on);
  const auto third = with.publish();
  REQUIRE(third.kind == outcome_kind::published);
  CHECK_FALSE(third.goes_on);
  CHECK(third.part == 3);
  CHECK(third.external_id == first.external_id);
  CHECK(third.external_url == first.external_url);
  with.expect_whole_thread();

  // Whoever asks again is told, and nothing is sent.
  const auto again = with.publish();
  CHECK(again.kind == outcome_kind::published);
  CHECK_FALSE(again.was_called);
  CHECK(with.look().external_id == first.external_id);
  with.expect_whole_thread();
}

TEST_CASE("a part whose reply was lost is found by a look, and the thread goes on behind it") {
  fixture with{GENERATE("x", "mastodon", "bluesky", "threads")};
  const auto lost = GENERATE(1, 2, 3);
  CAPTURE(with.platform, lost);
  for (int part = 1; part <= 3; ++part) {
    if (part == lost) with.fault("accept_then_drop");
    const auto made = with.publish();
    CAPTURE(part, made.reason);
    if (part != lost) {
      REQUIRE(made.kind == outcome_kind::published);
      continue;
    }
    REQUIRE(made.kind == outcome_kind::unknown);
    const auto found = with.look();
    CAPTURE(found.reason);
    REQUIRE(found.kind == reconciliation_kind::live);
    CHECK(found.goes_on == (part < 3));
    CHECK(found.external_id == with.kept.at("part_1"));
  }
  with.expect_whole_thread();
}

TEST_CASE("a part that is out and could not be recorded is unknown, and is not sent again") {
  fixture with{"x"};
  REQUIRE(with.publish().goes_on);
  with.keeps = 0;
  CHECK(with.publish().kind == outcome_kind::unknown);
  CHECK(with.look().kind == reconciliation_kind::try_again);
  with.keeps = -1;
  CHECK(with.look().goes_on);
  CHECK_FALSE(with.publish().goes_on);
  with.expect_whole_thread();
}

TEST_CASE("a refused part says so, and the parts before it stay what is out") {
  fixture with{GENERATE("x", "mastodon", "bluesky", "threads")};
  CAPTURE(with.platform);
  REQUIRE(with.publish().goes_on);
  with.fault("drop_before");
  const auto refused = with.publish();
  CAPTURE(refused.reason);
  CHECK(refused.kind != outcome_kind::published);
  CHECK(refused.part == 2);
  CHECK(refused.reason.starts_with("1 of 3 parts is out"));
  CHECK(refused.reason.find("; whether part 2 is, is looked up: ") != std::string::npos);
  CHECK_FALSE(refused.external_id);  // half a thread is no post that is published
  const auto looked = with.look();
  CHECK(looked.kind != reconciliation_kind::live);
  CHECK(looked.part == 2);
  CHECK(with.publish().goes_on);  // it goes on where it stopped
  CHECK_FALSE(with.publish().goes_on);
  with.expect_whole_thread();
}
