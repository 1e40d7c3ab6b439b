#include "connectors/threads/connector.hpp"

#include <catch2/catch.hpp>

#include "tests/sandbox/connector_fixture.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::publication;
using domain::outcome_kind;
using domain::reconciliation_kind;
using namespace std::chrono_literals;

namespace {

struct fixture : connector_fixture<connectors::threads::threads_connector> {
  fixture()
      : connector_fixture{connectors::reach::internet, [](running_sandbox& at) {
                            return connectors::threads::threads_options{at.url("/threads/")};
                          }} {
    box.add_account("token-t", "178", "acme", "threads");
  }

  publication some_post(std::string text, int images = 0) {
    auto what = publication_of(std::move(text), {"178", "acme", base::secret{"token-t"}});
    what.started_at = sandbox_start;
    for (int i = 0; i < images; ++i)
      what.media.push_back({domain::media_kind::image, "https://example.org/" + std::to_string(i) + ".jpg", "Picture"});
    return what;
  }
  void fault(const std::string& kind, const std::string& edge, const std::string& more = "") {
    box.add_fault(R"({"platform":"threads","kind":")" + kind +
                  R"(","match":{"method":"POST","path_prefix":"/v1.0/178/)" + edge + "\"}" + more + "}");
  }
  int count(std::string_view path, std::string_view decision) {
    int found = 0;
    for (const auto& line : box.journal("arrived"))
      found += line.at("path").as_string() == path && line.at("method").as_string() == "POST" &&
                       line.at("decision").as_string() == decision
                   ? 1
                   : 0;
    return found;
  }
};

}  // namespace

TEST_CASE("Threads: texts, an image and a carousel go out in two steps, and are found again") {
  const auto [images, containers] = GENERATE(table<int, int>({{0, 1}, {1, 1}, {3, 4}}));
  CAPTURE(images);
  fixture with;
  const auto live = with.publish(with.some_post("Hello", images));
  CAPTURE(live.reason);
  REQUIRE(live.kind == outcome_kind::published);
  CHECK(with.count("/v1.0/178/threads", "done") == containers);
  CHECK(with.count("/v1.0/178/threads_publish", "accepted") == 1);
  CHECK(live.external_url == "https://www.threads.net/@acme/post/" + *live.external_id);
  const auto found = with.reconcile(with.some_post("Hello", images));
  CHECK(found.kind == reconciliation_kind::live);
  CHECK(found.external_id == live.external_id);
}

TEST_CASE("Threads: a post whose address cannot be asked for is published all the same") {
  fixture with;
  with.box.add_fault(R"({"platform":"threads","kind":"status","status":500,"match":{"method":"GET"},"skip":1})");
  const auto live = with.publish(with.some_post("Hello"));
  CHECK(live.kind == outcome_kind::published);
  CHECK_FALSE(live.external_url);
  CHECK(with.count("/v1.0/178/threads_publish", "accepted") == 1);
}

TEST_CASE("Threads: pictures and films go out in one carousel, which goes on when a film takes long") {
  fixture with;
  auto mixed = with.some_post("Both", 2);
  mixed.media.insert(mixed.media.begin(), {domain::media_kind::video, "https://example.org/a.mp4", "Two people ride"});
  with.fault("pending", "threads", R"(,"ms":60000)");
  const auto first = with.publish(mixed);
  CAPTURE(first.reason);
  CHECK(first.goes_on);
  with.clock.advance(2min);
  mixed.handles = with.kept;
  CHECK(with.publish(mixed).kind == outcome_kind::published);
  CHECK(with.count("/v1.0/178/threads", "done") == 4);
  CHECK(with.count("/v1.0/178/threads_publish", "accepted") == 1);
}

