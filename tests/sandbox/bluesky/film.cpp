// Uploading a film to Bluesky, over as many attempts as it takes.
#include "connectors/bluesky/film.hpp"

#include <catch2/catch.hpp>

#include "base/secure.hpp"
#include "connectors/bluesky/connector.hpp"
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
constexpr const char* upload_path = "/xrpc/app.bsky.video.uploadVideo";

/// At a service that knows no parts.
struct bluesky_film : film_fixture<bluesky_connector> {
  bluesky_film()
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
                     }} {
    limits(R"("parts":false)");
  }

  int uploads() { return requests("POST", upload_path); }
};

}  // namespace

TEST_CASE("a film reaches Bluesky whole, never all of it in memory, and becomes one post", "[bluesky][film]") {
  bluesky_film at;
  const auto out = at.publish();
  INFO(out.reason);
  REQUIRE(out.kind == outcome_kind::published);
  std::string whole;
  at.films.read(std::string{made_film::url}, 0, at.film_bytes, [&whole](auto bytes) { whole = *bytes; });
  const auto arrived = at.arrived("film");
  CHECK(arrived.at("bytes").to_number<std::int64_t>() == at.film_bytes);
  CHECK(arrived.at("sha256").as_string() == base::to_hex(base::sha256(whole)));
  const auto posts = at.posts();
  REQUIRE(posts.size() == 1);
  const auto embed = posts[0].at("record").at("embed");
  CHECK(embed.at("$type") == "app.bsky.embed.video");
  CHECK(embed.at("alt") == "A street");
  CHECK(embed.at("video").at("mimeType") == "video/mp4");
  CHECK(embed.at("video").at("size").to_number<std::int64_t>() == at.film_bytes);
}

TEST_CASE("the session is shown to the account's server alone: the service for films gets tokens of its own",
          "[bluesky][film]") {
  bluesky_film at;
  REQUIRE(at.publish().kind == outcome_kind::published);
  const auto session = sandbox::token_hash("token-b").substr(0, 8);
  int with_tokens = 0;
  for (const auto& line : at.box.journal("arrived")) {
    if (line.at("path").as_string().find("app.bsky.video.") == std::string::npos || line.at("token").is_null())
      continue;
    ++with_tokens;
    CHECK(line.at("token").as_string() != session);
  }
  CHECK(with_tokens == 3);  // what it may upload, whether it takes parts, the film
}

TEST_CASE("a film outlasts the attempt that began it, and is sent to Bluesky once", "[bluesky][film]") {
  bluesky_film at;
  at.fault(upload_path, "slow", R"(,"ms":4000)");
  const auto first = at.publish(3s);
  INFO(first.reason);
  REQUIRE(first.kind == outcome_kind::transient);
  CHECK(first.goes_on);
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.uploads() == 1);
}

TEST_CASE("a film that Bluesky processes for long goes on with the next attempt, also of another process",
          "[bluesky][film]") {
  bluesky_film at;
  at.fault(upload_path, "pending", R"(,"ms":60000)");
  const auto first = at.publish(5s);
  INFO(first.reason);
  REQUIRE(first.goes_on);
  CHECK(at.connector->type() == domain::channel_type::bluesky);
  at.start_anew();
  at.clock.advance(61s);
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.uploads() == 1);
}

TEST_CASE("a film whose answer was lost is sent once more, and Bluesky takes it for the one that it has",
          "[bluesky][film]") {
  const auto* kind = GENERATE("accept_then_drop", "accept_then_500", "accept_then_empty_200");
  CAPTURE(kind);
  bluesky_film at;
  at.fault(upload_path, kind);
  CHECK(at.publish().kind == outcome_kind::transient);
  CHECK(at.reconcile().kind == reconciliation_kind::absent);
  at.start_anew();
  const auto out = at.publish();
  INFO(out.reason);
  CHECK(out.kind == outcome_kind::published);
  CHECK(at.uploads() == 2);
  CHECK(at.posts().size() == 1);
}

