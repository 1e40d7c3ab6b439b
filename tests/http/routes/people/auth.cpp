// Signing in, on a real PostgreSQL.
#include <atomic>
#include <functional>
#include <latch>
#include <thread>

#include <catch2/catch.hpp>

#include "http/auth/tokens.hpp"
#include "persistence/secrets/password_hasher.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using http::server::verb;
using tests::people_fixture;

TEST_CASE("signing in needs the right password, and a wrong e-mail address looks the same") {
  people_fixture front;
  const auto made = front.sign_up("owner@example.com");
  REQUIRE(made.status() == 201);
  const auto good = front.log_in("OWNER@example.com");
  REQUIRE(good.status() == 200);
  CHECK(good.body.at("member") == made.body.at("member"));
  CHECK(front.get("/auth/me", good.text("/access_token")).status() == 200);

  const auto wrong = front.log_in("owner@example.com", "wrong password");
  const auto unknown = front.log_in("nobody@example.com");
  CHECK(wrong.status() == 401);
  CHECK(wrong.raw.body == unknown.raw.body);
  CHECK(wrong.raw.find("www-authenticate").has_value());
}

TEST_CASE("an e-mail address in two companies needs X-Tenant-ID, and says so only to who knows the password") {
  people_fixture front;
  const auto one = front.sign_up("owner@example.com", "One");
  const auto two = front.sign_up_again("owner@example.com", "Two");
  REQUIRE(two.status() == 200);
  CHECK(front.log_in("owner@example.com").code() == "tenant_required");
  CHECK(front.log_in("owner@example.com", "wrong password").status() == 401);
  const auto tenant_id = two.text("/company/id");
  const auto good = front.log_in("owner@example.com", people_fixture::password, tenant_id);
  REQUIRE(good.status() == 200);
  CHECK(good.text("/company/name") == "Two");
  const auto nowhere = base::to_string(base::uuid_from_name("none"));
  CHECK(front.log_in("owner@example.com", people_fixture::password, nowhere).status() == 401);
  CHECK(front.log_in("owner@example.com", people_fixture::password, "x").status() == 422);
  // The token of one company is of no use in the other.
  auto foreign = front.with_token(front.request(verb::get, "/auth/me"), one.text("/access_token"));
  foreign.headers.push_back({"x-tenant-id", tenant_id});
  CHECK(front.answer(foreign).status() == 403);
}

TEST_CASE("two companies of one address with different passwords need no X-Tenant-ID") {
  people_fixture front;
  front.sign_up("owner@example.com", "One");
  front.sign_up_again("owner@example.com", "Two", "seven red bicycles");
  CHECK(front.log_in("owner@example.com").text("/company/name") == "One");
  CHECK(front.log_in("owner@example.com", "seven red bicycles").text("/company/name") == "Two");
}

TEST_CASE("an e-mail address in many companies is told to name one, and whoever guesses learns and costs no more") {
  people_fixture front;
  const int companies = GENERATE(4, 12);
  front.sign_up("owner@example.com", "Company 0");
  for (int i = 1; i < companies; ++i) {
    REQUIRE(front.sign_up_again("owner@example.com", "Company " + std::to_string(i)).status() == 200);
  }
  const auto cost_of = [&](const std::function<void()>& what) {
    const auto before = front.passwords.count();
    what();
    return front.passwords.count() - before;
  };
  CHECK(cost_of([&] { CHECK(front.log_in("owner@example.com").code() == "tenant_required"); }) == 1);
  tests::answered wrong;
  CHECK(cost_of([&] { wrong = front.log_in("owner@example.com", "wrong password"); }) == 1);
  CHECK(cost_of([&] { CHECK(front.log_in("nobody@example.com").raw.body == wrong.raw.body); }) == 1);
  CHECK(wrong.status() == 401);
}

TEST_CASE("in the last of many companies a password of its own signs in, also when it was changed") {
  people_fixture front;
  front.sign_up("owner@example.com", "Company 0");
  for (int i = 1; i < 5; ++i)
    REQUIRE(front.sign_up_again("owner@example.com", "Company " + std::to_string(i)).status() == 200);
  const auto last = front.sign_up_again("owner@example.com", "Last", "seven red bicycles");
  const auto found = front.log_in("owner@example.com", "seven red bicycles");
  REQUIRE(found.status() == 200);
  CHECK(found.text("/company/name") == "Last");
  REQUIRE(front
              .put("/auth/password", R"({"current_password":"seven red bicycles","new_password":"eight blue boats"})",
                   found.text("/access_token"))
              .status() == 204);
  CHECK(front.log_in("owner@example.com", "seven red bicycles").status() == 401);
  CHECK(front.log_in("owner@example.com", "eight blue boats").text("/company/name") == "Last");
  CHECK(front.log_in("owner@example.com").code() == "tenant_required");
  // What is set again has another hash, so a link that changed it once is not good again.
  CHECK(front
            .put("/auth/password", R"({"current_password":"eight blue boats","new_password":"eight blue boats"})",
                 front.log_in("owner@example.com", "eight blue boats").text("/access_token"))
            .status() == 204);
}

