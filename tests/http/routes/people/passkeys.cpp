// Passkeys through the front door: made, used, named, removed, and refused if invalid.
#include <catch2/catch.hpp>

#include "http/auth/one_time_codes.hpp"
#include "tests/http/routes/people/browser.hpp"
#include "tests/http/routes/people/people_fixture.hpp"
#include "tests/support/authenticator.hpp"

using namespace pulse;
using base::to_base64url;
using http::server::verb;
using tests::answered;
using tests::authenticator;
using tests::browser;
using tests::people_fixture;

namespace {

struct passkey_fixture : people_fixture {
  answered signed_up = sign_up("owner@example.com");
  std::string owner = signed_up.text("/access_token");
  std::string owner_handle = handle_of(signed_up);
  browser her;

  static std::string handle_of(const answered& in) {
    const auto id = *base::parse_uuid(in.text("/member/id"));
    return to_base64url({reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()});
  }

  answered ask(browser& from, http::server::request asked) {
    auto got = answer(from.with(std::move(asked)));
    from.take(got);
    return got;
  }
  answered send(browser& from, const std::string& path, const std::string& body, const std::string& token = {}) {
    return ask(from, with_token(request(verb::post, path, body), token));
  }
  answered begin(browser& from, const std::string& token) { return send(from, "/auth/passkeys/begin", "", token); }
  static std::string creation(const authenticator& by, const std::string& challenge, const std::string& name = "Key") {
    return R"({"name":")" + name + R"(","client_data_json":")" +
           to_base64url(by.client_data("webauthn.create", challenge)) + R"(","attestation_object":")" +
           to_base64url(authenticator::attestation(by.data(true))) + "\"}";
  }
  answered make(browser& from, const authenticator& by, const std::string& token, const std::string& name = "Key") {
    const auto begun = begin(from, token);
    if (begun.status() != 200) return begun;
    return send(from, "/auth/passkeys", creation(by, begun.text("/challenge"), name), token);
  }

  std::string challenge(browser& from, const std::string& purpose = "sign_in") {
    const auto given = send(from, "/auth/passkeys/challenge", R"({"purpose":")" + purpose + "\"}");
    REQUIRE(given.status() == 200);
    CHECK(given.text("/relying_party_id") == "pulse.test");
    return given.text("/challenge");
  }
  /// The answer of a passkey that counts one more use.
  static std::string response(authenticator& by, const std::string& challenge, const std::string& handle) {
    ++by.uses;
    return response_again(by, challenge, handle);
  }
  static std::string response_again(const authenticator& by, const std::string& challenge, const std::string& handle) {
    const auto client_data = by.client_data("webauthn.get", challenge);
    const auto data = by.data(false);
    return R"({"credential_id":")" + to_base64url(by.credential_id) + R"(","client_data_json":")" +
           to_base64url(client_data) + R"(","authenticator_data":")" + to_base64url(data) + R"(","signature":")" +
           to_base64url(by.sign(data, client_data)) + R"(","user_handle":")" + handle + "\"}";
  }
  answered sign_in(browser& from, authenticator& by) {
    return send(from, "/auth/passkeys/sign-in", response(by, challenge(from), owner_handle));
  }
  std::string only_id(const std::string& token) { return get("/auth/passkeys", token).text("/items/0/id"); }
};

}  // namespace

TEST_CASE("a passkey is made, lets its member in, is named, and lets nobody in once it is removed") {
  passkey_fixture front;
  authenticator key;
  const auto begun = front.begin(front.her, front.owner);
  CHECK(begun.text("/relying_party_id") == "pulse.test");
  CHECK(begun.text("/user_handle") == front.owner_handle);
  CHECK(begun.text("/user_name") == "owner@example.com");
  const auto made = front.make(front.her, key, front.owner, "My phone");
  REQUIRE(made.status() == 201);
  browser elsewhere;
  const auto in = front.sign_in(elsewhere, key);
  REQUIRE(in.status() == 200);
  CHECK(in.text("/member/email") == "owner@example.com");
  const auto token = in.text("/access_token");
  CHECK(front.get("/auth/me", token).status() == 200);
  CHECK(front.refresh(in.text("/refresh_token")).status() == 200);
  CHECK(front.put("/auth/passkeys/" + front.only_id(token), R"({"name":"Old phone"})", token).status() == 204);
  const auto own = front.get("/auth/passkeys", token);
  CHECK(own.text("/items/0/name") == "Old phone");
  CHECK(own.body.at_pointer("/items/0/last_used_at").is_string());
  CHECK(front.begin(front.her, front.owner).body.at("exclude").as_array().size() == 1);
  CHECK(front.remove("/auth/passkeys/" + front.only_id(token), token).status() == 204);
  CHECK(front.sign_in(elsewhere, key).code() == "unknown_passkey");
  CHECK(front.get("/auth/me", token).status() == 200);  // a session is a session
}

