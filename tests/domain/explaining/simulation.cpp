#include "domain/explaining/simulation.hpp"

#include <algorithm>
#include <deque>

#include <catch2/catch.hpp>

#include "base/describe.hpp"
#include "domain/explaining/simulation_words.hpp"
#include "tests/support/sanitized.hpp"

namespace pulse::domain {
namespace {

using namespace std::chrono_literals;

const base::timestamp noon = *base::parse_timestamp("2026-11-24T12:00:00Z");

/// A schedule made by hand, on virtual time that begins at noon.
struct plan {
  simulated_schedule schedule;
  simulation_assumptions assumed{.call = 300ms};

  explicit plan(budget_rates rates = rates_for(channel_type::x, {})) {
    schedule.now = noon;
    schedule.budgets.emplace(channel_type::x, rates);
  }

  scheduled_delivery& add(std::chrono::milliseconds in, std::string_view channel = "channel",
                          std::string_view account = "account") {
    scheduled_delivery made;
    made.row.id = base::uuid_from_name("delivery" + std::to_string(schedule.deliveries.size()));
    made.row.channel_id = base::uuid_from_name(std::string{channel});
    made.row.due_at = made.row.not_before = noon + in;
    made.type = channel_type::x;
    made.budget = base::uuid_from_name(std::string{account});
    return schedule.deliveries.emplace_back(std::move(made));
  }

