// Companies with people, projects and channels, made through the API, for tests of the publishing routes.
#pragma once

#include <string>

#include <catch2/catch.hpp>

#include "persistence/database.hpp"
#include "tests/http/front_door_fixture.hpp"

namespace pulse::tests {

class publishing_fixture : public front_door_fixture {
 public:
  publishing_fixture() : publishing_fixture(migrated_database()) {}

  answered patch(std::string target, std::string body, const std::string& token) {
    return answer(with_token(request(http::server::verb::patch, std::move(target), std::move(body)), token));
  }
  answered remove(std::string target, const std::string& token) {
    return answer(with_token(request(http::server::verb::delete_, std::move(target)), token));
  }

  /// A POST under an Idempotency-Key.
  answered post_once(std::string target, std::string body, const std::string& token, std::string key) {
    auto asked = with_token(request(http::server::verb::post, std::move(target), std::move(body)), token);
    asked.headers.push_back({"idempotency-key", std::move(key)});
    return answer(asked);
  }

  /// Signs a company up and gives its owner's token.
  std::string sign_up(const std::string& name) {
    const auto given = post("/signup", R"({"company_name":")" + name + R"(","email":"owner@)" + name +
                                           R"(.test","password":"correct horse battery"})");
    REQUIRE(given.status() == 201);
    return given.text("/access_token");
  }

  std::string add_project(const std::string& token, const std::string& name = "Project") {
    return id_of(post("/projects", R"({"name":")" + name + R"("})", token));
  }
  std::string add_website(const std::string& token, const std::string& project) {
    return id_of(post("/channels", R"({"project_id":")" + project + R"(","type":"website"})", token));
  }
  std::string add_x(const std::string& token, const std::string& project, const std::string& user = "1001") {
    return id_of(post("/channels",
                      R"({"project_id":")" + project + R"(","type":"x","account":{"external_user_id":")" + user +
                          R"(","handle":"acme","access_token":"very-secret"}})",
                      token));
  }
  std::string add_post(const std::string& token, const std::string& project, const std::string& more = {}) {
    return id_of(post("/posts", R"({"project_id":")" + project + R"(","text":"Hello")" + more + "}", token));
  }

  static std::string id_of(const answered& made) {
    INFO(made.raw.bytes());
    REQUIRE((made.status() == 201 || made.status() == 200));
    return made.text("/id");
  }

  /// The database as the engine sees it.
  persistence::database engine_database;

 private:
  explicit publishing_fixture(const std::string& url)
      : front_door_fixture(url), engine_database({.url = url, .connections = 1, .as = persistence::role::engine}) {}
};

}  // namespace pulse::tests
