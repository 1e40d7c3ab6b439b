// What a company's rules have to do, as the engine looks at it: moments that have come, events that were committed,
// runs that are open. All of it in one transaction that names its tenant, as the engine, under the owner's fence.
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
#include "domain/campaigns/rule.hpp"
#include "domain/campaigns/rule_matching.hpp"
#include "domain/campaigns/rule_moments.hpp"
#include "domain/campaigns/run.hpp"
#include "domain/publishing/post.hpp"
#include "persistence/campaigns/rules.hpp"
#include "persistence/events/stream.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::rule_agenda {

/// Whose fence the engine acts under.
struct owner {
  base::uuid node_id;
  std::int64_t fence = 0;
};

/// How far the stream was read, and whether anybody listens.
struct agenda {
  bool listens = false;
  std::int64_t event_transaction = 0;
  std::int64_t event_id = 0;
};
BOOST_DESCRIBE_STRUCT(agenda, (), (listens, event_transaction, event_id))

/// Locks the tenant against commands of people, and its agenda against others who look. Nothing when it has no rules,
/// or another owner.
std::optional<agenda> lock(transaction& tx, const owner& by);

/// A rule whose moment has come.
struct due_rule {
  base::uuid id;
  int version = 1;
  base::uuid project_id;
  std::optional<base::uuid> campaign_id;
  domain::campaigns::rule_trigger trigger;
  domain::campaigns::rule_conditions conditions;
  domain::campaigns::missed_policy missed;
  base::timestamp next_run_at;
  std::optional<domain::campaigns::left_out> left_out;
  std::string time_zone;
};
BOOST_DESCRIBE_STRUCT(due_rule, (),
                      (id, version, project_id, campaign_id, trigger, conditions, missed, next_run_at, left_out,
                       time_zone))

/// Rules as they were read. A row that this version cannot read does not stop the others.
template <class Rule>
struct read_rules {
  std::vector<Rule> rules = {};
  std::vector<base::uuid> unreadable = {};
};

read_rules<due_rule> select_due(transaction& tx, base::timestamp now, int limit);

/// What became of a rule's moments.
struct advance {
  base::uuid rule_id;
  std::optional<base::timestamp> next_run_at;
  std::optional<domain::campaigns::left_out> left_out;
  std::optional<rules::passed_over> passed_over;
};
void store(transaction& tx, std::span<const advance> advances);

/// A rule that waits for events.
struct listening_rule {
  base::uuid id;
  int version = 1;
  base::uuid project_id;
  std::optional<base::uuid> campaign_id;
  domain::campaigns::rule_trigger trigger;
  domain::campaigns::rule_conditions conditions;
  std::int64_t event_transaction = 0;
  std::int64_t event_id = 0;
  std::string time_zone;
};
BOOST_DESCRIBE_STRUCT(listening_rule, (),
                      (id, version, project_id, campaign_id, trigger, conditions, event_transaction, event_id,
                       time_zone))

/// At most 5,000.
read_rules<listening_rule> select_listening(transaction& tx);

/// A rule that cannot be worked on: switched off, with the event RuleStopped that says `why` in a sentence. False when
/// it was off.
bool stop_rule(transaction& tx, const base::uuid& rule_id, const std::string& why, base::timestamp now);

/// Further facts about an event.
struct event_context {
  std::int64_t event_id = 0;
  base::uuid project_id;
  std::optional<base::uuid> campaign_id;
  std::string campaign_name;
  std::vector<std::string> labels;
  std::string title;
  std::string text;
  std::optional<domain::post_state> post_status;
  bool is_last = true;  // of what its post's deliveries have come to
  std::vector<std::string> channel_types;
  std::string channel_name;
  std::string url;
  std::vector<base::uuid> origin;  // rules whose runs led to it
};
BOOST_DESCRIBE_STRUCT(event_context, (),
                      (event_id, project_id, campaign_id, campaign_name, labels, title, text, post_status, is_last,
                       channel_types, channel_name, url, origin))

std::vector<event_context> find_contexts(transaction& tx, std::span<const events::placed_event> of);

/// A run to be made.
struct new_run {
  base::uuid id;
  base::uuid rule_id;
  int rule_version = 1;
  base::uuid project_id;
  std::optional<base::uuid> campaign_id;
  domain::campaigns::run_state state = domain::campaigns::run_state::queued;  // or blocked, from its beginning
  domain::campaigns::run_cause cause = domain::campaigns::run_cause::schedule;
  std::optional<base::timestamp> moment;
  std::optional<std::int64_t> event_id;
  std::optional<base::uuid> item_id;
  std::map<std::string, std::string> about;  // the event's data, as a template's values
  std::vector<base::uuid> origin;
  std::optional<std::string> error;
};

/// Makes the runs; those that there are already, for this moment, event or item, are left as they are. The ids of the
/// new ones.
std::vector<base::uuid> insert_runs(transaction& tx, std::span<const new_run> runs, base::timestamp now);

/// Runs that wait to be worked on, or that somebody was working on; those that wait longest first.
std::vector<base::uuid> select_open(transaction& tx, base::timestamp now, int limit);

/// Runs whose content somebody has decided about.
std::vector<base::uuid> select_decided(transaction& tx, int limit);

struct next_look {
  std::optional<base::timestamp> at;  // of rules, and of runs that are to be tried again; later than now
  bool listens = false;
};
/// Sets when somebody must look again; what is open keeps it in the past, so that whoever dies now is followed by
/// somebody who looks.
next_look settle(transaction& tx, const events::cursor& read_to, base::timestamp now);

// --- feeds -----------------------------------------------------------------------------------------------------------

/// What a rule knows of its feed.
struct feed {
  std::string url;
  std::string etag;
  std::string modified;
  bool is_known = false;
  int failures = 0;
};
BOOST_DESCRIBE_STRUCT(feed, (), (url, etag, modified, is_known, failures))

std::optional<feed> find_feed(transaction& tx, const base::uuid& rule_id);

/// How a look at a feed went.
struct feed_look {
  base::uuid rule_id;
  feed now;
  std::optional<std::string> problem;
  base::timestamp at;
};
void store(transaction& tx, const feed_look& look);

/// Items that a rule remembers: those that a feed shows may come back.
inline constexpr int most_items_remembered = 5'000;
/// Remembers the items; the ids of those that were not known.
std::vector<base::uuid> remember_items(transaction& tx, const base::uuid& rule_id, const std::vector<base::uuid>& ids,
                                       base::timestamp now);

/// A rule by itself, locked against being changed; nothing when it is off, or its feed is another one.
std::optional<due_rule> lock_rule(transaction& tx, const base::uuid& rule_id);

/// Tenants with rules to look at before `until`, or with events that their rules have not heard of, that no other
/// living node owns. $1 node, $2 until, $3 now, $4 limit.
std::vector<base::uuid> tenants_with_rules(transaction& tx, const base::uuid& node_id, base::timestamp until,
                                           base::timestamp now, int limit);

/// Whether a tenant's rules are to be looked at before `until`, listen, or have open runs.
struct need {
  std::optional<base::timestamp> look_at;
  bool listens = false;
};
BOOST_DESCRIBE_STRUCT(need, (), (look_at, listens))
std::optional<need> find_need(transaction& tx, const base::uuid& tenant_id);

}  // namespace pulse::persistence::rule_agenda
