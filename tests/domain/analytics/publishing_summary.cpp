#include "domain/analytics/publishing_summary.hpp"

#include <catch2/catch.hpp>

using namespace pulse::domain;

namespace {

span_percentiles percentiles(std::int64_t count, double p50, double p99, double longest) {
  return {.count = count, .p50_ms = p50, .p90_ms = p99, .p99_ms = p99, .longest_ms = longest};
}

}  // namespace

TEST_CASE("a summary says how late most of it was") {
  CHECK(summary_sentence({.published = 2914}, percentiles(2914, 3, 11, 40), 30) ==
        "Of 2,914 deliveries in 30 days, half were at most 3 ms late, 99 of 100 at most 11 ms.");
}

TEST_CASE("with few posts it names the latest one instead of a percentile") {
  CHECK(summary_sentence({.published = 5}, percentiles(5, 3, 11, 11), 7) ==
        "Of 5 deliveries in 7 days, half were at most 3 ms late, the latest at most 11 ms.");
  CHECK(summary_sentence({.published = 1}, percentiles(1, 2.83, 2.83, 2.83), 7) ==
        "Of 1 delivery in 7 days, 3 ms late at most.");
}

TEST_CASE("a summary says what went wrong") {
  CHECK(summary_sentence({.published = 990, .failed = 9, .missed = 1}, percentiles(990, 1, 2, 4), 90) ==
        "Of 1,000 deliveries in 90 days, 990 went out, half were at most 1 ms late, 99 of 100 at most 2 ms. 9 failed, "
        "1 was missed.");
  CHECK(summary_sentence({.failed = 2}, {}, 7) == "Of 2 deliveries in 7 days, none went out. 2 failed.");
}

TEST_CASE("what went out without a known lateness went out all the same") {
  CHECK(summary_sentence({.published = 2}, {}, 7) == "Of 2 deliveries in 7 days, all went out.");
  CHECK(summary_sentence({}, {}, 7) == "Nothing was to go out in 7 days.");
}

TEST_CASE("success is a part of what has ended") {
  CHECK_FALSE(success_rate_of({.cancelled = 3, .retried = 2}));
  CHECK(success_rate_of({.published = 3, .failed = 1}) == 0.75);
  CHECK(success_rate_of({.published = 1, .missed = 1}) == 0.5);
}
