// The messages of the node: one comment line each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

#include "actors/budgets/messages.hpp"
#include "actors/system/lease.hpp"
#include "actors/system/store.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"

namespace pulse::actors {

/// A callback, called once: when its last holder releases it, also when the engine stops and drops its messages.
class hearing {
 public:
  explicit hearing(std::function<void()> heard) : heard_(std::move(heard)) {}
  ~hearing() { heard_(); }
  hearing(const hearing&) = delete;
  hearing& operator=(const hearing&) = delete;

 private:
  std::function<void()> heard_;
};

struct notify {  // a tenant's rows have changed
  base::uuid tenant_id;
  std::shared_ptr<hearing> heard{};  // let go of when the supervisor has looked, or when it is not known whether it has
};
struct login_read_request {  // somebody wants to read with a company's login
  base::uuid tenant_id;
  read_permit_request what;
};
struct login_read_report {
  base::uuid tenant_id;
  read_report what;
};
struct sweep {  // time to look for tenants that have work
  std::uint64_t generation = 0;
};
struct sweep_again {};  // the node may have missed notifications
struct reload_awake {   // makes running supervisors read their rows again, some at a time
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

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::notify)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::login_read_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::login_read_report)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::sweep)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::sweep_again)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::reload_awake)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::lease_ended)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::tenants_found)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::restart_tenant)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::renew_lease)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::handed_over)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::hand_over_next)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::lease_answered)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(pulse::actors::entered)

namespace pulse::actors {

using node_actor = caf::typed_actor<
    caf::replies_to<notify>::with<
        bool>,  // Tells the tenant's supervisor that rows have changed; answers when it has reloaded them.
    caf::replies_to<login_read_request>::with<read_permit_answer>,  // Asks the company's limiter.
    caf::reacts_to<login_read_report>,  // What the platform reported to a read, for the company's limiter.
    caf::reacts_to<sweep_again>,        // Looks for what it may not have been told.
    caf::reacts_to<sweep>,              // INTERNAL: looks for tenants that have work.
    caf::reacts_to<reload_awake>,       // INTERNAL: the next of those that run.
    caf::reacts_to<lease_ended>,        // INTERNAL: another node may be dead.
    caf::reacts_to<tenants_found>,      // INTERNAL: these.
    caf::reacts_to<restart_tenant>,     // INTERNAL: the backoff of a crashed supervisor is over.
    caf::reacts_to<handed_over>,        // INTERNAL: another node has a tenant now, or has not.
    caf::reacts_to<hand_over_next>,     // INTERNAL: time for the next one.
    caf::reacts_to<renew_lease>,        // INTERNAL: time to renew the lease.
    caf::reacts_to<lease_answered>,     // INTERNAL: the database's word on it.
    caf::reacts_to<entered>>;           // INTERNAL: and on entering.

}  // namespace pulse::actors
