// Proves that a simulation runs the engine's own decisions: both play one schedule, and are compared start by start.
#include "domain/explaining/simulation.hpp"

#include <algorithm>
#include <map>

#include "actors/budgets/limiter.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using domain::channel_type;
using domain::delivery_state;
using domain::predicted_fate;

struct simulation_fixture : support::actor_fixture {
  process& node = start_process();
  base::uuid tenant = tables.add_tenant();

  void limit(domain::limit_scope scope, int posts, int window_seconds, int burst) {
    tables.limits.push_back({channel_type::x, scope, false, posts, window_seconds, burst});
  }

  base::uuid add_x(std::string_view account) {
    return tables.add_channel(tenant, channel_type::x, base::uuid_from_name(std::string{account}));
  }

  /// The rows as persistence/explaining/simulation would read them.
  domain::simulated_schedule read() const {
    domain::simulated_schedule made;
    made.now = clock.now();
    made.budgets.emplace(channel_type::x, domain::rates_for(channel_type::x, tables.limits));
    for (const auto& [id, row] : tables.deliveries) {
      domain::scheduled_delivery one;
      one.row.id = id;
      one.row.channel_id = row.channel_id;
      one.row.due_at = row.due_at;
      one.row.not_before = row.not_before;
      one.row.retry = row.retry;
      one.row.lateness = row.lateness;
      one.type = channel_type::x;
      one.budget = *tables.channels.at(row.channel_id).account_id;
      if (tables.channels.at(row.channel_id).is_paused) one.cause = domain::hold_cause::channel_paused;
      made.deliveries.push_back(std::move(one));
    }
    std::stable_sort(made.deliveries.begin(), made.deliveries.end(),
                     [](const auto& a, const auto& b) { return a.row.not_before < b.row.not_before; });
    return made;
  }

  /// Plays the rows, lets the engine do them, and compares each start and each end.
  void compare(std::chrono::milliseconds lasting) {
    const auto schedule = read();
    const auto predicted = domain::simulate(schedule, {.call = 0ms});
    REQUIRE(notify(node, tenant));
    advance(lasting);
    std::map<base::uuid, base::timestamp> started;
    for (const auto& call : platform.calls) started[call.delivery_id] = call.at;
    CHECK_FALSE(platform.any_twice());
    for (std::size_t i = 0; i < predicted.size(); ++i) {
      const auto& id = schedule.deliveries[i].row.id;
      INFO("delivery " << i << ", due " << base::to_string(schedule.deliveries[i].row.due_at) << ", predicted "
                       << base::to_name(predicted[i].fate));
      CHECK(started.contains(id) == predicted[i].starts_at.has_value());
      if (started.contains(id) && predicted[i].starts_at) {
        CHECK(base::to_string(started.at(id)) == base::to_string(*predicted[i].starts_at));
      }
      switch (predicted[i].fate) {
        case predicted_fate::goes_out: CHECK(state(id) == delivery_state::published); break;
        case predicted_fate::missed: CHECK(state(id) == delivery_state::missed); break;
        case predicted_fate::held:
        case predicted_fate::asks: CHECK(state(id) == delivery_state::waiting); break;
        case predicted_fate::refused:
        case predicted_fate::failed: CHECK(state(id) == delivery_state::failed); break;
      }
    }
  }
};

}  // namespace

TEST_CASE_METHOD(simulation_fixture, "the engine does what the simulation said, start by start: one account's budget") {
  limit(domain::limit_scope::account, 8, 9, 4);  // 1.8 s each, after the burst
  const auto one = add_x("one");
  const auto other = add_x("other");
  for (int i = 0; i < 60; ++i) {
    const auto id = tables.add_delivery(i % 3 == 0 ? other : one, clock.now() + 1s + std::chrono::milliseconds{7 * i});
    if (i % 10 == 9) tables.deliveries.at(id).lateness = {.action = domain::lateness_action::skip, .after = 30s};
    if (i % 10 == 8) tables.deliveries.at(id).lateness = {.action = domain::lateness_action::ask, .after = 40s};
  }
  compare(3min);
  CHECK(platform.calls.size() > 40);
}

TEST_CASE_METHOD(simulation_fixture,
                 "the engine does what the simulation said: the company's and the app's budgets, a backlog, a pause") {
  limit(domain::limit_scope::account, 100, 10, 50);
  limit(domain::limit_scope::tenant, 8, 9, 4);
  limit(domain::limit_scope::app, 20, 4, 1);
  const auto one = add_x("one");
  const auto paused = add_x("other");
  tables.channels.at(paused).is_paused = true;
  for (int i = 0; i < 10; ++i) tables.add_delivery(one, clock.now() - 5min + std::chrono::milliseconds{i});
  for (int i = 0; i < 10; ++i) tables.add_delivery(paused, clock.now() + std::chrono::milliseconds{i});
  for (int i = 0; i < 20; ++i) tables.add_delivery(one, clock.now() + 40s + std::chrono::milliseconds{13 * i});
  compare(2min);
  CHECK(platform.calls.size() == 30);
}

TEST_CASE_METHOD(simulation_fixture,
                 "the engine does what the simulation said when two accounts' posts wait for the company's budget") {
  limit(domain::limit_scope::account, 1, 1, 1);
  limit(domain::limit_scope::tenant, 1, 12, 1);
  const auto one = add_x("one");
  const auto other = add_x("other");
  const auto first = clock.now() + 1s;
  const std::vector ids{tables.add_delivery(one, first), tables.add_delivery(other, first + 500ms),
                        tables.add_delivery(one, first + 600ms), tables.add_delivery(one, first + 700ms)};
  compare(1min);
  for (std::size_t i = 0; i < ids.size(); ++i) CHECK(platform.calls.at(i).delivery_id == ids[i]);  // oldest first
}

TEST_CASE_METHOD(simulation_fixture,
                 "the engine does what the simulation said when one account's wait ends as another one's post is due") {
  limit(domain::limit_scope::account, 1, 1, 1);
  const auto one = add_x("one");
  const auto other = add_x("other");
  const auto first = clock.now() + 1s;
  tables.add_delivery(one, first);
  tables.add_delivery(one, first + 500ms);  // waits for its account
  tables.add_delivery(other, first + 1s);
  compare(10s);
}

TEST_CASE_METHOD(simulation_fixture, "the engine does what the simulation said, whatever the schedule") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  limit(domain::limit_scope::account, random.between(2, 12), random.between(1, 20), 1);
  if (random.between(0, 1) == 1) limit(domain::limit_scope::tenant, random.between(2, 12), random.between(1, 20), 1);
  // Whole milliseconds a post, as the virtual clock goes.
  for (auto& each : tables.limits) each.window_seconds *= each.posts;
  const std::vector channels{add_x("one"), add_x("two"), add_x("three")};
  int at_ms = 0;
  for (int i = 0; i < 40; ++i) {
    at_ms += random.between(1, 1'500);
    tables.add_delivery(channels[random.between<std::size_t>(0, 2)], clock.now() + std::chrono::milliseconds{at_ms});
  }
  compare(15min);
}

}  // namespace pulse::actors
