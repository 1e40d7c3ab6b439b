// Making a company, and confirming an e-mail address.
#include <catch2/catch.hpp>

#include "http/routes/people/mails.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using http::server::verb;
using tests::people_fixture;

TEST_CASE("signing up makes a company, its owner and a trial, and the tokens are good at once") {
  people_fixture front;
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
  CHECK(made.body.at("email_verified") == true);
  CHECK(made.raw.body.find(people_fixture::password) == std::string::npos);
  CHECK(front.take_mails().empty());

  const auto me = front.get("/auth/me", made.text("/access_token"));
  REQUIRE(me.status() == 200);
  CHECK(me.body.at("company") == made.body.at("company"));
  CHECK(me.body.at("member") == made.body.at("member"));
  CHECK(me.body.at("permissions").as_array().size() > 5);
}

TEST_CASE("a sign-up that will not do is refused by field, and nothing is stored") {  // asvs: 6.2.1
  people_fixture front;
  const auto pointer_of = [&](const std::string& body) {
    const auto answer = front.post("/signup", body);
    CHECK(answer.status() == 422);
    return answer.text("/errors/0/pointer");
  };
  const std::string good = "kd83hf0a";
  CHECK(pointer_of(R"({"company_name":"","email":"a@b.c","password":")" + good + "\"}") == "/company_name");
  for (const auto* blank : {" ", "\u200b\u2060", "\u3164", "\u2800"})
    CHECK(pointer_of(R"({"company_name":")" + std::string{blank} + R"(","email":"a@b.c","password":")" + good +
                     "\"}") == "/company_name");
  CHECK(pointer_of(R"({"company_name":"A","email":"nobody","password":")" + good + "\"}") == "/email");
  for (const auto* email : {"a@b", ".a@b.test", "a@b..test", "a%0a@b.test"})
    CHECK(pointer_of(R"({"company_name":"A","email":")" + std::string{email} + R"(","password":")" + good + "\"}") ==
          "/email");
  CHECK(pointer_of(R"({"company_name":"A","email":"a@b.c","password":"x7#kQ2"})") == "/password");
  CHECK(pointer_of(R"({"company_name":"A","email":"a@b.c","password":")" + std::string(129, 'x') + "\"}") ==
        "/password");
  for (const auto* weak : {"Someone@B.C", "password", "12345678", "acme corp", "AcmeCorp1"})
    CHECK(pointer_of(R"({"company_name":"Acme Corp","email":"someone@b.c","password":")" + std::string{weak} + "\"}") ==
          "/password");
  CHECK(pointer_of(R"({"company_name":"A","email":"a@b.c","password":")" + good + R"(","role":"owner"})") == "/role");
  CHECK(front.log_in("a@b.c", good).status() == 401);
}

TEST_CASE("where mail is set up, an account counts when its address is confirmed with the link and the password") {
  people_fixture front;
  front.services.is_mail_sent = true;
  int told = 0;
  front.services.mail_waits = [&told] { ++told; };
  const auto made = front.sign_up("owner@example.com");
  REQUIRE(made.status() == 202);
  CHECK(told == 1);
  CHECK(made.body.at("email_verified") == false);
  CHECK_FALSE(made.body.as_object().contains("access_token"));
  CHECK_FALSE(made.body.as_object().contains("refresh_token"));
  CHECK(front.log_in("owner@example.com").code() == "email_not_verified");
  CHECK(front.log_in("owner@example.com", "wrong password").status() == 401);

  const auto token = front.token_of_mail();
  CHECK(front.verify(token, "wrong password").status() == 401);
  CHECK(front.verify(token.substr(1)).code() == "wrong_link");
  CHECK(front.log_in("owner@example.com").status() == 403);
  const auto verified = front.verify(token);
  REQUIRE(verified.status() == 200);
  CHECK(front.get("/auth/me", verified.text("/access_token")).status() == 200);
  CHECK(front.log_in("owner@example.com").status() == 200);
}

TEST_CASE(
    "whoever has the mailbox but not the password cannot make a stranger's account count, and the other way round") {
  people_fixture front;
  front.services.is_mail_sent = true;
  front.sign_up("jane@example.com", "Stranger", "seven red bicycles");
  const auto of_stranger = front.token_of_mail();
  CHECK(front.verify(of_stranger, "what jane would type").status() == 401);
  front.sign_up("jane@example.com", "Jane");
  CHECK(front.verify(front.token_of_mail()).status() == 200);
  CHECK(front.log_in("jane@example.com", "seven red bicycles").code() == "email_not_verified");
}

TEST_CASE("a link that was lost is mailed again, one that is old is not good, and strangers learn nothing") {
  people_fixture front;
  front.services.is_mail_sent = true;
  front.sign_up("owner@example.com");
  const auto first = front.token_of_mail();
  front.clock.advance(http::routes::verification_lifetime);
  CHECK(front.verify(first).code() == "wrong_link");
  CHECK(front.post("/auth/verify-email/send", R"({"email":"owner@example.com"})").status() == 204);
  CHECK(front.verify(front.token_of_mail()).status() == 200);
  CHECK(front.post("/auth/verify-email/send", R"({"email":"owner@example.com"})").status() == 204);
  CHECK(front.post("/auth/verify-email/send", R"({"email":"nobody@example.com"})").status() == 204);
  CHECK(front.take_mails().empty());
}

TEST_CASE("mails to one address have a limit") {
  auto limits = tests::wide_limits();
  limits.mails_to_one = {"mails_to_one", 2, std::chrono::hours{1}};
  people_fixture front(limits);
  front.sign_up("owner@example.com");
  for (int i = 0; i < 2; ++i)
    CHECK(front.post("/auth/password/forgot", R"({"email":"owner@example.com"})").status() == 204);
  CHECK(front.post("/auth/password/forgot", R"({"email":"owner@example.com"})").status() == 429);
  CHECK(front.take_mails().size() == 2);
}

TEST_CASE("asking for mails that confirm an address keeps nobody from a mail for a new password") {
  auto limits = tests::wide_limits();
  limits.mails_to_one = {"mails_to_one", 2, std::chrono::hours{1}};
  people_fixture front(limits);
  front.sign_up("owner@example.com");
  for (int i = 0; i < 3; ++i) front.post("/auth/verify-email/send", R"({"email":"owner@example.com"})");
  CHECK(front.post("/auth/password/forgot", R"({"email":"owner@example.com"})").status() == 204);
}

TEST_CASE("who signed up after a stranger had, with her address, gets the mail that confirms her own account") {
  people_fixture front;
  front.services.is_mail_sent = true;
  for (int i = 0; i < 3; ++i) front.sign_up("her@example.com");
  front.take_mails();
  CHECK(front.post("/auth/verify-email/send", R"({"email":"her@example.com"})").status() == 204);
  CHECK(front.take_mails().size() == 3);
}
