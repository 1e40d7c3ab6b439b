// The messages of a company's rules actor, to it and from it to its supervisor: one comment line each.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/typed_actor.hpp>

#include "actors/campaigns/rule_work.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"

namespace pulse::actors {

struct sweep_rules {};  // rows have changed, or events were committed
struct rules_found {
  std::shared_ptr<rule_work::found> found;  // null: the database did not answer
};
struct run_rested {
  base::uuid run_id;
  rule_work::performed how;
};
struct run_was_answered {  // by the AI provider, possibly with a failure
  base::uuid run_id;
};
struct feed_was_read {
  base::uuid rule_id;
};
struct rules_tick {
  std::uint64_t generation = 0;
};

/// From the rules to their supervisor.
struct rules_rest {
  bool is_busy = false;
  std::optional<base::timestamp> next;  // when something is due
};
struct posts_were_made {};  // by rules: the agenda is older than the rows
struct restart_rules {};    // the backoff of crashed rules is over

}  // namespace pulse::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::sweep_rules)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::rules_found)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::run_rested)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::run_was_answered)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::feed_was_read)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::rules_tick)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::rules_rest)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::posts_were_made)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::restart_rules)

namespace pulse::actors {

using rules_actor = caf::typed_actor<caf::reacts_to<sweep_rules>,       // Sweeps the rows, as soon as it can.
                                     caf::reacts_to<rules_found>,       // INTERNAL: the work found.
                                     caf::reacts_to<run_rested>,        // INTERNAL: a run is done with.
                                     caf::reacts_to<run_was_answered>,  // INTERNAL: a run can continue.
                                     caf::reacts_to<feed_was_read>,     // INTERNAL: a feed is done with.
                                     caf::reacts_to<rules_tick>>;       // INTERNAL: something is due.

}  // namespace pulse::actors
