// Sessions: how they are renewed and ended, also when both happen at once.
#include <catch2/catch.hpp>

#include "domain/people/session.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using http::server::verb;
using tests::people_fixture;

TEST_CASE("a refresh token is good once, and one that comes back late ends its session and no other") {  // asvs: 10.4.5
  people_fixture front;
  const auto first = front.sign_up("owner@example.com");
  const auto other_session = front.log_in("owner@example.com");
  const auto second = front.refresh(first.text("/refresh_token"));
  REQUIRE(second.status() == 200);
  CHECK(second.text("/refresh_token") != first.text("/refresh_token"));
  CHECK(front.get("/auth/me", second.text("/access_token")).status() == 200);

  front.clock.advance(domain::lost_reply_grace + std::chrono::seconds{1});
  CHECK(front.refresh(first.text("/refresh_token")).code() == "refresh_token_reused");
  CHECK(front.refresh(second.text("/refresh_token")).code() == "invalid_refresh_token");
  CHECK(front.get("/auth/me", second.text("/access_token")).code() == "session_ended");
  CHECK(front.get("/auth/me", first.text("/access_token")).code() == "session_ended");
  CHECK(front.refresh(other_session.text("/refresh_token")).status() == 200);
  CHECK(front.get("/auth/me", other_session.text("/access_token")).status() == 200);
}

TEST_CASE("a reply that was lost, or a second tab, is given the same successor") {
  people_fixture front;
  const auto first = front.sign_up("owner@example.com").text("/refresh_token");
  const auto second = front.refresh(first);
  const auto again = front.refresh(first);
  REQUIRE(again.status() == 200);
  CHECK(again.text("/refresh_token") == second.text("/refresh_token"));
  const auto third = front.refresh(again.text("/refresh_token"));
  CHECK(third.status() == 200);
  CHECK(front.refresh(third.text("/refresh_token")).status() == 200);
}

TEST_CASE("two tabs that refresh at the same moment go on with one successor") {
  people_fixture front;
  auto token = front.sign_up("owner@example.com").text("/refresh_token");
  for (int round = 0; round < 300; ++round) {
    const auto asked = front.request(verb::post, "/auth/refresh", people_fixture::refresh_body(token));
    const auto answers = front.answer_together({asked, asked});
    REQUIRE(answers[0].status() == 200);
    REQUIRE(answers[1].status() == 200);
    CHECK(answers[0].text("/refresh_token") == answers[1].text("/refresh_token"));
    token = answers[0].text("/refresh_token");
  }
}

TEST_CASE("a stolen token that comes at the same moment as the owner's refresh ends the session, whichever is first") {
  people_fixture front;  // asvs: 10.4.5
  front.sign_up("owner@example.com");
  for (int round = 0; round < 300; ++round) {
    const auto session = front.log_in("owner@example.com");
    const auto stolen = session.text("/refresh_token");
    const auto second = front.refresh(stolen);
    REQUIRE(second.status() == 200);
    front.clock.advance(domain::lost_reply_grace + std::chrono::seconds{1});
    const auto reuse = front.request(verb::post, "/auth/refresh", people_fixture::refresh_body(stolen));
    const auto refresh =
        front.request(verb::post, "/auth/refresh", people_fixture::refresh_body(second.text("/refresh_token")));
    const auto answers =
        round % 2 == 0 ? front.answer_together({refresh, reuse}) : front.answer_together({reuse, refresh});
    CHECK(answers[1 - round % 2].status() == 401);
    CHECK(front.get("/auth/me", second.text("/access_token")).status() == 401);
    CHECK(front.refresh(second.text("/refresh_token")).status() == 401);
    const auto& refreshed = answers[round % 2];
    if (refreshed.status() != 200) continue;
    CHECK(front.get("/auth/me", refreshed.text("/access_token")).status() == 401);
    CHECK(front.refresh(refreshed.text("/refresh_token")).status() == 401);
  }
}

TEST_CASE("a logout that races a refresh leaves nothing that works") {  // asvs: 7.4.1
  people_fixture front;
  front.sign_up("owner@example.com");
  int renewed = 0;
  for (int round = 0; round < 300; ++round) {
    const auto session = front.log_in("owner@example.com");
    const auto body = people_fixture::refresh_body(session.text("/refresh_token"));
    const auto refresh = front.request(verb::post, "/auth/refresh", body);
    const auto logout = front.request(verb::post, "/auth/logout", body);
    const auto answers =
        round % 2 == 0 ? front.answer_together({refresh, logout}) : front.answer_together({logout, refresh});
    const auto& refreshed = answers[round % 2];
    REQUIRE(answers[1 - round % 2].status() == 204);
    CHECK(front.get("/auth/me", session.text("/access_token")).status() == 401);
    CHECK(front.refresh(session.text("/refresh_token")).status() == 401);
    if (refreshed.status() != 200) continue;
    ++renewed;
    CHECK(front.get("/auth/me", refreshed.text("/access_token")).status() == 401);
    CHECK(front.refresh(refreshed.text("/refresh_token")).status() == 401);
  }
  CAPTURE(renewed);
}

