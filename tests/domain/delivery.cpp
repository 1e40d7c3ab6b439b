#include "domain/delivery.hpp"

#include <array>
#include <map>
#include <set>
#include <tuple>

#include "base/describe.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::domain {
namespace {

using namespace std::chrono_literals;
namespace event = delivery_event;
namespace effects = delivery_effect;

const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");

constexpr std::array all_states{delivery_state::waiting,   delivery_state::sending, delivery_state::published,
                                delivery_state::failed,    delivery_state::unknown, delivery_state::unconfirmed,
                                delivery_state::cancelled, delivery_state::missed};
constexpr std::array all_steps{delivery_step::resting,    delivery_step::asking,  delivery_step::claiming,
                               delivery_step::confirming, delivery_step::calling, delivery_step::recording,
                               delivery_step::looking};
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
    events.push_back(event::looked{{.kind = kind, .external_id = "1"}});
  }
  return events;
}

auto as_tuple(const delivery& d) {
  return std::tuple{d.id,       d.state, d.due_at,     d.not_before,  d.attempt,
                    d.failures, d.looks, d.started_at, d.deadline_at, d.step};
}

delivery waiting_one() {
  delivery d;
  d.id = base::uuid_from_name("delivery");
  d.due_at = noon;
  d.not_before = noon;
  d.started_at = noon;
  d.deadline_at = noon;
  return d;
}

delivery at(delivery_state state, delivery_step step, int attempt = 1) {
  auto d = waiting_one();
  d.state = state;
  d.step = step;
  d.attempt = attempt;
  return d;
}

template <class Effect>
const Effect* only(const decision& made) {
  if (made.effects.size() != 1) return nullptr;
  return std::get_if<Effect>(&made.effects.front());
}

decision after_answer(outcome result, int attempt = 1, int failures = 0, const retry_policy& policy = {},
                      double spread = 0.5) {
  auto d = at(delivery_state::sending, delivery_step::calling, attempt);
  d.failures = failures;
  d.retry = policy;
  return decide(d, event::answered{std::move(result)}, noon, {.spread = spread});
}

