// The messages of a rate limiter: one comment line each. Messages stay in the process, so they are plain structs;
// what crosses nodes is a row.
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
#include "actors/system/store.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "connectors/connector.hpp"
#include "domain/budgets/own_apps.hpp"
#include "domain/platforms/platform_limits.hpp"

namespace pulse::actors {

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
  std::optional<app_turn> app_slot = std::nullopt;  // granted: what it used of the app's budget
};
struct permit_unused {
  base::uuid budget;
  std::optional<app_turn> app_slot = std::nullopt;  // of the permit
};
struct permit_unspent {  // it was used, and nothing was published
  base::uuid budget;
  base::timestamp granted_at;
  bool never_called = false;                        // nor was the platform called: nothing counts it
  std::optional<app_turn> app_slot = std::nullopt;  // of the permit
};
struct read_permit_request {  // a call that publishes nothing
  domain::channel_type type = domain::channel_type::website;
  base::uuid budget;  // the account's id, or the login's where none publishes by it
};
struct read_permit_answer {
  bool is_granted = false;
  base::timestamp not_before{};  // else: when to ask again
  std::string words{};           // and for what it waits; empty: nothing that a person would want to know
};
struct read_slot {
  std::uint64_t number = 0;
  app_turn turn;
};
struct app_slot {
  app_turn turn;
  std::string app;  // the own app's client id; empty: the installation's
};
struct new_rates {
  domain::budget_rates rates;
  domain::own_apps apps{};
};
struct limiter_facts {  // what a limiter begins with
  domain::budget_rates rates;
  std::shared_ptr<store::past> past;  // null: the limiter reads it itself, and lets wait until it knows
  domain::own_apps apps{};
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

struct read_report {  // what the platform reported to a read
  domain::channel_type type = domain::channel_type::website;
  budget_seen what;
};

}  // namespace pulse::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::read_report)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::permit_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::permit_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::permit_unused)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::permit_unspent)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::read_permit_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::read_permit_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::read_slot)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::app_slot)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::new_rates)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::past_loaded)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::load_past)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::budget_seen)

namespace pulse::actors {

using limiter_actor =
    caf::typed_actor<caf::replies_to<permit_request>::with<permit_answer>,            // Asks for a permit.
                     caf::replies_to<read_permit_request>::with<read_permit_answer>,  // The same for a look.
                     caf::reacts_to<budget_seen>,     // Learns from what the platform said.
                     caf::reacts_to<permit_unused>,   // Takes a permit back.
                     caf::reacts_to<permit_unspent>,  // What it did not spend is there again.
                     caf::reacts_to<new_rates>,       // The budgets or the apps are others from now on.
                     caf::reacts_to<read_slot>,       // INTERNAL: a look's turn there.
                     caf::reacts_to<app_slot>,        // INTERNAL: the tenant's turn at the app's budget.
                     caf::reacts_to<past_loaded>,     // INTERNAL: what counts against the budgets.
                     caf::reacts_to<load_past>>;      // INTERNAL: time to ask for it again.

}  // namespace pulse::actors
