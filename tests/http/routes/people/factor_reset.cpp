// An owner or admin resets the second factor of a member who has lost it.
#include <catch2/catch.hpp>

#include "http/auth/one_time_codes.hpp"
#include "http/routes/people/operator_acts.hpp"
#include "tests/http/routes/people/base32.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using tests::answered;
using tests::people_fixture;

namespace {

struct reset_fixture : people_fixture {
  answered owner = sign_up("owner@example.com");
  std::string token = owner.text("/access_token");

  answered join(const std::string& name, const std::string& role) {
    const auto code = post("/org/invites", R"({"role":")" + role + "\"}", token).text("/code");
    return post("/org/invites/accept", R"({"code":")" + code + R"(","email":")" + name +
                                           R"(@example.com","password":")" + std::string{password} + "\"}");
  }
  std::string code_of(const std::string& secret) const {
    return http::one_time_code(secret, http::one_time_step(clock.now()));
  }
  /// What is answered to the app's first code.
  answered set_up(const std::string& by) {
    const auto secret = tests::from_base32(post("/auth/second-factor", "", by).text("/secret"));
    return post("/auth/second-factor/confirm", R"({"code":")" + code_of(secret) + "\"}", by);
  }
  answered reset(const answered& whom, const std::string& by) {
    return remove("/org/members/" + id_of(whom) + "/second-factor", by);
  }
  /// As if the member had made one on a device.
  void make_passkey(const answered& of) {
    constexpr persistence::statement insert{"test_make_passkey", R"sql(
      INSERT INTO passkeys (tenant_id, id, member_id, credential_id, public_key, name, model, uses, is_synced, created_at)
      SELECT tenant_id, gen_random_uuid(), id, decode(md5(email), 'hex'), '\x00', 'Phone', id, 0, false, created_at
      FROM members WHERE id = $1::uuid)sql"};
    as_login([&](persistence::database& login) {
      return login.transact_now(std::nullopt,
                                [&](persistence::transaction& tx) { return tx.execute(insert, id_of(of)).affected(); });
    });
  }
  /// What `job` gives, with the database as the login role.
  template <class Job>
  std::size_t as_login(Job job) {
    persistence::database login{{.url = database_url, .connections = 1, .as = persistence::role::login}};
    const persistence::result<std::size_t> done = job(login);
    login.stop();
    REQUIRE(done.has_value());
    return *done;
  }
  std::size_t reset_by_operator(const std::string& email) {
    return as_login([&](persistence::database& login) {
      return http::routes::reset_factors_by_operator(login, email, {services.addresses, secrets, clock.now()});
    });
  }
  boost::json::array told_of(const std::string& action, const std::string& by) {
    return get("/audit?action=" + action, by).body.at("items").as_array();
  }
  std::size_t passkeys_of(const std::string& by) {
    return get("/auth/passkeys", by).body.at("items").as_array().size();
  }

  static std::string id_of(const answered& member) { return member.text("/member/id"); }
  static std::string token_of(const answered& member) { return member.text("/access_token"); }
};

}  // namespace

TEST_CASE("a member who has lost app and recovery codes gets in with the password after an owner's reset") {
  reset_fixture front;  // asvs: 6.4.4 7.4.5
  const auto ann = front.join("ann", "member");
  const auto recovery = front.set_up(ann.text("/access_token")).text("/recovery_codes/0");
  front.make_passkey(ann);
  CHECK(front.passkeys_of(ann.text("/access_token")) == 1);
  CHECK(front.log_in("ann@example.com").code() == "second_factor_required");
  front.take_mails();

  REQUIRE(front.reset(ann, front.token).status() == 204);
  CHECK(front.get("/auth/me", ann.text("/access_token")).code() == "session_ended");
  CHECK(front.refresh(ann.text("/refresh_token")).status() == 401);
  const auto mails = front.take_mails();
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].first == "ann@example.com");
  CHECK(mails[0].second.find("owner has reset your second factor at Acme.") != std::string::npos);
  CHECK(mails[0].second.find("tell an owner of your company") != std::string::npos);
  CHECK(mails[0].second.find("token=") == std::string::npos);

  const auto again = front.log_in("ann@example.com");
  REQUIRE(again.status() == 200);
  const auto state = front.get("/auth/second-factor", again.text("/access_token"));
  CHECK(state.body.at("is_on") == false);
  CHECK(state.body.at("recovery_codes_left") == 0);
  CHECK(front.passkeys_of(again.text("/access_token")) == 0);
  CHECK(front.get("/auth/me", front.token).status() == 200);  // the owner's own session goes on
  CHECK(front.reset(ann, front.token).code() == "no_second_factor");

  // The next one is theirs alone: codes of the one before are worth nothing.
  front.clock.advance(std::chrono::seconds{60});
  REQUIRE(front.set_up(again.text("/access_token")).status() == 200);
  CHECK(front
            .post("/auth/login", R"({"email":"ann@example.com","password":")" + std::string{front.password} +
                                     R"(","code":")" + recovery + "\"}")
            .code() == "wrong_code");
}

