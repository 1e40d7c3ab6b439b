// Deliveries that may be live: when they are looked up, and what it means to find or miss them.
#include <catch2/catch.hpp>

#include "base/describe.hpp"
#include "tests/domain/publishing/delivery_cases.hpp"

namespace pulse::domain::delivery_cases {

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
  looking.step = delivery_step::reconciling;
  const auto absent = decide(looking, event::reconciled{{.kind = reconciliation_kind::absent}}, noon, {}).next;
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
  auto looking = at(delivery_state::unknown, delivery_step::reconciling, 2);
  looking.may_be_live = looking.is_duplicate = true;
  const auto made = decide(looking, event::reconciled{{.kind = reconciliation_kind::absent}}, noon, {});
  CHECK(made.next.state == delivery_state::unconfirmed);
  CHECK(only<effects::commit_change>(made)->found == reconciliation_kind::absent);

  auto asking = at(delivery_state::waiting, delivery_step::asking, 2);
  asking.is_duplicate = true;
  CHECK_FALSE(decide(asking, event::permitted{}, noon, {}).next.is_duplicate);  // another attempt
}

TEST_CASE("a part of a thread that a look finds goes on with the next one, and is no longer in doubt") {
  auto looking = at(delivery_state::unknown, delivery_step::reconciling, 2);
  looking.may_be_live = looking.is_duplicate = true;
  looking.live_since = noon;
  reconciliation found{.kind = reconciliation_kind::live, .external_id = "1", .reason = "Part 1 of 2: it is listed."};
  found.goes_on = true;
  const auto made = decide(looking, event::reconciled{found}, noon + 5s, {});
  CHECK(made.next.state == delivery_state::waiting);
  CHECK(made.next.not_before == noon + 5s);
  CHECK_FALSE(made.next.may_be_live);
  CHECK_FALSE(made.next.is_duplicate);
  CHECK(only<effects::commit_change>(made)->found == reconciliation_kind::live);
  found.goes_on = false;
  CHECK(decide(looking, event::reconciled{found}, noon + 5s, {}).next.state == delivery_state::published);
}

TEST_CASE("a look begins with the first attempt that may be live") {
  auto d = at(delivery_state::unknown, delivery_step::reconciling, 3);
  d.started_at = noon + 60s;
  CHECK(may_be_live_since(d) == noon + 60s);
  d.may_be_live = true;
  CHECK(may_be_live_since(d) == noon);  // since it was due: the rows do not tell
  d.live_since = noon + 20s;
  CHECK(may_be_live_since(d) == noon + 20s);
  d.live_since.reset();
  d.due_at = noon + 90s;
  CHECK(may_be_live_since(d) == noon + 60s);
}

TEST_CASE("what a platform answered with an error of its own backs off when it is absent, as the platform asks") {
  const retry_policy policy{.max_attempts = 9, .strategy = backoff_strategy::linear, .retry_delay_seconds = 60};
  const auto look_at = [](delivery d, base::timestamp now, reconciliation found) {
    d.step = delivery_step::reconciling;
    return decide(d, event::reconciled{std::move(found)}, now, {}).next;
  };
  const reconciliation gone{.kind = reconciliation_kind::absent};
  const auto failed = after_answer({.kind = outcome_kind::unknown}, 3, 2, policy).next;
  CHECK(look_at(failed, noon + 12s, gone).not_before == noon + 180s);  // of failure number 3
  CHECK(look_at(failed, noon + 400s, gone).not_before == noon + 400s);
  const auto told = after_answer({.kind = outcome_kind::unknown, .retry_at = noon + 20min}, 1, 0, policy).next;
  CHECK(look_at(told, noon + 12s, gone).not_before == noon + 20min);
  CHECK(after_answer({.kind = outcome_kind::unknown, .retry_at = noon + 48h}).next.not_before ==
        noon + longest_retry_after);

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
    return after_look({.kind = reconciliation_kind::try_again, .retry_at = at}, 0, most_reconciliations - 1);
  };
  const auto later = put_off(noon + 15min);
  CHECK(later.next.state == delivery_state::unknown);
  CHECK(later.next.failed_reconciliations == most_reconciliations - 1);
  // It is stored, so that it is known after a crash.
  REQUIRE(only<effects::commit_change>(later));
  CHECK(later.next.look_at == noon + 15min);
  const auto recorded = decide(later.next, event::recorded{}, noon, {});
  REQUIRE(only<effects::wake>(recorded));
  CHECK(only<effects::wake>(recorded)->at == noon + 15min);
  CHECK(only<effects::wake>(put_off(noon - 1min))->at ==
        noon + least_reconcile_pause);  // over before anybody could read it
  CHECK(put_off(noon + 999h).next.look_at == noon + longest_retry_after);
}

