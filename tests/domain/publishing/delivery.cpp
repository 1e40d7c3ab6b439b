#include "domain/publishing/delivery.hpp"

#include <array>
#include <tuple>
#include <vector>

#include <catch2/catch.hpp>

#include "base/describe.hpp"
#include "tests/domain/publishing/delivery_cases.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::domain::delivery_cases {
namespace {

constexpr std::array all_states{delivery_state::waiting,   delivery_state::sending, delivery_state::published,
                                delivery_state::failed,    delivery_state::unknown, delivery_state::unconfirmed,
                                delivery_state::cancelled, delivery_state::missed};
constexpr std::array all_steps{delivery_step::resting,    delivery_step::asking,  delivery_step::claiming,
                               delivery_step::confirming, delivery_step::calling, delivery_step::recording,
                               delivery_step::reconciling};
constexpr std::array all_outcomes{outcome_kind::published,    outcome_kind::auth_expired, outcome_kind::permission,
                                  outcome_kind::rate_limited, outcome_kind::duplicate,    outcome_kind::invalid,
                                  outcome_kind::transient,    outcome_kind::unknown};

/// One of every event; those that carry something carry each kind of it.
std::vector<delivery_input> all_events() {
  std::vector<delivery_input> events{event::due{},           event::permitted{},   event::held{noon + 5s, "budget"},
                                     event::claimed{},       event::not_claimed{}, event::claim_failed{},
                                     event::lease_lost{},    event::recorded{},    event::not_recorded{},
                                     event::record_failed{}, event::adopted{}};
  for (const auto kind : all_outcomes) {
    events.push_back(event::answered{{.kind = kind, .external_id = "1", .reason = "because"}});
    events.push_back(event::answered{{.kind = kind}});
  }
  for (const auto kind : {reconciliation_kind::live, reconciliation_kind::absent, reconciliation_kind::repeat_tells,
                          reconciliation_kind::cannot_know, reconciliation_kind::try_again}) {
    events.push_back(event::reconciled{{.kind = kind, .external_id = "1"}});
  }
  return events;
}

auto as_tuple(const delivery& d) {
  return std::tuple{
      d.id,         d.state,       d.due_at, d.not_before, d.attempt, d.failures, d.failed_reconciliations,
      d.started_at, d.deadline_at, d.step};
}

/// Whether an event means anything to a delivery at this point: the table of the design, in one place.
bool is_for(const delivery_input& input, delivery_state state, delivery_step step) {
  struct judge {
    delivery_state state;
    delivery_step step;
    bool operator()(const event::due&) const {
      return state == delivery_state::waiting && step == delivery_step::resting;
    }
    bool is_asked() const { return step == delivery_step::asking || step == delivery_step::confirming; }
    bool operator()(const event::permitted&) const { return is_asked(); }
    bool operator()(const event::held&) const { return is_asked(); }
    bool operator()(const event::claimed&) const { return step == delivery_step::claiming; }
    bool operator()(const event::not_claimed&) const { return step == delivery_step::claiming; }
    bool operator()(const event::claim_failed&) const { return step == delivery_step::claiming; }
    bool operator()(const event::lease_lost&) const { return step == delivery_step::calling; }
    bool operator()(const event::answered&) const { return step == delivery_step::calling; }
    bool operator()(const event::recorded&) const { return step == delivery_step::recording; }
    bool operator()(const event::not_recorded&) const { return step == delivery_step::recording; }
    bool operator()(const event::record_failed&) const { return false; }
    bool operator()(const event::adopted&) const {
      return step == delivery_step::resting && (state == delivery_state::sending || state == delivery_state::unknown);
    }
    bool operator()(const event::reconciled&) const { return step == delivery_step::reconciling; }
  };
  return std::visit(judge{state, step}, input);
}

}  // namespace

TEST_CASE("an event that does not fit the state and the step changes nothing, and one that fits has an effect") {
  int misfits = 0;
  int fits = 0;
  for (const auto state : all_states) {
    for (const auto step : all_steps) {
      for (const auto& input : all_events()) {
        const auto before = at(state, step);
        const auto made = decide(before, input, noon, {});
        INFO(base::to_name(state) << ", " << base::to_name(step) << ", event " << input.index());
        if (is_for(input, state, step)) {
          ++fits;
          CHECK_FALSE(made.effects.empty());
        } else {
          ++misfits;
          CHECK(made.effects.empty());
          CHECK(as_tuple(made.next) == as_tuple(before));
        }
      }
    }
  }
  CHECK(fits > 0);
  CHECK(misfits > 10 * 48);
}

