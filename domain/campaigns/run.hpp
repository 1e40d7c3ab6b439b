// A run: the execution of a rule for one moment, one event or one command. It is stored before anything happens.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include <boost/describe.hpp>

#include "base/time.hpp"

namespace pulse::domain::campaigns {

enum class run_state : std::uint8_t {
  queued,            // it waits for its turn, or for another try
  running,           // its owner works on it
  waiting_approval,  // what it has written waits for somebody's approval
  succeeded,         // (final)
  failed,     // it could not, and trying again would change nothing, or its tries are used up; a person may retry
  blocked,    // it must not: a guardrail, its campaign, a circle of rules, a rejection (final)
  cancelled,  // a person withdrew it, or its rule was switched off before it began (final)
};
BOOST_DESCRIBE_ENUM(run_state, queued, running, waiting_approval, succeeded, failed, blocked, cancelled)

enum class run_cause : std::uint8_t { schedule, event, feed, person };
BOOST_DESCRIBE_ENUM(run_cause, schedule, event, feed, person)

constexpr bool is_over(run_state state) {
  switch (state) {
    case run_state::queued:
    case run_state::running:
    case run_state::waiting_approval: return false;
    case run_state::succeeded:
    case run_state::failed:
    case run_state::blocked:
    case run_state::cancelled: return true;
  }
  return true;
}

/// Whether a person may retry it.
constexpr bool may_retry(run_state state) { return state == run_state::failed || state == run_state::blocked; }

/// Attempts before a run has failed.
inline constexpr int most_tries = 4;

/// When a run that failed for a temporary reason is retried after `tries` attempts; nothing when they are used up.
/// `not_before` is the other side's Retry-After, which is obeyed up to an hour.
std::optional<base::timestamp> next_try(int tries, base::timestamp now, std::optional<base::timestamp> not_before);

/// What keeps a run from starting: the first reason that applies.
enum class start_refusal : std::uint8_t {
  rule_off,        // its rule is switched off or removed, and no person asked for the run
  campaign_ended,  // its campaign is completed, removed, or outside its days
  campaign_rests,  // its campaign is a draft or paused
  project_paused,  // nothing starts while its project is paused
  company_paused,  // or the company
};
BOOST_DESCRIBE_ENUM(start_refusal, rule_off, campaign_ended, campaign_rests, project_paused, company_paused)

/// The final state of a run that may not start. Runs during a pause are not made up for afterwards: a company that
/// resumes must not publish about the day before yesterday.
constexpr run_state state_after(start_refusal why) {
  switch (why) {
    case start_refusal::rule_off: return run_state::cancelled;
    case start_refusal::campaign_ended:
    case start_refusal::campaign_rests:
    case start_refusal::project_paused:
    case start_refusal::company_paused: return run_state::blocked;
  }
  return run_state::blocked;
}

}  // namespace pulse::domain::campaigns
