#include "domain/campaigns/approval.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"

namespace pulse::domain::campaigns {

namespace {

template <class T>
bool contains(const std::vector<T>& all, const T& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool is_empty(const approvers& of) { return of.roles.empty() && of.member_ids.empty() && !of.by_link; }

bool is_among(const approvers& all, const approver& who) {
  if (!who.member_id) return all.by_link;
  return contains(all.member_ids, *who.member_id) || (who.role && contains(all.roles, *who.role));
}

bool is_author(const approval_question& of, const approver& who) {
  return who.member_id && contains(of.author_ids, *who.member_id);
}

bool is_escalated(const approval_policy& policy, const approval_question& of, base::timestamp at) {
  return policy.escalate_after_hours && at >= of.submitted_at + std::chrono::hours{*policy.escalate_after_hours};
}

/// Judges one step by the approvals given for it.
class step_judge {
 public:
  step_judge(const approval_policy& policy, const approval_step& step, const approval_question& of, std::size_t number)
      : policy_{policy}, step_{step}, of_{of} {
    for (const auto& each : of.approvals) {
      if (static_cast<std::size_t>(each.step) == number) given_.push_back(&each);
    }
  }

  bool is_complete() const {
    if (any([&](const approval& each) { return is_by_escalation(each) && may_be_alone(each); })) return true;
    if (step_.needs == approval_need::one_of) {
      return any([&](const approval& each) { return is_among(step_.approvers, each.by) && may_be_alone(each); });
    }
    return has_all() && any([&](const approval& each) { return may_be_alone(each); });
  }

 private:
  bool may_be_alone(const approval& each) const { return policy_.author_is_enough || !is_author(of_, each.by); }

  bool is_by_escalation(const approval& each) const {
    return is_escalated(policy_, of_, each.at) && is_among(policy_.escalate_to, each.by);
  }

  bool has_all() const {
    const auto& wanted = step_.approvers;
    const auto has_member = [&](const base::uuid& id) {
      return any([&](const approval& each) { return each.by.member_id == id; });
    };
    const auto has_role = [&](role one) {
      return any([&](const approval& each) { return each.by.member_id && each.by.role == one; });
    };
    return std::all_of(wanted.member_ids.begin(), wanted.member_ids.end(), has_member) &&
           std::all_of(wanted.roles.begin(), wanted.roles.end(), has_role) &&
           (!wanted.by_link || any([](const approval& each) { return !each.by.member_id; }));
  }

  template <class Test>
  bool any(Test test) const {
    return std::any_of(given_.begin(), given_.end(), [&](const approval* each) { return test(*each); });
  }

  const approval_policy& policy_;
  const approval_step& step_;
  const approval_question& of_;
  std::vector<const approval*> given_;
};

std::optional<approval_mistake> check_approvers(const approvers& of, const std::string& place) {
  if (of.member_ids.size() > most_approvers_of_step) {
    return approval_mistake{place + "/member_ids", "must name at most 50 members"};
  }
  if (of.roles.size() > 5) return approval_mistake{place + "/roles", "must name each role once"};
  return std::nullopt;
}

std::optional<approval_mistake> check_hours(const std::optional<int>& hours, const char* pointer) {
  if (!hours || (*hours >= 1 && *hours <= most_approval_hours)) return std::nullopt;
  return approval_mistake{pointer, fmt::format("must be from 1 to {} hours", most_approval_hours)};
}

std::optional<approval_mistake> check_step(const approval_step& step, const std::string& place) {
  const auto length = base::count_code_points(step.name);
  if (length == 0 || length > 80) return approval_mistake{place + "/name", "must be 1 to 80 characters long"};
  if (is_empty(step.approvers)) {
    return approval_mistake{place + "/approvers", "must name a role, a member, or whoever has a link"};
  }
  return check_approvers(step.approvers, place + "/approvers");
}

}  // namespace

std::optional<approval_mistake> check(const approval_policy& policy) {
  if (policy.steps.size() > most_approval_steps) return approval_mistake{"/steps", "must be at most 5"};
  for (std::size_t i = 0; i < policy.steps.size(); ++i) {
    if (auto wrong = check_step(policy.steps[i], "/steps/" + std::to_string(i))) return wrong;
  }
  if (auto wrong = check_hours(policy.remind_after_hours, "/remind_after_hours")) return wrong;
  if (auto wrong = check_hours(policy.escalate_after_hours, "/escalate_after_hours")) return wrong;
  if (policy.escalate_after_hours && is_empty(policy.escalate_to)) {
    return approval_mistake{"/escalate_to", "must name who may approve then"};
  }
  return check_approvers(policy.escalate_to, "/escalate_to");
}

std::vector<approval_step> steps_of(const approval_policy& policy) {
  if (!policy.steps.empty()) return policy.steps;
  return {
      {.name = "Approval",
       .needs = approval_need::one_of,
       .approvers = {
           .roles = {role::owner, role::admin, role::team_leader, role::member}, .member_ids = {}, .by_link = true}}};
}

std::size_t waiting_step(const approval_policy& policy, const approval_question& of) {
  const auto steps = steps_of(policy);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!step_judge{policy, steps[i], of, i}.is_complete()) return i;
  }
  return steps.size();
}

std::optional<std::string> refusal(const approval_policy& policy, const approval_question& of, const approver& who,
                                   base::timestamp now) {
  const auto steps = steps_of(policy);
  const auto at = waiting_step(policy, of);
  if (at == steps.size()) return "Everybody who must approve this has done so.";
  const auto& step = steps[at];
  const bool is_substitute = is_escalated(policy, of, now) && is_among(policy.escalate_to, who);
  if (!is_among(step.approvers, who) && !is_substitute) {
    return fmt::format("This waits for the step \"{}\", on which you do not decide.", step.name);
  }
  if (step.needs == approval_need::one_of && is_author(of, who) && !policy.author_is_enough) {
    return "You wrote this: somebody else must approve it.";
  }
  return std::nullopt;
}

std::optional<int> hours_until(const approval_policy& policy, approval_notice what) {
  switch (what) {
    case approval_notice::reminder: return policy.remind_after_hours;
    case approval_notice::escalation: return policy.escalate_after_hours;
  }
  return std::nullopt;
}

bool is_told(const approval_policy& policy, const approval_question& of, const approver& who, approval_notice what,
             base::timestamp now) {
  if (!who.role || !allows(*who.role, permission::decide_content) || refusal(policy, of, who, now)) return false;
  const auto step = static_cast<int>(waiting_step(policy, of));
  const auto has_approved = [&](const approval& each) {
    return each.step == step && each.by.member_id == who.member_id;
  };
  if (std::any_of(of.approvals.begin(), of.approvals.end(), has_approved)) return false;
  switch (what) {
    case approval_notice::reminder: return true;
    case approval_notice::escalation: return refusal(policy, of, who, of.submitted_at).has_value();
  }
  return false;
}

}  // namespace pulse::domain::campaigns
