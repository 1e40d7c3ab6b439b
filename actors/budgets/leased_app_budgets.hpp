// The app budgets of all nodes together: slots are leased from a row of the database, and some of them before they are
// needed.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "actors/budgets/app_budgets.hpp"
#include "base/time.hpp"
#include "domain/budgets/app_budget.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::actors {

/// Never more than a budget allows is used within any window: domain::app_budget says why. Without the database there
/// are no slots, and nothing is published either. One request about a budget is under way at a time; requests that
/// arrive meanwhile are combined into the next one. A node that asks often gets slots ahead, so that most posts wait
/// for no round trip; unused ones are given back.
class leased_app_budgets final : public app_budgets {
 public:
  /// Nothing: the database did not answer.
  using answer = std::optional<domain::slot_grant>;
  using asker = std::function<void(const std::string& app, domain::slot_request what, std::function<void(answer)>)>;

  /// Maximum number of slots of one request.
  static constexpr std::size_t most_together = 128;
  /// Slots that a node holds ahead: a hundredth of the limit, at least the first figure and at most the second.
  static constexpr int some_ahead = 64;
  static constexpr int most_ahead = 512;
  /// Slots that one request gives back; further ones are lost.
  static constexpr std::size_t most_unused = domain::app_budget::most_refundable;
  /// The pause after the database did not answer.
  static constexpr std::chrono::seconds pause{1};

  /// `through` acts as the engine. Both outlive this, and the pool is stopped before.
  leased_app_budgets(persistence::database& through, const base::clock& clock);
  /// `ask` calls back once, on any thread: for tests, in which the row is where they want it.
  leased_app_budgets(asker ask, const base::clock& clock) : ask_(std::move(ask)), clock_(clock) {}

  void reserve(const std::string& app, const domain::rate& budget, base::timestamp now,
               std::function<void(app_turn slot)> done) override;
  void refund(const std::string& app, const domain::rate& budget, const app_turn& slot, base::timestamp now) override;
  void observe(const std::string& app, const domain::rate& budget, const app_report& said,
               base::timestamp now) override;
  base::timestamp blocked_until(const std::string& app) override;
  /// Only those whose time is over, of the ones ahead.
  void give_back_unused(base::timestamp now) override;
  /// Gives back all that this node has ahead.
  void stop();

 private:
  using receiver = std::function<void(app_turn)>;
  struct asking {
    domain::rate budget;
    receiver to;
  };
  /// What this node knows and has of one budget.
  struct share {
    explicit share(const domain::rate& its) : seen(its) {}

    domain::throttle seen;                  // what the platform has said
    std::deque<asking> waiting{};           // bounded by the tenants, each of which asks once at a time
    std::deque<app_turn> ahead{};           // oldest first
    std::vector<base::timestamp> unused{};  // to be given back
    std::optional<domain::platform_pace> news{};
    int wants_ahead = 0;
    bool is_asking = false;
    base::timestamp asked_at{};
  };
  struct sent_question {
    domain::slot_request what;
    std::vector<receiver> to;
    base::timestamp sent_at;
  };

  enum class reason { need, answered, give_back };

  // The caller holds the mutex.
  share& share_of(const std::string& app, const domain::rate& budget, base::timestamp now);
  static std::optional<app_turn> take_ahead(share& of, base::timestamp now);
  static void let_lapse(share& of, base::timestamp now);
  static void give_back(share& of, base::timestamp slot);
  std::optional<sent_question> next(share& of, reason why);
  static std::vector<app_turn> hear(share& of, const sent_question& asked, const domain::slot_grant& said,
                                    base::timestamp now);

  void send(const std::string& app, std::optional<sent_question> one);
  void end(const std::string& app, sent_question asked, const answer& said);

  asker ask_;
  const base::clock& clock_;
  std::mutex mutex_;
  std::unordered_map<std::string, share> shares_;
};

}  // namespace pulse::actors
