#include "domain/engine/lease.hpp"

#include <utility>

namespace pulse::domain {

void lease_standing::begin(lease_moment now) {
  is_entered_ = false;
  begun_at_ = now;
}

lease_question lease_standing::ask(lease_moment now) {
  asked_at_ = now;
  return is_entered_ ? lease_question::renew : lease_question::enter;
}

bool lease_standing::granted() { return !std::exchange(is_entered_, true); }

}  // namespace pulse::domain
