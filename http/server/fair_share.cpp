#include "http/server/fair_share.hpp"

namespace pulse::http::server {

fair_share::answer fair_share::take(std::string_view holder, std::size_t amount) {
  const std::lock_guard lock{mutex_};
  if (amount > limit_ - held_) return answer::used_up;
  if (!holder.empty()) {
    auto& own = by_holder_[std::string{holder}];
    const auto wanted = own + amount;
    if (wanted > assured_ && wanted > limit_ - held_ - amount) {
      if (own == 0) by_holder_.erase(std::string{holder});
      return answer::share_used_up;
    }
    own = wanted;
  }
  held_ += amount;
  return answer::granted;
}

void fair_share::give_back(std::string_view holder, std::size_t amount) {
  const std::lock_guard lock{mutex_};
  held_ -= amount;
  if (holder.empty()) return;
  const auto own = by_holder_.find(std::string{holder});
  if (own == by_holder_.end()) return;
  own->second -= amount;
  if (own->second == 0) by_holder_.erase(own);
}

std::size_t fair_share::held() const {
  const std::lock_guard lock{mutex_};
  return held_;
}

fair_share::answer fair_share::claim::hold(std::size_t amount) {
  if (amount < amount_) from_->give_back(holder_, amount_ - amount);
  if (amount > amount_) {
    const auto got = from_->take(holder_, amount - amount_);
    if (got != answer::granted) return got;
  }
  amount_ = amount;
  return answer::granted;
}

}  // namespace pulse::http::server
