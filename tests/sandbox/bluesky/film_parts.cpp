// Uploading a film to Bluesky in parts, over as many attempts and processes as it takes.
#include <catch2/catch.hpp>

#include "base/secure.hpp"
#include "connectors/bluesky/connector.hpp"
#include "connectors/bluesky/film.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "tests/sandbox/film_fixture.hpp"

using namespace pulse;
using namespace pulse::tests;
using connectors::bluesky::bluesky_connector;
using domain::outcome_kind;
using domain::reconciliation_kind;
using namespace std::chrono_literals;

namespace {

constexpr auto did = "did:plc:acme234";
constexpr int parts = 4;  // of 1 MiB, of a film of 3 MiB and some
constexpr const char* begin_path = "/xrpc/app.bsky.video.startUpload";
constexpr const char* part_path = "/xrpc/app.bsky.video.uploadPart";
constexpr const char* finish_path = "/xrpc/app.bsky.video.finishUpload";
constexpr const char* third = R"(,"skip":2)";  // of the faults: the third part

struct parts_fixture : film_fixture<bluesky_connector> {
  parts_fixture()
      : film_fixture{"bluesky",
                     {did, "acme.bsky.social", base::secret{"token-b"}},
                     did,
                     "acme.bsky.social",
                     [](film_fixture& of) {
                       connectors::bluesky::bluesky_options options;
                       options.where = {of.box.url("/bluesky/"), of.box.url("/bluesky/plc")};
                       options.video_url = of.box.url("/bluesky/");
                       options.files = &of.films;
                       return std::make_unique<bluesky_connector>(options, of.client, of.clock);
                     }} {}

  int begun() { return requests("POST", begin_path); }
  int parts_sent() { return requests("POST", part_path); }
  int finished() { return requests("POST", finish_path); }
  /// What Bluesky has is the film, byte for byte, and one post shows it.
  void check_arrived() {
    std::string whole;
    films.read(std::string{made_film::url}, 0, film_bytes, [&whole](auto bytes) { whole = *bytes; });
    CHECK(arrived("film").at("bytes").to_number<std::int64_t>() == film_bytes);
    CHECK(arrived("film").at("sha256").as_string() == base::to_hex(base::sha256(whole)));
    REQUIRE(posts().size() == 1);
    CHECK(posts()[0].at("record").at("embed").at("video").at("size").to_number<std::int64_t>() == film_bytes);
  }
};

}  // namespace

TEST_CASE("a film reaches Bluesky in parts, never all of it in memory, and becomes one post", "[bluesky][film]") {
  parts_fixture at;
  const auto out = at.publish();
  INFO(out.reason);
  REQUIRE(out.kind == outcome_kind::published);
  CHECK(at.films.most_at_once() <= connectors::body_stream::piece_bytes);
  at.check_arrived();
  CHECK(at.parts_sent() == parts);
  CHECK(at.begun() == 1);
  CHECK(at.finished() == 1);
}

TEST_CASE("a process that died in the middle of a film is followed by one that sends what Bluesky does not have",
          "[bluesky][film]") {
  const auto* kind = GENERATE("drop_before", "accept_then_drop", "accept_then_500", "cut");
  CAPTURE(kind);
  parts_fixture at;
  at.fault(part_path, kind, std::string{third} + (std::string_view{kind} == "cut" ? R"(,"bytes":20)" : ""));
  const auto first = at.publish();
  INFO(first.reason);
  REQUIRE(first.kind == outcome_kind::transient);
  at.start_anew();
  const auto out = at.publish();
  INFO(out.reason);
  REQUIRE(out.kind == outcome_kind::published);
  at.check_arrived();
  CHECK(at.begun() == 1);
  CHECK(at.parts_sent() <= parts + 1);
}

TEST_CASE("a part outlasts the attempt that began it, and is sent once", "[bluesky][film]") {
  parts_fixture at;
  at.fault(part_path, "slow", std::string{third} + R"(,"ms":4000)");
  const auto first = at.publish(3s);
  INFO(first.reason);
  REQUIRE(first.kind == outcome_kind::transient);
  CHECK(first.goes_on);
  CHECK(at.publish().kind == outcome_kind::published);
  at.check_arrived();
  CHECK(at.parts_sent() == parts);
}

TEST_CASE("a film whose end was not answered is not sent again", "[bluesky][film]") {
  const auto* kind = GENERATE("accept_then_drop", "accept_then_500", "accept_then_empty_200", "drop_before");
  CAPTURE(kind);
  parts_fixture at;
  at.fault(finish_path, kind);
  CHECK(at.publish().kind == outcome_kind::transient);
  CHECK(at.reconcile().kind == reconciliation_kind::absent);
  at.start_anew();
  const auto out = at.publish();
  INFO(out.reason);
  REQUIRE(out.kind == outcome_kind::published);
  at.check_arrived();
  CHECK(at.parts_sent() == parts);
  CHECK(at.begun() == 1);
}

