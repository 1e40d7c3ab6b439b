#include "actors/budgets/slot_questions.hpp"

#include <algorithm>
#include <utility>

namespace pulse::actors {

void slot_questions::add(ask one, monotonic_time at) { asks_.push_back({std::move(one), at}); }

void slot_questions::tell(const word& newer) {
  const auto before = word_ ? word_->told.blocked_until : base::timestamp{};
  word_ = newer;
  word_->told.blocked_until = std::max(newer.told.blocked_until, before);
}

std::optional<slot_questions::question> slot_questions::next(monotonic_time at) {
  if (is_under_way_ || (asks_.empty() && !word_)) return std::nullopt;
  is_under_way_ = true;
  question made;
  made.told = std::exchange(word_, std::nullopt);
  while (!asks_.empty() && made.asks.size() < most_together) {
    auto& first = asks_.front();
    if (!made.asks.empty() && first.what.budget != made.asks.front().budget) break;
    const auto waited = std::chrono::duration_cast<std::chrono::microseconds>(at - first.since);
    made.now = std::max<base::timestamp>(made.now, first.what.now + waited);
    made.asks.push_back(std::move(first.what));
    asks_.pop_front();
  }
  return made;
}

std::vector<slot_questions::ask> slot_questions::failed() {
  is_under_way_ = false;
  std::vector<ask> behind;
  for (auto& each : asks_) behind.push_back(std::move(each.what));
  asks_.clear();
  return behind;
}

}  // namespace pulse::actors
