#include "sandbox/instagram/instagram.hpp"

#include <catch2/catch.hpp>

#include "tests/sandbox/instagram/running_instagram.hpp"

using namespace pulse;
using namespace pulse::tests;
using namespace std::chrono_literals;

namespace {

int code_of(const connectors::egress_reply& reply) {
  return static_cast<int>(boost::json::parse(reply.body).at_pointer("/error/code").as_int64());
}

int subcode_of(const connectors::egress_reply& reply) {
  return static_cast<int>(boost::json::parse(reply.body).at_pointer("/error/error_subcode").as_int64());
}

}  // namespace

TEST_CASE("The sandbox publishes as Instagram does: a container, which nobody sees, and then the medium") {
  instagram_fixture with;
  const auto container = with.create("Hello");
  CHECK(container.size() == 17);
  CHECK(string_at(with.get("/" + container + "?fields=status_code,status"), "/status_code") == "FINISHED");
  CHECK(boost::json::parse(with.get("/42/media?fields=id").body).at("data").as_array().empty());

  const auto published = with.publish(container);
  CHECK(published.status == 200);
  const auto id = string_at(published, "/id");
  CHECK(string_at(with.get("/" + container + "?fields=status_code"), "/status_code") == "PUBLISHED");
  const auto listed = with.get("/42/media?fields=id,caption,permalink,timestamp,media_type");
  CHECK(string_at(listed, "/data/0/id") == id);
  CHECK(string_at(listed, "/data/0/caption") == "Hello");
  CHECK(string_at(listed, "/data/0/timestamp") == "2026-11-22T08:00:00+0000");
  CHECK(string_at(with.get("/" + id + "?fields=permalink"), "/permalink") == string_at(listed, "/data/0/permalink"));
  CHECK(with.posts() == 1);
}

