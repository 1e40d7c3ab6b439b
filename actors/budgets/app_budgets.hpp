// The budgets that all tenants share: what an app may publish at a platform.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.hpp"
#include "domain/budgets/throttle.hpp"

namespace pulse::actors {

/// A slot of an app's budget.
struct app_turn {
  enum class hold {
    granted,  // may be used from `at` to `until`
    refused,  // nothing was taken: to be asked for again at `at`
  };

  base::timestamp at;
  base::timestamp until;
  bool is_told = false;  // it is the platform's own word that it is not earlier
  hold is = hold::granted;
  base::timestamp slot{};  // names it where it is counted
};

/// What a platform reported about the app itself.
struct app_report {
  std::string_view budget;  // the platform's name of it
  int remaining = 0;
  base::timestamp resets_at;
};

/// Gives out the slots of the app budgets, first come, first served. A tenant holds at most one slot of a budget at a
/// time (actors/budgets/limiter): so tenants take turns, however much each of them has waiting. `app` is the opaque
/// name of the app, of at most 200 characters. Thread-safe.
class app_budgets {
 public:
  virtual ~app_budgets() = default;

  /// Takes the next slot of the app's budget, for `now` or later, and calls back once, on any thread, perhaps before it
  /// returns.
  virtual void reserve(const std::string& app, const domain::rate& budget, base::timestamp now,
                       std::function<void(app_turn slot)> done) = 0;

  /// The slot was not used, or nothing reached the platform: it is given back, unless so many were granted since that
  /// it is not remembered.
  virtual void refund(const std::string& app, const domain::rate& budget, const app_turn& slot,
                      base::timestamp now) = 0;

  /// What the reply to one tenant reported applies to all: see domain::throttle::observe.
  virtual void observe(const std::string& app, const domain::rate& budget, const app_report& said,
                       base::timestamp now) = 0;

  /// When a read may be made at the platform, at `now` or later, as far as this process knows; it leaves what posts may
  /// need (domain/budgets/reading). Takes nothing.
  virtual base::timestamp earliest_read(const std::string& app, const domain::rate& budget, base::timestamp now) {
    static_cast<void>(app);
    static_cast<void>(budget);
    return now;
  }

  /// The platform refuses calls of the app until then, as far as this process knows.
  virtual base::timestamp blocked_until(const std::string& app) = 0;

  /// Gives back to the other nodes what this one did not use in time. To be called now and then.
  virtual void give_back_unused(base::timestamp now) { static_cast<void>(now); }
};

/// The budgets of one process alone.
class local_app_budgets final : public app_budgets {
 public:
  void reserve(const std::string& app, const domain::rate& budget, base::timestamp now,
               std::function<void(app_turn slot)> done) override;
  void refund(const std::string& app, const domain::rate& budget, const app_turn& slot, base::timestamp now) override;
  void observe(const std::string& app, const domain::rate& budget, const app_report& said,
               base::timestamp now) override;
  base::timestamp earliest_read(const std::string& app, const domain::rate& budget, base::timestamp now) override;
  base::timestamp blocked_until(const std::string& app) override;

 private:
  domain::throttle& throttle_of(const std::string& app, const domain::rate& budget, base::timestamp now);

  std::mutex mutex_;
  std::unordered_map<std::string, domain::throttle> throttles_;
};

}  // namespace pulse::actors
