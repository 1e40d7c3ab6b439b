#include "actors/agenda.hpp"

#include <algorithm>

namespace pulse::actors {

void agenda::replace(std::vector<std::pair<base::timestamp, domain::delivery>> rows) {
  std::unordered_map<base::uuid, std::pair<base::timestamp, domain::delivery>> known;
  for (auto& [at, delivery] : by_time_) {
    const auto id = delivery.id;
    known.emplace(id, std::pair{at, std::move(delivery)});
  }
  by_time_.clear();
  for (auto& [at, delivery] : rows) {
    if (held_.contains(delivery.id)) continue;
    const auto before = known.find(delivery.id);
    if (before != known.end() && before->second.second.state == domain::delivery_state::unknown &&
        delivery.state == domain::delivery_state::unknown && before->second.second.attempt == delivery.attempt) {
      by_time_.emplace(before->second.first, std::move(before->second.second));
    } else {
      by_time_.emplace(at, std::move(delivery));
    }
  }
}

void agenda::put_back(domain::delivery what, base::timestamp at) {
  held_.erase(what.id);
  by_time_.emplace(at, std::move(what));
}

void agenda::release_channel(const base::uuid& channel_id) {
  std::erase_if(held_, [&channel_id](const auto& entry) { return entry.second == channel_id; });
}

std::vector<domain::delivery> agenda::take_due(base::timestamp now) {
  std::vector<domain::delivery> due;
  const auto end = by_time_.upper_bound(now);
  for (auto at = by_time_.begin(); at != end; ++at) {
    held_.emplace(at->second.id, at->second.channel_id);
    due.push_back(std::move(at->second));
  }
  by_time_.erase(by_time_.begin(), end);
  return due;
}

std::optional<base::timestamp> agenda::next() const {
  if (by_time_.empty()) return std::nullopt;
  return by_time_.begin()->first;
}

}  // namespace pulse::actors