TEST_CASE("a film in parts that Bluesky processes for long goes on with another process, too", "[bluesky][film]") {
  parts_fixture at;
  at.fault(finish_path, "pending", R"(,"ms":60000)");
  const auto first = at.publish(5s);
  INFO(first.reason);
  REQUIRE(first.goes_on);
  at.start_anew();
  at.clock.advance(61s);
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.finished() == 1);
  CHECK(at.parts_sent() == parts);
}

TEST_CASE("an upload that has expired begins anew", "[bluesky][film]") {
  parts_fixture at;
  at.fault(part_path, "drop_before", third);
  CHECK(at.publish().kind == outcome_kind::transient);
  at.start_anew();
  at.clock.advance(61min);
  CHECK(at.publish().kind == outcome_kind::transient);
  CHECK(at.kept["film_upload"].empty());
  CHECK(at.publish().kind == outcome_kind::published);
  at.check_arrived();
  CHECK(at.begun() == 2);
}

TEST_CASE("bytes that Bluesky has already are taken for the film that it has", "[bluesky][film]") {
  parts_fixture at;
  REQUIRE(at.publish().kind == outcome_kind::published);
  at.kept.clear();
  at.delivery = base::uuid_from_name("two");
  const auto out = at.publish();
  INFO(out.reason);
  CHECK(out.kind == outcome_kind::published);
  CHECK(at.posts().size() == 2);
}

TEST_CASE("a film in parts that Bluesky cannot process is refused for good, and nothing of it is kept",
          "[bluesky][film]") {
  parts_fixture at;
  at.fault(finish_path, "fails_processing");
  const auto out = at.publish();
  INFO(out.reason);
  CHECK(out.kind == outcome_kind::invalid);
  CHECK(at.kept["film_job"].empty());
  CHECK(at.kept["film_upload"].empty());
  CHECK(at.posts().empty());
}

TEST_CASE("the stand-in takes parts as the platform does", "[bluesky][film]") {
  parts_fixture at;
  const auto now = std::chrono::floor<std::chrono::seconds>(at.clock.now()).time_since_epoch().count();
  const auto audience = connectors::percent_encoded(connectors::bluesky::service_did(at.box.url()));
  const auto token_of = [&](const std::string& session) {
    const auto reply = at.box.call("GET",
                                   "/xrpc/com.atproto.server.getServiceAuth?aud=" + audience +
                                       "&lxm=com.atproto.repo.uploadBlob&exp=" + std::to_string(now + 1'800),
                                   "", session);
    REQUIRE(reply.status == 200);
    return boost::json::value_to<std::string>(boost::json::parse(reply.body).at("token"));
  };
  const auto token = token_of("token-b");
  const auto error = [](const connectors::egress_reply& reply) {
    const auto body = boost::json::parse(reply.body).as_object();
    return body.contains("error") ? std::string{body.at("error").as_string()} : std::string{};
  };
  const auto begin = [&](const std::string& size, const std::string& type = "video/mp4") {
    return at.box.call("POST", begin_path, R"({"sizeBytes":)" + size + R"(,"mimeType":")" + type + "\"}", token);
  };
  CHECK(begin("0").status == 400);
  CHECK(error(begin("300000001")) == "VideoTooLarge");
  CHECK(error(begin("100", "image/gif")) == "UnsupportedContentType");
  const auto begun = begin("1048580");
  REQUIRE(begun.status == 200);
  const auto id = boost::json::value_to<std::string>(boost::json::parse(begun.body).at("jobId"));
  CHECK(boost::json::parse(begun.body).at("partCount") == 2);
  const auto part = [&](const std::string& number, const std::string& bytes, const std::string& by) {
    return error(at.box.call("POST", std::string{part_path} + "?jobId=" + id + "&partNumber=" + number, bytes, by,
                             "application/octet-stream"));
  };
  CHECK(part("2", "abc", token) == "PartSizeMismatch");
  CHECK(part("3", "abcd", token) == "InvalidPartNumber");
  CHECK(part("2", "abcd", token).empty());
  CHECK(part("2", "abcd", token).empty());
  at.box.add_account("token-o", "did:plc:other234", "other.bsky.social", "bluesky");
  CHECK(part("2", "abcd", token_of("token-o")) == "UploadNotFound");
  CHECK(part("2", "abcd", "token-b") == "AuthenticationRequired");
  CHECK(error(at.box.call("POST", finish_path, R"({"jobId":")" + id + "\"}", token)) == "MissingParts");
  CHECK(error(at.box.call("POST", finish_path, R"({"jobId":"none"})", token)) == "UploadNotFound");
}
