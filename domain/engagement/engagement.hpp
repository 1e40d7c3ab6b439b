// The life of an engagement, one like or comment by one member under one post: one pure function from (engagement,
// event, now) to (engagement, effects), as domain/publishing/delivery is for posts, with the same promise: once, on
// time, explained.
//
//   waiting_confirmation ──the member confirms──▶ queued ──intent──▶ sending ──▶ completed
//           │    └─▶ skipped (the member)           ▲ └─▶ expired       ├──────▶ failed
//           └─▶ expired                             ├── retry, hold ────┤
//                                                   └── absent ── unknown ◀──┘  looked for, read-only
//                                                                    └──▶ completed, or a person is asked
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engagement/acting_way.hpp"
#include "domain/engagement/choreography.hpp"
#include "domain/publishing/outcome.hpp"
#include "domain/publishing/retry.hpp"

namespace pulse::domain {

enum class engagement_state { queued, waiting_confirmation, sending, completed, failed, unknown, skipped, expired };
BOOST_DESCRIBE_ENUM(engagement_state, queued, waiting_confirmation, sending, completed, failed, unknown, skipped,
                    expired)

/// Whether neither Pulse nor its member has anything left to do.
bool is_settled(engagement_state state);
/// Whether its member may still change its text or withdraw it.
bool is_open_to_member(engagement_state state);

/// What the engine is doing for it at this moment. Only in memory: after a crash it begins again from the state.
enum class engagement_step { resting, claiming, calling, recording, looking };
BOOST_DESCRIBE_ENUM(engagement_step, resting, claiming, calling, recording, looking)

/// One engagement, as the engine holds it: the row and the step.
struct engagement_act {
  base::uuid id;
  base::uuid tenant_id;
  base::uuid member_id;
  base::uuid post_id;
  engagement_kind kind = engagement_kind::like;
  engagement_state state = engagement_state::waiting_confirmation;
  base::timestamp not_before;   // when it may begin
  base::timestamp expires_at;   // no attempt begins at or after it
  int attempt = 0;              // attempts begun
  int failures = 0;             // of them, those that count against the policy
  int interruptions = 0;        // attempts that Pulse itself broke off
  base::timestamp started_at;   // of the running attempt
  base::timestamp deadline_at;  // of the running attempt: that it is absent is not believed before
  act_way way = act_way::api;   // of the running attempt
  bool is_asked = false;        // unknown, and only a person can tell: nothing starts it
  bool is_interrupted = false;  // nobody heard the answer of the running attempt; not stored
  int looks = 0;                // that could not tell; not stored
  bool is_look_early = false;   // the look under way began before the deadline; not stored
  engagement_step step = engagement_step::resting;
};

struct engagement_rules {
  std::chrono::milliseconds call_timeout{10'000};
  std::chrono::milliseconds browser_timeout{45'000};  // of an act in a browser, from its start to its end
  std::chrono::milliseconds deadline_margin{2'000};
  retry_policy retry{.max_attempts = 3, .strategy = backoff_strategy::exponential, .retry_delay_seconds = 60};
  double spread = 0.5;  // a random number in [0, 1), new for every decision
};

/// How long an attempt, or a look, by this way may take.
std::chrono::milliseconds timeout_of(act_way way, const engagement_rules& rules);
/// By when an attempt that begins at `started_at` is over.
base::timestamp deadline_of(act_way way, base::timestamp started_at, const engagement_rules& rules);

/// An intent that was committed longer ago than this is given back: hours, gaps and caps were judged when it was asked
/// for.
inline constexpr std::chrono::milliseconds intent_keeps{1'000};
/// Reconciliations that may fail before a person is asked.
inline constexpr int most_engagement_looks = 8;
/// Attempts that crashes of Pulse may interrupt before a person is asked.
inline constexpr int most_engagement_interruptions = 5;
/// An account that LinkedIn refuses is tried again no earlier.
inline constexpr std::chrono::minutes refused_account_pause{30};
/// The pause after a 429 without Retry-After.
inline constexpr std::chrono::minutes engagement_rate_pause{5};
/// Between two reconciliations.
inline constexpr std::chrono::seconds engagement_look_pause{5};

namespace engagement_event {

struct due {};    // its time has come
struct claimed {  // the intent is committed, with `deadline_of` this way
  act_way way = act_way::api;
};
struct held {  // the limits, or a missing account, say: not now
  base::timestamp until;
};
struct not_claimed {};   // skipped, edited, expired or taken over meanwhile: not ours to send
struct claim_failed {};  // the database did not answer
struct lease_lost {};    // claimed, but this node may no longer send
struct answered {
  outcome result;
};
struct recorded {};
struct not_recorded {};   // the fence refused
struct record_failed {};  // recording again is harmless
struct adopted {};        // sending or unknown, and nothing under way
struct looked {
  reconciliation found;
  bool was_asked = true;  // false: there was nothing to ask with
};

}  // namespace engagement_event

using engagement_input =
    std::variant<engagement_event::due, engagement_event::claimed, engagement_event::held,
                 engagement_event::not_claimed, engagement_event::claim_failed, engagement_event::lease_lost,
                 engagement_event::answered, engagement_event::recorded, engagement_event::not_recorded,
                 engagement_event::record_failed, engagement_event::adopted, engagement_event::looked>;

namespace engagement_effect {

struct commit_intent {};  // attempt, started_at and deadline_at are the engagement's
struct call {
  std::chrono::milliseconds timeout;  // the time left for it
};
struct look {};
struct wake {  // `due`, or `adopted` when it is sending or unknown
  base::timestamp at;
};
struct commit_change {  // the row as the engagement now says, guarded by fence and attempt
  std::optional<std::string> external_id = std::nullopt;
  std::optional<outcome_kind> kind = std::nullopt;
  std::string reason{};            // a sentence for people
  bool refuses_account = false;    // the member's account must be connected again, or their browser signed in again
  bool published_nothing = false;  // the attempt surely did nothing, so it counts against no limit
};
struct forget {};  // done with, or not ours

}  // namespace engagement_effect

using engagement_effect_kind =
    std::variant<engagement_effect::commit_intent, engagement_effect::call, engagement_effect::look,
                 engagement_effect::wake, engagement_effect::commit_change, engagement_effect::forget>;

struct engagement_decision {
  engagement_act next;
  std::vector<engagement_effect_kind> effects;
};

/// Decides. Total: an event that does not fit the step (a late answer, a doubled message) changes nothing and has no
/// effect.
engagement_decision decide(const engagement_act& current, const engagement_input& input, base::timestamp now,
                           const engagement_rules& rules);

}  // namespace pulse::domain
