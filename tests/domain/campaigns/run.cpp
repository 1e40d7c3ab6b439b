#include "domain/campaigns/run.hpp"

#include <catch2/catch.hpp>

#include "domain/campaigns/rule_slots.hpp"
#include "domain/campaigns/run_trace.hpp"

namespace pulse::domain::campaigns {

namespace {

using namespace std::chrono_literals;

base::timestamp at(const std::string& text) { return *base::parse_timestamp(text); }

const auto now = at("2026-12-01T08:00:00Z");
const zone_clock amsterdam{"Europe/Amsterdam"};

}  // namespace

TEST_CASE("a run that failed for a passing reason is tried again with growing pauses, and not for ever") {
  CHECK(next_try(1, now, {}) == now + 30s);
  CHECK(next_try(2, now, {}) == now + 2min);
  CHECK(next_try(3, now, {}) == now + 10min);
  CHECK_FALSE(next_try(most_tries, now, {}));
  CHECK_FALSE(next_try(most_tries + 1, now, {}));
}

TEST_CASE("a retry time that the other side names is obeyed, unless it is too far away") {
  CHECK(next_try(1, now, now + 5min) == now + 5min);
  CHECK(next_try(1, now, now + 1s) == now + 30s);
  CHECK_FALSE(next_try(1, now, now + 61min));
}

TEST_CASE("a run that is over stays over, except that a person may have it tried again") {
  for (const auto state : {run_state::queued, run_state::running, run_state::waiting_approval}) {
    CHECK_FALSE(is_over(state));
    CHECK_FALSE(may_retry(state));
  }
  for (const auto state : {run_state::succeeded, run_state::failed, run_state::blocked, run_state::cancelled}) {
    CHECK(is_over(state));
    CHECK(may_retry(state) == (state == run_state::failed || state == run_state::blocked));
  }
}

TEST_CASE("the next free slot is the first of the day's times at which nothing is planned") {
  const std::vector<std::string> slots{"17:30", "09:00"};
  CHECK(next_free_slot(slots, {}, amsterdam, at("2026-12-01T08:00:00Z")) == at("2026-12-01T16:30:00Z"));
  CHECK(next_free_slot(slots, {}, amsterdam, at("2026-12-01T07:59:59Z")) == at("2026-12-01T08:00:00Z"));
  CHECK(next_free_slot(slots, {at("2026-12-01T16:30:59Z")}, amsterdam, at("2026-12-01T08:00:00Z")) ==
        at("2026-12-02T08:00:00Z"));
  // The night in which the clocks go forward has no 02:30: it is at the jump.
  CHECK(next_free_slot({"02:30"}, {}, amsterdam, at("2027-03-28T00:00:00Z")) == at("2027-03-28T01:00:00Z"));
  std::vector<base::timestamp> all;
  for (auto each = at("2026-12-01T00:00:00Z"); each < now + 100 * 24h; each += 1min) all.push_back(each);
  CHECK_FALSE(next_free_slot(slots, all, amsterdam, at("2026-12-01T08:00:00Z")));
}

TEST_CASE("every step of a run has a rule and a sentence, also one that has no figures") {
  base::for_each_enumerator<run_step_kind>([](std::string_view name, run_step_kind kind) {
    INFO(name);
    const auto sentence = tell({kind, {}}, amsterdam);
    CHECK(sentence.size() > 3);
    CHECK(sentence.back() == '.');
    CHECK(rule_of(kind) != "other");
  });
}

TEST_CASE("a step is told in the project's zone, with its figures") {
  run_step step{run_step_kind::moments_left_out, {}};
  step.figures.count = 7;
  step.figures.first = at("2026-12-01T08:00:00Z");
  step.figures.last = at("2026-12-01T09:00:00Z");
  step.figures.missed = missed_kind::skip;
  CHECK(tell(step, amsterdam) ==
        "7 moments from Tue 1 Dec 2026, 09:00 CET to Tue 1 Dec 2026, 10:00 CET came while nobody could act, and are "
        "left out: the "
        "rule makes none of them up.");
}

}  // namespace pulse::domain::campaigns
