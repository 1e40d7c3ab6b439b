#include "domain/publishing/post.hpp"

#include <algorithm>

namespace pulse::domain {

post_state state_of_post(bool scheduled, std::span<const delivery_state> deliveries) {
  const auto any = [deliveries](delivery_state state) {
    return std::find(deliveries.begin(), deliveries.end(), state) != deliveries.end();
  };
  const bool published = any(delivery_state::published);
  const bool failed = any(delivery_state::failed);
  const bool missed = any(delivery_state::missed);
  if (any(delivery_state::sending)) return post_state::publishing;
  if (any(delivery_state::unknown) || any(delivery_state::unconfirmed)) return post_state::needs_attention;
  if (any(delivery_state::waiting) && (published || failed)) return post_state::publishing;
  if (any(delivery_state::waiting)) return scheduled ? post_state::scheduled : post_state::draft;
  if (published && (failed || missed)) return post_state::published_partial;
  if (published) return post_state::published;
  if (failed) return post_state::failed;
  if (missed) return post_state::missed;
  if (any(delivery_state::cancelled)) return post_state::cancelled;
  return scheduled ? post_state::scheduled : post_state::draft;
}

std::optional<std::string> schedule_problem(base::timestamp at, base::timestamp now) {
  if (at < now - schedule_grace) return "is in the past; choose a time from now on, or publish now";
  if (at > now + farthest_schedule) return "is more than two years ahead";
  return std::nullopt;
}

}  // namespace pulse::domain
