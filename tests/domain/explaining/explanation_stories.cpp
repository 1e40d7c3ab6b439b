// Whole explanations, as people read them.
#include <catch2/catch.hpp>

#include "tests/domain/explaining/explanation_history.hpp"

namespace pulse::domain::stories {

namespace {

/// All that people read of it, a line each.
std::string read(const explanation& told) {
  std::string lines = told.summary + "\n";
  for (const auto& each : told.steps) lines += "- " + each.sentence + "\n";
  for (const auto& each : told.waits) lines += "waits: " + each.sentence + " " + each.you_can + "\n";
  if (!told.you_can.empty()) lines += "you can: " + told.you_can + "\n";
  return lines;
}

delivery waiting_at(base::timestamp not_before, int attempt, int failures) {
  auto made = after(delivery_state::waiting, attempt, failures);
  made.not_before = not_before;
  return made;
}

}  // namespace

TEST_CASE("a throttled delivery reads well") {
  history of;
  auto& event = of.add(due, "DeliveryThrottled");
  event.about.scope = "account";
  event.about.posts = 100;
  event.about.window_seconds = 900;
  event.about.until = due + 14min;
  CHECK(
      read(of.told(due + 1min)) ==
      R"(Has not gone out on X. The account may send 100 posts in any 15 minutes on X, and these are used up until Tue 24 Nov 2026, 09:14 CET.
- Anna wrote the post.
- Anna scheduled it on X @acme for Tue 24 Nov 2026, 09:00 CET.
- Its time came.
- The account may send 100 posts in any 15 minutes on X, and these are used up until Tue 24 Nov 2026, 09:14 CET.
waits: The account may send 100 posts in any 15 minutes on X, and these are used up until Tue 24 Nov 2026, 09:14 CET. Nothing is to be done: it goes out as soon as the budget allows.
)");
  auto& attempt = of.begin(1, due + 14min);
  attempt.asked_at = due;
  attempt.throttled_until = due + 14min;
  attempt.budget = event.about;
  publish(of, due + 14min);
  CHECK(read(of.told(due + 1h)) ==
        R"(Went out on X at Tue 24 Nov 2026, 09:14:00.004 CET, 14 min late, because a budget of posts was used up.
- Anna wrote the post.
- Anna scheduled it on X @acme for Tue 24 Nov 2026, 09:00 CET.
- Its time came.
- The account may send 100 posts in any 15 minutes on X, and these are used up until Tue 24 Nov 2026, 09:14 CET.
- The rate limits let it start, 14 min after it was ready.
- Attempt 1 began. It was written down before anything was sent, so that the post cannot go out twice.
- It began to leave for X at 09:14:00.004 CET, 14 min late.
- X has it; the call took 212 ms.
)");
}

TEST_CASE("a retried delivery reads well") {
  history of;
  of.begin(1, due);
  of.change(due + 1s, waiting_at(due + 31s, 1, 1),
            {.kind = outcome_kind::transient, .reason = "X was not ready for the post.", .retryable = true}, due + 2ms);
  CHECK(
      read(of.told(due + 2s)) ==
      R"(Has not gone out on X. Attempt 2 is to begin at Tue 24 Nov 2026, 09:00:31 CET, in 29 s. The last one did not go through: X was not ready for the post.
- Anna wrote the post.
- Anna scheduled it on X @acme for Tue 24 Nov 2026, 09:00 CET.
- Its time came.
- No rate limit held it back.
- Attempt 1 began. It was written down before anything was sent, so that the post cannot go out twice.
- It began to leave for X at 09:00:00.002 CET, 2 ms late.
- X was not ready for the post. It is to be tried again at Tue 24 Nov 2026, 09:00:31 CET: the retry policy allows 5 failed attempts, and this was number 1; it waits about 30 s after the first, and twice as long after each further one.
waits: Attempt 2 is to begin at Tue 24 Nov 2026, 09:00:31 CET, in 29 s. The last one did not go through: X was not ready for the post. Nothing is to be done. Publish it now, move it, or cancel it if it shall go out otherwise.
)");
  of.begin(2, due + 31s);
  publish(of, due + 31s, 2);
  CHECK(read(of.told(due + 1h)) ==
        R"(Went out on X at Tue 24 Nov 2026, 09:00:31.004 CET, 31 s late, because an attempt before it had failed.
- Anna wrote the post.
- Anna scheduled it on X @acme for Tue 24 Nov 2026, 09:00 CET.
- Its time came.
- No rate limit held it back.
- Attempt 1 began. It was written down before anything was sent, so that the post cannot go out twice.
- It began to leave for X at 09:00:00.002 CET, 2 ms late.
- X was not ready for the post. It is to be tried again at Tue 24 Nov 2026, 09:00:31 CET: the retry policy allows 5 failed attempts, and this was number 1; it waits about 30 s after the first, and twice as long after each further one.
- No rate limit held it back.
- Attempt 2 began. It was written down before anything was sent, so that the post cannot go out twice.
- It began to leave for X at 09:00:31.004 CET, 31 s late.
- X has it; the call took 212 ms.
)");
}

TEST_CASE("a reconciled delivery reads well") {
  history live;
  live.begin(1, due);
  live.change(
      due + 10s, after(delivery_state::unknown),
      {.kind = outcome_kind::unknown,
       .reason = "X may have received the post, but its reply did not arrive; whether it is live must be looked up."},
      due + 3ms);
  CHECK(read(live.told(due + 11s)) ==
        R"(May have gone out on X. X is being asked whether it has the post; nothing is sent again before that is known.
- Anna wrote the post.
- Anna scheduled it on X @acme for Tue 24 Nov 2026, 09:00 CET.
- Its time came.
- No rate limit held it back.
- Attempt 1 began. It was written down before anything was sent, so that the post cannot go out twice.
- It began to leave for X at 09:00:00.003 CET, 3 ms late.
- X may have received the post, but its reply did not arrive; whether it is live must be looked up. Nothing is sent again before that is known.
waits: X is being asked whether it has the post; nothing is sent again before that is known. Nothing is to be done.
)");
  live.change(due + 20s, after(delivery_state::published),
              {.external_id = "77",
               .external_url = "https://x.com/acme/77",
               .found = reconciliation_kind::live,
               .success = true});
  CHECK(read(live.told(due + 1h)) ==
        R"(Went out on X at Tue 24 Nov 2026, 09:00:00.003 CET, 3 ms late.
- Anna wrote the post.
- Anna scheduled it on X @acme for Tue 24 Nov 2026, 09:00 CET.
- Its time came.
- No rate limit held it back.
- Attempt 1 began. It was written down before anything was sent, so that the post cannot go out twice.
- It began to leave for X at 09:00:00.003 CET, 3 ms late.
- X may have received the post, but its reply did not arrive; whether it is live must be looked up. Nothing is sent again before that is known.
- X was asked, and has it.
- So it had gone out, and is not sent again.
)");

  history unconfirmed;
  unconfirmed.begin(1, due);
  unconfirmed.change(
      due + 10s, after(delivery_state::unknown),
      {.kind = outcome_kind::unknown,
       .reason = "X may have received the post, but its reply did not arrive; whether it is live must be looked up."},
      due + 3ms);
  unconfirmed.change(
      due + 20s, after(delivery_state::unconfirmed),
      {.reason = "X shows only the latest posts of the account.", .found = reconciliation_kind::cannot_know});
  CHECK(read(unconfirmed.told(due + 1h)) == R"(May be live on X: only a person who looks there can tell.
- Anna wrote the post.
- Anna scheduled it on X @acme for Tue 24 Nov 2026, 09:00 CET.
- Its time came.
- No rate limit held it back.
- Attempt 1 began. It was written down before anything was sent, so that the post cannot go out twice.
- It began to leave for X at 09:00:00.003 CET, 3 ms late.
- X may have received the post, but its reply did not arrive; whether it is live must be looked up. Nothing is sent again before that is known.
- X cannot tell whether it has it.
- X shows only the latest posts of the account.
waits: A person must look whether it is live on X: X shows only the latest posts of the account. Look there, and say that it is live (with its address), that it is to be sent again, or that it is to be dropped.
)");
}

TEST_CASE("a paused delivery reads well") {
  history of;
  of.add_above(due - 1h, "ChannelPaused", "Ben");
  of.row.paused.channel = due - 1h;
  CHECK(read(of.told(due + 5min)) ==
        R"(Has not gone out on X. The channel X @acme has been paused since Tue 24 Nov 2026, 08:00 CET by Ben.
- Anna wrote the post.
- Anna scheduled it on X @acme for Tue 24 Nov 2026, 09:00 CET.
- Ben paused the channel X @acme: nothing more starts.
- Its time came.
waits: The channel X @acme has been paused since Tue 24 Nov 2026, 08:00 CET by Ben. Resume the channel X @acme: what has become late meanwhile follows its lateness policy.
)");
  of.row.paused.channel.reset();
  of.add_above(due + 10min, "ChannelResumed", "Anna");
  of.begin(1, due + 10min);
  publish(of, due + 10min);
  CHECK(
      read(of.told(due + 2h)) ==
      R"(Went out on X at Tue 24 Nov 2026, 09:10:00.004 CET, 10 min late, because the channel was paused from Tue 24 Nov 2026, 08:00 CET to Tue 24 Nov 2026, 09:10 CET.
- Anna wrote the post.
- Anna scheduled it on X @acme for Tue 24 Nov 2026, 09:00 CET.
- Ben paused the channel X @acme: nothing more starts.
- Its time came.
- Anna resumed the channel X @acme. The post was held because the channel was paused from Tue 24 Nov 2026, 08:00 CET to Tue 24 Nov 2026, 09:10 CET.
- No rate limit held it back.
- Attempt 1 began. It was written down before anything was sent, so that the post cannot go out twice.
- It began to leave for X at 09:10:00.004 CET, 10 min late.
- X has it; the call took 212 ms.
)");
}

TEST_CASE("a missed delivery reads well") {
  history of;
  of.add_above(due - 1h, "ChannelSwitchedOff", "Ben");
  of.add_above(due + 2h, "ChannelSwitchedOn", "Anna");
  auto late = after(delivery_state::missed, 0);
  late.lateness = {.action = lateness_action::skip, .after = 1h};
  of.change(
      due + 2h, late,
      {.reason = "its time had passed by more than its lateness policy allows before it could start; write it again to "
                 "send it"});
  CHECK(
      read(of.told(due + 3h)) ==
      R"(Did not go out on X: its time was Tue 24 Nov 2026, 09:00 CET, and it could not start within the 1 h that its lateness policy allows, because the channel was switched off from Tue 24 Nov 2026, 08:00 CET to Tue 24 Nov 2026, 11:00 CET.
- Anna wrote the post.
- Anna scheduled it on X @acme for Tue 24 Nov 2026, 09:00 CET.
- Ben switched the channel X @acme off: nothing more starts on it.
- Its time came.
- Anna switched the channel X @acme on again. The post was held because the channel was switched off from Tue 24 Nov 2026, 08:00 CET to Tue 24 Nov 2026, 11:00 CET.
- It was 2 h late, and its lateness policy allows 1 h: it is not sent any more.
you can: Write the post again if it is still to go out.
)");
}

TEST_CASE("a delivery whose account was refused reads well") {
  history of;
  of.begin(1, due);
  of.change(due + 1s, waiting_at(due + 1s, 1, 0),
            {.kind = outcome_kind::auth_expired,
             .reason = "X no longer accepts the access to this account. Connect the account again.",
             .retryable = true,
             .disables_channel = true},
            due + 2ms);
  of.row.is_channel_on = false;
  of.row.disabled_reason = "X no longer accepts the access to this account. Connect the account again.";
  CHECK(
      read(of.told(due + 1min)) ==
      R"(Has not gone out on X. The channel X @acme has been switched off since Tue 24 Nov 2026, 09:00:01 CET: X no longer accepts the access to this account. Connect the account again.
- Anna wrote the post.
- Anna scheduled it on X @acme for Tue 24 Nov 2026, 09:00 CET.
- Its time came.
- No rate limit held it back.
- Attempt 1 began. It was written down before anything was sent, so that the post cannot go out twice.
- It began to leave for X at 09:00:00.002 CET, 2 ms late.
- X refused the account, so the channel X @acme was switched off: X no longer accepts the access to this account. Connect the account again.
waits: The channel X @acme has been switched off since Tue 24 Nov 2026, 09:00:01 CET: X no longer accepts the access to this account. Connect the account again. Connect the account again: what waits then goes out by itself.
)");
  of.add_above(due + 40min, "ChannelReconnected", "Anna");
  of.row.is_channel_on = true;
  of.row.disabled_reason.reset();
  of.begin(2, due + 40min);
  publish(of, due + 40min, 2);
  CHECK(
      read(of.told(due + 2h)) ==
      R"(Went out on X at Tue 24 Nov 2026, 09:40:00.004 CET, 40 min late, because the channel was switched off from Tue 24 Nov 2026, 09:00:01 CET to Tue 24 Nov 2026, 09:40 CET.
- Anna wrote the post.
- Anna scheduled it on X @acme for Tue 24 Nov 2026, 09:00 CET.
- Its time came.
- No rate limit held it back.
- Attempt 1 began. It was written down before anything was sent, so that the post cannot go out twice.
- It began to leave for X at 09:00:00.002 CET, 2 ms late.
- X refused the account, so the channel X @acme was switched off: X no longer accepts the access to this account. Connect the account again.
- Anna connected the account of the channel X @acme again. The post was held because the channel was switched off from Tue 24 Nov 2026, 09:00:01 CET to Tue 24 Nov 2026, 09:40 CET.
- No rate limit held it back.
- Attempt 2 began. It was written down before anything was sent, so that the post cannot go out twice.
- It began to leave for X at 09:40:00.004 CET, 40 min late.
- X has it; the call took 212 ms.
)");
}

TEST_CASE("a delivery whose channel was switched off meanwhile reads well") {
  history of;
  of.add_above(due - 1h, "ChannelSwitchedOff", "Ben");
  of.row.is_channel_on = false;
  CHECK(read(of.told(due + 1min)) ==
        R"(Has not gone out on X. The channel X @acme has been switched off since Tue 24 Nov 2026, 08:00 CET by Ben.
- Anna wrote the post.
- Anna scheduled it on X @acme for Tue 24 Nov 2026, 09:00 CET.
- Ben switched the channel X @acme off: nothing more starts on it.
- Its time came.
waits: The channel X @acme has been switched off since Tue 24 Nov 2026, 08:00 CET by Ben. Switch the channel on again: what waits then goes out by itself.
)");
  of.row.is_channel_on = true;
  of.add_above(due + 2h, "ChannelSwitchedOn", "Anna");
  of.begin(1, due + 2h);
  publish(of, due + 2h);
  CHECK(
      read(of.told(due + 3h)) ==
      R"(Went out on X at Tue 24 Nov 2026, 11:00:00.004 CET, 2 h late, because the channel was switched off from Tue 24 Nov 2026, 08:00 CET to Tue 24 Nov 2026, 11:00 CET.
- Anna wrote the post.
- Anna scheduled it on X @acme for Tue 24 Nov 2026, 09:00 CET.
- Ben switched the channel X @acme off: nothing more starts on it.
- Its time came.
- Anna switched the channel X @acme on again. The post was held because the channel was switched off from Tue 24 Nov 2026, 08:00 CET to Tue 24 Nov 2026, 11:00 CET.
- No rate limit held it back.
- Attempt 1 began. It was written down before anything was sent, so that the post cannot go out twice.
- It began to leave for X at 11:00:00.004 CET, 2 h late.
- X has it; the call took 212 ms.
)");
}

}  // namespace pulse::domain::stories
