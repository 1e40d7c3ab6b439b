// Signing in with identity providers, through the front door. The provider's answers are made up here
// (tests/sandbox/signing_in has real ones).
#include <catch2/catch.hpp>

#include "actors/people/identity_providers.hpp"
#include "http/routes/people/operator_acts.hpp"
#include "tests/http/routes/people/browser.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using actors::identity_trouble;
using http::server::verb;
using tests::answered;
using tests::browser;
using tests::people_fixture;

namespace {

/// Says of everybody what the test has told it to.
class told_providers final : public actors::identity_providers {
 public:
  actors::identity_found next;
  identity_trouble looks = identity_trouble::none;
  bool linkedin = true;
  std::string last_secret;

  bool has_linkedin() const override { return linkedin; }
  void look(actors::identity_provider, std::function<void(actors::identity_started)> done) override {
    done({looks, "The document is wrong."});
  }
  void start(actors::identity_provider, actors::identity_request with,
             std::function<void(actors::identity_started)> done) override {
    done({identity_trouble::none, {}, "https://id.test/authorize?state=" + with.state});
  }
  void identify(actors::identity_provider at, actors::identity_request with, std::string code,
                std::function<void(actors::identity_found)> done) override {
    last_secret = at.client_secret.reveal();
    auto made = next;
    if (code != "good" || with.verifier.size() < 43) made.trouble = identity_trouble::refused;
    done(std::move(made));
  }
};

actors::identity_found person(const std::string& subject, const std::string& email,
                              const std::string& issuer = "https://linkedin.test") {
  actors::identity_found made;
  made.issuer = issuer;
  made.subject = subject;
  made.email = email;
  made.name = "Jane Doe";
  return made;
}

struct sso_fixture : people_fixture {
  told_providers providers;
  answered signed_up = sign_up("owner@example.com");
  std::string owner = signed_up.text("/access_token");

  sso_fixture() { services.identities = &providers; }

  answered ask(browser& from, http::server::request asked) {
    auto got = answer(from.with(std::move(asked)));
    from.take(got);
    return got;
  }
  std::string begin(browser& from, const std::string& path = "/auth/linkedin", verb how = verb::get,
                    const std::string& token = {}) {
    const auto begun = ask(from, with_token(request(how, path), token));
    REQUIRE(begun.status() == 200);
    const auto url = begun.text("/authorization_url");
    return url.substr(url.find("state=") + 6);
  }
  /// Where the browser is sent after the provider.
  std::string come_back(browser& from, const std::string& state,
                        const std::string& callback = "/auth/linkedin/callback", const std::string& code = "good") {
    const auto back = ask(from, request(verb::get, callback + "?state=" + state + "&code=" + code));
    CHECK(back.status() == 303);
    for (const auto& each : back.raw.headers) {
      if (each.name == "location") return each.value;
    }
    return {};
  }
  answered exchange(browser& from, const std::string& where, const std::string& more = {}) {
    const auto at = where.find("#code=");
    REQUIRE(at != where.npos);
    return ask(from, request(verb::post, "/auth/exchange", R"({"code":")" + where.substr(at + 6) + "\"" + more + "}"));
  }
  /// The whole way; where the browser ends.
  std::string sign_in(browser& from, const actors::identity_found& who, const std::string& path = "/auth/linkedin",
                      const std::string& callback = "/auth/linkedin/callback") {
    providers.next = who;
    return come_back(from, begin(from, path), callback);
  }
  std::string invite_code(const std::string& body) { return post("/org/invites", body, owner).text("/code"); }
  answered set_up_company() {
    return put(
        "/org/identity-provider",
        R"({"sign_in_name":"acme","issuer":"https://id.acme.test","client_id":"pulse","client_secret":"s3cret"})",
        owner);
  }
};

}  // namespace

TEST_CASE("somebody whose address is verified on both sides is let in, linked, and known by the subject from then on") {
  sso_fixture front;  // asvs: 6.8.1 10.5.2
  browser her;
  const auto where = front.sign_in(her, person("jane", "owner@example.com"));
  const auto in = front.exchange(her, where);
  REQUIRE(in.status() == 200);
  CHECK(in.text("/member/email") == "owner@example.com");
  CHECK(front.get("/auth/me", in.text("/access_token")).status() == 200);
  // Her address at the provider changes; she is the same.
  const auto again = front.exchange(her, front.sign_in(her, person("jane", "other@example.com")));
  CHECK(again.text("/member/email") == "owner@example.com");
}

