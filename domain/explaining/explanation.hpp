// Why a delivery went out when it did, or why it has not: its recorded events in order and in sentences, with the rule
// and the figures of every step. Pure: rows in, sentences out; nothing is decided here.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/events/facts.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"
#include "domain/publishing/outcome.hpp"
#include "domain/publishing/parts_out.hpp"
#include "domain/publishing/retry.hpp"

namespace pulse::domain {

/// What happened in a step. The names are the API's: they keep their meaning, and more may come.
enum class step_kind {
  written,          // somebody wrote the post
  edited,           // somebody changed its words
  deleted,          // somebody took it out
  scheduled,        // somebody gave it a time, or another one
  requested,        // somebody asked for it to go out at once
  cancelled,        // somebody withdrew it
  paused,           // somebody paused the channel, the project or the company
  resumed,          // and let it go on
  channel_off,      // the channel was switched off
  channel_on,       // and on again
  due,              // its time came
  throttled,        // a budget of posts was used up: it had to wait
  permitted,        // the budgets let it start
  attempt_begun,    // the intent was committed
  first_byte,       // the first byte left for the platform
  published,        // the platform has it
  failed,           // it was refused for good, or its attempts are used up
  retry_scheduled,  // it is to be tried again
  outcome_unknown,  // bytes may have left and no answer tells what became of them
  reconciled,       // the platform was asked what became of an attempt
  unconfirmed,      // nobody can tell but a person
  missed,           // too late, by its lateness policy
  asked,            // late, and a person was asked
  decided,          // a person decided: send it after all, send it again, it is live, drop it
  noted,            // something else that was recorded, in the words of then
};
BOOST_DESCRIBE_ENUM(step_kind, written, edited, deleted, scheduled, requested, cancelled, paused, resumed, channel_off,
                    channel_on, due, throttled, permitted, attempt_begun, first_byte, published, failed,
                    retry_scheduled, outcome_unknown, reconciled, unconfirmed, missed, asked, decided, noted)

/// What a delivery waits for now.
enum class wait_kind {
  schedule,  // a draft: nobody has given it a time
  time,      // its time is to come
  retry,     // the time of the next attempt is to come
  throttle,  // a budget of posts is used up until a time
  turn,      // others are before it on its channel
  start,     // nothing holds it: it is about to begin
  channel,   // its channel is switched off or removed
  resume,    // its channel, its project or the company is paused
  answer,    // a person was asked whether it is still to go out
  platform,  // it is being sent: the platform's answer
  look,      // the platform is being asked whether it is live
  decision,  // a person must say whether it is live
  owner,     // the process that sends for this company does not answer; another takes over
};
BOOST_DESCRIBE_ENUM(wait_kind, schedule, time, retry, throttle, turn, start, channel, resume, answer, platform, look,
                    decision, owner)

/// Which kind of rule caused a step or a wait.
enum class decision_rule {
  person,              // somebody's command
  schedule,            // not before its time
  lateness_policy,     // of the post or its project
  pause,               // nothing starts while something above it is paused
  channel_state,       // nothing starts on a channel that is off
  rate_limit,          // a budget of posts: the account's, the company's or the app's
  one_at_a_time,       // a channel sends one after the other, in the order of their times
  intent_before_send,  // what is about to be sent is written down first
  platform_answer,     // the platform's answer decides
  platform_time,       // the platform's own word on when to come again
  retry_policy,        // of the company for channels of this type
  reconciliation,      // nothing in doubt is sent again before the platform was asked
  takeover,            // one process sends for a company at a time
  other,               // of another kind; the sentence says
};
BOOST_DESCRIBE_ENUM(decision_rule, person, schedule, lateness_policy, pause, channel_state, rate_limit, one_at_a_time,
                    intent_before_send, platform_answer, platform_time, retry_policy, reconciliation, takeover, other)

/// The figures of a step or a wait: only those that apply have a value.
struct step_figures {
  std::optional<int> attempt;                 // its number, from 1
  std::optional<double> lateness_ms;          // from the due time to the first byte
  std::optional<double> publish_duration_ms;  // of the call to the platform
  std::optional<double> publish_latency_ms;   // from the due time to the outcome
  std::optional<std::string> external_post_id;
  std::optional<std::string> external_url;
  std::optional<outcome_kind> outcome;
  std::optional<base::timestamp> scheduled_at;
  std::optional<std::string> budget;  // in words
  std::optional<std::string> scope;   // account, tenant, app; platform: its own word; backlog: what is late is spread
  std::optional<std::int64_t> posts;  // of the budget, in any window
  std::optional<std::int64_t> window_seconds;
  std::optional<base::timestamp> asked_at;  // for a permit
  std::optional<base::timestamp> since;
  std::optional<base::timestamp> until;
  std::optional<base::timestamp> retry_at;
  std::optional<base::timestamp> look_at;  // when the platform is asked next
  std::optional<int> part;                 // of a thread, or a post and its comment: which it is about, from 1
  std::optional<int> parts;                // and how many there are
  std::optional<int> parts_out;            // of them, those that are out with it
  std::optional<base::timestamp> next_part_at;
  std::optional<std::string> obeyed;  // whose word that is: platform or policy
  std::optional<int> failures;        // of the attempts, those that count
  std::optional<int> interruptions;   // of the attempts, those that Pulse itself broke off
  std::optional<int> max_attempts;
  std::optional<domain::backoff_strategy> backoff_strategy;
  std::optional<int> retry_delay_seconds;
  std::optional<reconciliation_kind> reconciliation;
  std::optional<lateness_action> lateness_policy;
  std::optional<std::int64_t> lateness_after_seconds;
  std::optional<std::int64_t> ahead;    // deliveries before it on its channel
  std::optional<std::int64_t> waiting;  // deliveries that a budget held on the channel
  std::optional<std::string> decision;  // a person's: retry, send_again, is_live, drop, send, skip
};
BOOST_DESCRIBE_STRUCT(step_figures, (),
                      (attempt, lateness_ms, publish_duration_ms, publish_latency_ms, external_post_id, external_url,
                       outcome, scheduled_at, budget, scope, posts, window_seconds, asked_at, since, until, retry_at,
                       look_at, part, parts, parts_out, next_part_at, obeyed, failures, interruptions, max_attempts,
                       backoff_strategy, retry_delay_seconds, reconciliation, lateness_policy, lateness_after_seconds,
                       ahead, waiting, decision))

// --- what is recorded ------------------------------------------------------------------------------------------------

/// An event of the post, of the delivery, or of what holds it: its channel, its project, the company.
struct recorded_event {
  std::int64_t id = 0;
  base::timestamp at;
  std::optional<event_kind> kind;  // none: one that only a newer version knows
  std::string message;             // as a sentence
  std::string by;                  // the member's name; empty when it was nobody
  std::optional<base::uuid> delivery_id;
  std::optional<base::uuid> channel_id;
  step_figures about;  // of its facts
  // And more of its facts; an event of an older version has neither.
  std::optional<std::string> reason;        // of an outcome, in words
  std::optional<withdrawal_cause> because;  // it was withdrawn
};

/// An attempt, as its intent and its outcome were committed. persistence/explaining/explanation reads it by these
/// names.
struct stored_attempt {
  int number = 1;
  base::timestamp started_at;
  base::timestamp deadline_at;
  std::optional<base::timestamp> finished_at;
  std::optional<outcome_kind> outcome;
};
BOOST_DESCRIBE_STRUCT(stored_attempt, (), (number, started_at, deadline_at, finished_at, outcome))

struct recorded_attempt : stored_attempt {
  // How it came to be permitted; all empty when it was at once.
  std::optional<base::timestamp> asked_at;
  std::optional<base::timestamp> permitted_at;
  std::optional<base::timestamp> throttled_until;
  step_figures budget;  // that let it wait
};

/// Something that is paused, and since when.
struct pauses {
  std::optional<base::timestamp> channel;
  std::optional<base::timestamp> project;
  std::optional<base::timestamp> company;
};

/// A delivery as its row stands. persistence/explaining/explanation reads it by these names.
struct stored_delivery {
  base::uuid id;
  base::uuid channel_id;
  domain::channel_type channel_type = domain::channel_type::website;
  std::string channel_name;
  delivery_state state = delivery_state::waiting;
  base::timestamp created_at;
  std::optional<base::timestamp> due_at;
  std::optional<base::timestamp> not_before;
  int attempt = 0;
  int failures = 0;
  std::optional<base::timestamp> deadline_at;
  std::optional<base::timestamp> look_at;  // unknown: the platform asked to be left alone until then
  std::optional<base::timestamp> asked_at;
  std::optional<std::string> external_id;
  std::optional<std::string> external_url;
  std::optional<std::string> reason;
  std::optional<base::timestamp> finished_at;
  bool is_channel_on = true;
  bool is_channel_removed = false;
  std::optional<std::string> disabled_reason;
  std::int64_t ahead = 0;  // due deliveries before it on its channel
};
BOOST_DESCRIBE_STRUCT(stored_delivery, (),
                      (id, channel_id, channel_type, channel_name, state, created_at, due_at, not_before, attempt,
                       failures, deadline_at, look_at, asked_at, external_id, external_url, reason, finished_at,
                       is_channel_on, is_channel_removed, disabled_reason, ahead))

/// What may hold it.
struct recorded_delivery : stored_delivery {
  pauses paused;
  /// When the lease of the process that sends for this company ends; none: no process has it.
  std::optional<base::timestamp> lease_until;
  retry_policy retry;
  lateness_policy lateness;
  std::vector<recorded_attempt> attempts;  // by number
  parts_out parts{};                       // how far it has come, of a thread or a post with its first comment
  bool is_comment_missing = false;         // published, and its first comment was refused or withdrawn
};

// --- what is told ----------------------------------------------------------------------------------------------------

struct explained_step {
  base::timestamp at;
  step_kind kind = step_kind::noted;
  decision_rule rule = decision_rule::person;
  std::string sentence;
  step_figures figures;
};

struct explained_wait {
  wait_kind kind = wait_kind::start;
  decision_rule rule = decision_rule::schedule;
  std::string sentence;
  std::string you_can;  // what a person can do about it; empty: nothing is to be done
  step_figures figures;
};

struct explanation {
  std::string summary;                // one sentence
  std::vector<explained_step> steps;  // in the order in which they happened
  std::vector<explained_wait> waits;  // the decisive one first; empty when it is over
  std::string you_can;                // once it is over: what a person can do now; may be empty
};

/// Explains a delivery up to `now`. `events` are those of its post and of all that may hold it, by (at, id); those of
/// other deliveries are left out, except that a throttle holds all of a channel. Times in the sentences are of
/// `time_zone`.
explanation explain(const recorded_delivery& of, const std::vector<recorded_event>& events, std::string_view time_zone,
                    base::timestamp now);

/// A post's deliveries in one sentence: "Of 3 deliveries, 2 went out and 1 waits."
std::string sum_up(std::span<const delivery_state> deliveries);

}  // namespace pulse::domain
