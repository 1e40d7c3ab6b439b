#include "domain/budgets/throttle.hpp"

#include <algorithm>
#include <deque>
#include <vector>

#include "base/describe.hpp"
#include "domain/platforms/platform_limits.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::domain {
namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;

const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");

/// Counts what was granted within any window.
class witness {
 public:
  explicit witness(rate budget) : budget_(budget) {}

  /// False: more than the limit within some window that ends here.
  bool saw(base::timestamp at) {
    granted_.push_back(at);
    while (granted_.front() <= at - budget_.window) granted_.pop_front();
    return static_cast<int>(granted_.size()) <= budget_.limit;
  }

 private:
  rate budget_;
  std::deque<base::timestamp> granted_;
};

/// Asks as fast as it is allowed to, from `from` to `until`; how many were granted.
int drain(throttle& from_here, base::timestamp from, base::timestamp until, witness* counting = nullptr) {
  int granted = 0;
  for (auto now = from; now < until;) {
    const auto answer = from_here.take(now);
    if (answer.granted) {
      ++granted;
      if (counting != nullptr) REQUIRE(counting->saw(now));
    } else {
      REQUIRE(answer.not_before > now);  // asking again at that time makes progress
      now = answer.not_before;
    }
  }
  return granted;
}

}  // namespace

TEST_CASE("a burst comes at once, and then one an interval") {
  throttle x{{.limit = 10, .window = 6s, .burst = 5}};
  for (int i = 0; i < 5; ++i) CHECK(x.take(noon).granted);
  const auto refused = x.take(noon);
  CHECK_FALSE(refused.granted);
  CHECK(refused.not_before == noon + 1s);
  CHECK_FALSE(x.take(noon + 999ms).granted);
  CHECK(x.take(noon + 1s).granted);
  CHECK_FALSE(x.take(noon + 1s).granted);
}

TEST_CASE("late posts use half of the burst, then one slot an interval; the other half is for posts on time") {
  throttle x{{.limit = 10, .window = 6s, .burst = 5}};
  for (int i = 0; i < 3; ++i) CHECK(x.take(noon, urgency::backlog).granted);
  const auto spread = x.take(noon, urgency::backlog);
  CHECK_FALSE(spread.granted);
  CHECK(spread.not_before == noon + 1s);
  CHECK(x.is_spread(noon, urgency::backlog));
  CHECK_FALSE(x.is_spread(noon, urgency::on_time));
  for (int i = 0; i < 2; ++i) CHECK(x.take(noon, urgency::on_time).granted);
  CHECK_FALSE(x.take(noon, urgency::on_time).granted);
  CHECK_FALSE(x.is_spread(noon, urgency::backlog));  // now it is used up
}

TEST_CASE("three posts that a pause of 70 s has held up go out at once on every platform") {
  for (const auto type : {channel_type::x, channel_type::instagram, channel_type::linkedin, channel_type::website}) {
    INFO(base::to_name(type));
    throttle its{publish_rate(type)};
    for (int i = 0; i < 3; ++i) CHECK(its.take(noon, urgency_of(noon - 70s, noon)).granted);
  }
}

TEST_CASE("a permit without effect is refunded, whenever that is known, and earlier ones stay spent") {
  throttle x{{.limit = 10, .window = 6s, .burst = 2}};
  REQUIRE(x.take(noon).granted);
  REQUIRE(x.take(noon + 1ms).granted);
  REQUIRE_FALSE(x.take(noon + 2ms).granted);
  x.refund(noon);
  CHECK(x.take(noon + 2ms).granted);
  CHECK_FALSE(x.take(noon + 3ms).granted);
  x.refund(noon - 1s);  // nobody knows of it
  CHECK_FALSE(x.take(noon + 3ms).granted);
}