TEST_CASE("a challenge is for its browser, its purpose, once, and for five minutes") {
  passkey_fixture front;
  authenticator key;
  REQUIRE(front.make(front.her, key, front.owner).status() == 201);
  const auto path = "/auth/passkeys/sign-in";
  browser thief;
  auto challenge = front.challenge(front.her);
  CHECK(front.send(thief, path, front.response(key, challenge, front.owner_handle)).code() == "passkey_over");
  front.challenge(thief);
  CHECK(front.send(thief, path, front.response(key, challenge, front.owner_handle)).code() == "wrong_passkey");
  for (const std::string purpose : {"second_factor", "confirm"}) {
    challenge = front.challenge(front.her, purpose);
    CHECK(front.send(front.her, path, front.response(key, challenge, front.owner_handle)).code() == "passkey_over");
  }
  // Good once: not even for the browser that kept its cookie.
  challenge = front.challenge(front.her);
  const auto body = front.response(key, challenge, front.owner_handle);
  auto copy = front.her;
  CHECK(front.send(front.her, path, body).status() == 200);
  CHECK(front.send(front.her, path, body).code() == "passkey_over");
  CHECK(front.send(copy, path, front.response(key, challenge, front.owner_handle)).code() == "passkey_over");
  challenge = front.challenge(front.her);
  front.clock.advance(std::chrono::minutes{5});
  CHECK(front.send(front.her, path, front.response(key, challenge, front.owner_handle)).code() == "passkey_over");
}

TEST_CASE("what is not right of an answer lets nobody in, and nothing of it is kept") {
  passkey_fixture front;
  authenticator key;
  REQUIRE(front.make(front.her, key, front.owner).status() == 201);
  const auto refused = [&](const authenticator& by, const std::string& handle) {
    auto twisted = by;
    twisted.uses += 10;
    return front.send(front.her, "/auth/passkeys/sign-in", front.response(twisted, front.challenge(front.her), handle))
        .code();
  };
  auto other = key;
  other.key = tests::authenticator_key::es256();
  CHECK(refused(other, front.owner_handle) == "wrong_passkey");
  other = key;
  other.origin = "http://evil.test";
  CHECK(refused(other, front.owner_handle) == "wrong_passkey");
  other = key;
  other.relying_party = "evil.test";
  CHECK(refused(other, front.owner_handle) == "wrong_passkey");
  other = key;
  other.flags = 0x01;
  CHECK(refused(other, front.owner_handle) == "wrong_passkey");
  CHECK(refused(key, to_base64url(std::string(16, 'x'))) == "wrong_passkey");
  other = key;
  other.credential_id = std::string(20, 'd');
  CHECK(refused(other, front.owner_handle) == "unknown_passkey");
  CHECK(front.send(front.her, "/auth/passkeys/sign-in", R"({"credential_id":"***"})").status() == 422);
  CHECK(front.sign_in(front.her, key).status() == 200);
}

TEST_CASE("a passkey that is made or removed is told to its member by mail") {
  passkey_fixture front;
  front.take_mails();
  authenticator key;
  REQUIRE(front.make(front.her, key, front.owner).status() == 201);
  auto mails = front.take_mails();
  REQUIRE(mails.size() == 1);
  CHECK(mails.front().first == "owner@example.com");
  CHECK(mails.front().second.find("A passkey was added") != std::string::npos);
  REQUIRE(front.remove("/auth/passkeys/" + front.only_id(front.owner), front.owner).status() == 204);
  mails = front.take_mails();
  REQUIRE(mails.size() == 1);
  CHECK(mails.front().second.find("A passkey was removed") != std::string::npos);
}

