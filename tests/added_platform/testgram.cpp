// Adds a platform in one folder, this one: settings, rules, database, API, documents and registry then all have it.
#include "tests/added_platform/testgram.hpp"

#include <catch2/catch.hpp>

#include "config/documents.hpp"
#include "config/load.hpp"
#include "connectors/connector.hpp"
#include "domain/platforms/platform_limits.hpp"
#include "domain/publishing/post.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::in_project;
using tests::names;
using tests::publishing_fixture;
using tests::testgram;

namespace {

/// Before anything reads the list of platforms.
const bool is_added = [] {
  using namespace std::chrono_literals;
  domain::add_platform({.type = testgram,
                        .name = "testgram",
                        .display_name = "Testgram",
                        .text = {.max_length = 40, .max_hashtags = 2},
                        .media = {},
                        .can = {.can_delete = true},
                        .account_rate = {.limit = 10, .window = 60s, .burst = 5},
                        .settings = {{.name = "TESTGRAM_API_BASE_URL",
                                      .kind = domain::setting_kind::web_address,
                                      .sentence = "The API of Testgram.",
                                      .default_text = "https://api.testgram.example",
                                      .sandbox_text = "{SANDBOX_URL}/testgram"}}});
  return true;
}();

}  // namespace

TEST_CASE("an added platform has its settings, in help and in effect") {
  REQUIRE(is_added);
  CHECK(config::settings_help().find("TESTGRAM_API_BASE_URL") != std::string::npos);
  config::sources from{{{"DATABASE_URL", "postgresql://h/d"}, {"SANDBOX_URL", "http://127.0.0.1:9"}}, "nowhere/.env"};
  from.may_generate = false;
  const auto loaded = config::load(from);
  REQUIRE(loaded);
  CHECK(loaded->values.platforms["TESTGRAM_API_BASE_URL"] == "http://127.0.0.1:9/testgram");
}

TEST_CASE("an added platform has its rules") {
  CHECK(domain::text_problem_for(testgram, std::string(41, 'a')) == "has 41 characters, Testgram takes 40");
  CHECK_FALSE(domain::text_problem_for(testgram, std::string(40, 'a')));
  CHECK(domain::publish_rate(testgram).limit == 10);
  CHECK(domain::display_name(testgram) == "Testgram");
}

TEST_CASE("an added platform is in the API: catalogue, channels, posts, budgets and document") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  CHECK(front.get("/connectors/available", token).raw.bytes().find(R"("type":"testgram","name":"Testgram")") !=
        std::string::npos);
  CHECK(front.get("/openapi.json").raw.bytes().find("\"testgram\"") != std::string::npos);
  const auto made =
      front.post("/channels",
                 in_project(project) +
                     R"("type":"testgram","account":{"external_user_id":"7","handle":"acme","access_token":"t"}})",
                 token);
  CHECK(made.status() == 201);
  CHECK(made.text("/name") == "Testgram @acme");
  CHECK(front.get("/channels/" + made.text("/id"), token).text("/type") == "testgram");
  CHECK(front.get("/rate-limits", token).raw.bytes().find("\"testgram\"") != std::string::npos);
  CHECK(front.get("/retry-policies", token).raw.bytes().find("\"testgram\"") != std::string::npos);
  CHECK(front.post("/posts", in_project(project) + R"("text":"Hello"})", token).status() == 201);
  CHECK(
      names(front.post("/posts", in_project(project) + "\"text\":\"" + std::string(41, 'a') + "\"}", token), "/text"));
}

TEST_CASE("an added platform's connector is found, and so is what else it can do") {
  connectors::connector_registry platforms;
  platforms.add(std::make_unique<tests::testgram_connector>());
  auto* found = platforms.find(testgram);
  REQUIRE(found != nullptr);
  auto* removing = platforms.find_role<connectors::removes>(testgram);
  REQUIRE(removing != nullptr);
  removing->remove({.external_id = "t1"},
                   [](const connectors::removal_reply& reply) { CHECK(reply.kind == connectors::removal_kind::gone); });
  CHECK(platforms.find_role<connectors::lists>(testgram) == nullptr);
  CHECK(platforms.find_role<connectors::removes>(domain::channel_type::x) == nullptr);
}
