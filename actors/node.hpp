// The root of the tree: keeps the node's lease, and a supervisor for every tenant that has something to do.
#pragma once

#include <chrono>
#include <cstdint>
#include <unordered_map>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/interfaces.hpp"
#include "actors/lease.hpp"
#include "actors/services.hpp"

namespace pulse::actors {

class node_state {
 public:
  static constexpr const char* name = "node";

  /// How often sleeping tenants with work are looked for, and how far ahead: an awake supervisor has its own timers.
  static constexpr std::chrono::seconds sweep_interval{60};
  static constexpr std::chrono::seconds sweep_ahead{150};
  /// After another node's lease ended, before its tenants are looked for: our clock may be ahead of its.
  static constexpr std::chrono::milliseconds after_lease_end{50};
  /// While the database does not answer.
  static constexpr std::chrono::milliseconds database_pause{500};
  /// What a supervisor may take to heed a change before the asker is told that it has not.
  static constexpr std::chrono::seconds heed_timeout{5};

  /// Before a crashed supervisor is started again.
  static constexpr std::chrono::milliseconds crash_pause{500};

  void init(node_actor::stateful_pointer<node_state> self, const services* with, lease* own);

  caf::result<bool> on(const notify& message);
  void on(const sweep& message);
  void on(const lease_ended& message);
  void on(const tenants_found& message);
  void on(const restart_tenant& message);
  void on(const renew_lease& message);
  void on(const lease_answered& message);
  void on(const entered& message);
  void tenant_down(const caf::down_msg& message);
  /// Lets the tenants finish what has left for the platforms, and quits after the last of them. Told so again, it waits no
  /// longer: the rows know what was under way.
  void stop();

  /// The tenant's supervisor, started when it is not there.
  tenant_actor wake(const base::uuid& tenant_id);

 private:
  void enter();
  void look_for_work();
  void look_when_lease_ends(std::optional<base::timestamp> at);
  void kill_tenants();
  void forget(const tenant_actor& gone);

  node_actor::stateful_pointer<node_state> self_ = nullptr;
  const services* with_ = nullptr;
  lease* lease_ = nullptr;
  bool is_entered_ = false;
  lease::clock::time_point entering_since_{};  // answers to older questions about the lease say nothing any more
  bool stopping_ = false;
  bool any_ended_ = false;  // supervisors that went to sleep since the last look for work
  std::unordered_map<base::uuid, tenant_actor> tenants_;
  std::unordered_map<caf::actor_addr, base::uuid> tenant_of_;
  std::uint64_t sweep_generation_ = 0;        // of the latest look for work: there is one chain of them
  std::optional<base::timestamp> lease_end_;  // of another node, at which is looked for its work
};

/// Runs until it is told to exit; its tenants end with it.
node_actor::behavior_type node(node_actor::stateful_pointer<node_state> self, const services* with, lease* own);

}  // namespace pulse::actors