TEST_CASE("a password that was hashed with other parameters is hashed anew by signing in, once") {  // asvs: 11.4.2
  people_fixture front;
  front.sign_up("owner@example.com", "One");
  front.sign_up_again("owner@example.com", "Two");
  front.sign_up("other@example.com", "Three");
  persistence::database login{{.url = front.database_url, .connections = 1, .as = persistence::role::login}};
  const persistence::password_hasher before{{.threads = 1, .memory_kib = 128, .passes = 2, .lanes = 1}};
  constexpr persistence::statement change{"test_old_hash", "UPDATE members SET password_hash = $1::text"};
  REQUIRE(login.query_now(std::nullopt, change, *before.hash_now(base::secret{std::string{people_fixture::password}})));
  const auto hashes = [&login](std::string_view email) {
    constexpr persistence::statement select{"test_hashes",
                                            "SELECT DISTINCT password_hash FROM members WHERE email = $1::text"};
    const auto rows = login.query_now(std::nullopt, select, email);
    REQUIRE(rows->size() == 1);  // of one salt, in both companies
    return rows->get<std::string>(0, 0);
  };
  const auto old = hashes("owner@example.com");
  CHECK(front.log_in("owner@example.com", "wrong password").status() == 401);
  CHECK(hashes("owner@example.com") == old);

  CHECK(front.log_in("owner@example.com").code() == "tenant_required");
  const auto renewed = hashes("owner@example.com");
  CHECK_FALSE(front.passwords.needs_rehash(renewed));
  CHECK(hashes("other@example.com") == old);
  CHECK(front.log_in("owner@example.com").code() == "tenant_required");
  CHECK(hashes("owner@example.com") == renewed);
}

TEST_CASE("whatever strangers sign up with a person's address, the person signs in as before") {
  people_fixture front;
  for (int i = 0; i < 55; ++i) {
    const auto sign_up = [&] {
      return front.sign_up("jane@example.com", "Stranger " + std::to_string(i), "seven red bicycles");
    };
    if (i == 0) {
      // The very first is hers.
      CHECK(front.sign_up("jane@example.com", "Jane").status() == 201);
    }
    const auto made = sign_up();
    CHECK(made.status() == 202);
    CHECK_FALSE(made.body.as_object().contains("access_token"));
  }
  const auto good = front.log_in("jane@example.com");
  REQUIRE(good.status() == 200);
  CHECK(good.text("/company/name") == "Jane");
  CHECK(front.log_in("jane@example.com", people_fixture::password, good.text("/company/id")).status() == 200);
}

TEST_CASE("a company that is made after those of fifty-five strangers is found by its X-Tenant-ID") {
  people_fixture front;
  front.services.is_mail_sent = true;
  for (int i = 0; i < 55; ++i) front.sign_up("jane@example.com", "Stranger", "seven red bicycles");
  while (!front.take_mails().empty()) {
  }
  REQUIRE(front.sign_up("jane@example.com", "Jane").status() == 202);
  const auto verified = front.verify(front.token_of_mail());
  REQUIRE(verified.status() == 200);
  CHECK(front.log_in("jane@example.com").text("/company/name") == "Jane");
  CHECK(front.log_in("jane@example.com", people_fixture::password, verified.text("/company/id")).status() == 200);
}

TEST_CASE("a password that is typed in parts is the one that was set in one piece") {  // asvs: 6.2.8
  people_fixture front;
  REQUIRE(front.sign_up("owner@example.com", "Acme", "le cafe\u0301 du coin").status() == 201);
  CHECK(front.log_in("owner@example.com", "le caf\u00e9 du coin").status() == 200);
  CHECK(front.log_in("owner@example.com", "le caf\u00e9\u00a0du coin").status() == 200);
  CHECK(front.log_in("owner@example.com", "le cafe du coin").status() == 401);
}

TEST_CASE("guessing from one network waits ever longer, and holds up nobody elsewhere") {  // asvs: 6.3.1
  people_fixture front;
  front.sign_up("owner@example.com");
  int refused = 0;
  for (int i = 0; i < 10 && refused == 0; ++i) {
    const auto answer = front.log_in_from("203.0.113.9", "owner@example.com", "wrong password");
    if (answer.status() != 429) continue;
    refused = i;
    CHECK(answer.code() == "quota_exceeded");
    CHECK(std::stoi(std::string{*answer.raw.find("retry-after")}) > 0);
  }
  CHECK(refused == 5);
  // Also with the right password: it would tell whoever guesses.
  CHECK(front.log_in_from("203.0.113.9", "owner@example.com").status() == 429);
  CHECK(front.log_in_from("203.0.113.10", "owner@example.com").status() == 200);
  CHECK(front.log_in_from("203.0.113.9", "other@example.com", "wrong password").status() == 401);
}

