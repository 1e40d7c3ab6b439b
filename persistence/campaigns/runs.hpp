// Runs of rules as people see them, and what people may tell them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/run.hpp"
#include "domain/campaigns/run_trace.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::runs {

struct run {
  base::uuid id;
  base::uuid rule_id;
  std::string rule_name;  // as it is called now
  int rule_version = 1;   // by which it goes
  base::uuid project_id;
  std::optional<base::uuid> campaign_id;
  domain::campaigns::run_state state = domain::campaigns::run_state::queued;
  domain::campaigns::run_cause cause = domain::campaigns::run_cause::schedule;
  std::optional<base::timestamp> moment;
  std::optional<std::int64_t> event_id;
  int depth = 0;  // rules whose runs led to it
  std::optional<base::uuid> template_id;
  std::optional<int> template_version;
  std::optional<base::uuid> content_id;
  std::optional<base::uuid> post_id;
  int attempts = 0;
  base::timestamp not_before;  // while it is queued: it does not begin earlier
  std::optional<std::string> error;
  std::optional<base::uuid> requested_by;
  base::timestamp created_at;
  std::optional<base::timestamp> started_at;
  std::optional<base::timestamp> finished_at;
};
BOOST_DESCRIBE_STRUCT(run, (),
                      (id, rule_id, rule_name, rule_version, project_id, campaign_id, state, cause, moment, event_id,
                       depth, template_id, template_version, content_id, post_id, attempts, not_before, error,
                       requested_by, created_at, started_at, finished_at))

/// One or none.
bound_query<run> find(const base::uuid& id);

/// What a list of runs is narrowed by; each may be left out.
struct narrowing {
  std::optional<base::uuid> project_id{};
  std::optional<base::uuid> rule_id{};
  std::optional<domain::campaigns::run_state> state{};
  std::optional<base::uuid> post_id{};
};

/// Newest first.
bound_query<run> list(const narrowing& by, const page_bounds& page);

struct recorded_step {
  std::int64_t id = 0;
  base::timestamp at;
  std::string kind;  // as domain::campaigns::run_step_kind
  boost::json::object facts;
};
BOOST_DESCRIBE_STRUCT(recorded_step, (), (id, at, kind, facts))

/// Steps of one run that are read.
inline constexpr int most_steps = 1'000;
/// Oldest first, at most `most_steps`.
bound_query<recorded_step> list_steps(const base::uuid& run_id);

/// Appends steps to a run's trace, in order.
void append(transaction& tx, const base::uuid& run_id, std::span<const domain::campaigns::run_step> steps,
            base::timestamp at);

/// Makes the run that a person asks for, of the rule as it is now; the rule need not be on. False when there is no such
/// rule.
bool insert_asked(transaction& tx, const base::uuid& id, const base::uuid& rule_id, const base::uuid& member_id,
                  base::timestamp now);

// Each of these is one guarded step; false: there is no such run, or its state has changed.

/// Withdraws a run that is not over. What it has written stays.
bool cancel(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now);

/// Has a run that failed or was held back tried once more, with all its tries.
bool retry(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now);

/// Removes at most `limit` runs that were over before `before`, whoever's, with the events of their traces, the longest
/// over first; how many. A run whose content has not gone out yet stays, and so does one whose content went out later
/// than `before`: rules that hear of that look for the run, to find circles. As the engine, without a tenant.
int forget(transaction& tx, base::timestamp before, int limit);

}  // namespace pulse::persistence::runs
