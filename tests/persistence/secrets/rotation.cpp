#include "persistence/secrets/rotation.hpp"

#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "persistence/people/mail_outbox.hpp"
#include "persistence/publishing/social_accounts.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

constexpr statement read_tokens{"test_read_sealed_tokens", "SELECT id, access_token FROM accounts ORDER BY id"};
constexpr statement spoil_one{"test_spoil_token", "UPDATE accounts SET access_token = 'nonsense' WHERE id = $1"};
constexpr statement purge_one{"test_purge_token", "UPDATE accounts SET access_token = ''::bytea WHERE id = $1"};
constexpr statement binary_columns{"test_binary_columns", R"sql(
  SELECT table_name || '.' || column_name FROM information_schema.columns
  WHERE table_schema = 'public' AND data_type = 'bytea' AND column_name NOT LIKE '%hash%' ORDER BY 1)sql"};

secret_box box_of(const std::vector<std::string>& keys) {
  std::vector<base::secret> secrets;
  for (const auto& each : keys) secrets.emplace_back(each);
  return *secret_box::make(secrets);
}

base::uuid add_account(tests::publishing_store& in, const tests::company& of, const std::string& user,
                       const secret_box& box) {
  return in.as(of, [&](transaction& tx) {
    const accounts::connection given{.platform = domain::channel_type::x,
                                     .external_user_id = user,
                                     .handle = user,
                                     .access_token = base::secret{"token of " + user}};
    return accounts::store(tx, given, box, base::new_uuid(tests::noon()), tests::noon());
  });
}

struct account_token {
  base::uuid id;
  bytes access_token;
};
BOOST_DESCRIBE_STRUCT(account_token, (), (id, access_token))

rotation_report rotate(tests::publishing_store& in, const secret_box& box) {
  auto done = rotate_keys(in.engine(), box, [](std::string_view, const rotation_report&) {});
  REQUIRE(done.has_value());
  return *done;
}

}  // namespace

TEST_CASE("after a rotation the newest key alone opens every token, and a second one finds nothing to do") {
  tests::publishing_store store;  // asvs: 11.1.1
  const auto before = box_of({"the older key"});
  const auto both = box_of({"the newer key", "the older key"});
  const auto after = box_of({"the newer key"});
  const auto acme = store.add_company("Acme");
  const auto other = store.add_company("Other");
  for (int i = 0; i < rotation_batch + 5; ++i) add_account(store, acme, "a" + std::to_string(i), before);
  add_account(store, other, "b", before);
  const auto tokens = [&](const tests::company& of) {
    return store.as(of, [](transaction& tx) { return tx.execute(read_tokens).all<account_token>(); });
  };

  const auto first = rotate(store, both);
  CHECK(first.sealed_again >= rotation_batch + 6);
  for (const auto& company : {acme, other}) {
    for (const auto& each : tokens(company)) {
      const auto place = accounts::token_place(company.id, each.id);
      if (const auto opened = after.open(each.access_token.value, place); opened.has_value()) continue;
      CHECK(tests::test_box().open(each.access_token.value, place).has_value());  // the company's own x account
    }
  }
  const auto second = rotate(store, both);
  CHECK(second.sealed_again == 0);
  CHECK(second.already == first.sealed_again + first.already);
}

TEST_CASE("what no key opens is counted and left as it is") {
  tests::publishing_store store;
  const auto acme = store.add_company("Acme");
  const auto id = add_account(store, acme, "a", tests::test_box());
  store.as_engine([&](transaction& tx) { tx.execute(spoil_one, id); });
  const auto done = rotate(store, box_of({"the newer key", "a key that only this test has"}));
  CHECK(done.unreadable == 1);
  const auto left = store.as(acme, [](transaction& tx) { return tx.execute(read_tokens).all<account_token>(); });
  CHECK(std::count_if(left.begin(), left.end(),
                      [](const auto& each) { return each.access_token.value == "nonsense"; }) == 1);
}

TEST_CASE("what was purged when an account was disconnected keeps no older key in the ring") {
  tests::publishing_store store;
  const auto acme = store.add_company("Acme");
  const auto id = add_account(store, acme, "a", tests::test_box());
  store.as_engine([&](transaction& tx) { tx.execute(purge_one, id); });
  const auto done = rotate(store, box_of({"the newer key", "a key that only this test has"}));
  CHECK(done.unreadable == 0);
}

TEST_CASE("a rotation walks every binary column that is neither a hash nor known to hold no secret") {  // asvs: 14.1.2
  tests::publishing_store store;
  const std::set<std::string> others{
      "oauth_states.verifier",  // a begun connection lives for ten minutes: the older key stays in the ring for as long
      "browser_logins.credentials", "browser_logins.code",                                     // and a sign-in for five
      "topic_signatures.signature", "audit_entries.details_digest", "audit_heads.signature"};  // no secrets
  const auto walked = sealed_columns();
  const auto found = store.as_engine([](transaction& tx) {
    const auto rows = tx.execute(binary_columns);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < rows.size(); ++i) names.push_back(rows.get<std::string>(i, 0));
    return names;
  });
  CHECK(found.size() >= walked.size());
  for (const auto& name : found) {
    CAPTURE(name);
    CHECK((others.contains(name) || std::find(walked.begin(), walked.end(), name) != walked.end()));
  }
}

}  // namespace pulse::persistence