TEST_CASE("a sign-in that finds no place among those that wait is told to come again, and is no guess") {
  people_fixture front;
  front.sign_up("owner@example.com");
  // The one thread is held up, and its queue is full of the same network.
  std::latch goes_on{1};
  std::latch begun{1};
  std::atomic<int> left = 64;
  front.passwords.hash(base::secret{"x"}, "192.0.2.1", [&](const auto&) {
    begun.count_down();
    goes_on.wait();
  });
  begun.wait();
  for (int i = 0; i < 64; ++i) front.passwords.hash(base::secret{"x"}, "192.0.2.1", [&left](const auto&) { --left; });
  for (int i = 0; i < 8; ++i) {
    const auto refused = front.log_in("owner@example.com");
    CHECK(refused.status() == 503);
    CHECK(refused.raw.find("retry-after"));
  }
  goes_on.count_down();
  while (left > 0) std::this_thread::yield();
  CHECK(front.log_in("owner@example.com").status() == 200);
}

TEST_CASE("guesses count whichever process they reach") {
  people_fixture front;
  people_fixture beside(front.database_url, tests::wide_limits());
  front.sign_up("owner@example.com");
  int reached = 0;
  for (int i = 0; i < 10; ++i) {
    auto& process = i % 2 == 0 ? front : beside;
    reached += process.log_in_from("203.0.113.9", "owner@example.com", "wrong password").status() == 401;
  }
  CHECK(reached == 5);
}

TEST_CASE("strangers of many networks shut nobody out who has signed in from where they are") {  // asvs: 6.3.1
  auto limits = tests::wide_limits();
  limits.guesses_by_account = {"guesses_by_account", 10, std::chrono::hours{24}};
  people_fixture front(limits);
  front.sign_up("owner@example.com");  // from 192.0.2.1
  int reached = 0;
  for (int i = 0; i < 30; ++i)
    reached +=
        front.log_in_from("203.0.113." + std::to_string(i), "owner@example.com", "wrong password").status() == 401;
  CHECK(reached == 10);
  CHECK(front.log_in_from("192.0.2.1", "owner@example.com").status() == 200);
  // From a network that the account does not know a mail lets its owner in.
  const auto elsewhere = front.log_in_from("198.51.100.7", "owner@example.com");
  CHECK(elsewhere.status() == 429);
  CHECK(elsewhere.text("/detail").find("/auth/password/forgot") != std::string::npos);
  CHECK(front.post("/auth/password/forgot", R"({"email":"owner@example.com"})").status() == 204);
  auto reset = front.request(verb::post, "/auth/password/reset",
                             R"({"token":")" + front.token_of_mail() + R"(","password":"seven red bicycles"})");
  reset.remote_address = "198.51.100.7";
  CHECK(front.answer(reset).status() == 200);
  CHECK(front.log_in_from("198.51.100.7", "owner@example.com", "seven red bicycles").status() == 200);
}

TEST_CASE("a browser that has signed in before is not held up by whoever guesses from its network") {
  people_fixture front;
  front.sign_up("owner@example.com");
  auto first = front.log_in_request("owner@example.com", people_fixture::password);
  first.headers.push_back({"x-pulse-session", "cookie"});
  const auto made = front.answer(first);
  std::string device;
  for (const auto& header : made.raw.headers) {
    if (header.name == "set-cookie" && header.value.starts_with("pulse_device="))
      device = header.value.substr(0, header.value.find(';'));
  }
  REQUIRE_FALSE(device.empty());
  for (int i = 0; i < 10; ++i) front.log_in("owner@example.com", "wrong password");
  CHECK(front.log_in("owner@example.com").status() == 429);
  auto again = front.log_in_request("owner@example.com", people_fixture::password);
  again.headers.push_back({"cookie", device});
  CHECK(front.answer(again).status() == 200);
  // A device that guesses is held up, too, and one of another account is a stranger.
  auto guess = front.log_in_request("owner@example.com", "wrong password");
  guess.headers.push_back({"cookie", device});
  int refused = 0;
  for (int i = 0; i < 10; ++i) refused += front.answer(guess).status() == 429;
  CHECK(refused == 5);
  auto foreign = front.log_in_request("somebody@example.com", "wrong password");
  foreign.headers.push_back({"cookie", device});
  CHECK(front.answer(foreign).status() == 401);
}

TEST_CASE("readiness shows how long the servers take, and lives without Redis") {
  people_fixture front;
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
  people_fixture front;
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
  const auto later = front.log_in("owner@example.com").text("/access_token");
  const auto fresh = create("one", "D", later);
  CHECK(fresh.status() == 201);
  CHECK(fresh.text("/name") == "D");
}
