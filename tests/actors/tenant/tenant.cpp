// The tenant's supervisor: rows, crashes, sleep. Over 400 lines: a unit has one file of tests.
#include "actors/tenant/tenant.hpp"

#include "tests/support/actor_fixture.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using domain::channel_type;
using domain::delivery_state;
using domain::outcome_kind;
using support::fake_platform;
using support::memory_store;

struct tenant_fixture : support::actor_fixture {
  process& node = start_process();
  base::uuid tenant = tables.add_tenant();
  base::uuid channel = tables.add_channel(tenant);

  base::uuid deliver(std::chrono::milliseconds in, std::optional<base::uuid> to = std::nullopt) {
    return tables.add_delivery(to.value_or(channel), clock.now() + in);
  }
  void tell() { REQUIRE(actor_fixture::tell(node, tenant)); }

  /// Runs until an actor of this name is next, and ends it before it runs. False: none had anything to do.
  bool crash_next(const std::string& name) {
    for (int i = 0; i < 10'000 && scheduler.has_job(); ++i) {
      auto* next = dynamic_cast<caf::scheduled_actor*>(scheduler.jobs.front());
      if (next != nullptr && name == next->name()) {
        next->enqueue(nullptr, caf::make_message_id(caf::message_priority::high),
                      caf::make_message(caf::exit_msg{next->address(), caf::exit_reason::kill}), nullptr);
        return true;
      }
      scheduler.run_once();
    }
    return false;
  }
  /// Moves the clocks on and leaves what is to be done undone.
  void tick(std::chrono::milliseconds by) {
    clock.advance(by);
    scheduler.advance_time(by);
  }
  std::size_t told(const std::string& type) const {
    return static_cast<std::size_t>(std::count_if(tables.events.begin(), tables.events.end(),
                                                  [&type](const auto& each) { return each.type == type; }));
  }
};

}  // namespace

TEST_CASE_METHOD(tenant_fixture, "a notice is answered when the rows have been read, and not before") {
  node.rows.become(memory_store::call::load, memory_store::mood::slow);
  const auto first = tell_later(node, tenant);
  settle();
  CHECK_FALSE(first.is_answered());
  // The read under way may have seen the rows of before this notice: it is answered by the next.
  deliver(0s);
  const auto second = tell_later(node, tenant);
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
  const auto notice = tell_later(node, tenant);
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
  tell();
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
  tell_later(late, tenant);
  const auto ran = steps;
  advance_long(5min);
  CHECK(late.rows.count() < 5 * 60 * 8);
  CHECK(steps - ran < 5 * 60 * 80);
}