TEST_CASE("a session ends when nobody renews it, and one day in any case, and nonsense is no refresh token") {
  people_fixture front;  // asvs: 7.3.1
  const auto made = front.sign_up("owner@example.com");
  CHECK(front.refresh("nonsense").code() == "invalid_refresh_token");
  CHECK(front.refresh(made.text("/access_token")).status() == 422);
  auto token = made.text("/refresh_token");
  const auto begin = front.clock.now();
  while (front.clock.now() - begin < domain::session_lifetime - std::chrono::hours{24 * 20}) {
    front.clock.advance(std::chrono::hours{24 * 20});
    const auto renewed = front.refresh(token);
    REQUIRE(renewed.status() == 200);
    token = renewed.text("/refresh_token");
  }
  front.clock.advance(std::chrono::hours{24 * 20});
  CHECK(front.refresh(token).code() == "invalid_refresh_token");
  const auto idle = front.log_in("owner@example.com");
  front.clock.advance(domain::session_idle_max);
  CHECK(front.refresh(idle.text("/refresh_token")).code() == "invalid_refresh_token");
}

TEST_CASE("logging out ends the session of the refresh token, or of the access token, with the next request") {
  people_fixture front;  // asvs: 7.4.1
  const auto made = front.sign_up("owner@example.com");
  const auto other = front.log_in("owner@example.com");
  CHECK(front.get("/auth/me", made.text("/access_token")).status() == 200);
  const auto out = front.post("/auth/logout", people_fixture::refresh_body(made.text("/refresh_token")));
  CHECK(out.status() == 204);
  CHECK(out.raw.body.empty());
  CHECK(front.get("/auth/me", made.text("/access_token")).code() == "session_ended");
  CHECK(front.refresh(made.text("/refresh_token")).status() == 401);
  CHECK(front.post("/auth/logout", "", other.text("/access_token")).status() == 204);
  CHECK(front.refresh(other.text("/refresh_token")).status() == 401);
  CHECK(front.post("/auth/logout", R"({"refresh_token":"unknown"})").status() == 204);
  CHECK(front.post("/auth/logout", "").status() == 401);
}

TEST_CASE("one sees one's sessions, and ends one or all the others") {  // asvs: 7.2.4 7.5.2 10.4.9
  people_fixture front;
  const auto first = front.sign_up("owner@example.com");
  auto asked = front.log_in_request("owner@example.com", people_fixture::password);
  asked.headers.push_back({"user-agent", "A browser \xe9 of some kind"});
  asked.remote_address = "2001:db8::7";
  const auto second = front.answer(asked);
  const auto third = front.log_in("owner@example.com");
  const auto stranger = front.sign_up("stranger@example.com").text("/access_token");

  const auto token = first.text("/access_token");
  const auto list = front.get("/auth/sessions", token).body.at("items").as_array();
  REQUIRE(list.size() == 3);
  std::string of_second;
  for (const auto& each : list) {
    if (each.at("address") == "2001:db8::7") of_second = each.at("id").as_string();
  }
  REQUIRE_FALSE(of_second.empty());
  CHECK(front.get("/auth/sessions", stranger).body.at("items").as_array().size() == 1);
  CHECK(front.remove("/auth/sessions/" + of_second, stranger).status() == 404);
  CHECK(front.get("/auth/me", second.text("/access_token")).status() == 200);
  CHECK(front.remove("/auth/sessions/" + of_second, token).status() == 204);
  CHECK(front.get("/auth/me", second.text("/access_token")).status() == 401);
  CHECK(front.remove("/auth/sessions/" + of_second, token).status() == 404);
  CHECK(front.remove("/auth/sessions", token).status() == 204);
  CHECK(front.get("/auth/me", third.text("/access_token")).status() == 401);
  CHECK(front.get("/auth/me", token).status() == 200);
}

TEST_CASE("a role is in force with the next request, whoever changes it") {  // asvs: 8.3.1
  people_fixture front;
  const auto owner = front.sign_up("owner@example.com");
  const auto token = owner.text("/access_token");
  CHECK(front.post("/projects", R"({"name":"A"})", token).status() == 201);
  persistence::database anybody({.url = front.database_url, .connections = 1, .as = persistence::role::request});
  const auto tenant_id = *base::parse_uuid(owner.text("/company/id"));
  const auto set = [&](const std::string& what) {
    static constexpr persistence::statement to_analyst{"test_to_analyst", "UPDATE members SET role = 'analyst'"};
    static constexpr persistence::statement deactivate{"test_deactivate", "UPDATE members SET is_active = false"};
    REQUIRE(anybody.query_now(tenant_id, what == "analyst" ? to_analyst : deactivate).has_value());
    // In the program a listener hears of it (tests/persistence/people/standing.cpp).
    front.door.known().forget(*base::parse_uuid(owner.text("/member/id")));
  };
  set("analyst");
  CHECK(front.post("/projects", R"({"name":"B"})", token).status() == 403);
  CHECK(front.get("/auth/me", token).text("/member/role") == "analyst");
  set("inactive");
  CHECK(front.get("/projects", token).code() == "inactive_member");
  CHECK(front.refresh(owner.text("/refresh_token")).status() == 401);
  CHECK(front.log_in("owner@example.com").status() == 401);
  anybody.stop();
}
