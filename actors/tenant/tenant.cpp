#include "actors/tenant/tenant.hpp"

#include <algorithm>
#include <utility>

#include <caf/exit_reason.hpp>
#include <caf/sec.hpp>
#include <caf/send.hpp>

#include "actors/system/safety.hpp"

namespace pulse::actors {

namespace {

domain::delivery to_delivery(const base::uuid& tenant_id, const persistence::agenda_entry& row) {
  domain::delivery delivery;
  delivery.id = row.id;
  delivery.tenant_id = tenant_id;
  delivery.project_id = row.project_id;
  delivery.post_id = row.post_id;
  delivery.channel_id = row.channel_id;
  delivery.state = row.state;
  delivery.due_at = row.due_at;
  delivery.not_before = row.not_before;
  delivery.attempt = row.attempt;
  delivery.failures = row.failures;
  delivery.interruptions = row.interruptions;
  delivery.started_at = row.started_at.value_or(row.due_at);
  delivery.deadline_at = row.deadline_at.value_or(row.due_at);
  delivery.doubt_until = row.doubt_until;
  delivery.may_be_live = row.live_since.has_value();
  delivery.live_since = row.live_since;
  delivery.is_duplicate = row.is_duplicate;
  delivery.is_begun = row.is_begun;
  if (row.began_late_us) delivery.began_late = std::chrono::microseconds{*row.began_late_us};
  delivery.is_interrupted = row.is_interrupted;
  delivery.look_at = row.look_at;
  delivery.retry = domain::policy_or_default(row.max_attempts, row.backoff_strategy, row.retry_delay_seconds);
  delivery.lateness = {row.lateness_policy, std::chrono::seconds{row.lateness_after_seconds}};
  return delivery;
}

/// When the engine has to do something about a row: start it, or, left in the middle, look for it.
base::timestamp time_of(const domain::delivery& delivery) {
  return delivery.state == domain::delivery_state::waiting ? delivery.not_before : domain::reconcile_time(delivery);
}

}  // namespace

tenant_state::~tenant_state() {
  // CAF 0.17 answers nothing for a promise that is dropped: the caller would wait for its time-out.
  answer_waiting(false);
  if (handing_ && handing_->pending()) handing_->deliver(caf::sec::request_receiver_down);
}

void tenant_state::init(tenant_actor::stateful_pointer<tenant_state> self, const services* services,
                        const base::uuid& tenant_id) {
  self_ = self;
  services_ = services;
  tenant_id_ = tenant_id;
  term_ = services->node_lease.term();
  idle_since_ = services->clock.now();
  take_tenant();
}

// --- the rows --------------------------------------------------------------------------------------------------------

void tenant_state::take_tenant() {
  services_->store.take_tenant(
      tenant_id_, [to = tenant_actor{self_}](store::taken answer) { caf::anon_send(to, tenant_taken{answer}); });
}

void tenant_state::on(const tenant_taken& message) {
  if (!message.answer.answered) {
    self_->delayed_send(self_, database_pause, agenda_tick{++generation_});
    return;
  }
  if (!message.answer.fence) {
    if (!message.answer.owner.is_nil()) services_->store.notify_owner(message.answer.owner, tenant_id_);
    answer_waiting(false);
    self_->quit();
    return;
  }
  fence_ = message.answer.fence;
  if (message.answer.starts) starts_ = *message.answer.starts;
  if (message.answer.blocks) blocks_ = *message.answer.blocks;
  load();
}

caf::result<bool> tenant_state::reload() {
  auto promise = self_->make_response_promise<bool>();
  if (stopping_) {
    promise.deliver(caf::sec::request_receiver_down);  // the node starts another, which reads the rows
    return promise;
  }
  asking_.push_back(promise);
  load();
  return promise;
}

/// The rest is for the next owner: nothing is under way when it takes the tenant.
caf::result<drained> tenant_state::hand_over() {
  auto promise = self_->make_response_promise<drained>();
  if (stopping_ || !fence_) {
    promise.deliver(caf::sec::request_receiver_down);
    return promise;
  }
  handing_ = promise;
  stop();
  return promise;
}

void tenant_state::load() {
  if (!fence_) return;  // taking the tenant ends in a load
  if (loading_) {
    load_again_ = true;
    return;
  }
  loading_ = true;
  load_again_ = false;
  std::move(asking_.begin(), asking_.end(), std::back_inserter(answering_));
  asking_.clear();
  const persistence::agenda_part part{.until = services_->clock.now() + horizon,
                                      .most_of_channel = most_of_channel,
                                      .with_begun = std::exchange(with_begun_, false),
                                      .has_ended = std::exchange(has_ended_, false)};
  services_->store.load_agenda(tenant_id_, *fence_, part,
                               [to = tenant_actor{self_}, part](std::shared_ptr<persistence::agenda_rows> rows) {
                                 caf::anon_send(to, agenda_loaded{std::move(rows), part});
                               });
}

void tenant_state::on(const agenda_loaded& message) {
  loading_ = false;
  const bool is_outdated = std::exchange(is_outdated_, false);
  if (!message.rows || is_outdated) with_begun_ = with_begun_ || message.part.with_begun;
  if (!message.rows) {
    answer_waiting(false);
    load_at_ = services_->clock.now() + database_pause;
    return arm();
  }
  if (is_outdated) {
    asking_.insert(asking_.end(), std::make_move_iterator(answering_.begin()),
                   std::make_move_iterator(answering_.end()));
    answering_.clear();
    return load();
  }
  std::vector<std::pair<base::timestamp, domain::delivery>> rows;
  const auto& entries = message.rows->entries;
  rows.reserve(entries.size());
  std::unordered_map<base::uuid, int> waiting;
  partial_.clear();
  for (const auto& row : entries) {
    const bool waits = row.state == domain::delivery_state::waiting;
    if (waits && ++waiting[row.channel_id] >= message.part.most_of_channel) partial_.insert(row.channel_id);
    auto delivery = to_delivery(tenant_id_, row);
    const auto at = time_of(delivery);
    auto& who = identities_[row.channel_id];
    who.id = row.channel_id;
    who.type = row.channel_type;
    who.budget = row.account_id.value_or(row.channel_id);
    rows.emplace_back(at, std::move(delivery));
  }
  take_limits(message.rows->limits, message.rows->apps);
  is_loaded_ = true;
  agenda_.replace(std::move(rows), message.part.with_begun);
  load_at_ = std::exchange(disagreed_, false) ? services_->clock.now() + disagreement_pause
                                              : message.part.until - reload_margin;
  if (message.rows->has_rules) sweep_its_rules();
  dispatch();
  for (auto& promise : answering_) promise.deliver(true);
  answering_.clear();
  if (load_again_) load();
}

void tenant_state::answer_waiting(bool reloaded) {
  for (auto* promises : {&asking_, &answering_}) {
    for (auto& promise : *promises) {
      if (promise.pending()) promise.deliver(reloaded);
    }
    promises->clear();
  }
}

// --- the time --------------------------------------------------------------------------------------------------------

void tenant_state::dispatch() {
  if (stopping_) return;
  hand_out(agenda_.take_due(services_->clock.now()));
  arm();
}

/// The timer goes off at the next delivery, when the loaded part of the agenda ends, or when it is time to sleep.
void tenant_state::arm() {
  const auto now = services_->clock.now();
  if (!agenda_.empty() || is_kept_awake()) idle_since_ = now;
  auto at = agenda_.next();
  const auto no_later_than = [&at](base::timestamp bound) { at = at ? std::min(*at, bound) : bound; };
  if (!loading_) {
    no_later_than(load_at_);
    if (agenda_.empty()) no_later_than(idle_since_ + idle_before_sleep);
  }
  if (at) arm_at(std::max(*at, now));
}

void tenant_state::arm_at(base::timestamp at) {
  if (stopping_) return;
  if (armed_ && *armed_ <= at) return;
  armed_ = at;
  const auto wait = std::max<std::chrono::microseconds>(at - services_->clock.now(), std::chrono::microseconds{0});
  self_->delayed_send(self_, wait, agenda_tick{++generation_});
}

void tenant_state::on(const agenda_tick& message) {
  if (message.generation != generation_ || stopping_) return;
  armed_.reset();
  if (!fence_) return take_tenant();
  const auto now = services_->clock.now();
  // Before it sleeps, so that finished work does not make the node find it again.
  if (load_at_ <= now || (has_ended_ && may_sleep())) load();
  if (may_sleep()) return stop();
  dispatch();
}

bool tenant_state::may_sleep() const {
  return agenda_.empty() && !loading_ && !is_kept_awake() && services_->clock.now() - idle_since_ >= idle_before_sleep;
}

/// Its rules are at work, or will be soon. One that has slept is found by the node's sweep when their time comes.
bool tenant_state::is_kept_awake() const {
  return rules_rest_.is_busy || (rules_rest_.next && *rules_rest_.next < services_->clock.now() + horizon);
}

// --- the end ---------------------------------------------------------------------------------------------------------

void tenant_state::stop() {
  stopping_ = true;
  for (const auto& [id, handle] : channels_.running()) self_->send_exit(handle, caf::exit_reason::user_shutdown);
  for (const auto& [id, handle] : rules_.running()) self_->send_exit(handle, caf::exit_reason::user_shutdown);
  quit_when_alone();
}

void tenant_state::quit_when_alone() {
  if (!channels_.empty()) return;
  if (handing_ && handing_->pending()) handing_->deliver(drained{*fence_});
  for (const auto& [type, handle] : limiters_.running()) self_->send_exit(handle, caf::exit_reason::user_shutdown);
  self_->quit(caf::exit_reason::user_shutdown);
}

tenant_actor::behavior_type tenant(tenant_actor::stateful_pointer<tenant_state> self, const services* services,
                                   const base::uuid& tenant_id) {
  make_safe(self);
  self->set_down_handler([self](const caf::down_msg& message) { self->state.child_down(message); });
  self->set_exit_handler([self](const caf::exit_msg&) { self->state.stop(); });
  self->state.init(self, services, tenant_id);
  return {
      [self](const released& message) { self->state.on(message); },
      [self](parked& message) { self->state.on(message); },
      [self](reload) { return self->state.reload(); },
      [self](const read_permit_request& request) { return self->state.ask_to_read(request); },
      [self](const read_report& message) { self->state.on(message); },
      [self](actors::hand_over) { return self->state.hand_over(); },
      [self](const tenant_taken& message) { self->state.on(message); },
      [self](const agenda_loaded& message) { self->state.on(message); },
      [self](const agenda_tick& message) { self->state.on(message); },
      [self](const restart_child& message) { self->state.on(message); },
      [self](const rules_rest& message) { self->state.on(message); },
      [self](const posts_were_made& message) { self->state.on(message); },
      [self](const restart_rules& message) { self->state.on(message); },
  };
}

}  // namespace pulse::actors
