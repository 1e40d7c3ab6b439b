#include "domain/analytics/spans.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

using namespace pulse::domain;

TEST_CASE("a bucket's end is never below what is in it, and at most a tenth above") {
  for (int bucket = 1; bucket <= last_span_bucket; ++bucket) {
    const double end = span_bucket_end_ms(bucket);
    INFO(bucket);
    CHECK(end >= std::exp2(bucket / 8.0) - 1e-6);
    CHECK(end <= std::exp2((bucket - 1) / 8.0) * 1.105);
    CHECK(end > span_bucket_end_ms(bucket - 1));
  }
}

TEST_CASE("whole doublings are told as they are") {
  CHECK(span_bucket_end_ms(0) == 1);
  CHECK(span_bucket_end_ms(8) == 2);
  CHECK(span_bucket_end_ms(24) == 8);
  CHECK(span_bucket_end_ms(72) == 512);
}

TEST_CASE("percentiles are the ends of the buckets in which they fall") {
  const std::vector<counted_span> spans{{0, 50}, {8, 40}, {24, 9}, {72, 1}};
  const auto made = percentiles_of(spans);
  CHECK(made.count == 100);
  CHECK(made.p50_ms == 1);
  CHECK(made.p90_ms == 2);
  CHECK(made.p99_ms == 8);
  CHECK(made.longest_ms == 512);
}

TEST_CASE("one span is every percentile, and none has no percentiles") {
  const auto one = percentiles_of(std::vector<counted_span>{{16, 1}});
  CHECK(one.p50_ms == 4);
  CHECK(one.p99_ms == 4);
  const auto none = percentiles_of({});
  CHECK(none.count == 0);
  CHECK_FALSE(none.p50_ms);
}

TEST_CASE("a bucket that comes more than once counts as one") {
  const auto made = percentiles_of(std::vector<counted_span>{{0, 1}, {0, 1}, {8, 2}});
  CHECK(made.p50_ms == 1);
  CHECK(made.p90_ms == 2);
}
