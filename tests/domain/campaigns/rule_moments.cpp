#include "domain/campaigns/rule_moments.hpp"

#include <catch2/catch.hpp>

#include "tests/support/random_case.hpp"

namespace pulse::domain::campaigns {

namespace {

using namespace std::chrono_literals;

base::timestamp at(const std::string& text) { return *base::parse_timestamp(text); }

const zone_clock amsterdam{"Europe/Amsterdam"};

rule_trigger by_cron(const std::string& expression) {
  rule_trigger made;
  made.kind = trigger_kind::cron;
  made.cron = expression;
  return made;
}

rule_trigger each(int minutes, base::timestamp from) {
  rule_trigger made;
  made.kind = trigger_kind::interval;
  made.every_minutes = minutes;
  made.from = from;
  return made;
}

missed_policy policy(missed_kind kind, std::optional<int> at_most = std::nullopt) {
  missed_policy made{kind, {}};
  if (at_most) made.at_most = *at_most;
  return made;
}

std::vector<std::string> minutes_of(const std::vector<base::timestamp>& moments) {
  std::vector<std::string> made;
  for (const auto each : moments) made.push_back(base::to_string(each).substr(11, 5));
  return made;
}

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a moment that comes on time runs, whatever becomes of missed ones") {
  for (const auto kind : {missed_kind::skip, missed_kind::last, missed_kind::all}) {
    const auto plan = plan_moments(by_cron("0 9 * * *"), amsterdam, policy(kind), at("2026-12-01T08:00:00Z"),
                                   at("2026-12-01T08:00:00.004Z"));
    CHECK(minutes_of(plan.run) == texts{"08:00"});
    CHECK(plan.left_out.count == 0);
    CHECK(plan.next == at("2026-12-02T08:00:00Z"));
  }
}

TEST_CASE("nothing is planned before its moment") {
  const auto plan = plan_moments(by_cron("0 9 * * *"), amsterdam, policy(missed_kind::all), at("2026-12-01T08:00:00Z"),
                                 at("2026-12-01T07:59:59.999Z"));
  CHECK(plan.run.empty());
  CHECK(plan.next == at("2026-12-01T08:00:00Z"));
}

TEST_CASE("after an outage the rule's policy says what is made up for, and the rest is told") {
  const auto rule = each(10, at("2026-12-01T00:00:00Z"));
  const auto since = at("2026-12-01T08:00:00Z");
  const auto now = at("2026-12-01T09:05:00Z");  // 08:00, 08:10, … 09:00 have come
  const auto skipped = plan_moments(rule, amsterdam, policy(missed_kind::skip), since, now);
  CHECK(skipped.run.empty());
  CHECK(skipped.left_out.count == 7);
  CHECK(skipped.left_out.first == since);
  CHECK(skipped.left_out.last == at("2026-12-01T09:00:00Z"));
  const auto last = plan_moments(rule, amsterdam, policy(missed_kind::last), since, now);
  CHECK(minutes_of(last.run) == texts{"09:00"});
  CHECK(last.left_out.count == 6);
  CHECK(last.left_out.last == at("2026-12-01T08:50:00Z"));
  const auto some = plan_moments(rule, amsterdam, policy(missed_kind::all, 3), since, now);
  CHECK(minutes_of(some.run) == texts{"08:40", "08:50", "09:00"});
  CHECK(some.left_out.count == 4);
  const auto all = plan_moments(rule, amsterdam, policy(missed_kind::all), since, now);
  CHECK(all.run.size() == 7);
  CHECK(all.left_out.count == 0);
  for (const auto& each : {skipped, last, some, all}) CHECK(each.next == at("2026-12-01T09:10:00Z"));
}

TEST_CASE("the moment of the next process is on time, and the one before it was missed") {
  const auto rule = each(1, at("2026-12-01T00:00:00Z"));
  const auto plan =
      plan_moments(rule, amsterdam, policy(missed_kind::skip), at("2026-12-01T08:00:00Z"), at("2026-12-01T08:02:20Z"));
  CHECK(minutes_of(plan.run) == texts{"08:02"});
  CHECK(plan.left_out.count == 2);
}

TEST_CASE("an outage of years is walked through in bounded time, and the last moments are found") {
  const auto rule = each(1, at("2020-01-01T00:00:00Z"));
  const auto plan = plan_moments(rule, amsterdam, policy(missed_kind::all, 2), at("2020-01-01T00:00:00Z"),
                                 at("2026-12-01T08:00:30Z"));
  CHECK(minutes_of(plan.run) == texts{"07:59", "08:00"});
  CHECK(plan.left_out.is_more);
  CHECK(plan.left_out.count < 4'000);
}

TEST_CASE("a schedule that ends has no next moment") {
  rule_trigger twice;
  twice.kind = trigger_kind::rrule;
  twice.rrule = "FREQ=DAILY;COUNT=2";
  twice.starts_at = "2026-12-01T09:00";
  const auto plan =
      plan_moments(twice, amsterdam, policy(missed_kind::all), at("2026-12-01T08:00:00Z"), at("2026-12-05T00:00:00Z"));
  CHECK(minutes_of(plan.run) == texts{"08:00", "08:00"});
  CHECK_FALSE(plan.next);
}

TEST_CASE("however often and whenever somebody looks, each moment is decided about once") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 200; ++round) {
    const auto rule = round % 2 == 0 ? each(random.between(15, 120), at("2027-03-27T00:00:00Z"))
                                     : by_cron(std::to_string(random.between(0, 59)) + " " +
                                               std::to_string(random.between(0, 23)) + ",2,3 * * *");
    const auto at_most = std::optional{2};
    const auto kind = static_cast<missed_kind>(random.between(0, 2));
    const auto missed = policy(kind, kind == missed_kind::all ? at_most : std::nullopt);
    const auto begin = at("2027-03-27T00:00:00Z");  // the clocks change the next night
    auto since = next_moment(rule, amsterdam, begin);
    auto now = begin;
    std::vector<base::timestamp> seen;
    int left_out = 0;
    while (since && now < begin + 72h) {
      now += std::chrono::minutes{random.between(0, 300)};
      const auto plan = plan_moments(rule, amsterdam, missed, *since, now);
      // Whoever looks again at the same moment, having died before it was written down, decides the same.
      CHECK(plan_moments(rule, amsterdam, missed, *since, now).run == plan.run);
      seen.insert(seen.end(), plan.run.begin(), plan.run.end());
      left_out += plan.left_out.count;
      since = plan.next;
    }
    CHECK(std::is_sorted(seen.begin(), seen.end(), std::less_equal<>{}));
    CHECK(static_cast<int>(seen.size()) + left_out ==
          static_cast<int>(coming_moments(rule, amsterdam, begin + 1us, now + 1us, most_coming_moments).size()));
  }
}

}  // namespace pulse::domain::campaigns
