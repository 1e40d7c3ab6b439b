#include "http/auth/guess_ledger.hpp"

#include "domain/people/guessing.hpp"

namespace pulse::http {

guess_ledger::guesses& guess_ledger::of(std::string_view key) {
  auto name = std::string{key};
  if (const auto found = recent_.find(name); found != recent_.end()) return found->second;
  const auto before = earlier_.find(name);
  const auto known = before == earlier_.end() ? guesses{} : before->second;
  if (recent_.size() >= keys_max / 2) {
    earlier_ = std::move(recent_);
    recent_.clear();
  }
  return recent_.emplace(std::move(name), known).first->second;
}

std::chrono::seconds guess_ledger::begin(std::string_view key, time_point now) {
  const std::scoped_lock lock{lock_};
  auto& known = of(key);
  if (now - known.last > domain::guesses_forgotten_after) known.failures = 0;
  const auto free_at = known.last + domain::delay_after(known.failures);
  if (known.failures > 0 && now < free_at) return std::chrono::ceil<std::chrono::seconds>(free_at - now);
  ++known.failures;
  known.last = now;
  return std::chrono::seconds{0};
}

void guess_ledger::forgive(std::string_view key) {
  const std::scoped_lock lock{lock_};
  of(key) = {};
}

}  // namespace pulse::http