TEST_CASE_METHOD(tenant_fixture, "rows that say go while every claim is refused are asked at a bounded rate") {
  node.rows.become(memory_store::call::claim, memory_store::mood::refusing);
  const auto id = deliver(0s);
  tell();
  const auto ran = steps;
  advance(10s);
  INFO(steps - ran << " runs, " << node.rows.count(memory_store::call::claim) << " claims");
  CHECK(node.rows.count(memory_store::call::claim) <= 600);
  CHECK(steps - ran < 12'000);
  node.rows.become(memory_store::call::claim, memory_store::mood::prompt);
  advance(100ms);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(tenant_fixture, "more than an agenda holds goes out all the same") {
  const int many = 3 * tenant_state::most_of_channel + 70;
  for (int i = 0; i < many; ++i) deliver(1s);
  tell();
  advance(3s);
  CHECK(platform.calls.size() == static_cast<std::size_t>(many));
  CHECK_FALSE(platform.any_twice());
}

TEST_CASE_METHOD(tenant_fixture, "what lies beyond the horizon goes out on time") {
  const auto id = deliver(45min);
  const auto near = deliver(5min);
  tell();
  advance_long(45min - 1s);
  CHECK(state(near) == delivery_state::published);
  CHECK(state(id) == delivery_state::waiting);
  advance(1s);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.calls.back().at == start + 45min);
}

// --- crashes ---------------------------------------------------------------------------------------------------------------

TEST_CASE_METHOD(tenant_fixture,
                 "a channel that crashes before sending comes back from its rows, and its siblings notice nothing") {
  const auto other = tables.add_channel(tenant);
  platform.script.push_back({.throws = true});
  const auto id = deliver(1s);
  const auto sibling = deliver(1s + 1ms, other);
  tell();
  advance(1'001ms);
  CHECK(state(sibling) == delivery_state::published);
  CHECK(state(id) == delivery_state::sending);
  advance_long(90s);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.looks.size() == 2);  // looked at once, and before it was sent again
  CHECK_FALSE(platform.any_twice());
}

TEST_CASE_METHOD(tenant_fixture, "a channel that crashes while the platform has the post does not send it again") {
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  const auto id = deliver(1s);
  tell();
  advance(1s);
  REQUIRE(platform.calls.size() == 1);
  const auto next = deliver(1s);
  tell();
  tick(1s);
  REQUIRE(crash_next("channel"));
  platform.plan = {};
  advance_long(60s);
  platform.reply_all();  // too late: nobody listens
  settle();
  CHECK(state(id) == delivery_state::published);
  CHECK(state(next) == delivery_state::published);
  CHECK_FALSE(platform.any_twice());
  CHECK(platform.calls.size() == 2);
}

TEST_CASE_METHOD(tenant_fixture,
                 "rows that were read before a crash do not make an attempt that is under way begin again") {
  // The channel also has to look at another post, which is what it will crash by.
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  platform.look_throws = true;
  const auto poison = deliver(-1min);
  auto& row_of_poison = tables.deliveries.at(poison);
  row_of_poison.state = delivery_state::unknown;
  row_of_poison.attempt = 1;
  row_of_poison.deadline_at = row_of_poison.look_at.emplace(start + 2s);
  row_of_poison.attempts[1] = {1, start - 1min, start + 2s};
  const auto id = deliver(1s);
  tell();
  // A read of the rows that sees the post waiting, and is answered after the crash.
  node.rows.become(memory_store::call::load, memory_store::mood::slow);
  tell_later(node, tenant);
  settle();
  advance(1s);
  REQUIRE(platform.calls.size() == 1);
  advance(1'500ms);  // crashed, and started again
  platform.look_throws = false;
  platform.plan = {};
  node.rows.release();
  node.rows.become(memory_store::call::load, memory_store::mood::prompt);
  settle();
  node.rows.release();
  advance_long(2min);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.accepted.at(id) == 1);
}

TEST_CASE_METHOD(
    tenant_fixture,
    "three crashes within a minute leave a channel alone, people are told, and a minute later it is tried again") {
  const auto other = tables.add_channel(tenant);
  platform.plan = [this](const auto& what) { return fake_platform::manner{.throws = what.channel_id == channel}; };
  for (int i = 0; i < 5; ++i) deliver(1s, channel);
  tell();
  advance(5s);
  CHECK(told("ChannelDegraded") == 1);
  const auto sibling = deliver(1s, other);
  tell();
  advance(1s);
  CHECK(state(sibling) == delivery_state::published);
  platform.plan = {};
  const auto sent = platform.calls.size();
  advance(30s);
  CHECK(platform.calls.size() == sent);  // left alone
  advance_long(3min);
  for (const auto& [id, row] : tables.deliveries) CHECK(row.state == delivery_state::published);
  CHECK_FALSE(platform.any_twice());
  CHECK(told("ChannelDegraded") == 1);
}

TEST_CASE_METHOD(tenant_fixture, "a crashed channel is not started again before its pause is over") {
  platform.plan = [](const auto&) { return fake_platform::manner{.throws = true}; };
  for (int i = 0; i < 20; ++i) deliver(std::chrono::milliseconds{1'000 + 20 * i});
  tell();
  advance(1'150ms);
  const auto attempts = std::count_if(tables.deliveries.begin(), tables.deliveries.end(),
                                      [](const auto& one) { return one.second.attempt > 0; });
  CHECK(attempts == 1);  // one crash, and the pause of 200 ms is not over
}

TEST_CASE_METHOD(tenant_fixture,
                 "a limiter that crashes is replaced, and whoever was waiting for it asks the new one") {
  const auto x = tables.add_channel(tenant, channel_type::x, base::uuid_from_name("account"));
  const auto id = deliver(1s, x);
  tell();
  advance(999ms);
  tick(1ms);
  REQUIRE(crash_next("limiter"));
  settle();
  CHECK(platform.calls.empty());
  advance(1s);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.calls.size() == 1);
}

TEST_CASE_METHOD(tenant_fixture, "a limiter that keeps crashing does not keep the engine busy") {
  const auto id = deliver(1s);
  tell();
  advance(999ms);
  tick(1ms);
  int crashes = 0;
  for (; crashes < 50 && crash_next("limiter"); ++crashes) scheduler.run_once();
  CHECK(crashes < 50);
  advance(5s);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(tenant_fixture,
                 "three crashes within a minute leave a limiter or a supervisor alone, people are told, and a minute "
                 "later it goes on") {
  const std::string name = GENERATE("limiter", "tenant");
  INFO(name);
  const auto id = deliver(1s);
  tell();
  advance(999ms);
  tick(1ms);
  for (int crash = 1; crash <= 3; ++crash) {
    CHECK(told("ChannelDegraded") == 0);
    REQUIRE(crash_next(name));
    settle();
    if (crash < 3) tick(crash * crash_count::pause);
  }
  CHECK(told("ChannelDegraded") == 1);
  advance_long(55s);
  CHECK(platform.calls.empty());
  tell_later(node, tenant);
  advance_long(10s);
  CHECK(state(id) == delivery_state::published);
  CHECK(told("ChannelDegraded") == 1);
}

TEST_CASE_METHOD(tenant_fixture,
                 "a supervisor that crashes at any moment comes back with a higher fence, and nothing is doubled") {
  for (int at = 0; at < 25; ++at) {
    tenant_fixture each;
    const auto id = each.deliver(1s);
    each.tell();
    each.advance(999ms);
    each.tick(1ms);
    for (int i = 0; i < at && each.scheduler.has_job(); ++i) each.scheduler.run_once();
    const auto fence = each.tables.tenants.at(each.tenant).fence;
    if (!each.crash_next("tenant")) continue;
    each.advance_long(2min);
    INFO("crashed after " << at << " runs");
    CHECK(each.tables.tenants.at(each.tenant).fence > fence);
    CHECK(each.state(id) == delivery_state::published);
    CHECK_FALSE(each.platform.any_twice());
  }
}

TEST_CASE_METHOD(tenant_fixture, "a channel that crashes at any moment leaves nothing stuck and nothing doubled") {
  int crashed = 0;
  for (int at = 0; at < 25; ++at) {
    tenant_fixture each;
    const auto first = each.deliver(1s);
    const auto second = each.deliver(1s);
    each.tell();
    each.advance(999ms);
    each.tick(1ms);
    for (int i = 0; i < at && each.scheduler.has_job(); ++i) each.scheduler.run_once();
    if (!each.crash_next("channel")) continue;
    ++crashed;
    each.advance_long(2min);
    INFO("crashed after " << at << " runs");
    CHECK(each.state(first) == delivery_state::published);
    CHECK(each.state(second) == delivery_state::published);
    CHECK_FALSE(each.platform.any_twice());
  }
  CHECK(crashed > 3);
}

// --- sleep -----------------------------------------------------------------------------------------------------------------

TEST_CASE_METHOD(tenant_fixture,
                 "a supervisor with nothing to do goes to sleep with its children, and a notice wakes it") {
  const auto asleep = running();
  deliver(1s);
  tell();
  advance(1s);
  CHECK(running() > asleep);
  advance_long(32s);
  CHECK(running() == asleep);
  const auto id = deliver(2s);
  tell();
  advance(2s);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(tenant_fixture,
                 "a supervisor does not sleep while something is due soon, and a sleeping tenant costs nothing") {
  const auto asleep = running();
  const auto id = deliver(5min);
  tell();
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
    each.tell();  // so that there is a channel to stop
    each.advance(29'998ms);
    // Around the moment of its tick whoever has something to do runs in any order, and the notice comes somewhere there.
    const int told_at = random.between(0, 14);
    std::optional<base::uuid> id;
    for (int run = 0; run < 20; ++run) {
      if (run == told_at) {
        id = each.deliver(2s);
        each.tell_later(each.node, each.tenant);
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
  tell();
  advance(1s);
  // A read that sees the post being sent; its answer comes only after the post has gone on, by a record that is in doubt.
  node.rows.become(memory_store::call::load, memory_store::mood::slow);
  tell_later(node, tenant);
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

}  // namespace pulse::actors
