// The budgets that all tenants share: what this installation's app may publish at a platform.
#pragma once

#include <functional>
#include <mutex>
#include <string_view>
#include <unordered_map>

#include "base/time.hpp"
#include "domain/budgets/throttle.hpp"
#include "domain/publishing/channel.hpp"

namespace pulse::actors {

/// A slot of an app's budget.
struct app_turn {
  enum class hold {
    granted,   // may be used from `at` on
    reserved,  // taken, and to be confirmed when its time has come
    refused,   // nothing was taken: to be asked for again at `at`
  };

  base::timestamp at;
  bool is_told = false;  // it is the platform's own word that it is not earlier
  hold is = hold::granted;
  base::timestamp since{};  // when the count that reserved it was opened: whoever confirms it knows what that means
};

/// What a platform said of the app itself.
struct app_report {
  std::string_view budget;  // the platform's name of it
  int remaining = 0;
  base::timestamp resets_at;
};

/// Gives out the slots of the app budgets, first come, first served, while the count can be asked. A tenant holds at most one slot of a
/// platform at a time (actors/budgets/limiter): so tenants take turns, however much each of them has waiting. Thread-safe.
class app_budgets {
 public:
  virtual ~app_budgets() = default;

  /// Takes the next slot of the platform's budget, at `now` or later, and calls back once, on any thread, perhaps before it
  /// returns. A slot that is not used is lost.
  virtual void reserve(domain::channel_type platform, const domain::rate& budget, base::timestamp now,
                       std::function<void(app_turn slot)> done) = 0;

  /// The time of a slot that was reserved has come: gives it, or another one when it does not hold any more. Calls back as `reserve`.
  virtual void confirm(domain::channel_type platform, const domain::rate& budget, const app_turn& held,
                       base::timestamp now, std::function<void(app_turn slot)> done) = 0;

  /// The slot of `slot` was used, and nothing reached the platform: it is as if it had never been given, as far as the count knows it
  /// still. One that a node took on its own while the count could not be asked stays spent, and so does one of which the count cannot
  /// be told.
  virtual void refund(domain::channel_type platform, const domain::rate& budget, base::timestamp slot,
                      base::timestamp now) = 0;

  /// What the reply to one tenant said holds for all: see domain::throttle::observe.
  virtual void observe(domain::channel_type platform, const domain::rate& budget, const app_report& said,
                       base::timestamp now) = 0;

  /// When a call that publishes nothing may be made at the platform, at `now` or later, as far as this process knows: it leaves what posts may
  /// need (domain/budgets/reading). Takes nothing.
  virtual base::timestamp earliest_read(domain::channel_type platform, const domain::rate& budget,
                                        base::timestamp now) {
    static_cast<void>(platform);
    static_cast<void>(budget);
    return now;
  }

  /// The platform wants nothing of the app before this, as far as this process has heard.
  virtual base::timestamp blocked_until(domain::channel_type platform) = 0;

  /// So many nodes, this one included, live on the installation's budgets: as far as this one knows.
  virtual void share_among(int nodes) { static_cast<void>(nodes); }

  /// Tells the other nodes that this one is there. To be called every lease::renewal, also when it has nothing to send.
  virtual void keep_in_touch(base::timestamp now) { static_cast<void>(now); }
};

/// The budgets of one process alone.
class local_app_budgets final : public app_budgets {
 public:
  void reserve(domain::channel_type platform, const domain::rate& budget, base::timestamp now,
               std::function<void(app_turn slot)> done) override;
  void confirm(domain::channel_type platform, const domain::rate& budget, const app_turn& held, base::timestamp now,
               std::function<void(app_turn slot)> done) override;
  void refund(domain::channel_type platform, const domain::rate& budget, base::timestamp slot,
              base::timestamp now) override;
  void observe(domain::channel_type platform, const domain::rate& budget, const app_report& said,
               base::timestamp now) override;
  base::timestamp earliest_read(domain::channel_type platform, const domain::rate& budget,
                                base::timestamp now) override;
  base::timestamp blocked_until(domain::channel_type platform) override;

 private:
  domain::throttle& throttle_of(domain::channel_type platform, const domain::rate& budget, base::timestamp now);

  std::mutex mutex_;
  std::unordered_map<domain::channel_type, domain::throttle> throttles_;
};

}  // namespace pulse::actors
