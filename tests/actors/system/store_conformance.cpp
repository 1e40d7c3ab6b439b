// The rules that the engine expects of a store. Actor tests use the store in memory, so they prove something only if it
// behaves like the one in the database.
#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/support/two_stores.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using domain::delivery_state;
using persistence::ledger_answer;
using support::answer_to;
using support::database_stores;
using support::memory_stores;

/// One of the two, and what is asked of it.
template <class Stores>
struct conforming {
  Stores on;

  store::entry_answer enter(store& who) {
    return answer_to<store::entry_answer>([&](auto done) { who.enter(std::move(done)); });
  }
  store::lease_answer renew(store& who, int tenants = 0) {
    return answer_to<store::lease_answer>([&](auto done) { who.renew_lease(tenants, std::move(done)); });
  }
  store::taken take(store& who) {
    return answer_to<store::taken>([&](auto done) { who.take_tenant(on.tenant, std::move(done)); });
  }
  /// Enters and takes the tenant; the fence.
  std::int64_t own(store& who) {
    REQUIRE(enter(who).word == store::entry_word::done);
    return take(who).fence.value();
  }
  std::vector<persistence::agenda_entry> agenda(store& who, std::int64_t fence, bool with_begun = true,
                                                int most_of_channel = 100) {
    const persistence::agenda_part part{
        .until = on.clock.now() + 10min, .most_of_channel = most_of_channel, .with_begun = with_begun};
    const auto rows = answer_to<std::shared_ptr<persistence::agenda_rows>>(
        [&](auto done) { who.load_agenda(on.tenant, fence, part, std::move(done)); });
    REQUIRE(rows);
    return rows->entries;
  }
  bool claim(store& who, const persistence::intent& what) {
    using said = std::pair<ledger_answer, std::optional<persistence::claimed_content>>;
    const auto answer = answer_to<said>([&](auto done) {
      who.claim(what, [done](ledger_answer word, std::optional<persistence::claimed_content> content) {
        done(said{word, std::move(content)});
      });
    });
    REQUIRE(answer.first != ledger_answer::failed);
    CHECK(answer.second.has_value() == (answer.first == ledger_answer::done));
    if (answer.second) CHECK(answer.second->text == "Text");
    return answer.first == ledger_answer::done;
  }
  bool record(store& who, const persistence::delivery_change& what) {
    const auto answer = answer_to<ledger_answer>(
        [&](auto done) { who.record(std::make_shared<persistence::delivery_change>(what), done); });
    REQUIRE(answer != ledger_answer::failed);
    return answer == ledger_answer::done;
  }
  bool hand_over(store& who, std::int64_t fence, const base::uuid& to) {
    return answer_to<bool>([&](auto done) { who.hand_over(on.tenant, fence, to, std::move(done)); });
  }
  std::vector<base::uuid> work(store& who) {
    const auto found = answer_to<std::shared_ptr<std::vector<base::uuid>>>(
        [&](auto done) { who.tenants_with_work(on.clock.now() + 10min, std::move(done)); });
    REQUIRE(found);
    return *found;
  }

  persistence::delivery_change outcome(const base::uuid& id, std::int64_t fence, delivery_state to,
                                       delivery_state from = delivery_state::sending) {
    persistence::delivery_change made;
    made.tenant_id = on.tenant;
    made.delivery_id = id;
    made.fence = fence;
    made.attempt = 1;
    made.from = from;
    made.to = to;
    made.not_before = made.at = on.clock.now();
    if (to == delivery_state::published) made.external_id = "1", made.outcome = domain::outcome_kind::published;
    if (to == delivery_state::unknown) made.outcome = domain::outcome_kind::unknown;
    if (to == delivery_state::waiting) made.outcome = domain::outcome_kind::transient;
    made.event = domain::publish_succeeded{};
    if (to == delivery_state::unknown) made.event = domain::publish_outcome_unknown{};
    return made;
  }
};

}  // namespace

#define BOTH_STORES memory_stores, database_stores

