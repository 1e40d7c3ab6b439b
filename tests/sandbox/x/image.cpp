#include <catch2/catch.hpp>

#include "connectors/x/connector.hpp"
#include "sandbox/core/picture.hpp"
#include "tests/sandbox/running_sandbox.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::publication;
using domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h + 123ms};

struct fixture {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{with_loopback(), clock};
  connectors::x::x_connector connector{{box.url()}, client, clock};
  std::map<std::string, std::string> kept;

  fixture() { box.add_account("token-1", "42", "acme"); }
  ~fixture() { client.stop(); }

  static connectors::egress_options with_loopback() {
    connectors::egress_options options;
    options.user_given = connectors::reach::internet_and_loopback;
    return options;
  }
  std::string image = "/_sandbox/image.jpg";

  publication some_post() {
    publication what;
    what.text = "a & b, see https://example.org/x";
    what.media = {{domain::media_kind::image, box.url(image), "A \"grey\" square"}};
    what.started_at = some_time;
    what.timeout = 5s;
    what.account = {"42", "acme", base::secret{"token-1"}};
    what.handles = kept;
    what.keep = [this](std::map<std::string, std::string> handles, std::function<void(bool)> then) {
      kept = std::move(handles);
      then(true);
    };
    return what;
  }
  domain::outcome publish() {
    awaited<connectors::publish_reply> reply;
    connector.publish(some_post(), reply.callback());
    return reply.get().outcome;
  }
  domain::reconciliation reconcile(publication what) {
    awaited<domain::reconciliation> found;
    connector.reconcile(std::move(what), found.callback());
    return found.get();
  }
  void fault(const std::string& kind, const std::string& path, const std::string& more = "") {
    box.add_fault(R"({"platform":"x","kind":")" + kind + R"(","match":{"method":"POST","path_prefix":")" + path +
                  "\"}" + more + "}");
  }
  int count(std::string_view path, std::string_view decision) {
    int found = 0;
    for (const auto& line : box.journal("arrived")) {
      found += line.at("path").as_string() == path && line.at("decision").as_string() == decision ? 1 : 0;
    }
    return found;
  }
};

}  // namespace

TEST_CASE("X: an image is uploaded and described, kept, and published; the post is found with it") {
  fixture with;
  const auto outcome = with.publish();
  REQUIRE(outcome.kind == outcome_kind::published);
  const auto state = boost::json::parse(with.box.call("GET", "/_sandbox/state").body);
  CHECK(state.at_pointer("/platforms/x/posts/0/media_ids/0").as_string() == with.kept.at("media_id"));
  with.clock.advance(10s);
  const auto found = with.reconcile(with.some_post());
  CHECK(found.kind == domain::reconciliation_kind::live);
  CHECK(found.external_id == outcome.external_id);
  auto without = with.some_post();
  without.media.clear();
  CHECK(with.reconcile(without).kind == domain::reconciliation_kind::absent);
}

TEST_CASE("X: several images are uploaded one after the other, and an attempt goes on behind the last that is kept") {
  fixture with;
  const auto post_of = [&with](int images) {
    auto what = with.some_post();
    for (int i = 1; i < images; ++i) what.media.push_back({domain::media_kind::image, with.box.url(with.image), ""});
    return what;
  };
  const auto publish = [&with](publication what) {
    awaited<connectors::publish_reply> reply;
    with.connector.publish(std::move(what), reply.callback());
    return reply.get().outcome;
  };
  with.fault("status", "/2/tweets", R"(,"status":409)");
  CHECK(publish(post_of(3)).kind == outcome_kind::transient);
  CHECK(with.count("/2/media/upload", "done") == 3);
  REQUIRE(publish(post_of(3)).kind == outcome_kind::published);
  CHECK(with.count("/2/media/upload", "done") == 3);
  const auto state = boost::json::parse(with.box.call("GET", "/_sandbox/state").body);
  CHECK(state.at_pointer("/platforms/x/posts/0/media_ids").as_array().size() == 3);
}

