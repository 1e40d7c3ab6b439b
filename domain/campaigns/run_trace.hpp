// What a run decided, step by step: stored as data, and made into sentences when somebody reads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/omittable.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/campaigns/guardrails.hpp"
#include "domain/campaigns/rule.hpp"
#include "domain/campaigns/rule_matching.hpp"
#include "domain/campaigns/run.hpp"

namespace pulse::domain::campaigns {

/// The names are the API's: they keep their meaning, and more may come.
enum class run_step_kind : std::uint8_t {
  set_off,           // what the run is for
  moments_left_out,  // moments that nobody could act upon and that are not made up for
  condition_unmet,   // a condition does not hold
  conditions_met,    // all hold
  stopped,           // a circle of rules
  refused,           // it must not start
  started,           // its owner works on it
  taken_up,          // the owner before has died: this one goes on
  text_filled,       // the template was filled in
  ai_asked,          // the provider was asked
  ai_answered,       // and has answered
  ai_failed,         // and could not
  channels_chosen,   // where it is to go out
  time_chosen,       // when it is to go out
  guardrail,         // what a guardrail says
  content_made,      // the item is stored
  approval_asked,    // somebody must approve it
  approved,          // somebody has
  rejected,          // somebody has not
  scheduled,         // a post was made of it
  told,              // members were mailed
  retry_scheduled,   // it is tried again
  requested,         // a person asked for it, or for another try
  withdrawn,         // a person cancelled it
  succeeded,
  failed,
  blocked,
};
BOOST_DESCRIBE_ENUM(run_step_kind, set_off, moments_left_out, condition_unmet, conditions_met, stopped, refused,
                    started, taken_up, text_filled, ai_asked, ai_answered, ai_failed, channels_chosen, time_chosen,
                    guardrail, content_made, approval_asked, approved, rejected, scheduled, told, retry_scheduled,
                    requested, withdrawn, succeeded, failed, blocked)

/// The figures of a step: only those that apply are there.
struct run_figures {
  base::omittable<run_cause> cause;
  base::omittable<base::timestamp> moment;
  base::omittable<trigger_event> event;
  base::omittable<std::int64_t> event_id;
  base::omittable<std::string> name;  // of what it is about: a template, a feed's item, a member
  base::omittable<int> version;
  base::omittable<int> count;
  base::omittable<base::timestamp> first;
  base::omittable<base::timestamp> last;
  base::omittable<bool> is_more;
  base::omittable<missed_kind> missed;
  base::omittable<campaigns::condition> condition;
  base::omittable<start_refusal> refusal;
  base::omittable<hearing_kind> stopped;
  base::omittable<int> depth;
  base::omittable<int> attempt;
  base::omittable<int> characters;
  base::omittable<std::vector<channel_type>> channels;
  base::omittable<release_kind> release;
  base::omittable<base::timestamp> at;  // when it is to go out, or to be tried again
  base::omittable<campaigns::guardrail> guardrail;
  base::omittable<verdict_kind> verdict;
  base::omittable<int> limit;
  base::omittable<int> found;
  base::omittable<base::uuid> similar_post_id;
  base::omittable<std::string> provider;
  base::omittable<int> tokens;
  base::omittable<std::int64_t> cost_micro_usd;
  base::omittable<base::uuid> content_id;
  base::omittable<base::uuid> post_id;
  base::omittable<base::uuid> member_id;
  base::omittable<std::string> reason;  // in words: a guardrail's, a provider's, a person's
};
BOOST_DESCRIBE_STRUCT(run_figures, (),
                      (cause, moment, event, event_id, name, version, count, first, last, is_more, missed, condition,
                       refusal, stopped, depth, attempt, characters, channels, release, at, guardrail, verdict, limit,
                       found, similar_post_id, provider, tokens, cost_micro_usd, content_id, post_id, member_id,
                       reason))

struct run_step {
  run_step_kind kind = run_step_kind::set_off;
  run_figures figures = {};
};

/// Which kind of rule caused a step: "trigger", "guardrail", "person", … as in an explanation of a post.
std::string_view rule_of(run_step_kind kind);

/// The step in words.
std::string tell(const run_step& step, const zone_clock& zone);

/// What a guardrail says, as a step.
run_step step_of(const verdict& of);

}  // namespace pulse::domain::campaigns