TEST_CASE("credentials that are refused while looking switch the channel off, once, and the delivery stays unknown") {
  const reconciliation refused{
      .kind = reconciliation_kind::try_again, .reason = "connect again", .is_unauthorized = true};
  const auto first = after_look(refused, 0, most_reconciliations - 1);
  CHECK(first.next.state == delivery_state::unknown);
  CHECK(first.next.failed_reconciliations == most_reconciliations - 1);
  const auto* change = only<effects::commit_change>(first);
  REQUIRE(change);
  CHECK(change->disables_channel);
  const auto recorded = decide(first.next, event::recorded{}, noon, {});
  REQUIRE(only<effects::wake>(recorded));
  CHECK(only<effects::wake>(recorded)->at == noon + unauthorized_pause);

  auto looking = recorded.next;
  looking.step = delivery_step::reconciling;
  const auto again = decide(looking, event::reconciled{refused}, noon + 5min, {});
  REQUIRE(only<effects::wake>(again));
  CHECK(only<effects::wake>(again)->at == noon + 5min + unauthorized_pause);

  const auto back =
      decide(looking, event::reconciled{{.kind = reconciliation_kind::live, .external_id = "9"}}, noon, {});
  CHECK(back.next.state == delivery_state::published);
}

TEST_CASE("what is absent and would be refused again has failed, with what the user can do") {
  const auto made = after_look({.kind = reconciliation_kind::absent, .reason = "it is blocked", .is_refused = true});
  CHECK(made.next.state == delivery_state::failed);
  CHECK(only<effects::commit_change>(made)->kind == outcome_kind::permission);
  CHECK(only<effects::commit_change>(made)->reason == "it is blocked");
}

TEST_CASE(
    "what was left in the middle is looked for at once, and only that it is live is believed before the deadline") {
  for (const auto state : {delivery_state::sending, delivery_state::unknown}) {
    INFO(base::to_name(state));
    auto found = at(state, delivery_step::resting);
    found.deadline_at = noon + 7s;
    const auto early = decide(found, event::adopted{}, noon, {});
    REQUIRE(only<effects::reconcile>(early));
    CHECK(early.next.state == state);
    CHECK(early.next.may_be_live);
    const auto look = [&early](reconciliation said, base::timestamp now) {
      return decide(early.next, event::reconciled{std::move(said)}, now, {});
    };
    const auto live = look({.kind = reconciliation_kind::live, .external_id = "9"}, noon + 1s);
    CHECK(live.next.state == delivery_state::published);
    for (const auto kind : {reconciliation_kind::absent, reconciliation_kind::repeat_tells,
                            reconciliation_kind::cannot_know, reconciliation_kind::try_again}) {
      INFO(base::to_name(kind));
      const auto later = look({.kind = kind}, noon + 1s);
      CHECK(later.next.state == state);
      CHECK(later.next.failed_reconciliations == 0);
      REQUIRE(only<effects::wake>(later));
      CHECK(only<effects::wake>(later)->at == noon + 7s);
      CHECK(only<effects::wake>(decide(later.next, event::adopted{}, noon + 2s, {})));  // once is enough
    }
  }
}

TEST_CASE("at its deadline an attempt that somebody else began is called unknown and looked for again") {
  auto found = at(delivery_state::sending, delivery_step::resting);
  found.deadline_at = noon + 7s;
  found.is_early_reconciliation_done = true;
  const auto in_time = decide(found, event::adopted{}, noon + 7s, {});
  REQUIRE(only<effects::commit_change>(in_time));
  CHECK(in_time.next.state == delivery_state::unknown);
  const auto recorded = decide(in_time.next, event::recorded{}, noon + 7s, {});
  REQUIRE(only<effects::wake>(recorded));
  const auto again = decide(recorded.next, event::adopted{}, noon + 8s, {});
  CHECK(only<effects::reconcile>(again));
  const auto absent = decide(again.next, event::reconciled{{.kind = reconciliation_kind::absent}}, noon + 8s, {});
  CHECK(absent.next.state == delivery_state::waiting);
}

TEST_CASE("a lost reply is looked at once before the attempt's deadline, and again after it") {
  auto lost = after_answer({.kind = outcome_kind::unknown}).next;
  lost.deadline_at = noon + 12s;
  const auto recorded = decide(lost, event::recorded{}, noon, {});
  REQUIRE(only<effects::wake>(recorded));
  CHECK(only<effects::wake>(recorded)->at < noon + 1s);
  const auto early = decide(recorded.next, event::adopted{}, noon + 1s, {});
  REQUIRE(only<effects::reconcile>(early));
  const auto absent = decide(early.next, event::reconciled{{.kind = reconciliation_kind::absent}}, noon + 2s, {});
  REQUIRE(only<effects::wake>(absent));
  CHECK(only<effects::wake>(absent)->at == noon + 12s);
  CHECK(only<effects::reconcile>(decide(absent.next, event::adopted{}, noon + 12s, {})));
}

