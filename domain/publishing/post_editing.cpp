#include "domain/publishing/post_editing.hpp"

#include <algorithm>

namespace pulse::domain {

bool may_edit(std::span<const delivery_progress> deliveries) {
  const auto is_waiting = [](const delivery_progress& each) { return each.state == delivery_state::waiting; };
  const auto has_begun = [&](const delivery_progress& each) {
    return each.attempt > 0 || (!is_waiting(each) && each.state != delivery_state::cancelled);
  };
  return std::any_of(deliveries.begin(), deliveries.end(), is_waiting) &&
         std::none_of(deliveries.begin(), deliveries.end(), has_begun);
}

}  // namespace pulse::domain