TEST_CASE("nobody is let in by an address that is not verified, by nobody's, or by a stranger's word") {  // asvs: 6.8.1
  sso_fixture front;
  browser her;
  CHECK(front.sign_in(her, person("jane", "")).ends_with("/sign-in?problem=email_not_verified"));
  CHECK(front.sign_in(her, person("jane", "nobody@example.com")).ends_with("problem=no_account"));
  front.providers.next = person("jane", "owner@example.com");
  CHECK(front.come_back(her, front.begin(her), "/auth/linkedin/callback", "bad").ends_with("problem=refused"));
  front.providers.next.trouble = identity_trouble::forged;
  CHECK(front.come_back(her, front.begin(her)).ends_with("problem=refused"));
}

TEST_CASE("the way back is for the browser that left, once, and for ten minutes") {  // asvs: 7.6.2 10.1.2 10.2.1
  sso_fixture front;
  browser her;
  browser thief;
  front.providers.next = person("jane", "owner@example.com");
  const auto state = front.begin(her);
  CHECK(front.come_back(thief, state).ends_with("problem=invalid_state"));
  CHECK(front.come_back(her, "another").ends_with("problem=invalid_state"));
  CHECK(front.come_back(her, state).ends_with("problem=invalid_state"));  // it has forgotten: begin anew
  auto late = front.begin(her);
  front.clock.advance(std::chrono::minutes{10});
  CHECK(front.come_back(her, late).ends_with("problem=invalid_state"));
  late = front.begin(her);
  CHECK(front.come_back(her, late, "/auth/sso/callback").ends_with("problem=invalid_state"));
}

TEST_CASE("a code is exchanged once, in its browser, within a minute") {  // asvs: 10.4.2 10.4.3 14.2.1
  sso_fixture front;
  browser her;
  browser thief;
  const auto where = front.sign_in(her, person("jane", "owner@example.com"));
  CHECK(where.find("access_token") == where.npos);
  CHECK(front.exchange(thief, where).code() == "wrong_sign_in_code");
  const auto copy = her;
  CHECK(front.exchange(her, where).status() == 200);
  auto again = copy;
  CHECK(front.exchange(again, where).code() == "wrong_sign_in_code");
  const auto late = front.sign_in(her, person("jane", "owner@example.com"));
  front.clock.advance(std::chrono::seconds{60});
  CHECK(front.exchange(her, late).code() == "wrong_sign_in_code");
}

TEST_CASE("whoever is deactivated gets in by no provider") {  // asvs: 7.6.1
  sso_fixture front;
  const auto code = front.invite_code(R"({"role":"member"})");
  browser his;
  const auto in =
      front.exchange(his, front.sign_in(his, person("john", "john@example.com"), "/auth/linkedin?invite_code=" + code));
  REQUIRE(in.status() == 200);
  const auto waiting = front.sign_in(his, person("john", "john@example.com"));
  REQUIRE(front.remove("/org/members/" + in.text("/member/id"), front.owner).status() == 204);
  CHECK(front.exchange(his, waiting).status() == 401);
  CHECK(front.sign_in(his, person("john", "john@example.com")).ends_with("problem=no_account"));
}

TEST_CASE("an invitation takes somebody in by the provider's word, with its role, and is used up") {
  sso_fixture front;
  browser his;
  const auto code = front.invite_code(R"({"role":"analyst"})");
  const auto in =
      front.exchange(his, front.sign_in(his, person("john", "john@example.com"), "/auth/linkedin?invite_code=" + code));
  REQUIRE(in.status() == 200);
  CHECK(in.text("/member/role") == "analyst");
  CHECK(front.log_in("john@example.com", "").status() == 422);
  CHECK(front.log_in("john@example.com", "any password at all").status() == 401);
  browser hers;
  CHECK(front.sign_in(hers, person("ann", "ann@example.com"), "/auth/linkedin?invite_code=" + code)
            .ends_with("problem=no_account"));
  const auto bound = front.invite_code(R"({"email":"ann@example.com"})");
  CHECK(front.sign_in(hers, person("eve", "eve@example.com"), "/auth/linkedin?invite_code=" + bound)
            .ends_with("problem=other_address"));
  CHECK(front.sign_in(hers, person("ann", ""), "/auth/linkedin?invite_code=" + bound)
            .ends_with("problem=email_not_verified"));
  CHECK(front.sign_in(hers, person("ann", "ann@example.com"), "/auth/linkedin?invite_code=nothing")
            .ends_with("problem=invite_over"));
}

