#include "actors/campaigns/rules.hpp"

#include <algorithm>

#include <caf/exit_reason.hpp>
#include <caf/send.hpp>

#include "actors/system/safety.hpp"

namespace pulse::actors {

rules_state::~rules_state() {
  if (listens_) services_->automation->deafen(who_.tenant_id, listener_);
}

void rules_state::init(rules_actor::stateful_pointer<rules_state> self, const services* services, rules_identity who,
                       tenant_actor supervisor) {
  self_ = self;
  services_ = services;
  who_ = who;
  supervisor_ = std::move(supervisor);
  sweep();
}

void rules_state::sweep() {
  if (is_sweeping_) {
    sweeps_again_ = true;
    return;
  }
  is_sweeping_ = true;
  sweeps_again_ = has_rested_ = false;
  services_->automation->sweep(who_.tenant_id, who_.fence, [to = rules_actor{self_}](auto found) {
    caf::anon_send(to, rules_found{std::move(found)});
  });
}

void rules_state::on(const rules_found& message) {
  is_sweeping_ = false;
  if (!message.found) return arm(database_pause);
  const auto& found = *message.found;
  if (!found.is_ours) return self_->quit();
  next_ = found.next;
  if (found.listens && !listens_) {
    listener_ =
        services_->automation->listen(who_.tenant_id, [to = caf::actor_cast<caf::weak_actor_ptr>(rules_actor{self_})] {
          if (const auto strong = to.lock()) caf::anon_send(caf::actor_cast<rules_actor>(strong), sweep_rules{});
        });
  } else if (!found.listens && listens_) {
    services_->automation->deafen(who_.tenant_id, listener_);
  }
  listens_ = found.listens;
  queue_.clear();  // the next sweep finds these again
  for (const auto& id : found.runs) {
    if (!working_.contains(id) && !asking_.contains(id)) queue_.push_back(id);
  }
  start_next();
  read_feeds(found);
  if (sweeps_again_ || (found.is_more && is_idle())) return sweep();
  if (found.is_early) {
    early_wait_ = std::clamp(early_wait_ * 2, early_wait, early_wait_max);
    return arm(early_wait_);
  }
  early_wait_ = std::chrono::milliseconds{0};
  arm();
}

void rules_state::start_next() {
  while (!queue_.empty() && working_.size() < most_working && asking_.size() < most_asking) {
    const auto id = queue_.front();
    queue_.pop_front();
    working_.insert(id);
    services_->automation->perform(who_.tenant_id, who_.fence, id,
                                   [to = rules_actor{self_}, id](rule_work::performed how) {
                                     caf::anon_send(to, run_rested{id, how});
                                   });
  }
}

void rules_state::read_feeds(const rule_work::found& found) {
  for (const auto& each : found.feeds) {
    if (reading_.contains(each.rule_id) || reading_.size() >= most_reading) continue;
    reading_.insert(each.rule_id);
    services_->automation->read(who_.tenant_id, who_.fence, each, [to = rules_actor{self_}, id = each.rule_id] {
      caf::anon_send(to, feed_was_read{id});
    });
  }
}

void rules_state::on(const run_rested& message) {
  working_.erase(message.run_id);
  has_rested_ = true;
  if (message.how.has_posts) self_->send(supervisor_, posts_were_made{});
  switch (message.how.how) {
    case rule_work::rest::done: return rested();
    case rule_work::rest::asks: return ask(message);
    case rule_work::rest::nothing:
    case rule_work::rest::no_answer: start_next(); return arm(database_pause);  // what it was is found again
  }
}

void rules_state::ask(const run_rested& message) {
  asking_.insert(message.run_id);
  services_->automation->ask(
      who_.tenant_id, who_.fence, message.run_id, message.how.question,
      [to = rules_actor{self_}, id = message.run_id] { caf::anon_send(to, run_was_answered{id}); });
  start_next();
}

void rules_state::on(const run_was_answered& message) {
  asking_.erase(message.run_id);
  queue_.push_front(message.run_id);
  start_next();
}

void rules_state::on(const feed_was_read& message) {
  reading_.erase(message.rule_id);
  has_rested_ = true;
  rested();
}

/// Sweeps again when nothing is under way: finished runs may have triggered others, and the agenda must say what is
/// done.
void rules_state::rested() {
  start_next();
  if (is_idle() && has_rested_) sweep();
}

bool rules_state::is_idle() const { return working_.empty() && asking_.empty() && reading_.empty() && queue_.empty(); }

void rules_state::arm(std::optional<std::chrono::milliseconds> no_later_than) {
  const auto now = services_->clock.now();
  const bool is_busy = is_sweeping_ || !is_idle();
  self_->send(supervisor_, rules_rest{is_busy || no_later_than.has_value(), next_});
  std::chrono::microseconds wait = longest_wait;
  if (next_) wait = std::min(wait, std::max<std::chrono::microseconds>(*next_ - now, std::chrono::microseconds{0}));
  if (listens_) wait = std::min<std::chrono::microseconds>(wait, poll_events_every);
  if (no_later_than) wait = std::min<std::chrono::microseconds>(wait, *no_later_than);
  if (!next_ && !listens_ && !no_later_than) return;
  self_->delayed_send(self_, wait, rules_tick{++generation_});
}

void rules_state::on(const rules_tick& message) {
  if (message.generation == generation_) sweep();
}

rules_actor::behavior_type rules(rules_actor::stateful_pointer<rules_state> self, const services* services,
                                 rules_identity who, tenant_actor supervisor) {
  make_safe(self);
  self->state.init(self, services, who, std::move(supervisor));
  return {
      [self](sweep_rules) { self->state.sweep(); },
      [self](const rules_found& message) { self->state.on(message); },
      [self](const run_rested& message) { self->state.on(message); },
      [self](const run_was_answered& message) { self->state.on(message); },
      [self](const feed_was_read& message) { self->state.on(message); },
      [self](const rules_tick& message) { self->state.on(message); },
  };
}

}  // namespace pulse::actors
