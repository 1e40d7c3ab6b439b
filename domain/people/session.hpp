// How long a session lasts, and how a presented refresh token is judged.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include <boost/describe.hpp>

#include "base/time.hpp"

namespace pulse::domain {

/// A session that is not renewed for this long ends.
inline constexpr std::chrono::hours session_idle_max{24 * 30};
/// The end of every session, however often it is renewed.
inline constexpr std::chrono::hours session_lifetime{24 * 90};
/// How long after its use a refresh token still returns the same successor: the reply may have been lost, or two tabs
/// of a browser asked at the same moment.
inline constexpr std::chrono::seconds lost_reply_grace{5};

/// The stored part of a session. Its refresh tokens are counted: the one of `generation` is valid.
struct session_state {
  int generation = 0;
  base::timestamp rotated_at;
  base::timestamp idle_ends_at;
  base::timestamp ends_at;
  std::optional<base::timestamp> ended_at;
};

enum class refresh_verdict : std::uint8_t {
  next,        // good: it is used up, and gives the next one
  same_again,  // used a moment ago: the same successor once more
  reused,      // used before: two hold it, so the session ends
  over,        // the session has ended, or the token does not belong to it
};
BOOST_DESCRIBE_ENUM(refresh_verdict, next, same_again, reused, over)

/// `presented` is the token's generation. The caller must have locked the session's row.
refresh_verdict judge_refresh(const session_state& now_is, int presented, base::timestamp now);

/// Until when a session that is renewed now lasts without being renewed again.
base::timestamp idle_end(base::timestamp now, base::timestamp ends_at);

}  // namespace pulse::domain
