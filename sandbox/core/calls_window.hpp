// Counts an account's calls within a sliding window, for platforms that count in this way.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>

#include "base/time.hpp"

namespace pulse::sandbox {

class calls_window {
 public:
  calls_window(std::int64_t limit, std::chrono::seconds window) : limit_(limit), window_(window) {}

  void set(std::int64_t limit, std::chrono::seconds window) {
    limit_ = limit;
    window_ = window;
  }

  /// Counts one call of this account and says whether it may pass; a refused call does not count.
  bool admit(const std::string& account, base::timestamp now) {
    auto& mine = calls_[account];
    while (!mine.empty() && mine.front() + window_ <= now) mine.pop_front();
    if (static_cast<std::int64_t>(mine.size()) >= limit_) return false;
    mine.push_back(now);
    return true;
  }

  std::int64_t limit() const { return limit_; }
  std::chrono::seconds window() const { return window_; }

  std::int64_t remaining(const std::string& account) const {
    const auto found = calls_.find(account);
    const auto used = found == calls_.end() ? 0 : static_cast<std::int64_t>(found->second.size());
    return used < limit_ ? limit_ - used : 0;
  }

  /// The time until the oldest counted call leaves the window.
  std::chrono::seconds resets_in(const std::string& account, base::timestamp now) const {
    const auto found = calls_.find(account);
    if (found == calls_.end() || found->second.empty()) return window_;
    return std::chrono::ceil<std::chrono::seconds>(found->second.front() + window_ - now);
  }

 private:
  std::int64_t limit_;
  std::chrono::seconds window_;
  std::map<std::string, std::deque<base::timestamp>> calls_;
};

}  // namespace pulse::sandbox
