#include "domain/explaining/explanation.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/domain/explaining/explanation_history.hpp"

namespace pulse::domain::stories {

TEST_CASE("a post that went out on time is told from its writing to its id") {
  history of;
  of.begin(1, due + 1ms);
  publish(of, due);
  const auto told = of.told(due + 1h);
  CHECK(names_of(kinds_of(told)) == "written scheduled due permitted attempt_begun first_byte published ");
  CHECK(told.summary == "Went out on X at Tue 24 Nov 2026, 09:00:00.004 CET, 4 ms late.");
  CHECK(told.waits.empty());
  CHECK(told.you_can.empty());
  CHECK(find(told, step_kind::written).sentence == "Anna wrote the post.");
  CHECK(find(told, step_kind::scheduled).sentence == "Anna scheduled it on X @acme for Tue 24 Nov 2026, 09:00 CET.");
  CHECK(find(told, step_kind::published).sentence == "X has it; the call took 212 ms.");
  CHECK(find(told, step_kind::first_byte).figures.lateness_ms == Approx(4));
  CHECK(find(told, step_kind::attempt_begun).rule == decision_rule::intent_before_send);
  CHECK(std::is_sorted(told.steps.begin(), told.steps.end(), [](const auto& a, const auto& b) { return a.at < b.at; }));
}

TEST_CASE("a wait for a budget is told once, with the budget and its figures") {
  history of;
  auto& attempt = of.begin(1, due + 14min);
  attempt.asked_at = due;
  attempt.throttled_until = due + 14min;
  attempt.budget.scope = "account";
  attempt.budget.posts = 100;
  attempt.budget.window_seconds = 900;
  auto& event = of.add(due, "DeliveryThrottled");
  event.about = attempt.budget;
  event.about.until = due + 14min;
  publish(of, due + 14min);
  const auto told = of.told(due + 1h);
  const auto kinds = kinds_of(told);
  CHECK(std::count(kinds.begin(), kinds.end(), step_kind::throttled) == 1);
  const auto& throttled = find(told, step_kind::throttled);
  CHECK(
      throttled.sentence ==
      "The account may send 100 posts in any 15 minutes on X, and these are used up until Tue 24 Nov 2026, 09:14 CET.");
  CHECK(throttled.rule == decision_rule::rate_limit);
  CHECK(throttled.figures.posts == 100);
  CHECK(find(told, step_kind::permitted).sentence == "The rate limits let it start, 14 min after it was ready.");
  CHECK(told.summary.find("14 min late, because a budget of posts was used up") != std::string::npos);
}

TEST_CASE("a retry says what went wrong, when it is tried again, and by whose word") {
  history of;
  auto waiting = after(delivery_state::waiting, 1, 1);
  waiting.not_before = due + 31s;
  of.begin(1, due);
  of.change(due + 1s, waiting, {.kind = outcome_kind::transient, .reason = "X is away", .retryable = true}, due + 2ms);
  const auto told = of.told(due + 2s);
  const auto& retry = find(told, step_kind::retry_scheduled);
  CHECK(retry.rule == decision_rule::retry_policy);
  CHECK(
      retry.sentence ==
      "X is away. It is to be tried again at Tue 24 Nov 2026, 09:00:31 CET: the retry policy allows 5 failed attempts, "
      "and this was number 1; it waits about 30 s after the first, and twice as long after each further one.");
  REQUIRE(told.waits.size() == 1);
  CHECK(told.waits.front().kind == wait_kind::retry);
  CHECK(told.waits.front().sentence ==
        "Attempt 2 is to begin at Tue 24 Nov 2026, 09:00:31 CET, in 29 s. The last one did not go through: X is away.");

  of.row.due_at = of.row.not_before = due + 24h;  // somebody moves the post
  of.row.reason.reset();
  CHECK(of.told(due + 3s).waits.front().kind == wait_kind::time);
  CHECK(of.told(due + 3s).waits.front().sentence ==
        "Its time is Wed 25 Nov 2026, 09:00 CET, in 23 h 59 min, which begins attempt 2.");

  history limited;
  auto obeying = after(delivery_state::waiting, 1, 0);
  obeying.not_before = due + 5min;
  limited.change(
      due + 1s, obeying,
      {.kind = outcome_kind::rate_limited, .reason = "X wants no more", .is_obeyed = true, .retryable = true},
      due + 2ms);
  const auto by_platform = limited.told(due + 2s);
  CHECK(find(by_platform, step_kind::retry_scheduled).rule == decision_rule::platform_time);
  CHECK(find(by_platform, step_kind::retry_scheduled).sentence ==
        "X wants no more. It is to be tried again at Tue 24 Nov 2026, 09:05 CET, when X asked for.");
  CHECK(by_platform.waits.front().rule == decision_rule::platform_time);
}

TEST_CASE("a doubtful delivery's summary says when its platform is asked, not as if that were now") {
  history of;
  of.begin(1, due);
  of.change(due + 10s, after(delivery_state::unknown), {.kind = outcome_kind::unknown, .reason = "X answered 503"},
            due + 3ms);
  of.row.look_at = due + 1min;
  CHECK(of.told(due + 11s).summary ==
        "May have gone out on X. X asked to be left alone, and is asked whether it has the post at Tue 24 Nov 2026, "
        "09:01 CET, in 49 s; nothing is sent again before that is known.");

  of.row.disabled_reason = "X refuses the account";
  of.row.is_channel_on = false;
  CHECK(of.told(due + 11s).summary ==
        "May have gone out on X. X is asked whether it has the post once the account is connected again; nothing is "
        "sent again before that is known.");
}

TEST_CASE("a lost answer is told with what was found at the platform") {
  history of;
  of.begin(1, due);
  of.change(due + 10s, after(delivery_state::unknown), {.kind = outcome_kind::unknown, .reason = "the line went dead"},
            due + 3ms);
  CHECK(of.told(due + 11s).waits.front().kind == wait_kind::look);
  CHECK(
      of.told(due + 11s).summary ==
      "May have gone out on X. X is being asked whether it has the post; nothing is sent again before that is known.");
  of.change(due + 20s, after(delivery_state::published),
            {.external_id = "77", .found = reconciliation_kind::live, .success = true});
  const auto told = of.told(due + 1min);
  CHECK(find(told, step_kind::outcome_unknown).sentence ==
        "The line went dead. Nothing is sent again before that is known.");
  CHECK(find(told, step_kind::reconciled).sentence == "X was asked, and has it.");
  CHECK(find(told, step_kind::published).at == due + 20s);

  history absent;
  absent.begin(1, due);
  absent.change(due + 20s, after(delivery_state::waiting, 1, 1),
                {.reason = "it is not among the latest", .found = reconciliation_kind::absent, .retryable = true});
  const auto again = absent.told(due + 21s);
  CHECK(find(again, step_kind::reconciled).sentence == "X was asked, and does not have it.");
  CHECK(find(again, step_kind::retry_scheduled).sentence ==
        "It is to be tried again at once: the retry policy allows 5 failed attempts, and this was number 1.");

  history later;
  later.begin(1, due);
  auto waits = after(delivery_state::waiting, 1, 1);
  waits.not_before = due + 41s;
  later.change(due + 20s, waits, {.found = reconciliation_kind::absent, .retryable = true});
  CHECK(find(later.told(due + 21s), step_kind::retry_scheduled)
            .sentence.starts_with("It is to be tried again at Tue 24 Nov 2026, 09:00:41 CET: the retry policy"));

  history crashed;
  crashed.begin(1, due);
  auto broken_off = after(delivery_state::waiting, 1, 0);
  broken_off.is_interrupted = true;
  broken_off.interruptions = 2;
  crashed.change(due + 20s, broken_off,
                 {.found = reconciliation_kind::absent, .retryable = true, .published_nothing = true});
  CHECK(find(crashed.told(due + 21s), step_kind::retry_scheduled).sentence ==
        "It is to be tried again at once: Pulse itself had stopped in the middle, so this does not count as a failed "
        "attempt (number 2 of 10 such stops).");
}

TEST_CASE("a decision that only a person can take is called one") {
  history of;
  of.begin(1, due);
  of.change(due + 20s, after(delivery_state::unconfirmed),
            {.reason = "X cannot be asked", .found = reconciliation_kind::cannot_know});
  const auto told = of.told(due + 1h);
  CHECK(told.waits.front().kind == wait_kind::decision);
  CHECK(told.waits.front().sentence == "A person must look whether it is live on X: X cannot be asked.");
  CHECK_FALSE(told.waits.front().you_can.empty());
  auto& seen = of.add(due + 2h, "PublishSucceeded", "Ben");
  seen.about.decision = "is_live";
  seen.about.external_post_id = "9";
  CHECK(find(of.told(due + 3h), step_kind::decided).sentence == "Ben has seen it on X.");
}

TEST_CASE("credentials that a look was refused are told with their reason alone") {
  history of;
  of.begin(1, due);
  of.change(due + 20s, after(delivery_state::unknown),
            {.kind = outcome_kind::unknown,
             .reason = "X no longer accepts the access to this account.",
             .retryable = true,
             .disables_channel = true});
  CHECK(find(of.told(due + 1min), step_kind::channel_off).sentence ==
        "X refused the account, so the channel X @acme was switched off: X no longer accepts the access to this "
        "account.");
}

TEST_CASE("pauses, of the channel or above it, are told with who did it, and only while they could hold it") {
  history of;
  of.add_above(written - 2h, "ProjectPaused", "Ben");  // before the delivery was there
  of.add_above(due - 1h, "ProjectPaused", "Ben");
  auto& others = of.add_above(due - 1h, "ChannelPaused", "Ben");
  others.channel_id = base::uuid_from_name("another channel");
  of.row.paused.project = due - 1h;
  const auto held = of.told(due + 5min);
  CHECK(names_of(kinds_of(held)) == "written scheduled paused due ");
  REQUIRE(held.waits.size() == 1);
  CHECK(held.waits.front().kind == wait_kind::resume);
  CHECK(held.waits.front().sentence == "The project has been paused since Tue 24 Nov 2026, 08:00 CET by Ben.");
  CHECK(held.summary == "Has not gone out on X. The project has been paused since Tue 24 Nov 2026, 08:00 CET by Ben.");

  of.row.paused.project.reset();
  of.add_above(due + 10min, "ProjectResumed", "Anna");
  of.begin(1, due + 10min);
  publish(of, due + 10min);
  of.add_above(due + 1h, "ProjectPaused", "Ben");  // after it was over
  const auto over = of.told(due + 2h);
  CHECK(names_of(kinds_of(over)) ==
        "written scheduled paused due resumed permitted attempt_begun first_byte published ");
  CHECK(find(over, step_kind::resumed).sentence ==
        "Anna resumed the project. The post was held because the project was paused from Tue 24 Nov 2026, 08:00 CET to "
        "Tue 24 Nov 2026, 09:10 CET.");
  CHECK(over.summary.find("10 min late, because the project was paused from") != std::string::npos);
}

TEST_CASE("what a waiting delivery waits for is said, whatever it is") {
  history of;
  SECTION("its time") {
    const auto told = of.told(due - 2h);
    CHECK(told.waits.front().kind == wait_kind::time);
    CHECK(told.summary == "Is to go out on X at Tue 24 Nov 2026, 09:00 CET, in 2 h.");
    CHECK(names_of(kinds_of(told)) == "written scheduled ");
  }
  SECTION("a time") {
    of.row.due_at.reset();
    of.row.not_before.reset();
    of.events.pop_back();
    CHECK(of.told(due).waits.front().kind == wait_kind::schedule);
  }
  SECTION("a budget") {
    auto& event = of.add(due, "DeliveryThrottled");
    event.delivery_id = base::uuid_from_name("another delivery");
    event.about.scope = "app";
    event.about.posts = 10'000;
    event.about.window_seconds = 86'400;
    event.about.until = due + 5min;
    const auto told = of.told(due + 1min);
    CHECK(told.waits.front().kind == wait_kind::throttle);
    CHECK(told.waits.front().sentence ==
          "All who publish on X through this installation may send 10000 posts in any day together, and these are used "
          "up until Tue 24 Nov 2026, 09:05 CET.");
    CHECK(find(told, step_kind::throttled).rule == decision_rule::rate_limit);
  }
  SECTION("its turn") {
    of.row.ahead = 3;
    CHECK(of.told(due).waits.front().sentence ==
          "3 deliveries are before it on X @acme; they go out one after the other, oldest first.");
  }
  SECTION("its channel") {
    of.row.is_channel_on = false;
    of.row.disabled_reason = "X refuses its credentials";
    const auto wait = of.told(due).waits.front();
    CHECK(wait.kind == wait_kind::channel);
    CHECK(wait.sentence == "The channel X @acme is switched off: X refuses its credentials.");
    CHECK(wait.you_can == "Connect the account again: what waits then goes out by itself.");
  }
  SECTION("a person's answer") {
    of.row.asked_at = due + 1h;
    const auto told = of.told(due + 2h);
    CHECK(told.waits.front().kind == wait_kind::answer);
  }
  SECTION("another process") {
    of.row.lease_until = due - 1s;
    CHECK(of.told(due).waits.front().kind == wait_kind::owner);
  }
  SECTION("nothing but a moment") { CHECK(of.told(due).waits.front().kind == wait_kind::start); }
}

TEST_CASE("a delivery that failed, came too late or was withdrawn says so and what can be done") {
  history failed;
  failed.change(due + 1s, after(delivery_state::failed),
                {.kind = outcome_kind::invalid, .reason = "the text is too long"}, due + 1ms);
  CHECK(failed.told(due + 1h).summary == "Did not go out on X: the text is too long.");
  CHECK(find(failed.told(due + 1h), step_kind::failed).sentence == "The text is too long.");
  CHECK_FALSE(failed.told(due + 1h).you_can.empty());

  history missed;
  auto late = after(delivery_state::missed, 0);
  late.lateness = {.action = lateness_action::skip, .after = 1h};
  missed.change(due + 2h, late, {.reason = "too late"});
  CHECK(find(missed.told(due + 3h), step_kind::missed).sentence ==
        "It was 2 h late, and its lateness policy allows 1 h: it is not sent any more.");

  history cancelled;
  cancelled.add(due - 1h, "PublishCancelled", "Anna");
  cancelled.row.state = delivery_state::cancelled;
  cancelled.row.finished_at = due - 1h;
  const auto told = cancelled.told(due + 1h);
  CHECK(names_of(kinds_of(told)) == "written scheduled cancelled ");
  CHECK(told.summary == "Did not go out on X: it was cancelled at Tue 24 Nov 2026, 08:00 CET.");
}

TEST_CASE("an attempt that nothing held back is said to be permitted when it began") {
  history of;
  auto& attempt = of.begin(1, due + 1ms);
  attempt.asked_at.reset();
  attempt.permitted_at.reset();
  publish(of, due);
  const auto told = of.told(due + 1h);
  CHECK(names_of(kinds_of(told)) == "written scheduled due permitted attempt_begun first_byte published ");
  CHECK(find(told, step_kind::permitted).sentence == "No rate limit held it back.");
  CHECK(find(told, step_kind::permitted).at == due + 1ms);
}

TEST_CASE("removing a channel is told as that, and as a question where the post may be live") {
  history of;
  of.add(due - 1h, "PublishCancelled", "Anna").because = withdrawal_cause::channel_removed;
  CHECK(find(of.told(due), step_kind::cancelled).sentence ==
        "Anna removed the channel X @acme before it went out there.");
  history doubtful;
  doubtful.add(due + 1h, "PublishUnconfirmed", "Anna",
               "The channel X @acme was removed, but the post may be live there: a person must look.");
  CHECK(find(doubtful.told(due + 2h), step_kind::unconfirmed).sentence ==
        "The channel X @acme was removed, but the post may be live there: a person must look.");
}

TEST_CASE("a hold is blamed only for what it held, and of several the longest") {
  history early;  // off and on again before its time
  early.add_above(due - 2h, "ChannelSwitchedOff", "Ben");
  early.add_above(due - 1h, "ChannelSwitchedOn", "Ben");
  CHECK(find(early.told(due), step_kind::channel_on).sentence == "Ben switched the channel X @acme on again.");

  history both;
  both.add_above(due - 1h, "ChannelPaused", "Ben");
  both.add_above(due + 1min, "ChannelResumed", "Ben");
  both.add_above(due - 1h, "ProjectPaused", "Ben");
  both.add_above(due + 1h, "ProjectResumed", "Ben");
  both.begin(1, due + 1h);
  publish(both, due + 1h);
  CHECK(both.told(due + 2h).summary.find("because the project was paused") != std::string::npos);

  history others;  // another channel's switch is nothing to it
  others.add_above(due - 1h, "ChannelSwitchedOff", "Ben").channel_id = base::uuid_from_name("another channel");
  others.begin(1, due + 1h);
  publish(others, due + 1h);
  CHECK(others.told(due + 2h).summary.find("because") == std::string::npos);
}

TEST_CASE("a late delivery says how late it was when a person was asked, also after the answer gave it a new time") {
  history of;
  auto& asked = of.add(due + 3h, "LatenessAsked");
  asked.about.lateness_after_seconds = 3600;
  auto& answer = of.add(due + 5h, "PublishRequested", "Ben");
  answer.about.decision = "send";
  of.row.due_at = of.row.not_before = due + 5h;
  CHECK(find(of.told(due + 6h), step_kind::asked).sentence ==
        "It was 3 h late, and its lateness policy allows 1 h: a person was asked whether it is still to go out.");
}

TEST_CASE("a delivery that was moved and sent again tells each of its times") {
  history of;
  of.begin(1, due);
  of.change(due + 1s, after(delivery_state::failed), {.kind = outcome_kind::permission, .reason = "no"}, due + 5ms);
  auto& again = of.add(due + 1h, "PublishRequested", "Anna");
  again.about.decision = "retry";
  of.row.finished_at.reset();
  of.row.due_at = due + 1h;
  of.begin(2, due + 1h);
  auto live = after(delivery_state::published, 2);
  live.due_at = due + 1h;
  of.change(due + 1h + 300ms, live, {.external_id = "5", .success = true}, due + 1h + 2ms);
  const auto told = of.told(due + 2h);
  CHECK(names_of(kinds_of(told)) ==
        "written scheduled due permitted attempt_begun first_byte failed decided permitted attempt_begun first_byte "
        "published ");
  CHECK(told.steps[5].at == due + 5ms);
  CHECK(told.steps[10].at == due + 1h + 2ms);
  CHECK(told.summary.find("2 ms late.") != std::string::npos);
}

TEST_CASE("an event of a kind that is not known is told in its own words") {
  history of;
  of.add_above(due - 1h, "ChannelDegraded", {}, "the channel keeps failing");
  const auto noted = find(of.told(due), step_kind::noted);
  CHECK(noted.sentence == "The channel keeps failing.");
  CHECK(noted.rule == decision_rule::other);
}

TEST_CASE("a post's deliveries are summed up in a sentence") {
  using enum delivery_state;
  CHECK(sum_up(std::vector{published, waiting, published}) == "Of 3 deliveries, 2 went out and 1 waits.");
  CHECK(sum_up(std::vector{failed}) == "Of its one delivery, 1 failed.");
  CHECK(sum_up(std::vector{published, failed, cancelled}) ==
        "Of 3 deliveries, 1 went out, 1 failed and 1 was cancelled.");
  CHECK(sum_up({}) == "It goes to no channel.");
}

}  // namespace pulse::domain::stories
