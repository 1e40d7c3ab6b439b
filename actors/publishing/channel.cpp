#include "actors/publishing/channel.hpp"

#include <algorithm>
#include <utility>

#include <caf/exit_reason.hpp>

#include "actors/system/safety.hpp"

namespace pulse::actors {

namespace {

using domain::delivery_state;
using domain::delivery_step;
namespace event = domain::delivery_event;
namespace effect = domain::delivery_effect;

/// The pause while this node has no lease: it will be renewed, or another node takes over.
constexpr std::chrono::milliseconds lease_pause{250};

}  // namespace

void channel_state::init(channel_actor::stateful_pointer<channel_state> self, const services* services,
                         channel_identity who, tenant_actor supervisor, limiter_actor limiter) {
  self_ = self;
  services_ = services;
  who_ = who;
  supervisor_ = std::move(supervisor);
  limiter_ = std::move(limiter);
}

void channel_state::take(work& due) {
  for (auto& delivery : due.deliveries) {
    const auto id = delivery.id;
    const bool is_waiting = delivery.state == delivery_state::waiting;
    if (!entries_.try_emplace(id, entry{.delivery = std::move(delivery)}).second) continue;
    if (is_waiting) {
      queue_.push_back(id);
    } else {
      feed(id, event::adopted{});
    }
  }
  start_next();
}

void channel_state::start_next() {
  if (draining_) return quit_when_drained();
  while (!current_) {
    const auto next = next_in_turn();
    if (next == queue_.end()) return;
    // An attempt that begins now could only be given up, and the delivery would wait for its deadline.
    if (!services_->node_lease.is_valid_in(who_.term)) return spread_ = false, pause(lease_pause);
    const auto id = *next;
    queue_.erase(next);
    feed(id, event::due{});
  }
}

/// Oldest first. While a backlog is spread, what is on time goes first.
std::deque<base::uuid>::iterator channel_state::next_in_turn() {
  if (!held_) return queue_.begin();
  if (!spread_) return queue_.end();
  return std::find_if(queue_.begin(), queue_.end(), [this, now = services_->clock.now()](const base::uuid& id) {
    const auto found = entries_.find(id);
    return found != entries_.end() &&
           domain::urgency_of(domain::ready_at(found->second.delivery), now) == domain::urgency::on_time;
  });
}

void channel_state::drain() {
  draining_ = true;
  queue_.clear();
  std::erase_if(entries_, [](const auto& one) {
    const auto step = one.second.delivery.step;
    return step == delivery_step::resting || step == delivery_step::asking || step == delivery_step::reconciling;
  });
  quit_when_drained();
}

void channel_state::quit_when_drained() {
  if (entries_.empty()) self_->quit(caf::exit_reason::user_shutdown);
}

/// Lets the domain decide and carries it out. The entry may be gone afterwards.
void channel_state::feed(const base::uuid& id, const domain::delivery_input& input) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return;
  auto rules = services_->rules;
  rules.spread = services_->random();
  const auto from = found->second.delivery.state;
  auto made = domain::decide(found->second.delivery, input, services_->clock.now(), rules);
  found->second.delivery = std::move(made.next);
  if (domain::occupies_channel(found->second.delivery.step)) {
    current_ = id;
  } else if (current_ == id) {
    current_.reset();
  }
  for (const auto& what : made.effects) {
    const auto still = entries_.find(id);
    if (still == entries_.end()) return;
    perform(still->second, from, what);
  }
}

void channel_state::perform(entry& of, delivery_state from, const domain::effect& what) {
  std::visit(
      [&](const auto& one) {
        using kind = std::remove_cvref_t<decltype(one)>;
        if constexpr (std::same_as<kind, effect::ask_permit>) {
          ask_permit(of);
        } else if constexpr (std::same_as<kind, effect::return_permit>) {
          return_permit(of.app_slot);
        } else if constexpr (std::same_as<kind, effect::commit_intent>) {
          commit_intent(of);
        } else if constexpr (std::same_as<kind, effect::call>) {
          call(of, one.timeout);
        } else if constexpr (std::same_as<kind, effect::reconcile>) {
          reconcile(of);
        } else if constexpr (std::same_as<kind, effect::wake>) {
          park(of, one.at);
        } else if constexpr (std::same_as<kind, effect::hold>) {
          hold(of, one.until);
        } else if constexpr (std::same_as<kind, effect::commit_change>) {
          commit_change(of, from, one);
        } else {
          static_assert(std::same_as<kind, effect::forget>);
          release(of);
        }
      },
      what);
}

// --- handing back ----------------------------------------------------------------------------------------------------

void channel_state::park(const entry& of, base::timestamp at) {
  self_->send(supervisor_, parked{of.delivery, at});
  const auto id = of.delivery.id;
  entries_.erase(id);
}

void channel_state::release(const entry& of) {
  // Settled and recorded by us: the rows are as the supervisor believes. Anything else was decided elsewhere.
  const bool as_believed = domain::is_settled(of.delivery.state) && !of.change;
  const auto id = of.delivery.id;
  self_->send(supervisor_, released{id, !as_believed});
  entries_.erase(id);
}

channel_state::entry* channel_state::find(const base::uuid& id, int attempt) {
  const auto found = entries_.find(id);
  if (found == entries_.end() || found->second.delivery.attempt != attempt) return nullptr;
  return &found->second;
}

channel_state::entry* channel_state::find_reconciling(const base::uuid& id, int attempt, std::uint64_t reconciliation) {
  auto* of = find(id, attempt);
  return of == nullptr || of->delivery.step != delivery_step::reconciling || of->reconciliation != reconciliation
             ? nullptr
             : of;
}

channel_actor::behavior_type channel(channel_actor::stateful_pointer<channel_state> self, const services* services,
                                     channel_identity who, tenant_actor supervisor, limiter_actor limiter) {
  make_safe(self);
  self->monitor(supervisor);
  self->set_down_handler([self](const caf::down_msg&) { self->quit(); });
  self->set_exit_handler([self](const caf::exit_msg&) { self->state.drain(); });
  self->state.init(self, services, who, std::move(supervisor), std::move(limiter));
  // CAF tries them one after the other: what each delivery sends comes first.
  return {
      [self](const permit_answer& answer) { self->state.on(answer); },
      [self](claim_answer& answer) { self->state.on(answer); },
      [self](const publish_answer& answer) { self->state.on(answer); },
      [self](const record_answer& answer) { self->state.on(answer); },
      [self](work& due) { self->state.take(due); },
      [self](const new_limiter& message) { self->state.on(message); },
      [self](const new_budgets& message) { self->state.on(message); },
      [self](const content_answer& answer) { self->state.on(answer); },
      [self](const reconcile_answer& answer) { self->state.on(answer); },
      [self](const try_again& message) { self->state.on(message); },
      [self](const overdue& message) { self->state.on(message); },
      [self](const resume& message) { self->state.on(message); },
  };
}

}  // namespace pulse::actors
