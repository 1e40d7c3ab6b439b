// The budgets of one platform in a simulation: what actors/budgets/limiter answers, without the actor. See
// domain/explaining/simulation.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/budgets/tenant_budgets.hpp"
#include "domain/platforms/platform_limits.hpp"

namespace pulse::domain {

/// An answer, and the budget that refuses.
struct simulated_permit : budget_answer {
  bool granted = false;
  std::optional<base::timestamp> app_slot = std::nullopt;  // granted: what it used of the app's budget
};

/// A permit that was granted and used.
struct used_permit {
  base::timestamp at;
  std::optional<base::timestamp> app_slot;
};

class simulated_limiter {
 public:
  simulated_limiter(channel_type type, const budget_rates& rates, own_apps apps = {});

  /// A call that was made before the simulation begins; in order. `published_nothing`: only budgets that count calls
  /// are charged.
  void replay(const base::uuid& budget, base::timestamp at, bool published_nothing);

  /// The platform accepts no post of the account before this.
  void block(const base::uuid& budget, base::timestamp until) { own_.block(budget, until); }

  /// All budgets must allow it, and only then is anything taken of any.
  simulated_permit ask(const permit_question& question, base::timestamp now);

  /// The permitted call published nothing: budgets that count posts are refunded. `never_called`: the platform was not
  /// called either, so budgets that count calls are refunded too.
  void refund(const base::uuid& budget, const used_permit& permit, bool never_called);

  /// The last permit was not used; it is given back.
  void give_back(const base::uuid& budget, base::timestamp now);

 private:
  /// An app, if its budget is known, and the tenant's turn there, taken and not yet used.
  struct app_line {
    std::optional<throttle> budget;
    std::optional<base::timestamp> slot;
  };
  app_line& line_of(const base::uuid& account);

  channel_type type_;
  std::optional<rate> installations_;
  tenant_budgets own_;
  std::map<std::string, app_line> lines_;  // by the app, as in actors/budgets/limiter
};

}  // namespace pulse::domain
