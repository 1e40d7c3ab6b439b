#include "http/auth/call_limits.hpp"

#include <string_view>

namespace pulse::http {

namespace {

constexpr std::chrono::seconds window{60};

}  // namespace

call_limits::call_limits(const options& settings) {
  if (settings.per_minute > 0) calls_.emplace(rate_policy{"calls_by_member", settings.per_minute, window});
  if (settings.costly_per_minute > 0) {
    costly_calls_.emplace(rate_policy{"costly_calls_by_member", settings.costly_per_minute, window});
  }
}

call_limits::taken call_limits::take(const principal& who, bool is_costly, rate_limiter::time_point now) {
  const std::string_view member{reinterpret_cast<const char*>(who.member_id.bytes.data()), who.member_id.bytes.size()};
  taken nearest;
  if (is_costly && costly_calls_) nearest = {&*costly_calls_, costly_calls_->take(member, now)};
  if (!nearest.verdict.allowed || !calls_) return nearest;
  const auto of_all = calls_->take(member, now);
  if (nearest.by == nullptr || !of_all.allowed) nearest = {&*calls_, of_all};
  return nearest;
}

}  // namespace pulse::http
