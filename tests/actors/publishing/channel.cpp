// When and in which order a channel sends, and how it treats the answers.
#include "actors/publishing/channel.hpp"

#include "tests/actors/publishing/channel_fixture.hpp"

namespace pulse::actors {
namespace {

/// What an account on X may post.
std::vector<domain::limit_row> one_post_in(int seconds) {
  return {{.platform = channel_type::x,
           .scope = domain::limit_scope::account,
           .is_of_tenant = true,
           .posts = 1,
           .window_seconds = seconds,
           .burst = 1}};
}

}  // namespace

TEST_CASE_METHOD(channel_fixture, "a due post is sent exactly at its time and not before") {
  const auto id = deliver(10s);
  notify();
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
  notify();
  CHECK(platform.calls.size() == 1);
}

TEST_CASE_METHOD(channel_fixture,
                 "the intent is committed before the call, with a deadline after the end of the call") {
  node.rows.become(memory_store::call::claim, memory_store::mood::late);
  const auto id = deliver(0s);
  notify();
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
  notify();
  REQUIRE(tables.reschedule(id, start + 20s));
  if (told) notify();
  advance(19'999ms);
  CHECK(platform.calls.empty());
  advance(100ms);
  REQUIRE(platform.calls.size() == 1);
  CHECK(platform.calls[0].at == start + 20s);
}

TEST_CASE_METHOD(channel_fixture, "a post that is moved to an earlier time goes out at it") {
  const auto id = deliver(10min);
  notify();
  advance(1s);
  REQUIRE(tables.reschedule(id, start + 3s));
  notify();
  advance(2s);
  REQUIRE(platform.calls.size() == 1);
  CHECK(platform.calls[0].at == start + 3s);
}

TEST_CASE_METHOD(channel_fixture, "a post that is cancelled between the agenda and the claim is not sent") {
  const auto id = deliver(1s);
  notify();
  REQUIRE(tables.cancel(id));
  advance(5s);
  CHECK(platform.calls.empty());
  CHECK(state(id) == delivery_state::cancelled);
  CHECK(node.rows.count(memory_store::call::claim) == 1);
}

TEST_CASE_METHOD(channel_fixture, "a channel sends one after the other, in their order, and records beside it") {
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  const std::vector ids{deliver(1s), deliver(2s), deliver(3s)};
  notify();
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
  notify();
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
  notify();
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

TEST_CASE_METHOD(channel_fixture, "a platform's block holds until its time, for everything on that account") {
  const auto account = base::uuid_from_name("account");
  const auto x = tables.add_channel(tenant, channel_type::x, account);
  const auto also_x = tables.add_channel(tenant, channel_type::x, account);
  platform.script.push_back(
      {.accepts = false,
       .says = domain::outcome{.kind = outcome_kind::rate_limited, .retry_at = start + 31s, .reason = "429"}});
  const auto first = deliver(1s, x);
  const auto second = deliver(2s, x);
  const auto third = deliver(3s, also_x);
  notify();
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
  notify();
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
  notify();
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
  notify();
  advance(1min);
  CHECK(platform.calls.size() == 1);
  CHECK_FALSE(tables.channels.at(channel).is_active);
  CHECK(node.rows.count(memory_store::call::claim) <= 4);  // it does not insist
  tables.channels.at(channel).is_active = true;
  notify();
  advance(10ms);
  CHECK(state(first) == delivery_state::published);
  CHECK(state(second) == delivery_state::published);
}

TEST_CASE_METHOD(channel_fixture, "a lateness policy never overrules a time that was moved meanwhile") {
  node.rows.become(memory_store::call::claim, memory_store::mood::silent);
  const auto blocker = deliver(1s);
  const auto id = deliver(1s);
  tables.deliveries.at(id).lateness = {.action = domain::lateness_action::skip, .after = 2s};
  notify();
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

TEST_CASE_METHOD(channel_fixture, "a post that is too late for its project is missed, with an event") {
  const auto id = deliver(-2min);
  tables.deliveries.at(id).lateness = {.action = domain::lateness_action::skip, .after = 60s};
  notify();
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
  notify();
  advance(1ms);
  CHECK(row(refused).reason->starts_with("no? ?a"));
  CHECK(row(refused).reason->size() <= 2'000);
  CHECK(tables.events[0].message.size() < 3'000);
  CHECK(row(accepted).external_id == "no?");
}

TEST_CASE_METHOD(channel_fixture, "a delivery that a budget holds is told why, once, and its attempt keeps it") {
  tables.limits = one_post_in(60);
  const auto x = tables.add_channel(tenant, channel_type::x, base::uuid_from_name("account"));
  deliver(1s, x);
  const auto held = deliver(2s, x);
  notify();
  advance_long(30s);
  CHECK(state(held) == delivery_state::waiting);
  const auto told = [this] {
    return std::count_if(tables.events.begin(), tables.events.end(),
                         [](const auto& each) { return each.type == "DeliveryThrottled"; });
  };
  CHECK(told() == 1);
  CHECK(tables.events.back().message.find("1 posts in 1 minute") != std::string::npos);
  advance_long(31s);
  CHECK(state(held) == delivery_state::published);
  CHECK(told() == 1);
}

TEST_CASE_METHOD(channel_fixture, "a delivery that is sent now while a budget holds it is late by its new time") {
  tables.limits = one_post_in(60);
  const auto x = tables.add_channel(tenant, channel_type::x, base::uuid_from_name("account"));
  deliver(1s, x);
  const auto held = deliver(2s, x);
  notify();
  advance_long(50s);
  REQUIRE(state(held) == delivery_state::waiting);
  const auto sent_at = clock.now();
  REQUIRE(tables.reschedule(held, sent_at));
  advance_long(11s);
  REQUIRE(state(held) == delivery_state::published);
  CHECK(tables.events.back().type == "PublishSucceeded");
  const std::chrono::duration<double, std::milli> late = platform.calls.back().at - sent_at;
  CHECK(tables.events.back().lateness_ms.value() == late.count());
}

TEST_CASE_METHOD(channel_fixture, "a claim that is refused gives its permit back") {
  tables.limits = one_post_in(3600);
  const auto x = tables.add_channel(tenant, channel_type::x, base::uuid_from_name("account"));
  const auto cancelled = deliver(1s, x);
  const auto next = deliver(2s, x);
  notify();
  REQUIRE(tables.cancel(cancelled));
  advance(3s);
  CHECK(state(next) == delivery_state::published);
}

}  // namespace pulse::actors
