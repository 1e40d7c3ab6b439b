// The world around one delivery, small enough to be explored completely: its row, the actors that hold it, the
// statements on the way to the database and the calls on the way to the platform. Everything may die, be late or be
// lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/publishing/delivery.hpp"
#include "tests/support/exploration.hpp"

namespace pulse::domain::model {

/// A mistake that is made on purpose, so that the exploration is seen to find it.
enum class mistake {
  none,
  no_fence,          // writes of a replaced owner count
  old_rows,          // what was read before a channel crashed is still believed afterwards
  any_claim_again,   // and a claim of an attempt that is being sent is won by whoever has the fence, whenever it began
  late_claim_calls,  // a claim that was answered late still calls for the full time
  early_reconciliation,  // the attempt's deadline is not waited for
  no_lease_check,        // whoever has claimed sends
  retry_when_unknown,    // a lost reply is taken for a failure
  intent_after_call,     // the call begins before the intent is committed
  miss_overwrites,       // a delivery that was moved to a later time meanwhile is missed all the same
  wait_is_lost,          // what the platform asked to be left alone for is not loaded from the rows
  retry_adopts,          // whatever a second attempt is called a duplicate of is taken for the work of the first
};

/// What may still happen, so that the world is finite.
struct budgets {
  int crashes = 0;  // of a channel or its supervisor, at any moment
  int takeovers = 0;
  int silences = 0;  // statements that the database does not answer, executed or not
  int refusals = 0;  // answers that are no failure of the policy: rate limit, refused credentials
  int held = 0;      // permits refused
  int looks = 0;     // looks that cannot tell
  int commands = 0;  // a person's: cancel, reschedule
};

/// The row of the delivery, its channel's switch and its tenant's fence.
struct row {
  delivery_state state = delivery_state::waiting;
  int attempt = 0;
  int failures = 0;
  int interruptions = 0;
  int fence = 0;
  base::timestamp due_at;
  base::timestamp not_before;
  base::timestamp started_at;
  base::timestamp deadline_at;
  bool channel_open = true;
  bool may_be_live = false;
  bool is_duplicate = false;
  bool is_interrupted = false;
  base::timestamp resend_at;
  std::optional<base::timestamp> look_at;
};

enum class write_kind { claim, record };
enum class write_word { none, won, refused };

/// A statement on its way.
struct write {
  write_kind kind = write_kind::claim;
  int fence = 0;
  int attempt = 0;
  base::timestamp started_at{};
  base::timestamp deadline_at{};
  delivery_state from = delivery_state::waiting;
  delivery_state to = delivery_state::waiting;
  base::timestamp not_before{};
  int failures = 0;
  bool disables_channel = false;
  bool may_be_live = false;
  bool is_duplicate = false;
  bool is_interrupted = false;
  int interruptions = 0;
  std::optional<base::timestamp> look_at = std::nullopt;
  write_word executed = write_word::none;
  int awaited_by = -1;  // a holder, or nobody any more
};

/// A call on its way to the platform, which may take it until `until` whether anybody waits or not.
struct call {
  int attempt = 0;
  base::timestamp until{};
  bool accepted = false;
  int awaited_by = -1;
};

/// A channel actor with its supervisor, as far as this delivery goes.
struct holder {
  bool is_there = false;
  bool has = false;  // the delivery, in memory
  bool lease = true;
  int fence = 0;
  delivery held;
  std::optional<base::timestamp> wake;  // parked, or held by the throttle
  std::optional<write> again;           // a write that failed and is to be made again
  std::optional<row> loaded;            // what the supervisor's last read of the rows saw; perhaps long ago
};

struct world {
  base::timestamp now;
  row stored;
  int owner_fence = 1;
  holder holders[2];  // the owner, and one that was replaced
  std::vector<write> writes;
  std::vector<call> calls;
  int accepted = 0;  // times the platform has made it public
  budgets left;
};

using step = support::step_to<world>;

struct rules_of_world {
  delivery_rules rules;
  retry_policy retry = default_retry_policy;
  lateness_policy lateness;
  mistake made = mistake::none;
};

/// The world at the beginning: one delivery, due in a moment.
world beginning(const budgets& allowed);

/// All that may happen next. The first promise that a step breaks is said in `broken`.
std::vector<step> next_steps(const world& from, const rules_of_world& by, std::string& broken);

/// Two worlds that behave alike from here have the same key.
std::string key_of(const world& of);

}  // namespace pulse::domain::model