TEMPLATE_TEST_CASE("both stores: a tenant has one node at a time, and every takeover raises the fence", "",
                   BOTH_STORES) {
  conforming<TestType> its;
  auto& a = its.on.a();
  auto& b = its.on.b();
  CHECK(its.own(a) == 1);
  CHECK(its.take(a).fence == 2);
  REQUIRE(its.enter(b).word == store::entry_word::done);
  const auto refused = its.take(b);
  CHECK(refused.answered);
  CHECK_FALSE(refused.fence);
  CHECK(refused.owner == its.on.id_of_a());
  its.on.clock.advance(10s);
  CHECK(its.renew(b).word == store::lease_word::renewed);
  its.on.clock.advance(6s);  // a's lease is over
  CHECK(its.take(b).fence == 3);
  CHECK(its.renew(a).word == store::lease_word::over);
}

TEMPLATE_TEST_CASE("both stores: a node learns the other nodes' leases and shares", "", BOTH_STORES) {
  conforming<TestType> its;
  REQUIRE(its.enter(its.on.a()).word == store::entry_word::done);
  REQUIRE(its.enter(its.on.b()).word == store::entry_word::done);
  its.on.clock.advance(10s);
  CHECK(its.renew(its.on.b(), 7).ends.size() == 1);  // a's is near its end
  const auto heard = its.renew(its.on.a());
  REQUIRE(heard.others.size() == 1);
  CHECK(heard.others[0].node_id == its.on.id_of_b());
  CHECK(heard.others[0].tenants == 7);
}

TEMPLATE_TEST_CASE("both stores: an intent is won once, by the owner, at its time and in its order", "", BOTH_STORES) {
  conforming<TestType> its;
  auto& a = its.on.a();
  const auto fence = its.own(a);
  const auto id = its.on.deliver(its.on.clock.now() + 1s);
  CHECK_FALSE(its.claim(a, its.on.intent_for(id, fence)));  // too early
  its.on.clock.advance(1s);
  auto intent = its.on.intent_for(id, fence);
  auto other = intent;
  other.fence = fence + 1;
  CHECK_FALSE(its.claim(a, other));
  other = intent;
  other.attempt = 2;
  CHECK_FALSE(its.claim(a, other));
  CHECK_FALSE(its.claim(its.on.b(), intent));
  CHECK(its.claim(a, intent));
  CHECK(its.claim(a, intent));  // made again after an answer was lost
  intent.started_at += 1s;
  CHECK_FALSE(its.claim(a, intent));
  const auto cancelled = its.on.deliver(its.on.clock.now());
  its.on.cancel(cancelled);
  CHECK_FALSE(its.claim(a, its.on.intent_for(cancelled, fence)));
}

TEMPLATE_TEST_CASE("both stores: an outcome is recorded once, by the owner, of the attempt and state that it names", "",
                   BOTH_STORES) {
  conforming<TestType> its;
  auto& a = its.on.a();
  const auto fence = its.own(a);
  const auto id = its.on.deliver(its.on.clock.now());
  REQUIRE(its.claim(a, its.on.intent_for(id, fence)));
  const auto done = its.outcome(id, fence, delivery_state::published);
  auto wrong = done;
  wrong.fence = fence - 1;
  CHECK_FALSE(its.record(a, wrong));
  wrong = done;
  wrong.attempt = 2;
  CHECK_FALSE(its.record(a, wrong));
  wrong = done;
  wrong.from = delivery_state::unknown;
  CHECK_FALSE(its.record(a, wrong));
  CHECK_FALSE(its.record(its.on.b(), done));
  CHECK(its.record(a, done));
  CHECK_FALSE(its.record(a, done));
  CHECK(its.agenda(a, fence).empty());
}

