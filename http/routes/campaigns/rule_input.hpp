// The request fields of a rule, and their checks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/bounded_int.hpp"
#include "base/nullable.hpp"
#include "base/text.hpp"
#include "domain/campaigns/rule.hpp"
#include "http/api/problem.hpp"
#include "persistence/campaigns/rules.hpp"

namespace pulse::http::routes {

using rule_name = base::text<1, 120>;

struct create_rule_request {
  base::uuid project_id;
  std::optional<base::uuid> campaign_id;
  rule_name name;
  domain::campaigns::rule_trigger trigger;
  std::optional<domain::campaigns::rule_conditions> conditions;
  domain::campaigns::rule_action action;
  std::optional<domain::campaigns::missed_policy> missed;  // default: the last one
  std::optional<bool> is_enabled;                          // default: true
};
BOOST_DESCRIBE_STRUCT(create_rule_request, (),
                      (project_id, campaign_id, name, trigger, conditions, action, missed, is_enabled))

struct update_rule_request {
  base::nullable<base::uuid> campaign_id;  // null: none
  std::optional<rule_name> name;
  std::optional<domain::campaigns::rule_trigger> trigger;        // a full replacement
  std::optional<domain::campaigns::rule_conditions> conditions;  // a full replacement
  std::optional<domain::campaigns::rule_action> action;          // a full replacement
  std::optional<domain::campaigns::missed_policy> missed;
  std::optional<base::bounded_int<1, 1'000'000'000>> version;  // the one that was read: 409 when it has changed since
};
BOOST_DESCRIBE_STRUCT(update_rule_request, (), (campaign_id, name, trigger, conditions, action, missed, version))

struct preview_rule_request {
  base::uuid project_id;
  domain::campaigns::rule_trigger trigger;
  std::optional<base::bounded_int<1, 50>> count;  // default: 10
};
BOOST_DESCRIBE_STRUCT(preview_rule_request, (), (project_id, trigger, count))

/// Sets the defaults of omitted fields: an interval begins with the present minute.
void settle(domain::campaigns::rule_trigger& trigger, base::timestamp now);

/// Checks the rule's fields by themselves.
std::vector<field_error> check_rule(const persistence::rules::rule& of, std::string_view time_zone, base::timestamp now,
                                    bool is_loopback_allowed);

/// Checks the rule against the project: a campaign, template, channel or member that does not exist, or rules that
/// would set each other off for ever.
std::optional<problem> check_rule_in(persistence::transaction& tx, const persistence::rules::rule& of);

/// When the rule is evaluated first. Nothing when it waits for events, or is off.
std::optional<base::timestamp> first_look(const persistence::rules::rule& of, std::string_view time_zone,
                                          base::timestamp now);

}  // namespace pulse::http::routes