TEST_CASE("a due delivery asks for a permit, claims, and calls within its deadline") {
  const delivery_rules rules;
  auto made = decide(waiting_one(), event::due{}, noon, rules);
  CHECK(made.next.step == delivery_step::asking);
  REQUIRE(only<effects::ask_permit>(made));

  made = decide(made.next, event::permitted{}, noon + 1s, rules);
  CHECK(made.next.step == delivery_step::claiming);
  CHECK(made.next.state == delivery_state::waiting);  // in the row it is: the intent is not committed
  CHECK(made.next.attempt == 1);
  CHECK(made.next.started_at == noon + 1s);
  CHECK(made.next.deadline_at == noon + 1s + rules.call_timeout + rules.deadline_margin);
  REQUIRE(only<effects::commit_intent>(made));

  made = decide(made.next, event::claimed{}, noon + 1s, rules);
  CHECK(made.next.state == delivery_state::sending);
  CHECK(made.next.step == delivery_step::calling);
  const auto* call = only<effects::call>(made);
  REQUIRE(call);
  CHECK(call->timeout == rules.call_timeout);
}

TEST_CASE("a claim that was answered late leaves less time for the call, and one answered very late is made again") {
  const delivery_rules rules;
  auto claiming = at(delivery_state::waiting, delivery_step::claiming);
  claiming.started_at = noon + 4s;  // the permit is fresh, and the deadline is not
  claiming.deadline_at = noon + rules.call_timeout + rules.deadline_margin;

  const auto late = decide(claiming, event::claimed{}, noon + 4s, rules);
  const auto* call = only<effects::call>(late);
  REQUIRE(call);
  CHECK(noon + 4s + call->timeout + rules.deadline_margin / 2 <= claiming.deadline_at);
  CHECK(call->timeout >= rules.call_timeout / 2);

  const auto very_late = decide(claiming, event::claimed{}, noon + 8s, rules);
  REQUIRE(only<effects::commit_intent>(very_late));
  CHECK(very_late.next.step == delivery_step::claiming);
  CHECK(very_late.next.attempt == claiming.attempt);
  CHECK(very_late.next.started_at == claiming.started_at);  // it is the same intent
  CHECK(very_late.next.deadline_at == noon + 8s + rules.call_timeout + rules.deadline_margin);
}

TEST_CASE("nothing starts before its time") {
  auto early = waiting_one();
  early.not_before = noon + 1us;
  const auto made = decide(early, event::due{}, noon, {});
  const auto* wake = only<effects::wake>(made);
  REQUIRE(wake);
  CHECK(wake->at == early.not_before);
  CHECK(made.next.step == delivery_step::resting);
}

TEST_CASE("a delivery that is too late is missed where its project wants that, and sent where not") {
  auto skipping = waiting_one();
  skipping.lateness = {.action = lateness_action::skip, .after = 60s};
  CHECK(only<effects::ask_permit>(decide(skipping, event::due{}, noon + 60s, {})));
  const auto made = decide(skipping, event::due{}, noon + 60s + 1us, {});
  CHECK(made.next.state == delivery_state::missed);
  const auto* change = only<effects::commit_change>(made);
  REQUIRE(change);
  CHECK_FALSE(change->reason.empty());
  CHECK(only<effects::ask_permit>(decide(waiting_one(), event::due{}, noon + 24h, {})));
}

TEST_CASE("an intent that took long to commit needs another permit, and one that is refused goes back to waiting") {
  auto claiming = at(delivery_state::waiting, delivery_step::claiming, 1);
  claiming.started_at = noon;
  claiming.deadline_at = noon + 12s;
  CHECK(only<effects::call>(decide(claiming, event::claimed{}, noon + permit_keeps, {})));
  const auto late = decide(claiming, event::claimed{}, noon + 3s, {});
  CHECK(late.next.step == delivery_step::confirming);
  CHECK(late.next.state == delivery_state::sending);
  REQUIRE(late.effects.size() == 2);
  CHECK(std::holds_alternative<effects::return_permit>(late.effects[0]));
  CHECK(std::holds_alternative<effects::ask_permit>(late.effects[1]));
  const auto permitted = decide(late.next, event::permitted{}, noon + 3s, {});
  REQUIRE(only<effects::call>(permitted));
  CHECK(only<effects::call>(permitted)->timeout == 8s);  // over before the deadline that others wait for
  const auto too_late = decide(late.next, event::permitted{}, noon + 8s, {});
  CHECK(too_late.next.step == delivery_step::claiming);  // the same attempt, with a new deadline
  CHECK(too_late.next.attempt == claiming.attempt);
  CHECK(only<effects::commit_intent>(too_late));
  const auto held = decide(late.next, event::held{noon + 20s, "budget"}, noon + 3s, {});
  CHECK(held.next.state == delivery_state::waiting);
  CHECK(held.next.not_before == noon + 20s);
  CHECK(held.next.failures == claiming.failures);
  REQUIRE(only<effects::commit_change>(held));
  CHECK(only<effects::commit_change>(held)->never_called);
  CHECK_FALSE(only<effects::commit_change>(held)->published_nothing);  // the permit is back already
}

