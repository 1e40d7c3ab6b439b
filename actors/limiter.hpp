// The rate limiter of one platform in one tenant: a throttle for each account, one for the tenant, and the tenant's turn at the
// app's budget. Fed by what the platform says.
#pragma once

#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include "actors/interfaces.hpp"
#include "actors/services.hpp"
#include "domain/platform_limits.hpp"
#include "domain/throttle.hpp"

namespace pulse::actors {

class limiter_state {
 public:
  static constexpr const char* name = "limiter";

  /// What is late by more than this gets no burst: a backlog is spread.
  static constexpr std::chrono::seconds backlog_after{60};

  limiter_state() = default;
  ~limiter_state();
  limiter_state(const limiter_state&) = delete;
  limiter_state& operator=(const limiter_state&) = delete;

  void init(limiter_actor::pointer self, const services* with, domain::channel_type type, const limiter_facts& facts);

  caf::result<permit_answer> ask(const permit_request& request);
  void learn(const budget_seen& seen);
  void on(const permit_unused& unused);
  void on(const app_slot& slot);
  void on(const new_rates& fresh);

 private:
  struct asking {
    permit_request request;
    caf::typed_response_promise<permit_answer> promise;
  };

  /// The answer, unless the app's budget has to be asked first.
  std::optional<permit_answer> decide(const permit_request& request);
  void reserve_app_slot();
  domain::throttle& account(const base::uuid& budget);

  limiter_actor::pointer self_ = nullptr;
  const services* with_ = nullptr;
  domain::channel_type type_ = domain::channel_type::website;
  domain::budget_rates rates_;
  std::unordered_map<base::uuid, domain::throttle> accounts_;  // bounded by the tenant's accounts
  std::optional<domain::throttle> tenant_;
  std::optional<base::timestamp> app_slot_;  // this tenant's turn; one at a time, so that tenants take turns
  bool reserving_ = false;
  std::vector<asking> waiting_;  // for the app's budget to answer; bounded by the tenant's channels
};

/// Runs as a child of the tenant's supervisor. Begins with the calls that `facts` name; what the platform said is said again.
limiter_actor::behavior_type limiter(limiter_actor::stateful_pointer<limiter_state> self, const services* with,
                                     domain::channel_type type, const limiter_facts& facts);

}  // namespace pulse::actors