  std::vector<prediction> play() const { return simulate(schedule, assumed); }
};

budget_rates account_only(int limit, std::chrono::milliseconds window, int burst) {
  return {.account = {.limit = limit, .window = window, .burst = burst}, .app = std::nullopt, .tenant = std::nullopt};
}

}  // namespace

TEST_CASE("a post with time and budget goes out on time") {
  plan of;
  of.add(0ms);
  of.add(1h);
  of.add(48h);
  const auto played = of.play();
  for (std::size_t i = 0; i < played.size(); ++i) {
    CHECK(played[i].fate == predicted_fate::goes_out);
    CHECK(played[i].starts_at == of.schedule.deliveries[i].row.due_at);
    CHECK_FALSE(played[i].delayed_by);
    CHECK(played[i].attempts == 1);
  }
}

TEST_CASE("a channel sends one after the other, each as long as a call lasts") {
  plan of;
  of.assumed.call = 2s;
  for (int i = 0; i < 3; ++i) of.add(0ms);
  of.add(0ms, "another channel", "another account");
  const auto played = of.play();
  CHECK(played[0].starts_at == noon);
  CHECK(played[1].starts_at == noon + 2s);
  CHECK(played[1].delayed_by == delay_cause::turn);
  CHECK(played[2].starts_at == noon + 4s);
  CHECK(played[3].starts_at == noon);
}

TEST_CASE("a budget that is used up lets the rest wait, and is named; it is never exceeded") {
  plan of{account_only(10, 15min, 4)};
  for (int i = 0; i < 30; ++i) of.add(std::chrono::milliseconds{i}, i % 2 == 0 ? "one" : "two");
  const auto played = of.play();
  std::vector<base::timestamp> starts;
  for (const auto& each : played) {
    REQUIRE(each.starts_at);
    starts.push_back(*each.starts_at);
  }
  std::sort(starts.begin(), starts.end());
  for (std::size_t i = 10; i < starts.size(); ++i) CHECK(starts[i] - starts[i - 10] >= 15min);
  const auto& last = played.back();
  CHECK(last.delayed_by == delay_cause::budget);
  CHECK(last.scope == limit_scope::account);
  REQUIRE(last.budget);
  CHECK(last.budget->limit == 10);
  CHECK(last.held_until);
  CHECK(tell(of.schedule.deliveries.back(), last, "X @acme", time_formatter{"UTC"})
            .find("the account may send 10 posts in any 15 minutes on X, and others come before it.") !=
        std::string::npos);
}

TEST_CASE("the company's and the app's budgets hold across accounts, and the calls before now count") {
  for (const auto scope : {limit_scope::tenant, limit_scope::app}) {
    INFO(base::to_name(scope));
    auto rates = account_only(1'000, 1s, 500);
    (scope == limit_scope::tenant ? rates.tenant : rates.app) = rate{.limit = 1, .window = 60s, .burst = 1};
    plan of{rates};
    of.add(0ms, "one", "account one");
    of.add(0ms, "two", "account two");
    const auto played = of.play();
    CHECK(played[0].starts_at == noon);
    CHECK(played[1].starts_at == noon + 60s);
    CHECK(played[1].scope == scope);
  }
  plan of{account_only(1, 60s, 1)};
  of.schedule.calls.push_back({channel_type::x, base::uuid_from_name("account"), noon - 20s});
  of.add(0ms);
  CHECK(of.play().front().starts_at == noon + 40s);
}

TEST_CASE("the calls before now count against the app's budget too") {
  auto rates = account_only(1'000, 1s, 500);
  rates.app = rate{.limit = 2, .window = 60s, .burst = 1};
  plan of{rates};
  of.schedule.calls.push_back({channel_type::x, base::uuid_from_name("another account"), noon - 10s});
  of.add(0ms);
  CHECK(of.play().front().starts_at == noon + 20s);
  CHECK(of.play().front().scope == limit_scope::app);
}

TEST_CASE("what goes through a company's own app waits for no other's in the simulation") {
  auto rates = account_only(1'000, 1s, 500);
  rates.app = rate{.limit = 1, .window = 60s, .burst = 1};
  plan of{rates};
  of.schedule.apps.by_account.emplace(base::uuid_from_name("account two"), "own");
  of.add(0ms, "one", "account one");
  of.add(0ms, "two", "account two");
  of.add(0ms, "three", "account three");
  const auto played = of.play();
  CHECK(played[0].starts_at == noon);
  CHECK(played[1].starts_at == noon);
  CHECK(played[2].starts_at == noon + 60s);
  CHECK(played[2].scope == limit_scope::app);
  CHECK_FALSE(played[2].is_own_app);
}

TEST_CASE("a platform that has asked for quiet gets it in the simulation, on that account alone") {
  plan of;
  of.schedule.blocks.push_back({channel_type::x, base::uuid_from_name("account"), noon + 20min});
  of.add(1min);
  of.add(1min, "another channel", "another account");
  const auto played = of.play();
  CHECK(played[0].starts_at == noon + 20min);
  CHECK(played[0].delayed_by == delay_cause::budget);
  CHECK_FALSE(played[0].budget);
  CHECK(tell(of.schedule.deliveries[0], played[0], "X", time_formatter{"UTC"})
            .find("X itself has asked that the account sends nothing before.") != std::string::npos);
  CHECK(played[1].starts_at == noon + 1min);
}

TEST_CASE("lateness policies hold in the simulation as they do in the engine") {
  for (const auto action : {lateness_action::send, lateness_action::skip, lateness_action::ask}) {
    INFO(base::to_name(action));
    plan of{account_only(1, 1h, 1)};
    for (int i = 0; i < 3; ++i) of.add(0ms).row.lateness = {.action = action, .after = 90min};
    const auto last = of.play().back();
    switch (action) {
      case lateness_action::send: CHECK(last.starts_at == noon + 2h); break;
      case lateness_action::skip: CHECK(last.fate == predicted_fate::missed); break;
      case lateness_action::ask: CHECK(last.fate == predicted_fate::asks); break;
    }
  }
}

TEST_CASE("a backlog uses half of the burst; the rest of it is spread, oldest first, and says so") {
  plan of{account_only(10, 10min, 5)};
  for (int i = 0; i < 5; ++i) of.add(-1h + std::chrono::milliseconds{i});
  of.add(0ms, "channel");
  const auto played = of.play();
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(*played[i].starts_at - noon < 2s);
    CHECK(played[i].delayed_by == delay_cause::pause);
  }
  CHECK(*played[3].starts_at - *played[2].starts_at > 1min);
  CHECK(*played[4].starts_at > *played[3].starts_at);
  CHECK(*played[5].starts_at - noon < 2s);  // it is on time, and need not wait behind them
  CHECK(played[3].delayed_by == delay_cause::spread);
  CHECK(tell(of.schedule.deliveries[3], played[3], "X", time_formatter{"UTC"})
            .find("more is late on X than may go out at once, so it is spread and leaves room for what is on time: one "
                  "every "
                  "1 min 40 s.") != std::string::npos);
}

TEST_CASE("a retry goes at the time that was announced for it, however late its post is by then") {
  plan of{account_only(10, 10min, 2)};
  auto& late = of.add(-1h).row;
  late.attempt = late.failures = 2;
  late.not_before = noon + 30s;
  const auto played = of.play();
  CHECK(played[0].starts_at == noon + 30s);
}

TEST_CASE("an attempt that published nothing spends no post where the budget counts posts") {
  plan of;
  of.schedule.budgets[channel_type::instagram] = account_only(2, 24h, 1);
  auto& refused = of.add(0ms);
  refused.type = channel_type::instagram;
  refused.refusal = "the text is too long";
  of.add(1s).type = channel_type::instagram;
  const auto played = of.play();
  CHECK(played[0].fate == predicted_fate::refused);
  CHECK(*played[1].starts_at - noon < 2s);
}

TEST_CASE("a held post uses no budget; a refused post uses its slot") {
  plan of{account_only(1, 60s, 1)};
  of.add(0ms).cause = hold_cause::project_paused;
  of.add(0ms).refusal = "the text is too long";
  of.add(0ms);
  const auto played = of.play();
  CHECK(played[0].fate == predicted_fate::held);
  CHECK_FALSE(played[0].starts_at);
  CHECK(played[1].fate == predicted_fate::refused);
  CHECK(played[1].reason == "the text is too long");
  CHECK(played[2].starts_at == noon + 60s);
  const time_formatter clock{"UTC"};
  CHECK(tell(of.schedule.deliveries[0], played[0], "X", clock) == "Would not go out: the project is paused.");
  CHECK(tell(of.schedule.deliveries[1], played[1], "X", clock) == "Would be refused by X: the text is too long.");
  auto in_a_sentence = played[1];
  in_a_sentence.reason += ".";
  CHECK(tell(of.schedule.deliveries[1], in_a_sentence, "X", clock) == "Would be refused by X: the text is too long.");
}

TEST_CASE("an account that was refused is told with what was said of it, not as a channel that somebody switched off") {
  plan of;
  auto& lost = of.add(0ms);
  lost.cause = hold_cause::account_lost;
  lost.account_lost_because = "X no longer accepts the access to this account. Connect the account again.";
  of.add(0ms).cause = hold_cause::channel_off;
  const auto played = of.play();
  const time_formatter clock{"UTC"};
  CHECK(tell(of.schedule.deliveries[0], played[0], "X @acme", clock) ==
        "Would not go out on X @acme: X no longer accepts the access to this account. Connect the account again.");
  CHECK(tell(of.schedule.deliveries[1], played[1], "X @acme", clock) ==
        "Would not go out: the channel X @acme is switched off.");
}

TEST_CASE("assumed failures are tried again by the policy, the same for the same seed") {
  plan of;
  of.assumed.failure_rate = 0.5;
  for (int i = 0; i < 200; ++i) of.add(std::chrono::minutes{i});
  const auto once = of.play();
  const auto again = of.play();
  int retried = 0;
  for (std::size_t i = 0; i < once.size(); ++i) {
    CHECK(once[i].starts_at == again[i].starts_at);
    CHECK(once[i].attempts <= 5);
    if (once[i].attempts > 1) ++retried;
    if (once[i].fate == predicted_fate::failed) CHECK(once[i].attempts == 5);
  }
  CHECK(retried > 50);
  of.assumed.failure_rate = 1;
  for (const auto& each : of.play()) CHECK(each.fate == predicted_fate::failed);
}

TEST_CASE("a month of 10,000 deliveries is played in a fraction of a second") {
  plan of;
  of.schedule.deliveries.reserve(10'000);
  for (int i = 0; i < 10'000; ++i) {
    of.add(std::chrono::seconds{i * 259}, "channel" + std::to_string(i % 20), "account" + std::to_string(i % 7));
  }
  const auto before = std::chrono::steady_clock::now();
  const auto played = of.play();
  const auto took = std::chrono::steady_clock::now() - before;
  CHECK(played.size() == 10'000);
  INFO(std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << " ms");
  CHECK(took < tests::time_limit(1s));
}

}  // namespace pulse::domain
