// A post and its first comment at the stand-ins of LinkedIn, Facebook and Instagram: each goes out once, whatever is
// lost on the way.
#include <catch2/catch.hpp>

#include <memory>

#include "connectors/facebook/connector.hpp"
#include "connectors/instagram/connector.hpp"
#include "connectors/linkedin/connector.hpp"
#include "connectors/shared/parts.hpp"
#include "tests/sandbox/running_sandbox.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::publication;
using domain::outcome_kind;
using domain::reconciliation_kind;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h + 123ms};
constexpr auto page = "urn:li:organization:2414183";

struct fixture {
  explicit fixture(std::string name, std::string actor = "42") : platform(std::move(name)) {
    if (platform == "linkedin") {
      const boost::json::object admin{
          {"platform", "linkedin"}, {"token", "token"}, {"user_id", "42"}, {"organization", "2414183/halden-bikes"}};
      if (box.call("POST", "/_sandbox/accounts", boost::json::serialize(admin)).status != 201)
        throw std::runtime_error("no account");
      connector = std::make_unique<connectors::linkedin::linkedin_connector>(
          connectors::linkedin::linkedin_options{.base_url = box.url("/linkedin"), .image_settles = {}}, client, clock);
      post_call = "/rest/posts";
      comment_call = "/rest/socialActions/";
    } else {
      box.add_account("token", "42", "acme", platform);
      if (platform == "facebook") {
        connector = std::make_unique<connectors::facebook::facebook_connector>(
            connectors::facebook::facebook_options{.base_url = box.url("/facebook")}, client, clock);
        post_call = "/v26.0/42/feed";
        comment_call = "/v26.0/42_";
      } else {
        connector = std::make_unique<connectors::instagram::instagram_connector>(
            connectors::instagram::instagram_options{.base_url = box.url("/instagram")}, client, clock);
        post_call =
            "/instagram/v26.0/42/media_publish";  // its stand-in owns the real host's paths, too: nothing is cut off
        comment_call = "/instagram/v26.0/";
      }
    }
    account = {std::move(actor), "acme", base::secret{"token"}};
  }
  ~fixture() { client.stop(); }

  publication next() {
    publication what;
    what.delivery_id = base::uuid_from_name("one");
    what.text = "The post";
    if (platform == "instagram")
      what.media.push_back({domain::media_kind::image, box.url("/_sandbox/image.jpg"), "A square"});
    what.options = {{"first_comment", "  The comment,\nin two lines "}};
    what.started_at = begun;
    what.since = since;
    what.timeout = 5s;
    what.account = account;
    what.handles = kept;
    what.keep = [this](publication::kept_handles handles, std::function<void(bool)> then) {
      for (auto& [key, value] : handles) kept[key] = value;
      then(true);
    };
    return what;
  }
  domain::outcome publish() {
    clock.advance(1s);
    begun = clock.now();
    awaited<connectors::publish_reply> reply;
    connectors::publish_next_part(*connector, next(), reply.callback());
    auto made = reply.get().outcome;
    if (made.goes_on) since.reset();
    if (made.kind == outcome_kind::unknown && !since) since = begun;
    return made;
  }
  domain::reconciliation look() {
    clock.advance(15s);
    awaited<domain::reconciliation> found;
    connectors::reconcile_next_part(*connector, next(), found.callback());
    return found.get();
  }
  void fault(const std::string& kind, const std::string& call, const std::string& more = "") {
    box.add_fault(R"({"platform":")" + platform + R"(","kind":")" + kind +
                  R"(","match":{"method":"POST","path_prefix":")" + call + "\"}" + more + "}");
  }
  boost::json::array list(const char* what) {
    const auto state = boost::json::parse(box.call("GET", "/_sandbox/state").body);
    return state.at("platforms").at(platform).at(what).as_array();
  }
  void expect_both() {
    const auto posts = list("posts");
    const auto comments = list("comments");
    REQUIRE(posts.size() == 1);
    REQUIRE(comments.size() == 1);
    CHECK(posts[0].at("text") == "The post");
    CHECK(comments[0].at("text") == "The comment,\nin two lines");
    CHECK(comments[0].at("object") == posts[0].at("id"));
  }

  std::string platform;
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{{.user_given = connectors::reach::internet_and_loopback}, clock};
  std::unique_ptr<connectors::connector> connector;
  connectors::credentials account;
  std::string post_call;
  std::string comment_call;
  publication::kept_handles kept;
  base::timestamp begun = some_time;     // the attempt that was made last
  std::optional<base::timestamp> since;  // of the first attempt that may be live
};

}  // namespace

TEST_CASE("a post and its first comment go out once each, and the delivery is the post") {
  fixture with{GENERATE("linkedin", "facebook", "instagram")};
  CAPTURE(with.platform);
  const auto first = with.publish();
  CAPTURE(first.reason);
  REQUIRE(first.kind == outcome_kind::published);
  CHECK(first.goes_on);
  CHECK(first.reason == "The post is out; its first comment follows.");
  const auto second = with.publish();
  CAPTURE(second.reason);
  REQUIRE(second.kind == outcome_kind::published);
  CHECK_FALSE(second.goes_on);
  CHECK(second.reason == "The first comment is out, too.");
  CHECK(second.external_id == first.external_id);
  CHECK(second.external_url == first.external_url);
  with.expect_both();

  // Whoever asks again is told, and nothing is sent; the comment is none of the parts that are deleted one by one.
  const auto again = with.publish();
  CHECK(again.kind == outcome_kind::published);
  CHECK_FALSE(again.was_called);
  CHECK(with.look().external_id == first.external_id);
  CHECK(connectors::further_parts_of(with.kept).empty());
  with.expect_both();
}

