#include "actors/publishing/agenda.hpp"

namespace pulse::actors {

namespace {

bool is_begun(const domain::delivery& what) {
  return what.state == domain::delivery_state::sending || what.state == domain::delivery_state::unknown;
}

bool waits(const domain::delivery& what) { return what.state == domain::delivery_state::waiting; }

}  // namespace

void agenda::replace(std::vector<std::pair<base::timestamp, domain::delivery>> rows, bool with_begun) {
  std::unordered_map<base::uuid, std::pair<base::timestamp, domain::delivery>> begun;
  for (auto& [at, delivery] : by_time_) {
    forget(delivery.channel_id);
    const auto id = delivery.id;
    if (is_begun(delivery)) begun.emplace(id, std::pair{at, std::move(delivery)});
  }
  by_time_.clear();
  for (auto& [at, delivery] : rows) {
    if (const auto held = held_.find(delivery.id); held != held_.end()) {
      held->second.seen = waits(delivery) ? std::make_unique<row>(at, std::move(delivery)) : nullptr;
      continue;
    }
    const auto before = begun.find(delivery.id);
    const bool is_same = before != begun.end() && before->second.second.state == delivery.state &&
                         before->second.second.attempt == delivery.attempt &&
                         before->second.second.deadline_at == delivery.deadline_at;
    if (is_same) {
      add(before->second.first, std::move(before->second.second));
    } else {
      add(at, std::move(delivery));
    }
    if (before != begun.end()) begun.erase(before);
  }
  if (with_begun) return;
  for (auto& [id, kept] : begun) add(kept.first, std::move(kept.second));
}

void agenda::put_back(domain::delivery what, base::timestamp at) {
  const auto held = held_.find(what.id);
  auto seen = held == held_.end() ? nullptr : std::move(held->second.seen);
  release(what.id);
  // Of the same attempt, so the row is not older than what the channel has recorded.
  const bool is_moved =
      seen && waits(what) && seen->second.attempt == what.attempt && seen->second.not_before != what.not_before;
  if (is_moved) return add(seen->first, std::move(seen->second));
  add(at, std::move(what));
}

std::optional<base::uuid> agenda::release(const base::uuid& delivery_id) {
  const auto found = held_.find(delivery_id);
  if (found == held_.end()) return std::nullopt;
  const auto channel_id = found->second.channel_id;
  held_.erase(found);
  forget(channel_id);
  return channel_id;
}

void agenda::release_channel(const base::uuid& channel_id) {
  std::erase_if(held_, [this, &channel_id](const auto& entry) {
    if (entry.second.channel_id != channel_id) return false;
    forget(channel_id);
    return true;
  });
}

std::vector<domain::delivery> agenda::take_due(base::timestamp now) {
  std::vector<domain::delivery> due;
  const auto end = by_time_.upper_bound(now);
  for (auto at = by_time_.begin(); at != end; ++at) {
    held_.emplace(at->second.id, holding{.channel_id = at->second.channel_id});
    due.push_back(std::move(at->second));
  }
  by_time_.erase(by_time_.begin(), end);
  return due;
}

std::optional<base::timestamp> agenda::next() const {
  if (by_time_.empty()) return std::nullopt;
  return by_time_.begin()->first;
}

std::size_t agenda::count(const base::uuid& channel_id) const {
  const auto found = of_channel_.find(channel_id);
  return found == of_channel_.end() ? 0 : found->second;
}

void agenda::add(base::timestamp at, domain::delivery what) {
  ++of_channel_[what.channel_id];
  by_time_.emplace(at, std::move(what));
}

void agenda::forget(const base::uuid& channel_id) {
  const auto found = of_channel_.find(channel_id);
  if (--found->second == 0) of_channel_.erase(found);
}

}  // namespace pulse::actors
