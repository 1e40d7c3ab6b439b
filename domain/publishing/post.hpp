// A post: what a person writes, and what its deliveries make of it.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "domain/platforms/content_check.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"
#include "domain/publishing/post_limits.hpp"

namespace pulse::domain {

/// Derived from the deliveries, never stored.
enum class post_state {
  draft,
  scheduled,
  publishing,
  published,
  published_partial,
  failed,
  needs_attention,
  missed,
  cancelled
};
BOOST_DESCRIBE_ENUM(post_state, draft, scheduled, publishing, published, published_partial, failed, needs_attention,
                    missed, cancelled)

/// The state of a post with these deliveries. `pulse_post_state` in SQL says the same; a test compares the two.
post_state state_of_post(bool scheduled, std::span<const delivery_state> deliveries);

/// How far ahead a post may be scheduled.
inline constexpr std::chrono::days farthest_schedule{366 * 2};
/// A time this little in the past is "now": clocks differ, and requests take a moment.
inline constexpr std::chrono::seconds schedule_grace{60};

/// Why a post may not be scheduled for `at`, as the end of a sentence about it; nothing when it may.
std::optional<std::string> schedule_problem(base::timestamp at, base::timestamp now);

}  // namespace pulse::domain
