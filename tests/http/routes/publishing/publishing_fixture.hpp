// Companies with people, projects and channels, made through the API, for tests of the publishing routes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "domain/publishing/delivery.hpp"
#include "persistence/postgres/database.hpp"
#include "tests/http/front_door_fixture.hpp"

namespace pulse::tests {

/// Whether a problem names this place of the body.
inline bool names(const answered& of, std::string_view pointer) {
  const auto* object = of.body.if_object();
  const auto* errors = object == nullptr ? nullptr : object->if_contains("errors");
  if (errors == nullptr) return false;
  for (const auto& each : errors->as_array()) {
    const auto* found = each.as_object().if_contains("pointer");
    if (found != nullptr && found->as_string() == pointer) return true;
  }
  return false;
}

inline std::size_t count(const answered& list) { return list.body.at_pointer("/items").as_array().size(); }

inline std::string in_project(const std::string& project) { return R"({"project_id":")" + project + R"(",)"; }

inline std::string quoted(const std::string& text) { return '"' + text + '"'; }

inline std::vector<std::string> types_of(const answered& timeline) {
  std::vector<std::string> types;
  for (const auto& each : timeline.body.at_pointer("/items").as_array())
    types.emplace_back(each.at("type").as_string());
  return types;
}

class publishing_fixture : public front_door_fixture {
 public:
  publishing_fixture() : publishing_fixture(migrated_database()) {}

  answered patch(std::string target, std::string body, const std::string& token) {
    return answer(with_token(request(http::server::verb::patch, std::move(target), std::move(body)), token));
  }
  answered put(std::string target, std::string body, const std::string& token) {
    return answer(with_token(request(http::server::verb::put, std::move(target), std::move(body)), token));
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

  /// A channel to an account of this type.
  std::string add_account(const std::string& token, const std::string& project, const std::string& type) {
    return id_of(post("/channels",
                      in_project(project) + R"("type":")" + type +
                          R"(","account":{"external_user_id":"17841400000000000","handle":"acme","access_token":"t"}})",
                      token));
  }

  /// The id of a post's only, or first, delivery.
  std::string delivery_of(const std::string& token, const std::string& post) {
    return get("/posts/" + post, token).text("/deliveries/0/id");
  }

  /// Puts a delivery into a state, after one attempt, as the engine does.
  void bring_to(const std::string& delivery, domain::delivery_state state) {
    using domain::delivery_state;
    constexpr persistence::statement change{"test_bring_to", R"sql(
      UPDATE deliveries SET state = $2, attempt = 1, failures = 1, started_at = $3, deadline_at = $3, reason = 'because', outcome = 'invalid',
        external_id = CASE WHEN $2 = 'published' THEN '1' END,
        finished_at = CASE WHEN $2 IN ('published', 'failed', 'missed', 'cancelled') THEN $3::timestamptz END
      WHERE id = $1)sql"};
    const auto done = engine_database.query_now(std::nullopt, change, *base::parse_uuid(delivery), state, clock.now());
    REQUIRE(done);
    REQUIRE(done->affected() == 1);
  }

  /// Makes a waiting delivery one about whose lateness a person was asked.
  void ask_about(const std::string& delivery) {
    constexpr persistence::statement change{"test_ask_about", R"sql(
      UPDATE deliveries SET asked_at = $2, reason = 'it is late' WHERE id = $1 AND state = 'waiting')sql"};
    const auto done = engine_database.query_now(std::nullopt, change, *base::parse_uuid(delivery), clock.now());
    REQUIRE(done);
    REQUIRE(done->affected() == 1);
  }

  static std::string id_of(const answered& made) {
    INFO(made.raw.bytes());
    REQUIRE((made.status() == 201 || made.status() == 200));
    return made.text("/id");
  }

  /// The database as the engine sees it, and where it is.
  persistence::database engine_database;
  std::string url;

 private:
  explicit publishing_fixture(const std::string& at)
      : front_door_fixture(at),
        engine_database({.url = at, .connections = 1, .as = persistence::role::engine}),
        url(at) {}
};

}  // namespace pulse::tests
