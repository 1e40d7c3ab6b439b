#include "http/auth/tokens.hpp"

#include <catch2/catch.hpp>

#include "base/json.hpp"
#include "base/secure.hpp"
#include "http/auth/authenticator.hpp"
#include "tests/http/front_door_fixture.hpp"
#include "tests/support/random_case.hpp"

using namespace pulse;
using namespace std::chrono_literals;
using http::token_fault;

namespace {

const base::timestamp now = tests::test_start;
const http::principal somebody{base::uuid_from_name("a tenant"), base::uuid_from_name("a member"),
                               base::uuid_from_name("a session"), domain::role::team_leader};

/// A token made by hand: any header, any claims, signed with `secret`.
std::string forge(const std::string& header, const std::string& claims, const std::string& secret) {
  auto token = base::to_base64url(header) + "." + base::to_base64url(claims);
  return token + "." + base::to_base64url(base::as_text(base::hmac_sha256(secret, token)));
}

/// The header and the claims of a good token, to be changed.
struct opened {
  std::string header;
  boost::json::object claims;

  explicit opened(const std::string& token) {
    const auto first = token.find('.');
    const auto second = token.find('.', first + 1);
    header = *base::from_base64url(token.substr(0, first));
    claims = boost::json::parse(*base::from_base64url(token.substr(first + 1, second - first - 1))).as_object();
  }
  std::string closed() const { return forge(header, boost::json::serialize(claims), tests::test_secret.reveal()); }
};

/// The fault of `token`, or nothing.
std::optional<token_fault> fault_of(const std::string& token, base::timestamp at = now) {
  const auto verified = http::token_signer{tests::test_secret}.verify(token, at);
  if (verified) return std::nullopt;
  return verified.error();
}

}  // namespace

TEST_CASE("a token says who it was signed for") {  // asvs: 10.3.3
  const http::token_signer signer{tests::test_secret};
  const auto token = signer.sign(somebody, now);
  CHECK(token.size() <= http::access_token_bytes_max / 2);
  const auto claims = signer.verify(token, now);
  REQUIRE(claims.has_value());
  CHECK(claims->who.tenant_id == somebody.tenant_id);
  CHECK(claims->who.member_id == somebody.member_id);
  CHECK(claims->who.session_id == somebody.session_id);
  CHECK(claims->expires_at == now + http::access_token_lifetime);
}

TEST_CASE("a token is good until it expires, and not a second longer") {  // asvs: 9.2.1
  const auto token = http::token_signer{tests::test_secret}.sign(somebody, now);
  CHECK(fault_of(token, now + http::access_token_lifetime - 1s) == std::nullopt);
  CHECK(fault_of(token, now + http::access_token_lifetime) == token_fault::expired);
  CHECK(fault_of(token, now - http::clock_leeway) == std::nullopt);
  CHECK(fault_of(token, now - http::clock_leeway - 1s) == token_fault::not_yet);
}

TEST_CASE("another algorithm, type or key is refused, and none above all") {  // asvs: 9.1.2 9.1.3
  const opened good{http::token_signer{tests::test_secret}.sign(somebody, now)};
  const auto claims = boost::json::serialize(good.claims);
  const auto secret = tests::test_secret.reveal();
  for (const auto* header :
       {R"({"alg":"none"})", R"({"alg":"none","typ":"JWT"})", R"({"alg":"None","typ":"JWT"})",
        R"({"alg":"HS512","typ":"JWT"})", R"({"alg":"HS256"})", R"({"alg":"HS256","typ":"JWT","kid":"other"})",
        R"({"alg":"RS256","typ":"JWT"})", "{}", ""}) {
    INFO(header);
    CHECK(fault_of(forge(header, claims, secret)) == token_fault::foreign);
    const auto unsigned_token = base::to_base64url(header) + "." + base::to_base64url(claims) + ".";
    CHECK(fault_of(unsigned_token) == token_fault::foreign);
  }
  const auto other_key = http::token_signer{base::secret{"another secret of thirty-two bytes!"}}.sign(somebody, now);
  CHECK(fault_of(other_key) == token_fault::foreign);
  CHECK(fault_of(forge(good.header, claims, "another secret of thirty-two bytes!")) == token_fault::forged);
}

TEST_CASE("a token that was cut off or changed anywhere is refused") {  // asvs: 9.1.1
  const auto token = http::token_signer{tests::test_secret}.sign(somebody, now);
  for (std::size_t size = 0; size < token.size(); ++size) {
    INFO(size);
    CHECK(fault_of(token.substr(0, size)) != std::nullopt);
  }
  for (std::size_t at = 0; at < token.size(); ++at) {
    INFO(at);
    auto changed = token;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    CHECK(fault_of(changed) != std::nullopt);
  }
  CHECK(fault_of(token + "A") != std::nullopt);
  CHECK(fault_of(token + ".") == token_fault::malformed);
  CHECK(fault_of(" " + token) != std::nullopt);
}

