// Whether and when content or a post goes out, as far as approval and guardrails are concerned.
#pragma once

#include "base/time.hpp"
#include "domain/campaigns/approval.hpp"
#include "domain/campaigns/content.hpp"
#include "domain/campaigns/guardrails.hpp"

namespace pulse::domain::campaigns {

/// Whether content of this state is approved, or needs no approval: neither by the policy nor because a guardrail asked
/// for it.
bool is_cleared(content_state state, bool needs_approval, const approval_policy& policy);

/// How somebody wants to respond to the guardrails: take the free time, or override them.
struct release_wish {
  base::timestamp at;             // when it is to go out
  bool takes_other_time = false;  // goes out at the time that the guardrails name, where they name one
  bool overrides = false;         // has the right to go against them, and has given a reason
};

struct release {
  base::timestamp at;          // when it goes out, unless it is held
  bool is_held = false;        // the guardrails keep it from going out
  bool is_overridden = false;  // it goes out against them
};

/// The consequence of the guardrails' verdicts.
release decide_release(const judgement& by, const release_wish& wish);

}  // namespace pulse::domain::campaigns
