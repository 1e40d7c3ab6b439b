// A run as the engine works on it: every step is guarded by the owner's fence and by the state that it leaves.
// Transactions name their tenant, as the engine.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/content.hpp"
#include "domain/campaigns/rule.hpp"
#include "domain/campaigns/rule_moments.hpp"
#include "domain/campaigns/run.hpp"
#include "persistence/campaigns/rule_agenda.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::run_work {

/// A run that its owner has begun, or gone on with, with all that its rule says; or why it must not.
struct begun {
  base::uuid id;
  base::uuid rule_id;
  std::string rule_name;
  int rule_version = 1;
  base::uuid project_id;
  std::string project_name;
  std::string time_zone;
  std::optional<base::uuid> campaign_id;
  std::string campaign_name;
  std::string campaign_goal;
  std::vector<std::string> labels;               // of the campaign
  std::vector<base::uuid> campaign_channel_ids;  // none: all of the project
  domain::campaigns::run_state was = domain::campaigns::run_state::queued;
  std::optional<std::int64_t> was_fence;  // under which somebody worked on it before
  domain::campaigns::run_state state = domain::campaigns::run_state::running;
  std::optional<domain::campaigns::start_refusal> refusal;  // then it is over
  domain::campaigns::run_cause cause = domain::campaigns::run_cause::schedule;
  std::optional<base::timestamp> moment;
  std::map<std::string, std::string> about;
  int depth = 0;
  int attempts = 1;
  std::optional<boost::json::object> ai_answer;
  std::optional<base::uuid> content_id;
  std::optional<int> template_version;
  domain::campaigns::rule_conditions conditions;
  domain::campaigns::rule_action action;
  domain::campaigns::missed_policy missed;
  base::uuid created_by;  // of the rule
};
BOOST_DESCRIBE_STRUCT(begun, (),
                      (id, rule_id, rule_name, rule_version, project_id, project_name, time_zone, campaign_id,
                       campaign_name, campaign_goal, labels, campaign_channel_ids, was, was_fence, state, refusal,
                       cause, moment, about, depth, attempts, ai_answer, content_id, template_version, conditions,
                       action, missed, created_by))

/// Begins a run that waits, goes on with one that somebody left, or with one whose content was decided about: in one
/// statement, which also sees whether its rule is on, its campaign active, and nothing paused. Where that is not so the
/// run is over, and `refusal` says why. Nothing when there is nothing to begin, or the tenant has another owner.
std::optional<begun> begin(transaction& tx, const rule_agenda::owner& by, const base::uuid& run_id,
                           base::timestamp now);

/// The result of work on a run.
struct ending {
  base::uuid run_id;
  domain::campaigns::run_state state = domain::campaigns::run_state::succeeded;
  std::optional<std::string> error = std::nullopt;
  std::optional<base::timestamp> not_before = std::nullopt;  // queued: tried again then
  std::optional<base::uuid> content_id = std::nullopt;
  std::optional<base::uuid> post_id = std::nullopt;
  std::optional<base::uuid> template_id = std::nullopt;
  std::optional<int> template_version = std::nullopt;
};
/// False: it is not being worked on any more, or the tenant has another owner; nothing else of the transaction may then
/// stand.
bool end(transaction& tx, const rule_agenda::owner& by, const ending& with, base::timestamp now);

/// Stores the AI provider's answer, so that it is not asked twice. False as for `end`.
bool keep_answer(transaction& tx, const rule_agenda::owner& by, const base::uuid& run_id,
                 const boost::json::object& answer, base::timestamp now);

/// Counts runs in a row that have failed; switches the rule off when there were so many. True then.
bool count_failure(transaction& tx, const base::uuid& rule_id, int most, base::timestamp now);
void forget_failures(transaction& tx, const base::uuid& rule_id);

/// Takes the list of runs skipped since the last one, for this one's trace.
std::optional<domain::campaigns::left_out> take_left_out(transaction& tx, const base::uuid& rule_id);

/// For trying a rule out, in a transaction that is rolled back: the run is about `values`, and the tenant is
/// somebody's, `node_id`'s where it was nobody's. Its owner.
rule_agenda::owner pretend(transaction& tx, const base::uuid& node_id, const base::uuid& run_id,
                           const std::map<std::string, std::string>& values, base::timestamp now);

/// Why the content was rejected, by the last who did.
std::string find_rejection(transaction& tx, const base::uuid& content_id);

struct recipient {
  base::uuid id;
  std::string email;
  std::string display_name;
};
BOOST_DESCRIBE_STRUCT(recipient, (), (id, email, display_name))
/// Those of the members who are active and whose address is confirmed.
std::vector<recipient> find_recipients(transaction& tx, const std::vector<base::uuid>& member_ids);

/// When posts of the project to any of these channels are planned, from `from` to before `until`.
std::vector<base::timestamp> find_planned(transaction& tx, const base::uuid& project_id,
                                          const std::vector<base::uuid>& channel_ids, base::timestamp from,
                                          base::timestamp until);

}  // namespace pulse::persistence::run_work
