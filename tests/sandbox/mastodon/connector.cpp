#include "connectors/mastodon/connector.hpp"

#include <future>

#include <catch2/catch.hpp>

#include "tests/sandbox/connector_fixture.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::publication;
using domain::outcome_kind;
using domain::reconciliation_kind;
using namespace std::chrono_literals;

namespace {

struct fixture : connector_fixture<connectors::mastodon::mastodon_connector> {
  base::uuid delivery = base::new_uuid(sandbox_start);

  fixture()
      : connector_fixture{connectors::reach::internet_and_loopback, [](running_sandbox& at) {
                            return connectors::mastodon::mastodon_options{.reached = {at.url("/mastodon/")}};
                          }} {
    box.add_account("token-m", "42", "acme", "mastodon");
  }

  publication some_post(std::string text, int images = 0) {
    auto what = publication_of(std::move(text), {"42@sandbox.test", "acme@sandbox.test", base::secret{"token-m"}});
    what.delivery_id = delivery;
    for (int i = 0; i < images; ++i) {
      what.media.push_back({domain::media_kind::image, box.url("/_sandbox/image.jpg?number=" + std::to_string(i)),
                            "Picture " + std::to_string(i)});
    }
    return what;
  }
  void fault(const std::string& kind, const std::string& path = "/api/v1/statuses", const std::string& more = "") {
    box.add_fault(R"({"platform":"mastodon","kind":")" + kind + R"(","match":{"method":"POST","path_prefix":")" + path +
                  "\"}" + more + "}");
  }
  void limits(const std::string& json) {
    REQUIRE(box.call("POST", "/_sandbox/limits", R"({"platform":"mastodon",)" + json + "}").status == 200);
  }
  /// A new delivery, of which nothing is kept.
  void next_delivery() {
    kept.clear();
    delivery = base::new_uuid(clock.now() + 1ms);
  }
  boost::json::array posts() {
    const auto state = boost::json::parse(box.call("GET", "/_sandbox/state").body);
    return state.at("platforms").at("mastodon").at("posts").as_array();
  }
};

}  // namespace

TEST_CASE("Mastodon: texts and pictures with their descriptions go out, and are found again") {
  const auto images = GENERATE(0, 1, 4);
  CAPTURE(images);
  fixture with;
  const auto live = with.publish(with.some_post("Hello\n<b>& you</b> https://example.org/x", images));
  CAPTURE(live.reason);
  REQUIRE(live.kind == outcome_kind::published);
  CHECK(live.external_url == "https://sandbox.test/@acme/" + *live.external_id);
  const auto posts = with.posts();
  REQUIRE(posts.size() == 1);
  CHECK(posts[0].at("alt_texts").as_array().size() == static_cast<std::size_t>(images));
  if (images > 0) CHECK(posts[0].at("alt_texts").as_array()[0] == "Picture 0");
  const auto found = with.reconcile(with.some_post("Hello\n<b>& you</b> https://example.org/x", images));
  CHECK(found.kind == reconciliation_kind::live);
  CHECK(found.external_id == live.external_id);
}

TEST_CASE("Mastodon: a lost reply is unknown; the list tells, and the key keeps a second sending from a second post") {
  const auto* kind = GENERATE("accept_then_drop", "accept_then_500", "accept_then_empty_200");
  const auto images = GENERATE(0, 1);
  CAPTURE(kind, images);
  fixture with;
  with.fault(kind);
  CHECK(with.publish(with.some_post("lost", images)).kind == outcome_kind::unknown);
  CHECK(with.reconcile(with.some_post("lost", images)).kind == reconciliation_kind::live);
  const auto again = with.publish(with.some_post("lost", images));
  CHECK(again.kind == outcome_kind::published);
  CHECK(with.posts().size() == 1);
}

TEST_CASE("Mastodon: a server that answers 500 to a known key, or ignores keys, is found out by the list") {
  fixture with;
  SECTION("500 on the repeat is no proof of failure") {
    with.limits(R"("keys":"fails_on_repeat")");
    with.publish(with.some_post("again"));
    CHECK(with.publish(with.some_post("again")).kind == outcome_kind::unknown);
    CHECK(with.reconcile(with.some_post("again")).kind == reconciliation_kind::live);
    CHECK(with.posts().size() == 1);
  }
  SECTION("media are attached once, also without keys") {
    with.limits(R"("keys":"ignored")");
    with.fault("accept_then_drop");
    CHECK(with.publish(with.some_post("again", 1)).kind == outcome_kind::unknown);
    CHECK(with.publish(with.some_post("again", 1)).kind == outcome_kind::unknown);
    CHECK(with.reconcile(with.some_post("again", 1)).kind == reconciliation_kind::live);
    CHECK(with.posts().size() == 1);
  }
}

