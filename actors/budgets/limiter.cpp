#include "actors/budgets/limiter.hpp"

#include <algorithm>

#include <caf/sec.hpp>
#include <caf/send.hpp>

#include "actors/system/safety.hpp"
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
  if (with_ != nullptr) give_back_turn();
}

void limiter_state::init(limiter_actor::pointer self, const services* with, const base::uuid& tenant_id,
                         domain::channel_type type, const limiter_facts& facts) {
  self_ = self;
  with_ = with;
  tenant_id_ = tenant_id;
  type_ = type;
  rates_ = facts.rates;
  budgets_.emplace(type, rates_);
  if (facts.past) {
    learn_past(*facts.past);
  } else {
    on(load_past{});
  }
}

// --- the time before -------------------------------------------------------------------------------------------------------

void limiter_state::on(const load_past&) {
  with_->rows.load_past(tenant_id_, [to = limiter_actor{self_}](std::shared_ptr<store::past> past) {
    caf::anon_send(to, past_loaded{std::move(past)});
  });
}

void limiter_state::on(const past_loaded& message) {
  if (!message.past) return self_->delayed_send(self_, database_pause, load_past{});
  learn_past(*message.past);
  answer_waiting();
}

void limiter_state::learn_past(const store::past& past) {
  is_past_known_ = true;
  for (const auto& start : past.starts) {
    if (start.channel_type == type_) budgets_->replay(start.budget, start.at, start.published_nothing);
  }
  for (const auto& block : past.blocks) {
    if (block.channel_type == type_) budgets_->block(block.budget, block.until);
  }
}

// --- permits ---------------------------------------------------------------------------------------------------------------

caf::result<permit_answer> limiter_state::ask(const permit_request& request) {
  if (auto answer = decide(request)) return *answer;
  auto promise = self_->make_response_promise<permit_answer>();
  waiting_.push_back({request, promise});
  if (is_past_known_) reserve_app_slot();
  return promise;
}

/// All budgets must allow it, and only then is anything taken of any.
std::optional<permit_answer> limiter_state::decide(const permit_request& request) {
  if (!is_past_known_) return std::nullopt;
  const auto now = with_->clock.now();
  const domain::permit_question question{request.budget, request.delivery_id, request.ready_at};
  const auto own = budgets_->look(question, now, is_turn_there(now));
  permit_answer answer{request.delivery_id, false, own.not_before, {}};
  if (answer.not_before > now) {
    answer.by = refusal(own);
    budgets_->let_wait(question, answer.not_before);
    return answer;
  }
  switch (take_turn(answer, now)) {
    case turn::ours: break;
    case turn::later: budgets_->let_wait(question, answer.not_before); return answer;
    case turn::to_be_taken: return std::nullopt;
  }
  budgets_->take(question, now);
  answer.granted = true;
  return answer;
}

scarce_budget limiter_state::refusal(const domain::budget_answer& by) const {
  if (!by.is_spread) return {by.scope, by.budget, by.is_told, false, in_words(by.scope, by.budget, type_)};
  const auto one_every = std::chrono::ceil<std::chrono::seconds>(domain::interval_of(by.budget));
  return {by.scope,
          {.limit = 1, .window = one_every, .burst = 1},
          false,
          true,
          "more is late at " + std::string{domain::display_name(type_)} +
              " than may go out at once, so it is spread and leaves room for what is on time"};
}

/// Whether a turn at the app's budget is there, which one start may use.
bool limiter_state::is_turn_there(base::timestamp now) const {
  return app_slot_ && app_slot_->is == app_turn::hold::granted && app_slot_->at <= now && now <= app_slot_->until;
}

