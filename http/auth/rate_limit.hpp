// Limits on how often the same caller may try something: in memory, for one process, bounded.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "http/api/problem.hpp"
#include "http/server/message.hpp"

namespace pulse::http {

/// `quota` attempts within `window`. All may come at once; they are given back one by one.
struct rate_policy {
  std::string name;  // in RateLimit headers and problems; [a-z_]
  unsigned quota = 1;
  std::chrono::seconds window{60};
};

/// The result of one attempt.
struct rate_verdict {
  bool allowed = true;
  unsigned remaining = 0;
  std::chrono::seconds reset{0};  // until the quota is full again; when refused: until the next attempt
};

/// A token bucket for each key, stored as the time at which it will be full (GCRA). Thread-safe.
class rate_limiter {
 public:
  using time_point = std::chrono::steady_clock::time_point;

  /// Beyond this many keys, those not seen for longest are forgotten.
  static constexpr std::size_t keys_max = 20'000;

  explicit rate_limiter(rate_policy policy);

  rate_verdict take(std::string_view key, time_point now);

  /// Undoes an allowed `take`: the attempt does not count.
  void give_back(std::string_view key);

  const rate_policy& policy() const { return policy_; }

  /// The fields RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-11).
  void describe(const rate_verdict& verdict, std::vector<server::header>& headers) const;
  /// 429 with Retry-After and the fields above.
  problem refuse(const rate_verdict& verdict) const;

 private:
  using buckets = std::unordered_map<std::string, time_point>;

  time_point& full_at(std::string_view key);

  rate_policy policy_;
  std::string policy_field_;  // as RateLimit-Policy shows it
  std::mutex lock_;
  buckets recent_;  // up to half of keys_max; when it is full it becomes earlier_
  buckets earlier_;
};

}  // namespace pulse::http
