// Forged and altered tokens, made from a valid one and sent like a client would: none identifies anybody.
#include <catch2/catch.hpp>

#include <functional>
#include <set>

#include "base/secure.hpp"
#include "http/auth/authenticator.hpp"
#include "tests/http/front_door_fixture.hpp"

using namespace pulse;

namespace {

const base::timestamp now = tests::test_start;
const http::principal somebody{base::uuid_from_name("a tenant"), base::uuid_from_name("a member"),
                               base::uuid_from_name("a session"), domain::role::owner};

struct parts {
  std::string header;  // JSON
  boost::json::object claims;
  std::string signature;  // base64url

  explicit parts(const std::string& token) {
    const auto first = token.find('.');
    const auto second = token.find('.', first + 1);
    header = *base::from_base64url(token.substr(0, first));
    claims = boost::json::parse(*base::from_base64url(token.substr(first + 1, second - first - 1))).as_object();
    signature = token.substr(second + 1);
  }
  std::string text() const { return text_of(header, boost::json::serialize(claims)); }
  static std::string text_of(const std::string& header, const std::string& claims) {
    return base::to_base64url(header) + '.' + base::to_base64url(claims);
  }
};

std::string signed_with(const std::string& text, const std::string& secret) {
  return text + '.' + base::to_base64url(base::as_text(base::hmac_sha256(secret, text)));
}

/// Well signed with our own secret, so that only what they say is wrong.
std::vector<std::string> well_signed(const parts& good) {
  const auto secret = tests::test_secret.reveal();
  std::vector<std::string> made;
  const auto add = [&](const std::string& header, const std::string& claims) {
    made.push_back(signed_with(parts::text_of(header, claims), secret));
  };
  const auto claims = boost::json::serialize(good.claims);
  for (const auto* header : {R"({"alg":"none"})",
                             R"({"alg":"None","typ":"JWT"})",
                             R"({"alg":"NONE"})",
                             R"({"alg":"nOnE","typ":"JWT"})",
                             R"({"alg":""})",
                             R"({"alg":null})",
                             R"({"alg":["HS256"]})",
                             R"({"alg":"hs256","typ":"JWT"})",
                             R"({"alg":"HS384","typ":"JWT"})",
                             R"({"alg":"HS512","typ":"JWT"})",
                             R"({"alg":"RS256","typ":"JWT"})",
                             R"({"alg":"ES256","typ":"JWT"})",
                             R"({"alg":"PS256","typ":"JWT"})",
                             R"({"alg":"EdDSA","typ":"JWT"})",
                             R"({"alg":"HS256","typ":"at+jwt"})",
                             R"({"alg":"HS256","typ":"JWE"})",
                             R"({"alg":"HS256","typ":"JWT","kid":"../../dev/null"})",
                             R"({"alg":"HS256","typ":"JWT","kid":"' OR 1=1 --"})",
                             R"({"alg":"HS256","typ":"JWT","jku":"https://a.test/k"})",
                             R"({"alg":"HS256","typ":"JWT","x5u":"https://a.test/k"})",
                             R"({"alg":"HS256","typ":"JWT","jwk":{"kty":"oct","k":"AA"}})",
                             R"({"alg":"HS256","typ":"JWT","crit":["exp"]})",
                             R"({"alg":"HS256","alg":"none","typ":"JWT"})",
                             R"({"alg":"HS256","typ":"JWT","zip":"DEF"})",
                             R"({"alg":"HS256","typ":"JWT","b64":false})",
                             "{}",
                             "[]",
                             "null",
                             "",
                             "{"})
    add(header, claims);
  const auto with = [&](std::string_view name, boost::json::value value) {
    auto changed = good.claims;
    changed[name] = std::move(value);
    add(good.header, boost::json::serialize(changed));
  };
  for (const auto& each : good.claims) {
    auto without = good.claims;
    without.erase(each.key());
    add(good.header, boost::json::serialize(without));
    with(each.key(), nullptr);
    with(each.key(), boost::json::array{each.value()});
    with(each.key(), boost::json::object{{"$ne", ""}});
    with(each.key(), true);
    if (each.key() != "jti") with(each.key(), "");  // which is there to make tokens differ
    with(each.key(), -1);
  }
  with("iss", "https://pulse.attacker.test");
  with("aud", "another-api");
  with("exp", 0);
  with("exp", 9.9e18);
  with("nbf", 253'402'300'799);
  with("scope", "admin");
  with("is_platform_admin", true);
  for (const auto* text : {"", "{", "[]", "null", "\"text\"", "{\"exp\":1e999}", "{\"a\":{\"b\":{\"c\":{}}}}"})
    add(good.header, text);
  add(good.header, claims + ' ' + claims);
  add(good.header, '\xef' + std::string{"\xbb\xbf"} + claims);
  return made;
}

/// With a signature that is another's, or none.
std::vector<std::string> badly_signed(const parts& good) {
  const auto text = good.text();
  const auto token = text + '.' + good.signature;
  auto raised = good;
  raised.claims["sub"] = base::to_string(base::uuid_from_name("somebody else"));
  auto bytes = *base::from_base64url(good.signature);
  return {text,
          text + '.',
          text + ".AA",
          text + '.' + good.signature + '.',
          text + '.' + good.signature + '=',
          text + '.' + good.signature + "AAAA",
          text + '.' + good.signature.substr(0, 42),
          text + '.' + base::to_base64url(std::string(32, '\0')),
          text + '.' + base::to_base64url(std::string{bytes.rbegin(), bytes.rend()}),
          text + '.' + base::to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}),
          raised.text() + '.' + good.signature,
          signed_with(text, ""),
          signed_with(text, "secret"),
          signed_with(text, "another secret of thirty-two bytes!"),
          signed_with(text, text),
          token + ',' + token,
          '.' + token,
          token.substr(0, token.find('.')) + token.substr(token.find('.')).insert(1, "."),
          std::string(http::access_token_bytes_max + 1, 'A') + token.substr(token.find('.')),
          R"({"payload":")" + base::to_base64url(boost::json::serialize(good.claims)) + R"(","signature":")" +
              good.signature + "\"}"};
}

}  // namespace

TEST_CASE("of a corpus of forged and twisted tokens none is anybody") {  // asvs: 9.1.1 9.1.2 9.2.2
  base::manual_clock clock{now};
  const http::token_signer signer{tests::test_secret};
  http::standings known;
  http::authenticator identities{signer, clock, known};
  const auto good = signer.sign(somebody, now);
  // It is seen first, so that nothing that resembles it is taken for it.
  REQUIRE(identities.name(tests::front_door_fixture::with_token({}, good)).has_value());
  auto corpus = well_signed(parts{good});
  const auto others = badly_signed(parts{good});
  corpus.insert(corpus.end(), others.begin(), others.end());
  const std::set<std::string> different{corpus.begin(), corpus.end()};
  CHECK(different.size() == corpus.size());
  CHECK(corpus.size() >= 100);
  for (const auto& token : corpus) {
    INFO(token);
    CHECK(token != good);
    CHECK_FALSE(signer.verify(token, now).has_value());
    const auto who = identities.name(tests::front_door_fixture::with_token({}, token));
    REQUIRE_FALSE(who.has_value());
    CHECK(who.error().status == 401);
  }
}
