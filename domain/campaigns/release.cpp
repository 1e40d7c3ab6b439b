#include "domain/campaigns/release.hpp"

namespace pulse::domain::campaigns {

bool is_cleared(content_state state, bool needs_approval, const approval_policy& policy) {
  if (state == content_state::approved) return true;
  return state == content_state::draft && !needs_approval && policy.steps.empty();
}

release decide_release(const judgement& by, const release_wish& wish) {
  const bool may_pass = by.kind == verdict_kind::allow || (by.kind == verdict_kind::move_to && wish.takes_other_time);
  if (may_pass) return {.at = by.at};
  return {.at = wish.at, .is_held = !wish.overrides, .is_overridden = wish.overrides};
}

}  // namespace pulse::domain::campaigns
