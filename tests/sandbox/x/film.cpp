#include <catch2/catch.hpp>
#include <zlib.h>

#include <algorithm>

#include "connectors/x/connector.hpp"
#include "connectors/x/film.hpp"
#include "tests/sandbox/running_sandbox.hpp"
#include "tests/support/made_film.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::publication;
using domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} + 8h};
constexpr auto piece = static_cast<std::int64_t>(connectors::x::film_piece_bytes);

struct fixture {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{{}, clock};
  made_film films{2 * piece + 12'345};
  connectors::x::x_connector connector{{box.url()}, client, clock, &films};
  std::map<std::string, std::string> kept;
  std::string alt_text;
  std::chrono::milliseconds timeout = 10s;

  fixture() { box.add_account("token-1", "42", "acme"); }
  ~fixture() { client.stop(); }

  publication some_post() {
    publication what;
    what.text = "the film";
    what.media = {{domain::media_kind::video, std::string{made_film::url}, alt_text}};
    what.started_at = some_time;
    what.timeout = timeout;
    what.account = {"42", "acme", base::secret{"token-1"}};
    what.handles = kept;
    what.keep = [this](std::map<std::string, std::string> handles, std::function<void(bool)> then) {
      for (auto& [name, value] : handles) kept[name] = value;
      then(true);
    };
    return what;
  }
  domain::outcome publish() {
    awaited<connectors::publish_reply> reply;
    connector.publish(some_post(), reply.callback());
    return reply.get().outcome;
  }
  void fault(const std::string& kind, const std::string& path, const std::string& more = "",
             const std::string& method = "POST") {
    box.add_fault(R"({"platform":"x","kind":")" + kind + R"(","match":{"method":")" + method + R"(","path_prefix":")" +
                  path + "\"}" + more + "}");
  }
  int count(std::string_view ending, std::string_view decision = "done") {
    int found = 0;
    for (const auto& line : box.journal("arrived")) {
      const bool is_it = std::string_view{line.at("path").as_string()}.ends_with(ending);
      found += is_it && line.at("decision").as_string() == decision ? 1 : 0;
    }
    return found;
  }
  boost::json::value state() {
    return boost::json::parse(box.call("GET", "/_sandbox/state").body).at("platforms").at("x");
  }
  /// What X has is the whole film, byte for byte, and one post shows it.
  void check_arrived() {
    const auto now = state();
    REQUIRE(now.at("posts").as_array().size() == 1);
    const auto id = now.at_pointer("/posts/0/media_ids/0").as_string();
    const auto& media = now.at("media").as_array();
    const auto shown = std::find_if(media.begin(), media.end(), [&](const auto& one) { return one.at("id") == id; });
    REQUIRE(shown != media.end());
    CHECK(shown->at("size").to_number<std::int64_t>() == films.bytes());
    CHECK(shown->at("checksum").to_number<std::uint32_t>() == films.checksum());
  }
};

}  // namespace

TEST_CASE("X: a film goes out in pieces, each once and in order, with its description, and the post is found with it") {
  fixture with;
  with.alt_text = "Two people ride";
  const auto outcome = with.publish();
  CAPTURE(outcome.reason);
  REQUIRE(outcome.kind == outcome_kind::published);
  with.check_arrived();
  CHECK(with.count("/initialize") == 1);
  CHECK(with.count("/append") == 3);
  CHECK(with.count("/finalize") == 1);
  CHECK(with.state().at_pointer("/media/0/alt_text").as_string() == "Two people ride");
  CHECK(with.films.most_at_once() <= connectors::x::film_piece_bytes);
  with.clock.advance(10s);
  awaited<domain::reconciliation> found;
  with.connector.reconcile(with.some_post(), found.callback());
  CHECK(found.get().kind == domain::reconciliation_kind::live);
}

TEST_CASE(
    "X: whatever step of a film's upload fails, nothing is out, and the next attempt goes on behind what was kept") {
  const auto* path = GENERATE("/2/media/upload/initialize", "/2/media/upload/1", "/2/media/metadata");
  const auto [kind, more, expected] = GENERATE(table<const char*, const char*, outcome_kind>({
      {"accept_then_drop", "", outcome_kind::transient},
      {"drop_before", "", outcome_kind::transient},
      {"accept_then_500", "", outcome_kind::transient},
      {"accept_then_empty_200", "", outcome_kind::published},
      {"cut", "", outcome_kind::transient},
      {"status", R"(,"status":401)", outcome_kind::auth_expired},
      {"status", R"(,"status":429)", outcome_kind::rate_limited},
      {"status", R"(,"status":503)", outcome_kind::transient},
      {"slow", R"(,"ms":50)", outcome_kind::published},
  }));
  CAPTURE(path, kind, more);
  fixture with;
  with.alt_text = "Two people ride";
  with.fault(kind, path, more);
  const auto first = with.publish();
  CAPTURE(first.reason);
  const bool is_lost_id = std::string_view{kind} == "accept_then_empty_200" && std::string_view{path}.ends_with("ize");
  CHECK(first.kind == (is_lost_id ? outcome_kind::transient : expected));
  CHECK_FALSE(first.goes_on);
  if (first.kind != outcome_kind::published) {
    CHECK(with.state().at("posts").as_array().empty());
    CHECK(with.publish().kind == outcome_kind::published);
  }
  with.check_arrived();
}

