#include "connectors/egress/timer_queue.hpp"

#include <utility>

namespace pulse::connectors {

void timer_queue::add(time at, call what) { calls_.emplace(at, std::move(what)); }

std::vector<timer_queue::call> timer_queue::take_due(time now) {
  const auto end = calls_.upper_bound(now);
  std::vector<call> due;
  for (auto at = calls_.begin(); at != end; ++at) due.push_back(std::move(at->second));
  calls_.erase(calls_.begin(), end);
  return due;
}

std::optional<timer_queue::time> timer_queue::next() const {
  if (calls_.empty()) return std::nullopt;
  return calls_.begin()->first;
}

}  // namespace pulse::connectors
