// Uploading a film to Pinterest, over as many attempts as it takes.
#include "connectors/pinterest/film.hpp"

#include <catch2/catch.hpp>

#include "base/secure.hpp"
#include "connectors/pinterest/connector.hpp"
#include "tests/sandbox/film_fixture.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::pinterest::pinterest_connector;
using domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

struct pinterest_film : film_fixture<pinterest_connector> {
  pinterest_film()
      : film_fixture{"pinterest", {"178", "acme", base::secret{"token-p"}}, "178", "acme", [](film_fixture& of) {
                       return std::make_unique<pinterest_connector>(
                           connectors::pinterest::pinterest_options{.base_url = of.box.url("/pinterest/v5")}, of.client,
                           of.clock, &of.films);
                     }} {}

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
  pinterest_film at;
  const auto out = at.publish();
  INFO(out.reason);
  REQUIRE(out.kind == outcome_kind::published);
  std::string whole;
  at.films.read(std::string{made_film::url}, 0, at.film_bytes, [&whole](auto bytes) { whole = *bytes; });
  CHECK(at.arrived("film").at("bytes").to_number<std::int64_t>() == at.film_bytes);
  CHECK(at.arrived("film").at("sha256").as_string() == base::to_hex(base::sha256(whole)));
  CHECK(at.requests("POST", "/v5/pins") == 1);
  CHECK(at.pin_source().find(R"("cover_image_key_frame_time":0)") != std::string::npos);
}

TEST_CASE("a film is read in pieces", "[pinterest][film]") {
  pinterest_film at;
  REQUIRE(at.publish().kind == outcome_kind::published);
  CHECK(at.films.most_at_once() <= connectors::body_stream::piece_bytes);
}

TEST_CASE("a post's picture is its film's cover", "[pinterest][film]") {
  pinterest_film at;
  auto what = at.some_post();
  what.media.push_back({domain::media_kind::image, "http://127.0.0.1/a.jpg", ""});
  REQUIRE(at.publish(what).kind == outcome_kind::published);
  CHECK(at.pin_source().find(R"("cover_image_url":"http://127.0.0.1/a.jpg")") != std::string::npos);
}

TEST_CASE("a film outlasts the attempt that began it, and is sent once", "[pinterest][film]") {
  pinterest_film at;
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
  pinterest_film at;
  at.fault("/media-upload/", "slow", R"(,"ms":4000)");
  REQUIRE(at.publish(3s).goes_on);
  const auto until = std::chrono::steady_clock::now() + patience;
  while (at.requests("POST", "/media-upload/") == 0) REQUIRE(std::chrono::steady_clock::now() < until);
  at.start_anew();
  at.fault("/v5/pins", "status", R"(,"status":429)");
  REQUIRE(at.publish().kind == outcome_kind::rate_limited);
  at.start_anew();
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.requests("POST", "/v5/media") == 1);
  CHECK(at.requests("POST", "/media-upload/") == 1);
  CHECK(at.requests("POST", "/v5/pins") == 2);
}

TEST_CASE("a process that died in the middle of a film sends it to the place that Pinterest has named already",
          "[pinterest][film]") {
  pinterest_film at;
  at.fault("/media-upload/", "drop_before");
  CHECK(at.publish().kind == outcome_kind::transient);
  const auto id = at.kept["film"];
  REQUIRE_FALSE(id.empty());
  at.start_anew();
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
  pinterest_film at;
  at.fault("/media-upload/", "drop_before");
  CHECK(at.publish().kind == outcome_kind::transient);
  const auto id = at.kept["film"];
  SECTION("its form is over") { at.clock.advance(61min); }
  SECTION("it is forgotten") { at.fault("/v5/media/", "status", R"(,"status":404)"); }
  at.start_anew();
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.requests("POST", "/v5/media") == 2);
  CHECK(at.kept["film"] != id);
  CHECK(at.requests("POST", "/v5/pins") == 1);
}

TEST_CASE("a form that S3 refuses is not used again", "[pinterest][film]") {
  pinterest_film at;
  at.fault("/media-upload/", "status", R"(,"status":403)");
  CHECK(at.publish().kind == outcome_kind::transient);
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.requests("POST", "/v5/media") == 2);
}

TEST_CASE("a film that Pinterest looks through for long goes on with the next attempt", "[pinterest][film]") {
  pinterest_film at;
  at.fault("/media-upload/", "pending", R"(,"ms":60000)");
  const auto first = at.publish(5s);
  INFO(first.reason);
  REQUIRE(first.goes_on);
  at.clock.advance(61s);
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.requests("POST", "/media-upload/") == 1);
}

TEST_CASE("a film that Pinterest cannot read is refused for good, and nothing of it is kept", "[pinterest][film]") {
  pinterest_film at;
  at.fault("/media-upload/", "fails_processing");
  CHECK(at.publish().kind == outcome_kind::invalid);
  CHECK(at.kept["film"].empty());
  CHECK(at.requests("POST", "/v5/pins") == 0);
}

TEST_CASE("a film whose form is refused, cut or cannot be read is sent again by the next attempt",
          "[pinterest][film]") {
  pinterest_film at;
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
  pinterest_film at;
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
