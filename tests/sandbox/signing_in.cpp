// Signing in with the stand-ins for LinkedIn and a company's identity provider: pages, codes, tokens, key rotation.
#include <catch2/catch.hpp>

#include "connectors/egress/url_encoding.hpp"
#include "connectors/oidc/id_token.hpp"
#include "connectors/oidc/provider.hpp"
#include "tests/sandbox/running_sandbox.hpp"

using namespace pulse;
using namespace pulse::tests;
namespace oidc = connectors::oidc;
using namespace std::chrono_literals;
using kind = oidc::failure::kind;

namespace {

constexpr base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};
const std::string verifier(64, 'v');

struct fixture {
  temporary_folder folder;
  base::manual_clock clock{some_time};
  running_sandbox box{clock, folder.file("journal.jsonl")};
  connectors::egress out{{}, clock};
  oidc::client client{out, clock};
  oidc::provider company{.issuer = box.url("/oidc"),
                         .client_id = "sandbox-company-app",
                         .client_secret = base::secret{"sandbox-company-secret"},
                         .redirect_uri = "http://pulse.test/back",
                         .scope = "openid profile email",
                         .address = connectors::trust::platform};
  oidc::provider linkedin{.issuer = box.url("/linkedin/oauth"),
                          .client_id = "sandbox-linkedin-app",
                          .client_secret = base::secret{"sandbox-linkedin-secret"},
                          .redirect_uri = "http://pulse.test/back",
                          .scope = "openid profile email w_member_social",
                          .address = connectors::trust::platform,
                          .is_nonce_told = false,
                          .takes_proof_key = false,
                          .is_secret_in_body = true};

  ~fixture() { out.stop(); }

  std::string start(const oidc::provider& at, const std::string& nonce = "nonce-1") {
    awaited<oidc::answer<std::string>> got;
    client.start(at, "state-1", nonce, verifier, got.callback());
    const auto url = got.get();
    REQUIRE(url.has_value());
    return *url;
  }
  /// The code of the person whose button is pressed.
  std::string code(const oidc::provider& at, const std::string& user, const std::string& nonce = "nonce-1") {
    connectors::egress_request request;
    request.url = start(at, nonce) + "&decision=allow&user=" + user;
    request.address = connectors::trust::platform;
    const auto sent = tests::call(out, request);
    const std::string back{sent.find("location").value_or("")};
    CAPTURE(back);
    REQUIRE(back.starts_with("http://pulse.test/back?code="));
    const auto begin = back.find("code=") + 5;
    return back.substr(begin, back.find('&') - begin);
  }
  oidc::answer<oidc::identity> identify(const oidc::provider& at, const std::string& with_code,
                                        const std::string& nonce = "nonce-1", const std::string& proof = verifier) {
    awaited<oidc::answer<oidc::identity>> got;
    client.identify(at, with_code, proof, nonce, got.callback());
    return got.get();
  }
  kind refused(const oidc::provider& at, const std::string& with_code, const std::string& nonce = "nonce-1",
               const std::string& proof = verifier) {
    const auto got = identify(at, with_code, nonce, proof);
    REQUIRE(got.has_error());
    return got.error().why;
  }
  void control(const std::string& command) { REQUIRE(box.call("POST", "/_sandbox/limits", command).status < 300); }
};

}  // namespace

TEST_CASE("a company's provider and LinkedIn say who somebody is, and a code is good once") {
  fixture with;
  const auto code = with.code(with.company, "1");
  const auto who = with.identify(with.company, code);
  REQUIRE(who.has_value());
  CHECK(who->subject == "1");
  CHECK(who->email == "owner@controlcenter.local");
  CHECK(who->is_email_verified);
  CHECK(with.refused(with.company, code) == kind::refused);
  const auto unverified = with.identify(with.company, with.code(with.company, "3"));
  REQUIRE(unverified.has_value());
  CHECK_FALSE(unverified->is_email_verified);
  const auto member = with.identify(with.linkedin, with.code(with.linkedin, "782bbtaQ"));
  REQUIRE(member.has_value());
  CHECK(member->subject == "782bbtaQ");
  CHECK(member->is_email_verified);
  CHECK_FALSE(member->tokens.access_token.empty());
}

