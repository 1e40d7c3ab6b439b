// A film on its way to Pinterest, over as many attempts as it takes.
#include "connectors/pinterest/film.hpp"

#include <catch2/catch.hpp>

#include "base/secure.hpp"
#include "connectors/pinterest/connector.hpp"
#include "tests/sandbox/connector_fixture.hpp"
#include "tests/support/made_film.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::pinterest::pinterest_connector;
using domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t film_bytes = 3 * 1024 * 1024 + 77;

struct film_fixture {
  temporary_folder folder;
  base::manual_clock clock{sandbox_start};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress client{{}, clock};
  made_film films{film_bytes};
  std::unique_ptr<pinterest_connector> connector = start();
  std::map<std::string, std::string> kept;

  film_fixture() { box.add_account("token-p", "178", "acme", "pinterest"); }
  ~film_fixture() { client.stop(); }

  /// A process that has just started: what another one was sending is unknown to it.
  std::unique_ptr<pinterest_connector> start() {
    return std::make_unique<pinterest_connector>(
        connectors::pinterest::pinterest_options{.base_url = box.url("/pinterest/v5")}, client, clock, &films);
  }

  domain::outcome publish(std::chrono::milliseconds timeout = 20s, std::vector<domain::media> more = {}) {
    connectors::publication what;
    what.title = "A title";
    what.text = "A film";
    what.media = {{domain::media_kind::video, std::string{made_film::url}, "A street"}};
    what.media.insert(what.media.end(), more.begin(), more.end());
    what.started_at = clock.now();
    what.timeout = timeout;
    what.account = {"178", "acme", base::secret{"token-p"}};
    what.handles = kept;
    what.keep = [this](std::map<std::string, std::string> handles, std::function<void(bool)> then) {
      for (auto& [name, value] : handles) kept[name] = value;
      then(true);
    };
    awaited<connectors::publish_reply> reply;
    connector->publish(std::move(what), reply.callback());
    return reply.get().outcome;
  }
  void fault(const std::string& path, const std::string& kind, const std::string& more = "") {
    box.add_fault(R"({"platform":"pinterest","kind":")" + kind + R"(","match":{"path_prefix":")" + path + R"("})" +
                  more + "}");
  }
  int requests(const std::string& method, const std::string& path) {
    int found = 0;
    for (const auto& line : box.journal("arrived"))
      found += line.at("method").as_string() == method && line.at("path").as_string() == path ? 1 : 0;
    return found;
  }
  /// What Pinterest was sent: size and hash of the file.
  boost::json::object arrived() {
    for (const auto& line : box.journal("arrived")) {
      if (line.at("record").is_object() && line.at("record").as_object().contains("film"))
        return line.at("record").at("film").as_object();
    }
    return {};
  }
  std::string pin_source() {
    for (const auto& line : box.journal("arrived")) {
      if (line.at("path").as_string() != "/v5/pins") continue;
      return boost::json::serialize(boost::json::parse(std::string{line.at("body").as_string()}).at("media_source"));
    }
    return {};
  }
};

}  // namespace

TEST_CASE("a film reaches Pinterest whole, never all of it in memory, and becomes one pin", "[pinterest][film]") {
  film_fixture at;
  const auto out = at.publish();
  INFO(out.reason);
  REQUIRE(out.kind == outcome_kind::published);
  std::string whole;
  at.films.read(std::string{made_film::url}, 0, film_bytes, [&whole](auto bytes) { whole = *bytes; });
  CHECK(at.arrived().at("bytes").to_number<std::int64_t>() == film_bytes);
  CHECK(at.arrived().at("sha256").as_string() == base::to_hex(base::sha256(whole)));
  CHECK(at.requests("POST", "/v5/pins") == 1);
  CHECK(at.pin_source().find(R"("cover_image_key_frame_time":0)") != std::string::npos);
}

TEST_CASE("a film is read in pieces", "[pinterest][film]") {
  film_fixture at;
  REQUIRE(at.publish().kind == outcome_kind::published);
  CHECK(at.films.most_at_once() <= connectors::body_stream::piece_bytes);
}

TEST_CASE("a post's picture is its film's cover", "[pinterest][film]") {
  film_fixture at;
  REQUIRE(at.publish(20s, {{domain::media_kind::image, "http://127.0.0.1/a.jpg", ""}}).kind == outcome_kind::published);
  CHECK(at.pin_source().find(R"("cover_image_url":"http://127.0.0.1/a.jpg")") != std::string::npos);
}

TEST_CASE("a film outlasts the attempt that began it, and is sent once", "[pinterest][film]") {
  film_fixture at;
  at.fault("/media-upload/", "slow", R"(,"ms":4000)");
  const auto first = at.publish(3s);
  INFO(first.reason);
  REQUIRE(first.kind == outcome_kind::transient);
  CHECK(first.goes_on);
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.requests("POST", "/v5/media") == 1);
  CHECK(at.requests("POST", "/media-upload/") == 1);
}

TEST_CASE("a process that died when Pinterest had the film does not send it again", "[pinterest][film]") {
  film_fixture at;
  at.fault("/media-upload/", "slow", R"(,"ms":4000)");
  REQUIRE(at.publish(3s).goes_on);
  const auto until = std::chrono::steady_clock::now() + patience;
  while (at.requests("POST", "/media-upload/") == 0) REQUIRE(std::chrono::steady_clock::now() < until);
  at.connector = at.start();
  at.fault("/v5/pins", "status", R"(,"status":429)");
  REQUIRE(at.publish().kind == outcome_kind::rate_limited);
  at.connector = at.start();
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.requests("POST", "/v5/media") == 1);
  CHECK(at.requests("POST", "/media-upload/") == 1);
  CHECK(at.requests("POST", "/v5/pins") == 2);
}

