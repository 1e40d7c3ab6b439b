// The rate limiter of one platform in one tenant: the tenant's own budgets (domain/budgets/tenant_budgets), its turn at
// the budget of the installation's app, and the budgets of apps of its own. Corrected by what the platform reports.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include "actors/budgets/messages.hpp"
#include "actors/system/services.hpp"
#include "base/describe.hpp"
#include "domain/budgets/tenant_budgets.hpp"
#include "domain/platforms/platform_limits.hpp"

namespace pulse::actors {

class limiter_state {
 public:
  static constexpr const char* name = "limiter";

  limiter_state() = default;
  ~limiter_state();
  limiter_state(const limiter_state&) = delete;
  limiter_state& operator=(const limiter_state&) = delete;

  /// The pause while earlier calls are not known and the database does not answer.
  static constexpr std::chrono::milliseconds database_pause{500};

  void init(limiter_actor::pointer self, const services* services, const base::uuid& tenant_id,
            domain::channel_type type, const limiter_facts& facts);

  caf::result<permit_answer> ask(const permit_request& request);
  caf::result<read_permit_answer> ask_to_read(const read_permit_request& request);
  void learn(const budget_seen& seen);
  void on(const permit_unused& unused);
  void on(const permit_unspent& unspent);
  void on(const app_slot& slot);
  void on(const read_slot& slot);
  void on(const new_rates& fresh);
  void on(const past_loaded& message);
  void on(const load_past&);

 private:
  struct asking {
    permit_request request;
    caf::typed_response_promise<permit_answer> promise;
  };

  struct reading {
    read_permit_request request;
    std::string app;
    caf::typed_response_promise<read_permit_answer> promise;
  };

  /// The answer, unless the past or the app's budget has to be asked for first.
  std::optional<permit_answer> decide(const permit_request& request);
  enum class turn { ours, later, to_be_taken };

  /// An app through which the tenant's accounts are called, and its turn there.
  struct app_line {
    std::string app;  // the own app's client id; empty: the installation's
    std::unique_ptr<local_app_budgets>
        own{};                       // the own app's: no other tenant goes through it, and one node alone runs this one
    std::optional<app_turn> slot{};  // one at a time, so that tenants take turns
    bool is_reserving = false;
  };
  app_line& line_of(const base::uuid& budget);
  app_line& line_called(const std::string& app);
  app_budgets& budgets_of(app_line& of) const;
  /// Names the budget of an app: an own one's is in `own`.
  std::string budget_name() const { return std::string{base::to_name(type_)}; }
  static bool is_turn_there(const app_line& of, base::timestamp now);
  turn take_turn(app_line& of, permit_answer& answer, base::timestamp now);
  void answer_waiting();
  /// Why a read may not start yet by the company's own budgets; nothing when it may.
  std::optional<read_permit_answer> refuse_read(const read_permit_request& request, base::timestamp now);
  void learn_past(const store::past& past);
  void reserve_slot(app_line& of);
  void give_back_slot(app_line& of) const;
  bool has_app(const app_line& of) const { return of.own || rates_.app || domain::has_app(type_); }
  /// The budget of an own app is what the platform documents: the operator's settings are about the installation's app.
  std::optional<domain::rate> known_rate(const app_line& of) const {
    return of.own ? domain::app_rate(type_) : rates_.app;
  }
  domain::rate rate_of(const app_line& of) const { return known_rate(of).value_or(domain::unbounded_app); }
  std::string in_words(const app_line& of) const;
  scarce_budget refusal(const domain::budget_answer& by) const;

  limiter_actor::pointer self_ = nullptr;
  const services* services_ = nullptr;
  base::uuid tenant_id_;
  domain::channel_type type_ = domain::channel_type::website;
  domain::budget_rates rates_;
  std::optional<domain::tenant_budgets> budgets_;  // there from `init` on
  bool is_past_known_ = false;
  std::map<std::string, app_line> lines_;  // by the app; bounded by the tenant's apps
  std::vector<asking> waiting_;            // for the app's budget or the past; bounded by the tenant's channels
  std::unordered_map<std::uint64_t, reading> reading_;  // for the app's budget; bounded by the looks that run at once
  std::uint64_t reads_ = 0;
};

/// Runs as a child of the tenant's supervisor. Begins with the earlier calls and refusals in `facts`, or reads them;
/// other reports of the platform come again with its replies.
limiter_actor::behavior_type limiter(limiter_actor::stateful_pointer<limiter_state> self, const services* services,
                                     const base::uuid& tenant_id, domain::channel_type type,
                                     const limiter_facts& facts);

}  // namespace pulse::actors
