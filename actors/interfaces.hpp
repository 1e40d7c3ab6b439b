// Who speaks with whom: every engine actor's typed interface, one comment line a message. Messages stay in the process, so
// they are plain structs; what crosses nodes is a row.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

#include "actors/budgets/app_budgets.hpp"
#include "actors/system/lease.hpp"
#include "actors/system/store.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "connectors/connector.hpp"
#include "domain/platforms/platform_limits.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::actors {

// --- the rate limiter of one platform in one tenant ------------------------------------------------------------------------

struct permit_request {
  base::uuid budget;  // the account's id, or the channel's where there is no account
  base::uuid delivery_id;
  base::timestamp ready_at;  // since when it might have started
};
struct scarce_budget {  // why there is no permit yet
  domain::limit_scope scope = domain::limit_scope::account;
  domain::rate rate;
  bool is_told = false;    // by the platform itself
  bool is_spread = false;  // the budget has room, for what is on time: what is late is spread, as `rate` says
  std::string words;       // for people
};
struct permit_answer {
  base::uuid delivery_id;
  bool granted = false;
  base::timestamp not_before;  // granted: when
  scarce_budget by;
};
struct permit_unused {
  base::uuid budget;
};
struct permit_unspent {  // it was used, and nothing was published
  base::uuid budget;
  base::timestamp granted_at;
};
struct app_slot {
  app_turn turn;
};
struct new_rates {
  domain::budget_rates rates;
};
struct limiter_facts {  // what a limiter begins with
  domain::budget_rates rates;
  std::shared_ptr<store::past> past;  // null: the limiter reads it itself, and lets wait until it knows
};
struct past_loaded {
  std::shared_ptr<store::past> past;
};
struct load_past {};  // the database may be back
struct budget_seen {  // what the platform said of itself
  base::uuid budget;
  std::vector<connectors::budget_report> reports;
  std::optional<base::timestamp> blocked_until;
};

// --- a channel -------------------------------------------------------------------------------------------------------------

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
  std::uint64_t look = 0;  // the channel's number of the look that asked
  std::shared_ptr<persistence::claimed_content> content;
};
struct look_answer {
  base::uuid delivery_id;
  int attempt = 0;
  std::uint64_t look = 0;
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

// --- a tenant's supervisor -------------------------------------------------------------------------------------------------

struct heed {};       // the tenant's rows have changed
struct hand_over {};  // to another node: begin nothing more, and bring to its end what has left for the platforms
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
  bool look_again = false;  // the rows are not as the supervisor believed
};
struct restart_child {
  base::uuid channel_id;  // nil: the limiter of `type`
  domain::channel_type type = domain::channel_type::website;
};

// --- the node --------------------------------------------------------------------------------------------------------------

struct notify {  // a tenant's rows have changed
  base::uuid tenant_id;
};
struct sweep {  // time to look for tenants that have work
  std::uint64_t generation = 0;
};
struct look_again {};  // the node may have missed what others told it
struct heed_awake {    // running supervisors that are told to look at their rows, some at a time
  std::shared_ptr<const std::vector<base::uuid>> tenants;
  std::size_t from = 0;
  std::uint64_t generation = 0;  // of the sweep
};
struct lease_ended {  // another node's, unless it was renewed
  base::timestamp at;
};
struct tenants_found {
  std::shared_ptr<std::vector<base::uuid>> tenants;
  std::uint64_t generation = 0;  // of the sweep
};
struct restart_tenant {  // the backoff of a crashed supervisor is over
  base::uuid tenant_id;
};
struct renew_lease {
  std::uint64_t generation = 0;
};
struct handed_over {  // the database's word on it
  base::uuid tenant_id;
  base::uuid to;
  bool is_done = false;
};
struct hand_over_next {};  // time to look whether another node is to have a tenant
struct lease_answered {
  store::lease_answer answer;
  lease::clock::time_point asked_at{};
};
struct entered {  // this process is a node now, or why not
  store::entry_answer answer;
  lease::clock::time_point asked_at{};
};

}  // namespace pulse::actors

#define PULSE_LOCAL_MESSAGE(type) CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::type)
PULSE_LOCAL_MESSAGE(permit_request)
PULSE_LOCAL_MESSAGE(permit_answer)
PULSE_LOCAL_MESSAGE(permit_unused)
PULSE_LOCAL_MESSAGE(permit_unspent)
PULSE_LOCAL_MESSAGE(app_slot)
PULSE_LOCAL_MESSAGE(new_rates)
PULSE_LOCAL_MESSAGE(past_loaded)
PULSE_LOCAL_MESSAGE(load_past)
PULSE_LOCAL_MESSAGE(budget_seen)
PULSE_LOCAL_MESSAGE(work)
PULSE_LOCAL_MESSAGE(claim_answer)
PULSE_LOCAL_MESSAGE(publish_answer)
PULSE_LOCAL_MESSAGE(record_answer)
PULSE_LOCAL_MESSAGE(content_answer)
PULSE_LOCAL_MESSAGE(look_answer)
PULSE_LOCAL_MESSAGE(try_again)
PULSE_LOCAL_MESSAGE(resume)
PULSE_LOCAL_MESSAGE(overdue)
PULSE_LOCAL_MESSAGE(heed)
PULSE_LOCAL_MESSAGE(hand_over)
PULSE_LOCAL_MESSAGE(drained)
PULSE_LOCAL_MESSAGE(handed_over)
PULSE_LOCAL_MESSAGE(hand_over_next)
PULSE_LOCAL_MESSAGE(tenant_taken)
PULSE_LOCAL_MESSAGE(agenda_loaded)
PULSE_LOCAL_MESSAGE(agenda_tick)
PULSE_LOCAL_MESSAGE(parked)
PULSE_LOCAL_MESSAGE(released)
PULSE_LOCAL_MESSAGE(restart_child)
PULSE_LOCAL_MESSAGE(notify)
PULSE_LOCAL_MESSAGE(sweep)
PULSE_LOCAL_MESSAGE(look_again)
PULSE_LOCAL_MESSAGE(heed_awake)
PULSE_LOCAL_MESSAGE(lease_ended)
PULSE_LOCAL_MESSAGE(tenants_found)
PULSE_LOCAL_MESSAGE(restart_tenant)
PULSE_LOCAL_MESSAGE(renew_lease)
PULSE_LOCAL_MESSAGE(lease_answered)
PULSE_LOCAL_MESSAGE(entered)

