#include "connectors/tiktok/connector.hpp"

#include <catch2/catch.hpp>

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
constexpr auto piece = connectors::tiktok::film_piece_bytes;

connectors::tiktok::tiktok_options quick(const std::string& url, connectors::media_files* films) {
  connectors::tiktok::tiktok_options made;
  made.base_url = url;
  made.films = films;
  made.first_pause = 10ms;
  made.longest_pause = 50ms;
  return made;
}

struct fixture {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{{}, clock};
  made_film films{2 * piece + 12'345};
  connectors::tiktok::tiktok_connector connector{quick(box.url("/tiktok/"), &films), client, clock};
  std::map<std::string, std::string> kept;
  std::chrono::milliseconds timeout = 20s;  // a piece is left to the next attempt when the machine is too busy
  int attempt = 1;

  fixture() { box.add_account("token-t", "178", "acme", "tiktok"); }
  ~fixture() { client.stop(); }

  publication some_post(std::string text = "Hello", std::string privacy = "SELF_ONLY") {
    publication what;
    what.title = "A title";
    what.text = std::move(text);
    what.media = {{domain::media_kind::image, "http://127.0.0.1/a.jpg", "A picture"},
                  {domain::media_kind::image, "http://127.0.0.1/b.jpg", ""}};
    what.options = {{"privacy_level", std::move(privacy)}, {"disclosure", "none"}};
    what.attempt = attempt;
    what.started_at = some_time;
    what.timeout = timeout;
    what.account = {"178", "acme", base::secret{"token-t"}};
    what.handles = kept;
    what.keep = [this](std::map<std::string, std::string> handles, std::function<void(bool)> then) {
      for (auto& [name, value] : handles) kept[name] = value;
      then(true);
    };
    return what;
  }
  publication some_film() {
    auto what = some_post("the film");
    what.media = {{domain::media_kind::video, std::string{made_film::url}, ""}};
    return what;
  }
  domain::outcome publish(publication what) {
    awaited<connectors::publish_reply> reply;
    connector.publish(std::move(what), reply.callback());
    auto outcome = reply.get().outcome;
    CAPTURE(outcome.reason);
    return outcome;
  }
  domain::reconciliation reconcile(publication what) {
    awaited<domain::reconciliation> found;
    connector.reconcile(std::move(what), found.callback());
    return found.get();
  }
  void fault(const std::string& kind, const std::string& path, const std::string& more = "",
             const std::string& method = "POST") {
    box.add_fault(R"({"platform":"tiktok","kind":")" + kind + R"(","match":{"method":")" + method +
                  R"(","path_prefix":")" + path + "\"}" + more + "}");
  }
  void limits(const std::string& more) {
    box.call("POST", "/_sandbox/limits", R"({"platform":"tiktok",)" + more + "}");
  }
  int count(std::string_view path, std::string_view decision, std::string_view method = "POST") {
    int found = 0;
    for (const auto& line : box.journal("arrived"))
      found += line.at("path").as_string() == path && line.at("method").as_string() == method &&
                       line.at("decision").as_string() == decision
                   ? 1
                   : 0;
    return found;
  }
};

constexpr const char* init = "/v2/post/publish/content/init/";
constexpr const char* film_init = "/v2/post/publish/video/init/";

}  // namespace

TEST_CASE("TikTok: pictures go out after the creator was asked for, and nothing is public by itself") {
  fixture with;
  const auto live = with.publish(with.some_post());
  CAPTURE(live.reason);
  REQUIRE(live.kind == outcome_kind::published);
  CHECK(live.external_id == with.kept.at("publish_id"));  // a post that is not public has no other
  CHECK_FALSE(live.external_url);
  CHECK(with.count("/v2/post/publish/creator_info/query/", "done") == 1);
  CHECK(with.reconcile(with.some_post()).external_id == live.external_id);
  for (const auto* name : {"privacy_level", "disclosure"}) {
    auto without = with.some_post("another");
    without.options.erase(name);
    CHECK(with.publish(without).kind == outcome_kind::invalid);
  }
  CHECK(with.count(init, "accepted") == 1);
}

TEST_CASE("TikTok: a public post has an id and an address of its own, and is listed") {
  fixture with;
  const auto live = with.publish(with.some_post("For everyone", "PUBLIC_TO_EVERYONE"));
  REQUIRE(live.kind == outcome_kind::published);
  CHECK(live.external_url == "https://www.tiktok.com/@acme/photo/" + *live.external_id);
  awaited<connectors::listing> listed;
  with.connector.list_recent({"178", "acme", base::secret{"token-t"}}, 5, listed.callback());
  const auto found = listed.get();
  REQUIRE(found.posts.size() == 1);
  CHECK(found.posts[0].external_id == live.external_id);
  CHECK(found.posts[0].text == "For everyone");
}

