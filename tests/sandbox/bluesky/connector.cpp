#include "connectors/bluesky/connector.hpp"

#include <catch2/catch.hpp>

#include "tests/sandbox/connector_fixture.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::publication;
using domain::outcome_kind;
using domain::reconciliation_kind;
using namespace std::chrono_literals;

namespace {

constexpr auto did = "did:plc:acme234";

struct fixture : connector_fixture<connectors::bluesky::bluesky_connector> {
  fixture()
      : connector_fixture{
            connectors::reach::internet_and_loopback, [](running_sandbox& at) {
              return connectors::bluesky::bluesky_options{.where = {at.url("/bluesky/"), at.url("/bluesky/plc")}};
            }} {
    box.add_account("token-b", did, "acme.bsky.social", "bluesky");
  }

  publication some_post(std::string text, int images = 0) {
    auto what = publication_of(std::move(text), {did, "acme.bsky.social", base::secret{"token-b"}});
    what.delivery_id = base::uuid_from_name("one");
    for (int i = 0; i < images; ++i) {
      what.media.push_back({domain::media_kind::image, box.url("/_sandbox/image.jpg?number=" + std::to_string(i)),
                            i == 0 ? "Picture" : ""});
    }
    return what;
  }
  void fault(const std::string& kind, const std::string& method = "com.atproto.repo.putRecord") {
    box.add_fault(R"({"platform":"bluesky","kind":")" + kind + R"(","match":{"path_prefix":"/xrpc/)" + method + "\"}}");
  }
  void limits(const std::string& json) {
    box.call("POST", "/_sandbox/limits", R"({"platform":"bluesky",)" + json + "}");
  }
  boost::json::array posts() {
    const auto state = boost::json::parse(box.call("GET", "/_sandbox/state").body);
    return state.at("platforms").at("bluesky").at("posts").as_array();
  }
  int calls(std::string_view method) {
    int found = 0;
    for (const auto& line : box.journal("arrived"))
      found += line.at("path").as_string() == "/xrpc/" + std::string{method} ? 1 : 0;
    return found;
  }
};

}  // namespace

TEST_CASE("Bluesky: texts and pictures with their descriptions go out, and are read back by their key") {
  const auto images = GENERATE(0, 1, 4);
  CAPTURE(images);
  fixture with;
  const auto live = with.publish(with.some_post("Hello \U0001F600 #tag", images));
  CAPTURE(live.reason);
  REQUIRE(live.kind == outcome_kind::published);
  const auto posts = with.posts();
  REQUIRE(posts.size() == 1);
  CHECK(posts[0].at("id").as_string() == *live.external_id);
  CHECK(posts[0].at("record").at("facets").as_array().size() == 1);
  if (images > 0) CHECK(posts[0].at("record").at("embed").at("images").at(0).at("alt") == "Picture");
  const auto found = with.reconcile(with.some_post("Hello \U0001F600 #tag", images));
  CHECK(found.kind == reconciliation_kind::live);
  CHECK(found.external_id == live.external_id);
}

TEST_CASE("Bluesky: a lost reply is unknown, a look tells, and putting again makes no second post") {
  const auto* kind = GENERATE("accept_then_drop", "accept_then_500", "accept_then_empty_200");
  CAPTURE(kind);
  fixture with;
  with.fault(kind);
  CHECK(with.publish(with.some_post("lost", 1)).kind == outcome_kind::unknown);
  CHECK(with.reconcile(with.some_post("lost", 1)).kind == reconciliation_kind::live);
  with.clock.advance(1h);
  CHECK(with.publish(with.some_post("lost", 1)).kind == outcome_kind::published);
  CHECK(with.posts().size() == 1);
  CHECK(with.calls("com.atproto.repo.uploadBlob") == 1);
}

TEST_CASE("Bluesky: what did not arrive is absent, and goes out under the same key") {
  fixture with;
  with.fault("drop_before");
  CHECK(with.publish(with.some_post("never")).kind == outcome_kind::unknown);
  const auto key = with.kept.at("bluesky_rkey");
  CHECK(with.reconcile(with.some_post("never")).kind == reconciliation_kind::absent);
  const auto live = with.publish(with.some_post("never"));
  CHECK(live.kind == outcome_kind::published);
  CHECK(live.external_id->ends_with(key));
}