TEST_CASE("X: an attempt that dies between a piece and its record repeats the piece and no more") {
  fixture with;
  auto what = with.some_post();
  int kept = 0;
  what.keep = [&](std::map<std::string, std::string> handles, std::function<void(bool)> then) {
    if (++kept == 3) return then(false);  // two pieces have arrived, one is recorded
    for (auto& [name, value] : handles) with.kept[name] = value;
    then(true);
  };
  awaited<connectors::publish_reply> reply;
  with.connector.publish(std::move(what), reply.callback());
  CHECK(reply.get().outcome.kind == outcome_kind::transient);
  CHECK(with.kept.at("film_pieces") == "1");
  CHECK(with.publish().kind == outcome_kind::published);
  with.check_arrived();
  CHECK(with.count("/initialize") == 1);
  CHECK(with.count("/append") == 4);
}

TEST_CASE("X: a film that takes longer than an attempt goes on with the next, which is no failure") {
  fixture with;
  with.timeout = 3s;
  with.fault("slow", "/2/media/upload/1", R"(,"ms":600,"count":3)");
  const auto first = with.publish();
  CAPTURE(first.reason);
  CHECK(first.kind == outcome_kind::transient);
  CHECK(first.goes_on);
  auto last = with.publish();
  for (int more = 0; more < 10 && last.goes_on; ++more) last = with.publish();
  CHECK(last.kind == outcome_kind::published);
  with.check_arrived();
  CHECK(with.count("/initialize") == 1);
  CHECK(with.count("/append") == 3);
}

TEST_CASE("X: an upload that X has forgotten is begun anew, and a ready film is used again until then") {
  fixture with;
  with.fault("status", "/2/tweets", R"(,"status":503)");
  CHECK(with.publish().kind != outcome_kind::published);
  REQUIRE(with.kept.contains("media_id"));
  SECTION("it is still there") {
    CHECK(with.publish().kind == outcome_kind::published);
    CHECK(with.count("/initialize") == 1);
  }
  SECTION("its time is over") {
    with.clock.advance(24h);
    CHECK(with.publish().kind == outcome_kind::published);
    CHECK(with.count("/initialize") == 2);
  }
  SECTION("X lost it before its time") {
    with.kept.erase("media_id");
    with.kept["film_id"] = "1990000000000999999";
    with.kept["film_pieces"] = "1";
    CHECK(with.publish().kind == outcome_kind::published);
    CHECK(with.count("/initialize") == 2);
  }
}

TEST_CASE("X: a film that X cannot process is refused, and whoever tries again uploads it again") {
  fixture with;
  with.fault("fails_processing", "/2/media/upload/1", R"(,"count":4)");
  const auto refused = with.publish();
  CHECK(refused.kind == outcome_kind::invalid);
  CHECK(refused.reason.find("could not process") != std::string::npos);
  CHECK(with.publish().kind == outcome_kind::published);
  CHECK(with.count("/initialize") == 2);
}

TEST_CASE("X: a film that is gone, or cannot be read, is no film") {
  fixture with;
  with.films.is_there = false;
  CHECK(with.publish().kind == outcome_kind::invalid);
  with.films.is_there = true;
  with.films.is_readable = false;
  CHECK(with.publish().kind == outcome_kind::transient);
  connectors::x::x_connector without{{with.box.url()}, with.client, with.clock};
  awaited<connectors::publish_reply> reply;
  without.publish(with.some_post(), reply.callback());
  CHECK(reply.get().outcome.kind == outcome_kind::invalid);
}

TEST_CASE("The sandbox takes a film's segments in order, the last one again, and the whole only when it is whole") {
  fixture with;
  const auto initialize = [&](const std::string& body) {
    return with.box.call("POST", "/2/media/upload/initialize", body, "token-1");
  };
  CHECK(initialize(R"({"media_type":"video/webm","total_bytes":20,"media_category":"tweet_video"})").status == 400);
  CHECK(initialize(R"({"media_type":"video/mp4","total_bytes":536870913,"media_category":"tweet_video"})").status ==
        400);
  const auto begun = initialize(R"({"media_type":"video/mp4","total_bytes":20,"media_category":"tweet_video"})");
  REQUIRE(begun.status == 200);
  const std::string id{boost::json::parse(begun.body).at_pointer("/data/id").as_string()};
  const auto append = [&](int segment, const std::string& bytes) {
    const auto body = "--b\r\nContent-Disposition: form-data; name=\"segment_index\"\r\n\r\n" +
                      std::to_string(segment) + "\r\n--b\r\nContent-Disposition: form-data; name=\"media\"\r\n\r\n" +
                      bytes + "\r\n--b--\r\n";
    return with.box
        .call("POST", "/2/media/upload/" + id + "/append", body, "token-1", "multipart/form-data; boundary=b")
        .status;
  };
  CHECK(append(1, "0123456789") == 400);
  CHECK(append(0, "0000ftypmp") == 200);
  CHECK(append(0, "0000ftypmp") == 200);
  CHECK(append(0, "0000ftypXX") == 400);
  CHECK(append(2, "0123456789") == 400);
  CHECK(append(1, "0123456789+") == 400);
  const auto post = [&] {
    return with.box.call("POST", "/2/tweets", R"({"text":"a","media":{"media_ids":[")" + id + R"("]}})", "token-1")
        .status;
  };
  CHECK(post() == 400);
  CHECK(append(1, "0123456789") == 200);
  CHECK(with.box.call("POST", "/2/media/upload/" + id + "/finalize", "", "token-1").status == 200);
  CHECK(post() == 201);
}