namespace pulse::actors {

using limiter_actor = caf::typed_actor<caf::replies_to<permit_request>::with<permit_answer>,  // Asks for a permit.
                                       caf::reacts_to<budget_seen>,     // Learns from what the platform said.
                                       caf::reacts_to<permit_unused>,   // Takes a permit back.
                                       caf::reacts_to<permit_unspent>,  // What counts posts has one back.
                                       caf::reacts_to<new_rates>,       // The budgets are others from now on.
                                       caf::reacts_to<app_slot>,     // INTERNAL: the tenant's turn at the app's budget.
                                       caf::reacts_to<past_loaded>,  // INTERNAL: what counts against the budgets.
                                       caf::reacts_to<load_past>>;   // INTERNAL: time to ask for it again.

struct new_limiter {  // the rate limiter was restarted
  limiter_actor handle;
};
struct new_budgets {};  // what had to wait may go out by now

}  // namespace pulse::actors

PULSE_LOCAL_MESSAGE(new_limiter)
PULSE_LOCAL_MESSAGE(new_budgets)
#undef PULSE_LOCAL_MESSAGE

namespace pulse::actors {

using channel_actor = caf::typed_actor<caf::reacts_to<work>,            // Begins these, one after the other.
                                       caf::reacts_to<new_limiter>,     // Asks this one from now on.
                                       caf::reacts_to<new_budgets>,     // Asks again at once if it was to wait.
                                       caf::reacts_to<permit_answer>,   // The rate limiter's word.
                                       caf::reacts_to<claim_answer>,    // The intent is committed, or not ours.
                                       caf::reacts_to<publish_answer>,  // The platform's word.
                                       caf::reacts_to<record_answer>,   // The outcome is committed, or not ours.
                                       caf::reacts_to<content_answer>,  // What to look for at the platform.
                                       caf::reacts_to<look_answer>,     // What was found there.
                                       caf::reacts_to<try_again>,       // INTERNAL: the database may be back.
                                       caf::reacts_to<overdue>,  // INTERNAL: time to look after the running call.
                                       caf::reacts_to<resume>>;  // INTERNAL: the throttle's time is over.

using tenant_actor =
    caf::typed_actor<caf::replies_to<heed>::with<
                         bool>,  // Looks at the rows again; answers true when what was committed before is heeded.
                     caf::replies_to<hand_over>::with<drained>,  // Lets go of the tenant; ends with the answer.
                     caf::reacts_to<tenant_taken>,    // INTERNAL: the fence, or somebody else has the tenant.
                     caf::reacts_to<agenda_loaded>,   // INTERNAL: the rows.
                     caf::reacts_to<agenda_tick>,     // INTERNAL: something is due.
                     caf::reacts_to<parked>,          // A channel hands a delivery back until a time.
                     caf::reacts_to<released>,        // A channel is done with a delivery.
                     caf::reacts_to<restart_child>>;  // INTERNAL: the backoff of a crashed child is over.

using node_actor = caf::typed_actor<
    caf::replies_to<notify>::with<
        bool>,  // Tells the tenant's supervisor that rows have changed; answers when it has heeded them.
    caf::reacts_to<look_again>,      // Looks for what it may not have been told.
    caf::reacts_to<sweep>,           // INTERNAL: looks for tenants that have work.
    caf::reacts_to<heed_awake>,      // INTERNAL: the next of those that run.
    caf::reacts_to<lease_ended>,     // INTERNAL: another node may be dead.
    caf::reacts_to<tenants_found>,   // INTERNAL: these.
    caf::reacts_to<restart_tenant>,  // INTERNAL: the backoff of a crashed supervisor is over.
    caf::reacts_to<handed_over>,     // INTERNAL: another node has a tenant now, or has not.
    caf::reacts_to<hand_over_next>,  // INTERNAL: time for the next one.
    caf::reacts_to<renew_lease>,     // INTERNAL: time to renew the lease.
    caf::reacts_to<lease_answered>,  // INTERNAL: the database's word on it.
    caf::reacts_to<entered>>;        // INTERNAL: and on entering.

}  // namespace pulse::actors
