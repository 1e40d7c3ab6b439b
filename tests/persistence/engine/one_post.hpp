// One post that is due on one channel, its row, and the engine's statements: for tests of claims and of outcomes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "persistence/engine/deliveries.hpp"
#include "persistence/publishing/channels.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

inline constexpr statement select_row{
    "test_row", "SELECT state, attempt, failures, fence, deadline_at, not_before FROM deliveries WHERE id = $1"};
inline constexpr statement count_events{
    "test_events", "SELECT count(*)::integer FROM publish_events WHERE delivery_id = $1 AND type = $2"};
inline constexpr statement pause_project{"test_pause_project", "UPDATE projects SET paused_at = $2 WHERE id = $1"};
inline constexpr statement pause_channel{"test_pause_channel", "UPDATE channels SET paused_at = $2 WHERE id = $1"};

/// What the row of a delivery says.
struct stored {
  domain::delivery_state state = domain::delivery_state::waiting;
  int attempt = 0;
  int failures = 0;
  std::int64_t fence = 0;
  std::optional<base::timestamp> deadline_at;
  std::optional<base::timestamp> not_before;
};
BOOST_DESCRIBE_STRUCT(stored, (), (state, attempt, failures, fence, deadline_at, not_before))

inline bool switch_off(transaction& tx, const tests::company& of) {
  return channels::update(tx, of.website_id, {.is_active = false}, of.owner_id, tests::noon()).has_value();
}

/// A company with one post that is due at noon on its website, and this node as its owner.
struct one_post {
  tests::publishing_store store;
  tests::company acme = store.add_company();
  std::int64_t fence = store.own(acme);
  base::uuid post_id = store.add_post(acme, tests::noon(), {acme.website_id});
  base::uuid delivery_id = store.deliveries(acme, post_id).at(0).id;
  intent first = store.intent_for(acme, delivery_id, fence, tests::noon());

  stored row() {
    return store.as(acme, [&](transaction& tx) { return *tx.execute(select_row, delivery_id).first<stored>(); });
  }
  int events(const std::string& type) {
    return store.as(acme, [&](transaction& tx) { return tx.execute(count_events, delivery_id, type).get<int>(0, 0); });
  }
  intent wanted(base::timestamp now = tests::noon()) const {
    auto made = first;
    made.started_at = now;
    made.deadline_at = now + std::chrono::seconds{12};
    return made;
  }
  std::vector<claimed_content> claim_now(const intent& what) {
    return store.as_engine([&](transaction& tx) { return claim(tx, store.node_id(), std::vector{what}); });
  }
  bool wins(const intent& what) { return !claim_now(what).empty(); }
  delivery_change outcome(domain::delivery_state to, domain::delivery_state from = domain::delivery_state::sending,
                          int attempt = 1) const {
    delivery_change made;
    made.tenant_id = acme.id;
    made.delivery_id = delivery_id;
    made.fence = fence;
    made.attempt = attempt;
    made.from = from;
    made.to = to;
    made.not_before = tests::noon();
    if (to == domain::delivery_state::published) made.external_id = "external";
    made.event = domain::publish_retry_scheduled{};
    made.at = tests::noon() + std::chrono::seconds{1};
    return made;
  }
  bool records(const delivery_change& what) {
    return !store.as_engine([&](transaction& tx) { return record(tx, store.node_id(), std::vector{what}); }).empty();
  }
  posts::command by_owner() const { return {.post_id = post_id, .member_id = acme.owner_id, .now = tests::noon()}; }

  void run_as_owner_of_tables(const statement& what, const base::uuid& id, std::optional<base::timestamp> value) {
    store.as(acme, [&](transaction& tx) { tx.execute(what, id, value); });
  }
};

}  // namespace pulse::persistence
