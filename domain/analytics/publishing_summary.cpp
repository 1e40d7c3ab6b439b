#include "domain/analytics/publishing_summary.hpp"

#include <chrono>
#include <cmath>

#include <fmt/core.h>

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
  return format_span(whole);
}

std::string tell_lateness(const span_percentiles& lateness) {
  if (lateness.count == 0) return "";
  if (lateness.count == 1) return fmt::format(", {} late at most", tell_at_most(*lateness.longest_ms));
  auto told = fmt::format(", half were at most {} late", tell_at_most(*lateness.p50_ms));
  if (lateness.count >= 100) return fmt::format("{}, 99 of 100 at most {}", told, tell_at_most(*lateness.p99_ms));
  return fmt::format("{}, the latest at most {}", told, tell_at_most(*lateness.longest_ms));
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

std::string summary_sentence(const publishing_counts& counts, const span_percentiles& lateness, int days) {
  const auto ended = counts.published + counts.failed + counts.missed;
  const auto in_days = fmt::format(" in {} days", days);
  if (ended == 0) return fmt::format("Nothing was to go out{}.", in_days);
  const auto told = fmt::format("Of {}{}{}", tell_count(ended), ended == 1 ? " delivery" : " deliveries", in_days);
  const auto went_out = counts.published == 0 ? std::string{", none went out"}
                        : counts.published == ended
                            ? tell_lateness(lateness)
                            : fmt::format(", {} went out{}", tell_count(counts.published), tell_lateness(lateness));
  return fmt::format("{}{}.{}", told, went_out.empty() ? ", all went out" : went_out, tell_trouble(counts));
}

}  // namespace pulse::domain
