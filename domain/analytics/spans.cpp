#include "domain/analytics/spans.hpp"

#include <cmath>

namespace pulse::domain {

namespace {

double ceil_to_three_digits(double value) {
  const double unit = std::pow(10.0, std::floor(std::log10(value)) - 2);
  // 2^(k/8) of a whole doubling is whole, and stays so.
  return std::ceil(value / unit - 1e-9) * unit;
}

/// The bucket of the duration that this share of them does not exceed.
int bucket_at(std::span<const counted_span> spans, std::int64_t all, double share) {
  const auto wanted = static_cast<std::int64_t>(std::ceil(static_cast<double>(all) * share));
  std::int64_t seen = 0;
  for (const auto& each : spans) {
    seen += each.count;
    if (seen >= wanted) return each.bucket;
  }
  return spans.back().bucket;
}

}  // namespace

double span_bucket_end_ms(int bucket) {
  return ceil_to_three_digits(std::exp2(static_cast<double>(bucket) / span_buckets_per_doubling));
}

span_percentiles percentiles_of(std::span<const counted_span> spans) {
  span_percentiles made;
  for (const auto& each : spans) made.count += each.count;
  if (made.count == 0) return made;
  const auto end_of = [&](double share) { return span_bucket_end_ms(bucket_at(spans, made.count, share)); };
  made.p50_ms = end_of(0.50);
  made.p90_ms = end_of(0.90);
  made.p99_ms = end_of(0.99);
  made.longest_ms = end_of(1.0);
  return made;
}

}  // namespace pulse::domain