TEST_CASE("however much is refunded, no window publishes more than the limit") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 300; ++round) {
    rate budget;
    budget.limit = random.between(1, 30);
    budget.burst = random.between(1, budget.limit);
    budget.window = std::chrono::milliseconds{random.between(100, 20'000)};
    INFO("limit " << budget.limit << ", burst " << budget.burst << ", window " << budget.window.count() << " ms");
    throttle x{budget};
    std::vector<base::timestamp> spent;
    std::vector<base::timestamp> open;
    auto now = noon;
    for (int i = 0; i < 400; ++i) {
      const auto answer = x.take(now, random.between(0, 1) == 0 ? urgency::on_time : urgency::backlog);
      if (answer.granted) open.push_back(now);
      if (!answer.granted && random.between(0, 1) == 0) now = answer.not_before;
      if (random.between(0, 3) == 0)
        now += microseconds{random.between<std::int64_t>(0, microseconds{budget.window}.count())};
      if (!open.empty() && random.between(0, 2) == 0) {
        const auto which = random.between<std::size_t>(0, open.size() - 1);
        if (random.between(0, 1) == 0) {
          x.refund(open[which]);
        } else {
          spent.push_back(open[which]);
        }
        open.erase(open.begin() + static_cast<std::ptrdiff_t>(which));
      }
    }
    spent.insert(spent.end(), open.begin(), open.end());
    std::sort(spent.begin(), spent.end());
    const auto limit = static_cast<std::size_t>(budget.limit);
    for (std::size_t i = limit; i < spent.size(); ++i) REQUIRE(spent[i] - spent[i - limit] >= budget.window);
  }
}

TEST_CASE("a refused permit takes nothing") {
  throttle x{{.limit = 2, .window = 10s, .burst = 1}};
  REQUIRE(x.take(noon).granted);
  const auto first = x.take(noon).not_before;
  for (int i = 0; i < 100; ++i) CHECK(x.take(noon).not_before == first);
  CHECK(x.take(first).granted);
}

TEST_CASE("a caller who takes every slot never exceeds the platforms' own budgets") {
  for (const auto type : {channel_type::website, channel_type::x}) {
    const auto budget = publish_rate(type);
    INFO(base::to_name(type));
    CHECK(budget.burst <= budget.limit);
    throttle x{budget};
    witness counting{budget};
    const int granted = drain(x, noon, noon + budget.window * 3, &counting);
    CHECK(granted >= budget.limit);  // and most of the budget can be used
  }
}

TEST_CASE("never more than the limit within any window, however they come") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 300; ++round) {
    rate budget;
    budget.limit = random.between(1, 60);
    budget.burst = random.between(1, budget.limit);
    budget.window = std::chrono::milliseconds{random.between(1, 20'000)};
    INFO("limit " << budget.limit << ", burst " << budget.burst << ", window " << budget.window.count() << " ms");
    throttle x{budget};
    witness counting{budget};
    const auto window_us = microseconds{budget.window}.count();
    auto now = noon;
    for (int i = 0; i < 600; ++i) {
      switch (random.between(0, 5)) {
        case 0: now += microseconds{random.between<std::int64_t>(0, 2 * window_us)}; break;
        case 1: now += microseconds{random.between<std::int64_t>(0, window_us / budget.limit)}; break;
        case 2:
          x.observe("posts", random.between(0, budget.limit),
                    now + microseconds{random.between<std::int64_t>(-window_us, window_us)}, now);
          break;
        default: break;
      }
      const auto answer = x.take(now);
      if (answer.granted) {
        REQUIRE(counting.saw(now));
      } else {
        REQUIRE(answer.not_before > now);
        if (random.between(0, 1) == 0) now = answer.not_before;
      }
    }
  }
}

TEST_CASE("nothing is granted while the platform wants no more") {
  throttle x{{.limit = 100, .window = 1s, .burst = 100}};
  x.block_until(noon + 10s);
  x.block_until(noon + 5s);  // an earlier word does not shorten it
  CHECK(x.take(noon).not_before == noon + 10s);
  CHECK_FALSE(x.take(noon + 9999ms).granted);
  CHECK(x.take(noon + 10s).granted);
}

TEST_CASE("a platform that says it is used up is believed until its reset, and no word from the past counts") {
  throttle x{{.limit = 100, .window = 900s, .burst = 50}};
  x.observe("posts", 0, noon + 30s, noon);
  CHECK(x.take(noon).not_before == noon + 30s);
  CHECK(x.take(noon + 30s).granted);
  throttle y{{.limit = 100, .window = 900s, .burst = 50}};
  y.observe("posts", 0, noon - 1s, noon);
  y.observe("posts", 0, noon, noon);
  CHECK(y.take(noon).granted);
}

TEST_CASE("a comfortable budget is not spread") {
  throttle x{{.limit = 100, .window = 900s, .burst = 50}};
  x.observe("posts", 90, noon + 900s, noon);
  for (int i = 0; i < 50; ++i) CHECK(x.take(noon).granted);
}

TEST_CASE("a scarce budget is spread over the time until its reset and lasts until then") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 200; ++round) {
    const rate budget{.limit = 100, .window = 900s, .burst = random.between(1, 100)};
    throttle x{budget};
    const auto used = random.between(0, budget.burst);
    for (int i = 0; i < used; ++i) REQUIRE(x.take(noon).granted);
    const int remaining = random.between(1, 25);
    const auto resets_at = noon + std::chrono::seconds{random.between(1, 900)};
    x.observe("posts", remaining, resets_at, noon);
    INFO("burst " << budget.burst << ", used " << used << ", remaining " << remaining);
    const int granted = drain(x, noon, resets_at);
    const auto even = microseconds{resets_at - noon} / remaining;
    const auto own = microseconds{budget.window} / (budget.limit - budget.burst + 1);
    if (even > own) {
      CHECK(granted <= remaining);      // it is not hit
      CHECK(granted >= remaining - 1);  // and it is used
    }
  }
}

