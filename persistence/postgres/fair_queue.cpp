#include "persistence/postgres/fair_queue.hpp"

#include <algorithm>
#include <utility>

namespace pulse::persistence {

void fair_queue::put_in_turn(const key& of, lane& in, bool first) {
  const bool has_room = at_once_ == 0 || in.running < at_once_;
  if (in.in_turn || in.waiting.empty() || !has_room) return;
  in.in_turn = true;
  if (first) {
    turns_.push_front(of);
  } else {
    turns_.push_back(of);
  }
}

void fair_queue::drop_if_unused(lanes::iterator at) {
  if (at->second.waiting.empty() && at->second.running == 0 && !at->second.in_turn) lanes_.erase(at);
}

bool fair_queue::has_room_for(const key& of, std::size_t limit) const {
  if (size_ >= limit) return false;
  if (at_once_ == 0) return true;
  const auto own = lanes_.find(of);
  const auto wanted = (own == lanes_.end() ? 0 : own->second.waiting.size()) + 1;
  return wanted <= limit - size_ - 1 || wanted <= limit / 16;
}

void fair_queue::push(entry one) {
  const auto of = one->bound.tenant_id;
  auto& in = lanes_[of];
  in.waiting.push_back(std::move(one));
  ++size_;
  put_in_turn(of, in, false);
}

void fair_queue::push_front(entry one) {
  const auto of = one->bound.tenant_id;
  auto& in = lanes_[of];
  in.waiting.push_front(std::move(one));
  ++size_;
  put_in_turn(of, in, true);
}

fair_queue::entry fair_queue::take() {
  const auto of = turns_.front();
  turns_.pop_front();
  auto& in = lanes_.find(of)->second;
  in.in_turn = false;
  auto next = std::move(in.waiting.front());
  in.waiting.pop_front();
  --size_;
  ++in.running;
  put_in_turn(of, in, false);
  return next;
}

void fair_queue::done(const std::optional<base::uuid>& tenant_id) {
  const auto at = lanes_.find(tenant_id);
  if (at == lanes_.end()) return;
  --at->second.running;
  put_in_turn(tenant_id, at->second, false);
  drop_if_unused(at);
}

fair_queue::lanes::const_iterator fair_queue::find_oldest() const {
  return std::min_element(lanes_.begin(), lanes_.end(), [](const auto& a, const auto& b) {
    if (a.second.waiting.empty() || b.second.waiting.empty()) return !a.second.waiting.empty();
    return a.second.waiting.front()->submitted < b.second.waiting.front()->submitted;
  });
}

std::optional<fair_queue::time> fair_queue::oldest() const {
  if (size_ == 0) return std::nullopt;
  return find_oldest()->second.waiting.front()->submitted;
}

fair_queue::entry fair_queue::take_oldest() {
  const auto at = lanes_.find(find_oldest()->first);
  auto& in = at->second;
  auto taken = std::move(in.waiting.front());
  in.waiting.pop_front();
  --size_;
  if (in.waiting.empty() && in.in_turn) {
    turns_.erase(std::find(turns_.begin(), turns_.end(), at->first));
    in.in_turn = false;
  }
  drop_if_unused(at);
  return taken;
}

}  // namespace pulse::persistence
