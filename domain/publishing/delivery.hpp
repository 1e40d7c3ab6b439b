// The life of a delivery: one pure function from (delivery, event, now) to (delivery, effects). The channel actor
// performs the effects and reports back as events; nothing else decides. So every interleaving can be played in memory.
//
//   waiting ──permit, intent──▶ sending ──▶ published
//      ▲ └─▶ missed               ├──────▶ failed          (a person may send it back to waiting)
//      ├──── retry, throttle ─────┤
//      └──── absent ── unknown ◀──┘  reconcile, read-only: at once; absence is believed after the deadline only
//                         └──────▶ published | unconfirmed  (a person decides)
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/outcome.hpp"
#include "domain/publishing/retry.hpp"

namespace pulse::domain {

enum class delivery_state { waiting, sending, published, failed, unknown, unconfirmed, cancelled, missed };
BOOST_DESCRIBE_ENUM(delivery_state, waiting, sending, published, failed, unknown, unconfirmed, cancelled, missed)

/// Whether the engine has nothing more to do with a delivery in this state.
bool is_settled(delivery_state state);

/// What the engine is doing for a delivery at this moment. Only in memory: after a crash it begins again from the
/// state.
enum class delivery_step {
  resting,      // nothing under way: a timer, or nothing at all
  asking,       // for a permit
  claiming,     // the intent is being committed
  confirming,   // the intent is committed, and the permit is too old: it is asked for anew
  calling,      // the platform; bytes may leave
  recording,    // the outcome is being committed
  reconciling,  // the platform is asked, read-only, whether the post is live
};
BOOST_DESCRIBE_ENUM(delivery_step, resting, asking, claiming, confirming, calling, recording, reconciling)

/// Whether a delivery at this step keeps its channel from beginning another.
bool occupies_channel(delivery_step step);

/// What happens to a post that could not start within the lateness that its policy allows.
enum class lateness_action {
  send,  // it is published in spite of that
  skip,  // it is `missed`
  ask,   // it waits until a person has said
};
BOOST_DESCRIBE_ENUM(lateness_action, send, skip, ask)

/// The lateness policy of a post, or of its project.
struct lateness_policy {
  lateness_action action = lateness_action::send;
  std::chrono::seconds after{3600};
};

/// One post to one channel, as the engine holds it: the row, the rules that it is under, and the step.
struct delivery {
  base::uuid id;
  base::uuid tenant_id;
  base::uuid project_id;
  base::uuid post_id;
  base::uuid channel_id;
  delivery_state state = delivery_state::waiting;
  base::timestamp due_at;
  base::timestamp not_before;      // when it may start
  int attempt = 0;                 // attempts begun
  int failures = 0;                // of them, those that count against the retry policy
  int interruptions = 0;           // of the attempts, those that Pulse itself broke off and that were found absent
  int failed_reconciliations = 0;  // of the running attempt: those that could not tell; not stored
  base::timestamp started_at;      // of the running attempt
  base::timestamp deadline_at;     // of the running attempt: a new owner waits for it
  /// An earlier attempt may be live, and until this time sending again tells (reconciliation_kind::repeat_tells).
  std::optional<base::timestamp> doubt_until;
  /// An attempt of this delivery ended unknown, so what the platform calls a duplicate may be its work. A
  /// reconciliation that finds nothing does not clear it: platforms' lists lag. A person who sends the delivery again
  /// does. Loaded from the rows.
  bool may_be_live = false;
  /// When the first of those attempts began; nothing when the rows do not say. See `may_be_live_since`.
  std::optional<base::timestamp> live_since;
  /// The platform refused the running attempt as a duplicate, that is, it says that the post is there. A reconciliation
  /// that does not find it is no proof of the opposite. Loaded from the rows (the outcome of the unknown attempt).
  bool is_duplicate = false;
  /// Pulse stopped in the middle of the running attempt, so nobody has heard the platform's answer. Loaded from the
  /// rows.
  bool is_interrupted = false;
  /// The platform was asked for the running attempt before its deadline, and did not show it; not stored.
  bool is_early_reconciliation_done = false;
  /// The reconciliation under way began before the deadline: what it did not see may have arrived behind it, whenever
  /// its answer comes; not stored.
  bool is_reconciliation_early = false;
  /// In state `unknown`: the earliest time of the next reconciliation, where the platform named one (Retry-After).
  /// Stored.
  std::optional<base::timestamp> look_at;
  /// The channel was switched off because a reconciliation was refused for its credentials; not stored.
  bool is_unauthorized = false;
  bool is_asked = false;  // late, and a person was asked: nothing starts it
  /// Parts of a thread are out, so the others follow however late it is: half a thread is worse than a late one. Loaded
  /// from the rows (the platform's id is known, or that of the first part was kept).
  bool is_begun = false;
  /// Then: how late the first of them left, where that is known. The post is there since then, so that is how late the
  /// whole is. Loaded from the rows.
  std::optional<std::chrono::microseconds> began_late;
  retry_policy retry;  // of the tenant for channels of this type
  lateness_policy lateness;
  delivery_step step = delivery_step::resting;
};

/// When it is ready to start: what is late by that is late by Pulse's doing. A retry is ready at the time that was
/// announced for it.
base::timestamp ready_at(const delivery& of);

/// When an attempt that was interrupted is reconciled: at once, unless the platform asked to be left alone.
base::timestamp reconcile_time(const delivery& of);

/// The beginning of the first attempt that may be live: what the platform lists from then on may be this delivery's.
/// Where the rows do not say, it is the due time, before which nothing of it was sent.
base::timestamp may_be_live_since(const delivery& of);

/// Attempts that may be interrupted by crashes of Pulse before a person must decide: the content may be what crashes
/// it.
inline constexpr int most_interruptions = 10;

/// What a decision depends on besides the delivery. Values, so that a simulation can use its own.
struct delivery_rules {
  std::chrono::milliseconds call_timeout{10'000};    // of one call to the platform
  std::chrono::milliseconds deadline_margin{2'000};  // from the end of the call to the deadline
  double spread = 0.5;                               // a random number in [0, 1), new for every decision
  int interruptions = most_interruptions;            // that leave a delivery to a person
};

/// How long a permit is valid. A call that would leave later needs a new one, or the budget would be used faster than
/// it allows.
inline constexpr std::chrono::milliseconds permit_keeps{500};
/// Reconciliations that may fail before a person is asked.
inline constexpr int most_reconciliations = 8;
/// The pause after a 429 without Retry-After.
inline constexpr std::chrono::minutes default_rate_limit_pause{1};
/// Between two reconciliations whose credentials are refused, until a person has connected the account again.
inline constexpr std::chrono::minutes unauthorized_pause{5};
/// After a Retry-After the next reconciliation comes no earlier than this, whatever time the platform named.
inline constexpr std::chrono::seconds least_reconcile_pause{5};
/// A Retry-After of a reconciliation is stored when it is longer than this: a new owner takes about as long to begin.
inline constexpr std::chrono::seconds least_pause_stored{10};
/// Interrupted attempts that are sent again at once. The next ones wait as the retry policy says, so that a crash loop
/// slows down.
inline constexpr int interruptions_at_once = 2;

// --- events ----------------------------------------------------------------------------------------------------------

namespace delivery_event {

struct due {};        // its time has come
struct permitted {};  // the rate limiter granted a permit
struct held {         // the rate limiter did not
  base::timestamp until;
  std::string budget;
};
struct claimed {  // the intent is committed
  // As the row has it: whoever sends a post now moves what is held in memory.
  std::optional<base::timestamp> due_at = std::nullopt;
};
struct not_claimed {};   // the row was cancelled, edited, paused or taken over: it is not ours to send
struct claim_failed {};  // the database did not answer: whether the intent is committed is not known
struct lease_lost {};    // claimed, but this node may no longer send
struct answered {        // the platform, or the connector in its name
  outcome result;
  std::optional<base::timestamp> first_byte_at = std::nullopt;  // when the call began to leave
};
struct recorded {};       // the outcome is committed
struct not_recorded {};   // the fence refused: somebody else owns the tenant now
struct record_failed {};  // the database did not answer; recording again is harmless
struct adopted {};   // `sending` or `unknown`, and nothing under way: by a new owner, or when it is time to reconcile
struct reconciled {  // the platform was asked
  reconciliation found;
};

}  // namespace delivery_event

using delivery_input =
    std::variant<delivery_event::due, delivery_event::permitted, delivery_event::held, delivery_event::claimed,
                 delivery_event::not_claimed, delivery_event::claim_failed, delivery_event::lease_lost,
                 delivery_event::answered, delivery_event::recorded, delivery_event::not_recorded,
                 delivery_event::record_failed, delivery_event::adopted, delivery_event::reconciled>;

// --- effects ---------------------------------------------------------------------------------------------------------

namespace delivery_effect {

struct ask_permit {};
struct return_permit {};              // a permit that was granted and is not used
struct commit_intent {};              // attempt, started_at and deadline_at are the delivery's
struct call {                         // publish, after the lease was checked
  std::chrono::milliseconds timeout;  // what is left for it: half of the margin before the deadline it is over
};
struct reconcile {};  // ask the platform, read-only, whether the post is live
struct wake {         // at this time: `due` again, or `adopted` when it is not waiting
  base::timestamp at;
};
struct hold {  // the throttle said no: nothing of this budget before `until`, then `due` again
  base::timestamp until;
  std::string budget;
};
struct
    commit_change {  // the row as the delivery now says, guarded by fence and attempt, with the event that explains it
  std::optional<std::string> external_id = std::nullopt;
  std::optional<std::string> external_url = std::nullopt;
  std::optional<outcome_kind> kind = std::nullopt;
  std::string reason{};                                     // a sentence for people
  std::optional<reconciliation_kind> found = std::nullopt;  // by the reconciliation that led here
  bool is_obeyed = false;                                   // `not_before` is the platform's word, not the policy's
  bool success = false;
  bool retryable = false;
  bool disables_channel = false;   // its credentials are refused: in the same commit, nothing more starts on it
  bool published_nothing = false;  // the attempt is surely not live: a budget that counts posts has its post back
  /// Surely no byte of the attempt reached the platform: a budget that counts calls has not spent one either.
  bool never_called = false;
  int part = 0;  // of a thread: which one this is about, and of how many; 0: it stands alone, or nobody knows
  int parts = 0;
};
struct forget {};  // the engine is done with it, or it belongs to another owner

}  // namespace delivery_effect

using effect = std::variant<delivery_effect::ask_permit, delivery_effect::return_permit, delivery_effect::commit_intent,
                            delivery_effect::call, delivery_effect::reconcile, delivery_effect::wake,
                            delivery_effect::hold, delivery_effect::commit_change, delivery_effect::forget>;

struct decision {
  delivery next;
  std::vector<effect> effects;
};

/// Decides. Total: an event that does not fit the step (a late answer, a doubled message) changes nothing and has no
/// effect.
decision decide(const delivery& current, const delivery_input& input, base::timestamp now, const delivery_rules& rules);

}  // namespace pulse::domain