TEST_CASE("a reset stands in the audit with who did it, and a refused one too") {  // asvs: 16.2.1 16.3.2
  reset_fixture front;
  const auto ann = front.join("ann", "member");
  const auto admin = front.join("admin", "admin");
  front.set_up(ann.text("/access_token"));
  REQUIRE(front.reset(ann, admin.text("/access_token")).status() == 204);
  CHECK(front.reset(front.owner, admin.text("/access_token")).status() == 403);
  const auto told = front.get("/audit?action=DELETE%20%2Forg%2Fmembers%2F%7Bid%7D%2Fsecond-factor", front.token);
  const auto& entries = told.body.at("items").as_array();
  REQUIRE(entries.size() == 2);
  // Both are of one millisecond, in either order.
  const auto& done = entries[entries[0].at("outcome") == "done" ? 0 : 1];
  const auto& refused = entries[entries[0].at("outcome") == "done" ? 1 : 0];
  CHECK(refused.at("outcome") == "refused");
  CHECK(done.at_pointer("/actor/id").as_string() == std::string_view{front.id_of(admin)});
  CHECK(done.at("subject_id").as_string() == std::string_view{front.id_of(ann)});
  const auto text = boost::json::serialize(done);
  CHECK(text.find("second_factors") != std::string::npos);
  CHECK(text.find("sessions") != std::string::npos);
}

TEST_CASE("nobody resets their own second factor, or that of somebody above them or beside them") {
  reset_fixture front;  // asvs: 8.2.1 8.2.2
  const auto admin = front.join("admin", "admin");
  const auto peer = front.join("peer", "admin");
  const auto leader = front.join("leader", "team_leader");
  const auto ann = front.join("ann", "member");
  for (const auto& token : {front.token, admin.text("/access_token"), peer.text("/access_token"),
                            leader.text("/access_token"), ann.text("/access_token")})
    REQUIRE(front.set_up(token).status() == 200);
  const auto by_admin = admin.text("/access_token");
  CHECK(front.reset(front.owner, front.token).code() == "own_factor");
  CHECK(front.reset(admin, by_admin).code() == "own_factor");
  CHECK(front.reset(front.owner, by_admin).code() == "above_self");
  CHECK(front.reset(peer, by_admin).code() == "not_below");
  CHECK(front.reset(ann, leader.text("/access_token")).code() == "not_permitted");
  CHECK(front.reset(leader, ann.text("/access_token")).code() == "not_permitted");
  const auto stranger = front.sign_up("stranger@example.com", "Other");
  const auto foreign = front.reset(ann, stranger.text("/access_token"));
  CHECK(foreign.status() == 404);
  for (const auto* email : {"owner@example.com", "admin@example.com", "peer@example.com", "ann@example.com"})
    CHECK(front.log_in(email).code() == "second_factor_required");
  CHECK(front.reset(leader, by_admin).status() == 204);
  CHECK(front.reset(peer, front.token).status() == 204);
}

TEST_CASE("a reset needs a sign-in or a confirmation within ten minutes") {  // asvs: 7.5.1
  reset_fixture front;
  const auto ann = front.join("ann", "member");
  front.set_up(ann.text("/access_token"));
  front.clock.advance(std::chrono::minutes{11});
  CHECK(front.reset(ann, front.token).code() == "confirmation_required");
  CHECK(front.log_in("ann@example.com").code() == "second_factor_required");
  const auto by_password = R"({"password":")" + std::string{front.password} + "\"}";
  REQUIRE(front.post("/auth/confirm", by_password, front.token).status() == 200);
  CHECK(front.reset(ann, front.token).status() == 204);
  // No token for scripts has the right.
  const auto script =
      front.post("/auth/tokens", R"({"name":"Script","scopes":["read_account"],"expires_in_days":30})", front.token);
  CHECK(front.reset(ann, script.text("/token")).status() == 403);
}

TEST_CASE("nobody of a company resets the factor of the platform's administrator, or of somebody deactivated") {
  reset_fixture front;
  const auto root = front.join("root", "member");
  const auto gone = front.join("gone", "member");
  front.set_up(root.text("/access_token"));
  front.set_up(gone.text("/access_token"));
  REQUIRE(front.remove("/org/members/" + front.id_of(gone), front.token).status() == 204);
  CHECK(front.as_login([&](persistence::database& login) {
    return http::routes::promote_by_operator(login, "root@example.com", front.clock.now());
  }) == 1);
  front.take_mails();
  CHECK(front.reset(root, front.token).code() == "platform_admin");
  CHECK(front.reset(gone, front.token).code() == "inactive_member");
  CHECK(front.log_in("root@example.com").code() == "second_factor_required");
  CHECK(front.take_mails().empty());
}

