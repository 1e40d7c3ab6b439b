// Changing a password, and setting a new one by mail.
#include <catch2/catch.hpp>

#include "http/routes/people/mails.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using tests::people_fixture;

namespace {

constexpr const char* other_password = "seven red bicycles";

std::string change_of(const std::string& from, const std::string& to) {
  return R"({"current_password":")" + from + R"(","new_password":")" + to + R"("})";
}
std::string reset_of(const std::string& token, const std::string& to) {
  return R"({"token":")" + token + R"(","password":")" + to + R"("})";
}

}  // namespace

TEST_CASE("changing a password needs the one of now, and ends the other sessions") {  // asvs: 6.2.2 6.2.3 7.4.3 7.5.1
  people_fixture front;
  const auto here = front.sign_up("owner@example.com").text("/access_token");
  const auto elsewhere = front.log_in("owner@example.com").text("/access_token");
  CHECK(front.put("/auth/password", change_of("wrong password", other_password), here).text("/errors/0/pointer") ==
        "/current_password");
  CHECK(front.put("/auth/password", change_of(people_fixture::password, "password"), here).text("/errors/0/pointer") ==
        "/new_password");
  CHECK(front.put("/auth/password", change_of(people_fixture::password, other_password)).status() == 401);
  CHECK(front.get("/auth/me", elsewhere).status() == 200);
  CHECK(front.put("/auth/password", change_of(people_fixture::password, other_password), here).status() == 204);
  CHECK(front.get("/auth/me", here).status() == 200);
  CHECK(front.get("/auth/me", elsewhere).status() == 401);
  CHECK(front.log_in("owner@example.com").status() == 401);
  CHECK(front.log_in("owner@example.com", other_password).status() == 200);
}

TEST_CASE("a password that is guessed with a stolen token waits, too") {
  people_fixture front;
  const auto token = front.sign_up("owner@example.com").text("/access_token");
  int refused = 0;
  for (int i = 0; i < 10; ++i)
    refused += front.put("/auth/password", change_of("wrong password", other_password), token).status() == 429;
  CHECK(refused == 5);
}

TEST_CASE("a forgotten password is replaced by the link of a mail, once, and all sessions of before end") {
  people_fixture front;  // asvs: 6.4.3 7.4.3
  const auto before = front.sign_up("owner@example.com").text("/access_token");
  CHECK(front.post("/auth/password/forgot", R"({"email":"nobody@example.com"})").status() == 204);
  CHECK(front.take_mails().empty());
  CHECK(front.post("/auth/password/forgot", R"({"email":"owner@example.com"})").status() == 204);
  const auto token = front.token_of_mail();
  CHECK(front.post("/auth/password/reset", reset_of(token, "password")).text("/errors/0/pointer") == "/password");
  CHECK(front.post("/auth/password/reset", reset_of(token.substr(2), other_password)).code() == "wrong_link");
  const auto done = front.post("/auth/password/reset", reset_of(token, other_password));
  REQUIRE(done.status() == 200);
  CHECK(front.get("/auth/me", done.text("/access_token")).status() == 200);
  CHECK(front.get("/auth/me", before).status() == 401);
  CHECK(front.post("/auth/password/reset", reset_of(token, other_password)).code() == "wrong_link");
  CHECK(front.log_in("owner@example.com", other_password).status() == 200);
}

TEST_CASE("two at once with the same link: one of them sets the password") {
  people_fixture front;
  front.sign_up("owner@example.com");
  front.post("/auth/password/forgot", R"({"email":"owner@example.com"})");
  const auto asked =
      front.request(http::server::verb::post, "/auth/password/reset", reset_of(front.token_of_mail(), other_password));
  const auto answers = front.answer_together({asked, asked});
  CHECK(answers[0].status() + answers[1].status() == 200 + 401);
}

TEST_CASE("a link to set a password ends after an hour, and confirms the address") {  // asvs: 6.5.5
  people_fixture front;
  front.services.is_mail_sent = true;
  front.sign_up("owner@example.com");
  front.take_mails();
  front.post("/auth/password/forgot", R"({"email":"owner@example.com"})");
  const auto old = front.token_of_mail();
  front.clock.advance(http::routes::reset_lifetime);
  CHECK(front.post("/auth/password/reset", reset_of(old, other_password)).code() == "wrong_link");
  front.post("/auth/password/forgot", R"({"email":"owner@example.com"})");
  CHECK(front.post("/auth/password/reset", reset_of(front.token_of_mail(), other_password)).status() == 200);
  CHECK(front.log_in("owner@example.com", other_password).status() == 200);
}
