// A channel: sends its deliveries one after the other. It performs the effects that domain/publishing/delivery decides,
// and reports back.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/publishing/messages.hpp"
#include "actors/system/services.hpp"
#include "actors/tenant/messages.hpp"

namespace pulse::actors {

/// Who this channel is. Values only, so that a restart is the same spawn again.
struct channel_identity {
  base::uuid tenant_id;
  base::uuid id;
  domain::channel_type type = domain::channel_type::website;
  base::uuid budget;       // whose throttle: the account, or the channel itself
  std::int64_t fence = 0;  // of this node for the tenant
  std::uint32_t term = 0;  // of the lease under which it took the tenant
};

/// The pure work is domain::decide; this keeps what it decides about and performs its effects.
class channel_state {
 public:
  static constexpr const char* name = "channel";

  void init(channel_actor::stateful_pointer<channel_state> self, const services* services, channel_identity who,
            tenant_actor supervisor, limiter_actor limiter);

  void take(work& due);
  void on(const new_limiter& message);
  void on(const new_budgets&);
  void on(const permit_answer& answer);
  void on(claim_answer& answer);
  void on(const publish_answer& answer);
  void on(const record_answer& answer);
  void on(const content_answer& answer);
  void on(const reconcile_answer& answer);
  void on(const try_again& message);
  void on(const overdue& message);
  void on(const resume& message);

  /// Begins nothing more, finishes the calls under way, and then quits.
  void drain();

 private:
  /// A delivery under way, with what its next effect needs.
  struct entry {
    domain::delivery delivery;
    std::shared_ptr<persistence::claimed_content> content{};
    std::shared_ptr<connectors::publish_reply> reply{};
    std::shared_ptr<const persistence::delivery_change> change{};  // being recorded, until the database has answered
    persistence::permit_trace permit{};
    std::optional<base::timestamp> granted_at{};  // the last permit, by the limiter's clock
    std::optional<app_turn> app_slot{};           // and what it used of the app's budget
    int tries = 0;                                // writes in a row that the database did not answer
    std::uint64_t reconciliation = 0;  // the number of the one under way: an answer to an earlier one says nothing
  };

  void start_next();
  std::deque<base::uuid>::iterator next_in_turn();
  void quit_when_drained();
  void feed(const base::uuid& id, const domain::delivery_input& input);
  void perform(entry& of, domain::delivery_state from, const domain::effect& what);
  void ask_permit(entry& of);
  /// A delivery at rest begins again with what the rows say.
  template <class Message>
  void tell_limiter(Message what) {
    if (limiter_) self_->send(limiter_, std::move(what));
  }
  void return_permit(const std::optional<app_turn>& app_slot);
  persistence::intent intent_of(const entry& of) const;
  void commit_intent(const entry& of);
  void call(const entry& of, std::chrono::milliseconds timeout);
  void reconcile(entry& of);
  void read_content(const entry& of);
  void commit_change(entry& of, domain::delivery_state from, const domain::delivery_effect::commit_change& what);
  void record(const entry& of);
  void hold(const entry& of, base::timestamp until);
  void trace_throttled(entry& of, const permit_answer& answer) const;
  void tell_throttled(const entry& of, const permit_answer& answer);
  void watch(base::timestamp until);
  void pause(std::chrono::microseconds wait);
  void park(const entry& of, base::timestamp at);
  void release(const entry& of);
  void later(entry& of);
  entry* find(const base::uuid& id, int attempt);
  entry* find_reconciling(const base::uuid& id, int attempt, std::uint64_t reconciliation);
  std::optional<connectors::publication> publication_of(const entry& of, std::chrono::milliseconds timeout) const;

  channel_actor::stateful_pointer<channel_state> self_ = nullptr;
  const services* services_ = nullptr;
  channel_identity who_;
  tenant_actor supervisor_;
  limiter_actor limiter_;                          // null while it rests after a crash: `new_limiter` comes
  std::deque<base::uuid> queue_;                   // due, not begun; bounded by the supervisor's agenda
  std::unordered_map<base::uuid, entry> entries_;  // the deliveries that this channel holds in memory
  std::optional<base::uuid> current_;              // asking, claiming or calling: one at a time, so that order is kept
  bool held_ = false;                              // by the throttle, or for want of a lease
  bool spread_ = false;                            // and only for being late: what is on time goes out meanwhile
  std::uint64_t generation_ = 0;                   // of the resume timer
  std::uint64_t reconciliations_ = 0;              // begun
  bool is_watching_ = false;                       // a timer looks after the running call
  bool draining_ = false;
};

/// Runs as a monitored child of the tenant's supervisor, and ends with it.
channel_actor::behavior_type channel(channel_actor::stateful_pointer<channel_state> self, const services* services,
                                     channel_identity who, tenant_actor supervisor, limiter_actor limiter);

}  // namespace pulse::actors
