#include "domain/audit/chain.hpp"

#include <catch2/catch.hpp>

#include <set>

#include "base/secure.hpp"
#include "base/signature.hpp"

using namespace pulse;
using namespace pulse::domain;

namespace {

audit_link one_link() {
  static const std::string digest(32, 'd');
  return {.tenant_id = base::uuid_from_name("tenant"),
          .seq = 1,
          .id = base::uuid_from_name("entry"),
          .at = base::timestamp{std::chrono::seconds{1'800'000'000}},
          .action = "POST /org/teams",
          .status = 0,
          .code = "",
          .actor_kind = "member",
          .actor_id = base::uuid_from_name("member"),
          .token_id = std::nullopt,
          .subject_id = std::nullopt,
          .request_id = "request",
          .details_digest = digest};
}

}  // namespace

TEST_CASE("every part of an entry, and what lies before it, is in its hash") {
  const auto whole = one_link();
  std::set<audit_hash> seen{next_hash({}, whole)};
  const auto changed = [&](auto change) {
    auto other = whole;
    change(other);
    return seen.insert(next_hash({}, other)).second;
  };
  CHECK(changed([](auto& link) { link.tenant_id = base::uuid_from_name("other"); }));
  CHECK(changed([](auto& link) { link.seq = 2; }));
  CHECK(changed([](auto& link) { link.id = base::uuid_from_name("other"); }));
  CHECK(changed([](auto& link) { link.at += std::chrono::microseconds{1}; }));
  CHECK(changed([](auto& link) { link.action = "POST /org/team"; }));
  CHECK(changed([](auto& link) { link.status = 403; }));
  CHECK(changed([](auto& link) { link.code = "x"; }));
  CHECK(changed([](auto& link) { link.actor_kind = "nobody"; }));
  CHECK(changed([](auto& link) { link.actor_id = std::nullopt; }));
  CHECK(changed([](auto& link) { link.token_id = base::uuid_from_name("token"); }));
  CHECK(changed([](auto& link) { link.subject_id = base::uuid_from_name("token"); }));
  CHECK(changed([](auto& link) { link.request_id = "requests"; }));
  CHECK(changed([](auto& link) { link.details_digest = "another"; }));
  CHECK(changed([](auto& link) {
    link.action = "POST /org/team";
    link.code = "s";
  }));
  CHECK(next_hash({}, whole) == next_hash({}, one_link()));
  audit_hash before{};
  before[31] = 1;
  CHECK(seen.insert(next_hash(before, whole)).second);
}

TEST_CASE("the digest of erasable data depends on its salt") {
  CHECK(digest_of_details(base::uuid_from_name("a"), "{}") != digest_of_details(base::uuid_from_name("b"), "{}"));
  CHECK(digest_of_details(base::uuid_from_name("a"), "{}") != digest_of_details(base::uuid_from_name("a"), "{ }"));
}

TEST_CASE("a head is signed by one key, and nothing else passes for it") {
  const base::signing_key key{base::secret{"a secret"}, "audit"};
  const auto text = text_to_sign({base::uuid_from_name("tenant"), 7, {}, base::timestamp{std::chrono::seconds{1}}});
  const auto signature = key.sign(text);
  CHECK(base::is_signed_by(key.public_key(), text, signature));
  CHECK_FALSE(base::is_signed_by(key.public_key(), text + " ", signature));
  CHECK_FALSE(base::is_signed_by(key.public_key(), text, std::string(64, 'x')));
  CHECK_FALSE(base::is_signed_by(key.public_key(), text, ""));
  CHECK_FALSE(base::is_signed_by("", text, signature));
  const base::signing_key other{base::secret{"a secret"}, "another purpose"};
  CHECK_FALSE(base::is_signed_by(other.public_key(), text, signature));
  CHECK(base::signing_key{base::secret{"a secret"}, "audit"}.public_key() == key.public_key());
}