TEST_CASE("Mastodon: what did not arrive is absent once it is sure, and is sent again with the uploaded picture") {
  fixture with;
  with.fault("drop_before");
  const auto first = with.some_post("never", 1);
  CHECK(with.publish(first).kind == outcome_kind::unknown);
  auto look = with.some_post("never", 1);
  CHECK(with.reconcile(look).kind == reconciliation_kind::try_again);
  with.clock.advance(10s);
  CHECK(with.reconcile(look).kind == reconciliation_kind::absent);
  CHECK(with.publish(with.some_post("never", 1)).kind == outcome_kind::published);
  int uploads = 0;
  for (const auto& line : with.box.journal("arrived"))
    uploads += line.at("path").as_string() == "/api/v2/media" ? 1 : 0;
  CHECK(uploads == 1);
}

TEST_CASE("Mastodon: nothing before the publishing step is unknown, and what was never about to be sent is absent") {
  const auto* kind = GENERATE("accept_then_drop", "drop_before", "accept_then_500", "empty_200");
  CAPTURE(kind);
  fixture with;
  // Until it is taken away: a question whose connection ends may be asked again by the client.
  with.box.add_fault(R"({"platform":"mastodon","kind":")" + std::string{kind} +
                     R"(","count":0,"match":{"method":"GET","path_prefix":"/api/v1/accounts/"}})");
  CHECK(with.publish(with.some_post("first")).kind == outcome_kind::transient);
  CHECK(with.reconcile(with.some_post("first")).kind == reconciliation_kind::absent);
  with.box.call("DELETE", "/_sandbox/faults");
  with.fault(kind, "/api/v2/media");
  CHECK(with.publish(with.some_post("second", 1)).kind == outcome_kind::transient);
  CHECK(with.posts().empty());
}

TEST_CASE("Mastodon: an older post with the same words is another one, and two new ones are for a person") {
  fixture with;
  CHECK(with.publish(with.some_post("Good morning")).kind == outcome_kind::published);
  with.next_delivery();
  with.fault("drop_before");
  CHECK(with.publish(with.some_post("Good morning")).kind == outcome_kind::unknown);
  with.clock.advance(10s);
  auto look = with.some_post("Good morning");
  look.started_at = sandbox_start;
  CHECK(with.reconcile(look).kind == reconciliation_kind::absent);
  const std::string by_hand = R"({"status":"Good morning","visibility":"public"})";
  with.box.call("POST", "/mastodon/api/v1/statuses", by_hand, "token-m");
  CHECK(with.reconcile(look).kind == reconciliation_kind::live);
  with.box.call("POST", "/mastodon/api/v1/statuses", by_hand, "token-m");
  CHECK(with.reconcile(look).kind == reconciliation_kind::cannot_know);
}

TEST_CASE("Mastodon: a picture that takes its time is waited for, and one that cannot be processed is refused") {
  fixture with;
  with.fault("pending", "/api/v2/media", R"(,"ms":200)");
  auto waiting = std::async(std::launch::async, [&with] { return with.publish(with.some_post("slow", 1)); });
  while (waiting.wait_for(20ms) != std::future_status::ready) with.clock.advance(100ms);
  CHECK(waiting.get().kind == outcome_kind::published);
  with.next_delivery();
  with.fault("fails_processing", "/api/v2/media");
  CHECK(with.publish(with.some_post("bad", 1)).kind == outcome_kind::invalid);
}