TEST_CASE("a process that died in the middle of a film sends it to the place that Pinterest has named already",
          "[pinterest][film]") {
  film_fixture at;
  at.fault("/media-upload/", "drop_before");
  CHECK(at.publish().kind == outcome_kind::transient);
  const auto id = at.kept["film"];
  REQUIRE_FALSE(id.empty());
  at.connector = at.start();
  at.clock.advance(20min);
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.requests("POST", "/v5/media") == 1);
  CHECK(at.requests("POST", "/media-upload/") == 2);
  CHECK(at.requests("POST", "/v5/pins") == 1);
  CHECK(at.pin_source().find(id) != std::string::npos);
  CHECK(at.kept["film_form"].empty());
}

TEST_CASE("a place that is too old for a film is not used again, nor one that Pinterest has forgotten",
          "[pinterest][film]") {
  film_fixture at;
  at.fault("/media-upload/", "drop_before");
  CHECK(at.publish().kind == outcome_kind::transient);
  const auto id = at.kept["film"];
  SECTION("its form is over") { at.clock.advance(61min); }
  SECTION("it is forgotten") { at.fault("/v5/media/", "status", R"(,"status":404)"); }
  at.connector = at.start();
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.requests("POST", "/v5/media") == 2);
  CHECK(at.kept["film"] != id);
  CHECK(at.requests("POST", "/v5/pins") == 1);
}

TEST_CASE("a form that S3 refuses is not used again", "[pinterest][film]") {
  film_fixture at;
  at.fault("/media-upload/", "status", R"(,"status":403)");
  CHECK(at.publish().kind == outcome_kind::transient);
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.requests("POST", "/v5/media") == 2);
}

TEST_CASE("a film that Pinterest looks through for long goes on with the next attempt", "[pinterest][film]") {
  film_fixture at;
  at.fault("/media-upload/", "pending", R"(,"ms":60000)");
  const auto first = at.publish(5s);
  INFO(first.reason);
  REQUIRE(first.goes_on);
  at.clock.advance(61s);
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.requests("POST", "/media-upload/") == 1);
}

TEST_CASE("a film that Pinterest cannot read is refused for good, and nothing of it is kept", "[pinterest][film]") {
  film_fixture at;
  at.fault("/media-upload/", "fails_processing");
  CHECK(at.publish().kind == outcome_kind::invalid);
  CHECK(at.kept["film"].empty());
  CHECK(at.requests("POST", "/v5/pins") == 0);
}

TEST_CASE("a film whose form is refused, cut or cannot be read is sent again by the next attempt",
          "[pinterest][film]") {
  film_fixture at;
  at.fault("/media-upload/", "status", R"(,"status":503)");
  CHECK(at.publish().kind == outcome_kind::transient);
  at.fault("/media-upload/", "drop_before");
  CHECK(at.publish().kind == outcome_kind::transient);
  at.films.is_readable = false;
  const auto unread = at.publish();
  CHECK(unread.kind == outcome_kind::transient);
  CHECK(unread.reason.find("could not be read") != std::string::npos);
  at.films.is_readable = true;
  CHECK(at.publish().kind == outcome_kind::published);
}

TEST_CASE("a film that is gone from the library is refused for good", "[pinterest][film]") {
  film_fixture at;
  at.films.is_there = false;
  CHECK(at.publish().kind == outcome_kind::invalid);
  CHECK(at.requests("POST", "/v5/media") == 0);
}

TEST_CASE("an upload is asked for nothing but an address and fields that can stand in a form", "[pinterest][film]") {
  using connectors::pinterest::read_film_place;
  CHECK(read_film_place(R"({"media_id":"1","upload_url":"https://a","upload_parameters":{"key":"k","policy":"p"}})"));
  CHECK_FALSE(read_film_place(R"({"media_id":"1","upload_url":"https://a","upload_parameters":{"a\r\nb":"k"}})"));
  CHECK_FALSE(read_film_place(R"({"media_id":"1","upload_url":"https://a","upload_parameters":{"key":1}})"));
  CHECK_FALSE(read_film_place(R"({"media_id":"1","upload_url":"https://a"})"));
  CHECK_FALSE(read_film_place(R"({"upload_url":"https://a","upload_parameters":{}})"));
  CHECK_FALSE(read_film_place("<html>"));
}
