#include "actors/system/node.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <caf/exit_reason.hpp>
#include <caf/sec.hpp>
#include <caf/send.hpp>
#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include "actors/system/safety.hpp"
#include "actors/tenant/tenant.hpp"
#include "base/memory.hpp"

namespace pulse::actors {

namespace {

/// What an operator can do about a clock that is wrong.
std::string clock_sentence(const clock_gap& gap) {
  const auto in_ms = [](std::chrono::microseconds time) {
    return std::to_string(std::chrono::round<std::chrono::milliseconds>(time).count());
  };
  return fmt::format(
      "the clock of this machine is {} ms {} the database server's (within {} ms); let NTP set the clocks of both",
      in_ms(std::chrono::abs(gap.ahead)), gap.ahead.count() > 0 ? "ahead of" : "behind", in_ms(gap.error));
}

}  // namespace

void node_state::init(node_actor::stateful_pointer<node_state> self, const services* services, lease* own) {
  self_ = self;
  services_ = services;
  lease_ = own;
  enter_anew();
}

// --- the lease -------------------------------------------------------------------------------------------------------

void node_state::enter_anew() {
  standing_.begin(lease_->now());
  ask_for_lease();
}

void node_state::ask_for_lease() {
  const auto asked_at = lease_->now();
  renew_after(lease::renewal);
  switch (standing_.ask(asked_at)) {
    case domain::lease_question::enter:
      return services_->store.enter([to = node_actor{self_}, asked_at](store::entry_answer answer) {
        caf::anon_send(to, entered{answer, asked_at});
      });
    case domain::lease_question::renew:
      return services_->store.renew_lease(static_cast<int>(tenants_.size()),
                                          [to = node_actor{self_}, asked_at](store::lease_answer answer) {
                                            caf::anon_send(to, lease_answered{std::move(answer), asked_at});
                                          });
  }
}

void node_state::on(const entered& message) {
  if (!standing_.is_current(message.asked_at)) return;
  warn_of(message.answer.clock);
  switch (message.answer.word) {
    case store::entry_word::done: break;
    case store::entry_word::clock_apart:
    case store::entry_word::no_answer:
      if (standing_.asks_again(message.asked_at)) renew_after(database_pause);
      return;
  }
  lease_->renewed(message.asked_at);
  if (standing_.granted()) sweep_for_work();
}

/// Schedules the next request about the lease, instead of the one that was scheduled.
void node_state::renew_after(std::chrono::milliseconds pause) {
  self_->delayed_send(self_, pause, renew_lease{++renewals_});
}

void node_state::on(const renew_lease& message) {
  if (message.generation != renewals_) return;
  services_->app_limits.give_back_unused(services_->clock.now());
  ask_for_lease();
}

void node_state::on(const lease_answered& message) {
  if (!standing_.is_current(message.asked_at)) return;
  switch (message.answer.word) {
    case store::lease_word::renewed:
      warn_of(message.answer.clock);
      watch_lease_ends(message.answer.ends);
      lease_->renewed(message.asked_at);
      shares_.hear(message.answer.others);
      return on(hand_over_next{});
    case store::lease_word::no_answer:
      // The lease ends by itself. It can be renewed until another node has declared this one dead.
      if (standing_.asks_again(message.asked_at)) renew_after(database_pause);
      return;
    case store::lease_word::over: break;
  }
  spdlog::warn(
      "The lease of this node has ended; it releases all tenants, which other nodes may have taken, and registers "
      "again");
  lease_->end();
  kill_tenants();
  enter_anew();
}

/// A lease that is near its end was not renewed when it should have been: its node is dead, or cannot reach the
/// database. One that has passed ended while this node, or the database, was not there. Each is looked after once; a
/// tenant that is then taken buries it.
void node_state::watch_lease_ends(const std::vector<base::timestamp>& ends) {
  const auto now = services_->clock.now();
  for (const auto at : ends) {
    if (lease_ends_.contains(at)) continue;
    if (at <= now) {
      sweep_soon();
    } else {
      self_->delayed_send(self_, at - now + after_lease_end, lease_ended{at});
    }
  }
  lease_ends_ = {ends.begin(), ends.end()};
}

void node_state::on(const lease_ended& message) {
  if (!standing_.is_entered() || stopping_) return;
  const auto now = services_->clock.now();
  // The timer goes by the monotonic clock and the lease by the calendar, which may have been set meanwhile.
  if (now < message.at) {
    self_->delayed_send(self_, std::min<std::chrono::microseconds>(message.at - now, lease::length) + after_lease_end,
                        message);
    return;
  }
  sweep_for_work();
}

void node_state::warn_of(const clock_gap& gap) {
  if (gap.at_least() <= clock_gap::worth_telling) return;
  const auto now = lease_->now();
  if (warned_of_clock_at_ && now - *warned_of_clock_at_ < clock_warning_pause) return;
  warned_of_clock_at_ = now;
  if (standing_.is_entered() || gap.at_least() <= clock_gap::unbearable) {
    spdlog::warn("{}: posts may go out early or late; above one second nodes disturb each other", clock_sentence(gap));
  } else {
    spdlog::error("{}: this node publishes nothing until they agree", clock_sentence(gap));
  }
}

// --- the tenants -----------------------------------------------------------------------------------------------------

caf::result<bool> node_state::on(const notify& message) {
  auto promise = self_->make_response_promise<bool>();
  // The next owner of a tenant that is being handed over reads its rows by itself.
  if (!may_wake(message.tenant_id)) {
    promise.deliver(false);
    return promise;
  }
  const auto asked = wake(message.tenant_id);
  self_->request(asked, reload_timeout, reload{})
      .then(
          [promise, heard = message.heard](bool reloaded) mutable { promise.deliver(reloaded); },
          [this, promise, asked, tenant_id = message.tenant_id, heard = message.heard](const caf::error& why) mutable {
            // It went to sleep, or crashed, with the message in its mailbox. A new one reads the rows by itself.
            if (why != caf::sec::request_timeout && may_wake()) {
              forget(asked);
              wake(tenant_id);
            }
            promise.deliver(false);
          });
  return promise;
}

/// Reads belong on the node that runs the company; the caller asks again there a moment later.
caf::result<read_permit_answer> node_state::on(const login_read_request& message) {
  auto promise = self_->make_response_promise<read_permit_answer>();
  const read_permit_answer later{.not_before = services_->clock.now() + login_read_pause};
  if (!may_wake(message.tenant_id)) {
    promise.deliver(later);
    return promise;
  }
  self_->request(wake(message.tenant_id), reload_timeout, message.what)
      .then([promise](read_permit_answer answer) mutable { promise.deliver(std::move(answer)); },
            [promise, later](const caf::error&) mutable { promise.deliver(later); });
  return promise;
}

/// A sleeping tenant reads it in the rows when it starts.
void node_state::on(const login_read_report& message) {
  if (const auto running = tenants_.find(message.tenant_id)) self_->send(running, message.what);
}

// --- handing over ----------------------------------------------------------------------------------------------------

/// One tenant at a time: what it is to start meanwhile waits for its calls that are under way, and for the other node.
void node_state::on(const hand_over_next&) {
  if (!may_wake() || handing_ || tenants_.empty()) return;
  const auto to = shares_.receiver(static_cast<int>(tenants_.size()));
  if (!to) return;
  const auto& [tenant_id, supervisor] = *tenants_.running().begin();
  handing_ = tenant_id;
  self_->request(supervisor, drain_timeout, hand_over{})
      .then(
          [this, tenant_id = tenant_id, to = *to](const drained& done) {
            services_->store.hand_over(tenant_id, done.fence, to,
                                       [node = node_actor{self_}, tenant_id, to](bool is_done) {
                                         caf::anon_send(node, handed_over{tenant_id, to, is_done});
                                       });
          },
          [this, tenant_id = tenant_id, to = *to, gone = supervisor](const caf::error&) {
            forget(gone);
            on(handed_over{tenant_id, to, false});
          });
}

void node_state::on(const handed_over& message) {
  handing_.reset();
  if (message.is_done) {
    spdlog::info("tenant {} was handed over to node {}, which runs fewer", base::to_string(message.tenant_id),
                 base::to_string(message.to));
    shares_.handed_to(message.to);
    self_->delayed_send(self_, hand_over_pause, hand_over_next{});
  } else if (may_wake(message.tenant_id)) {
    wake(message.tenant_id);  // it is still ours, or it finds out whose it is
  }
}

void node_state::forget(const tenant_actor& gone) { tenants_.take(gone.address()); }

/// Whose row is not there takes nothing: others would see a tenant of nobody and take it from under a supervisor that
/// believes in it. Nothing is missed, because entering ends in a look for work.
bool node_state::may_wake() const { return standing_.is_entered() && !stopping_; }

/// Nor is one taken that is being handed over, or that rests because its supervisor keeps crashing.
bool node_state::may_wake(const base::uuid& tenant_id) const {
  return may_wake() && handing_ != tenant_id && !tenants_.is_resting(tenant_id);
}

tenant_actor node_state::wake(const base::uuid& tenant_id) {
  if (auto running = tenants_.find(tenant_id)) return running;
  auto made = self_->spawn<caf::monitored>(tenant, services_, tenant_id);
  tenants_.add(tenant_id, made);
  return made;
}

void node_state::on(const sweep_again&) {
  if (standing_.is_entered() && !stopping_) sweep_soon();
}

/// A sweep too soon after the last one waits; if another one happens meanwhile, it is not needed any more.
void node_state::sweep_soon() {
  const auto now = lease_->now();
  const auto earliest = looked_at_ ? *looked_at_ + sweep_pause : now;
  if (earliest <= now) return sweep_for_work();
  self_->delayed_send(self_, earliest - now, sweep{sweep_generation_});
}

void node_state::on(const sweep& message) {
  if (message.generation == sweep_generation_) sweep_for_work();
}

void node_state::sweep_for_work() {
  // The allocator keeps what sleeping tenants have freed (48 MiB instead of 15, measured): given back once a sweep, it
  // costs them nothing.
  if (std::exchange(any_ended_, false)) base::return_free_memory();
  ++sweep_generation_;
  looked_at_ = lease_->now();
  services_->store.tenants_with_work(
      services_->clock.now() + sweep_ahead,
      [to = node_actor{self_}, generation = sweep_generation_](std::shared_ptr<std::vector<base::uuid>> tenants) {
        caf::anon_send(to, tenants_found{std::move(tenants), generation});
      });
}

void node_state::on(const tenants_found& message) {
  if (!may_wake() || message.generation != sweep_generation_) return;
  self_->delayed_send(self_, message.tenants ? std::chrono::milliseconds{sweep_interval} : database_pause,
                      sweep{message.generation});
  if (!message.tenants) return;
  auto awake = std::make_shared<std::vector<base::uuid>>();
  for (const auto& tenant_id : *message.tenants) {
    if (!may_wake(tenant_id)) continue;
    if (tenants_.contains(tenant_id)) awake->push_back(tenant_id);
    wake(tenant_id);
  }
  on(reload_awake{std::move(awake), 0, message.generation});
}

void node_state::on(const reload_awake& message) {
  if (stopping_ || message.generation != sweep_generation_) return;
  const auto& tenants = *message.tenants;
  const auto end = std::min(message.from + reloads_at_once, tenants.size());
  for (auto each = message.from; each < end; ++each) {
    // One that has gone to sleep meanwhile has seen that there is nothing; one that was started since reads by itself.
    if (const auto running = tenants_.find(tenants[each])) caf::anon_send(running, reload{});
  }
  if (end < tenants.size())
    self_->delayed_send(self_, reload_pause, reload_awake{message.tenants, end, message.generation});
}

void node_state::on(const restart_tenant& message) {
  tenants_.rested(message.tenant_id);
  if (may_wake(message.tenant_id)) wake(message.tenant_id);
}

void node_state::tenant_down(const caf::down_msg& message) {
  const auto gone = tenants_.take(message.source);
  if (!gone) return;
  const auto tenant_id = *gone;
  any_ended_ = true;
  if (stopping_) {
    if (tenants_.empty()) self_->quit(caf::exit_reason::user_shutdown);
    return;
  }
  if (message.reason == caf::exit_reason::normal || message.reason == caf::exit_reason::user_shutdown) return;
  const auto ruling = tenants_.crashed(tenant_id, services_->clock.now());
  spdlog::log(
      ruling.is_parked ? spdlog::level::err : spdlog::level::warn,
      "the supervisor of tenant {} crashed (number {} within a minute); it is started again from its rows in {} ms",
      base::to_string(tenant_id), ruling.crashes, ruling.pause.count());
  if (ruling.is_parked) {
    domain::channel_degraded facts;
    facts.part = domain::degraded_part::company;
    services_->store.append_event({.tenant_id = tenant_id, .facts = std::move(facts), .at = services_->clock.now()});
  }
  self_->delayed_send(self_, ruling.pause, restart_tenant{tenant_id});
}

/// Their deliveries must not be continued here: another node may have taken over.
void node_state::kill_tenants() {
  for (const auto& [id, handle] : tenants_.running()) self_->send_exit(handle, caf::exit_reason::kill);
  tenants_.clear();
}

void node_state::stop() {
  if (stopping_) {
    kill_tenants();
    return self_->quit(caf::exit_reason::user_shutdown);
  }
  stopping_ = true;
  for (const auto& [id, handle] : tenants_.running()) self_->send_exit(handle, caf::exit_reason::user_shutdown);
  if (tenants_.empty()) self_->quit(caf::exit_reason::user_shutdown);
}

node_actor::behavior_type node(node_actor::stateful_pointer<node_state> self, const services* services, lease* own) {
  make_safe(self);
  self->set_down_handler([self](const caf::down_msg& message) { self->state.tenant_down(message); });
  self->set_exit_handler([self](const caf::exit_msg&) { self->state.stop(); });
  self->state.init(self, services, own);
  return {
      [self](const notify& message) { return self->state.on(message); },
      [self](const login_read_request& message) { return self->state.on(message); },
      [self](const login_read_report& message) { self->state.on(message); },
      [self](const sweep_again& message) { self->state.on(message); },
      [self](const sweep& message) { self->state.on(message); },
      [self](const reload_awake& message) { self->state.on(message); },
      [self](const lease_ended& message) { self->state.on(message); },
      [self](const tenants_found& message) { self->state.on(message); },
      [self](const restart_tenant& message) { self->state.on(message); },
      [self](const renew_lease& message) { self->state.on(message); },
      [self](const handed_over& message) { self->state.on(message); },
      [self](const hand_over_next& message) { self->state.on(message); },
      [self](const lease_answered& message) { self->state.on(message); },
      [self](const entered& message) { self->state.on(message); },
  };
}

}  // namespace pulse::actors