TEST_CASE("what is no token at all is refused without harm") {  // asvs: 7.2.1
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 2000; ++round) {
    const auto text = random.of("AZaz09-_.={}\"\\ \x01\xff", random.between<std::size_t>(0, 200));
    CHECK(fault_of(text) != std::nullopt);
  }
  CHECK(fault_of("..") == token_fault::foreign);
  CHECK(fault_of(std::string(http::access_token_bytes_max + 1, '.')) == token_fault::malformed);
}

TEST_CASE("a well-signed token with claims that are not ours is refused") {  // asvs: 9.2.2 9.2.3 10.3.1
  const opened good{http::token_signer{tests::test_secret}.sign(somebody, now)};
  REQUIRE(fault_of(good.closed()) == std::nullopt);
  const auto with = [&](std::string_view name, boost::json::value value) {
    auto changed = good;
    changed.claims[name] = std::move(value);
    return fault_of(changed.closed());
  };
  CHECK(with("iss", "someone else") == token_fault::misplaced);
  CHECK(with("aud", "another-api") == token_fault::misplaced);
  CHECK(with("aud", boost::json::array{"pulse-api"}) == token_fault::malformed);
  CHECK(with("sub", "nobody") == token_fault::malformed);
  CHECK(with("role", "emperor") == token_fault::malformed);
  CHECK(with("exp", "tomorrow") == token_fault::malformed);
  CHECK(with("exp", -1) == token_fault::malformed);
  CHECK(with("exp", INT64_MAX) == token_fault::malformed);
  CHECK(with("nbf", INT64_MAX) == token_fault::malformed);
  CHECK(with("nbf", 253'402'300'799) == token_fault::not_yet);
  CHECK(with("extra", 1) == token_fault::malformed);
  auto without = good;
  without.claims.erase("exp");
  CHECK(fault_of(without.closed()) == token_fault::malformed);
}

TEST_CASE("after a rotation of the key, old tokens are good and new ones are signed with the new key") {
  const base::secret new_secret{"a new secret of at least thirty-two bytes"};
  const auto old_token = http::token_signer{tests::test_secret}.sign(somebody, now);
  const http::token_signer rotated{new_secret, {tests::test_secret}};
  CHECK(rotated.verify(old_token, now).has_value());
  const auto new_token = rotated.sign(somebody, now);
  CHECK(http::token_signer{new_secret}.verify(new_token, now).has_value());
  CHECK_FALSE(http::token_signer{tests::test_secret}.verify(new_token, now).has_value());
}

TEST_CASE("a token that was seen before still expires, and its neighbour is not taken for it") {
  base::manual_clock clock{now};
  const http::token_signer signer{tests::test_secret};
  http::standings known;
  http::authenticator identities{signer, clock, known};
  const auto token = signer.sign(somebody, now);
  auto asked = tests::front_door_fixture::with_token({}, token);
  for (int round = 0; round < 3; ++round) {
    const auto who = identities.name(asked);
    REQUIRE(who.has_value());
    CHECK(who->member_id == somebody.member_id);
  }
  auto changed = token;
  changed.back() = changed.back() == 'A' ? 'E' : 'A';
  CHECK_FALSE(identities.name(tests::front_door_fixture::with_token({}, changed)).has_value());
  clock.advance(http::access_token_lifetime);
  const auto late = identities.name(asked);
  REQUIRE_FALSE(late.has_value());
  CHECK(late.error().code == "expired_token");
}

TEST_CASE("X-Tenant-ID may confirm the token's tenant and nothing else") {
  base::manual_clock clock{now};
  const http::token_signer signer{tests::test_secret};
  http::standings known;
  http::authenticator identities{signer, clock, known};
  const auto with_tenant = [&](const std::string& tenant) {
    auto asked = tests::front_door_fixture::with_token({}, signer.sign(somebody, now));
    asked.headers.push_back({"x-tenant-id", tenant});
    return identities.name(asked);
  };
  CHECK(with_tenant(base::to_string(somebody.tenant_id)).has_value());
  for (const auto& other : {base::to_string(base::uuid_from_name("another tenant")), std::string{"x"}, std::string{}}) {
    const auto who = with_tenant(other);
    REQUIRE_FALSE(who.has_value());
    CHECK(who.error().status == 403);
  }
}

TEST_CASE("an Authorization header is read as Bearer, in any case, and refused otherwise") {
  base::manual_clock clock{now};
  const http::token_signer signer{tests::test_secret};
  http::standings known;
  http::authenticator identities{signer, clock, known};
  const auto token = signer.sign(somebody, now);
  const auto status_of = [&](const std::string& value) {
    http::server::request asked;
    asked.headers.push_back({"authorization", value});
    const auto who = identities.name(asked);
    return who ? 200 : who.error().status;
  };
  CHECK(status_of("Bearer " + token) == 200);
  CHECK(status_of("bearer " + token) == 200);
  for (const auto& value :
       {"Basic " + token, token, std::string{"Bearer"}, std::string{"Bearer "}, "Bearer  " + token, std::string{}}) {
    CHECK(status_of(value) == 401);
  }
  CHECK(identities.name({}).error().status == 401);
}
