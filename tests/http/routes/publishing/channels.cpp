// The routes of channels through the whole front door, on a real PostgreSQL.
#include <catch2/catch.hpp>

#include "domain/publishing/channel.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::count;
using tests::in_project;
using tests::names;
using tests::publishing_fixture;

TEST_CASE("a website channel is made once, and its second making finds it") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto body = in_project(project) + R"("type":"website"})";
  const auto made = front.post("/channels", body, token);
  CHECK(made.status() == 201);
  CHECK(made.text("/name") == "Website");
  CHECK(made.body.at_pointer("/capabilities_json/max_length").as_int64() == 20'000);
  CHECK(made.body.at_pointer("/account").is_null());
  const auto again = front.post("/channels", body, token);
  CHECK(again.status() == 200);
  CHECK(again.text("/id") == made.text("/id"));
  CHECK(names(
      front.post("/channels",
                 in_project(project) + R"("type":"website","account":{"external_user_id":"1","access_token":"t"}})",
                 token),
      "/account"));
}

TEST_CASE("an x channel has an account, whose token is never shown") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  CHECK(names(front.post("/channels", in_project(project) + R"("type":"x"})", token), "/account"));
  const auto id = front.add_x(token, project);
  const auto shown = front.get("/channels/" + id, token);
  CHECK(shown.text("/account/handle") == "acme");
  CHECK(shown.text("/name") == "X @acme");
  for (const auto& each :
       {shown, front.get("/channels?project_id=" + project, token),
        front.patch("/channels/" + id, R"({"account":{"external_user_id":"1001","access_token":"very-secret-2"}})",
                    token)}) {
    CHECK(each.status() == 200);
    CHECK(each.raw.bytes().find("very-secret") == std::string::npos);
  }
  CHECK(front.add_x(token, project) == id);
  CHECK(front.add_x(token, project, "1002") != id);
  const auto other_account =
      front.patch("/channels/" + id, R"({"account":{"external_user_id":"9","access_token":"t"}})", token);
  CHECK(names(other_account, "/account/external_user_id"));
  CHECK(names(
      front.post("/channels",
                 in_project(project) + R"("type":"x","account":{"external_user_id":"1","access_token":"a b"}})", token),
      "/account/access_token"));
}

TEST_CASE("a channel that the engine switched off is on again with a new token") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto id = front.add_x(token, project);
  constexpr persistence::statement disable{
      "test_disable", "UPDATE channels SET is_active = false, disabled_reason = 'refused' WHERE id = $1"};
  REQUIRE(front.engine_database.query_now(std::nullopt, disable, *base::parse_uuid(id)));
  CHECK(front.get("/channels/" + id, token).text("/disabled_reason") == "refused");
  CHECK(front.add_x(token, project) == id);
  const auto on = front.get("/channels/" + id, token);
  CHECK(on.body.at("is_active").as_bool());
  CHECK(on.body.at("disabled_reason").is_null());
}

TEST_CASE("a removed channel is gone, and the next one is another") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto id = front.add_website(token, project);
  const auto post = front.add_post(token, project);
  CHECK(front.remove("/channels/" + id, token).status() == 204);
  CHECK(front.remove("/channels/" + id, token).status() == 404);
  CHECK(front.get("/channels/" + id, token).status() == 404);
  CHECK(front.get("/posts/" + post, token).text("/status") == "cancelled");
  CHECK(front.add_website(token, project) != id);
}

TEST_CASE("the catalogue has every platform with what it takes") {
  publishing_fixture front;
  const auto given = front.get("/connectors/available", front.sign_up("acme"));
  CHECK(given.status() == 200);
  CHECK(count(given) == domain::platforms().size());
  CHECK(given.raw.bytes().find(R"("type":"x")") != std::string::npos);
  // It is made once for everybody, and who has it is told so.
  const auto again = front.get("/connectors/available", front.sign_up("other"));
  CHECK(again.raw.shared_body == given.raw.shared_body);
  REQUIRE(given.raw.shared_body);
  REQUIRE(given.raw.find("etag"));
  CHECK(again.raw.find("etag") == given.raw.find("etag"));
}
