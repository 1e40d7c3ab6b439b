// A channel while its database is silent, its lease is over, or its connector gives no answer.
#include "tests/actors/publishing/channel_fixture.hpp"

namespace pulse::actors {

TEST_CASE_METHOD(channel_fixture, "a database that is silent while claiming delays the post and does not double it") {
  const auto how = GENERATE(memory_store::mood::silent, memory_store::mood::in_doubt);
  node.rows.become(memory_store::call::claim, how);
  const auto id = deliver(1s);
  notify();
  advance(5s);
  CHECK(platform.calls.empty());
  CHECK(node.rows.count(memory_store::call::claim) <= 20);
  node.rows.become(memory_store::call::claim, memory_store::mood::prompt);
  advance(2s);
  REQUIRE(platform.calls.size() == 1);
  CHECK(platform.calls[0].attempt == 1);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(channel_fixture, "a post that is cancelled while its claim is in doubt is not sent") {
  node.rows.become(memory_store::call::claim, memory_store::mood::silent);
  const auto id = deliver(1s);
  notify();
  advance(2s);
  REQUIRE(tables.cancel(id));
  node.rows.become(memory_store::call::claim, memory_store::mood::prompt);
  advance_long(1min);
  CHECK(platform.calls.empty());
  CHECK(state(id) == delivery_state::cancelled);
}

TEST_CASE_METHOD(channel_fixture, "a database that is silent while recording never loses what the platform said") {
  const auto how = GENERATE(memory_store::mood::silent, memory_store::mood::in_doubt);
  node.rows.become(memory_store::call::record, how);
  const auto id = deliver(1s);
  const auto next = deliver(2s);
  notify();
  advance(30s);
  CHECK(platform.calls.size() == 2);  // the next one does not wait for the record
  CHECK(node.rows.count(memory_store::call::record) <= 250);
  node.rows.become(memory_store::call::record, memory_store::mood::prompt);
  advance(2s);
  CHECK(state(id) == delivery_state::published);
  CHECK(state(next) == delivery_state::published);
  CHECK(row(id).external_id == "at-1");
  advance_long(2min);
  CHECK(platform.calls.size() == 2);
  CHECK(tables.events.size() == 2);
}

TEST_CASE_METHOD(channel_fixture, "a retry whose record is in doubt still goes out at its time") {
  platform.script.push_back(refuse(outcome_kind::transient));
  node.rows.become(memory_store::call::record, memory_store::mood::in_doubt);
  const auto id = deliver(1s);
  notify();
  advance(2s);
  node.rows.become(memory_store::call::record, memory_store::mood::prompt);
  advance(28'999ms);
  CHECK(platform.calls.size() == 1);
  advance(100ms);
  CHECK(platform.calls.size() == 2);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(channel_fixture, "a call ends before the attempt's deadline, also when the claim was answered late") {
  const auto late = GENERATE(0ms, 1'000ms, 4'000ms, 8'000ms, 14'000ms);
  INFO("answered after " << late.count() << " ms");
  node.rows.become(memory_store::call::claim, memory_store::mood::slow);
  const auto id = deliver(0s);
  notify();
  advance(late);
  node.rows.become(memory_store::call::claim, memory_store::mood::prompt);
  node.rows.release();
  settle();
  REQUIRE(platform.calls.size() == 1);
  CHECK(platform.calls[0].at + platform.calls[0].timeout < row(id).deadline_at);
  CHECK(row(id).attempt == 1);
}

TEST_CASE_METHOD(channel_fixture,
                 "nothing is claimed or sent while this node has no lease, and no attempt is used up by it") {
  const auto id = deliver(30s);
  notify();
  node.rows.become(memory_store::call::renew, memory_store::mood::silent);
  advance_long(29s);
  REQUIRE_FALSE(node.lease.is_valid());
  tables.nodes.begin()->second = clock.now() + 1h;  // it could still be renewed: nobody has taken over
  advance_long(60s);
  CHECK(platform.calls.empty());
  CHECK(row(id).attempt == 0);
  node.rows.become(memory_store::call::renew, memory_store::mood::prompt);
  advance_long(6s);
  CHECK(platform.calls.size() == 1);
  CHECK(state(id) == delivery_state::published);
  CHECK(row(id).failures == 0);
}

TEST_CASE_METHOD(channel_fixture,
                 "a lease that ends between the claim and the call stops the call, and the post goes out later") {
  node.rows.become(memory_store::call::claim, memory_store::mood::slow);
  const auto id = deliver(5s);
  notify();
  advance(5s);
  node.rows.become(memory_store::call::renew, memory_store::mood::silent);
  tables.nodes.clear();  // somebody has buried this node
  node.lease.end();
  node.rows.release();
  settle();
  CHECK(platform.calls.empty());
  CHECK(state(id) == delivery_state::sending);
  node.rows.become(memory_store::mood::prompt);
  advance_long(90s);
  CHECK(platform.calls.size() == 1);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(channel_fixture, "a call that began under a lease that is over does not go on under the next one") {
  std::function<bool()> may_send;
  platform.plan = [&may_send](const auto& what) {
    may_send = what.may_send;
    return fake_platform::manner{.is_held = true};
  };
  deliver(0s);
  notify();
  REQUIRE(may_send);
  CHECK(may_send());
  node.lease.end();
  CHECK_FALSE(may_send());
  node.lease.renewed(node.lease.now());
  CHECK(node.lease.is_valid());
  CHECK_FALSE(may_send());
}

TEST_CASE_METHOD(channel_fixture, "a connector that never calls back does not hold its channel") {
  platform.script.push_back({.accepts = true, .is_held = true});
  const auto lost = deliver(1s);
  const auto next = deliver(2s);
  notify();
  advance(10s);
  CHECK(state(next) == delivery_state::waiting);
  advance_long(30s);
  CHECK(state(next) == delivery_state::published);
  CHECK(state(lost) == delivery_state::published);
  CHECK(row(lost).external_id == "found");
  CHECK_FALSE(platform.any_twice());
}

}  // namespace pulse::actors