TEST_CASE("a post with a film whose answer was lost is found by its key, and made once", "[bluesky][film]") {
  bluesky_film at;
  at.fault("/xrpc/com.atproto.repo.putRecord", "accept_then_drop");
  CHECK(at.publish().kind == outcome_kind::unknown);
  CHECK(at.reconcile().kind == reconciliation_kind::live);
  CHECK(at.publish().kind == outcome_kind::published);
  CHECK(at.posts().size() == 1);
  CHECK(at.uploads() == 1);
}

TEST_CASE("a film that the account's server has forgotten is brought again, under the same key", "[bluesky][film]") {
  bluesky_film at;
  at.fault("/xrpc/com.atproto.repo.putRecord", "drop_before");
  CHECK(at.publish().kind == outcome_kind::unknown);
  const auto key = at.kept.at("bluesky_rkey");
  at.limits(R"("lose_blobs":true)");
  const auto live = at.publish();
  INFO(live.reason);
  REQUIRE(live.kind == outcome_kind::published);
  CHECK(live.external_id->ends_with(key));
}

TEST_CASE("a film that Bluesky cannot process is refused for good, and nothing of it is kept", "[bluesky][film]") {
  bluesky_film at;
  at.fault(upload_path, "fails_processing");
  const auto out = at.publish();
  INFO(out.reason);
  CHECK(out.kind == outcome_kind::invalid);
  CHECK(out.reason.find("no pictures") != std::string::npos);
  CHECK(at.kept["film_job"].empty());
  CHECK(at.posts().empty());
}

TEST_CASE("what Bluesky allows a day is known before the film is sent", "[bluesky][film]") {
  bluesky_film at;
  SECTION("too many bytes") {
    at.limits(R"("videos":{"daily_bytes":1000})");
    const auto out = at.publish();
    CHECK(out.kind == outcome_kind::rate_limited);
    CHECK(out.retry_at);
  }
  SECTION("too many films") {
    at.limits(R"("videos":{"daily":1})");
    REQUIRE(at.publish().kind == outcome_kind::published);
    at.kept.clear();
    at.delivery = base::uuid_from_name("two");
    CHECK(at.publish().kind == outcome_kind::rate_limited);
    at.clock.advance(25h);
    CHECK(at.publish().kind == outcome_kind::published);
  }
  SECTION("an account whose address nobody has confirmed") {
    at.limits(R"("has_email":false)");
    const auto out = at.publish();
    CHECK(out.kind == outcome_kind::permission);
    CHECK(out.reason.find("confirmed") != std::string::npos);
  }
  CHECK(at.uploads() <= 2);
}

TEST_CASE("refusals of the film are what they are, and never the session's end", "[bluesky][film]") {
  const auto [status, kind] = GENERATE(table<int, outcome_kind>({{400, outcome_kind::invalid},
                                                                 {401, outcome_kind::permission},
                                                                 {403, outcome_kind::permission},
                                                                 {413, outcome_kind::invalid},
                                                                 {429, outcome_kind::rate_limited},
                                                                 {500, outcome_kind::transient},
                                                                 {503, outcome_kind::transient}}));
  CAPTURE(status);
  bluesky_film at;
  at.fault(upload_path, "status", R"(,"status":)" + std::to_string(status));
  CHECK(at.publish().kind == kind);
  CHECK(at.posts().empty());
}

TEST_CASE("a film that is gone from the library, or cannot be read, does not become a post", "[bluesky][film]") {
  bluesky_film at;
  at.films.is_there = false;
  CHECK(at.publish().kind == outcome_kind::invalid);
  at.films.is_there = true;
  at.films.is_readable = false;
  CHECK(at.publish().kind == outcome_kind::transient);
  at.films.is_readable = true;
  CHECK(at.publish().kind == outcome_kind::published);
}

