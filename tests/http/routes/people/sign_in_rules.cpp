// A company that requires a second factor of all its people.
#include <catch2/catch.hpp>

#include "http/auth/one_time_codes.hpp"
#include "tests/http/routes/people/base32.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using tests::answered;
using tests::people_fixture;

namespace {

struct rules_fixture : people_fixture {
  std::string owner = sign_up("owner@example.com").text("/access_token");
  std::string member = join("member@example.com", "member");

  std::string join(const std::string& email, const std::string& role) {
    const auto code =
        post("/org/invites", R"({"email":")" + email + R"(","role":")" + role + "\"}", owner).text("/code");
    return post("/org/invites/accept", R"({"code":")" + code + R"(","email":")" + email + R"(","password":")" +
                                           std::string{password} + R"(","full_name":"M"})")
        .text("/access_token");
  }
  std::string code_of(const std::string& secret) const {
    return http::one_time_code(secret, http::one_time_step(clock.now()));
  }
  /// The secret.
  std::string set_up(const std::string& token) {
    const auto secret = tests::from_base32(post("/auth/second-factor", "", token).text("/secret"));
    CHECK(post("/auth/second-factor/confirm", R"({"code":")" + code_of(secret) + "\"}", token).status() == 200);
    return secret;
  }
  answered require(bool is_on, const std::string& token) {
    return put("/org/sign-in-rules",
               is_on ? R"({"requires_second_factor":true})" : R"({"requires_second_factor":false})", token);
  }
};

}  // namespace

TEST_CASE("where a company asks for a second factor, who has none may set one up and nothing else") {  // asvs: 6.3.3
  rules_fixture front;
  CHECK(front.get("/projects", front.member).status() == 200);
  CHECK(front.require(true, front.owner).code() == "no_second_factor");
  front.set_up(front.owner);
  const auto shown = front.require(true, front.owner);
  REQUIRE(shown.status() == 200);
  CHECK(shown.body.at("requires_second_factor").as_bool());
  CHECK(shown.body.at("members_without").as_int64() == 1);
  CHECK(front.get("/projects", front.owner).status() == 200);

  for (const auto* target : {"/projects", "/org/members", "/auth/tokens", "/users/profile"}) {
    INFO(target);
    const auto refused = front.get(target, front.member);
    CHECK(refused.status() == 403);
    CHECK(refused.code() == "second_factor_missing");
  }
  CHECK(front.post("/activity/ticket", "", front.member).code() == "second_factor_missing");
  // Signing in anew changes nothing.
  const auto again = front.log_in("member@example.com").text("/access_token");
  CHECK(front.get("/projects", again).code() == "second_factor_missing");
  CHECK(front.get("/auth/me", again).status() == 200);
  CHECK(front.get("/auth/sessions", again).status() == 200);

  front.set_up(again);
  CHECK(front.get("/projects", again).status() == 200);
  CHECK(front.get("/projects", front.member).status() == 200);
  CHECK(front.log_in("member@example.com").code() == "second_factor_required");
}

TEST_CASE("a second factor that the company asks for stays until it asks no more") {
  rules_fixture front;
  const auto secret = front.set_up(front.owner);
  front.require(true, front.owner);
  front.clock.advance(std::chrono::seconds{60});
  const auto remove = [&] {
    return front.post("/auth/second-factor/remove", R"({"code":")" + front.code_of(secret) + "\"}", front.owner);
  };
  CHECK(remove().code() == "second_factor_is_required");
  CHECK(front.require(false, front.owner).status() == 200);
  CHECK(remove().status() == 204);
  CHECK(front.get("/projects", front.member).status() == 200);
}

TEST_CASE("who manages no members cannot change how they sign in, and the change is in the audit") {
  rules_fixture front;
  CHECK(front.get("/org/sign-in-rules", front.member).status() == 403);
  CHECK(front.require(true, front.member).status() == 403);
  front.set_up(front.owner);
  REQUIRE(front.require(true, front.owner).status() == 200);
  const auto entries = front.get("/audit?action=PUT%20%2Forg%2Fsign-in-rules", front.owner);
  REQUIRE(entries.status() == 200);
  CHECK(boost::json::serialize(entries.body).find("requires_second_factor") != std::string::npos);
}

TEST_CASE("tokens for scripts go on where a company asks for a second factor") {
  rules_fixture front;
  const auto made =
      front.post("/auth/tokens", R"({"name":"Script","scopes":["read_projects"],"expires_in_days":30})", front.member);
  INFO(boost::json::serialize(made.body));
  REQUIRE(made.status() == 201);
  front.set_up(front.owner);
  front.require(true, front.owner);
  CHECK(front.get("/projects", made.text("/token")).status() == 200);
}
