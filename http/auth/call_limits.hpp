// How many calls of the API one member may make, and how many of those that read much.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "http/auth/principal.hpp"
#include "http/auth/rate_limit.hpp"

namespace pulse::http {

/// Counted by member, whichever of their tokens they use: a new token is no new quota. One process's view. Thread-safe.
class call_limits {
 public:
  struct options {
    unsigned per_minute = 0;         // 0: no limit
    unsigned costly_per_minute = 0;  // of those, calls of routes that are `costly`; 0: no limit
  };

  explicit call_limits(const options& settings);

  /// One call, and what the limit that is nearest to it says.
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
