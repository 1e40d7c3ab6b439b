// The tenant's supervisor: notices, rows, sleep.
#include "actors/tenant/tenant.hpp"

#include "tests/actors/tenant/tenant_fixture.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::actors {

using namespace std::chrono_literals;
using domain::delivery_state;
using domain::outcome_kind;
using support::memory_store;

TEST_CASE_METHOD(tenant_fixture, "a notice is answered when the rows have been read, and not before") {
  node.rows.become(memory_store::call::load, memory_store::mood::slow);
  const auto first = notify_later(node, tenant);
  settle();
  CHECK_FALSE(first.is_answered());
  // The read under way may have seen the rows of before this notice: it is answered by the next.
  deliver(0s);
  const auto second = notify_later(node, tenant);
  settle();
  node.rows.release();
  settle();
  CHECK(first.reloaded());
  CHECK_FALSE(second.is_answered());
  CHECK(platform.calls.empty());
  node.rows.release();
  settle();
  CHECK(second.reloaded());
  CHECK(platform.calls.size() == 1);
}

TEST_CASE_METHOD(tenant_fixture,
                 "a notice is answered with no when the database does not answer, and with yes when it is back") {
  node.rows.become(memory_store::call::load, memory_store::mood::silent);
  const auto id = deliver(1s);
  const auto notice = notify_later(node, tenant);
  settle();
  CHECK(notice.is_answered());
  CHECK_FALSE(notice.reloaded());
  advance(5s);
  node.rows.become(memory_store::call::load, memory_store::mood::prompt);
  advance(600ms);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(tenant_fixture, "a database that is away for ten minutes costs a few questions a second and no more") {
  deliver(1s);
  notify();
  node.rows.become(memory_store::mood::silent);
  const auto asked = node.rows.count();
  const auto ran = steps;
  advance_long(10min);
  INFO(node.rows.count() - asked << " questions, " << steps - ran << " runs");
  CHECK(node.rows.count() - asked < 10 * 60 * 8);
  CHECK(steps - ran < 10 * 60 * 80);
  CHECK(platform.calls.empty());
}

TEST_CASE_METHOD(tenant_fixture, "a database that is away from the start costs a few questions a second and no more") {
  auto& late = make_process();
  late.rows.become(memory_store::mood::silent);
  launch(late);
  notify_later(late, tenant);
  const auto ran = steps;
  advance_long(5min);
  CHECK(late.rows.count() < 5 * 60 * 8);
  CHECK(steps - ran < 5 * 60 * 80);
}

TEST_CASE_METHOD(tenant_fixture, "rows that look due while every claim is refused are claimed at a bounded rate") {
  node.rows.become(memory_store::call::claim, memory_store::mood::refusing);
  const auto id = deliver(0s);
  notify();
  const auto ran = steps;
  advance(10s);
  INFO(steps - ran << " runs, " << node.rows.count(memory_store::call::claim) << " claims");
  CHECK(node.rows.count(memory_store::call::claim) <= 600);
  CHECK(steps - ran < 12'000);
  node.rows.become(memory_store::call::claim, memory_store::mood::prompt);
  advance(100ms);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(tenant_fixture, "posts beyond one agenda's limit go out, too") {
  const int many = 3 * tenant_state::most_of_channel + 70;
  for (int i = 0; i < many; ++i) deliver(1s);
  notify();
  advance(3s);
  CHECK(platform.calls.size() == static_cast<std::size_t>(many));
  CHECK_FALSE(platform.any_twice());
}

TEST_CASE_METHOD(tenant_fixture, "posts beyond the horizon go out on time") {
  const auto id = deliver(45min);
  const auto near = deliver(5min);
  notify();
  advance_long(45min - 1s);
  CHECK(state(near) == delivery_state::published);
  CHECK(state(id) == delivery_state::waiting);
  advance(1s);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.calls.back().at == start + 45min);
}

TEST_CASE_METHOD(tenant_fixture,
                 "a supervisor with nothing to do goes to sleep with its children, and a notice wakes it") {
  const auto asleep = running();
  deliver(1s);
  notify();
  advance(1s);
  CHECK(running() > asleep);
  advance_long(32s);
  CHECK(running() == asleep);
  const auto id = deliver(2s);
  notify();
  advance(2s);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(tenant_fixture,
                 "a supervisor does not sleep while something is due soon, and a sleeping tenant costs nothing") {
  const auto asleep = running();
  const auto id = deliver(5min);
  notify();
  advance_long(4min);
  CHECK(running() > asleep);
  advance_long(2min);
  CHECK(state(id) == delivery_state::published);
  CHECK(running() == asleep);
  const auto loads = node.rows.count(memory_store::call::load);
  advance_long(30min);
  CHECK(node.rows.count(memory_store::call::load) == loads);
}

TEST_CASE_METHOD(tenant_fixture, "no notice is lost on a supervisor that is just going to sleep") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 400; ++round) {
    tenant_fixture each;
    each.deliver(0s);
    each.notify();  // so that there is a channel to stop
    each.advance(29'998ms);
    // Around the moment of its tick whoever has something to do runs in any order, and the notice comes somewhere
    // there.
    const int told_at = random.between(0, 14);
    std::optional<base::uuid> id;
    for (int run = 0; run < 20; ++run) {
      if (run == told_at) {
        id = each.deliver(2s);
        each.notify_later(each.node, each.tenant);
      }
      auto& jobs = each.scheduler.jobs;
      if (jobs.empty() || random.between(0, 3) == 0) each.tick(1ms);
      if (jobs.empty()) continue;
      std::rotate(jobs.begin(), jobs.begin() + random.between<std::ptrdiff_t>(0, std::ssize(jobs) - 1), jobs.end());
      each.scheduler.run_once();
    }
    each.advance(5s);
    REQUIRE(each.state(*id) == delivery_state::published);
    REQUIRE(each.platform.calls.back().at <= each.row(*id).due_at + 100ms);
  }
}

TEST_CASE_METHOD(tenant_fixture, "rows that change while they are being read are read again") {
  platform.script.push_back(
      {.accepts = false,
       .says = domain::outcome{.kind = outcome_kind::rate_limited, .retry_at = start + 3s, .reason = "429"},
       .is_held = true});
  const auto id = deliver(1s);
  notify();
  advance(1s);
  // A read that sees the post being sent; its answer comes only after the post has gone on, by a record that is in
  // doubt.
  node.rows.become(memory_store::call::load, memory_store::mood::slow);
  notify_later(node, tenant);
  settle();
  node.rows.become(memory_store::call::record, memory_store::mood::in_doubt);
  platform.reply_all();
  settle();
  CHECK(state(id) == delivery_state::waiting);
  node.rows.become(memory_store::call::record, memory_store::mood::prompt);
  node.rows.become(memory_store::call::load, memory_store::mood::prompt);
  advance(300ms);  // recorded again, refused, and released
  node.rows.release();
  advance(3s);
  REQUIRE(platform.calls.size() == 2);
  CHECK(platform.calls[1].at <= start + 3s + 50ms);
}

TEST_CASE_METHOD(tenant_fixture, "what is put back to wait is not forgotten because of rows that were read before") {
  platform.script.push_back(
      {.accepts = false,
       .says = domain::outcome{.kind = outcome_kind::rate_limited, .retry_at = start + 3s, .reason = "429"},
       .is_held = true});
  const auto id = deliver(1s);
  notify();
  advance(1s);
  // The read sees the post being sent; its answer comes only after the post waits for its next attempt.
  node.rows.become(memory_store::call::load, memory_store::mood::slow);
  notify_later(node, tenant);
  settle();
  platform.reply_all();
  settle();
  CHECK(state(id) == delivery_state::waiting);
  node.rows.become(memory_store::call::load, memory_store::mood::prompt);
  node.rows.release();
  advance(3s);
  REQUIRE(platform.calls.size() == 2);
  CHECK(platform.calls[1].at <= start + 3s + 50ms);
}

}  // namespace pulse::actors
