#include <algorithm>

#include "actors/publishing/channel.hpp"
#include "base/json.hpp"

namespace pulse::actors {

namespace {

using domain::delivery_step;
namespace event = domain::delivery_event;

/// A throttle that holds a delivery for longer than this is shown to people as an event.
constexpr std::chrono::seconds worth_telling{1};

/// The scope of the budget, as the event and the attempt store it.
std::string scope_words(const scarce_budget& by) {
  if (by.is_told) return "platform";
  return by.is_spread ? "backlog" : std::string{base::to_name(by.scope)};
}

}  // namespace

void channel_state::ask_permit(entry& of) {
  if (!of.permit.asked_at) of.permit.asked_at = services_->clock.now();
  tell_limiter(permit_request{who_.budget, of.delivery.id, domain::ready_at(of.delivery)});
}

void channel_state::return_permit(const std::optional<app_turn>& app_slot) {
  tell_limiter(permit_unused{who_.budget, app_slot});
}

void channel_state::on(const permit_answer& answer) {
  const auto found = entries_.find(answer.delivery_id);
  if (found == entries_.end()) {
    if (answer.granted) return_permit(answer.app_slot);
    return start_next();
  }
  if (answer.granted) {
    found->second.permit.permitted_at = services_->clock.now();
    found->second.granted_at = answer.not_before;
    found->second.app_slot = answer.app_slot;
    feed(answer.delivery_id, event::permitted{});
  } else {
    tell_throttled(found->second, answer);
    trace_throttled(found->second, answer);
    spread_ = answer.by.is_spread;
    feed(answer.delivery_id, event::held{answer.not_before, answer.by.words});
  }
  start_next();
}

void channel_state::trace_throttled(entry& of, const permit_answer& answer) const {
  auto& trace = of.permit;
  trace.throttled_until = answer.not_before;
  trace.budget = answer.by.words;
  trace.budget_scope = scope_words(answer.by);
  trace.budget_posts = answer.by.rate.limit;
  trace.budget_window_seconds = std::chrono::duration_cast<std::chrono::seconds>(answer.by.rate.window).count();
}

/// Once for each delivery that is first in the queue: those behind it wait for it.
void channel_state::tell_throttled(const entry& of, const permit_answer& answer) {
  const auto now = services_->clock.now();
  const bool is_told = of.permit.throttled_until && answer.not_before - *of.permit.throttled_until < worth_telling;
  if (answer.not_before - now < worth_telling || is_told) return;
  domain::delivery_throttled facts;
  facts.until = answer.not_before;
  facts.budget = answer.by.words;
  facts.scope = scope_words(answer.by);
  facts.posts = answer.by.rate.limit;
  facts.window_seconds = std::chrono::duration_cast<std::chrono::seconds>(answer.by.rate.window).count();
  facts.waiting = static_cast<std::int64_t>(entries_.size());
  facts.platform = who_.type;
  services_->store.append_event({.tenant_id = who_.tenant_id,
                                 .project_id = of.delivery.project_id,
                                 .post_id = of.delivery.post_id,
                                 .delivery_id = of.delivery.id,
                                 .channel_id = who_.id,
                                 .facts = std::move(facts),
                                 .at = now});
}

/// A budget is used up: this delivery goes back to the front, and the ones behind it need not ask.
void channel_state::hold(const entry& of, base::timestamp until) {
  queue_.push_front(of.delivery.id);
  pause(std::max<std::chrono::microseconds>(until - services_->clock.now(), std::chrono::milliseconds{1}));
}

/// Nothing starts before this time is over.
void channel_state::pause(std::chrono::microseconds wait) {
  held_ = true;
  self_->delayed_send(self_, wait, resume{++generation_});
}

void channel_state::on(const resume& message) {
  if (message.generation != generation_) return;
  ++generation_;
  held_ = spread_ = false;
  start_next();
}

void channel_state::on(const new_budgets&) {
  if (held_) on(resume{generation_});
}

void channel_state::on(const new_limiter& message) {
  limiter_ = message.handle;
  if (!current_) return;
  const auto found = entries_.find(*current_);
  if (found == entries_.end()) return;
  const auto step = found->second.delivery.step;
  if (step == delivery_step::asking || step == delivery_step::confirming) ask_permit(found->second);
}

}  // namespace pulse::actors