TEST_CASE("where the company asks for a second factor, the mailed code leads from a reset to a new one") {
  reset_fixture front;  // asvs: 6.4.4
  const auto ann = front.join("ann", "member");
  front.set_up(ann.text("/access_token"));
  front.set_up(front.token);
  REQUIRE(front.put("/org/sign-in-rules", R"({"requires_second_factor":true})", front.token).status() == 200);
  front.services.is_mail_sent = true;
  front.take_mails();
  REQUIRE(front.reset(ann, front.token).status() == 204);
  const auto told = front.take_mails();
  REQUIRE(told.size() == 1);
  CHECK(told[0].second.find("led to set up a second factor") != std::string::npos);

  front.clock.advance(std::chrono::seconds{60});
  const auto token = front.log_in("ann@example.com").text("/access_token");
  CHECK(front.get("/projects", token).code() == "second_factor_missing");
  CHECK(front.post("/auth/second-factor", "", token).code() == "mailed_code_required");
  REQUIRE(front.post("/auth/confirm/mail", "", token).status() == 204);
  const auto mails = front.take_mails();
  REQUIRE(mails.size() == 1);
  const auto& text = mails[0].second;
  CHECK(text.find("is about to set up a second factor.") != std::string::npos);
  const auto code = text.substr(text.find("ten minutes:\n\n") + 14, 9);
  REQUIRE(front.post("/auth/confirm", R"({"mailed_code":")" + code + "\"}", token).status() == 200);
  REQUIRE(front.set_up(token).status() == 200);
  CHECK(front.get("/projects", token).status() == 200);
}

TEST_CASE("guesses at the codes that are gone do not make the next app's first code wait") {
  reset_fixture front;
  const auto ann = front.join("ann", "member");
  front.set_up(ann.text("/access_token"));
  const auto guess = [&] {
    return front.post("/auth/login", R"({"email":"ann@example.com","password":")" + std::string{front.password} +
                                         R"(","code":"000000"})");
  };
  for (int i = 0; i < 20 && guess().status() != 429; ++i) continue;
  REQUIRE(guess().status() == 429);
  REQUIRE(front.reset(ann, front.token).status() == 204);
  const auto token = front.log_in("ann@example.com").text("/access_token");
  CHECK(front.set_up(token).status() == 200);
}

TEST_CASE("whoever operates the installation resets the second factor of a company's only owner") {
  reset_fixture front;  // asvs: 6.4.4
  const auto ann = front.join("ann", "member");
  front.set_up(ann.text("/access_token"));
  front.set_up(front.token);
  front.make_passkey(front.owner);
  CHECK(front.reset_by_operator("nobody@example.com") == 0);
  CHECK(front.reset_by_operator("owner@example.com") == 1);
  CHECK(front.get("/auth/me", front.token).code() == "session_ended");
  const auto again = front.log_in("owner@example.com");
  REQUIRE(again.status() == 200);
  CHECK(front.passkeys_of(again.text("/access_token")) == 0);
  CHECK(front.reset_by_operator("owner@example.com") == 0);
  CHECK(front.get("/auth/me", again.text("/access_token")).status() == 200);
  CHECK(front.log_in("ann@example.com").code() == "second_factor_required");
}

TEST_CASE("a reset by whoever operates the installation is mailed to the member, and stands in their company's audit") {
  reset_fixture front;  // asvs: 16.2.1
  const auto stranger = front.sign_up("stranger@example.com", "Other");
  front.set_up(front.token);
  front.take_mails();
  REQUIRE(front.reset_by_operator("owner@example.com") == 1);

  const auto mails = front.take_mails();
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].first == "owner@example.com");
  CHECK(mails[0].second.find("Whoever operates this installation of Pulse has reset your second factor at Acme.") == 0);
  CHECK(mails[0].second.find("tell them,") != std::string::npos);

  const auto token = front.log_in("owner@example.com").text("/access_token");
  constexpr const char* action = "pulse%20admin%20reset-second-factor";
  const auto entries = front.told_of(action, token);
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].at_pointer("/actor/kind") == "platform_admin");
  CHECK(entries[0].at("outcome") == "done");
  CHECK(entries[0].at("subject_id").as_string() == std::string_view{front.id_of(front.owner)});
  CHECK_FALSE(entries[0].at("sentence").as_string().empty());
  const auto text = boost::json::serialize(entries[0]);
  CHECK(text.find("second_factors") != std::string::npos);
  CHECK(text.find("sessions") != std::string::npos);
  CHECK(front.told_of(action, stranger.text("/access_token")).empty());
  CHECK(front.reset_by_operator("owner@example.com") == 0);
  CHECK(front.told_of(action, token).size() == 1);
}

TEST_CASE("who becomes an administrator of the installation stands in the audit of their company") {
  reset_fixture front;  // asvs: 16.2.1
  const auto promote = [&](const std::string& email) {
    return front.as_login([&](persistence::database& login) {
      return http::routes::promote_by_operator(login, email, front.clock.now());
    });
  };
  CHECK(promote("nobody@example.com") == 0);
  REQUIRE(promote("owner@example.com") == 1);
  const auto entries = front.told_of("pulse%20admin%20promote", front.token);
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].at_pointer("/actor/kind") == "platform_admin");
  CHECK(entries[0].at_pointer("/details/changes/0/what") == "members");
  CHECK(entries[0].at_pointer("/details/changes/0/before/is_platform_admin") == false);
  CHECK(entries[0].at_pointer("/details/changes/0/after/is_platform_admin") == true);
}
