// Who must approve content before it goes out, and which approvals an item has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/people/permission.hpp"

namespace pulse::domain::campaigns {

inline constexpr std::size_t most_approval_steps = 5;
inline constexpr std::size_t most_approvers_of_step = 50;
inline constexpr int most_approval_hours = 24 * 30;

/// How many of a step's approvers must approve.
enum class approval_need : std::uint8_t {
  one_of,  // any of them
  all_of,  // every member that it names, one of each role, and a link for review where it wants one
};
BOOST_DESCRIBE_ENUM(approval_need, one_of, all_of)

struct approvers {
  std::vector<role> roles = {};
  std::vector<base::uuid> member_ids = {};
  bool by_link = false;  // anybody with a review link that may decide

  friend bool operator==(const approvers&, const approvers&) = default;
};
BOOST_DESCRIBE_STRUCT(approvers, (), (roles, member_ids, by_link))

struct approval_step {
  std::string name = {};  // "Editors"
  approval_need needs = approval_need::one_of;
  campaigns::approvers approvers = {};

  friend bool operator==(const approval_step&, const approval_step&) = default;
};
BOOST_DESCRIBE_STRUCT(approval_step, (), (name, needs, approvers))

/// A project's policy: its steps are taken one after the other. Without steps nothing needs approval; if a guardrail
/// asks for one all the same, anybody who may decide is enough.
struct approval_policy {
  std::vector<approval_step> steps = {};
  bool author_is_enough = false;                         // who wrote it may be the only one who approves it
  std::optional<int> remind_after_hours = std::nullopt;  // after it was handed in
  std::optional<int> escalate_after_hours =
      std::nullopt;  // from then on those below may approve in the place of whoever has not
  campaigns::approvers escalate_to = {};
};
BOOST_DESCRIBE_STRUCT(approval_policy, (),
                      (steps, author_is_enough, remind_after_hours, escalate_after_hours, escalate_to))

/// Why a policy cannot be as it is: a JSON pointer into it, and the end of a sentence.
struct approval_mistake {
  std::string pointer;
  std::string problem;
};
std::optional<approval_mistake> check(const approval_policy& policy);

/// The person who decides: a member with their present role, or the holder of a review link.
struct approver {
  std::optional<base::uuid> member_id = std::nullopt;  // none: by a link
  std::optional<domain::role> role = std::nullopt;
};

/// An approval of the version in question, in the present round.
struct approval {
  int step = 0;
  approver by = {};
  base::timestamp at = {};
};

/// The item that is decided about.
struct approval_question {
  std::vector<base::uuid> author_ids = {};  // of it and of its present words
  base::timestamp submitted_at = {};
  std::vector<approval> approvals = {};
};

/// The steps in force: the policy's, or a single one that anybody who may decide completes.
std::vector<approval_step> steps_of(const approval_policy& policy);

/// The first step that is not complete; the number of steps when all are.
std::size_t waiting_step(const approval_policy& policy, const approval_question& of);

/// Why `who` may not decide on the step that waits, as a sentence; nothing when they may.
std::optional<std::string> refusal(const approval_policy& policy, const approval_question& of, const approver& who,
                                   base::timestamp now);

/// What is sent about content that waits.
enum class approval_notice : std::uint8_t {
  reminder,    // to those who may decide
  escalation,  // to those who may from now on
};
BOOST_DESCRIBE_ENUM(approval_notice, reminder, escalation)

/// After how many hours it is sent; nothing where the policy sends none.
std::optional<int> hours_until(const approval_policy& policy, approval_notice what);

/// Whether `who` gets the notice at `now`: they may decide and have not yet. Of an escalation: they may decide only
/// because of it.
bool is_told(const approval_policy& policy, const approval_question& of, const approver& who, approval_notice what,
             base::timestamp now);

}  // namespace pulse::domain::campaigns