TEST_CASE("TikTok: what the account is not offered is refused before anything is sent, and so is what it may not") {
  fixture with;
  with.limits(R"("privacy":["SELF_ONLY"])");
  const auto refused = with.publish(with.some_post("x", "PUBLIC_TO_EVERYONE"));
  CHECK(refused.kind == outcome_kind::invalid);
  CHECK(refused.reason.find("SELF_ONLY") != std::string::npos);
  for (const auto& [code, kind] : {std::pair{"spam_risk_too_many_posts", outcome_kind::rate_limited},
                                   std::pair{"spam_risk_user_banned_from_posting", outcome_kind::permission},
                                   std::pair{"reached_active_user_cap", outcome_kind::rate_limited}}) {
    with.limits(R"("refuse":")" + std::string{code} + "\"");
    CHECK(with.publish(with.some_post()).kind == kind);
  }
  auto stranger = with.some_post();
  stranger.account.access_token = base::secret{"nobody"};
  CHECK(with.publish(stranger).kind == outcome_kind::auth_expired);
  CHECK(with.count(init, "accepted") + with.count(init, "refused") == 0);
}

TEST_CASE("TikTok: a post that takes longer than the attempt is unknown, and its id tells") {
  fixture with;
  with.timeout = 5s;
  with.limits(R"("look":{"limit":1000})");
  with.fault("pending", init, R"(,"ms":60000)");
  CHECK(with.publish(with.some_post()).kind == outcome_kind::unknown);
  const auto soon = with.reconcile(with.some_post());
  CHECK(soon.kind == reconciliation_kind::try_again);
  CHECK(soon.retry_at == some_time + 10s);
  with.clock.advance(60s);
  CHECK(with.reconcile(with.some_post()).kind == reconciliation_kind::live);
  // Whoever publishes it again finds it there.
  CHECK(with.publish(with.some_post()).kind == outcome_kind::published);
  CHECK(with.count(init, "accepted") == 1);
}

TEST_CASE("TikTok: what it could not make is refused, or tried again, as its reason says") {
  const auto [reason, kind] = GENERATE(table<std::string, outcome_kind>(
      {{"file_format_check_failed", outcome_kind::invalid}, {"photo_pull_failed", outcome_kind::transient}}));
  CAPTURE(reason);
  fixture with;
  with.limits(R"("fail_reason":")" + reason + "\"");
  with.fault("fails_processing", init);
  CHECK(with.publish(with.some_post()).kind == kind);
  const auto found = with.reconcile(with.some_post());
  CHECK(found.kind == reconciliation_kind::absent);
  CHECK(found.is_refused == (kind == outcome_kind::invalid));
  CHECK(with.publish(with.some_post()).kind == outcome_kind::published);
  CHECK(with.count(init, "accepted") == 2);
}

TEST_CASE(
    "TikTok: a lost reply of the call that publishes is for a person to tell, unless the post is public and listed") {
  const auto* kind = GENERATE("accept_then_drop", "accept_then_500", "accept_then_empty_200");
  const auto [privacy, told] = GENERATE(table<std::string, reconciliation_kind>(
      {{"SELF_ONLY", reconciliation_kind::cannot_know}, {"PUBLIC_TO_EVERYONE", reconciliation_kind::live}}));
  CAPTURE(kind, privacy);
  fixture with;
  with.fault(kind, init);
  CHECK(with.publish(with.some_post("lost", privacy)).kind == outcome_kind::unknown);
  CHECK(with.reconcile(with.some_post("lost", privacy)).kind == told);
}

TEST_CASE("TikTok: nothing was sent before the call that publishes, whatever fails") {
  const auto* kind = GENERATE("accept_then_drop", "drop_before", "accept_then_500", "empty_200");
  CAPTURE(kind);
  fixture with;
  with.fault(kind, "/v2/post/publish/creator_info/");
  CHECK(with.publish(with.some_post()).kind == outcome_kind::transient);
  CHECK(with.reconcile(with.some_post()).kind == reconciliation_kind::absent);
  CHECK(with.publish(with.some_post()).kind == outcome_kind::published);
}

