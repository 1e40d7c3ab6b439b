// Requests whose only question to the database is the caller's standing: the io thread's own connection confirms it as
// exactly as the pool.
#include <chrono>

#include <catch2/catch.hpp>

#include "tests/http/joined_member.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using namespace std::chrono_literals;

namespace {

constexpr const char* asks_nothing = "/connectors/available";

/// A company whose requests are confirmed directly.
struct confirming : tests::people_fixture {
  persistence::database as_owner{{.url = database_url, .connections = 1, .as = persistence::role::login}};
  std::string owner;
  std::string member;

  confirming() {
    owner = sign_up("owner@example.com").text("/access_token");
    member = tests::join(*this, owner, "member", "member");
    wait_until_direct();
  }
  ~confirming() { as_owner.stop(); }

  void wait_until_direct() {
    const auto before = door.confirming().asked_directly();
    const auto until = std::chrono::steady_clock::now() + 60s;
    while (door.confirming().asked_directly() == before && std::chrono::steady_clock::now() < until)
      REQUIRE(get(asks_nothing, owner).status() == 200);
    REQUIRE(door.confirming().asked_directly() > before);
  }
  void run(const persistence::statement& what) {
    const auto done = as_owner.query_now(std::nullopt, what);
    INFO((done.has_error() ? done.error().detail : ""));
    REQUIRE(done.has_value());
  }
  /// As another process does it, whose word does not come here.
  void deactivate_unheard() {
    run({"test_deactivate", "UPDATE members SET is_active = false WHERE email LIKE 'member%'"});
  }
  void activate_unheard() { run({"test_activate", "UPDATE members SET is_active = true WHERE email LIKE 'member%'"}); }
};

}  // namespace

TEST_CASE_METHOD(confirming,
                 "rights removed without a notice are gone with the next request, and added ones are there") {
  for (int round = 0; round < 20; ++round) {
    REQUIRE(get(asks_nothing, member).status() == 200);
    const auto before = door.confirming().asked_directly();
    REQUIRE(get(asks_nothing, member).status() == 200);
    CHECK(door.confirming().asked_directly() == before + 1);
    deactivate_unheard();
    CHECK(get(asks_nothing, member).code() == "inactive_member");
    activate_unheard();
  }
}

TEST_CASE_METHOD(confirming, "a company that is suspended unheard is refused with the next request") {
  run({"test_suspend", "UPDATE tenants SET suspended_at = now(), suspended_because = 'x'"});
  CHECK(get(asks_nothing, owner).code() == "company_suspended");
  run({"test_resume", "UPDATE tenants SET suspended_at = NULL, suspended_because = ''"});
  CHECK(get(asks_nothing, owner).status() == 200);
}

TEST_CASE_METHOD(confirming, "many members confirmed together each get their own answer") {
  REQUIRE(get(asks_nothing, member).status() == 200);
  deactivate_unheard();
  std::vector<http::server::request> asked;
  for (int i = 0; i < 300; ++i)
    asked.push_back(with_token(request(http::server::verb::get, asks_nothing), i % 3 == 1 ? member : owner));
  const auto before = door.confirming().asked_directly();
  const auto answers = answer_together(asked);
  for (std::size_t i = 0; i < answers.size(); ++i) CHECK(answers[i].status() == (i % 3 == 1 ? 401 : 200));
  CHECK(door.confirming().asked_directly() > before + 200);
}

TEST_CASE_METHOD(confirming, "while the connection is lost the pool is asked, and then there is another") {
  for (int round = 0; round < 3; ++round) {
    run({"test_cut",
         R"(SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%confirming%'
                        AND datname = current_database())"});
    CHECK(get(asks_nothing, owner).status() == 200);
    deactivate_unheard();
    CHECK(get(asks_nothing, member).code() == "inactive_member");
    activate_unheard();
    wait_until_direct();
    CHECK(get(asks_nothing, member).status() == 200);
  }
}
