#include "actors/node.hpp"

#include <malloc.h>

#include <utility>

#include <caf/exit_reason.hpp>
#include <caf/sec.hpp>
#include <caf/send.hpp>
#include <spdlog/spdlog.h>

#include "actors/safety.hpp"
#include "actors/tenant.hpp"

namespace pulse::actors {

void node_state::init(node_actor::stateful_pointer<node_state> self, const services* with, lease* own) {
  self_ = self;
  with_ = with;
  lease_ = own;
  enter();
  self_->delayed_send(self_, lease::renewal, renew_lease{});
}

// --- the lease -------------------------------------------------------------------------------------------------------------

void node_state::enter() {
  is_entered_ = false;
  entering_since_ = lease_->now();
  with_->rows.enter([to = node_actor{self_}, asked_at = entering_since_](bool done) {
    caf::anon_send(to, entered{done, asked_at});
  });
}

void node_state::on(const entered& message) {
  if (!message.done) return;  // asked again with the next renewal
  lease_->renewed(message.asked_at);
  is_entered_ = true;
  look_for_work();
}

void node_state::on(const renew_lease&) {
  self_->delayed_send(self_, is_entered_ ? std::chrono::milliseconds{lease::renewal} : database_pause, renew_lease{});
  if (!is_entered_) return enter();
  with_->rows.renew_lease([to = node_actor{self_}, asked_at = lease_->now()](store::lease_answer answer) {
    caf::anon_send(to, lease_answered{answer, asked_at});
  });
}

void node_state::on(const lease_answered& message) {
  if (message.asked_at < entering_since_) return;
  switch (message.answer.word) {
    case store::lease_word::renewed:
      look_when_lease_ends(message.answer.next_end);
      return lease_->renewed(message.asked_at);
    case store::lease_word::no_answer: return;  // the lease runs out by itself
    case store::lease_word::over: break;
  }
  spdlog::warn("this node's lease is over; its tenants may be another's, so it lets go of all of them and enters anew");
  lease_->end();
  kill_tenants();
  enter();
}

/// A lease that is near its end was not renewed when it should have been: its node is dead, or cannot reach the database.
void node_state::look_when_lease_ends(std::optional<base::timestamp> at) {
  if (!at || lease_end_ == at || *at > with_->clock.now() + lease::renewal) return;
  lease_end_ = at;
  const auto wait = std::max<std::chrono::microseconds>(*at - with_->clock.now(), std::chrono::microseconds{0});
  self_->delayed_send(self_, wait + after_lease_end, lease_ended{});
}

void node_state::on(const lease_ended&) {
  if (is_entered_ && !stopping_) look_for_work();
}

// --- the tenants -----------------------------------------------------------------------------------------------------------

caf::result<bool> node_state::on(const notify& message) {
  auto promise = self_->make_response_promise<bool>();
  if (stopping_) {
    promise.deliver(false);
    return promise;
  }
  const auto asked = wake(message.tenant_id);
  self_->request(asked, heed_timeout, heed{})
      .then([promise](bool heeded) mutable { promise.deliver(heeded); },
            [this, promise, asked, tenant_id = message.tenant_id](const caf::error& why) mutable {
              // It went to sleep, or crashed, with the message in its mailbox. A new one reads the rows by itself.
              if (why != caf::sec::request_timeout && !stopping_) {
                forget(asked);
                wake(tenant_id);
              }
              promise.deliver(false);
            });
  return promise;
}

void node_state::forget(const tenant_actor& gone) {
  const auto found = tenant_of_.find(gone.address());
  if (found == tenant_of_.end()) return;
  tenants_.erase(found->second);
  tenant_of_.erase(found);
}

tenant_actor node_state::wake(const base::uuid& tenant_id) {
  auto& handle = tenants_[tenant_id];
  if (!handle) {
    handle = self_->spawn<caf::monitored>(tenant, with_, tenant_id);
    tenant_of_[handle.address()] = tenant_id;
  }
  return handle;
}

void node_state::on(const sweep& message) {
  if (message.generation == sweep_generation_) look_for_work();
}

void node_state::look_for_work() {
  // glibc keeps what sleeping tenants have freed (48 MiB instead of 15, measured): given back once a sweep, it costs them nothing.
  if (std::exchange(any_ended_, false)) ::malloc_trim(0);
  ++sweep_generation_;
  with_->rows.tenants_with_work(
      with_->clock.now() + sweep_ahead,
      [to = node_actor{self_}, generation = sweep_generation_](std::shared_ptr<std::vector<base::uuid>> tenants) {
        caf::anon_send(to, tenants_found{std::move(tenants), generation});
      });
}

void node_state::on(const tenants_found& message) {
  if (stopping_ || message.generation != sweep_generation_) return;
  self_->delayed_send(self_, message.tenants ? std::chrono::milliseconds{sweep_interval} : database_pause,
                      sweep{message.generation});
  if (!message.tenants) return;
  for (const auto& tenant_id : *message.tenants) wake(tenant_id);
}

void node_state::on(const restart_tenant& message) {
  if (!stopping_) wake(message.tenant_id);
}

void node_state::tenant_down(const caf::down_msg& message) {
  const auto found = tenant_of_.find(message.source);
  if (found == tenant_of_.end()) return;
  const auto tenant_id = found->second;
  tenant_of_.erase(found);
  tenants_.erase(tenant_id);
  any_ended_ = true;
  if (stopping_) {
    if (tenants_.empty()) self_->quit(caf::exit_reason::user_shutdown);
    return;
  }
  if (message.reason == caf::exit_reason::normal || message.reason == caf::exit_reason::user_shutdown) return;
  spdlog::warn("the supervisor of tenant {} crashed and is started again from its rows", base::to_string(tenant_id));
  self_->delayed_send(self_, crash_pause, restart_tenant{tenant_id});
}

/// Nothing of theirs may be finished: somebody else may be at it.
void node_state::kill_tenants() {
  for (auto& [id, handle] : tenants_) self_->send_exit(handle, caf::exit_reason::kill);
  tenants_.clear();
  tenant_of_.clear();
}

void node_state::stop() {
  if (stopping_) {
    kill_tenants();
    return self_->quit(caf::exit_reason::user_shutdown);
  }
  stopping_ = true;
  for (auto& [id, handle] : tenants_) self_->send_exit(handle, caf::exit_reason::user_shutdown);
  if (tenants_.empty()) self_->quit(caf::exit_reason::user_shutdown);
}

node_actor::behavior_type node(node_actor::stateful_pointer<node_state> self, const services* with, lease* own) {
  make_safe(self);
  self->set_down_handler([self](const caf::down_msg& message) { self->state.tenant_down(message); });
  self->set_exit_handler([self](const caf::exit_msg&) { self->state.stop(); });
  self->state.init(self, with, own);
  return {
      [self](const notify& message) { return self->state.on(message); },
      [self](const sweep& message) { self->state.on(message); },
      [self](const lease_ended& message) { self->state.on(message); },
      [self](const tenants_found& message) { self->state.on(message); },
      [self](const restart_tenant& message) { self->state.on(message); },
      [self](const renew_lease& message) { self->state.on(message); },
      [self](const lease_answered& message) { self->state.on(message); },
      [self](const entered& message) { self->state.on(message); },
  };
}

}  // namespace pulse::actors