TEST_CASE("TikTok: its limits within a minute and within a day hold the account, and nothing is lost") {
  fixture with;
  with.limits(R"("begin":{"limit":1})");
  CHECK(with.publish(with.some_post("one")).kind == outcome_kind::published);
  const auto fast = with.publish(with.some_post("two"));
  CHECK(fast.kind == outcome_kind::rate_limited);
  CHECK(fast.retry_at == some_time + 1min);
  with.limits(R"("begin":{"limit":100},"posts":{"limit":1})");
  const auto daily = with.publish(with.some_post("three"));
  CHECK(daily.kind == outcome_kind::rate_limited);
  CHECK(daily.retry_at == some_time + 1h);
}

TEST_CASE("TikTok: a film is uploaded piece by piece and goes out once it is whole") {
  fixture with;
  const auto live = with.publish(with.some_film());
  CAPTURE(live.reason);
  REQUIRE(live.kind == outcome_kind::published);
  CHECK(with.count("/video/", "done", "PUT") == 1);      // the first piece
  CHECK(with.count("/video/", "accepted", "PUT") == 1);  // the last, which holds the rest as well
  CHECK(with.films.most_at_once() < 2 * static_cast<std::size_t>(piece));
  CHECK(with.reconcile(with.some_film()).external_id == live.external_id);
}

TEST_CASE("TikTok: an upload that broke off is not live, and goes on behind the last piece that TikTok has") {
  const auto* kind = GENERATE("drop_before", "accept_then_drop", "accept_then_500");
  CAPTURE(kind);
  fixture with;
  with.fault(kind, "/video/", "", "PUT");
  CHECK(with.publish(with.some_film()).kind == outcome_kind::transient);
  CHECK(with.reconcile(with.some_film()).kind == reconciliation_kind::absent);
  with.attempt = 2;
  CHECK(with.publish(with.some_film()).kind == outcome_kind::published);
  CHECK(with.count(film_init, "done") == 1);  // begun once
  CHECK(with.count("/video/", "done", "PUT") == 1);
}

TEST_CASE("TikTok: a lost reply to the last piece is unknown, and its state tells") {
  const auto [kind, told] = GENERATE(table<std::string, reconciliation_kind>(
      {{"accept_then_drop", reconciliation_kind::live}, {"drop_before", reconciliation_kind::absent}}));
  CAPTURE(kind);
  fixture with;
  with.fault(kind, "/video/", R"(,"skip":1)", "PUT");
  CHECK(with.publish(with.some_film()).kind == outcome_kind::unknown);
  CHECK(with.reconcile(with.some_film()).kind == told);
  with.attempt = 2;
  CHECK(with.publish(with.some_film()).kind == outcome_kind::published);
  CHECK(with.count("/video/", "accepted", "PUT") == 1);
}

TEST_CASE("TikTok: a film whose upload has ended is begun anew, and one that the library lost is refused") {
  fixture with;
  with.fault("drop_before", "/video/", "", "PUT");
  CHECK(with.publish(with.some_film()).kind == outcome_kind::transient);
  with.clock.advance(1h);
  with.attempt = 2;
  CHECK(with.publish(with.some_film()).kind == outcome_kind::published);
  CHECK(with.count(film_init, "done") == 2);
  with.films.is_there = false;
  with.kept.clear();
  CHECK(with.publish(with.some_film()).kind == outcome_kind::invalid);
}

TEST_CASE("TikTok: without a library a film is fetched from its address") {
  fixture with;
  connectors::tiktok::tiktok_connector fetching{quick(with.box.url("/tiktok"), nullptr), with.client, with.clock};
  awaited<connectors::publish_reply> reply;
  fetching.publish(with.some_film(), reply.callback());
  CHECK(reply.get().outcome.kind == outcome_kind::published);
  CHECK(with.count(film_init, "accepted") == 1);
}

TEST_CASE("TikTok: the state is made again when the stand-in starts anew") {
  fixture with;
  with.fault("drop_before", "/video/", R"(,"skip":1)", "PUT");
  CHECK(with.publish(with.some_film()).kind == outcome_kind::unknown);
  running_sandbox again{with.clock, with.folder.file("journal.jsonl")};
  connectors::tiktok::tiktok_connector other{quick(again.url("/tiktok"), &with.films), with.client, with.clock};
  awaited<domain::reconciliation> found;
  other.reconcile(with.some_film(), found.callback());
  CHECK(found.get().kind == reconciliation_kind::absent);
}
