// Whether this program was built with a sanitizer (`make asan`, `make tsan`). Tests then have no time limits, because
// the program is slower by an unknown factor.
#pragma once

#include <chrono>

namespace pulse::tests {

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PULSE_TESTS_ARE_SANITIZED 1
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PULSE_TESTS_ARE_SANITIZED 1
#endif

#ifdef PULSE_TESTS_ARE_SANITIZED
inline constexpr bool is_sanitized = true;
#else
inline constexpr bool is_sanitized = false;
#endif

/// What something may take: `limit`, or with a sanitizer more than any test takes.
constexpr std::chrono::nanoseconds time_limit(std::chrono::nanoseconds limit) {
  return is_sanitized ? std::chrono::hours{24} : limit;
}

}  // namespace pulse::tests