decision after_look(reconciliation found, int failures = 0, int looks = 0) {
  auto d = at(delivery_state::unknown, delivery_step::looking);
  d.failures = failures;
  d.looks = looks;
  return decide(d, event::looked{std::move(found)}, noon, {});
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
    bool operator()(const event::looked&) const { return step == delivery_step::looking; }
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
  CHECK(only<effects::commit_change>(held));
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

TEST_CASE("what is not ours is forgotten") {
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

TEST_CASE("each outcome of a call becomes its state, its words and its time") {
  struct expectation {
    outcome result;
    int attempt;
    delivery_state state;
    bool success;
    bool retryable;
    bool disables;
  };
  const std::vector<expectation> table{
      {{.kind = outcome_kind::published, .external_id = "7"}, 1, delivery_state::published, true, false, false},
      {{.kind = outcome_kind::published}, 1, delivery_state::unconfirmed, false, false, false},
      {{.kind = outcome_kind::duplicate, .external_id = "7"}, 1, delivery_state::failed, false, false, false},
      {{.kind = outcome_kind::duplicate, .external_id = "7"}, 2, delivery_state::failed, false, false, false},
      {{.kind = outcome_kind::duplicate}, 1, delivery_state::failed, false, false, false},
      {{.kind = outcome_kind::duplicate}, 2, delivery_state::failed, false, false, false},
      {{.kind = outcome_kind::permission, .reason = "no"}, 1, delivery_state::failed, false, false, false},
      {{.kind = outcome_kind::invalid, .reason = "no"}, 1, delivery_state::failed, false, false, false},
      {{.kind = outcome_kind::auth_expired, .reason = "no"}, 1, delivery_state::waiting, false, true, true},
      {{.kind = outcome_kind::rate_limited, .reason = "no"}, 1, delivery_state::waiting, false, true, false},
      {{.kind = outcome_kind::transient, .reason = "no"}, 1, delivery_state::waiting, false, true, false},
      {{.kind = outcome_kind::unknown}, 1, delivery_state::unknown, false, true, false},
  };
  for (const auto& row : table) {
    INFO(base::to_name(row.result.kind) << " at attempt " << row.attempt);
    const auto made = after_answer(row.result, row.attempt);
    const auto* change = only<effects::commit_change>(made);
    REQUIRE(change);
    CHECK(made.next.state == row.state);
    CHECK(made.next.step == delivery_step::recording);
    CHECK(made.next.attempt == row.attempt);
    CHECK(change->success == row.success);
    CHECK(change->retryable == row.retryable);
    CHECK(change->disables_channel == row.disables);
    if (row.state != delivery_state::published) CHECK((!change->reason.empty() || row.result.reason.empty()));
    if (row.state == delivery_state::published) CHECK(change->external_id == "7");
    if (row.state == delivery_state::waiting) CHECK(made.next.not_before >= noon);
  }
}

TEST_CASE(
    "a duplicate is looked into or adopted only after an attempt that may be live, also one that was called absent") {
  const auto refused = [](delivery d, std::optional<std::string> id) {
    d.state = delivery_state::sending;
    d.step = delivery_step::calling;
    d.attempt += 1;
    return decide(d, event::answered{{.kind = outcome_kind::duplicate, .external_id = std::move(id)}}, noon, {}).next;
  };
  for (const auto kind : {outcome_kind::rate_limited, outcome_kind::auth_expired, outcome_kind::transient}) {
    INFO(base::to_name(kind));
    const auto before = after_answer({.kind = kind}).next;
    CHECK_FALSE(before.may_be_live);
    CHECK(refused(before, "7").state == delivery_state::failed);
    CHECK(refused(before, std::nullopt).state == delivery_state::failed);
  }
  const auto lost = after_answer({.kind = outcome_kind::unknown}).next;
  CHECK(lost.may_be_live);
  CHECK(lost.live_since == lost.started_at);
  auto looking = lost;
  looking.step = delivery_step::looking;
  const auto absent = decide(looking, event::looked{{.kind = reconciliation_kind::absent}}, noon, {}).next;
  REQUIRE(absent.state == delivery_state::waiting);
  CHECK(refused(absent, "7").state == delivery_state::published);
  CHECK(refused(absent, std::nullopt).state == delivery_state::unknown);
  CHECK(refused(absent, std::nullopt).is_duplicate);

  const auto crashed = decide(at(delivery_state::sending, delivery_step::resting), event::adopted{}, noon, {}).next;
  CHECK(crashed.may_be_live);
  const auto left = decide(at(delivery_state::unknown, delivery_step::resting), event::adopted{}, noon, {}).next;
  CHECK(left.may_be_live);
}

TEST_CASE("what the platform called a duplicate is never sent again because a look does not find it") {
  auto looking = at(delivery_state::unknown, delivery_step::looking, 2);
  looking.may_be_live = looking.is_duplicate = true;
  const auto made = decide(looking, event::looked{{.kind = reconciliation_kind::absent}}, noon, {});
  CHECK(made.next.state == delivery_state::unconfirmed);
  CHECK(only<effects::commit_change>(made)->found == reconciliation_kind::absent);

  auto asking = at(delivery_state::waiting, delivery_step::asking, 2);
  asking.is_duplicate = true;
  CHECK_FALSE(decide(asking, event::permitted{}, noon, {}).next.is_duplicate);  // another attempt
}

TEST_CASE("a look begins with the first attempt that may be live") {
  auto d = at(delivery_state::unknown, delivery_step::looking, 3);
  d.started_at = noon + 60s;
  CHECK(looked_for_since(d) == noon + 60s);
  d.may_be_live = true;
  CHECK(looked_for_since(d) == noon);  // since it was due: the rows do not tell
  d.live_since = noon + 20s;
  CHECK(looked_for_since(d) == noon + 20s);
  d.live_since.reset();
  d.due_at = noon + 90s;
  CHECK(looked_for_since(d) == noon + 60s);
}

TEST_CASE("what a platform answered with an error of its own backs off when it is absent, as the platform asks") {
  const retry_policy policy{.max_attempts = 9, .strategy = backoff_strategy::linear, .retry_delay_seconds = 60};
  const auto look_at = [](delivery d, base::timestamp now, reconciliation found) {
    d.step = delivery_step::looking;
    return decide(d, event::looked{std::move(found)}, now, {}).next;
  };
  const reconciliation gone{.kind = reconciliation_kind::absent};
  const auto failed = after_answer({.kind = outcome_kind::unknown}, 3, 2, policy).next;
  CHECK(look_at(failed, noon + 12s, gone).not_before == noon + 180s);  // of failure number 3
  CHECK(look_at(failed, noon + 400s, gone).not_before == noon + 400s);
  const auto told = after_answer({.kind = outcome_kind::unknown, .retry_at = noon + 20min}, 1, 0, policy).next;
  CHECK(look_at(told, noon + 12s, gone).not_before == noon + 20min);
  CHECK(after_answer({.kind = outcome_kind::unknown, .retry_at = noon + 48h}).next.not_before ==
        noon + longest_told_delay);

  // Sending again must still tell when it is done.
  const reconciliation tells{.kind = reconciliation_kind::repeat_tells, .repeat_until = noon + 10min};
  CHECK(look_at(failed, noon + 12s, tells).not_before == noon + 180s);
  const auto bounded = look_at(told, noon + 12s, tells);
  CHECK(bounded.not_before > noon + 9min);
  CHECK(bounded.not_before + delivery_rules{}.call_timeout < noon + 10min);

  const auto crashed = decide(at(delivery_state::sending, delivery_step::resting), event::adopted{}, noon, {}).next;
  CHECK(look_at(crashed, noon + 1s, gone).not_before == noon + 1s);
}

TEST_CASE("a look that the platform puts off is made when it said, and is no failed one") {
  const auto put_off = [](base::timestamp at) {
    return after_look({.kind = reconciliation_kind::try_again, .retry_at = at}, 0, most_looks - 1);
  };
  const auto later = put_off(noon + 15min);
  CHECK(later.next.state == delivery_state::unknown);
  CHECK(later.next.looks == most_looks - 1);
  REQUIRE(only<effects::wake>(later));
  CHECK(only<effects::wake>(later)->at == noon + 15min);
  CHECK(only<effects::wake>(put_off(noon - 1min))->at == noon + least_told_look_pause);
  CHECK(only<effects::wake>(put_off(noon + 999h))->at == noon + longest_told_delay);
}

TEST_CASE("credentials that are refused while looking switch the channel off, once, and the delivery stays unknown") {
  const reconciliation refused{
      .kind = reconciliation_kind::try_again, .reason = "connect again", .is_unauthorized = true};
  const auto first = after_look(refused, 0, most_looks - 1);
  CHECK(first.next.state == delivery_state::unknown);
  CHECK(first.next.looks == most_looks - 1);
  const auto* change = only<effects::commit_change>(first);
  REQUIRE(change);
  CHECK(change->disables_channel);
  const auto recorded = decide(first.next, event::recorded{}, noon, {});
  REQUIRE(only<effects::wake>(recorded));
  CHECK(only<effects::wake>(recorded)->at == noon + unauthorized_look_pause);

  auto looking = recorded.next;
  looking.step = delivery_step::looking;
  const auto again = decide(looking, event::looked{refused}, noon + 5min, {});
  REQUIRE(only<effects::wake>(again));
  CHECK(only<effects::wake>(again)->at == noon + 5min + unauthorized_look_pause);

  const auto back = decide(looking, event::looked{{.kind = reconciliation_kind::live, .external_id = "9"}}, noon, {});
  CHECK(back.next.state == delivery_state::published);
}

TEST_CASE("what is absent and would be refused again has failed, with what the user can do") {
  const auto made = after_look({.kind = reconciliation_kind::absent, .reason = "it is blocked", .is_refused = true});
  CHECK(made.next.state == delivery_state::failed);
  CHECK(only<effects::commit_change>(made)->kind == outcome_kind::permission);
  CHECK(only<effects::commit_change>(made)->reason == "it is blocked");
}

TEST_CASE("a rate limit holds until the platform's time, within reason, and costs no attempt of the policy") {
  const auto said = after_answer({.kind = outcome_kind::rate_limited, .retry_at = noon + 90s});
  CHECK(said.next.not_before == noon + 90s);
  CHECK(said.next.failures == 0);
  CHECK(after_answer({.kind = outcome_kind::rate_limited}).next.not_before == noon + default_rate_limit_pause);
  CHECK(after_answer({.kind = outcome_kind::rate_limited, .retry_at = noon - 1h}).next.not_before > noon);
  CHECK(only<effects::commit_change>(said)->is_obeyed);
  CHECK(after_answer({.kind = outcome_kind::rate_limited, .retry_at = noon + 24h}).next.not_before == noon + 24h);
  const auto never = after_answer({.kind = outcome_kind::rate_limited, .retry_at = noon + 24h * 365});
  CHECK(never.next.not_before == noon + longest_told_delay);
  CHECK_FALSE(only<effects::commit_change>(never)->is_obeyed);
  const auto past = after_answer({.kind = outcome_kind::rate_limited, .retry_at = noon - 1h});
  CHECK_FALSE(only<effects::commit_change>(past)->is_obeyed);
}

TEST_CASE("a passing failure is tried again until the policy says enough") {
  const retry_policy rules{.max_attempts = 3, .strategy = backoff_strategy::linear, .retry_delay_seconds = 10};
  const auto first = after_answer({.kind = outcome_kind::transient}, 1, 0, rules);
  CHECK(first.next.failures == 1);
  CHECK(first.next.not_before == noon + 10s);
  const auto second = after_answer({.kind = outcome_kind::transient}, 2, 1, rules);
  CHECK(second.next.not_before == noon + 20s);
  const auto third = after_answer({.kind = outcome_kind::transient, .reason = "the platform is away"}, 3, 2, rules);
  CHECK(third.next.state == delivery_state::failed);
  CHECK(only<effects::commit_change>(third)->reason == "gave up after 3 attempts; the last one: the platform is away");
  // The platform's own time counts when it is later, and never beyond the longest delay.
  CHECK(after_answer({.kind = outcome_kind::transient, .retry_at = noon + 60s}, 1, 0, rules).next.not_before ==
        noon + 60s);
  CHECK(after_answer({.kind = outcome_kind::transient, .retry_at = noon + 1s}, 1, 0, rules).next.not_before ==
        noon + 10s);
  const auto day = after_answer({.kind = outcome_kind::transient, .retry_at = noon + 24h}, 1, 0, rules);
  CHECK(day.next.not_before == noon + 24h);
  CHECK(only<effects::commit_change>(day)->is_obeyed);
  const auto days = after_answer({.kind = outcome_kind::transient, .retry_at = noon + 48h}, 1, 0, rules);
  CHECK(days.next.not_before == noon + longest_told_delay);
  CHECK_FALSE(only<effects::commit_change>(days)->is_obeyed);
}

TEST_CASE("no retry waits longer than the longest delay, whatever the policy, the spread and the platform say") {
  for (const double spread : {0.0, 0.5, 0.999}) {
    const retry_policy rules{
        .max_attempts = 20, .strategy = backoff_strategy::exponential, .retry_delay_seconds = 3600};
    for (int failures = 0; failures < 19; ++failures) {
      for (const auto retry_at :
           {std::optional<base::timestamp>{}, std::optional{noon + 1s}, std::optional{noon + 100h}}) {
        const auto made =
            after_answer({.kind = outcome_kind::transient, .retry_at = retry_at}, 1, failures, rules, spread);
        REQUIRE(made.next.state == delivery_state::waiting);
        CHECK(made.next.not_before > noon);
        const auto told_beyond = retry_at && *retry_at > noon + longest_retry_delay;
        CHECK(made.next.not_before <= noon + (told_beyond ? longest_told_delay : longest_retry_delay));
      }
    }
  }
}

TEST_CASE(
    "an attempt that somebody else began is left alone until its deadline, and then looked at before anything else") {
  auto found = at(delivery_state::sending, delivery_step::resting);
  found.deadline_at = noon + 7s;
  const auto early = decide(found, event::adopted{}, noon, {});
  REQUIRE(only<effects::wake>(early));
  CHECK(only<effects::wake>(early)->at == noon + 7s);
  CHECK(early.next.state == delivery_state::sending);

  const auto in_time = decide(found, event::adopted{}, noon + 7s, {});
  REQUIRE(only<effects::commit_change>(in_time));
  CHECK(in_time.next.state == delivery_state::unknown);
  const auto recorded = decide(in_time.next, event::recorded{}, noon + 7s, {});
  REQUIRE(only<effects::wake>(recorded));
  const auto again = decide(recorded.next, event::adopted{}, noon + 8s, {});
  CHECK(only<effects::look>(again));
  CHECK(again.next.step == delivery_step::looking);
}

TEST_CASE("a lost reply is looked at after the attempt's deadline and not before") {
  auto lost = after_answer({.kind = outcome_kind::unknown}).next;
  lost.deadline_at = noon + 12s;
  const auto recorded = decide(lost, event::recorded{}, noon, {});
  REQUIRE(only<effects::wake>(recorded));
  CHECK(only<effects::wake>(recorded)->at == noon + 12s);
  const auto early = decide(recorded.next, event::adopted{}, noon + 11s, {});
  CHECK(only<effects::wake>(early));
}

TEST_CASE("what a look finds decides: live, absent, a person, or another look") {
  const auto live = after_look({.kind = reconciliation_kind::live, .external_id = "9"});
  CHECK(live.next.state == delivery_state::published);
  CHECK(only<effects::commit_change>(live)->external_id == "9");

  const auto nameless = after_look({.kind = reconciliation_kind::live});
  CHECK(nameless.next.state == delivery_state::unconfirmed);

  const auto absent = after_look({.kind = reconciliation_kind::absent});
  CHECK(absent.next.state == delivery_state::waiting);
  CHECK(absent.next.failures == 1);
  CHECK(absent.next.not_before == noon);  // it has waited long enough

  CHECK(after_look({.kind = reconciliation_kind::absent}, 4).next.state == delivery_state::failed);

  const auto cannot = after_look({.kind = reconciliation_kind::cannot_know});
  CHECK(cannot.next.state == delivery_state::unconfirmed);
  CHECK(only<effects::commit_change>(cannot)->reason ==
        "the platform cannot tell whether it has the post. Please look there and say whether the post is live.");
  const auto told = after_look({.kind = reconciliation_kind::cannot_know, .reason = "X cannot be asked."});
  CHECK(only<effects::commit_change>(told)->reason ==
        "X cannot be asked. Please look there and say whether the post is live.");

  const auto later = after_look({.kind = reconciliation_kind::try_again});
  CHECK(later.next.state == delivery_state::unknown);
  CHECK(later.next.step == delivery_step::resting);
  CHECK(later.next.looks == 1);
  REQUIRE(only<effects::wake>(later));
  CHECK(only<effects::wake>(later)->at > noon);

  const auto enough = after_look({.kind = reconciliation_kind::try_again}, 0, most_looks - 1);
  CHECK(enough.next.state == delivery_state::unconfirmed);
}

TEST_CASE(
    "what cannot be looked up is sent again while the platform would tell, and never ends as if it were not there") {
  const auto asked = after_look({.kind = reconciliation_kind::repeat_tells, .repeat_until = noon + 60s});
  CHECK(asked.next.state == delivery_state::waiting);
  CHECK(asked.next.not_before == noon);
  CHECK(asked.next.failures == 1);
  REQUIRE(asked.next.doubt_until == noon + 60s);

  auto resting = asked.next;
  resting.step = delivery_step::resting;
  CHECK(only<effects::ask_permit>(decide(resting, event::due{}, noon + 60s, {})));
  const auto over = decide(resting, event::due{}, noon + 61s, {});
  CHECK(over.next.state == delivery_state::unconfirmed);

  auto permitted = resting;
  permitted.step = delivery_step::asking;
  const auto late = decide(permitted, event::permitted{}, noon + 61s, {});
  CHECK(late.next.state == delivery_state::unconfirmed);
  CHECK(std::holds_alternative<effects::return_permit>(late.effects.front()));

  auto calling = at(delivery_state::sending, delivery_step::calling, 2);
  calling.doubt_until = noon + 60s;
  const auto answer = [&calling](outcome said) {
    return decide(calling, event::answered{std::move(said)}, noon, {}).next;
  };
  const auto adopted = answer({.kind = outcome_kind::duplicate, .external_id = "7"});
  CHECK(adopted.state == delivery_state::published);
  CHECK_FALSE(adopted.doubt_until);
  CHECK(answer({.kind = outcome_kind::invalid}).state == delivery_state::unconfirmed);
  CHECK(answer({.kind = outcome_kind::permission}).state == delivery_state::unconfirmed);
  CHECK(answer({.kind = outcome_kind::transient}).doubt_until == noon + 60s);
  calling.failures = 4;
  CHECK(answer({.kind = outcome_kind::transient}).state == delivery_state::unconfirmed);
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

}  // namespace pulse::domain
