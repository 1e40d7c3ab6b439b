// How the outcome of a call changes a delivery, and when it is retried.
#include <catch2/catch.hpp>

#include "base/describe.hpp"
#include "tests/domain/publishing/delivery_cases.hpp"

namespace pulse::domain::delivery_cases {

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

TEST_CASE("an attempt that never called the platform says so, and whether it did changes nothing else") {
  for (const auto kind : {outcome_kind::transient, outcome_kind::invalid, outcome_kind::permission,
                          outcome_kind::auth_expired, outcome_kind::rate_limited}) {
    INFO(base::to_name(kind));
    const auto called = after_answer({.kind = kind, .reason = "why"});
    const auto uncalled = after_answer({.kind = kind, .reason = "why", .was_called = false});
    CHECK_FALSE(only<effects::commit_change>(called)->never_called);
    CHECK(only<effects::commit_change>(uncalled)->never_called);
    CHECK(only<effects::commit_change>(uncalled)->published_nothing);
    CHECK(called.next.state == uncalled.next.state);
    CHECK(called.next.not_before == uncalled.next.not_before);
  }
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
  CHECK(never.next.not_before == noon + longest_retry_after);
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
  CHECK(days.next.not_before == noon + longest_retry_after);
  CHECK_FALSE(only<effects::commit_change>(days)->is_obeyed);
}

TEST_CASE("a film of which a part was taken goes on with the next attempt, which costs none of the policy") {
  const retry_policy rules{.max_attempts = 1, .strategy = backoff_strategy::linear, .retry_delay_seconds = 600};
  outcome taken{.kind = outcome_kind::transient, .reason = "X has 4 MB of the film's 9 MB; the rest follows."};
  taken.goes_on = true;
  const auto at_once = after_answer(taken, 40, 0, rules);
  CHECK(at_once.next.state == delivery_state::waiting);
  CHECK(at_once.next.failures == 0);
  CHECK(at_once.next.not_before == noon);
  CHECK(only<effects::commit_change>(at_once)->retryable);
  CHECK(only<effects::commit_change>(at_once)->published_nothing);
  taken.retry_at = noon + 5s;
  CHECK(after_answer(taken, 2, 0, rules).next.not_before == noon + 5s);
  taken.retry_at = noon + 24h * 365;
  CHECK(after_answer(taken, 2, 0, rules).next.not_before == noon + longest_retry_after);
}

TEST_CASE("a part of a thread that is out lets the next one start at once, as if it were new") {
  const retry_policy rules{.max_attempts = 3, .strategy = backoff_strategy::linear, .retry_delay_seconds = 600};
  outcome out{.kind = outcome_kind::published, .external_id = "1", .reason = "Part 1 of 3 is out."};
  out.goes_on = true;
  const auto made = after_answer(out, 2, 1, rules);
  CHECK(made.next.state == delivery_state::waiting);
  CHECK(made.next.not_before == noon);
  CHECK(made.next.failures == 0);
  const auto* change = only<effects::commit_change>(made);
  REQUIRE(change != nullptr);
  CHECK(change->external_id == "1");
  CHECK(change->kind == outcome_kind::published);
  CHECK_FALSE(change->success);
  CHECK_FALSE(change->published_nothing);  // it spent a post of the budget
}

TEST_CASE("a post whose first comment is refused is published, with what became of the comment as its reason") {
  outcome out{.kind = outcome_kind::published, .external_id = "1", .reason = "The post is out."};
  out.goes_on = true;
  for (const auto kind : {outcome_kind::permission, outcome_kind::invalid, outcome_kind::transient}) {
    auto second = after_answer(out).next;
    second.step = delivery_step::calling;
    second.retry.max_attempts = 1;
    // What names the post's id is about what follows below it.
    const outcome refused{.kind = kind, .external_id = "1", .reason = "The post is out at 1; its comment is not."};
    const auto made = decide(second, event::answered{refused}, noon, {});
    INFO(base::to_name(kind));
    CHECK(made.next.state == delivery_state::published);
    const auto* change = only<effects::commit_change>(made);
    REQUIRE(change != nullptr);
    CHECK(change->success);
    CHECK(change->kind == kind);
    CHECK(change->external_id == "1");
    CHECK(change->reason.find("The post is out at 1; its comment is not.") != std::string::npos);
    // A thread's refused part names none: half a thread has failed.
    const auto half = decide(second, event::answered{{.kind = kind, .reason = "no"}}, noon, {});
    CHECK(half.next.state == delivery_state::failed);
  }
}

TEST_CASE("a post that sending again has found lets its first comment follow") {
  outcome found{.kind = outcome_kind::duplicate, .external_id = "1", .reason = "The post is out."};
  found.goes_on = true;
  auto second = after_answer({.kind = outcome_kind::unknown}).next;
  second.step = delivery_step::calling;
  const auto made = decide(second, event::answered{found}, noon, {});
  CHECK(made.next.state == delivery_state::waiting);
  CHECK(made.next.is_begun);
  CHECK(only<effects::commit_change>(made)->external_id == "1");
}

TEST_CASE("a thread of which a part is out goes on however late it is, whatever its lateness policy") {
  outcome out{.kind = outcome_kind::published, .external_id = "1", .reason = "Part 1 of 3 is out."};
  out.goes_on = true;
  for (const auto action : {lateness_action::skip, lateness_action::ask}) {
    auto begun = after_answer(out).next;
    begun.step = delivery_step::resting;
    begun.lateness = {.action = action, .after = 60s};
    CHECK(only<effects::ask_permit>(decide(begun, event::due{}, noon + 1h, {})));
    begun.is_begun = false;
    CHECK_FALSE(only<effects::ask_permit>(decide(begun, event::due{}, noon + 1h, {})));
  }
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
        CHECK(made.next.not_before <= noon + (told_beyond ? longest_retry_after : longest_retry_delay));
      }
    }
  }
}

TEST_CASE("how late a thread is, its first part says") {
  outcome out{.kind = outcome_kind::published, .external_id = "1", .reason = "Part 1 of 3 is out."};
  out.goes_on = true;
  out.part = 1;
  out.parts = 3;
  const auto calling = at(delivery_state::sending, delivery_step::calling);
  auto second = decide(calling, event::answered{out, noon + 7ms}, noon + 1s, {}).next;
  CHECK(second.began_late == 7ms);
  second.state = delivery_state::sending;
  second.step = delivery_step::calling;
  out.part = 2;
  CHECK(decide(second, event::answered{out, noon + 2h}, noon + 2h, {}).next.began_late == 7ms);
}

TEST_CASE("what is said of a later part says that the thread has begun, whatever became of that part") {
  for (const auto kind : {outcome_kind::transient, outcome_kind::rate_limited, outcome_kind::auth_expired}) {
    INFO(base::to_name(kind));
    outcome said{.kind = kind, .reason = "no"};
    said.part = 2;
    said.parts = 3;
    const auto made = after_answer(said);
    CHECK(made.next.is_begun);
    const auto* change = only<effects::commit_change>(made);
    REQUIRE(change != nullptr);
    CHECK(change->part == 2);
    CHECK(change->parts == 3);
  }
}

}  // namespace pulse::domain::delivery_cases
