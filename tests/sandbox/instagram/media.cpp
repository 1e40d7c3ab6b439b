// Films and carousels through the connector for Instagram.
#include <algorithm>

#include <catch2/catch.hpp>

#include "connectors/instagram/connector.hpp"
#include "tests/sandbox/instagram/running_instagram.hpp"

using namespace pulse;
using namespace pulse::tests;
using domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

connectors::instagram::instagram_options quick_options(const std::string& url) {
  connectors::instagram::instagram_options options;
  options.base_url = url + "/instagram/";
  options.first_pause = 10ms;
  options.longest_pause = 50ms;
  options.least_time_to_publish = 100ms;
  return options;
}

struct media_fixture : instagram_fixture {
  connectors::instagram::instagram_connector connector{quick_options(box.url()), box.client(), clock};
  std::map<std::string, std::string> kept;

  domain::outcome publish(std::vector<domain::media> media) {
    connectors::publication what;
    what.text = "Hello";
    what.media = std::move(media);
    what.started_at = clock.now();
    what.timeout = 2s;
    what.account = {"42", "acme", base::secret{"token-ig"}};
    what.handles = kept;
    what.keep = [this](std::map<std::string, std::string> handles, std::function<void(bool)> then) {
      for (const auto& [name, value] : handles) kept[name] = value;
      then(true);
    };
    awaited<connectors::publish_reply> reply;
    connector.publish(std::move(what), reply.callback());
    return reply.get().outcome;
  }
  std::string listed(const std::string& field) {
    return string_at(get("/42/media?fields=media_type,media_product_type,caption"), "/data/0/" + field);
  }
};

std::vector<domain::media> pictures(int count) {
  std::vector<domain::media> made;
  for (int i = 0; i < count; ++i)
    made.push_back({domain::media_kind::image, "https://example.org/" + std::to_string(i) + ".jpg", "A picture"});
  return made;
}

const std::vector<domain::media> film = {{domain::media_kind::video, "https://example.org/a.mp4", "Two people ride"}};

}  // namespace

TEST_CASE("Instagram: a film goes out as a reel, and one that is processed for long goes on, which is no failure") {
  media_fixture with;
  with.fault("pending", R"(,"ms":60000)", "POST", "/instagram/v26.0/42/media");
  const auto first = with.publish(film);
  CAPTURE(first.reason);
  CHECK(first.kind == outcome_kind::transient);
  CHECK(first.goes_on);
  with.clock.advance(2min);
  CHECK(with.publish(film).kind == outcome_kind::published);
  CHECK(with.listed("media_product_type") == "REELS");
  CHECK(with.posts() == 1);
}

TEST_CASE("Instagram: pictures go out as a carousel, once, also when an attempt ends between them") {
  media_fixture with;
  with.fault("status", R"(,"status":503)", "POST", "/instagram/v26.0/42/media", 2);
  CHECK(with.publish(pictures(3)).kind == outcome_kind::transient);
  CHECK(with.posts() == 0);
  CHECK(with.publish(pictures(3)).kind == outcome_kind::published);
  CHECK(with.listed("media_type") == "CAROUSEL_ALBUM");
  CHECK(with.listed("caption") == "Hello");
  CHECK(with.posts() == 1);
}

TEST_CASE("Instagram: a post that became another is prepared anew") {
  media_fixture with;
  with.fault("status", R"(,"status":429)", "POST", "/instagram/v26.0/42/media_publish");
  CHECK(with.publish(pictures(2)).kind == outcome_kind::rate_limited);
  CHECK(with.publish(film).kind == outcome_kind::published);
  CHECK(with.listed("media_type") == "VIDEO");
  CHECK(with.posts() == 1);
}

TEST_CASE(
    "Instagram: pictures and films go out in one carousel, whose items are made once, however long a film takes") {
  media_fixture with;
  auto mixed = film;
  for (const auto& each : pictures(2)) mixed.push_back(each);
  with.fault("pending", R"(,"ms":60000)", "POST", "/instagram/v26.0/42/media");
  const auto first = with.publish(mixed);
  CAPTURE(first.reason);
  CHECK(first.kind == outcome_kind::transient);
  CHECK(first.goes_on);
  const auto items = with.kept["carousel_items"];
  CHECK(std::count(items.begin(), items.end(), ',') == 2);
  with.clock.advance(2min);
  const auto second = with.publish(mixed);
  CAPTURE(second.reason);
  CHECK(second.kind == outcome_kind::published);
  CHECK(with.kept["carousel_items"] == items);
  CHECK(with.listed("media_type") == "CAROUSEL_ALBUM");
  CHECK(with.posts() == 1);
}

TEST_CASE(
    "Instagram: a film of a carousel that cannot be processed is told, and the next attempt makes the items anew") {
  media_fixture with;
  auto mixed = film;
  mixed.push_back(pictures(1).front());
  with.fault("fails_processing", "", "POST", "/instagram/v26.0/42/media");
  CHECK(with.publish(mixed).kind != outcome_kind::published);
  CHECK(with.kept["carousel_items"].empty());
  CHECK(with.posts() == 0);
  CHECK(with.publish(mixed).kind == outcome_kind::published);
  CHECK(with.posts() == 1);
}

TEST_CASE("Instagram: items of a carousel that it has forgotten are made anew") {
  media_fixture with;
  auto mixed = film;
  mixed.push_back(pictures(1).front());
  with.fault("pending", R"(,"ms":60000)", "POST", "/instagram/v26.0/42/media");
  CHECK(with.publish(mixed).goes_on);
  with.clock.advance(25h);
  CHECK(with.publish(mixed).kind == outcome_kind::published);
  CHECK(with.posts() == 1);
}
