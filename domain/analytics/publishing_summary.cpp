#include "domain/analytics/publishing_summary.hpp"

#include <chrono>
#include <cmath>

#include "domain/calendar/time_words.hpp"

namespace pulse::domain {

namespace {

/// "2,914".
std::string tell_count(std::int64_t many) {
  auto digits = std::to_string(many);
  for (auto place = static_cast<std::ptrdiff_t>(digits.size()) - 3; place > 0; place -= 3) {
    digits.insert(static_cast<std::size_t>(place), 1, ',');
  }
  return digits;
}

/// Rounded up, so that "at most" stays true in whole milliseconds.
std::string tell_at_most(double ms) {
  const std::chrono::milliseconds whole{static_cast<std::int64_t>(std::ceil(ms))};
  return tell_span(whole);
}

std::string tell_lateness(const span_percentiles& lateness) {
  if (lateness.count == 0) return "";
  if (lateness.count == 1) return ", " + tell_at_most(*lateness.longest_ms) + " late at most";
  auto told = ", half were at most " + tell_at_most(*lateness.p50_ms) + " late";
  if (lateness.count >= 100) return told + ", 99 of 100 at most " + tell_at_most(*lateness.p99_ms);
  return told + ", the latest at most " + tell_at_most(*lateness.longest_ms);
}

std::string tell_trouble(const publishing_counts& counts) {
  std::string told;
  const auto add = [&told](std::int64_t many, std::string_view one, std::string_view more) {
    if (many == 0) return;
    told += told.empty() ? " " : ", ";
    told += tell_count(many) + std::string{many == 1 ? one : more};
  };
  add(counts.failed, " failed", " failed");
  add(counts.missed, " was missed", " were missed");
  return told.empty() ? told : told + ".";
}

}  // namespace

publishing_counts& publishing_counts::operator+=(const publishing_counts& more) {
  published += more.published;
  failed += more.failed;
  missed += more.missed;
  cancelled += more.cancelled;
  retried += more.retried;
  unconfirmed += more.unconfirmed;
  return *this;
}

std::optional<double> success_rate_of(const publishing_counts& counts) {
  const auto ended = counts.published + counts.failed + counts.missed;
  if (ended == 0) return std::nullopt;
  return static_cast<double>(counts.published) / static_cast<double>(ended);
}

std::string tell_summary(const publishing_counts& counts, const span_percentiles& lateness, int days) {
  const auto ended = counts.published + counts.failed + counts.missed;
  const auto in_days = " in " + std::to_string(days) + " days";
  if (ended == 0) return "Nothing was to go out" + in_days + ".";
  const auto told = "Of " + tell_count(ended) + (ended == 1 ? " delivery" : " deliveries") + in_days;
  const auto went_out = counts.published == 0 ? std::string{", none went out"}
                        : counts.published == ended
                            ? tell_lateness(lateness)
                            : ", " + tell_count(counts.published) + " went out" + tell_lateness(lateness);
  return told + (went_out.empty() ? ", all went out" : went_out) + "." + tell_trouble(counts);
}

}  // namespace pulse::domain
