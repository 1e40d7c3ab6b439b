// Histograms of durations: small to store, and percentiles can be read from them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include <boost/describe.hpp>

namespace pulse::domain {

/// Buckets for each doubling of the duration: a percentile is at most 9 % too high. Bucket 0 holds what took up to 1
/// ms.
inline constexpr int span_buckets_per_doubling = 8;
/// The last bucket, which also holds everything longer: 2^32 ms are 49 days.
inline constexpr int last_span_bucket = 256;

/// The upper bound of the bucket in ms, rounded up to three digits.
double span_bucket_end_ms(int bucket);

struct counted_span {
  int bucket = 0;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(counted_span, (), (bucket, count))

/// Percentiles: half took at most `p50_ms`, and so on. Nothing where nothing was counted.
struct span_percentiles {
  std::int64_t count = 0;
  std::optional<double> p50_ms;
  std::optional<double> p90_ms;
  std::optional<double> p99_ms;
  std::optional<double> longest_ms;
};
BOOST_DESCRIBE_STRUCT(span_percentiles, (), (count, p50_ms, p90_ms, p99_ms, longest_ms))

/// `spans` by bucket, smallest first; a bucket may come more than once in a row.
span_percentiles percentiles_of(std::span<const counted_span> spans);

}  // namespace pulse::domain
