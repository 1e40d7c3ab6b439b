// The channel's promises. Over 400 lines: a unit has one file of tests, and the channel meets all that can happen to a post.
#include "actors/publishing/channel.hpp"

#include <algorithm>

#include "base/describe.hpp"
#include "tests/support/actor_fixture.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using domain::channel_type;
using domain::delivery_state;
using domain::outcome_kind;
using support::fake_platform;
using support::memory_store;

struct channel_fixture : support::actor_fixture {
  process& node = start_process();
  base::uuid tenant = tables.add_tenant();
  base::uuid channel = tables.add_channel(tenant);

  base::uuid deliver(std::chrono::milliseconds in, std::optional<base::uuid> to = std::nullopt) {
    return tables.add_delivery(to.value_or(channel), clock.now() + in);
  }
  void tell() { REQUIRE(actor_fixture::tell(node, tenant)); }
  static fake_platform::manner refuse(outcome_kind kind) {
    return {.accepts = false, .says = domain::outcome{.kind = kind, .reason = "no"}};
  }
};

}  // namespace

TEST_CASE_METHOD(channel_fixture, "a due post is sent exactly at its time and not before") {
  const auto id = deliver(10s);
  tell();
  advance(9'999ms);
  CHECK(platform.calls.empty());
  CHECK(state(id) == delivery_state::waiting);
  advance(1ms);
  REQUIRE(platform.calls.size() == 1);
  CHECK(platform.calls[0].at == start + 10s);
  CHECK(state(id) == delivery_state::published);
  CHECK(row(id).external_id == "at-1");
  CHECK(row(id).attempts.size() == 1);
  REQUIRE(tables.events.size() == 1);
  CHECK(tables.events[0].type == "PublishSucceeded");
}

TEST_CASE_METHOD(channel_fixture, "a post whose time has passed is sent at once") {
  deliver(-1h);
  tell();
  CHECK(platform.calls.size() == 1);
}

TEST_CASE_METHOD(channel_fixture,
                 "the intent is committed before the call, with a deadline after the end of the call") {
  node.rows.become(memory_store::call::claim, memory_store::mood::late);
  const auto id = deliver(0s);
  tell();
  CHECK(platform.calls.empty());
  node.rows.release();
  settle();
  REQUIRE(platform.calls.size() == 1);
  CHECK(platform.calls[0].at + platform.calls[0].timeout < row(id).deadline_at);
}

TEST_CASE_METHOD(channel_fixture,
                 "a rescheduled post is not sent at its old time, even when nobody told the supervisor") {
  const auto told = GENERATE(true, false);
  const auto id = deliver(10s);
  tell();
  REQUIRE(tables.reschedule(id, start + 20s));
  if (told) tell();
  advance(19'999ms);
  CHECK(platform.calls.empty());
  advance(100ms);
  REQUIRE(platform.calls.size() == 1);
  CHECK(platform.calls[0].at == start + 20s);
}

TEST_CASE_METHOD(channel_fixture, "a post that is moved to an earlier time goes out at it") {
  const auto id = deliver(10min);
  tell();
  advance(1s);
  REQUIRE(tables.reschedule(id, start + 3s));
  tell();
  advance(2s);
  REQUIRE(platform.calls.size() == 1);
  CHECK(platform.calls[0].at == start + 3s);
}

TEST_CASE_METHOD(channel_fixture, "a post that is cancelled between the agenda and the claim is not sent") {
  const auto id = deliver(1s);
  tell();
  REQUIRE(tables.cancel(id));
  advance(5s);
  CHECK(platform.calls.empty());
  CHECK(state(id) == delivery_state::cancelled);
  CHECK(node.rows.count(memory_store::call::claim) == 1);
}

TEST_CASE_METHOD(channel_fixture, "a channel sends one after the other, in their order, and records beside it") {
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  const std::vector ids{deliver(1s), deliver(2s), deliver(3s)};
  tell();
  advance(5s);
  REQUIRE(platform.calls.size() == 1);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    REQUIRE(platform.calls.size() == i + 1);
    CHECK(platform.calls[i].delivery_id == ids[i]);
    platform.reply_all();
    settle();
    CHECK(state(ids[i]) == delivery_state::published);
  }
}

TEST_CASE_METHOD(channel_fixture, "a slow channel delays no other") {
  platform.plan = [this](const auto& what) { return fake_platform::manner{.is_held = what.channel_id == channel}; };
  const auto other = tables.add_channel(tenant);
  deliver(1s);
  deliver(2s);
  const auto quick = deliver(2s, other);
  tell();
  advance(2s);
  CHECK(state(quick) == delivery_state::published);
  CHECK(platform.calls.size() == 2);
}

TEST_CASE_METHOD(channel_fixture, "a throttled channel holds its queue, resumes in order, and its siblings go on") {
  const auto account = base::uuid_from_name("account");
  const auto x = tables.add_channel(tenant, channel_type::x, account);
  std::vector<base::uuid> ids;
  for (int i = 0; i < 60; ++i) ids.push_back(deliver(1s + std::chrono::milliseconds{i}, x));
  const auto website = deliver(2s);
  tell();
  advance(2s);
  CHECK(platform.calls.size() == 51);  // a burst of 50 on X, and the website's
  CHECK(state(website) == delivery_state::published);
  const auto steps_before = steps;
  advance(15s);
  CHECK(steps - steps_before < 100);  // it waits, it does not ask
  advance_long(5min);
  CHECK(platform.calls.size() == 61);
  std::vector<base::uuid> sent;
  for (const auto& each : platform.calls) {
    if (each.channel_id == x) sent.push_back(each.delivery_id);
  }
  CHECK(sent == ids);
}

TEST_CASE_METHOD(channel_fixture,
                 "a platform that wants no more is left alone until its time, by everything on that account") {
  const auto account = base::uuid_from_name("account");
  const auto x = tables.add_channel(tenant, channel_type::x, account);
  const auto also_x = tables.add_channel(tenant, channel_type::x, account);
  platform.script.push_back(
      {.accepts = false,
       .says = domain::outcome{.kind = outcome_kind::rate_limited, .retry_at = start + 31s, .reason = "429"}});
  const auto first = deliver(1s, x);
  const auto second = deliver(2s, x);
  const auto third = deliver(3s, also_x);
  tell();
  advance(30'900ms);
  CHECK(platform.calls.size() == 1);
  CHECK(state(first) == delivery_state::waiting);
  CHECK(row(first).failures == 0);
  advance(1s);
  CHECK(platform.calls.size() == 4);
  for (const auto& id : {first, second, third}) CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(channel_fixture, "a passing failure is tried again after its delay") {
  platform.script.push_back(refuse(outcome_kind::transient));
  const auto id = deliver(1s);
  tell();
  advance(30'999ms);
  REQUIRE(platform.calls.size() == 1);
  CHECK(row(id).failures == 1);
  advance(1ms);
  REQUIRE(platform.calls.size() == 2);
  CHECK(platform.calls[1].attempt == 2);
  CHECK(platform.calls[1].at == start + 31s);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(channel_fixture, "a post that keeps failing is given up after the policy's attempts") {
  platform.plan = [](const auto&) { return refuse(outcome_kind::transient); };
  const auto id = deliver(0s);
  tell();
  advance_long(1h);
  CHECK(platform.calls.size() == 5);
  CHECK(state(id) == delivery_state::failed);
  CHECK(tables.events.back().type == "PublishFailed");
}

TEST_CASE_METHOD(channel_fixture,
                 "refused credentials switch the channel off, and what waits goes out when they are back") {
  platform.script.push_back(refuse(outcome_kind::auth_expired));
  const auto first = deliver(1s);
  const auto second = deliver(2s);
  tell();
  advance(1min);
  CHECK(platform.calls.size() == 1);
  CHECK_FALSE(tables.channels.at(channel).is_active);
  CHECK(node.rows.count(memory_store::call::claim) <= 4);  // it does not insist
  tables.channels.at(channel).is_active = true;
  tell();
  advance(10ms);
  CHECK(state(first) == delivery_state::published);
  CHECK(state(second) == delivery_state::published);
}

TEST_CASE_METHOD(channel_fixture, "a lost reply is looked at once, and a post that is live is not sent again") {
  platform.script.push_back({.accepts = true, .says = domain::outcome{.kind = outcome_kind::unknown}});
  const auto id = deliver(1s);
  tell();
  advance(1'010ms);
  REQUIRE(platform.looks.size() == 1);
  CHECK(state(id) == delivery_state::published);
  CHECK(row(id).external_id == "found");
  CHECK(platform.calls.size() == 1);
}

TEST_CASE_METHOD(channel_fixture, "a lost reply whose post is not there yet is looked at again after the deadline") {
  platform.script.push_back({.accepts = true, .says = domain::outcome{.kind = outcome_kind::unknown}});
  platform.look = domain::reconciliation{.kind = domain::reconciliation_kind::absent};  // its list lags
  const auto id = deliver(1s);
  tell();
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
  tell();
  advance_long(2min);
  CHECK(platform.calls.size() == 2);
  CHECK(state(id) == delivery_state::published);
  CHECK_FALSE(platform.any_twice());
}

TEST_CASE_METHOD(channel_fixture, "a platform that cannot tell leaves the decision to a person") {
  platform.script.push_back({.accepts = true, .says = domain::outcome{.kind = outcome_kind::unknown}});
  platform.look = domain::reconciliation{.kind = domain::reconciliation_kind::cannot_know};
  const auto id = deliver(1s);
  tell();
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
  tell();
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
  tell();
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

TEST_CASE_METHOD(channel_fixture, "an answer to an earlier look says nothing of a later attempt") {
  // The first look is answered when the second attempt is looked at, and says what was true of the first.
  platform.plan = [this](const auto& what) {
    platform.looks_held = 1;
    return fake_platform::manner{.accepts = what.attempt == 2, .says = domain::outcome{.kind = outcome_kind::unknown}};
  };
  const auto id = deliver(1s);
  tell();
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

TEST_CASE_METHOD(channel_fixture, "the time after which a look is given up is over with the look") {
  platform.script.push_back({.accepts = true, .says = domain::outcome{.kind = outcome_kind::unknown}});
  platform.look = domain::reconciliation{.kind = domain::reconciliation_kind::try_again};
  const auto id = deliver(1s);
  tell();
  advance_long(14s);
  REQUIRE(platform.looks.size() == 2);
  platform.looks_held = 100;
  advance_long(3s);
  REQUIRE(platform.held_looks() == 1);
  advance_long(start + 74s - clock.now());  // the second look's 60 s are over, the third's are not
  CHECK(platform.looks.size() == 3);
  CHECK(state(id) == delivery_state::unknown);
}

TEST_CASE_METHOD(channel_fixture,
                 "looks that fail are repeated ever more rarely, remembered across reloads, and end with a person") {
  platform.script.push_back({.accepts = true, .says = domain::outcome{.kind = outcome_kind::unknown}});
  platform.look = domain::reconciliation{.kind = domain::reconciliation_kind::try_again};
  const auto id = deliver(1s);
  tell();
  for (int i = 0; i < 60; ++i) {
    advance_long(20s);
    tell();  // reads the rows, which do not know of the looks
  }
  CHECK(state(id) == delivery_state::unconfirmed);
  CHECK(platform.looks.size() == 1 + static_cast<std::size_t>(domain::most_looks));  // the early one does not count
}

TEST_CASE_METHOD(channel_fixture, "a database that is silent while claiming delays the post and does not double it") {
  const auto how = GENERATE(memory_store::mood::silent, memory_store::mood::in_doubt);
  node.rows.become(memory_store::call::claim, how);
  const auto id = deliver(1s);
  tell();
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
  tell();
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
  tell();
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
  tell();
  advance(2s);
  node.rows.become(memory_store::call::record, memory_store::mood::prompt);
  advance(28'999ms);
  CHECK(platform.calls.size() == 1);
  advance(100ms);
  CHECK(platform.calls.size() == 2);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(channel_fixture,
                 "a call ends before the deadline that others go by, also when the claim was answered late") {
  const auto late = GENERATE(0ms, 1'000ms, 4'000ms, 8'000ms, 14'000ms);
  INFO("answered after " << late.count() << " ms");
  node.rows.become(memory_store::call::claim, memory_store::mood::slow);
  const auto id = deliver(0s);
  tell();
  advance(late);
  node.rows.become(memory_store::call::claim, memory_store::mood::prompt);
  node.rows.release();
  settle();
  REQUIRE(platform.calls.size() == 1);
  CHECK(platform.calls[0].at + platform.calls[0].timeout < row(id).deadline_at);
  CHECK(row(id).attempt == 1);
}

TEST_CASE_METHOD(channel_fixture, "what cannot be read for a look is read again, gently") {
  platform.script.push_back({.accepts = true, .says = domain::outcome{.kind = outcome_kind::unknown}});
  const auto id = deliver(1s);
  node.rows.become(memory_store::call::content, memory_store::mood::silent);
  tell();
  advance(23s);
  CHECK(node.rows.count(memory_store::call::content) >= 2);
  CHECK(node.rows.count(memory_store::call::content) <= 50);
  node.rows.become(memory_store::call::content, memory_store::mood::prompt);
  advance(2s);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(channel_fixture,
                 "nothing is claimed or sent while this node has no lease, and no attempt is used up by it") {
  const auto id = deliver(30s);
  tell();
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
  tell();
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
  tell();
  REQUIRE(may_send);
  CHECK(may_send());
  node.lease.end();
  CHECK_FALSE(may_send());
  node.lease.renewed(node.lease.now());
  CHECK(node.lease.is_valid());
  CHECK_FALSE(may_send());
}

TEST_CASE_METHOD(channel_fixture, "a lateness policy never overrules a time that was moved meanwhile") {
  node.rows.become(memory_store::call::claim, memory_store::mood::silent);
  const auto blocker = deliver(1s);
  const auto id = deliver(1s);
  tables.deliveries.at(id).lateness = {.action = domain::lateness_action::skip, .after = 2s};
  tell();
  advance(4s);  // the second one waits behind the first
  REQUIRE(tables.reschedule(id, start + 20s));
  node.rows.become(memory_store::call::claim, memory_store::mood::prompt);
  advance(5s);
  CHECK(state(blocker) == delivery_state::published);
  CHECK(state(id) == delivery_state::waiting);
  advance(12s);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.calls.back().at == start + 20s);
}

TEST_CASE_METHOD(channel_fixture, "a post that is too late for its project is missed, and said so") {
  const auto id = deliver(-2min);
  tables.deliveries.at(id).lateness = {.action = domain::lateness_action::skip, .after = 60s};
  tell();
  CHECK(state(id) == delivery_state::missed);
  CHECK(platform.calls.empty());
  CHECK(tables.events.back().type == "PublishMissed");
}

TEST_CASE_METHOD(channel_fixture, "what a platform says is stored, whatever bytes it is made of") {
  std::string unclean{"no\0 \xff", 5};
  unclean.append(100'000, 'a');
  platform.script.push_back(
      {.accepts = false, .says = domain::outcome{.kind = outcome_kind::invalid, .reason = unclean}});
  unclean.resize(3);
  platform.script.push_back(
      {.accepts = true, .says = domain::outcome{.kind = outcome_kind::published, .external_id = unclean}});
  const auto refused = deliver(0s);
  const auto accepted = deliver(1ms);
  tell();
  advance(1ms);
  CHECK(row(refused).reason->starts_with("no? ?a"));
  CHECK(row(refused).reason->size() <= 2'000);
  CHECK(tables.events[0].message.size() < 3'000);
  CHECK(row(accepted).external_id == "no?");
}

TEST_CASE_METHOD(channel_fixture, "a connector that never calls back does not hold its channel") {
  platform.script.push_back({.accepts = true, .is_held = true});
  const auto lost = deliver(1s);
  const auto next = deliver(2s);
  tell();
  advance(10s);
  CHECK(state(next) == delivery_state::waiting);
  advance_long(30s);
  CHECK(state(next) == delivery_state::published);
  CHECK(state(lost) == delivery_state::published);
  CHECK(row(lost).external_id == "found");
  CHECK_FALSE(platform.any_twice());
}

TEST_CASE_METHOD(channel_fixture, "a delivery that a budget holds is told why, once, and its attempt keeps it") {
  tables.limits = {{.platform = channel_type::x,
                    .scope = domain::limit_scope::account,
                    .is_of_tenant = true,
                    .posts = 1,
                    .window_seconds = 60,
                    .burst = 1}};
  const auto x = tables.add_channel(tenant, channel_type::x, base::uuid_from_name("account"));
  deliver(1s, x);
  const auto held = deliver(2s, x);
  tell();
  advance_long(30s);
  CHECK(state(held) == delivery_state::waiting);
  const auto told = [this] {
    return std::count_if(tables.events.begin(), tables.events.end(),
                         [](const auto& each) { return each.type == "DeliveryThrottled"; });
  };
  CHECK(told() == 1);
  CHECK(tables.events.back().message.find("1 posts in 1 min") != std::string::npos);
  advance_long(31s);
  CHECK(state(held) == delivery_state::published);
  CHECK(told() == 1);
}

TEST_CASE_METHOD(channel_fixture, "a claim that is refused gives its permit back") {
  tables.limits = {{.platform = channel_type::x,
                    .scope = domain::limit_scope::account,
                    .is_of_tenant = true,
                    .posts = 1,
                    .window_seconds = 3600,
                    .burst = 1}};
  const auto x = tables.add_channel(tenant, channel_type::x, base::uuid_from_name("account"));
  const auto cancelled = deliver(1s, x);
  const auto next = deliver(2s, x);
  tell();
  REQUIRE(tables.cancel(cancelled));
  advance(3s);
  CHECK(state(next) == delivery_state::published);
}

TEST_CASE_METHOD(channel_fixture, "what the platform answered with an error of its own backs off when it is absent") {
  platform.script.push_back({.accepts = false, .says = domain::outcome{.kind = outcome_kind::unknown}});
  const auto id = deliver(1s);
  tell();
  advance_long(30'900ms);
  CHECK(platform.looks.size() == 2);
  CHECK(platform.calls.size() == 1);
  advance_long(200ms);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.calls.size() == 2);
}

TEST_CASE_METHOD(channel_fixture, "what a dead process left behind and is found absent goes out at once") {
  platform.script.push_back({.accepts = false, .is_held = true});
  const auto id = deliver(1s);
  tell();
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
                 "what a dead process left behind and is live is known as soon as another process looks") {
  platform.script.push_back({.accepts = true, .is_held = true});
  const auto id = deliver(1s);
  tell();
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
  tell();
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
  tell();
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
