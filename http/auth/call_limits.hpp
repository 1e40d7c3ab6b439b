// How many API calls one member may make, and how many costly ones.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "http/auth/principal.hpp"
#include "http/auth/rate_limit.hpp"

namespace pulse::http {

/// Counted by member, whichever of their tokens they use: a new token gives no new quota. For one process. Thread-safe.
class call_limits {
 public:
  struct options {
    unsigned per_minute = 0;         // 0: no limit
    unsigned costly_per_minute = 0;  // of those, calls of routes that are `costly`; 0: no limit
  };

  explicit call_limits(const options& settings);

  /// One call, and the state of the limit that is closest to being reached.
  struct taken {
    const rate_limiter* by = nullptr;  // nothing: no limit applies
    rate_verdict verdict;
  };
  taken take(const principal& who, bool is_costly, rate_limiter::time_point now);

 private:
  std::optional<rate_limiter> calls_;
  std::optional<rate_limiter> costly_calls_;
};

}  // namespace pulse::http
