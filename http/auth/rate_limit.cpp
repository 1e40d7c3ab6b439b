#include "http/auth/rate_limit.hpp"

#include <fmt/core.h>

namespace pulse::http {

namespace {

/// Whole seconds, rounded up, so that nobody comes back too early.
std::chrono::seconds round_up(std::chrono::steady_clock::duration duration) {
  return std::chrono::ceil<std::chrono::seconds>(duration);
}

}  // namespace

rate_limiter::rate_limiter(rate_policy policy)
    : policy_(std::move(policy)),
      policy_field_(fmt::format("\"{}\";q={};w={}", policy_.name, policy_.quota, policy_.window.count())) {}

rate_limiter::time_point& rate_limiter::full_at(std::string_view key) {
  auto name = std::string{key};
  if (const auto found = recent_.find(name); found != recent_.end()) return found->second;
  const auto before = earlier_.find(name);
  const auto at = before == earlier_.end() ? time_point{} : before->second;
  if (recent_.size() >= keys_max / 2) {
    earlier_ = std::move(recent_);
    recent_.clear();
  }
  return recent_.emplace(std::move(name), at).first->second;
}

rate_verdict rate_limiter::take(std::string_view key, time_point now) {
  const std::chrono::steady_clock::duration window = policy_.window;
  const auto interval = window / policy_.quota;
  const std::scoped_lock lock{lock_};
  auto& full = full_at(key);
  const auto from = std::max(full, now);
  const auto next = from + interval;
  if (next - now > window) return {false, 0, round_up(next - now - window)};
  full = next;
  return {true, static_cast<unsigned>((window - (next - now)) / interval), round_up(next - now)};
}

void rate_limiter::give_back(std::string_view key) {
  const std::chrono::steady_clock::duration window = policy_.window;
  const std::scoped_lock lock{lock_};
  full_at(key) -= window / policy_.quota;
}

void rate_limiter::describe(const rate_verdict& verdict, std::vector<server::header>& headers) const {
  headers.push_back({"ratelimit-policy", policy_field_});
  headers.push_back(
      {"ratelimit", fmt::format("\"{}\";r={};t={}", policy_.name, verdict.remaining, verdict.reset.count())});
}

problem rate_limiter::refuse(const rate_verdict& verdict) const {
  auto made = problems::too_many_requests(policy_.name, verdict.reset);
  describe(verdict, made.headers);
  return made;
}

}  // namespace pulse::http