TEST_CASE("a comment whose reply was lost is found by a look, and is not made again") {
  fixture with{GENERATE("linkedin", "facebook", "instagram")};
  CAPTURE(with.platform);
  const auto first = with.publish();
  REQUIRE(first.goes_on);
  with.fault("accept_then_drop", with.comment_call);
  const auto lost = with.publish();
  CAPTURE(lost.reason);
  REQUIRE(lost.kind == outcome_kind::unknown);
  CHECK(lost.reason.starts_with("The post is out"));
  const auto found = with.look();
  CAPTURE(found.reason);
  REQUIRE(found.kind == reconciliation_kind::live);
  CHECK_FALSE(found.goes_on);
  CHECK(found.external_id == first.external_id);
  CHECK(found.reason.starts_with("The first comment is out, too."));
  with.expect_both();
}

TEST_CASE("a comment that was never there is found absent, and goes out with the next attempt") {
  fixture with{GENERATE("linkedin", "facebook", "instagram")};
  CAPTURE(with.platform);
  REQUIRE(with.publish().goes_on);
  with.fault("drop_before", with.comment_call);
  CHECK(with.publish().kind == outcome_kind::unknown);
  CHECK(with.look().kind == reconciliation_kind::absent);
  CHECK(with.publish().kind == outcome_kind::published);
  with.expect_both();
}

TEST_CASE("a post whose reply was lost is found, and its comment follows") {
  fixture with{GENERATE("linkedin", "facebook", "instagram")};
  CAPTURE(with.platform);
  with.fault("accept_then_drop", with.post_call);
  REQUIRE(with.publish().kind == outcome_kind::unknown);
  const auto found = with.look();
  CAPTURE(found.reason);
  if (with.platform == "linkedin") {
    REQUIRE(found.kind == reconciliation_kind::repeat_tells);
    const auto told = with.publish();
    CAPTURE(told.reason);
    CHECK(told.kind == outcome_kind::duplicate);
    CHECK(told.goes_on);
  } else {
    REQUIRE(found.kind == reconciliation_kind::live);
    CHECK(found.goes_on);
    CHECK(found.reason.starts_with("The post is out; its first comment follows."));
  }
  with.since.reset();
  CHECK(with.publish().reason == "The first comment is out, too.");
  with.expect_both();
}

TEST_CASE("a comment that is refused says that the post is out, where, and names the post") {
  fixture with{GENERATE("linkedin", "facebook", "instagram")};
  CAPTURE(with.platform);
  const auto first = with.publish();
  REQUIRE(first.external_url);
  with.fault("status", with.comment_call, R"(,"status":403)");
  const auto refused = with.publish();
  CAPTURE(refused.reason);
  CHECK(refused.kind == outcome_kind::permission);
  CHECK(refused.reason.starts_with("The post is out at " + *first.external_url + "; its first comment was refused: "));
  CHECK(refused.external_id == first.external_id);
  CHECK(with.list("comments").empty());
  // Asked once more it is taken, and the post is not sent again.
  const auto again = with.publish();
  CAPTURE(again.reason);
  CHECK(again.kind == outcome_kind::published);
  CHECK(with.kept.contains("first_comment"));
  with.expect_both();
}

TEST_CASE("what was kept of a post and its comment holds after a restart of the stand-in") {
  fixture with{"linkedin", page};
  REQUIRE(with.publish().goes_on);
  const auto second = with.publish();
  CAPTURE(second.reason);
  CHECK(second.kind == outcome_kind::published);
  with.expect_both();
  CHECK(with.list("comments")[0].at("actor") == page);
  running_sandbox again{with.clock, with.folder.file("journal.jsonl")};
  const auto state = boost::json::parse(again.call("GET", "/_sandbox/state").body);
  CHECK(state.at("platforms").at("linkedin").at("comments").as_array().size() == 1);
}

TEST_CASE("the stand-ins refuse comments that the platforms refuse, and forget those of a deleted post") {
  fixture with{GENERATE("facebook", "instagram")};
  CAPTURE(with.platform);
  const auto post = with.publish().external_id.value_or("");
  REQUIRE_FALSE(post.empty());
  const auto path = "/" + with.platform + "/v26.0/" + post;
  const auto say = [&](const std::string& to, const std::string& form) {
    return with.box.call("POST", to + "/comments", form, "token", "application/x-www-form-urlencoded").status;
  };
  CHECK(say(path, "message=%20") == 400);
  CHECK(say(path, "text=Yes") == 400);
  CHECK(say(path, "message=" + std::string(8'001, 'a')) == 400);
  CHECK(say("/" + with.platform + "/v26.0/7", "message=Yes") == 400);
  CHECK(with.publish().kind == outcome_kind::published);
  CHECK(with.list("comments").size() == 1);
  running_sandbox again{with.clock, with.folder.file("journal.jsonl")};
  const auto state = boost::json::parse(again.call("GET", "/_sandbox/state").body);
  CHECK(state.at("platforms").at(with.platform).at("comments").as_array().size() == 1);
  CHECK(with.box.call("DELETE", path, "", "token").status == 200);
  CHECK(with.list("comments").empty());
}
