// A film on its way to an instance of Mastodon, over as many attempts as it takes.
#include "connectors/mastodon/film.hpp"

#include <catch2/catch.hpp>

#include "base/secure.hpp"
#include "connectors/mastodon/connector.hpp"
#include "tests/sandbox/connector_fixture.hpp"
#include "tests/support/made_film.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::mastodon::mastodon_connector;
using domain::outcome_kind;
using domain::reconciliation_kind;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t film_bytes = 3 * 1024 * 1024 + 77;
constexpr const char* upload_path = "/api/v2/media";

struct film_fixture {
  temporary_folder folder;
  base::manual_clock clock{sandbox_start};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{{}, clock};
  made_film films{film_bytes};
  std::unique_ptr<mastodon_connector> connector = start();
  std::map<std::string, std::string> kept;

  film_fixture() { box.add_account("token-m", "42", "acme", "mastodon"); }
  ~film_fixture() { client.stop(); }

  /// A process that has just started: what another one was sending is unknown to it.
  std::unique_ptr<mastodon_connector> start() {
    connectors::mastodon::mastodon_options options;
    options.reached.base_url = box.url("/mastodon");
    options.files = &films;
    return std::make_unique<mastodon_connector>(options, client, clock);
  }

  connectors::publication some_post(std::chrono::milliseconds timeout = 20s) {
    connectors::publication what;
    what.delivery_id = base::uuid_from_name("one");
    what.text = "A film";
    what.media = {{domain::media_kind::video, std::string{made_film::url}, "A street"}};
    what.started_at = clock.now();
    what.timeout = timeout;
    what.account = {"42@sandbox.test", "@acme@sandbox.test", base::secret{"token-m"}};
    what.handles = kept;
    what.keep = [this](std::map<std::string, std::string> handles, std::function<void(bool)> then) {
      for (auto& [name, value] : handles) kept[name] = value;
      then(true);
    };
    return what;
  }
  domain::outcome publish(std::chrono::milliseconds timeout = 20s) {
    awaited<connectors::publish_reply> reply;
    connector->publish(some_post(timeout), reply.callback());
    return reply.get().outcome;
  }
  void fault(const std::string& path, const std::string& kind, const std::string& more = "") {
    box.add_fault(R"({"platform":"mastodon","kind":")" + kind + R"(","match":{"method":"POST","path_prefix":")" + path +
                  R"("})" + more + "}");
  }
  int uploads() {
    int found = 0;
    for (const auto& line : box.journal("arrived")) found += line.at("path").as_string() == upload_path ? 1 : 0;
    return found;
  }
  boost::json::array posts() {
    const auto state = boost::json::parse(box.call("GET", "/_sandbox/state").body);
    return state.at("platforms").at("mastodon").at("posts").as_array();
  }
};

}  // namespace

TEST_CASE("a film reaches Mastodon whole and with its description, and becomes one post", "[mastodon][film]") {
  film_fixture at;
  const auto out = at.publish();
  INFO(out.reason);
  REQUIRE(out.kind == outcome_kind::published);
  std::int64_t bytes = 0;
  for (const auto& line : at.box.journal("arrived")) {
    if (line.at("path").as_string() == upload_path)
      bytes = line.at("record").at("medium").at("bytes").to_number<std::int64_t>();
  }
  CHECK(bytes == film_bytes);
  REQUIRE(at.posts().size() == 1);
  CHECK(at.posts()[0].at("alt_texts").at(0) == "A street");
  CHECK(at.films.most_at_once() <= connectors::body_stream::piece_bytes);
}

TEST_CASE("a film outlasts the attempt that began it, and is sent to Mastodon once", "[mastodon][film]") {
  film_fixture at;
  at.fault(upload_path, "slow", R"(,"ms":4000)");
  const auto first = at.publish(3s);
  INFO(first.reason);
  REQUIRE(first.kind == outcome_kind::transient);
  CHECK(first.goes_on);
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.uploads() == 1);
}

TEST_CASE("a film that Mastodon processes for long goes on with the next attempt, also of another process",
          "[mastodon][film]") {
  film_fixture at;
  at.fault(upload_path, "pending", R"(,"ms":60000)");
  const auto first = at.publish(5s);
  INFO(first.reason);
  REQUIRE(first.goes_on);
  at.connector = at.start();
  at.clock.advance(61s);
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.uploads() == 1);
}

TEST_CASE("a film that Mastodon cannot process is refused for good, and the next attempt begins anew",
          "[mastodon][film]") {
  film_fixture at;
  at.fault(upload_path, "fails_processing");
  const auto out = at.publish();
  INFO(out.reason);
  CHECK(out.kind == outcome_kind::invalid);
  CHECK(at.kept["mastodon_film"].empty());
  CHECK(at.posts().empty());
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.uploads() == 2);
}

TEST_CASE("a film whose form was lost or refused is sent again, and becomes one post", "[mastodon][film]") {
  const auto* kind = GENERATE("drop_before", "accept_then_drop", "accept_then_500");
  CAPTURE(kind);
  film_fixture at;
  at.fault(upload_path, kind);
  CHECK(at.publish().kind == outcome_kind::transient);
  at.connector = at.start();
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.posts().size() == 1);
}

TEST_CASE("a post with a film whose answer was lost is found, and made once", "[mastodon][film]") {
  film_fixture at;
  at.fault("/api/v1/statuses", "accept_then_drop");
  CHECK(at.publish().kind == outcome_kind::unknown);
  at.clock.advance(1min);
  awaited<domain::reconciliation> found;
  at.connector->reconcile(at.some_post(), found.callback());
  CHECK(found.get().kind == reconciliation_kind::live);
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.posts().size() == 1);
  CHECK(at.uploads() == 1);
}

TEST_CASE("a film larger than the server takes is refused before it is sent", "[mastodon][film]") {
  film_fixture at;
  at.box.call("POST", "/_sandbox/limits", R"({"platform":"mastodon","video_size_limit":1000000})");
  const auto out = at.publish();
  INFO(out.reason);
  CHECK(out.kind == outcome_kind::invalid);
  CHECK(at.uploads() == 0);
}

TEST_CASE("the stand-in takes a film alone, and not before it has processed it", "[mastodon][film]") {
  film_fixture at;
  const std::string film(
      "\0\0\0\x18"
      "ftypmp42....",
      16);
  const auto form = [](const std::string& bytes) {
    return "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n" + bytes + "\r\n--b--\r\n";
  };
  const auto upload = [&](const std::string& bytes) {
    return at.box.call("POST", upload_path, form(bytes), "token-m", "multipart/form-data; boundary=b");
  };
  const auto sent = upload(film);
  CHECK(sent.status == 202);
  CHECK(boost::json::parse(sent.body).at("type") == "video");
  const auto picture = upload("\xff\xd8\xff.");
  CHECK(picture.status == 200);
  const auto id = [](const connectors::egress_reply& of) {
    return std::string{boost::json::parse(of.body).at("id").as_string()};
  };
  const auto mixed = at.box.call("POST", "/api/v1/statuses",
                                 R"({"media_ids":[")" + id(sent) + R"(",")" + id(picture) + R"("]})", "token-m");
  CHECK(mixed.status == 422);
  CHECK(upload("%PDF-1.7 ........").status == 422);
}
