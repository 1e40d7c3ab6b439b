#include "actors/limiter.hpp"

#include <algorithm>

#include <caf/sec.hpp>
#include <caf/send.hpp>

#include "actors/safety.hpp"
#include "base/describe.hpp"

namespace pulse::actors {

namespace {

using domain::limit_scope;

/// "the account's budget of 100 posts in 15 min at X".
std::string in_words(limit_scope scope, const domain::rate& budget, domain::channel_type type) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(budget.window).count();
  auto span = std::to_string(seconds) + " s";
  if (seconds % 3600 == 0) {
    span = std::to_string(seconds / 3600) + " h";
  } else if (seconds % 60 == 0) {
    span = std::to_string(seconds / 60) + " min";
  }
  return "the " + std::string{base::to_name(scope)} + "'s budget of " + std::to_string(budget.limit) + " posts in " +
         span + " at " + std::string{domain::display_name(type)};
}

}  // namespace

limiter_state::~limiter_state() {
  // CAF 0.17 answers nothing for a promise that is dropped.
  for (auto& each : waiting_) each.promise.deliver(caf::sec::request_receiver_down);
}

void limiter_state::init(limiter_actor::pointer self, const services* with, domain::channel_type type,
                         const limiter_facts& facts) {
  self_ = self;
  with_ = with;
  type_ = type;
  on(new_rates{facts.rates});
  std::unordered_map<base::uuid, std::vector<base::timestamp>> of_account;
  std::vector<base::timestamp> all;
  for (const auto& start : facts.starts) {
    of_account[start.budget].push_back(start.at);
    all.push_back(start.at);
  }
  for (const auto& [budget, starts] : of_account) account(budget).replay(starts);
  if (tenant_) tenant_->replay(all);
}

// --- permits ---------------------------------------------------------------------------------------------------------------

caf::result<permit_answer> limiter_state::ask(const permit_request& request) {
  if (auto answer = decide(request)) return *answer;
  auto promise = self_->make_response_promise<permit_answer>();
  waiting_.push_back({request, promise});
  reserve_app_slot();
  return promise;
}

/// All budgets must allow it, and only then is anything taken of any.
std::optional<permit_answer> limiter_state::decide(const permit_request& request) {
  const auto now = with_->clock.now();
  const auto of = now - request.due_at > backlog_after ? domain::urgency::backlog : domain::urgency::on_time;
  auto& own = account(request.budget);
  permit_answer answer{request.delivery_id, false, own.earliest(now, of), {}};
  answer.by = {limit_scope::account, own.budget(), own.is_told(now),
               in_words(limit_scope::account, own.budget(), type_)};
  if (tenant_ && tenant_->earliest(now, of) > answer.not_before) {
    answer.not_before = tenant_->earliest(now, of);
    answer.by = {limit_scope::tenant, tenant_->budget(), false,
                 in_words(limit_scope::tenant, tenant_->budget(), type_)};
  }
  if (answer.not_before > now) return answer;
  if (rates_.app) {
    if (!app_slot_) return std::nullopt;
    if (*app_slot_ > now) {
      answer.not_before = *app_slot_;
      answer.by = {limit_scope::app, *rates_.app, false, in_words(limit_scope::app, *rates_.app, type_)};
      return answer;
    }
    app_slot_.reset();
  }
  own.take(now, of);
  if (tenant_) tenant_->take(now, of);
  answer.granted = true;
  return answer;
}

void limiter_state::on(const permit_unused& unused) {
  account(unused.budget).give_back();
  if (tenant_) tenant_->give_back();
  if (rates_.app && !reserving_) app_slot_ = with_->clock.now();
}

void limiter_state::reserve_app_slot() {
  if (reserving_) return;
  reserving_ = true;
  with_->app_limits.reserve(type_, *rates_.app, with_->clock.now(),
                            [to = limiter_actor{self_}](base::timestamp slot) { caf::anon_send(to, app_slot{slot}); });
}

void limiter_state::on(const app_slot& slot) {
  reserving_ = false;
  app_slot_ = slot.at;
  auto asked = std::exchange(waiting_, {});
  for (auto& each : asked) {
    if (auto answer = decide(each.request)) {
      each.promise.deliver(*answer);
    } else {
      waiting_.push_back(std::move(each));
    }
  }
  if (!waiting_.empty()) reserve_app_slot();
}

// --- what is known ---------------------------------------------------------------------------------------------------------

void limiter_state::learn(const budget_seen& seen) {
  auto& its = account(seen.budget);
  const auto now = with_->clock.now();
  const base::timestamp latest = now + domain::longest_retry_delay;  // whatever the platform says
  for (const auto& report : seen.reports) its.observe(report.remaining, std::min(report.resets_at, latest), now);
  if (seen.blocked_until) its.block_until(std::min(*seen.blocked_until, latest));
}

void limiter_state::on(const new_rates& fresh) {
  if (fresh.rates == rates_ && !accounts_.empty()) return;
  rates_ = fresh.rates;
  const auto now = with_->clock.now();
  for (auto& [budget, its] : accounts_) its.change(rates_.account, now);
  if (!rates_.tenant) {
    tenant_.reset();
  } else if (tenant_) {
    tenant_->change(*rates_.tenant, now);
  } else {
    tenant_.emplace(*rates_.tenant);
  }
  if (!rates_.app) app_slot_.reset();
}

domain::throttle& limiter_state::account(const base::uuid& budget) {
  return accounts_.try_emplace(budget, rates_.account).first->second;
}

limiter_actor::behavior_type limiter(limiter_actor::stateful_pointer<limiter_state> self, const services* with,
                                     domain::channel_type type, const limiter_facts& facts) {
  make_safe(self);
  self->state.init(self, with, type, facts);
  return {
      [self](const permit_request& request) { return self->state.ask(request); },
      [self](const budget_seen& seen) { self->state.learn(seen); },
      [self](const permit_unused& unused) { self->state.on(unused); },
      [self](const app_slot& slot) { self->state.on(slot); },
      [self](const new_rates& fresh) { self->state.on(fresh); },
  };
}

}  // namespace pulse::actors
