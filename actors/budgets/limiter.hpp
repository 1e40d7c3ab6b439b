// The rate limiter of one platform in one tenant: the tenant's own budgets (domain/budgets/tenant_budgets) and its turn at the app's.
// Fed by what the platform says.
#pragma once

#include <optional>
#include <string>
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

  /// While the past is not known and the database does not answer.
  static constexpr std::chrono::milliseconds database_pause{500};

  void init(limiter_actor::pointer self, const services* with, const base::uuid& tenant_id, domain::channel_type type,
            const limiter_facts& facts);

  caf::result<permit_answer> ask(const permit_request& request);
  void learn(const budget_seen& seen);
  void on(const permit_unused& unused);
  void on(const permit_unspent& unspent);
  void on(const app_slot& slot);
  void on(const new_rates& fresh);
  void on(const past_loaded& message);
  void on(const load_past&);

 private:
  struct asking {
    permit_request request;
    caf::typed_response_promise<permit_answer> promise;
  };

  /// The answer, unless the past or the app's budget has to be asked for first.
  std::optional<permit_answer> decide(const permit_request& request);
  enum class turn { ours, later, to_be_taken };
  turn take_turn(permit_answer& answer, base::timestamp now);
  bool is_turn_there(base::timestamp now) const;
  void answer_waiting();
  void learn_past(const store::past& past);
  void reserve_app_slot();
  void give_back_turn();
  /// Whose budget the app's is: one that all tenants share.
  std::string app() const { return std::string{base::to_name(type_)}; }
  bool has_app() const { return rates_.app || domain::has_app(type_); }
  domain::rate app_rate() const { return rates_.app.value_or(domain::unbounded_app); }
  std::string app_in_words() const;
  scarce_budget refusal(const domain::budget_answer& by) const;

  limiter_actor::pointer self_ = nullptr;
  const services* with_ = nullptr;
  base::uuid tenant_id_;
  domain::channel_type type_ = domain::channel_type::website;
  domain::budget_rates rates_;
  std::optional<domain::tenant_budgets> budgets_;  // there from `init` on
  bool is_past_known_ = false;
  std::optional<app_turn> app_slot_;  // this tenant's turn; one at a time, so that tenants take turns
  bool reserving_ = false;
  std::vector<asking> waiting_;  // for the app's budget or the past; bounded by the tenant's channels
};

/// Runs as a child of the tenant's supervisor. Begins with the calls and the platform's refusals that `facts` name, or reads them;
/// what the platform said besides is said again.
limiter_actor::behavior_type limiter(limiter_actor::stateful_pointer<limiter_state> self, const services* with,
                                     const base::uuid& tenant_id, domain::channel_type type,
                                     const limiter_facts& facts);

}  // namespace pulse::actors
