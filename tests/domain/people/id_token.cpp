// The claims that an ID token must have.
#include "domain/people/id_token.hpp"

#include <functional>

#include <catch2/catch.hpp>

using namespace pulse;
using domain::id_token_fault;

namespace {

const base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours{8}};
const std::int64_t at = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
const domain::expected_id_token expected{"https://id.test", "pulse", "n-1"};

domain::id_token_claims good() {
  domain::id_token_claims made;
  made.issuer = "https://id.test";
  made.subject = "jane";
  made.audiences = {"pulse"};
  made.nonce = "n-1";
  made.expires_at = at + 300;
  made.issued_at = at;
  return made;
}

std::optional<id_token_fault> judged(const std::function<void(domain::id_token_claims&)>& twist) {
  auto made = good();
  twist(made);
  return domain::judge_id_token(made, expected, now);
}

}  // namespace

TEST_CASE("a token of this sign-in is good, also with clocks that differ by a minute") {
  CHECK_FALSE(judged([](auto&) {}));
  CHECK_FALSE(judged([](auto& it) { it.expires_at = at - 59; }));
  CHECK_FALSE(judged([](auto& it) { it.issued_at = at + 60; }));
  CHECK_FALSE(judged([](auto& it) { it.issued_at.reset(); }));
  CHECK_FALSE(judged([](auto& it) {
    it.audiences = {"another", "pulse"};
    it.authorized_party = "pulse";
  }));
}

TEST_CASE("a token of another issuer, for another client, of another sign-in or of another time is not good") {
  CHECK(judged([](auto& it) { it.issuer = "https://id.test/"; }) == id_token_fault::issuer);
  CHECK(judged([](auto& it) { it.issuer = ""; }) == id_token_fault::issuer);  // asvs: 10.5.1 10.5.4
  CHECK(judged([](auto& it) { it.audiences = {"another"}; }) == id_token_fault::audience);
  CHECK(judged([](auto& it) { it.audiences.clear(); }) == id_token_fault::audience);
  CHECK(judged([](auto& it) { it.audiences = {"pulse", "another"}; }) == id_token_fault::audience);
  CHECK(judged([](auto& it) { it.authorized_party = "another"; }) == id_token_fault::audience);
  CHECK(judged([](auto& it) { it.nonce = "n-2"; }) == id_token_fault::nonce);
  CHECK(judged([](auto& it) { it.nonce.reset(); }) == id_token_fault::nonce);
  CHECK(judged([](auto& it) { it.expires_at = at - 60; }) == id_token_fault::expired);
  CHECK(judged([](auto& it) { it.expires_at = 0; }) == id_token_fault::expired);
  CHECK(judged([](auto& it) { it.issued_at = at + 61; }) == id_token_fault::not_yet);
  CHECK(judged([](auto& it) { it.issued_at = at - 601; }) == id_token_fault::not_yet);
  CHECK(judged([](auto& it) { it.not_before = at + 61; }) == id_token_fault::not_yet);
  CHECK(judged([](auto& it) { it.subject = ""; }) == id_token_fault::subject);
  CHECK(judged([](auto& it) { it.subject = std::string(256, 'x'); }) == id_token_fault::subject);
}

TEST_CASE("a provider that leaves the nonce out may, and what it says of another nonce counts") {
  auto linkedin = expected;
  linkedin.is_nonce_told = false;
  auto made = good();
  made.nonce.reset();
  CHECK_FALSE(domain::judge_id_token(made, linkedin, now));
  made.nonce = "n-2";
  CHECK(domain::judge_id_token(made, linkedin, now) == id_token_fault::nonce);
}
