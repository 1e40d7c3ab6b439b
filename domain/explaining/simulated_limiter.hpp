// The budgets of one platform in a simulation: what actors/budgets/limiter answers, without the actor. See domain/explaining/simulation.
#pragma once

#include <optional>
#include <unordered_map>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/budgets/throttle.hpp"
#include "domain/platforms/platform_limits.hpp"

namespace pulse::domain {

/// An answer, and the budget that says no.
struct simulated_permit {
  bool granted = false;
  base::timestamp not_before;
  limit_scope scope = limit_scope::account;
  rate budget;
  bool is_told = false;    // it is not the budget: the platform itself wants nothing before `not_before`
  bool is_spread = false;  // nor is the budget used up: what is late is spread
  std::optional<base::timestamp> app_slot = std::nullopt;  // granted: what it used of the app's budget
};

/// A permit that was granted and used.
struct used_permit {
  base::timestamp at;
  std::optional<base::timestamp> app_slot;
};

class simulated_limiter {
 public:
  simulated_limiter(channel_type type, const budget_rates& rates);

  /// A call that was made before the simulation begins; in their order. `published_nothing`: only what counts calls has it.
  void replay(const base::uuid& budget, base::timestamp at, bool published_nothing);

  /// The platform wants nothing of the account before this.
  void block(const base::uuid& budget, base::timestamp until);

  /// All budgets must allow it, and only then is anything taken of any.
  simulated_permit ask(const base::uuid& budget, base::timestamp ready_at, base::timestamp now);

  /// The call that was so permitted published nothing: budgets that count posts have their post back. `never_called`: the platform was not
  /// called either, and what counts calls has its call back.
  void refund(const base::uuid& budget, const used_permit& permit, bool never_called);

  /// The last permit was not used.
  void give_back(const base::uuid& budget, base::timestamp now);

 private:
  throttle& account(const base::uuid& budget);

  bool counts_posts_ = false;  // the accounts' budgets
  budget_rates rates_;
  std::unordered_map<base::uuid, throttle> accounts_;
  std::optional<throttle> tenant_;
  std::optional<throttle> app_;
  std::optional<base::timestamp> app_slot_;  // the tenant's turn at the app's budget, taken and not yet used
};

}  // namespace pulse::domain
