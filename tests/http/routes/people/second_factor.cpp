// Signing in with a code after the password.
#include <catch2/catch.hpp>

#include "http/auth/one_time_codes.hpp"
#include "tests/http/routes/people/base32.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using tests::answered;
using tests::people_fixture;

namespace {

std::string body_of(const std::string& code) { return R"({"code":")" + code + "\"}"; }

struct factor_fixture : people_fixture {
  std::string token = sign_up("owner@example.com").text("/access_token");
  std::string secret;

  answered set_up() {
    secret = tests::from_base32(post("/auth/second-factor", "", token).text("/secret"));
    return post("/auth/second-factor/confirm", body_of(code()), token);
  }
  std::string code() const { return http::one_time_code(secret, http::one_time_step(clock.now())); }
  answered log_in_with(const std::string& code) {
    return post("/auth/login", R"({"email":"owner@example.com","password":")" + std::string{password} +
                                   R"(","code":")" + code + "\"}");
  }
};

}  // namespace

TEST_CASE("once a second factor is confirmed, the password alone lets nobody in, and a code is good once") {
  factor_fixture front;  // asvs: 2.3.1 6.3.3
  CHECK(front.post("/auth/second-factor/confirm", body_of("123456"), front.token).status() == 409);
  REQUIRE(front.set_up().status() == 200);
  CHECK(front.log_in("owner@example.com").code() == "second_factor_required");
  CHECK(front.log_in("owner@example.com", "wrong password").code() == "wrong_credentials");
  CHECK(front.log_in_with(front.code()).code() == "wrong_code");  // it was used to confirm
  front.clock.advance(std::chrono::seconds{60});
  const auto code = front.code();
  CHECK(front.log_in_with(code).status() == 200);
  CHECK(front.log_in_with(code).code() == "wrong_code");
  CHECK(front.post("/auth/second-factor", "", front.token).code() == "second_factor_is_on");
}

TEST_CASE("a second factor that is not confirmed is asked of nobody") {
  factor_fixture front;
  CHECK(front.post("/auth/second-factor", "", front.token).status() == 201);
  CHECK(front.log_in("owner@example.com").status() == 200);
}

TEST_CASE("a recovery code lets one in once") {  // asvs: 6.4.4 6.5.1
  factor_fixture front;
  const auto codes = front.set_up().body.at("recovery_codes").as_array();
  REQUIRE(codes.size() == http::recovery_codes_count);
  const std::string first{codes[0].as_string()};
  CHECK(front.log_in_with(first).status() == 200);
  CHECK(front.log_in_with(first).code() == "wrong_code");
  CHECK(front.log_in_with(std::string{codes[1].as_string()}).status() == 200);
}

TEST_CASE("one sees whether one has a second factor, and gets new recovery codes with a code") {
  factor_fixture front;
  CHECK_FALSE(front.get("/auth/second-factor", front.token).body.at("is_on").as_bool());
  CHECK(front.post("/auth/second-factor/recovery-codes", body_of("123456"), front.token).code() ==
        "second_factor_is_off");
  CHECK(front.post("/auth/second-factor/remove", body_of("123456"), front.token).code() == "second_factor_is_off");
  const auto before = std::string{front.set_up().body.at("recovery_codes").as_array()[0].as_string()};
  const auto shown = front.get("/auth/second-factor", front.token);
  CHECK(shown.body.at("is_on").as_bool());
  CHECK(shown.body.at("recovery_codes_left").as_int64() == static_cast<std::int64_t>(http::recovery_codes_count));
  CHECK(front.post("/auth/second-factor/recovery-codes", body_of("123456"), front.token).status() == 401);
  front.clock.advance(std::chrono::seconds{60});
  const auto made = front.post("/auth/second-factor/recovery-codes", body_of(front.code()), front.token);
  REQUIRE(made.status() == 200);
  CHECK(front.log_in_with(before).code() == "wrong_code");
  CHECK(front.log_in_with(std::string{made.body.at("recovery_codes").as_array()[0].as_string()}).status() == 200);
}

TEST_CASE("codes cannot be guessed") {  // asvs: 6.5.4 6.6.3
  factor_fixture front;
  front.set_up();
  front.clock.advance(std::chrono::seconds{60});
  int refused = 0;
  for (int i = 0; i < 12; ++i) refused += front.log_in_with("00000" + std::to_string(i % 10)).status() == 429;
  CHECK(refused >= 6);
}

TEST_CASE("a new password by mail needs the code, too, and removing the factor needs a last one") {
  factor_fixture front;  // asvs: 6.4.3 7.5.1
  front.set_up();
  front.take_mails();  // that it is on
  front.post("/auth/password/forgot", R"({"email":"owner@example.com"})");
  const auto link = front.token_of_mail();
  const auto reset = [&](const std::string& more) {
    return front.post("/auth/password/reset",
                      R"({"token":")" + link + R"(","password":"seven red bicycles")" + more + "}");
  };
  CHECK(reset("").code() == "second_factor_required");
  front.clock.advance(std::chrono::seconds{60});
  const auto done = reset(R"(,"code":")" + front.code() + "\"");
  REQUIRE(done.status() == 200);
  CHECK(front.post("/auth/second-factor/remove", body_of(front.code()), done.text("/access_token")).status() == 401);
  front.clock.advance(std::chrono::seconds{60});
  CHECK(front.post("/auth/second-factor/remove", body_of(front.code()), done.text("/access_token")).status() == 204);
  CHECK(front.log_in("owner@example.com", "seven red bicycles").status() == 200);
}

TEST_CASE("every change of a second factor is told to its member by mail, and stands in the audit") {
  factor_fixture front;
  front.take_mails();
  const auto told = [&](const std::string& sentence) {
    const auto mails = front.take_mails();
    INFO(sentence);
    REQUIRE(mails.size() == 1);
    CHECK(mails.front().first == "owner@example.com");
    CHECK(mails.front().second.find(sentence) != std::string::npos);
    CHECK(mails.front().second.find("192.0.2.1") != std::string::npos);
    // Nothing in it lets anybody in.
    CHECK(mails.front().second.find("token=") == std::string::npos);
  };
  const auto audited = [&](const std::string& action) {
    const auto entries = front.get("/audit?action=" + action, front.token);
    INFO(action);
    CHECK_FALSE(entries.body.at("items").as_array().empty());
    CHECK(boost::json::serialize(entries.body).find("second_factors") != std::string::npos);
  };
  front.set_up();
  told("A second factor was set up");
  audited("POST%20%2Fauth%2Fsecond-factor%2Fconfirm");
  front.clock.advance(std::chrono::seconds{60});
  REQUIRE(front.post("/auth/second-factor/recovery-codes", body_of(front.code()), front.token).status() == 200);
  told("New recovery codes were made");
  audited("POST%20%2Fauth%2Fsecond-factor%2Frecovery-codes");
  front.clock.advance(std::chrono::seconds{60});
  CHECK(front.post("/auth/second-factor/remove", body_of("000000"), front.token).status() == 401);
  CHECK(front.take_mails().empty());
  REQUIRE(front.post("/auth/second-factor/remove", body_of(front.code()), front.token).status() == 204);
  told("Your second factor was removed");
  audited("POST%20%2Fauth%2Fsecond-factor%2Fremove");
}
