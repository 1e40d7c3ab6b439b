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

/// A company that asks for a second factor and sends mail, and its member, who has none and has signed in with the
/// password.
struct mailed_fixture : rules_fixture {
  std::string hers;

  mailed_fixture() {
    set_up(owner);
    require(true, owner);
    services.is_mail_sent = true;
    hers = log_in_later();
  }
  /// The token of a new session.
  std::string log_in_later() {
    clock.advance(std::chrono::seconds{60});
    take_mails();
    return log_in("member@example.com").text("/access_token");
  }
  /// The code of the one mail that is sent, or nothing.
  std::string mailed_code(const std::string& token) {
    CHECK(post("/auth/confirm/mail", "", token).status() == 204);
    const auto mails = take_mails();
    REQUIRE(mails.size() == 1);
    CHECK(mails.front().first == "member@example.com");
    const auto& text = mails.front().second;
    const auto begin = text.find("ten minutes:\n\n");
    REQUIRE(begin != text.npos);
    return text.substr(begin + 14, 9);
  }
  answered confirm(const std::string& code, const std::string& token) {
    return post("/auth/confirm", R"({"mailed_code":")" + code + "\"}", token);
  }
  bool needs_code(const std::string& token) {
    return get("/auth/second-factor", token).body.at("needs_mailed_code").as_bool();
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

TEST_CASE("a password alone sets up no second factor that a company asks for: a code from a mail is needed") {
  mailed_fixture front;  // asvs: 6.4.4 6.6.2
  CHECK(front.needs_code(front.hers));
  CHECK(front.post("/auth/second-factor", "", front.hers).code() == "mailed_code_required");
  CHECK(front.post("/auth/second-factor/confirm", R"({"code":"123456"})", front.hers).code() == "mailed_code_required");
  CHECK(front.post("/auth/second-factor/passkeys", "", front.hers).code() == "mailed_code_required");
  // The password once more shows nothing new.
  const auto by_password = R"({"password":")" + std::string{front.password} + "\"}";
  CHECK(front.post("/auth/confirm", by_password, front.hers).code() == "mailed_code_required");

  const auto code = front.mailed_code(front.hers);
  const auto other = front.log_in_later();
  CHECK(front.confirm(code, other).code() == "wrong_code");
  CHECK(front.confirm("1234 5678", front.hers).code() == "wrong_code");
  CHECK(front.confirm(code, front.hers).status() == 200);
  CHECK(front.confirm(code, front.hers).code() == "wrong_code");
  CHECK_FALSE(front.needs_code(front.hers));
  CHECK(front.needs_code(other));
  front.set_up(front.hers);
  CHECK(front.get("/projects", front.hers).status() == 200);
  const auto told = front.take_mails();
  REQUIRE(told.size() == 1);
  CHECK(told.front().first == "member@example.com");
  CHECK(told.front().second.find("A second factor was set up") != std::string::npos);
}

TEST_CASE("a mailed code ends after ten minutes, and what it has shown ten minutes later") {  // asvs: 6.5.1 6.5.5
  mailed_fixture front;
  const auto late = front.mailed_code(front.hers);
  front.clock.advance(std::chrono::minutes{10});
  CHECK(front.confirm(late, front.hers).code() == "wrong_code");
  const auto token = front.log_in_later();
  const auto code = front.mailed_code(token);
  front.clock.advance(std::chrono::minutes{9} - std::chrono::seconds{1});
  REQUIRE(front.confirm(code, token).status() == 200);
  CHECK(front.post("/auth/second-factor", "", token).status() == 201);
  const auto again = front.log_in_later();
  REQUIRE(front.confirm(front.mailed_code(again), again).status() == 200);
  front.clock.advance(std::chrono::minutes{11});
  CHECK(front.post("/auth/second-factor", "", again).code() == "mailed_code_required");
}

TEST_CASE("mailed codes cannot be guessed, and at most a few are mailed") {  // asvs: 6.5.4 6.6.3
  mailed_fixture front;
  int refused = 0;
  for (int i = 0; i < 12; ++i) refused += front.confirm("0000000" + std::to_string(i % 10), front.hers).status() == 429;
  CHECK(refused >= 6);
}

TEST_CASE("who comes by a mailed invitation has shown their address, and is asked for no code") {
  mailed_fixture front;
  CHECK(front.post("/org/invites", R"({"email":"new@example.com","role":"member"})", front.owner).status() == 201);
  const auto mails = front.take_mails();
  REQUIRE(mails.size() == 1);
  const auto& text = mails.front().second;
  const auto begin = text.find("#code=") + 6;
  const auto code = text.substr(begin, text.find_first_of(" \n", begin) - begin);
  const auto joined =
      front.post("/org/invites/accept", R"({"code":")" + code + R"(","email":"new@example.com","password":")" +
                                            std::string{front.password} + R"("})");
  REQUIRE(joined.status() == 201);
  const auto token = joined.text("/access_token");
  CHECK(front.get("/projects", token).code() == "second_factor_missing");
  CHECK_FALSE(front.needs_code(token));
  // A session that begins later with the password has not.
  front.clock.advance(std::chrono::seconds{60});
  CHECK(front.needs_code(front.log_in("new@example.com").text("/access_token")));
  front.set_up(token);
  CHECK(front.get("/projects", token).status() == 200);
}

TEST_CASE("a mailed code stands for nothing where none is asked for") {
  mailed_fixture front;
  CHECK(front.post("/auth/confirm/mail", "", front.owner).code() == "no_code_needed");
  CHECK(front.confirm("12345678", front.owner).code() == "no_code_needed");
  CHECK(front.post("/auth/second-factor", "", front.owner).code() == "second_factor_is_on");
  front.services.is_mail_sent = false;
  CHECK_FALSE(front.needs_code(front.hers));
  CHECK(front.post("/auth/confirm/mail", "", front.hers).code() == "no_code_needed");
}