TEST_CASE("a refused permit holds the delivery until the throttle's time, which is never now") {
  const auto asking = at(delivery_state::waiting, delivery_step::asking, 0);
  const auto made = decide(asking, event::held{noon + 3s, "x"}, noon, {});
  const auto* hold = only<effects::hold>(made);
  REQUIRE(hold);
  CHECK(hold->until == noon + 3s);
  CHECK(hold->budget == "x");
  CHECK(made.next.step == delivery_step::resting);
  CHECK(made.next.attempt == 0);
  const auto past = decide(asking, event::held{noon - 3s, "x"}, noon, {});
  REQUIRE(only<effects::hold>(past));
  CHECK(only<effects::hold>(past)->until > noon);
}

TEST_CASE("a claim in doubt is made again as the same attempt, with a new deadline") {
  const auto claiming = at(delivery_state::waiting, delivery_step::claiming, 3);
  const auto made = decide(claiming, event::claim_failed{}, noon + 5s, {});
  REQUIRE(only<effects::commit_intent>(made));
  CHECK(made.next.attempt == 3);
  CHECK(made.next.started_at == claiming.started_at);
  CHECK(made.next.deadline_at == noon + 5s + 12s);
  CHECK(made.next.step == delivery_step::claiming);
}

TEST_CASE("a delivery that is no longer ours is forgotten") {
  const auto refused = decide(at(delivery_state::waiting, delivery_step::claiming), event::not_claimed{}, noon, {});
  REQUIRE(refused.effects.size() == 2);
  CHECK(std::holds_alternative<effects::return_permit>(refused.effects[0]));  // nothing of it was used
  CHECK(std::holds_alternative<effects::forget>(refused.effects[1]));
  for (const auto& [step, input] :
       {std::pair<delivery_step, delivery_input>{delivery_step::calling, event::lease_lost{}},
        {delivery_step::recording, event::not_recorded{}}}) {
    const auto made = decide(at(delivery_state::sending, step), input, noon, {});
    CHECK(only<effects::forget>(made));
    CHECK(made.next.step == delivery_step::resting);
  }
}

TEST_CASE("a late delivery waits for a person where its policy asks, and is not sent before the answer") {
  auto asking = waiting_one();
  asking.lateness = {.action = lateness_action::ask, .after = 60s};
  const auto made = decide(asking, event::due{}, noon + 61s, {});
  CHECK(made.next.state == delivery_state::waiting);
  CHECK(made.next.is_asked);
  REQUIRE(only<effects::commit_change>(made));
  const auto recorded = decide(made.next, event::recorded{}, noon + 61s, {});
  CHECK(only<effects::forget>(recorded));
  CHECK(only<effects::forget>(decide(recorded.next, event::due{}, noon + 62s, {})));
}

TEST_CASE("random events never break what always holds") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  const auto events = all_events();
  delivery_rules rules;
  for (int walk = 0; walk < 400; ++walk) {
    auto d = waiting_one();
    auto now = noon;
    d.retry.max_attempts = 4;
    d.lateness = {.action = static_cast<lateness_action>(random.between(0, 2)),
                  .after = std::chrono::seconds{random.between(0, 60)}};
    for (int i = 0; i < 200; ++i) {
      now += std::chrono::milliseconds{random.between(0, 20'000)};
      rules.spread = random.between(0, 999) / 1000.0;
      const auto& input = events[random.between<std::size_t>(0, events.size() - 1)];
      const auto made = decide(d, input, now, rules);
      REQUIRE(made.next.id == d.id);
      REQUIRE(made.next.attempt >= d.attempt);
      REQUIRE(made.next.attempt <= d.attempt + 1);
      REQUIRE(made.next.failures <= made.next.attempt);
      REQUIRE(made.next.failures <= d.retry.max_attempts);
      if (is_settled(d.state)) REQUIRE(made.next.state == d.state);
      REQUIRE(made.effects.size() <= 2);
      for (const auto& what : made.effects) {
        if (const auto* wake = std::get_if<effects::wake>(&what)) REQUIRE(wake->at >= d.not_before.min());
        if (std::holds_alternative<effects::call>(what)) {
          REQUIRE(made.next.state == delivery_state::sending);
          REQUIRE(now < made.next.deadline_at);
        }
        if (const auto* change = std::get_if<effects::commit_change>(&what)) {
          REQUIRE(change->success == (made.next.state == delivery_state::published));
        }
      }
      d = made.next;
    }
  }
}

}  // namespace pulse::domain::delivery_cases