TEST_CASE("The sandbox refuses what Instagram refuses") {
  instagram_fixture with;
  const std::string image = R"("image_url":"https://example.org/a.jpg")";
  const auto create = [&](const std::string& body, const std::string& token = "token-ig") {
    return with.box.call("POST", "/instagram/v26.0/42/media", body, token);
  };
  CHECK(code_of(create("{" + image + "}", "")) == 104);
  CHECK(code_of(create("{" + image + "}", "wrong")) == 190);
  CHECK(code_of(create("{}")) == 100);
  CHECK(code_of(create("{" + image + R"(,"video_url":"x"})")) == 100);
  CHECK(code_of(create("{" + image + R"(,"foo":"x"})")) == 100);
  CHECK(code_of(create("[]")) == 100);
  CHECK(subcode_of(create("{" + image + R"(,"media_type":"FILM"})")) == 2207023);
  CHECK(code_of(create("{" + image + R"(,"media_type":"REELS"})")) == 100);
  CHECK(subcode_of(create(R"({"media_type":"REELS","video_url":"https://example.org/a.webm"})")) == 2207026);
  CHECK(create(R"({"media_type":"REELS","video_url":"https://example.org/a.mp4"})").status == 200);
  CHECK(subcode_of(create(R"({"media_type":"CAROUSEL","children":"1"})")) == 2207028);
  CHECK(subcode_of(create(R"({"media_type":"CAROUSEL","children":"1,2"})")) == 2207006);
  for (const auto* url : {"http://example.org/a.jpg", "ftp://example.org/a.jpg", "a.jpg", "https://intern/a.jpg"}) {
    CAPTURE(url);
    CHECK(subcode_of(create(R"({"image_url":")" + std::string{url} + "\"}")) == 2207052);
  }
  CHECK(subcode_of(create(R"({"image_url":"https://example.org/a.PNG?x=1"})")) == 2207005);
  CHECK(create("{" + image + R"(,"caption":")" + std::string(2200, 'x') + "\"}").status == 200);
  CHECK(subcode_of(create("{" + image + R"(,"caption":")" + std::string(2201, 'x') + "\"}")) == 2207010);
  std::string tags;
  for (int i = 0; i < 31; ++i) tags += "#a ";
  CHECK(subcode_of(create("{" + image + R"(,"caption":")" + tags + "\"}")) == 2207040);
  CHECK(create("{" + image + R"(,"caption":")" + std::string(31, '#') + "\"}").status == 200);
  CHECK(code_of(with.box.call("GET", "/v20.0/42/media", "", "token-ig")) == 2635);
  CHECK(code_of(with.box.call("GET", "/v99.0/42/media", "", "token-ig")) == 2500);
  CHECK(code_of(with.get("/42/stories")) == 2500);
  CHECK(subcode_of(with.get("/43/media")) == 33);
  CHECK(subcode_of(with.get("/17895695668009999?fields=id")) == 33);
  CHECK(code_of(with.get("/42/media?fields=id,foo")) == 100);
  CHECK(code_of(with.get("/42/media?limit=101")) == 100);
  CHECK(code_of(with.get("/42/media?since=1")) == 100);
  const auto trace = string_at(with.get("/42/media?limit=0"), "/error/fbtrace_id");
  CHECK(trace.size() > 10);
}

TEST_CASE("A container is published once, when it is ready, by its owner, within a day") {
  instagram_fixture with;
  with.box.add_account("token-2", "43", "other", "instagram");
  SECTION("once") {
    const auto container = with.create("x");
    CHECK(with.publish(container).status == 200);
    CHECK(subcode_of(with.publish(container)) == 2207008);
    CHECK(with.posts() == 1);
  }
  SECTION("not while it is processed") {
    with.fault("pending", R"(,"ms":60000)", "POST", "/instagram/v26.0/42/media");
    const auto container = with.create("x");
    CHECK(string_at(with.get("/" + container + "?fields=status_code"), "/status_code") == "IN_PROGRESS");
    CHECK(subcode_of(with.publish(container)) == 2207027);
    with.clock.advance(61s);
    CHECK(with.publish(container).status == 200);
  }
  SECTION("not when its processing failed") {
    with.fault("fails_processing", "", "POST", "/instagram/v26.0/42/media");
    const auto container = with.create("x");
    CHECK(string_at(with.get("/" + container + "?fields=status_code"), "/status_code") == "ERROR");
    CHECK(subcode_of(with.publish(container)) == 2207027);
  }
  SECTION("not by another") {
    const auto container = with.create("x");
    CHECK(subcode_of(with.box.call("POST", "/v26.0/43/media_publish", R"({"creation_id":")" + container + "\"}",
                                   "token-2")) == 2207006);
    CHECK(subcode_of(with.box.call("GET", "/v26.0/" + container, "", "token-2")) == 33);
  }
  SECTION("not after a day") {
    const auto container = with.create("x");
    with.clock.advance(24h);
    CHECK(string_at(with.get("/" + container + "?fields=status_code"), "/status_code") == "EXPIRED");
    CHECK(subcode_of(with.publish(container)) == 2207020);
  }
  SECTION("not one that never was") { CHECK(subcode_of(with.publish("1")) == 2207006); }
}

TEST_CASE("The quota rolls, and the usage headers tell of the calls") {
  instagram_fixture with;
  CHECK(
      with.box
          .call("POST", "/_sandbox/limits",
                R"({"platform":"instagram","publish":{"limit":2,"window_s":100},"calls":{"limit":14,"window_s":600}})")
          .status == 200);
  CHECK(with.publish(with.create("1")).status == 200);
  with.clock.advance(60s);
  CHECK(with.publish(with.create("2")).status == 200);
  const auto third = with.create("3");
  CHECK(subcode_of(with.publish(third)) == 2207042);
  const auto quota = with.get("/42/content_publishing_limit?fields=quota_usage,config");
  CHECK(boost::json::parse(quota.body) ==
        boost::json::parse(R"({"data":[{"quota_usage":2,"config":{"quota_total":2,"quota_duration":100}}]})"));
  with.clock.advance(40s);
  const auto published = with.publish(third);
  CHECK(published.status == 200);
  CHECK(string_at(published.headers, "x-business-use-case-usage").find(R"("call_count":57)") != std::string::npos);
  for (int i = 0; i < 6; ++i) with.get("/42/media");
  const auto refused = with.get("/42/media");
  CHECK(code_of(refused) == 80002);
  CHECK(string_at(refused.headers, "x-business-use-case-usage").find(R"("estimated_time_to_regain_access":9)") !=
        std::string::npos);
  for (const auto* body : {R"({"platform":"instagram","foo":{"limit":1}})", R"({"platform":"instagram","calls":1})"}) {
    CHECK(with.box.call("POST", "/_sandbox/limits", body).status == 400);
  }
}

TEST_CASE("The list of media has pages, newest first") {
  instagram_fixture with;
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(string_at(with.publish(with.create(std::to_string(i))), "/id"));
  const auto first = with.get("/42/media?limit=2");
  CHECK(string_at(first, "/data/0/id") == ids[4]);
  CHECK(string_at(first, "/paging/next").starts_with("https://"));
  const auto second = with.get("/42/media?limit=3&after=" + string_at(first, "/paging/cursors/after"));
  CHECK(string_at(second, "/data/0/id") == ids[2]);
  CHECK(boost::json::parse(second.body).at("paging").as_object().if_contains("next") == nullptr);
  CHECK(with.get("/42/media?after=x").status == 400);
}

TEST_CASE("Containers and media are there again after a restart") {
  temporary_folder folder;
  base::manual_clock clock{instagram_fixture::some_time};
  const auto path = folder.file("journal.jsonl");
  std::string waiting;
  std::string used;
  {
    instagram_fixture with{clock, path};
    waiting = with.create("waits");
    used = with.create("live");
    with.publish(used);
    const auto lines = with.box.journal("arrived");
    CHECK(lines.at(0).at("decision").as_string() == "done");
    CHECK(lines.at(0).at("external_id").as_string() == waiting);
    CHECK(lines.at(2).at("decision").as_string() == "accepted");
  }
  instagram_fixture with{clock, path};
  CHECK(with.posts() == 1);
  CHECK(subcode_of(with.publish(used)) == 2207008);
  CHECK(with.publish(waiting).status == 200);
  CHECK(with.create("new") > waiting);
}
