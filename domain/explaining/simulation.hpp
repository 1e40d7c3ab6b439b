// Predicts what goes out when: the engine's decisions on virtual time. `domain::decide` decides, `domain::throttle`
// delays, and the order is the engine's: a tenant's agenda by time, one delivery of a channel after the other, and
// `domain::tenant_budgets` says whose turn it is at a budget. Only the platforms, the database and the clock are
// assumed. Pure: the same input gives the same answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/budgets/own_apps.hpp"
#include "domain/platforms/platform_limits.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"

namespace pulse::domain {

/// What holds a delivery whatever its time.
enum class hold_cause {
  company_paused,
  project_paused,
  channel_paused,
  account_lost,  // the platform refused its account, or it was disconnected
  channel_off,
  person_asked,  // late, and nobody has said yet whether it is still to go out
};
BOOST_DESCRIBE_ENUM(hold_cause, company_paused, project_paused, channel_paused, account_lost, channel_off, person_asked)

/// The predicted outcome of a delivery.
enum class predicted_fate {
  goes_out,
  held,     // until somebody lets it go: `cause`
  refused,  // the platform would not take it as it is: `reason`
  failed,   // its attempts would be used up, under the assumed failures
  missed,   // too late, and its lateness policy skips it
  asks,     // too late, and its lateness policy asks a person
};
BOOST_DESCRIBE_ENUM(predicted_fate, goes_out, held, refused, failed, missed, asks)

/// Why a delivery would start later than its time.
enum class delay_cause {
  budget,  // `scope` says whose
  spread,  // more is late than may go out at once: it is spread, and leaves room in the budget (`scope`) for what is on time
  turn,   // others were before it on its channel
  retry,  // an attempt was assumed to fail
  pause,  // its time had already passed when the simulation began
};
BOOST_DESCRIBE_ENUM(delay_cause, budget, spread, turn, retry, pause)

/// A delivery of the schedule, as the engine would be given it.
struct scheduled_delivery {
  delivery row;  // `waiting`, with its rules; its due and start times
  channel_type type = channel_type::website;
  base::uuid budget;  // the account's id, or the channel's where there is no account
  std::optional<hold_cause> cause;
  std::string account_lost_because;    // a sentence or two, where that is the cause
  std::optional<std::string> refusal;  // why the platform would refuse it
};

/// A publish call that was made before the simulation begins.
struct past_call {
  channel_type type = channel_type::website;
  base::uuid budget;
  base::timestamp at;
  bool published_nothing = false;
};

/// A platform's state at the start of the simulation: it accepts nothing of the account before `until`.
struct standing_block {
  channel_type type = channel_type::website;
  base::uuid budget;
  base::timestamp until;
};

/// The assumptions about what cannot be known.
struct simulation_assumptions {
  std::chrono::milliseconds call{300};  // how long every call to a platform lasts; 0 to the call's time-out
  double failure_rate = 0;              // of the calls, those that fail for a passing reason; 0 to 1
  std::uint64_t seed = 1;               // of which do
};

struct simulated_schedule {
  base::timestamp now;                           // when the simulation begins
  std::vector<scheduled_delivery> deliveries;    // in the order of the engine's agenda: by (not_before, id)
  std::map<channel_type, budget_rates> budgets;  // of each type that is in `deliveries`
  std::vector<past_call> calls;                  // of the budgets' windows, in their order
  std::vector<standing_block> blocks;
  own_apps apps{};
};

struct prediction {
  predicted_fate fate = predicted_fate::goes_out;
  std::optional<base::timestamp> starts_at;   // of the last attempt
  int attempts = 0;                           // begun in the simulation
  std::optional<delay_cause> delayed_by;      // when it starts more than a moment after its time
  std::optional<limit_scope> scope;           // delayed by a budget: whose
  std::optional<rate> budget;                 // and which; none when it is the platform's own word
  bool is_own_app = false;                    // the app's: one of the company's own
  std::optional<base::timestamp> held_until;  // and until when it was first told to wait
  std::optional<hold_cause> cause;            // held
  std::string reason;                         // refused, failed: in words
};

/// Plays the schedule until all of it is decided; the predictions are in the order of `deliveries`. Takes a few
/// microseconds a delivery, and as much memory as the schedule.
std::vector<prediction> simulate(const simulated_schedule& schedule, const simulation_assumptions& assumed,
                                 const delivery_rules& rules = {});

}  // namespace pulse::domain