TEST_CASE("the stand-in hands out and takes tokens for films as the platform does", "[bluesky][film]") {
  bluesky_film at;
  const auto audience = connectors::bluesky::service_did(at.box.url());
  const auto now = std::chrono::floor<std::chrono::seconds>(at.clock.now()).time_since_epoch().count();
  const auto ask = [&](const std::string& aud, const std::string& method, std::int64_t life) {
    return at.box.call("GET",
                       "/xrpc/com.atproto.server.getServiceAuth?aud=" + connectors::percent_encoded(aud) +
                           "&lxm=" + method + "&exp=" + std::to_string(now + life),
                       "", "token-b");
  };
  const auto token = [&](const std::string& aud, const std::string& method, std::int64_t life = 1'800) {
    const auto reply = ask(aud, method, life);
    REQUIRE(reply.status == 200);
    return std::string{boost::json::parse(reply.body).at("token").as_string()};
  };
  const auto upload = [&](const std::string& with, const std::string& query) {
    return at.box
        .call("POST", std::string{upload_path} + query,
              std::string("\0\0\0\x18"
                          "ftypmp42....",
                          16),
              with, "video/mp4")
        .status;
  };
  const std::string whole = std::string{"?did="} + did + "&name=a.mp4";
  constexpr const char* method = "com.atproto.repo.uploadBlob";
  CHECK(ask(audience, method, -1).status == 400);
  CHECK(ask(audience, method, 3'700).status == 400);
  CHECK(ask(audience, "", 90).status == 400);
  CHECK(ask("nobody", method, 60).status == 400);
  CHECK(upload("token-b", whole) == 401);
  CHECK(upload(token("did:web:elsewhere.example", method), whole) == 401);
  CHECK(upload(token(audience, "app.bsky.video.getUploadLimits"), whole) == 401);
  CHECK(upload(token(audience, method), "?did=did:plc:other&name=a.mp4") == 401);
  CHECK(upload(token(audience, method), std::string{"?did="} + did) == 400);
  const auto short_lived = token(audience, method, 30);
  at.clock.advance(31s);
  CHECK(upload(short_lived, whole) == 401);
  CHECK(upload(token(audience, method), whole) == 200);
  CHECK(upload(token(audience, method), whole) == 409);
}

TEST_CASE("what the service for films says is read in all its forms", "[bluesky][film]") {
  using connectors::bluesky::film_job;
  using connectors::bluesky::job_in;
  using connectors::bluesky::service_did;
  const auto reply = [](int status, const std::string& body) {
    connectors::egress_reply made;
    made.how_far = connectors::progress::complete;
    made.status = status;
    made.body = body;
    return made;
  };
  const std::string blob = R"("blob":{"$type":"blob","ref":{"$link":"bafk"},"mimeType":"video/mp4","size":3})";
  CHECK(job_in(reply(200, R"({"jobId":"1","state":"JOB_STATE_CREATED"})"))->is == film_job::state::running);
  CHECK(job_in(reply(200, R"({"jobStatus":{"jobId":"1","state":"JOB_STATE_ENCODING"}})"))->id == "1");
  CHECK(job_in(reply(200, R"({"jobStatus":{"jobId":"1","state":"JOB_STATE_COMPLETED",)" + blob + "}}"))->is ==
        film_job::state::done);
  CHECK(job_in(reply(409, R"({"jobId":"1","error":"already_exists","state":"JOB_STATE_COMPLETED"})"))->is ==
        film_job::state::running);
  CHECK(job_in(reply(200, R"({"jobId":"1","state":"JOB_STATE_FAILED","error":"already_exists",)" + blob + "}"))->is ==
        film_job::state::done);
  CHECK(job_in(reply(200, R"({"jobId":"1","state":"JOB_STATE_FAILED","error":"bad"})"))->why == "bad");
  CHECK_FALSE(job_in(reply(200, R"({"state":"JOB_STATE_CREATED"})")));
  CHECK_FALSE(job_in(reply(200, "<html>")));
  CHECK_FALSE(job_in(reply(500, R"({"jobId":"1"})")));
  CHECK(service_did("https://video.bsky.app/x") == "did:web:video.bsky.app");
  CHECK(service_did("http://127.0.0.1:9100") == "did:web:127.0.0.1%3A9100");
}
