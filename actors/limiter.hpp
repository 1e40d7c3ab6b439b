// The rate limiter of one platform in one tenant: a throttle for each account, fed by what the platform says.
#pragma once

#include <unordered_map>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/interfaces.hpp"
#include "actors/services.hpp"
#include "domain/throttle.hpp"

namespace pulse::actors {

struct limiter_state {
  static constexpr const char* name = "limiter";

  permit_answer ask(const permit_request& request);
  void learn(const budget_seen& seen);

  const services* with = nullptr;
  domain::channel_type type = domain::channel_type::website;
  std::unordered_map<base::uuid, domain::throttle> throttles;  // one an account: bounded by the tenant's accounts
};

/// Runs as a child of the tenant's supervisor. Keeps nothing that a restart may not forget: the platform says it again.
limiter_actor::behavior_type limiter(limiter_actor::stateful_pointer<limiter_state> self, const services* with,
                                     domain::channel_type type);

}  // namespace pulse::actors
