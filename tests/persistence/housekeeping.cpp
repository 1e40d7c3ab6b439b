#include "persistence/housekeeping.hpp"

#include <thread>

#include <catch2/catch.hpp>

#include "persistence/idempotency_keys.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;

constexpr statement count_keys{"test_count_keys", "SELECT count(*)::integer FROM idempotency_keys"};

void store_key(tests::publishing_store& in, const tests::company& of, const std::string& key, base::timestamp now) {
  in.as(of, [&](transaction& tx) {
    const idempotency_keys::answer given{bytes{std::string(32, 'h')}, 201, "application/json", std::nullopt, "{}"};
    idempotency_keys::store(tx, of.owner_id, key, given, now - 24h, now);
  });
}

int keys_of(tests::publishing_store& in, const tests::company& of) {
  return in.as(of, [](transaction& tx) { return tx.execute(count_keys).get<int>(0, 0); });
}

housekeeping::chore forget_keys() {
  return {"answers", [](transaction& tx, base::timestamp now, int limit) {
            return idempotency_keys::forget(tx, now - 24h, limit);
          }};
}

}  // namespace

TEST_CASE("idempotency keys are forgotten by age, also of a company that uses none any more") {
  tests::publishing_store store;
  const auto gone = store.add_company("Gone");
  const auto busy = store.add_company("Busy");
  for (int i = 0; i < 5; ++i) store_key(store, gone, "old-" + std::to_string(i), tests::noon());
  store_key(store, busy, "old", tests::noon());
  store_key(store, busy, "young", tests::noon() + 24h);
  const base::manual_clock clock{tests::noon() + 24h};
  {
    const housekeeping keeper{store.engine(), clock, {forget_keys()}};
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (keys_of(store, gone) > 0 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  }
  CHECK(keys_of(store, gone) == 0);
  CHECK(keys_of(store, busy) == 1);
}

TEST_CASE("old keys go in batches, the oldest first") {
  tests::publishing_store store;
  const auto acme = store.add_company();
  for (int i = 0; i < 5; ++i) store_key(store, acme, std::to_string(i), tests::noon() + i * 1s);
  const auto forget = [&](int limit) {
    return store.as_engine([&](transaction& tx) { return idempotency_keys::forget(tx, tests::noon() + 3s, limit); });
  };
  CHECK(forget(3) == 3);
  CHECK(forget(3) == 1);
  CHECK(forget(3) == 0);
  CHECK(keys_of(store, acme) == 1);
}

}  // namespace pulse::persistence