TEST_CASE("the demo company's owner signs in by LinkedIn as `make run` registers them") {
  fixture with;
  with.box.add_account("demo-linkedin-token", "demo1001", "pulse_demo", "linkedin");
  const auto member = with.identify(with.linkedin, with.code(with.linkedin, "demo1001"));
  REQUIRE(member.has_value());
  CHECK(member->email == "owner@controlcenter.local");
}

TEST_CASE("a code is good with its proof and for its sign-in only") {  // asvs: 10.2.1
  fixture with;
  CHECK(with.refused(with.company, with.code(with.company, "1"), "nonce-1", std::string(64, 'w')) == kind::refused);
  CHECK(with.refused(with.company, with.code(with.company, "1"), "nonce-2") == kind::forged);
  auto thief = with.company;
  thief.client_secret = base::secret{"wrong"};
  CHECK(with.refused(thief, with.code(with.company, "1")) == kind::misconfigured);
}

TEST_CASE("tokens that say something else are not believed, whoever has signed them") {  // asvs: 6.8.2 10.2.2
  fixture with;
  for (const auto* claim :
       {R"("aud":"another")", R"("iss":"http://elsewhere.test")", R"("nonce":"n")", R"("exp":1)", R"("sub":"")",
        R"("aud":["sandbox-company-app","another"])", R"("iat":1)", R"("exp":"x")"}) {
    CAPTURE(claim);
    with.control(R"({"platform":"oidc","claims":{)" + std::string{claim} + "}}");
    CHECK(with.refused(with.company, with.code(with.company, "1")) == kind::forged);
  }
}

TEST_CASE("keys that the provider changes are read again at once, and for that at most once a minute") {
  fixture with;
  REQUIRE(with.identify(with.company, with.code(with.company, "1")).has_value());
  with.control(R"({"platform":"oidc","rotate_keys":true})");
  CHECK(with.identify(with.company, with.code(with.company, "1")).has_value());
  with.control(R"({"platform":"oidc","rotate_keys":true})");
  CHECK(with.refused(with.company, with.code(with.company, "1")) == kind::forged);  // read moments ago
  with.clock.advance(61s);
  CHECK(with.identify(with.company, with.code(with.company, "1")).has_value());
}

TEST_CASE("a document that speaks for another issuer, or none, is not used") {  // asvs: 10.2.2 10.5.3
  fixture with;
  auto other = with.company;
  for (const auto* path : {"/oidc/", "/linkedin", "/nothing"}) {
    other.issuer = with.box.url(path);
    awaited<oidc::answer<oidc::endpoints>> got;
    with.client.look(other, got.callback());
    const auto looked = got.get();
    REQUIRE(looked.has_error());
    CHECK(looked.error().why == kind::misconfigured);
  }
}

TEST_CASE("a token without a signature, or signed with what everybody knows, is none") {  // asvs: 6.8.2 9.1.2
  const auto part = [](const std::string& json) { return base::to_base64url(json); };
  const auto claims = part(R"({"iss":"i","sub":"s","aud":"a","exp":1})");
  const auto rs = part(R"({"alg":"RS256"})");
  CHECK(oidc::read_id_token(rs + "." + claims + "." + part("x")));
  for (const auto& text :
       {part(R"({"alg":"none"})") + "." + claims + ".", part(R"({"alg":"none"})") + "." + claims + "." + part("x"),
        part(R"({"alg":"HS256"})") + "." + claims + "." + part("x"),
        part(R"({"alg":"RS256","crit":["b64"]})") + "." + claims + "." + part("x"), rs + "." + claims + ".",
        rs + "." + claims, rs + "." + claims + "." + part("x") + ".", std::string{"a.b.c"}, std::string{},
        rs + "." + part("[]") + "." + part("x"), rs + "." + part(R"({"iss":"i"})") + "." + part("x")}) {
    CAPTURE(text);
    CHECK_FALSE(oidc::read_id_token(text));
  }
}
