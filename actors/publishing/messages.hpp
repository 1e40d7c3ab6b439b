// The messages of a channel: one comment line each.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

#include "actors/budgets/messages.hpp"
#include "base/uuid.hpp"
#include "connectors/connector.hpp"
#include "domain/publishing/delivery.hpp"
#include "domain/publishing/outcome.hpp"
#include "persistence/engine/delivery_ledger.hpp"

namespace pulse::actors {

struct work {  // deliveries that are due, in their order
  std::vector<domain::delivery> deliveries;
};
struct claim_answer {
  base::uuid delivery_id;
  int attempt = 0;
  persistence::ledger_answer answer = persistence::ledger_answer::failed;
  std::shared_ptr<persistence::claimed_content> content;
};
struct publish_answer {
  base::uuid delivery_id;
  int attempt = 0;
  std::shared_ptr<connectors::publish_reply> reply;
};
struct record_answer {
  base::uuid delivery_id;
  int attempt = 0;
  persistence::ledger_answer answer = persistence::ledger_answer::failed;
};
struct content_answer {
  base::uuid delivery_id;
  int attempt = 0;
  std::uint64_t reconciliation = 0;  // the channel's number of the reconciliation that asked
  std::shared_ptr<persistence::claimed_content> content;
};
struct reconcile_answer {
  base::uuid delivery_id;
  int attempt = 0;
  std::uint64_t reconciliation = 0;
  domain::reconciliation found;
};
struct try_again {  // a claim or a record that the database did not answer
  base::uuid delivery_id;
  int attempt = 0;
};
struct overdue {};  // a call to the platform may have lasted too long
struct resume {     // the throttle's time is over
  std::uint64_t generation = 0;
};
struct new_limiter {  // the rate limiter was restarted
  limiter_actor handle;
};
struct new_budgets {};  // waiting deliveries may be allowed now

}  // namespace pulse::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::work)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::claim_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::publish_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::record_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::content_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::reconcile_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::try_again)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::overdue)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::resume)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::new_limiter)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::new_budgets)

namespace pulse::actors {

using channel_actor = caf::typed_actor<caf::reacts_to<work>,              // Begins these, one after the other.
                                       caf::reacts_to<new_limiter>,       // Asks this one from now on.
                                       caf::reacts_to<new_budgets>,       // Asks again at once if it was to wait.
                                       caf::reacts_to<permit_answer>,     // The rate limiter's word.
                                       caf::reacts_to<claim_answer>,      // The intent is committed, or not ours.
                                       caf::reacts_to<publish_answer>,    // The platform's word.
                                       caf::reacts_to<record_answer>,     // The outcome is committed, or not ours.
                                       caf::reacts_to<content_answer>,    // What is to be reconciled.
                                       caf::reacts_to<reconcile_answer>,  // What the platform answered.
                                       caf::reacts_to<try_again>,         // INTERNAL: the database may be back.
                                       caf::reacts_to<overdue>,  // INTERNAL: time to look after the running call.
                                       caf::reacts_to<resume>>;  // INTERNAL: the throttle's time is over.

}  // namespace pulse::actors