TEST_CASE("a counter that goes back lets nobody in, and its member is told") {
  passkey_fixture front;
  authenticator key;
  REQUIRE(front.make(front.her, key, front.owner).status() == 201);
  front.take_mails();  // that it was made
  auto copy = key;
  key.uses = 8;
  REQUIRE(front.sign_in(front.her, key).status() == 200);
  CHECK(front.take_mails().empty());
  browser thief;
  const auto refused = front.sign_in(thief, copy);
  CHECK(refused.status() == 401);
  CHECK(refused.code() == "passkey_went_back");
  const auto mails = front.take_mails();
  REQUIRE(mails.size() == 1);
  CHECK(mails.front().first == "owner@example.com");
  CHECK(mails.front().second.find("192.0.2.1") != std::string::npos);
  CHECK(front.get("/auth/passkeys", front.owner).body.at_pointer("/items/0/refused_at").is_string());
  // A twisted answer without its signature tells nobody anything.
  copy.key = tests::authenticator_key::es256();
  CHECK(front.sign_in(thief, copy).code() == "wrong_passkey");
  CHECK(front.take_mails().empty());
}

TEST_CASE("ways of signing in change only shortly after a sign-in, or after showing that it is oneself") {
  passkey_fixture front;
  authenticator key;
  REQUIRE(front.make(front.her, key, front.owner).status() == 201);
  const auto id = front.only_id(front.owner);
  const auto challenge = front.begin(front.her, front.owner).text("/challenge");
  front.clock.advance(std::chrono::minutes{10});
  CHECK(front.begin(front.her, front.owner).code() == "confirmation_required");
  CHECK(front.put("/auth/passkeys/" + id, R"({"name":"x"})", front.owner).code() == "confirmation_required");
  CHECK(front.remove("/auth/passkeys/" + id, front.owner).code() == "confirmation_required");
  CHECK(front.send(front.her, "/auth/passkeys", front.creation(key, challenge), front.owner).status() == 401);
  CHECK(front.post("/auth/confirm", R"({"password":"wrong password"})", front.owner).status() == 422);
  CHECK(front.post("/auth/confirm", "{}", front.owner).status() == 422);
  CHECK(front.begin(front.her, front.owner).code() == "confirmation_required");
  const auto response = front.response(key, front.challenge(front.her, "confirm"), front.owner_handle);
  CHECK(front.send(front.her, "/auth/confirm", R"({"passkey":)" + response + "}", front.owner).status() == 200);
  CHECK(front.begin(front.her, front.owner).status() == 200);
  front.clock.advance(std::chrono::minutes{4});
  const auto fresh = front.log_in("owner@example.com").text("/access_token");
  front.clock.advance(std::chrono::minutes{7});
  CHECK(front.begin(front.her, fresh).status() == 200);  // its own session is young
  CHECK(front.post("/auth/confirm", R"({"password":"correct horse battery"})", fresh).status() == 200);
  front.clock.advance(std::chrono::minutes{7});
  CHECK(front.remove("/auth/passkeys/" + id, fresh).status() == 204);
}

TEST_CASE("a passkey is one member's alone") {
  passkey_fixture front;
  authenticator key;
  REQUIRE(front.make(front.her, key, front.owner).status() == 201);
  const auto id = front.only_id(front.owner);
  browser his;
  const auto other = front.sign_up("other@example.com", "Other");
  const auto stranger = other.text("/access_token");
  CHECK(front.make(his, key, stranger).code() == "passkey_is_known");
  CHECK(front.make(front.her, key, front.owner).code() == "passkey_is_known");
  CHECK(front.put("/auth/passkeys/" + id, R"({"name":"x"})", stranger).status() == 404);
  CHECK(front.remove("/auth/passkeys/" + id, stranger).status() == 404);
  // A challenge that one member began is for no other.
  authenticator second{.credential_id = std::string(32, 'e')};
  const auto challenge = front.begin(front.her, front.owner).text("/challenge");
  CHECK(front.send(front.her, "/auth/passkeys", front.creation(second, challenge), stranger).code() == "passkey_over");
  // What confirms one member confirms no other.
  const auto response = front.response(key, front.challenge(his, "confirm"), front.owner_handle);
  CHECK(front.send(his, "/auth/confirm", R"({"passkey":)" + response + "}", stranger).code() == "unknown_passkey");
  for (int i = 0; i < 19; ++i) {
    second.credential_id = std::string(32, static_cast<char>('A' + i));
    REQUIRE(front.make(front.her, second, front.owner).status() == 201);
  }
  second.credential_id = std::string(32, 'z');
  CHECK(front.make(front.her, second, front.owner).code() == "too_many_passkeys");
}

