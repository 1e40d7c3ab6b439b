// The outcomes of a project's deliveries in some days, in figures and in a sentence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "domain/analytics/spans.hpp"

namespace pulse::domain {

/// Counts of outcomes. A delivery that failed and that a person sent again counts once for each outcome.
struct publishing_counts {
  std::int64_t published = 0;
  std::int64_t failed = 0;
  std::int64_t missed = 0;
  std::int64_t cancelled = 0;
  std::int64_t retried = 0;      // tries that were followed by another
  std::int64_t unconfirmed = 0;  // times that a person had to say whether a post is live

  publishing_counts& operator+=(const publishing_counts& more);
};
BOOST_DESCRIBE_STRUCT(publishing_counts, (), (published, failed, missed, cancelled, retried, unconfirmed))

/// The share that went out, from 0 to 1: published / (published + failed + missed). Nothing if nothing has ended.
std::optional<double> success_rate_of(const publishing_counts& counts);

/// "Of 2,914 deliveries in 30 days, half were at most 3 ms late, 99 of 100 at most 11 ms. 7 failed, 1 was missed."
std::string summary_sentence(const publishing_counts& counts, const span_percentiles& lateness, int days);

}  // namespace pulse::domain
