// The tenant's channels, limiters and rules: started when they are needed, and again after a crash.
#include <algorithm>
#include <string>
#include <utility>

#include <spdlog/spdlog.h>

#include "actors/budgets/limiter.hpp"
#include "actors/campaigns/rules.hpp"
#include "actors/tenant/tenant.hpp"

namespace pulse::actors {

// --- the channels ----------------------------------------------------------------------------------------------------

void tenant_state::hand_out(std::vector<domain::delivery> due) {
  std::unordered_map<base::uuid, work> by_channel;
  for (auto& delivery : due) by_channel[delivery.channel_id].deliveries.push_back(std::move(delivery));
  for (auto& [channel_id, its] : by_channel) {
    if (channels_.is_resting(channel_id)) continue;  // its rows are read again when it starts
    self_->send(channel_for(channel_id), std::move(its));
  }
}

channel_actor tenant_state::channel_for(const base::uuid& channel_id) {
  if (auto running = channels_.find(channel_id)) return running;
  auto& who = identities_[channel_id];
  who.tenant_id = tenant_id_;
  who.fence = *fence_;
  who.term = term_;
  auto made = self_->spawn<caf::monitored>(channel, services_, who, tenant_actor{self_}, limiter_for(who.type));
  channels_.add(channel_id, made);
  return made;
}

/// Null while it rests after a crash: its channels are given the new one.
limiter_actor tenant_state::limiter_for(domain::channel_type type) {
  if (limiters_.is_resting(type)) return {};
  if (auto running = limiters_.find(type)) return running;
  limiter_facts facts{domain::rates_for(type, limits_), nullptr, apps_};
  if (!is_past_old_) facts.past = std::make_shared<store::past>(store::past{starts_, blocks_});
  auto made = self_->spawn<caf::monitored>(limiter, services_, tenant_id_, type, facts);
  limiters_.add(type, made);
  return made;
}

void tenant_state::take_limits(std::vector<domain::limit_row> limits, domain::own_apps apps) {
  const auto before = std::exchange(limits_, std::move(limits));
  const bool are_apps_others = apps != apps_;
  apps_ = std::move(apps);
  for (const auto& [type, its] : limiters_.running()) {
    const auto rates = domain::rates_for(type, limits_);
    if (rates == domain::rates_for(type, before) && !are_apps_others) continue;
    self_->send(its, new_rates{rates, apps_});
    for (const auto& [id, handle] : channels_.running()) {
      if (identities_[id].type == type) self_->send(handle, new_budgets{});
    }
  }
}

/// Until the rows are loaded the caller must ask again, and has the time to.
caf::result<read_permit_answer> tenant_state::ask_to_read(const read_permit_request& request) {
  const auto later = read_permit_answer{.not_before = services_->clock.now() + database_pause};
  if (!is_loaded_ || stopping_) return later;
  const auto its = limiter_for(request.type);
  if (!its) return later;
  return self_->delegate(its, request);
}

void tenant_state::on(const read_report& message) {
  if (!is_loaded_ || stopping_) return;  // the rows have it too
  if (const auto its = limiter_for(message.type)) self_->send(its, message.what);
}

void tenant_state::on(parked& message) {
  agenda_.put_back(std::move(message.delivery), message.at);
  if (loading_) disagreed_ = true;  // the rows that come may be of before, and then they do not have it
  arm();
}

void tenant_state::on(const released& message) {
  const auto channel_id = agenda_.release(message.delivery_id);
  with_begun_ = with_begun_ || message.sweep_again;
  has_ended_ = true;
  if (channel_id && agenda_.count(*channel_id) == 0 && partial_.erase(*channel_id) > 0) return load();
  if (message.sweep_again && loading_) {
    disagreed_ = true;
  } else if (message.sweep_again) {
    load_at_ = std::min<base::timestamp>(load_at_, services_->clock.now() + disagreement_pause);
  }
  arm();
}

// --- supervision -----------------------------------------------------------------------------------------------------

void tenant_state::child_down(const caf::down_msg& message) {
  if (const auto type = limiters_.take(message.source)) return limiter_down(*type);
  if (rules_.take(message.source)) return rules_down(message);
  if (const auto channel_id = channels_.take(message.source)) channel_down(*channel_id);
}

// --- the rules -------------------------------------------------------------------------------------------------------

void tenant_state::sweep_its_rules() {
  constexpr int only_one = 0;
  if (services_->automation == nullptr || stopping_ || rules_.is_resting(only_one)) return;
  if (const auto running = rules_.find(only_one)) {
    self_->send(running, sweep_rules{});
    return;
  }
  rules_rest_ = {.is_busy = true, .next = {}};
  rules_.add(only_one,
             self_->spawn<caf::monitored>(rules, services_, rules_identity{tenant_id_, *fence_}, tenant_actor{self_}));
}

/// They quit by themselves when another node has the tenant.
void tenant_state::rules_down(const caf::down_msg& message) {
  constexpr int only_one = 0;
  rules_rest_ = {};
  if (stopping_ || !message.reason) return;
  // It is kept awake meanwhile, so that nobody forgets how often they have crashed.
  rules_rest_.is_busy = true;
  const auto now = services_->clock.now();
  const auto ruling = rules_.crashed(only_one, now);
  spdlog::log(ruling.is_parked ? spdlog::level::err : spdlog::level::warn,
              "the rules of tenant {} crashed (number {} within a minute); they are started again in {} ms",
              base::to_string(tenant_id_), ruling.crashes, ruling.pause.count());
  if (services_->health != nullptr) services_->health->note_rules(ruling.is_parked);
  if (ruling.is_parked) {
    domain::rules_degraded facts;
    facts.crashes = static_cast<int>(ruling.crashes);
    facts.until = now + ruling.pause;
    services_->store.append_event({.tenant_id = tenant_id_,
                                   .about = persistence::events::subject{domain::subject_kind::company, tenant_id_},
                                   .facts = std::move(facts),
                                   .at = now});
  }
  self_->delayed_send(self_, ruling.pause, restart_rules{});
}

void tenant_state::on(const restart_rules&) {
  rules_.rested(0);
  rules_rest_ = {};
  sweep_its_rules();
}

void tenant_state::on(const rules_rest& message) {
  rules_rest_ = message;
  arm();
}

void tenant_state::on(const posts_were_made&) { load(); }

// --- the channels that crash -----------------------------------------------------------------------------------------

/// A crashed channel comes back from its rows; its siblings go on.
void tenant_state::channel_down(const base::uuid& channel_id) {
  if (stopping_) return quit_when_alone();
  is_outdated_ = loading_;
  const auto ruling = channels_.crashed(channel_id, services_->clock.now());
  spdlog::log(ruling.is_parked ? spdlog::level::err : spdlog::level::warn,
              "channel {} of tenant {} crashed (number {} within a minute); it is started again from its rows in {} ms",
              base::to_string(channel_id), base::to_string(tenant_id_), ruling.crashes, ruling.pause.count());
  if (ruling.is_parked) report_parked(channel_id, domain::degraded_part::channel);
  self_->delayed_send(self_, ruling.pause, restart_child{channel_id, identities_[channel_id].type});
}

/// The caller got no answer, and asks the next one.
void tenant_state::limiter_down(domain::channel_type type) {
  if (stopping_) return;
  is_past_old_ = true;
  const auto ruling = limiters_.crashed(type, services_->clock.now());
  spdlog::log(ruling.is_parked ? spdlog::level::err : spdlog::level::warn,
              "the rate limiter for {} of tenant {} crashed (number {} within a minute); it is started again in {} ms",
              base::to_name(type), base::to_string(tenant_id_), ruling.crashes, ruling.pause.count());
  for (const auto& [id, who] : identities_) {
    if (ruling.is_parked && who.type == type) report_parked(id, domain::degraded_part::budgets);
  }
  self_->delayed_send(self_, ruling.pause, restart_child{{}, type});
}

void tenant_state::report_parked(const base::uuid& channel_id, domain::degraded_part what) {
  domain::channel_degraded facts;
  facts.part = what;
  services_->store.append_event(
      {.tenant_id = tenant_id_, .channel_id = channel_id, .facts = std::move(facts), .at = services_->clock.now()});
}

void tenant_state::on(const restart_child& message) {
  if (message.channel_id.is_nil()) return restart_limiter(message.type);
  channels_.rested(message.channel_id);
  agenda_.release_channel(message.channel_id);
  with_begun_ = true;
  load();
}

/// The caller got no answer from the old one, and asks again.
void tenant_state::restart_limiter(domain::channel_type type) {
  if (stopping_) return;
  limiters_.rested(type);
  const auto fresh = limiter_for(type);
  for (const auto& [id, handle] : channels_.running()) {
    if (identities_[id].type == type) self_->send(handle, new_limiter{fresh});
  }
}

}  // namespace pulse::actors
