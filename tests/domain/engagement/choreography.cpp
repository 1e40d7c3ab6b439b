// Plans over random teams, posts and zones: they keep every constraint, and nobody is always first.
#include <algorithm>
#include <map>

#include <catch2/catch.hpp>
#include <date/tz.h>

#include "domain/calendar/local_time.hpp"
#include "domain/engagement/choreography.hpp"
#include "tests/support/random_case.hpp"
#include "tests/support/sanitized.hpp"

using namespace pulse;
using namespace std::chrono_literals;
using base::timestamp;
using domain::engagement_kind;
using domain::subscriber;
using std::chrono::seconds;

namespace {

const timestamp monday{std::chrono::sys_days{std::chrono::year{2026} / 11 / 30}};
constexpr const char* zones[] = {"Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC",
                                 "America/St_Johns"};

subscriber somebody(support::random_source& random, int number) {
  subscriber made;
  made.member_id = base::uuid_from_name("member" + std::to_string(number));
  made.likes = random.between(0, 9) > 0;
  made.comments = random.between(0, 1) == 0;
  made.limits.hours = {.time_zone = zones[random.between(0, 5)],
                       .from_minute = random.between(0, 700),
                       .to_minute = random.between(701, 1440),
                       .weekdays = random.between(0, 127)};
  made.limits.acts_a_day = random.between(0, 6);
  made.limits.stagger = seconds{random.between(0, 3600)};
  for (int n = random.between(0, 8); n > 0; --n)
    made.acts.push_back(monday + std::chrono::minutes{random.between(-2000, 4000)});
  return made;
}

/// Whether `at` is in the hours, worked out apart from the code under test.
bool is_open(const domain::working_hours& hours, timestamp at) {
  const auto local = date::locate_zone(hours.time_zone)->to_local(date::floor<seconds>(at));
  const auto day = date::floor<date::days>(local);
  const auto minute = (local - day) / std::chrono::minutes{1};
  const auto weekday = date::weekday{day}.iso_encoding() - 1;
  return (hours.weekdays >> weekday & 1) != 0 && minute >= hours.from_minute && minute < hours.to_minute;
}

date::local_days day_of(const domain::working_hours& hours, timestamp at) {
  return date::floor<date::days>(date::locate_zone(hours.time_zone)->to_local(date::floor<seconds>(at)));
}

void check_plan(const domain::engagement_plan& plan, const domain::discovered_post& post,
                const std::vector<subscriber>& team, const domain::page_limits& limits, timestamp now) {
  std::map<base::uuid, std::vector<timestamp>> by_member;
  std::map<std::chrono::sys_days, int> by_day;
  for (std::size_t i = 0; i < plan.acts.size(); ++i) {
    const auto& act = plan.acts[i];
    const auto who =
        std::find_if(team.begin(), team.end(), [&](const auto& each) { return each.member_id == act.member_id; });
    REQUIRE(who != team.end());
    REQUIRE((act.kind == engagement_kind::like ? who->likes : who->comments));
    REQUIRE(act.at >= std::max(post.found_at, now) + limits.first_delay);
    REQUIRE(act.at < post.published_at + limits.expires_after);
    REQUIRE(is_open(who->limits.hours, act.at));
    if (i > 0) REQUIRE(act.at - plan.acts[i - 1].at >= limits.gap);
    by_member[act.member_id].push_back(act.at);
    REQUIRE(++by_day[std::chrono::floor<std::chrono::days>(act.at)] <= limits.acts_a_day);
  }
  for (const auto& who : team) {
    const auto& made = by_member[who.member_id];
    for (const auto at : made) {
      int that_day = 0;
      for (const auto* times : {&made, &who.acts}) {
        for (const auto other : *times) {
          if (day_of(who.limits.hours, other) == day_of(who.limits.hours, at)) ++that_day;
          if (other != at) REQUIRE(std::chrono::abs(other - at) >= who.limits.stagger);
        }
      }
      REQUIRE(that_day <= who.limits.acts_a_day);
    }
    const auto wanted = (who.likes ? 1U : 0U) + (who.comments ? 1U : 0U);
    const auto without = std::count_if(plan.without.begin(), plan.without.end(),
                                       [&](const auto& each) { return each.member_id == who.member_id; });
    REQUIRE(made.size() + static_cast<std::size_t>(without) == wanted);
  }
}

subscriber plain(int number) {
  subscriber made;
  made.member_id = base::uuid_from_name("member" + std::to_string(number));
  made.limits.hours = {.time_zone = "UTC", .from_minute = 0, .to_minute = 1440, .weekdays = 127};
  return made;
}

}  // namespace

