// Attempts without a known end: a channel asks the platform, and waits as long as it is told to.
#include "tests/actors/publishing/channel_fixture.hpp"

namespace pulse::actors {

TEST_CASE_METHOD(channel_fixture, "a lost reply is reconciled at once, and a live post is not sent again") {
  platform.script.push_back({.accepts = true, .says = domain::outcome{.kind = outcome_kind::unknown}});
  const auto id = deliver(1s);
  notify();
  advance(1'010ms);
  REQUIRE(platform.looks.size() == 1);
  CHECK(state(id) == delivery_state::published);
  CHECK(row(id).external_id == "found");
  CHECK(platform.calls.size() == 1);
}

TEST_CASE_METHOD(channel_fixture, "a lost reply whose post is not there yet is reconciled again after the deadline") {
  platform.script.push_back({.accepts = true, .says = domain::outcome{.kind = outcome_kind::unknown}});
  platform.look = domain::reconciliation{.kind = domain::reconciliation_kind::absent};  // its list lags
  const auto id = deliver(1s);
  notify();
  advance(1'010ms);
  CHECK(platform.looks.size() == 1);
  CHECK(state(id) == delivery_state::unknown);
  platform.look.reset();
  const auto deadline = row(id).deadline_at;
  advance(deadline - clock.now() - 1ms);
  CHECK(platform.looks.size() == 1);
  advance(2ms);
  CHECK(platform.looks.size() == 2);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.calls.size() == 1);
}

TEST_CASE_METHOD(channel_fixture, "a lost reply of a post that is absent is sent again, once") {
  platform.script.push_back({.accepts = false, .says = domain::outcome{.kind = outcome_kind::unknown}});
  const auto id = deliver(1s);
  notify();
  advance_long(2min);
  CHECK(platform.calls.size() == 2);
  CHECK(state(id) == delivery_state::published);
  CHECK_FALSE(platform.any_twice());
}

TEST_CASE_METHOD(channel_fixture, "a platform that cannot tell leaves the decision to a person") {
  platform.script.push_back({.accepts = true, .says = domain::outcome{.kind = outcome_kind::unknown}});
  platform.look = domain::reconciliation{.kind = domain::reconciliation_kind::cannot_know};
  const auto id = deliver(1s);
  notify();
  advance_long(10min);
  CHECK(state(id) == delivery_state::unconfirmed);
  CHECK(platform.looks.size() == 2);
  CHECK(platform.calls.size() == 1);
}

TEST_CASE_METHOD(
    channel_fixture,
    "a platform that asks to be left alone is looked at when it said, and a person is not asked for that") {
  platform.script.push_back({.accepts = true, .says = domain::outcome{.kind = outcome_kind::unknown}});
  platform.look = domain::reconciliation{.kind = domain::reconciliation_kind::try_again, .retry_at = start + 15min};
  const auto id = deliver(1s);
  notify();
  advance_long(14min);
  CHECK(platform.looks.size() == 1);
  platform.look.reset();
  advance_long(61s);
  CHECK(platform.looks.size() == 2);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(
    channel_fixture,
    "credentials refused while looking switch the channel off, and the post stays unknown until it is told") {
  platform.script.push_back({.accepts = true, .says = domain::outcome{.kind = outcome_kind::unknown}});
  platform.look =
      domain::reconciliation{.kind = domain::reconciliation_kind::try_again, .reason = "no", .is_unauthorized = true};
  const auto id = deliver(1s);
  notify();
  advance_long(2h);
  CHECK(state(id) == delivery_state::unknown);
  CHECK_FALSE(tables.channels.at(channel).is_active);
  CHECK(platform.looks.size() <= 26);
  const auto told = std::count_if(tables.events.begin(), tables.events.end(),
                                  [](const auto& each) { return each.type == "ChannelAuthFailed"; });
  CHECK(told == 1);
  platform.look.reset();
  tables.channels.at(channel).is_active = true;
  advance_long(6min);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(channel_fixture, "an answer to an earlier reconciliation does not count for a later attempt") {
  // The first look is answered when the second attempt is looked at, and says what was true of the first.
  platform.plan = [this](const auto& what) {
    platform.looks_held = 1;
    return fake_platform::manner{.accepts = what.attempt == 2, .says = domain::outcome{.kind = outcome_kind::unknown}};
  };
  const auto id = deliver(1s);
  notify();
  advance_long(14s);
  REQUIRE(platform.looks.size() == 1);
  REQUIRE(platform.held_looks() == 1);
  advance_long(62s);  // given up, and looked again: absent, and sent again with a reply that is lost
  REQUIRE(platform.calls.size() == 2);
  REQUIRE(platform.looks.size() == 3);
  REQUIRE(state(id) == delivery_state::unknown);
  platform.answer_look();  // the first one: absent
  settle();
  CHECK(state(id) == delivery_state::unknown);
  platform.answer_look();
  settle();
  CHECK(state(id) == delivery_state::published);
  CHECK_FALSE(platform.any_twice());
}

TEST_CASE_METHOD(channel_fixture, "the time-out of a reconciliation ends with it") {
  platform.script.push_back({.accepts = true, .says = domain::outcome{.kind = outcome_kind::unknown}});
  platform.look = domain::reconciliation{.kind = domain::reconciliation_kind::try_again};
  const auto id = deliver(1s);
  notify();
  advance_long(14s);
  REQUIRE(platform.looks.size() == 2);
  platform.looks_held = 100;
  advance_long(3s);
  REQUIRE(platform.held_looks() == 1);
  advance_long(start + 74s - clock.now());  // the second look's 60 s are over, the third's are not
  CHECK(platform.looks.size() == 3);
  CHECK(state(id) == delivery_state::unknown);
}

TEST_CASE_METHOD(
    channel_fixture,
    "failed reconciliations are repeated less and less often, remembered across reloads, and end with a person") {
  platform.script.push_back({.accepts = true, .says = domain::outcome{.kind = outcome_kind::unknown}});
  platform.look = domain::reconciliation{.kind = domain::reconciliation_kind::try_again};
  const auto id = deliver(1s);
  notify();
  for (int i = 0; i < 60; ++i) {
    advance_long(20s);
    notify();  // reads the rows, which do not know of the looks
  }
  CHECK(state(id) == delivery_state::unconfirmed);
  CHECK(platform.looks.size() ==
        1 + static_cast<std::size_t>(domain::most_reconciliations));  // the early one does not count
}

TEST_CASE_METHOD(channel_fixture, "rows for a read that cannot be loaded are retried with pauses") {
  platform.script.push_back({.accepts = true, .says = domain::outcome{.kind = outcome_kind::unknown}});
  const auto id = deliver(1s);
  node.rows.become(memory_store::call::content, memory_store::mood::silent);
  notify();
  advance(23s);
  CHECK(node.rows.count(memory_store::call::content) >= 2);
  CHECK(node.rows.count(memory_store::call::content) <= 50);
  node.rows.become(memory_store::call::content, memory_store::mood::prompt);
  advance(2s);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(channel_fixture, "a retry after the platform's own error backs off when the post is absent") {
  platform.script.push_back({.accepts = false, .says = domain::outcome{.kind = outcome_kind::unknown}});
  const auto id = deliver(1s);
  notify();
  advance_long(30'900ms);
  CHECK(platform.looks.size() == 2);
  CHECK(platform.calls.size() == 1);
  advance_long(200ms);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.calls.size() == 2);
}

TEST_CASE_METHOD(channel_fixture, "a dead process's attempt that is found absent goes out again at once") {
  platform.script.push_back({.accepts = false, .is_held = true});
  const auto id = deliver(1s);
  notify();
  advance(1s);
  const auto deadline = row(id).deadline_at;
  kill(node);
  tables.nodes.clear();
  start_process();
  advance_long(deadline - clock.now() + 200ms);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.calls.size() == 2);
  CHECK(row(id).failures == 0);
  CHECK(row(id).interruptions == 1);
}

TEST_CASE_METHOD(channel_fixture,
                 "a dead process's attempt that is live is known as soon as another process reconciles it") {
  platform.script.push_back({.accepts = true, .is_held = true});
  const auto id = deliver(1s);
  notify();
  advance(1s);
  kill(node);
  tables.nodes.clear();
  start_process();
  advance(100ms);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.calls.size() == 1);
}

TEST_CASE_METHOD(channel_fixture, "the wait that a platform asked for survives the death of the process") {
  const auto asked_of_call = GENERATE(true, false);
  const domain::reconciliation put_off{.kind = domain::reconciliation_kind::try_again, .retry_at = start + 61s};
  platform.script.push_back({.accepts = false, .says = domain::outcome{.kind = outcome_kind::unknown}});
  if (asked_of_call) platform.script.back().says->retry_at = start + 61s;
  if (!asked_of_call) platform.look = put_off;
  const auto id = deliver(1s);
  notify();
  advance(2s);
  REQUIRE(state(id) == delivery_state::unknown);
  const auto looks = platform.looks.size();
  platform.look.reset();
  kill(node);
  tables.nodes.clear();
  start_process();
  advance_long(start + 60s - clock.now());
  CHECK(platform.looks.size() == looks);
  CHECK(platform.calls.size() == 1);
  advance_long(2s);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.calls.back().at >= start + 61s);
}

TEST_CASE_METHOD(channel_fixture, "the retry policy's wait after an answer survives the death of the process") {
  platform.script.push_back({.accepts = false, .says = domain::outcome{.kind = outcome_kind::unknown}});
  const auto id = deliver(1s);
  notify();
  advance(2s);
  kill(node);
  tables.nodes.clear();
  start_process();
  advance_long(28s);
  CHECK(platform.calls.size() == 1);
  advance_long(2s);
  CHECK(state(id) == delivery_state::published);
  CHECK(row(id).failures == 1);
}

}  // namespace pulse::actors