/// Uses this tenant's slot of the app's budget up, or says in the answer why there is none yet.
limiter_state::turn limiter_state::take_turn(permit_answer& answer, base::timestamp now) {
  if (!has_app()) return turn::ours;
  const auto blocked_until = with_->app_limits.blocked_until(app());
  const bool is_blocked = blocked_until > now;  // a slot that was taken before does not help
  if (app_slot_ && !is_blocked && app_slot_->at <= now && !is_turn_there(now)) give_back_turn();
  if (!app_slot_ && !is_blocked) return turn::to_be_taken;
  if (is_blocked || app_slot_->at > now) {
    answer.not_before = std::max(blocked_until, app_slot_ ? app_slot_->at : now);
    answer.by = {limit_scope::app, app_rate(), is_blocked || app_slot_->is_told, false, app_in_words()};
    return turn::later;
  }
  answer.app_slot = std::exchange(app_slot_, std::nullopt);
  return turn::ours;
}

std::string limiter_state::app_in_words() const {
  if (rates_.app) return in_words(limit_scope::app, *rates_.app, type_);
  return "the app's budget at " + std::string{domain::display_name(type_)};
}

void limiter_state::on(const permit_unused& unused) {
  budgets_->give_back(unused.budget);
  if (!unused.app_slot) return;
  if (!app_slot_ && !reserving_) {
    app_slot_ = unused.app_slot;
  } else {
    with_->app_limits.refund(app(), app_rate(), *unused.app_slot, with_->clock.now());
  }
}

void limiter_state::on(const permit_unspent& unspent) {
  budgets_->refund(unspent.budget, unspent.granted_at, unspent.never_called);
  if (unspent.never_called && unspent.app_slot && has_app())
    with_->app_limits.refund(app(), app_rate(), *unspent.app_slot, with_->clock.now());
}

void limiter_state::reserve_app_slot() {
  if (std::exchange(reserving_, true)) return;
  with_->app_limits.reserve(app(), app_rate(), with_->clock.now(),
                            [to = limiter_actor{self_}](app_turn slot) { caf::anon_send(to, app_slot{slot}); });
}

/// Nobody of this tenant uses it: somebody else may.
void limiter_state::give_back_turn() {
  if (app_slot_) with_->app_limits.refund(app(), app_rate(), *app_slot_, with_->clock.now());
  app_slot_.reset();
}

void limiter_state::on(const app_slot& slot) {
  reserving_ = false;
  app_slot_ = slot.turn;
  answer_waiting();
}

void limiter_state::answer_waiting() {
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
  const auto now = with_->clock.now();
  for (const auto& report : seen.reports) {
    if (has_app() && domain::is_of_app(report.budget)) {
      with_->app_limits.observe(app(), app_rate(), {report.budget, report.remaining, report.resets_at}, now);
    } else {
      budgets_->observe(seen.budget, report.budget, report.remaining, report.resets_at, now);
    }
  }
  // Whatever the platform says.
  if (seen.blocked_until)
    budgets_->block(seen.budget, std::min<base::timestamp>(*seen.blocked_until, now + domain::longest_told_delay));
}

void limiter_state::on(const new_rates& fresh) {
  if (fresh.rates == rates_) return;
  if (fresh.rates.app != rates_.app) give_back_turn();
  rates_ = fresh.rates;
  budgets_->change(rates_, with_->clock.now());
}

limiter_actor::behavior_type limiter(limiter_actor::stateful_pointer<limiter_state> self, const services* with,
                                     const base::uuid& tenant_id, domain::channel_type type,
                                     const limiter_facts& facts) {
  make_safe(self);
  self->state.init(self, with, tenant_id, type, facts);
  return {
      [self](const permit_request& request) { return self->state.ask(request); },
      [self](const budget_seen& seen) { self->state.learn(seen); },
      [self](const permit_unused& unused) { self->state.on(unused); },
      [self](const permit_unspent& unspent) { self->state.on(unspent); },
      [self](const new_rates& fresh) { self->state.on(fresh); },
      [self](const app_slot& slot) { self->state.on(slot); },
      [self](const past_loaded& message) { self->state.on(message); },
      [self](const load_past& message) { self->state.on(message); },
  };
}

}  // namespace pulse::actors