TEST_CASE("a scarce budget that is told of with every reply is still used") {
  const rate budget{.limit = 100, .window = 900s, .burst = 50};
  throttle x{budget};
  for (int i = 0; i < 50; ++i) REQUIRE(x.take(noon).granted);
  int remaining = 20;
  const auto resets_at = noon + 800s;
  auto now = noon;
  while (now < resets_at && remaining > 0) {
    x.observe("posts", remaining, resets_at, now);
    const auto answer = x.take(now);
    if (answer.granted) {
      --remaining;
    } else {
      REQUIRE(answer.not_before > now);
      now = answer.not_before;
    }
  }
  CHECK(remaining <= 1);
  CHECK(now > noon + 600s);  // spread, not spent at the start
}

TEST_CASE("a comfortable budget beside a scarce one does not switch its spreading off") {
  const rate budget{.limit = 100, .window = 900s, .burst = 50};
  const bool comfortable_last = GENERATE(true, false);
  throttle x{budget};
  REQUIRE(x.take(noon).granted);
  const auto comfortable = [&] { x.observe("posts", 90, noon + 900s, noon); };
  if (!comfortable_last) comfortable();
  x.observe("posts_user_24h", 10, noon + 1h, noon);
  x.observe("posts_of_another_name", 20, noon + 1h, noon);
  if (comfortable_last) comfortable();
  CHECK(x.take(noon).not_before == noon + 6min);  // the tightest holds
  CHECK(x.is_told(noon));
  x.observe("posts_user_24h", 80, noon + 1h, noon);
  CHECK(x.take(noon).not_before == noon + 3min);
  x.observe("posts_of_another_name", 80, noon + 1h, noon);
  CHECK(x.take(noon).granted);
}

TEST_CASE("however many budgets a platform names, the tightest are kept") {
  throttle x{{.limit = 100, .window = 900s, .burst = 50}};
  REQUIRE(x.take(noon).granted);
  for (int i = 0; i < 100; ++i) x.observe("name " + std::to_string(i), i == 3 ? 1 : 20, noon + 1h, noon);
  CHECK(x.take(noon).not_before == noon + 1h);
}

TEST_CASE("the rest of a day's budget is spread over the day, and no report counts for longer than a day") {
  throttle x{{.limit = 100, .window = 900s, .burst = 50}};
  REQUIRE(x.take(noon).granted);
  x.observe("posts_user_24h", 10, noon + 20h, noon);
  CHECK(x.take(noon).not_before == noon + 2h);
  x.observe("posts_user_24h", 1, noon + 30h, noon);
  CHECK(x.take(noon).not_before == noon + 24h);
}

TEST_CASE("a reservation that is spread does not reach beyond the time at which the platform's budget is renewed") {
  throttle x{{.limit = 1'000, .window = 900s, .burst = 500}};
  x.reserve(noon);
  x.observe("posts_app_24h", 2, noon + 100s, noon);
  CHECK(x.reserve(noon) == noon + 50s);
  for (int i = 0; i < 10; ++i) CHECK(x.reserve(noon) == noon + 100s);
}

TEST_CASE("a budget of one in a window is one in a window") {
  throttle x{{.limit = 1, .window = 1ms, .burst = 1}};
  CHECK(x.take(noon).granted);
  CHECK_FALSE(x.take(noon + 999us).granted);
  CHECK(x.take(noon + 1ms).granted);
}

}  // namespace pulse::domain
