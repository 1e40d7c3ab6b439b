// A tenant's supervisor: owns the tenant under a fence, knows what is due when, and keeps the tenant's channels and
// limiters alive. Started on demand, asleep (gone) when nothing is near.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include "actors/publishing/agenda.hpp"
#include "actors/publishing/channel.hpp"
#include "actors/system/services.hpp"
#include "actors/system/supervision.hpp"
#include "actors/tenant/messages.hpp"

namespace pulse::actors {

class tenant_state {
 public:
  static constexpr const char* name = "tenant";

  /// How far ahead the agenda is loaded, and how many of a channel at most: later ones are loaded when it is their
  /// turn.
  static constexpr std::chrono::minutes horizon{10};
  static constexpr int most_of_channel = 200;
  /// The rows are read again this long before the loaded part of the agenda ends.
  static constexpr std::chrono::minutes reload_margin{1};
  /// With nothing due within the horizon and nothing in hand, the supervisor goes to sleep after this long.
  static constexpr std::chrono::seconds idle_before_sleep{30};
  /// While the database does not answer.
  static constexpr std::chrono::milliseconds database_pause{500};
  /// After rows were not as believed, before they are read again: bounds what a disagreement can cost.
  static constexpr std::chrono::milliseconds disagreement_pause{20};

  ~tenant_state();

  void init(tenant_actor::stateful_pointer<tenant_state> self, const services* services, const base::uuid& tenant_id);

  caf::result<bool> reload();
  caf::result<drained> hand_over();
  caf::result<read_permit_answer> ask_to_read(const read_permit_request& request);
  void on(const read_report& message);
  void on(const tenant_taken& message);
  void on(const agenda_loaded& message);
  void on(const agenda_tick& message);
  void on(parked& message);
  void on(const released& message);
  void on(const restart_child& message);
  void on(const rules_rest& message);
  void on(const posts_were_made&);
  void on(const restart_rules&);
  void child_down(const caf::down_msg& message);
  /// Lets the children finish their calls to the platforms, and quits after the last of them.
  void stop();

 private:
  void take_tenant();
  void load();
  void answer_waiting(bool reloaded);
  void dispatch();
  void arm();
  void arm_at(base::timestamp at);
  void hand_out(std::vector<domain::delivery> due);
  channel_actor channel_for(const base::uuid& channel_id);
  limiter_actor limiter_for(domain::channel_type type);
  void channel_down(const base::uuid& channel_id);
  void limiter_down(domain::channel_type type);
  void report_parked(const base::uuid& channel_id, domain::degraded_part what);
  void take_limits(std::vector<domain::limit_row> limits, domain::own_apps apps);
  void restart_limiter(domain::channel_type type);
  void sweep_its_rules();
  void rules_down(const caf::down_msg& message);
  bool is_kept_awake() const;
  void quit_when_alone();
  bool may_sleep() const;

  tenant_actor::stateful_pointer<tenant_state> self_ = nullptr;
  const services* services_ = nullptr;
  base::uuid tenant_id_;
  std::optional<std::int64_t> fence_;
  std::uint32_t term_ = 0;  // of the lease under which this actor began
  agenda agenda_;
  base::timestamp load_at_;                 // when the rows are to be read again
  bool is_loaded_ = false;                  // the budgets are known
  bool has_ended_ = true;                   // something, perhaps, since the agenda was read
  bool with_begun_ = true;                  // what was begun is nobody's that we know of: read it too
  std::unordered_set<base::uuid> partial_;  // channels with more within the horizon than was loaded
  bool loading_ = false;                    // a query is under way
  bool load_again_ = false;                 // the rows changed meanwhile
  bool is_outdated_ = false;                // a channel crashed meanwhile: what it had begun may look as if it waited
  bool disagreed_ = false;                  // the rows were not as believed, and the query may have seen them before
  std::vector<caf::typed_response_promise<bool>> asking_;     // to be answered by the next load
  std::vector<caf::typed_response_promise<bool>> answering_;  // by the load under way
  std::uint64_t generation_ = 0;
  bool stopping_ = false;
  std::optional<caf::typed_response_promise<drained>> handing_;  // to be answered when nothing is under way any more
  std::optional<base::timestamp> armed_;
  base::timestamp idle_since_;
  std::unordered_map<base::uuid, channel_identity> identities_;  // of the channels that were in the agenda
  supervised_children<base::uuid, channel_actor> channels_;
  std::vector<domain::limit_row> limits_;
  domain::own_apps apps_;
  std::vector<persistence::past_start> starts_;          // attempts of the owners before
  std::vector<persistence::rate_limits::block> blocks_;  // what the platforms told them
  bool is_past_old_ = false;                             // a limiter has died that knew more
  supervised_children<domain::channel_type, limiter_actor> limiters_;
  supervised_children<int, rules_actor> rules_;  // one actor for all rules, while there are any
  rules_rest rules_rest_;
};

/// Runs as a monitored child of the node. Ends by itself when it sleeps or when another node has the tenant.
tenant_actor::behavior_type tenant(tenant_actor::stateful_pointer<tenant_state> self, const services* services,
                                   const base::uuid& tenant_id);

}  // namespace pulse::actors
