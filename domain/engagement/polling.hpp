// When a tracked page is polled again: as often as it posts, and no more.
#pragma once

#include <chrono>
#include <optional>
#include <span>

#include <boost/describe.hpp>

#include "base/time.hpp"

namespace pulse::domain {

/// The bounds of the interval between two polls of one page.
struct poll_bounds {
  std::chrono::seconds least = std::chrono::minutes{15};
  std::chrono::seconds most = std::chrono::hours{12};
};

/// The interval of a page of which nothing is known yet.
inline constexpr std::chrono::hours first_poll_interval{1};
/// Of a page that posts every `n` hours, a post is found after at most this part of that time.
inline constexpr int polls_between_posts = 8;
/// How often the interval of a failing page may double; it never exceeds a day.
inline constexpr int most_poll_doublings = 6;
inline constexpr std::chrono::hours longest_poll_backoff{24};
/// The jitter: an interval is up to this part longer or shorter, so that pages which were added together do not stay
/// together.
inline constexpr double poll_jitter = 0.1;
/// Posts whose times are considered.
inline constexpr std::size_t posts_that_tell = 10;

/// How often the page posts, as far as the times of its latest posts tell (in any order): the median time between two
/// of them, but no less than a third of the silence since the last. Nothing when there are fewer than two.
std::optional<std::chrono::seconds> usual_gap(std::span<const base::timestamp> posted, base::timestamp now);

/// The interval of a page that answers.
std::chrono::seconds poll_interval(std::span<const base::timestamp> posted, base::timestamp now,
                                   const poll_bounds& bounds = {});

/// The result of the last poll.
struct poll_outcome {
  int failures = 0;                                        // in a row, this one included; 0: it answered
  std::optional<base::timestamp> retry_at = std::nullopt;  // the source's own word: no earlier
};

/// The time of the next poll. `spread` is a random number in [0, 1).
base::timestamp next_poll(std::span<const base::timestamp> posted, const poll_outcome& last, base::timestamp now,
                          double spread, const poll_bounds& bounds = {});

}  // namespace pulse::domain