TEST_CASE("a passkey takes the place of a code, and of the whole app") {
  passkey_fixture front;
  authenticator key;
  CHECK(front.post("/auth/second-factor/passkeys", "", front.owner).code() == "no_passkey");
  REQUIRE(front.make(front.her, key, front.owner).status() == 201);
  CHECK(front.log_in("owner@example.com").status() == 200);
  const auto on = front.post("/auth/second-factor/passkeys", "", front.owner);
  REQUIRE(on.status() == 200);
  const auto state = front.get("/auth/second-factor", front.owner);
  CHECK(state.body.at("is_on").as_bool());
  CHECK_FALSE(state.body.at("has_app").as_bool());
  CHECK(front.log_in("owner@example.com").code() == "second_factor_required");
  const auto log_in_with = [&](const std::string& more) {
    return front.send(front.her, "/auth/login",
                      R"({"email":"owner@example.com","password":"correct horse battery",)" + more + "}");
  };
  CHECK(log_in_with(R"("code":"000000")").code() == "wrong_code");
  const auto answered_by = [&](const std::string& purpose) {
    return R"("passkey":)" + front.response(key, front.challenge(front.her, purpose), front.owner_handle);
  };
  CHECK(log_in_with(answered_by("sign_in")).code() == "passkey_over");
  CHECK(log_in_with(answered_by("second_factor")).status() == 200);
  CHECK(log_in_with(R"("code":")" + std::string{on.body.at("recovery_codes").as_array()[0].as_string()} + "\"")
            .status() == 200);
  CHECK(front.sign_in(front.her, key).status() == 200);  // by itself it is two
  // It cannot be taken away while it is what is asked for.
  CHECK(front.remove("/auth/passkeys/" + front.only_id(front.owner), front.owner).code() == "second_factor_needs_it");
  CHECK(front.send(front.her, "/auth/second-factor/remove", "{" + answered_by("second_factor") + "}", front.owner)
            .status() == 204);
  CHECK(front.log_in("owner@example.com").status() == 200);
  CHECK(front.remove("/auth/passkeys/" + front.only_id(front.owner), front.owner).status() == 204);
}

TEST_CASE("whoever is deactivated gets in by no passkey") {
  passkey_fixture front;
  const auto code = front.post("/org/invites", R"({"role":"member"})", front.owner).text("/code");
  const auto joined =
      front.post("/org/invites/accept",
                 R"({"code":")" + code + R"(","email":"m@example.com","password":"correct horse battery"})");
  authenticator key;
  browser his;
  REQUIRE(front.make(his, key, joined.text("/access_token")).status() == 201);
  const auto handle = front.handle_of(joined);
  CHECK(front.send(his, "/auth/passkeys/sign-in", front.response(key, front.challenge(his), handle)).status() == 200);
  REQUIRE(front.remove("/org/members/" + joined.text("/member/id"), front.owner).status() == 204);
  CHECK(front.send(his, "/auth/passkeys/sign-in", front.response(key, front.challenge(his), handle)).code() ==
        "unknown_passkey");
}

TEST_CASE("passkeys are asked for with the limits of signing in") {
  auto limits = tests::wide_limits();
  limits.login_by_address.quota = 3;
  struct limited : people_fixture {
    explicit limited(http::sign_in_limits::options with) : people_fixture(std::move(with)) {}
  } front{limits};
  int refused = 0;
  for (int i = 0; i < 6; ++i)
    refused += front.post("/auth/passkeys/challenge", R"({"purpose":"sign_in"})").status() == 429;
  CHECK(refused == 3);
}

TEST_CASE("making and removing a passkey, and a refusal of one, are in the audit without its key") {
  passkey_fixture front;
  authenticator key;
  REQUIRE(front.make(front.her, key, front.owner, "My phone").status() == 201);
  REQUIRE(front.sign_in(front.her, key).status() == 200);
  key.uses = 0;
  REQUIRE(front.sign_in(front.her, key).code() == "passkey_went_back");
  const auto entries = boost::json::serialize(front.get("/audit?limit=50", front.owner).body);
  CHECK(entries.find("My phone") != std::string::npos);
  CHECK(entries.find("/auth/passkeys/sign-in") != std::string::npos);
  CHECK(entries.find("passkey_went_back") != std::string::npos);
  CHECK(entries.find(to_base64url(key.credential_id)) == std::string::npos);
}