TEST_CASE("a look that began before the deadline is not believed when its answer comes after it") {
  auto lost = after_answer({.kind = outcome_kind::unknown}).next;
  lost.deadline_at = noon + 12s;
  const auto recorded = decide(lost, event::recorded{}, noon, {});
  const auto early = decide(recorded.next, event::adopted{}, noon + 11s, {});
  REQUIRE(only<effects::reconcile>(early));
  const auto absent = decide(early.next, event::reconciled{{.kind = reconciliation_kind::absent}}, noon + 13s, {});
  REQUIRE(only<effects::wake>(absent));
  CHECK(absent.next.state == delivery_state::unknown);
  const auto late = decide(absent.next, event::adopted{}, noon + 13s, {});
  REQUIRE(only<effects::reconcile>(late));
  const auto believed = decide(late.next, event::reconciled{{.kind = reconciliation_kind::absent}}, noon + 14s, {});
  CHECK(believed.next.state == delivery_state::waiting);
  const reconciliation live{.kind = reconciliation_kind::live, .external_id = "9"};
  const auto seen = decide(early.next, event::reconciled{live}, noon + 13s, {});
  CHECK(seen.next.state == delivery_state::published);
}

TEST_CASE("a platform that asked to be left alone is not looked at before, also by who comes after a crash") {
  auto told = after_answer({.kind = outcome_kind::unknown, .retry_at = noon + 60s}).next;
  CHECK(told.look_at == noon + 60s);
  told.deadline_at = noon + 12s;
  const auto recorded = decide(told, event::recorded{}, noon, {});
  REQUIRE(only<effects::wake>(recorded));
  CHECK(only<effects::wake>(recorded)->at == noon + 60s);

  auto loaded = at(delivery_state::unknown, delivery_step::resting);  // as the rows say
  loaded.look_at = noon + 60s;
  CHECK(reconcile_time(loaded) == noon + 60s);
  const auto adopted = decide(loaded, event::adopted{}, noon + 20s, {});
  REQUIRE(only<effects::wake>(adopted));
  CHECK(only<effects::wake>(adopted)->at == noon + 60s);
  CHECK(only<effects::reconcile>(decide(loaded, event::adopted{}, noon + 60s, {})));
}

TEST_CASE("a crash does not count as a failed attempt when the platform does not have the post") {
  auto looking = at(delivery_state::unknown, delivery_step::reconciling);
  looking.is_interrupted = true;
  looking.failures = default_retry_policy.max_attempts - 1;
  const auto absent = decide(looking, event::reconciled{{.kind = reconciliation_kind::absent}}, noon, {});
  CHECK(absent.next.state == delivery_state::waiting);
  CHECK(absent.next.failures == looking.failures);
  CHECK(absent.next.interruptions == 1);
  CHECK(absent.next.not_before == noon);
  CHECK(only<effects::commit_change>(absent)->published_nothing);

  auto asking = absent.next;
  asking.step = delivery_step::asking;
  CHECK_FALSE(decide(asking, event::permitted{}, noon, {}).next.is_interrupted);  // another attempt
}

TEST_CASE("a loop of crashes slows down, and is left to a person in the end") {
  auto looking = at(delivery_state::unknown, delivery_step::reconciling);
  looking.is_interrupted = true;
  for (int crashes = 1; crashes <= most_interruptions; ++crashes) {
    INFO("crash " << crashes);
    looking.interruptions = crashes - 1;
    const auto absent = decide(looking, event::reconciled{{.kind = reconciliation_kind::absent}}, noon, {});
    if (crashes == most_interruptions) {
      CHECK(absent.next.state == delivery_state::failed);
      CHECK(only<effects::commit_change>(absent)->reason.starts_with("Pulse stopped 10 times"));
    } else {
      CHECK(absent.next.state == delivery_state::waiting);
      CHECK((absent.next.not_before > noon) == (crashes > interruptions_at_once));
    }
  }
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
  CHECK(later.next.failed_reconciliations == 1);
  REQUIRE(only<effects::wake>(later));
  CHECK(only<effects::wake>(later)->at > noon);

  const auto enough = after_look({.kind = reconciliation_kind::try_again}, 0, most_reconciliations - 1);
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

TEST_CASE("a thread whose second part a look does not find is not skipped for being late") {
  auto looking = at(delivery_state::unknown, delivery_step::reconciling, 2);
  looking.may_be_live = true;
  looking.lateness = {.action = lateness_action::skip, .after = 60s};
  reconciliation found{.kind = reconciliation_kind::absent,
                       .reason = "1 of 2 parts is out; part 2 is not: not listed."};
  found.part = 2;
  found.parts = 2;
  auto next = decide(looking, event::reconciled{found}, noon + 1h, {}).next;
  REQUIRE(next.state == delivery_state::waiting);
  CHECK(next.is_begun);
  next.step = delivery_step::resting;
  const auto due_at = std::max<base::timestamp>(next.not_before, noon + 2h);
  CHECK(only<effects::ask_permit>(decide(next, event::due{}, due_at, {})) != nullptr);
}

}  // namespace pulse::domain::delivery_cases
