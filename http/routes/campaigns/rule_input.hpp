// What a person may say of a rule, and the judging of it.
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
  std::optional<domain::campaigns::missed_policy> missed;  // the last one when left out
  std::optional<bool> is_enabled;                          // true when left out
};
BOOST_DESCRIBE_STRUCT(create_rule_request, (),
                      (project_id, campaign_id, name, trigger, conditions, action, missed, is_enabled))

struct update_rule_request {
  base::nullable<base::uuid> campaign_id;  // null: none
  std::optional<rule_name> name;
  std::optional<domain::campaigns::rule_trigger> trigger;        // all of it
  std::optional<domain::campaigns::rule_conditions> conditions;  // all of them
  std::optional<domain::campaigns::rule_action> action;          // all of it
  std::optional<domain::campaigns::missed_policy> missed;
  std::optional<base::bounded_int<1, 1'000'000'000>> version;  // that was read: 409 when it has changed since
};
BOOST_DESCRIBE_STRUCT(update_rule_request, (), (campaign_id, name, trigger, conditions, action, missed, version))

struct preview_rule_request {
  base::uuid project_id;
  domain::campaigns::rule_trigger trigger;
  std::optional<base::bounded_int<1, 50>> count;  // 10 when left out
};
BOOST_DESCRIBE_STRUCT(preview_rule_request, (), (project_id, trigger, count))

/// What nobody has said is set: an interval begins with the minute.
void settle(domain::campaigns::rule_trigger& trigger, base::timestamp now);

/// All that is wrong with the rule by its words.
std::vector<field_error> check_rule(const persistence::rules::rule& of, std::string_view time_zone, base::timestamp now,
                                    bool is_loopback_allowed);

/// What is wrong with it by what is there: a campaign, template, channel or member that is not, or rules that would set each other off
/// for ever.
std::optional<problem> check_rule_in(persistence::transaction& tx, const persistence::rules::rule& of);

/// When it is to be looked at first; nothing: it waits for events, or is off.
std::optional<base::timestamp> first_look(const persistence::rules::rule& of, std::string_view time_zone,
                                          base::timestamp now);

}  // namespace pulse::http::routes
