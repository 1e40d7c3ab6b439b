#include "persistence/secrets/secret_box.hpp"

#include <set>

#include <catch2/catch.hpp>

namespace pulse::persistence {
namespace {

secret_box box_of(const std::vector<std::string>& keys) {
  std::vector<base::secret> secrets;
  for (const auto& each : keys) secrets.emplace_back(each);
  return *secret_box::make(secrets);
}

const base::uuid tenant = base::uuid_from_name("tenant");
const base::uuid row = base::uuid_from_name("row");
const secret_place place{tenant, "accounts", row, "access_token"};

}  // namespace

TEST_CASE("a sealed secret opens in its place") {  // asvs: 11.3.1 11.3.2
  const auto box = box_of({"key"});
  for (const auto& plain :
       std::vector{std::string{}, std::string{"token"}, std::string(100'000, '\xff'), std::string{"a\0b", 3}}) {
    const auto sealed = box.seal(plain, place);
    CHECK(sealed.size() == plain.size() + secret_box::overhead);
    if (plain.size() > 3) CHECK(sealed.find(plain) == std::string::npos);
    CHECK(*box.open(sealed, place) == plain);
  }
}

TEST_CASE("the same secret is never sealed to the same bytes") {
  const auto box = box_of({"key"});
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(box.seal("token", place));
  CHECK(seen.size() == 1000);
}

TEST_CASE("any changed bit is noticed") {  // asvs: 11.3.3
  const auto box = box_of({"key"});
  const auto sealed = box.seal("token", place);
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      auto changed = sealed;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      CHECK(box.open(changed, place).has_error());
    }
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) CHECK(box.open(sealed.substr(0, size), place).has_error());
  CHECK(box.open(sealed + "x", place).error() == secret_box_failure::tampered);
  CHECK(box.open("", place).error() == secret_box_failure::malformed);
}

TEST_CASE("a secret cannot be moved to another tenant, table, row or column") {  // asvs: 11.3.3
  const auto box = box_of({"key"});
  const auto sealed = box.seal("token", place);
  const auto other = base::uuid_from_name("other");
  for (const secret_place& elsewhere :
       {secret_place{other, "accounts", row, "access_token"}, secret_place{tenant, "account", row, "access_token"},
        secret_place{tenant, "accounts", other, "access_token"},
        secret_place{tenant, "accounts", row, "refresh_token"}}) {
    CHECK(box.open(sealed, elsewhere).error() == secret_box_failure::tampered);
  }
}

TEST_CASE("after a rotation old secrets still open, and new ones need the new key") {  // asvs: 11.2.2
  const auto before = box_of({"old"});
  const auto after = box_of({"new", "old"});
  const auto sealed = before.seal("token", place);
  CHECK(*after.open(sealed, place) == "token");
  CHECK(after.needs_sealing(sealed));
  const auto renewed = after.seal("token", place);
  CHECK_FALSE(after.needs_sealing(renewed));
  CHECK(before.open(renewed, place).error() == secret_box_failure::unknown_key);
}

TEST_CASE("two keys whose ids are the same byte still both open") {
  std::vector<std::string> names{"0"};
  const auto id_of = [](const std::string& name) { return box_of({name}).seal("", place)[1]; };
  for (int i = 1; names.size() < 2; ++i) {
    if (id_of(std::to_string(i)) == id_of("0")) names.push_back(std::to_string(i));
  }
  const auto sealed = box_of({names[0]}).seal("token", place);
  CHECK(*box_of({names[1], names[0]}).open(sealed, place) == "token");
}

TEST_CASE("a ring without a usable key is refused with a sentence") {
  CHECK(secret_box::make({}).has_error());
  CHECK(secret_box::make({base::secret{"key"}, base::secret{""}}).error() == "an encryption key is empty");
  CHECK(secret_box::make(std::vector<base::secret>(17, base::secret{"key"})).has_error());
}

}  // namespace pulse::persistence
