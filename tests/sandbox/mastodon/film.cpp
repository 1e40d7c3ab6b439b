// Uploading a film to a Mastodon instance, over as many attempts as it takes.
#include "connectors/mastodon/film.hpp"

#include <catch2/catch.hpp>

#include "base/secure.hpp"
#include "connectors/mastodon/connector.hpp"
#include "tests/sandbox/film_fixture.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::mastodon::mastodon_connector;
using domain::outcome_kind;
using domain::reconciliation_kind;
using namespace std::chrono_literals;

namespace {

constexpr const char* upload_path = "/api/v2/media";

struct mastodon_film : film_fixture<mastodon_connector> {
  mastodon_film()
      : film_fixture{"mastodon",
                     {"42@sandbox.test", "@acme@sandbox.test", base::secret{"token-m"}},
                     "42",
                     "acme",
                     [](film_fixture& of) {
                       connectors::mastodon::mastodon_options options;
                       options.reached.base_url = of.box.url("/mastodon");
                       options.files = &of.films;
                       return std::make_unique<mastodon_connector>(options, of.client, of.clock);
                     }} {}

  int uploads() { return requests("POST", upload_path); }
};

}  // namespace

TEST_CASE("a film reaches Mastodon whole and with its description, and becomes one post", "[mastodon][film]") {
  mastodon_film at;
  const auto out = at.publish();
  INFO(out.reason);
  REQUIRE(out.kind == outcome_kind::published);
  CHECK(at.arrived("medium").at("bytes").to_number<std::int64_t>() == at.film_bytes);
  REQUIRE(at.posts().size() == 1);
  CHECK(at.posts()[0].at("alt_texts").at(0) == "A street");
  CHECK(at.films.most_at_once() <= connectors::body_stream::piece_bytes);
}

TEST_CASE("a film outlasts the attempt that began it, and is sent to Mastodon once", "[mastodon][film]") {
  mastodon_film at;
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
  mastodon_film at;
  at.fault(upload_path, "pending", R"(,"ms":60000)");
  const auto first = at.publish(5s);
  INFO(first.reason);
  REQUIRE(first.goes_on);
  at.start_anew();
  at.clock.advance(61s);
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.uploads() == 1);
}

TEST_CASE("a film that Mastodon cannot process is refused for good, and the next attempt begins anew",
          "[mastodon][film]") {
  mastodon_film at;
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
  mastodon_film at;
  at.fault(upload_path, kind);
  CHECK(at.publish().kind == outcome_kind::transient);
  at.start_anew();
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.posts().size() == 1);
}

TEST_CASE("a post with a film whose answer was lost is found, and made once", "[mastodon][film]") {
  mastodon_film at;
  at.fault("/api/v1/statuses", "accept_then_drop");
  CHECK(at.publish().kind == outcome_kind::unknown);
  at.clock.advance(1min);
  CHECK(at.reconcile().kind == reconciliation_kind::live);
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.posts().size() == 1);
  CHECK(at.uploads() == 1);
}

TEST_CASE("a film larger than the server takes is refused before it is sent", "[mastodon][film]") {
  mastodon_film at;
  at.limits(R"("video_size_limit":1000000)");
  const auto out = at.publish();
  INFO(out.reason);
  CHECK(out.kind == outcome_kind::invalid);
  CHECK(at.uploads() == 0);
}

TEST_CASE("the stand-in takes a film alone, and not before it has processed it", "[mastodon][film]") {
  mastodon_film at;
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
