// The root of the tree: keeps the node's lease, and a supervisor for every tenant that has something to do.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/system/lease.hpp"
#include "actors/system/messages.hpp"
#include "actors/system/services.hpp"
#include "actors/system/supervision.hpp"
#include "actors/tenant/messages.hpp"
#include "domain/engine/shares.hpp"

namespace pulse::actors {

class node_state {
 public:
  static constexpr const char* name = "node";

  /// How often tenants with work are looked for, and how far ahead. Those that sleep are woken; those that run look at
  /// their rows again, because whoever changed them may have told nobody: a NOTIFY gets lost with its connection.
  static constexpr std::chrono::seconds sweep_interval{60};
  static constexpr std::chrono::seconds sweep_ahead{150};
  /// How many running tenants are notified at a time, and the pause before the next batch, so that due work gets the
  /// database too.
  static constexpr std::size_t reloads_at_once = 200;
  static constexpr std::chrono::milliseconds reload_pause{100};
  /// The least time between two sweeps that are caused by repeated failures.
  static constexpr std::chrono::seconds sweep_pause{1};
  /// How often an operator is warned that the node's clock is wrong.
  static constexpr std::chrono::seconds clock_warning_pause{60};
  /// The wait after another node's lease has ended before its tenants are searched: our clock may be ahead of its.
  static constexpr std::chrono::milliseconds after_lease_end{50};
  /// The pause while the database does not answer.
  static constexpr std::chrono::milliseconds database_pause{500};
  /// How long a supervisor may take to read its rows again before the caller gets a refusal.
  static constexpr std::chrono::seconds reload_timeout{5};
  /// When a caller asks again for a company that another node runs, or that is being taken over.
  static constexpr std::chrono::seconds login_read_pause{2};

  /// How long a supervisor may take to finish calls under way before it is given up and the tenant is taken again.
  static constexpr std::chrono::seconds drain_timeout{30};
  /// The pause between two tenants that are handed over.
  static constexpr std::chrono::milliseconds hand_over_pause{50};

  void init(node_actor::stateful_pointer<node_state> self, const services* services, lease* own);

  caf::result<bool> on(const notify& message);
  caf::result<read_permit_answer> on(const login_read_request& message);
  void on(const login_read_report& message);
  void on(const sweep_again& message);
  void on(const sweep& message);
  void on(const reload_awake& message);
  void on(const lease_ended& message);
  void on(const tenants_found& message);
  void on(const restart_tenant& message);
  void on(const renew_lease& message);
  void on(const handed_over& message);
  void on(const hand_over_next&);
  void on(const lease_answered& message);
  void on(const entered& message);
  void tenant_down(const caf::down_msg& message);
  /// Lets the tenants finish calls under way, and quits after the last of them. When called again it waits no longer:
  /// the rows know what was under way.
  void stop();

  /// The tenant's supervisor, started when it is not there.
  tenant_actor wake(const base::uuid& tenant_id);

 private:
  void enter_anew();
  void ask_for_lease();
  void renew_after(std::chrono::milliseconds pause);
  void sweep_for_work();
  void sweep_soon();
  void watch_lease_ends(const std::vector<base::timestamp>& ends);
  void warn_of(const clock_gap& gap);
  void kill_tenants();
  bool may_wake() const;
  bool may_wake(const base::uuid& tenant_id) const;
  void forget(const tenant_actor& gone);

  node_actor::stateful_pointer<node_state> self_ = nullptr;
  const services* services_ = nullptr;
  lease* lease_ = nullptr;
  domain::lease_standing standing_;
  std::uint64_t renewals_ = 0;  // of the next one: there is one chain of them
  bool stopping_ = false;
  bool any_ended_ = false;  // supervisors that went to sleep since the last look for work
  supervised_children<base::uuid, tenant_actor> tenants_;
  std::uint64_t sweep_generation_ = 0;  // of the latest look for work: there is one chain of them
  std::optional<lease::clock::time_point> looked_at_;
  domain::shares shares_;
  std::optional<base::uuid> handing_;     // the tenant that is being handed over: one at a time
  std::set<base::timestamp> lease_ends_;  // of other nodes, that are or were looked after
  std::optional<lease::clock::time_point> warned_of_clock_at_;
};

/// Runs until it is told to exit; its tenants end with it.
node_actor::behavior_type node(node_actor::stateful_pointer<node_state> self, const services* services, lease* own);

}  // namespace pulse::actors
