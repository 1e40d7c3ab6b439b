// Signing up and in, on a real PostgreSQL.
#include <catch2/catch.hpp>

#include "http/auth/tokens.hpp"
#include "tests/http/front_door_fixture.hpp"
#include "tests/http/server/fixture.hpp"

using namespace pulse;
using http::server::verb;

namespace {

constexpr const char* password = "correct horse battery";

struct company_fixture : tests::front_door_fixture {
  tests::quiet_log quiet;

  explicit company_fixture(http::sign_in_limits::options limits = tests::wide_limits())
      : front_door_fixture(tests::migrated_database(), tests::shared_servers().redis_url(), std::move(limits)) {}

  tests::answered sign_up(const std::string& email, const std::string& company = "Acme") {
    return post("/signup",
                R"({"company_name":")" + company + R"(","email":")" + email + R"(","password":")" + password + R"("})");
  }
  tests::answered log_in(const std::string& email, const std::string& with, const std::string& tenant_id = {}) {
    auto asked = request(verb::post, "/auth/login", R"({"email":")" + email + R"(","password":")" + with + R"("})");
    if (!tenant_id.empty()) asked.headers.push_back({"x-tenant-id", tenant_id});
    return answer(asked);
  }
  tests::answered refresh(const std::string& token) {
    return post("/auth/refresh", R"({"refresh_token":")" + token + R"("})");
  }
};

}  // namespace

TEST_CASE("signing up makes a company, its owner and a trial, and the tokens are good at once") {
  company_fixture front;
  const auto made = front.sign_up("Owner@Example.com");
  REQUIRE(made.status() == 201);
  CHECK(made.raw.find("location") == "/auth/me");
  CHECK(made.text("/company/name") == "Acme");
  CHECK(made.text("/member/email") == "owner@example.com");
  CHECK(made.text("/member/full_name") == "owner");
  CHECK(made.text("/member/role") == "owner");
  CHECK(made.text("/subscription/status") == "trial");
  CHECK(made.text("/subscription/trial_ends_at") == "2026-12-06T00:00:00.000000Z");
  CHECK(made.text("/token_type") == "bearer");
  CHECK(made.body.at("expires_in") == 900);
  CHECK(made.raw.body.find(password) == std::string::npos);

  const auto me = front.get("/auth/me", made.text("/access_token"));
  REQUIRE(me.status() == 200);
  CHECK(me.body.at("company") == made.body.at("company"));
  CHECK(me.body.at("member") == made.body.at("member"));
  CHECK(me.body.at("permissions").as_array().size() > 5);
}

TEST_CASE("a sign-up that will not do is refused by field, and nothing is stored") {
  company_fixture front;
  const auto pointer_of = [&](const std::string& body) {
    const auto answer = front.post("/signup", body);
    CHECK(answer.status() == 422);
    return answer.text("/errors/0/pointer");
  };
  CHECK(pointer_of(R"({"company_name":"","email":"a@b.c","password":"12345678x"})") == "/company_name");
  CHECK(pointer_of(R"({"company_name":"A","email":"nobody","password":"12345678x"})") == "/email");
  CHECK(pointer_of(R"({"company_name":"A","email":"a@b.c","password":"1234567"})") == "/password");
  CHECK(pointer_of(R"({"company_name":"A","email":"a@b.c","password":")" + std::string(129, 'x') + "\"}") ==
        "/password");
  CHECK(pointer_of(R"({"company_name":"A","email":"someone@b.c","password":"Someone@B.C"})") == "/password");
  CHECK(pointer_of(R"({"company_name":"A","email":"a@b.c","password":"aaaaaaaaaa"})") == "/password");
  CHECK(pointer_of(R"({"company_name":"A","email":"a@b.c","password":"12345678x","role":"owner"})") == "/role");
  CHECK(front.log_in("a@b.c", "12345678x").status() == 401);
}

TEST_CASE("signing in needs the right password, and a wrong e-mail address looks the same") {
  company_fixture front;
  const auto made = front.sign_up("owner@example.com");
  REQUIRE(made.status() == 201);
  const auto good = front.log_in("OWNER@example.com", password);
  REQUIRE(good.status() == 200);
  CHECK(good.body.at("member") == made.body.at("member"));
  CHECK(front.get("/auth/me", good.text("/access_token")).status() == 200);

  const auto wrong = front.log_in("owner@example.com", "wrong password");
  const auto unknown = front.log_in("nobody@example.com", password);
  CHECK(wrong.status() == 401);
  CHECK(wrong.raw.body == unknown.raw.body);
  CHECK(wrong.raw.find("www-authenticate").has_value());
}

TEST_CASE("an e-mail address in two companies needs X-Tenant-ID, and says so only to who knows the password") {
  company_fixture front;
  const auto one = front.sign_up("owner@example.com", "One");
  const auto two = front.sign_up("owner@example.com", "Two");
  REQUIRE(two.status() == 201);
  CHECK(front.log_in("owner@example.com", password).code() == "tenant_required");
  CHECK(front.log_in("owner@example.com", "wrong password").status() == 401);
  const auto tenant_id = two.text("/company/id");
  const auto good = front.log_in("owner@example.com", password, tenant_id);
  REQUIRE(good.status() == 200);
  CHECK(good.text("/company/name") == "Two");
  CHECK(front.log_in("owner@example.com", password, base::to_string(base::uuid_from_name("none"))).status() == 401);
  CHECK(front.log_in("owner@example.com", password, "x").status() == 422);
  // The token of one company is of no use in the other.
  auto foreign = front.with_token(front.request(verb::get, "/auth/me"), one.text("/access_token"));
  foreign.headers.push_back({"x-tenant-id", tenant_id});
  CHECK(front.answer(foreign).status() == 403);
}

