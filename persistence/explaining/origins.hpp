// The origin of a post: the content, the rule's run and its version, and who approved it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::origins {

/// Who approved the text that went out.
struct origin_approval {
  std::string by;  // a member's name, or a review link's
  base::timestamp at;
  bool is_override = false;  // scheduled against the guardrails
};
BOOST_DESCRIBE_STRUCT(origin_approval, (), (by, at, is_override))

struct origin {
  base::uuid content_id;
  int content_version = 1;
  std::optional<base::uuid> rule_id;
  std::optional<std::string> rule_name;  // as the version has it
  std::optional<int> rule_version;
  std::optional<base::uuid> run_id;
  std::optional<int> template_version;
  std::vector<origin_approval> approvals = {};
};
BOOST_DESCRIBE_STRUCT(origin, (),
                      (content_id, content_version, rule_id, rule_name, rule_version, run_id, template_version,
                       approvals))

/// Nothing for a post that was written as one.
std::optional<origin> find(transaction& tx, const base::uuid& post_id);

}  // namespace pulse::persistence::origins