TEST_CASE("identities are linked and unlinked by their member, and one person is one member here") {
  sso_fixture front;
  browser her;
  front.providers.next = person("jane", "");
  const auto state = front.begin(her, "/auth/identities/linkedin", verb::post, front.owner);
  CHECK(front.come_back(her, state).ends_with("/app/account/security?link=done"));
  const auto own = front.get("/auth/identities", front.owner);
  REQUIRE(own.body.at("items").as_array().size() == 1);
  CHECK(own.body.at("has_password").as_bool());
  const auto code = front.invite_code(R"({"role":"member"})");
  browser his;
  const auto john =
      front.exchange(his, front.sign_in(his, person("john", "john@example.com"), "/auth/linkedin?invite_code=" + code));
  const auto token = john.text("/access_token");
  front.providers.next = person("jane", "");
  CHECK(front.come_back(his, front.begin(his, "/auth/identities/linkedin", verb::post, token))
            .ends_with("link=linked_elsewhere"));
  front.providers.next = person("jim", "");
  CHECK(front.come_back(his, front.begin(his, "/auth/identities/linkedin", verb::post, token))
            .ends_with("link=has_other"));
  const auto id = front.get("/auth/identities", token).text("/items/0/id");
  CHECK(front.remove("/auth/identities/" + id, token).code() == "last_way_in");
  CHECK(front.get("/auth/identities", token).body.at("items").as_array().size() == 1);
  CHECK(front.remove("/auth/identities/" + id, front.owner).status() == 404);
  CHECK(front.remove("/auth/identities/" + own.text("/items/0/id"), front.owner).status() == 204);
  CHECK(front.sign_in(her, person("jane", "")).ends_with("problem=email_not_verified"));
}

TEST_CASE(
    "a company's provider is its owner's to set up, its secret is shown to nobody, and it lets in its own people "
    "only") {
  sso_fixture front;
  front.providers.looks = identity_trouble::unavailable;
  const auto unfit = front.set_up_company();
  CHECK(unfit.status() == 422);
  CHECK(unfit.text("/detail").find("/issuer cannot be used: the document is wrong. ") != std::string::npos);
  front.providers.looks = identity_trouble::none;
  CHECK(front.set_up_company().status() == 200);
  const auto shown = front.get("/org/identity-provider", front.owner);
  CHECK(shown.text("/redirect_uri") == "http://pulse.test/auth/sso/callback");
  CHECK(boost::json::serialize(shown.body).find("s3cret") == std::string::npos);
  browser her;
  const std::string start = "/auth/sso/acme/start";
  const std::string callback = "/auth/sso/callback";
  const auto in = front.exchange(
      her, front.sign_in(her, person("1", "owner@example.com", "https://id.acme.test"), start, callback));
  CHECK(in.status() == 200);
  CHECK(front.providers.last_secret == "s3cret");
  front.sign_up("stranger@example.com", "Other");
  CHECK(front.sign_in(her, person("2", "stranger@example.com", "https://id.acme.test"), start, callback)
            .ends_with("problem=no_account"));
  browser nobody;
  const auto unknown = front.ask(nobody, front.request(verb::get, "/auth/sso/other/start"));
  CHECK(unknown.status() == 404);
  CHECK(unknown.text("/detail").find("sign-in name") != std::string::npos);  // a person has typed it
  const auto admin =
      front
          .post("/org/invites/accept", R"({"code":")" + front.invite_code(R"({"role":"admin"})") +
                                           R"(","email":"admin@example.com","password":"correct horse battery"})")
          .text("/access_token");
  CHECK(front.get("/org/identity-provider", admin).code() == "owners_only");
  // A new issuer never gets the old one's secret.
  CHECK(front
            .put("/org/identity-provider",
                 R"({"sign_in_name":"acme","issuer":"https://evil.test","client_id":"pulse"})", front.owner)
            .status() == 422);
  CHECK(front
            .put("/org/identity-provider", R"({"sign_in_name":"acme","issuer":"http://id.acme.test","client_id":"p"})",
                 front.owner)
            .status() == 422);
  CHECK(front.remove("/org/identity-provider", front.owner).status() == 204);
  CHECK(front.ask(nobody, front.request(verb::get, start)).status() == 404);
}

TEST_CASE("an administrator of the platform is nobody by a company's word") {
  sso_fixture front;
  REQUIRE(front.set_up_company().status() == 200);
  persistence::database login({.url = front.database_url, .connections = 1, .as = persistence::role::login});
  const auto promoted = http::routes::promote_by_operator(login, "owner@example.com", front.clock.now());
  REQUIRE(promoted.has_value());
  REQUIRE(*promoted == 1);
  login.stop();
  browser her;
  CHECK(front
            .sign_in(her, person("1", "owner@example.com", "https://id.acme.test"), "/auth/sso/acme/start",
                     "/auth/sso/callback")
            .ends_with("problem=no_account"));
}