TEMPLATE_TEST_CASE("both stores: an agenda lists the work of its part, for the owner only", "", BOTH_STORES) {
  conforming<TestType> its;
  auto& a = its.on.a();
  const auto fence = its.own(a);
  const auto now = its.on.clock.now();
  const auto begun = its.on.deliver(now);
  const auto first = its.on.deliver(now + 1s);
  const auto second = its.on.deliver(now + 2s);
  its.on.deliver(now + 11min);
  REQUIRE(its.claim(a, its.on.intent_for(begun, fence)));
  const auto ids = [](const std::vector<persistence::agenda_entry>& rows) {
    std::vector<base::uuid> found;
    for (const auto& each : rows) found.push_back(each.id);
    return found;
  };
  CHECK(ids(its.agenda(a, fence)) == std::vector{begun, first, second});
  CHECK(ids(its.agenda(a, fence, false)) == std::vector{first, second});
  CHECK(ids(its.agenda(a, fence, false, 1)) == std::vector{first});
  CHECK(its.agenda(a, fence - 1).empty());
  CHECK(its.agenda(its.on.b(), fence).empty());
  const auto row = its.agenda(a, fence).front();
  CHECK(row.state == delivery_state::sending);
  CHECK(row.attempt == 1);
  CHECK(row.started_at == now);
  CHECK(row.deadline_at == now + 12s);
}

TEMPLATE_TEST_CASE("both stores: an unknown outcome's reconciliation is kept until the outcome is known", "",
                   BOTH_STORES) {
  conforming<TestType> its;
  auto& a = its.on.a();
  const auto fence = its.own(a);
  const auto now = its.on.clock.now();
  const auto id = its.on.deliver(now);
  REQUIRE(its.claim(a, its.on.intent_for(id, fence)));
  auto lost = its.outcome(id, fence, delivery_state::unknown);
  lost.not_before = now + 1h;
  lost.resend_at = now + 1h;
  lost.look_at = now + 1min;
  lost.failures = 2;
  lost.interruptions = 1;
  REQUIRE(its.record(a, lost));
  const auto row = its.agenda(a, fence).at(0);
  CHECK(row.state == delivery_state::unknown);
  CHECK(row.not_before == now + 1h);
  CHECK(row.look_at == now + 1min);
  CHECK(row.failures == 2);
  CHECK(row.interruptions == 1);
  CHECK_FALSE(row.is_interrupted);
  CHECK(row.live_since == now);
  CHECK_FALSE(row.is_begun);
  auto again = its.outcome(id, fence, delivery_state::waiting, delivery_state::unknown);
  again.not_before = now + 2min;
  again.external_id = "part 1";
  REQUIRE(its.record(a, again));
  const auto waiting = its.agenda(a, fence).at(0);
  CHECK(waiting.not_before == now + 2min);
  CHECK_FALSE(waiting.look_at);
  CHECK_FALSE(waiting.is_interrupted);
  CHECK(waiting.is_begun);
}

TEMPLATE_TEST_CASE("both stores: begun attempts count against the budgets, and those without effect are known", "",
                   BOTH_STORES) {
  conforming<TestType> its;
  auto& a = its.on.a();
  const auto fence = its.own(a);
  const auto now = its.on.clock.now();
  for (const auto to : {delivery_state::published, delivery_state::waiting}) {
    const auto id = its.on.deliver(now);
    REQUIRE(its.claim(a, its.on.intent_for(id, fence)));
    REQUIRE(its.record(a, its.outcome(id, fence, to)));
  }
  const auto starts = its.take(a).starts;
  REQUIRE(starts);
  REQUIRE(starts->size() == 2);
  CHECK(std::count_if(starts->begin(), starts->end(), [](const auto& each) { return each.published_nothing; }) == 1);
}

TEMPLATE_TEST_CASE("both stores: a tenant is handed over by its owner, to a node that lives, without a wait", "",
                   BOTH_STORES) {
  conforming<TestType> its;
  auto& a = its.on.a();
  auto& b = its.on.b();
  const auto fence = its.own(a);
  its.on.deliver(its.on.clock.now());
  CHECK_FALSE(its.hand_over(a, fence, its.on.id_of_b()));  // it has not entered
  REQUIRE(its.enter(b).word == store::entry_word::done);
  CHECK(its.work(a) == std::vector{its.on.tenant});
  CHECK(its.work(b).empty());
  CHECK_FALSE(its.hand_over(a, fence - 1, its.on.id_of_b()));
  CHECK(its.hand_over(a, fence, its.on.id_of_b()));
  CHECK(its.work(a).empty());
  CHECK(its.work(b) == std::vector{its.on.tenant});
  CHECK(its.take(b).fence == fence + 2);
  CHECK_FALSE(its.take(a).fence);
}

#undef BOTH_STORES

}  // namespace pulse::actors
