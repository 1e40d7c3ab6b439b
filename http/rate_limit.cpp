#include "http/rate_limit.hpp"

namespace pulse::http {

namespace {

/// Whole seconds, rounded up, so that nobody is told to come back too early.
std::chrono::seconds round_up(std::chrono::steady_clock::duration duration) {
  return std::chrono::ceil<std::chrono::seconds>(duration);
}

}  // namespace

void rate_limiter::make_room(time_point now) {
  std::erase_if(full_at_, [now](const auto& entry) { return entry.second <= now; });
  while (full_at_.size() >= keys_max) full_at_.erase(full_at_.begin());
}

rate_verdict rate_limiter::take(std::string_view key, time_point now) {
  const std::chrono::steady_clock::duration window = policy_.window;
  const auto interval = window / policy_.quota;
  const std::scoped_lock lock{lock_};
  if (full_at_.size() >= keys_max) make_room(now);
  auto& full_at = full_at_[std::string{key}];
  const auto from = std::max(full_at, now);
  const auto next = from + interval;
  if (next - now > window) return {false, 0, round_up(next - now - window)};
  full_at = next;
  return {true, static_cast<unsigned>((window - (next - now)) / interval), round_up(next - now)};
}

void rate_limiter::describe(const rate_verdict& verdict, std::vector<server::header>& headers) const {
  headers.push_back({"ratelimit-policy", "\"" + policy_.name + "\";q=" + std::to_string(policy_.quota) +
                                             ";w=" + std::to_string(policy_.window.count())});
  headers.push_back({"ratelimit", "\"" + policy_.name + "\";r=" + std::to_string(verdict.remaining) +
                                      ";t=" + std::to_string(verdict.reset.count())});
}

problem rate_limiter::refuse(const rate_verdict& verdict) const {
  auto made = problems::too_many_requests(policy_.name, verdict.reset);
  describe(verdict, made.headers);
  return made;
}

}  // namespace pulse::http