TEST_CASE("a refresh token is good once, and one that comes back ends its session and no other") {
  company_fixture front;
  const auto first = front.sign_up("owner@example.com");
  const auto other_session = front.log_in("owner@example.com", password);
  const auto second = front.refresh(first.text("/refresh_token"));
  REQUIRE(second.status() == 200);
  CHECK(second.text("/refresh_token") != first.text("/refresh_token"));
  CHECK(front.get("/auth/me", second.text("/access_token")).status() == 200);

  CHECK(front.refresh(first.text("/refresh_token")).code() == "refresh_token_reused");
  CHECK(front.refresh(second.text("/refresh_token")).code() == "invalid_refresh_token");
  CHECK(front.refresh(other_session.text("/refresh_token")).status() == 200);
}

TEST_CASE("a refresh token expires, and nonsense is no refresh token") {
  company_fixture front;
  const auto made = front.sign_up("owner@example.com");
  CHECK(front.refresh("nonsense").code() == "invalid_refresh_token");
  CHECK(front.refresh(made.text("/access_token")).status() == 422);
  front.clock.advance(http::refresh_token_lifetime);
  CHECK(front.refresh(made.text("/refresh_token")).code() == "invalid_refresh_token");
}

TEST_CASE("logging out ends the session of the refresh token, or of the access token") {
  company_fixture front;
  const auto made = front.sign_up("owner@example.com");
  const auto other = front.log_in("owner@example.com", password);
  const auto out = front.post("/auth/logout", R"({"refresh_token":")" + made.text("/refresh_token") + "\"}");
  CHECK(out.status() == 204);
  CHECK(out.raw.body.empty());
  CHECK(front.refresh(made.text("/refresh_token")).status() == 401);
  CHECK(front.post("/auth/logout", "", other.text("/access_token")).status() == 204);
  CHECK(front.refresh(other.text("/refresh_token")).status() == 401);
  CHECK(front.post("/auth/logout", R"({"refresh_token":"unknown"})").status() == 204);
  CHECK(front.post("/auth/logout", "").status() == 401);
}

TEST_CASE("guessing passwords is slowed down by address and by e-mail address") {
  auto limits = tests::wide_limits();
  limits.login_by_email = {"login_by_email", 3, std::chrono::seconds{3600}};
  company_fixture front(limits);
  for (int i = 0; i < 3; ++i) CHECK(front.log_in("owner@example.com", "wrong password").status() == 401);
  const auto refused = front.log_in("Owner@Example.com", "wrong password");
  CHECK(refused.status() == 429);
  CHECK(refused.raw.find("retry-after") == "1200");
  CHECK(refused.raw.find("ratelimit-policy").has_value());
  CHECK(front.log_in("other@example.com", "wrong password").status() == 401);
}

TEST_CASE("readiness shows how long the servers take, and lives without Redis") {
  company_fixture front;
  const auto ready = front.get("/ready");
  CHECK(ready.status() == 200);
  CHECK(ready.text("/status") == "ready");
  CHECK(ready.body.at_pointer("/checks/database/latency_ms").to_number<double>() > 0);
  CHECK(ready.body.at_pointer("/checks/redis/ok") == true);
  const tests::quiet_log quiet;
  tests::front_door_fixture without_redis(tests::migrated_database());
  const auto degraded = without_redis.get("/ready");
  CHECK(degraded.status() == 200);
  CHECK(degraded.text("/status") == "degraded");
  without_redis.services.stopping = [] { return true; };
  CHECK(without_redis.get("/ready").status() == 503);
}

TEST_CASE("a creating call with an Idempotency-Key creates once and is answered the same") {
  company_fixture front;
  const auto owner = front.sign_up("owner@example.com").text("/access_token");
  const auto create = [&](const std::string& key, const std::string& name, const std::string& token) {
    auto asked = front.with_token(front.request(verb::post, "/projects", R"({"name":")" + name + "\"}"), token);
    asked.headers.push_back({"idempotency-key", key});
    return front.answer(asked);
  };
  const auto first = create("\"one\"", "A", owner);
  REQUIRE(first.status() == 201);
  CHECK_FALSE(first.raw.find("idempotent-replayed").has_value());
  const auto again = create("one", "A", owner);
  CHECK(again.status() == 201);
  CHECK(again.body == first.body);
  CHECK(again.raw.find("location") == first.raw.find("location"));
  CHECK(again.raw.find("idempotent-replayed") == "true");
  CHECK(front.get("/projects", owner).body.at("items").as_array().size() == 1);

  CHECK(create("one", "B", owner).code() == "idempotency_key_reused");
  CHECK(create("\"", "B", owner).code() == "malformed_idempotency_key");
  // What was refused is judged again: the name is free meanwhile.
  CHECK(create("two", "A", owner).status() == 409);
  CHECK(create("two", "C", owner).status() == 201);
  // Another company's key is another key.
  const auto stranger = front.sign_up("stranger@example.com").text("/access_token");
  const auto theirs = create("one", "A", stranger);
  CHECK(theirs.status() == 201);
  CHECK(theirs.body.at("id") != first.body.at("id"));
  // After a day the key is forgotten.
  front.clock.advance(std::chrono::hours{24} + std::chrono::seconds{1});
  const auto later = front.log_in("owner@example.com", password).text("/access_token");
  const auto fresh = create("one", "D", later);
  CHECK(fresh.status() == 201);
  CHECK(fresh.text("/name") == "D");
}
