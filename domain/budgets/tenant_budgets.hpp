// The budgets of one platform in one tenant: a throttle for each account, one for the tenant, and who waits for them.
// The engine (actors/budgets/limiter) and the simulation ask the same object, so a simulation predicts what the engine
// does.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/budgets/own_apps.hpp"
#include "domain/budgets/throttle.hpp"
#include "domain/platforms/platform_limits.hpp"

namespace pulse::domain {

/// A delivery that asks whether it may start.
struct permit_question {
  base::uuid budget;  // the account's id, or the channel's where there is no account
  base::uuid delivery_id;
  base::timestamp ready_at;  // since when it is ready
};

/// When it may start, and what makes it wait until then.
struct budget_answer {
  base::timestamp not_before;  // at or before now: it may start
  limit_scope scope = limit_scope::account;
  rate budget;
  bool is_told = false;    // the platform itself asked to wait until `not_before`; the budget is not used up
  bool is_spread = false;  // late deliveries are spread; the budget is not used up
};

/// Whose turn it is, when there is room for fewer than ask: who was told to wait goes before who has just come, and of
/// those who wait the one that has been ready longest (of two alike, the smaller id). So the posts of a company go out
/// in the order of their times, whichever channel's timer happens to come first. Whoever does not come for its turn
/// loses it after `kept_for`. Not thread-safe: it belongs to one actor, or one simulation.
class tenant_budgets {
 public:
  /// How long the others wait for the one whose turn it is.
  static constexpr std::chrono::milliseconds kept_for{250};
  /// How long a delivery that lets another go first waits before it asks again.
  static constexpr std::chrono::milliseconds yield_for{1};
  /// Deliveries that are remembered while they wait. One a channel waits, so this is hardly ever reached; beyond it
  /// they go as they come.
  static constexpr std::size_t most_waiting = 4'096;

  explicit tenant_budgets(channel_type type, const budget_rates& rates = {});

  /// When this delivery may start by the budgets of account and tenant and by the order of those that wait.
  /// `is_app_turn`: the tenant has its turn at the app's budget, which is good for one start. Takes nothing.
  budget_answer look(const permit_question& question, base::timestamp now, bool is_app_turn);

  /// It starts now: `look` has just allowed it.
  void take(const permit_question& question, base::timestamp now);

  /// When a read may start by the account's budget. Deliveries that wait go first (domain/budgets/reading).
  /// Takes nothing.
  budget_answer next_read(const base::uuid& budget, base::timestamp now);

  /// A read starts now. It costs one call, but nothing in budgets that count posts or in the tenant's own.
  void take_read(const base::uuid& budget, base::timestamp now);

  /// The delivery was told to ask again at `until`.
  void let_wait(const permit_question& question, base::timestamp until);

  /// The last permit was not used; it is given back.
  void give_back(const base::uuid& budget);

  /// The call that was permitted at `at` published nothing: budgets that count posts are refunded. `never_called`: the
  /// platform was not called either, so budgets that count calls are refunded too.
  void refund(const base::uuid& budget, base::timestamp at, bool never_called);

  /// A call that was made earlier; to be given in order. `published_nothing`: only budgets that count calls are
  /// charged.
  void replay(const base::uuid& budget, base::timestamp at, bool published_nothing);

  /// See throttle.
  void block(const base::uuid& budget, base::timestamp until) { account(budget).block_until(until); }
  void observe(const base::uuid& budget, std::string_view name, int remaining, base::timestamp resets_at,
               base::timestamp now) {
    account(budget).observe(name, remaining, resets_at, now);
  }

  /// Which app each account is called through from now on. Deliveries of different apps do not wait for each other.
  void set_apps(own_apps apps) { apps_ = std::move(apps); }
  const own_apps& apps() const { return apps_; }

  /// Replaces the budgets of accounts and tenant from `now` on.
  void change(const budget_rates& rates, base::timestamp now);

 private:
  struct waiting {
    base::uuid budget;
    base::timestamp ready_at;
    base::timestamp until;
  };

  throttle& account(const base::uuid& budget);
  /// The scope in which the deliveries before this one leave no room at `now`.
  std::optional<limit_scope> yields_in(const permit_question& question, base::timestamp now, bool is_app_turn);
  void forget_overdue(base::timestamp now);

  bool counts_posts_ = false;  // the accounts' budgets
  rate account_rate_;
  own_apps apps_;
  std::unordered_map<base::uuid, throttle> accounts_;  // bounded by the tenant's accounts
  std::optional<throttle> tenant_;
  std::unordered_map<base::uuid, waiting> waiting_;  // by delivery
};

}  // namespace pulse::domain