TEST_CASE("a table invites people, tells wrong rows by their number, and then invites nobody unless it is asked to") {
  sso_fixture front;
  front.post("/org/teams", R"({"name":"Red"})", front.owner);
  const auto send = [&](const std::string& rows, const std::string& more = {}, const std::string& token = {}) {
    return front.post("/org/invites/import", R"({"content":")" + rows + "\"" + more + "}",
                      token.empty() ? front.owner : token);
  };
  const std::string table =
      R"(role,email,team\nanalyst,a@example.com,red\nmember,not an address,\nking,b@example.com,\nmember,a@example.com,\n)"
      R"(member,owner@example.com,\nmember,c@example.com,Blue\n,d@example.com,)";
  const auto refused = send(table);
  REQUIRE(refused.status() == 200);
  CHECK_FALSE(refused.body.at("is_stored").as_bool());
  std::vector<std::int64_t> wrong;
  for (const auto& each : refused.body.at("errors").as_array()) wrong.push_back(each.at("row").as_int64());
  CHECK(wrong == std::vector<std::int64_t>{3, 4, 5, 7});
  CHECK(front.get("/org/invites", front.owner).body.at("items").as_array().empty());
  CHECK(front.take_mails().empty());
  const auto done = send(table, R"(,"on_bad_rows":"leave_out")");
  CHECK(done.body.at("is_stored").as_bool());
  CHECK(done.body.at("invites").as_array().size() == 2);
  CHECK(done.text("/invites/0/team_name") == "red");
  CHECK(front.get("/org/invites", front.owner).body.at("items").as_array().size() == 2);
  CHECK(front.take_mails().size() == 2);
  std::string many = "email";
  for (int i = 0; i < 501; ++i) many += R"(\nmany)" + std::to_string(i) + "@example.com";
  CHECK(send(many).code() == "too_many_rows");
  CHECK(send(R"(\"a)").code() == "unreadable_table");
  const auto member =
      front
          .post("/org/invites/accept", R"({"code":")" + front.invite_code("{}") +
                                           R"(","email":"m@example.com","password":"correct horse battery"})")
          .text("/access_token");
  CHECK(send("x@example.com", {}, member).status() == 403);
}

TEST_CASE("a table of people that is sent again invites nobody twice") {
  sso_fixture front;
  front.post("/org/teams", R"({"name":"Red"})", front.owner);
  const auto send = [&](const std::string& rows, const std::string& more = {}) {
    const auto answer = front.post("/org/invites/import", R"({"content":")" + rows + "\"" + more + "}", front.owner);
    REQUIRE(answer.status() == 200);
    return answer;
  };
  const std::string table =
      R"(email,role,team\na@example.com,analyst,red\nb@example.com,member,\nowner@example.com,admin,)";
  const auto first = send(table);
  CHECK(first.body.at("is_stored").as_bool());
  CHECK(first.body.at("invites").as_array().size() == 2);
  CHECK(first.body.at("errors").as_array().empty());
  CHECK(first.body.at("skipped").as_array().size() == 1);
  CHECK(first.text("/skipped/0/email") == "owner@example.com");
  CHECK(first.text("/skipped/0/because") == "already_member");
  CHECK(first.body.at_pointer("/skipped/0/row").as_int64() == 4);
  CHECK(front.take_mails().size() == 2);

  CHECK(send(table, R"(,"preview":true)").body.at("invites").as_array().empty());
  const auto again = send(table);
  CHECK(again.body.at("is_stored").as_bool());
  CHECK(again.body.at("invites").as_array().empty());
  REQUIRE(again.body.at("skipped").as_array().size() == 3);
  CHECK(again.text("/skipped/0/because") == "already_invited");
  CHECK(again.text("/skipped/1/email") == "b@example.com");
  CHECK(front.take_mails().empty());
  CHECK(front.get("/org/invites", front.owner).body.at("items").as_array().size() == 2);

  // Another role or team is another invitation; one that was revoked or is over is none.
  CHECK(send("b@example.com,analyst").body.at("invites").as_array().size() == 1);
  CHECK(send("b@example.com,analyst,red").body.at("invites").as_array().size() == 1);
  const auto open = front.get("/org/invites?limit=50", front.owner).body.at("items").as_array();
  for (const auto& each : open) front.remove("/org/invites/" + std::string{each.at("id").as_string()}, front.owner);
  CHECK(send("a@example.com,analyst,red").body.at("invites").as_array().size() == 1);
  front.clock.advance(std::chrono::hours{24 * 8});
  const auto owner = front.log_in("owner@example.com").text("/access_token");
  const auto late = front.post("/org/invites/import", R"({"content":"a@example.com,analyst,red"})", owner);
  CHECK(late.body.at("invites").as_array().size() == 1);
}