TEST_CASE("X: nothing before the post is ever unknown, and the next attempt goes on with what was kept") {
  const auto* path = GENERATE("/2/media/upload", "/2/media/metadata");
  const auto [kind, more, expected] = GENERATE(table<const char*, const char*, outcome_kind>({
      {"accept_then_drop", "", outcome_kind::transient},
      {"drop_before", "", outcome_kind::transient},
      {"accept_then_500", "", outcome_kind::transient},
      {"cut", "", outcome_kind::transient},
      {"status", R"(,"status":401)", outcome_kind::auth_expired},
      {"status", R"(,"status":400)", outcome_kind::invalid},
      {"status", R"(,"status":429)", outcome_kind::rate_limited},
      {"slow", R"(,"ms":50)", outcome_kind::published},
  }));
  CAPTURE(path, kind, more);
  fixture with;
  with.fault(kind, path, more);
  CHECK(with.publish().kind == expected);
  CHECK(with.count("/2/tweets", "accepted") == (expected == outcome_kind::published ? 1 : 0));
  if (expected == outcome_kind::published) return;
  CHECK(with.publish().kind == outcome_kind::published);
  CHECK(with.count("/2/tweets", "accepted") == 1);
}

TEST_CASE("X: an uploaded image is used again until X forgets it") {
  fixture with;
  with.fault("status", "/2/tweets", R"(,"status":409)");
  CHECK(with.publish().kind == outcome_kind::transient);
  const auto first = with.kept.at("media_id");
  SECTION("it is still there") {
    CHECK(with.publish().kind == outcome_kind::published);
    CHECK(with.kept.at("media_id") == first);
    CHECK(with.count("/2/media/upload", "done") == 1);
  }
  SECTION("it has expired") {
    with.clock.advance(24h);
    CHECK(with.publish().kind == outcome_kind::published);
    CHECK(with.count("/2/media/upload", "done") == 2);
  }
}

TEST_CASE("X: a post with an image whose reply is lost is found by looking") {
  const auto* kind = GENERATE("accept_then_drop", "accept_then_500", "accept_then_empty_200", "cut");
  CAPTURE(kind);
  fixture with;
  with.fault(kind, "/2/tweets");
  CHECK(with.publish().kind == outcome_kind::unknown);
  with.clock.advance(10s);
  CHECK(with.reconcile(with.some_post()).kind == domain::reconciliation_kind::live);
}

TEST_CASE("X: an animation goes out in pieces as a GIF, and may be three times as large as a picture") {
  fixture with;
  with.image = "/_sandbox/image.gif?pictures=2&bytes=6000000";
  const auto outcome = with.publish();
  CAPTURE(outcome.reason);
  REQUIRE(outcome.kind == outcome_kind::published);
  CHECK(with.count("/2/media/upload", "done") >= 1);  // its state was asked for
  CHECK(with.count("/2/media/upload/initialize", "done") == 1);
  CHECK(with.count("/2/media/upload/" + with.kept.at("media_id") + "/append", "done") == 2);
  with.image = "/_sandbox/image.gif?pictures=1&bytes=6000000";
  CHECK(with.publish().kind == outcome_kind::invalid);
  with.image = "/_sandbox/image.gif?pictures=2&bytes=15800000";
  CHECK(with.publish().kind == outcome_kind::invalid);
}

TEST_CASE("X: an animation that X cannot process is refused, and one that takes long goes on with the next attempt") {
  fixture with;
  with.image = "/_sandbox/image.gif?pictures=2";
  with.fault("fails_processing", "/2/media/upload/1", R"(,"count":3)");
  CHECK(with.publish().kind == outcome_kind::invalid);
}

TEST_CASE("X: a picture is taken by its bytes, whatever its server calls it") {
  fixture with;
  for (const auto* told : {"binary/octet-stream", "image/pjpeg", "text/plain", "application/json"}) {
    INFO(told);
    with.image = std::string{"/_sandbox/image.jpg?told="} + told;
    CHECK(with.publish().kind ==
          (told == std::string{"binary/octet-stream"} ? outcome_kind::published : outcome_kind::duplicate));
  }
}

TEST_CASE("The sandbox refuses a GIF that moves as a picture, as X does") {
  fixture with;
  const auto upload = [&with](std::string_view category, const std::string& bytes) {
    const std::string body =
        "--b\r\nContent-Disposition: form-data; name=\"media_category\"\r\n\r\n" + std::string{category} +
        "\r\n--b\r\nContent-Disposition: form-data; name=\"media\"\r\n\r\n" + bytes + "\r\n--b--\r\n";
    return with.box.call("POST", "/2/media/upload", body, "token-1", "multipart/form-data; boundary=b").status;
  };
  CHECK(upload("tweet_image", sandbox::gif(1, 0)) == 200);
  CHECK(upload("tweet_image", sandbox::gif(2, 0)) == 400);
  CHECK(upload("tweet_gif", sandbox::gif(2, 0)) == 400);
}