TEST_CASE("every plan of any team keeps hours, caps, staggers, gaps and the post's age") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 400; ++round) {
    std::vector<subscriber> team;
    for (int n = random.between(0, 40); n > 0; --n) team.push_back(somebody(random, n));
    const domain::page_limits limits{.first_delay = seconds{random.between(0, 3600)},
                                     .gap = seconds{random.between(1, 900)},
                                     .spread = seconds{random.between(0, 100'000)},
                                     .expires_after = seconds{random.between(0, 400'000)},
                                     .acts_a_day = random.between(0, 60)};
    const auto now = monday + std::chrono::minutes{random.between(-5000, 5000)};
    const domain::discovered_post post{base::uuid_from_name(std::to_string(random.between(0, 1 << 30))),
                                       now - seconds{random.between(0, 100'000)}, now};
    check_plan(plan_engagement(post, team, limits, {}, now), post, team, limits, now);
  }
}

TEST_CASE("the same post, people and rules make the same plan") {
  const std::vector<subscriber> team = {plain(1), plain(2), plain(3)};
  const domain::discovered_post post{base::uuid_from_name("a"), monday, monday};
  const auto one = plan_engagement(post, team, {}, {}, monday);
  const auto two = plan_engagement(post, team, {}, {}, monday);
  REQUIRE(one.acts.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(one.acts[i].at == two.acts[i].at);
}

TEST_CASE("a year of posts makes nobody always first") {
  std::vector<subscriber> team;
  for (int i = 0; i < 10; ++i) team.push_back(plain(i));
  std::map<base::uuid, int> firsts;
  domain::page_history history;
  for (int day = 0; day < 365; ++day) {
    const auto at = monday + std::chrono::days{day};
    const domain::discovered_post post{base::uuid_from_name("post" + std::to_string(day)), at, at};
    const auto plan = plan_engagement(post, team, {}, history, at);
    REQUIRE(plan.acts.size() == 10);
    CHECK(history.last_first != plan.acts.front().member_id);
    history.last_first = plan.acts.front().member_id;
    ++firsts[plan.acts.front().member_id];
  }
  for (const auto& who : team) {
    CHECK(firsts[who.member_id] >= 18);
    CHECK(firsts[who.member_id] <= 60);
  }
}

TEST_CASE("a plan for a thousand members is made in under ten milliseconds") {
  support::random_source random;
  std::vector<subscriber> team;
  for (int i = 0; i < 1'000; ++i) {
    team.push_back(plain(i));
    team.back().comments = true;
    team.back().limits.hours = {.time_zone = zones[i % 6], .from_minute = 480, .to_minute = 1080, .weekdays = 31};
  }
  const domain::page_limits limits{.acts_a_day = 5'000};
  auto best = std::chrono::nanoseconds::max();
  for (int i = 0; i < 5; ++i) {
    const domain::discovered_post post{base::uuid_from_name(std::to_string(i)), monday + 9h, monday + 9h};
    const auto start = std::chrono::steady_clock::now();
    const auto plan = plan_engagement(post, team, limits, {}, monday + 9h);
    best = std::min<std::chrono::nanoseconds>(best, std::chrono::steady_clock::now() - start);
    CHECK(plan.acts.size() + plan.without.size() == 2'000);
    CHECK(plan.acts.size() > 900);
  }
  const std::chrono::duration<double, std::milli> best_ms = best;
  WARN("plan of 1,000 members: " << best_ms.count() << " ms");
  CHECK(best < tests::time_limit(10ms));
}

TEST_CASE("the last look before sending says what holds an act, and until when") {
  const domain::member_limits member{
      .hours = {.time_zone = "Europe/Amsterdam", .from_minute = 540, .to_minute = 1020, .weekdays = 31},
      .acts_a_day = 2,
      .stagger = 300s};
  const domain::page_limits page{.gap = 60s, .acts_a_day = 3};
  const auto noon = monday + 12h;
  const auto check = [&](domain::begun_acts begun, timestamp at) { return when_to_send(member, page, begun, at); };
  CHECK_FALSE(check({}, noon).held);
  CHECK(check({}, monday + 3h).held == domain::hold_reason::hours);
  CHECK(check({}, monday + 3h).at == monday + 8h);
  CHECK(check({}, monday - 24h).at == monday + 8h);
  CHECK(check({.of_member = {noon - 100s}}, noon).held == domain::hold_reason::stagger);
  CHECK(check({.of_member = {noon - 100s}}, noon).at == noon + 200s);
  CHECK(check({.of_member = {noon - 1h, noon - 2h}}, noon).held == domain::hold_reason::member_cap);
  CHECK(check({.of_member = {noon - 1h, noon - 2h}}, noon).at == monday + 23h);
  CHECK(check({.of_post = {noon - 59s}}, noon).held == domain::hold_reason::post_gap);
  CHECK(check({.of_page = {noon - 1h, noon - 2h, noon - 3h}}, noon).held == domain::hold_reason::page_cap);
}

TEST_CASE("a member without a working day is told so rather than planned") {
  auto nobody = plain(1);
  nobody.limits.hours.weekdays = 0;
  const domain::discovered_post post{base::uuid_from_name("a"), monday, monday};
  const std::vector<subscriber> team = {nobody}, other = {plain(1)};
  const auto plan = plan_engagement(post, team, {}, {}, monday);
  REQUIRE(plan.without.size() == 1);
  CHECK(plan.without.front().why == domain::left_out_reason::no_hours);
  const domain::discovered_post old{base::uuid_from_name("a"), monday - 72h, monday};
  CHECK(plan_engagement(old, other, {}, {}, monday).without.front().why == domain::left_out_reason::too_old);
}