TEST_CASE("Threads: a film goes out by its address, and one that is processed for long goes on, which is no failure") {
  fixture with;
  auto film = with.some_post("A film");
  film.media = {{domain::media_kind::video, "https://example.org/a.mp4", "Two people ride"}};
  with.fault("pending", "threads", R"(,"ms":60000)");
  const auto first = with.publish(film);
  CAPTURE(first.reason);
  CHECK(first.kind == outcome_kind::transient);
  CHECK(first.goes_on);
  CHECK(first.retry_at);
  with.clock.advance(2min);
  film.handles = with.kept;
  CHECK(with.publish(film).kind == outcome_kind::published);
  CHECK(with.count("/v1.0/178/threads", "done") == 1);
  CHECK(with.count("/v1.0/178/threads_publish", "accepted") == 1);
  const auto containers =
      boost::json::parse(with.box.call("GET", "/_sandbox/state").body).at_pointer("/platforms/threads/posts");
  CHECK(containers.as_array().size() == 1);
}

TEST_CASE("Threads: a film that is processed for more than half an hour counts as a failure") {
  fixture with;
  auto film = with.some_post("A film");
  film.media = {{domain::media_kind::video, "https://example.org/a.mp4", ""}};
  with.fault("pending", "threads", R"(,"ms":600000)");
  CHECK(with.publish(film).goes_on);
  with.kept["container_made_at"] = base::to_string(with.clock.now() - 31min);
  film.handles = with.kept;
  const auto late = with.publish(film);
  CHECK(late.kind == outcome_kind::transient);
  CHECK_FALSE(late.goes_on);
}

TEST_CASE("Threads: a lost reply of the publishing step is unknown, and the container and the list tell") {
  const auto* kind = GENERATE("accept_then_drop", "accept_then_500", "accept_then_empty_200");
  CAPTURE(kind);
  fixture with;
  with.fault(kind, "threads_publish");
  CHECK(with.publish(with.some_post("lost")).kind == outcome_kind::unknown);
  CHECK(with.reconcile(with.some_post("lost")).kind == reconciliation_kind::live);
  // Whoever publishes again finds the container used up, and never a second post.
  CHECK(with.publish(with.some_post("lost")).kind == outcome_kind::unknown);
  CHECK(with.count("/v1.0/178/threads_publish", "accepted") == 1);
}

TEST_CASE("Threads: what did not arrive is absent once it is sure, and the next attempt goes on with the container") {
  fixture with;
  with.fault("drop_before", "threads_publish");
  CHECK(with.publish(with.some_post("never")).kind == outcome_kind::unknown);
  CHECK(with.reconcile(with.some_post("never")).kind == reconciliation_kind::try_again);
  with.clock.advance(10s);
  CHECK(with.reconcile(with.some_post("never")).kind == reconciliation_kind::absent);
  CHECK(with.publish(with.some_post("never")).kind == outcome_kind::published);
  CHECK(with.count("/v1.0/178/threads", "done") == 1);
}

TEST_CASE("Threads: nothing before the publishing step is ever unknown, and without a container nothing can be live") {
  const auto* kind = GENERATE("accept_then_drop", "drop_before", "accept_then_500", "empty_200");
  CAPTURE(kind);
  fixture with;
  with.box.add_fault(R"({"platform":"threads","kind":")" + std::string{kind} +
                     R"(","match":{"method":"POST","path_prefix":"/v1.0/178/threads"}})");
  CHECK(with.publish(with.some_post("first")).kind == outcome_kind::transient);
  CHECK(with.reconcile(with.some_post("first")).kind == reconciliation_kind::absent);
}

TEST_CASE("Threads: an image that cannot be processed is refused, and a refused token says so") {
  fixture with;
  with.fault("fails_processing", "threads");
  CHECK(with.publish(with.some_post("bad", 1)).kind == outcome_kind::invalid);
  auto foreign = with.some_post("x");
  foreign.account.access_token = base::secret{"nobody"};
  CHECK(with.publish(foreign).kind == outcome_kind::auth_expired);
}

TEST_CASE("Threads: the same text may go out twice, and an edited post gets a container of its own") {
  fixture with;
  CHECK(with.publish(with.some_post("same")).kind == outcome_kind::published);
  with.kept.clear();
  CHECK(with.publish(with.some_post("same")).kind == outcome_kind::published);
  with.fault("drop_before", "threads_publish");
  with.publish(with.some_post("draft"));
  CHECK(with.publish(with.some_post("edited")).kind == outcome_kind::published);
  CHECK(with.reconcile(with.some_post("edited")).kind == reconciliation_kind::live);
}
