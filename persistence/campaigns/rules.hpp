// Automation rules as people keep them. Whatever changes a rule or a run locks the tenant first (tenant_lock), as the
// engine does before it begins a run: so what was acknowledged as switched off never begins.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/rule.hpp"
#include "domain/campaigns/rule_matching.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::rules {

/// The last time that a condition did not hold.
struct passed_over {
  base::timestamp at;
  domain::campaigns::condition condition = domain::campaigns::condition::hours;
};
BOOST_DESCRIBE_STRUCT(passed_over, (), (at, condition))

struct rule {
  base::uuid id;
  base::uuid project_id;
  std::optional<base::uuid> campaign_id;
  std::string name;
  domain::campaigns::rule_trigger trigger;
  domain::campaigns::rule_conditions conditions;
  domain::campaigns::rule_action action;
  domain::campaigns::missed_policy missed;
  bool is_enabled = true;
  int version = 1;
  std::optional<base::timestamp> next_run_at;  // of a feed: the next look
  int failures = 0;                            // runs in a row that have failed
  std::optional<rules::passed_over> passed_over;
  std::optional<std::string> feed_problem;  // why its feed could not be read the last time
  base::uuid created_by;
  base::timestamp created_at;
  base::timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(rule, (),
                      (id, project_id, campaign_id, name, trigger, conditions, action, missed, is_enabled, version,
                       next_run_at, failures, passed_over, feed_problem, created_by, created_at, updated_at))

/// One or none.
bound_query<rule> find(const base::uuid& id);

/// Of one project and one campaign, or of any, newest first.
bound_query<rule> list(const std::optional<base::uuid>& project_id, const std::optional<base::uuid>& campaign_id,
                       const page_bounds& page);

/// Those of a project that are on, at most domain::campaigns::most_rules_of_project.
bound_query<rule> list_on(const base::uuid& project_id);

/// The part of a project that its rules need; nothing if there is no such project.
struct project_of_rules {
  base::uuid id;
  std::string name;
  std::string time_zone;
};
BOOST_DESCRIBE_STRUCT(project_of_rules, (), (id, name, time_zone))
std::optional<project_of_rules> find_project(transaction& tx, const base::uuid& id);

/// What of the things that a rule names is there.
bool has_campaign(transaction& tx, const base::uuid& project_id, const base::uuid& campaign_id);
/// Whether the project's template has a prompt for an AI provider; nothing when there is no such template.
std::optional<bool> find_template_prompt(transaction& tx, const base::uuid& project_id, const base::uuid& template_id);
std::vector<base::uuid> find_missing_channels(transaction& tx, const base::uuid& project_id,
                                              const std::vector<base::uuid>& channel_ids);
std::vector<base::uuid> find_missing_members(transaction& tx, const std::vector<base::uuid>& member_ids);
/// The types of these channels of the project; of all active ones when none are named.
std::vector<domain::channel_type> find_channel_types(transaction& tx, const base::uuid& project_id,
                                                     const std::vector<base::uuid>& channel_ids);

/// Whatever is changed here is told as an event of the rule.

/// Stores the rule with its first version. False when the project has as many as it may.
bool insert(transaction& tx, const rule& made);

/// Stores the rule as its next version; false if `made.version - 1` is not the present one, or the rule was removed.
bool update(transaction& tx, const rule& made, const base::uuid& member_id);

/// Switches it on, from `next_run_at` and from the events after now, or off (nothing). False when there is none. Runs
/// that have not begun find it off.
bool enable(transaction& tx, const base::uuid& id, std::optional<base::timestamp> next_run_at,
            const base::uuid& member_id, base::timestamp now);
bool disable(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now);

/// Removes it from every list; its runs stay readable. False if there is none.
bool remove(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now);

/// Somebody must look at the tenant's rules at `at`, and where `listens` also at the events after now.
void lower_agenda(transaction& tx, base::timestamp at, bool listens);

struct version {
  int version = 1;
  std::string name;
  domain::campaigns::rule_trigger trigger;
  domain::campaigns::rule_conditions conditions;
  domain::campaigns::rule_action action;
  domain::campaigns::missed_policy missed;
  base::uuid changed_by;
  base::timestamp changed_at;
};
BOOST_DESCRIBE_STRUCT(version, (), (version, name, trigger, conditions, action, missed, changed_by, changed_at))

/// Versions of one answer, the newest.
inline constexpr int most_versions_listed = 100;
/// The newest first, at most `most_versions_listed`.
bound_query<version> list_versions(const base::uuid& rule_id);

}  // namespace pulse::persistence::rules
