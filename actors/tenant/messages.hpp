// The messages of a tenant's supervisor: one comment line each.
#pragma once

#include <cstdint>
#include <memory>

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

#include "actors/budgets/messages.hpp"
#include "actors/campaigns/messages.hpp"
#include "actors/system/store.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"
#include "persistence/engine/deliveries.hpp"

namespace pulse::actors {

struct reload {};     // the tenant's rows have changed
struct hand_over {};  // to another node: begin nothing more, and finish the calls under way
struct drained {      // nothing of the tenant is under way any more
  std::int64_t fence = 0;
};
struct tenant_taken {
  store::taken answer;
};
struct agenda_loaded {
  std::shared_ptr<persistence::agenda_rows> rows;
  persistence::agenda_part part;
};
struct agenda_tick {
  std::uint64_t generation = 0;
};
struct parked {  // a channel hands a delivery back until a time
  domain::delivery delivery;
  base::timestamp at;
};
struct released {  // a channel is done with a delivery
  base::uuid delivery_id;
  bool sweep_again = false;  // the rows are not as the supervisor believed
};
struct restart_child {
  base::uuid channel_id;  // nil: the limiter of `type`
  domain::channel_type type = domain::channel_type::website;
};

}  // namespace pulse::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::reload)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::hand_over)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::drained)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::tenant_taken)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::agenda_loaded)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::agenda_tick)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::parked)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::released)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::restart_child)

namespace pulse::actors {

using tenant_actor = caf::typed_actor<
    caf::replies_to<reload>::with<
        bool>,  // Looks at the rows again; answers true when what was committed before is reloaded.
    caf::replies_to<read_permit_request>::with<read_permit_answer>,  // May its login be used to look something up?
    caf::reacts_to<read_report>,                                     // For the limiter: what the platform said.
    caf::replies_to<hand_over>::with<drained>,                       // Lets go of the tenant; ends with the answer.
    caf::reacts_to<tenant_taken>,     // INTERNAL: the fence, or somebody else has the tenant.
    caf::reacts_to<agenda_loaded>,    // INTERNAL: the rows.
    caf::reacts_to<agenda_tick>,      // INTERNAL: something is due.
    caf::reacts_to<parked>,           // A channel hands a delivery back until a time.
    caf::reacts_to<released>,         // A channel is done with a delivery.
    caf::reacts_to<restart_child>,    // INTERNAL: the backoff of a crashed child is over.
    caf::reacts_to<rules_rest>,       // Its rules say when they have something to do.
    caf::reacts_to<posts_were_made>,  // Its rules have made posts.
    caf::reacts_to<restart_rules>>;   // INTERNAL: the backoff of crashed rules is over.

}  // namespace pulse::actors