TEST_CASE("Bluesky: another record under the key is never overwritten, and is for a person") {
  fixture with;
  with.fault("drop_before");
  with.publish(with.some_post("mine"));
  auto foreign = with.some_post("mine");
  const auto body = R"({"repo":")" + std::string{did} + R"(","collection":"app.bsky.feed.post","rkey":")" +
                    with.kept.at("bluesky_rkey") +
                    R"(","record":{"$type":"app.bsky.feed.post","text":"other","createdAt":"2026-11-22T08:00:00Z"}})";
  CHECK(with.box.call("POST", "/xrpc/com.atproto.repo.putRecord", body, "token-b").status == 200);
  CHECK(with.publish(foreign).kind == outcome_kind::unknown);
  CHECK(with.reconcile(foreign).kind == reconciliation_kind::cannot_know);
  CHECK(with.posts()[0].at("text") == "other");
}

TEST_CASE("Bluesky: a picture that the server has forgotten is uploaded again, under the same key") {
  fixture with;
  with.fault("drop_before");
  CHECK(with.publish(with.some_post("late", 1)).kind == outcome_kind::unknown);
  const auto key = with.kept.at("bluesky_rkey");
  with.limits(R"("lose_blobs":true)");
  const auto live = with.publish(with.some_post("late", 1));
  CAPTURE(live.reason);
  CHECK(live.kind == outcome_kind::published);
  CHECK(live.external_id->ends_with(key));
  CHECK(with.calls("com.atproto.repo.uploadBlob") == 2);
}

TEST_CASE("Bluesky: nothing before the record is put is unknown") {
  const auto* kind = GENERATE("accept_then_drop", "drop_before", "accept_then_500", "empty_200");
  CAPTURE(kind);
  fixture with;
  with.fault(kind, "com.atproto.repo.uploadBlob");
  CHECK(with.publish(with.some_post("first", 1)).kind == outcome_kind::transient);
  CHECK(with.reconcile(with.some_post("first", 1)).kind == reconciliation_kind::absent);
  CHECK(with.posts().empty());
}

TEST_CASE("Bluesky: who is mentioned is resolved, and who cannot be stays a word") {
  fixture with;
  CHECK(with.publish(with.some_post("@acme.bsky.social meets @nobody.example")).kind == outcome_kind::published);
  const auto facets = with.posts()[0].at("record").at("facets").as_array();
  REQUIRE(facets.size() == 1);
  CHECK(facets[0].at("features").at(0).at("did").as_string() == did);
}

TEST_CASE("Bluesky: a link gets a card, also when its page cannot be read") {
  fixture with;
  CHECK(with.publish(with.some_post("see https://nowhere.invalid/page")).kind == outcome_kind::published);
  const auto external = with.posts()[0].at("record").at("embed").at("external");
  CHECK(external.at("uri") == "https://nowhere.invalid/page");
  CHECK(external.at("title") == "nowhere.invalid");
}

TEST_CASE("Bluesky: refused tokens, ended ones and used-up points are what they are") {
  fixture with;
  auto foreign = with.some_post("x");
  foreign.account.access_token = base::secret{"nobody"};
  CHECK(with.publish(foreign).kind == outcome_kind::auth_expired);
  auto nobody = with.some_post("x");
  nobody.account.external_user_id = "did:plc:nobody";
  CHECK(with.publish(nobody).kind == outcome_kind::permission);
  auto none = with.some_post("x");
  none.account.external_user_id = "42";
  CHECK(with.publish(none).kind == outcome_kind::permission);
  with.limits(R"("points":{"hourly":2})");
  CHECK(with.publish(with.some_post("one")).kind == outcome_kind::published);
  const auto limited = with.publish(with.some_post("two"));
  CHECK(limited.kind == outcome_kind::rate_limited);
  CHECK(limited.retry_at);
}

TEST_CASE("Bluesky: recent posts are listed, newest first, and deleted; a second time they are gone") {
  fixture with;
  for (int i = 0; i < 3; ++i) {
    with.clock.advance(1s);
    CHECK(with.publish(with.some_post("Number " + std::to_string(i))).kind == outcome_kind::published);
  }
  awaited<connectors::listing> got;
  with.connector.list_recent(with.some_post("").account, 2, got.callback());
  const auto listed = got.get();
  REQUIRE(listed.posts.size() == 2);
  CHECK(listed.posts[0].text == "Number 2");
  for (int i = 0; i < 2; ++i) {
    awaited<connectors::removal_reply> removed;
    with.connector.remove({.external_id = listed.posts[0].external_id, .account = with.some_post("").account},
                          removed.callback());
    CHECK(removed.get().kind == connectors::removal_kind::gone);
  }
  CHECK(with.posts().size() == 2);
  awaited<connectors::removal_reply> refused;
  with.connector.remove(
      {.external_id = "at://did:plc:other/app.bsky.feed.post/3kabcdefghijk", .account = with.some_post("").account},
      refused.callback());
  CHECK(refused.get().kind == connectors::removal_kind::refused);
}