TEST_CASE("Mastodon: the instance's own limits hold, before anything is sent") {
  fixture with;
  with.limits(R"("max_characters":20,"max_media_attachments":1,"description_limit":9)");
  CHECK(with.publish(with.some_post(std::string(20, 'a'))).kind == outcome_kind::published);
  with.next_delivery();
  const auto long_one = with.publish(with.some_post(std::string(21, 'a')));
  CHECK(long_one.kind == outcome_kind::invalid);
  CHECK(long_one.reason == "The account's server takes 20 characters, this has 21.");
  CHECK(with.publish(with.some_post("x", 2)).kind == outcome_kind::invalid);
  auto wordy = with.some_post("x", 1);
  wordy.media[0].alt_text = "ten letters";
  CHECK(with.publish(wordy).kind == outcome_kind::invalid);
  CHECK(with.posts().size() == 1);
}

TEST_CASE("Mastodon: what was chosen for a post goes with it, and tells it from another one") {
  fixture with;
  auto quiet = with.some_post("Behind");
  quiet.options = {{"visibility", "private"}, {"content_warning", "Spoiler"}, {"sensitive", "yes"}, {"language", "de"}};
  with.fault("accept_then_drop");
  CHECK(with.publish(quiet).kind == outcome_kind::unknown);
  CHECK(with.posts()[0].at("visibility") == "private");
  quiet.handles = with.kept;
  CHECK(with.reconcile(quiet).kind == reconciliation_kind::live);
  auto plain = with.some_post("Behind");
  with.clock.advance(10s);
  CHECK(with.reconcile(plain).kind == reconciliation_kind::absent);
  with.limits(R"("max_characters":10)");
  with.clock.advance(25h);
  auto both = with.some_post("1234");
  both.options = {{"content_warning", "1234567"}};
  CHECK(with.publish(both).kind == outcome_kind::invalid);
}

TEST_CASE("Mastodon: a refused token, a missing right and a used-up budget are what they are") {
  fixture with;
  auto foreign = with.some_post("x");
  foreign.account.access_token = base::secret{"nobody"};
  CHECK(with.publish(foreign).kind == outcome_kind::auth_expired);
  CHECK(with.reconcile(foreign).kind == reconciliation_kind::absent);
  auto nowhere = with.some_post("x");
  nowhere.account.external_user_id = "42/../43";
  CHECK(with.publish(nowhere).kind == outcome_kind::permission);
  with.limits(R"("posts":{"limit":1,"window_s":600})");
  CHECK(with.publish(with.some_post("one")).kind == outcome_kind::published);
  with.next_delivery();
  const auto limited = with.publish(with.some_post("two"));
  CHECK(limited.kind == outcome_kind::rate_limited);
  CHECK(limited.retry_at == sandbox_start + 600s);
}

TEST_CASE("Mastodon: recent posts are listed, newest first, and deleted; a second time they are gone") {
  fixture with;
  for (int i = 0; i < 45; ++i) {
    with.clock.advance(1s);
    const auto body = R"({"status":"Number )" + std::to_string(i) + R"( & more","visibility":"public"})";
    with.box.call("POST", "/mastodon/api/v1/statuses", body, "token-m");
  }
  awaited<connectors::listing> got;
  with.connector.list_recent(with.some_post("").account, 43, got.callback());
  const auto listed = got.get();
  REQUIRE(listed.posts.size() == 43);
  CHECK(listed.posts[0].text == "Number 44 & more");
  CHECK(listed.posts[42].text == "Number 2 & more");
  for (int i = 0; i < 2; ++i) {
    awaited<connectors::removal_reply> removed;
    with.connector.remove({.external_id = listed.posts[0].external_id, .account = with.some_post("").account},
                          removed.callback());
    CHECK(removed.get().kind == connectors::removal_kind::gone);
  }
  CHECK(with.posts().size() == 44);
}

TEST_CASE("Mastodon: an instance inside is never called") {
  fixture with;
  connectors::egress guarded{{}, with.clock};
  connectors::mastodon::mastodon_connector connector{{}, guarded, with.clock};
  for (const auto* place : {"127.0.0.1", "10.1.2.3", "[::1]", "169.254.169.254", "localhost"}) {
    CAPTURE(place);
    auto what = with.some_post("x");
    what.account.external_user_id = std::string{"42@"} + place;
    awaited<connectors::publish_reply> reply;
    connector.publish(what, reply.callback());
    const auto kind = reply.get().outcome.kind;
    CHECK((kind == outcome_kind::permission || kind == outcome_kind::transient));
  }
  guarded.stop();
  CHECK(with.box.journal("arrived").empty());
}
