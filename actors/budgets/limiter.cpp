#include "actors/budgets/limiter.hpp"

#include <algorithm>

#include <caf/sec.hpp>
#include <caf/send.hpp>

#include "actors/system/safety.hpp"
#include "base/describe.hpp"
#include "domain/calendar/time_words.hpp"

namespace pulse::actors {

namespace {

using domain::limit_scope;

/// "the account's budget of 100 posts in 15 minutes at X".
std::string budget_words(std::string_view whose, const domain::rate& budget, domain::channel_type type) {
  const auto span = domain::format_length(std::chrono::duration_cast<std::chrono::seconds>(budget.window));
  return "the " + std::string{whose} + "'s budget of " + std::to_string(budget.limit) + " posts in " + span + " at " +
         std::string{domain::display_name(type)};
}

}  // namespace

limiter_state::~limiter_state() {
  // CAF 0.17 answers nothing for a promise that is dropped.
  for (auto& each : waiting_) each.promise.deliver(caf::sec::request_receiver_down);
  for (auto& [number, each] : reading_) each.promise.deliver(caf::sec::request_receiver_down);
  for (auto& [app, line] : lines_) give_back_slot(line);
}

void limiter_state::init(limiter_actor::pointer self, const services* services, const base::uuid& tenant_id,
                         domain::channel_type type, const limiter_facts& facts) {
  self_ = self;
  services_ = services;
  tenant_id_ = tenant_id;
  type_ = type;
  rates_ = facts.rates;
  budgets_.emplace(type, rates_);
  budgets_->set_apps(facts.apps);
  if (facts.past) {
    learn_past(*facts.past);
  } else {
    on(load_past{});
  }
}

// --- the time before -------------------------------------------------------------------------------------------------

void limiter_state::on(const load_past&) {
  services_->store.load_past(tenant_id_, [to = limiter_actor{self_}](std::shared_ptr<store::past> past) {
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
    if (start.channel_type != type_) continue;
    budgets_->replay(start.budget, start.at, start.published_nothing);
    // The installation's app is counted where all nodes see it; an own app is counted here, from its earlier calls.
    if (auto& line = line_of(start.budget); line.own)
      line.own->reserve(budget_name(), rate_of(line), start.at, [](app_turn) {});
  }
  for (const auto& block : past.blocks) {
    if (block.channel_type == type_) budgets_->block(block.budget, block.until);
  }
}

// --- permits ---------------------------------------------------------------------------------------------------------

caf::result<permit_answer> limiter_state::ask(const permit_request& request) {
  if (auto answer = decide(request)) return *answer;
  auto promise = self_->make_response_promise<permit_answer>();
  waiting_.push_back({request, promise});
  if (is_past_known_) reserve_slot(line_of(request.budget));
  return promise;
}

/// All budgets must allow it, and only then is anything taken of any.
std::optional<permit_answer> limiter_state::decide(const permit_request& request) {
  if (!is_past_known_) return std::nullopt;
  const auto now = services_->clock.now();
  const domain::permit_question question{request.budget, request.delivery_id, request.ready_at};
  auto& line = line_of(request.budget);
  const auto own = budgets_->look(question, now, is_turn_there(line, now));
  permit_answer answer{request.delivery_id, false, own.not_before, {}};
  if (answer.not_before > now) {
    answer.by = refusal(own);
    budgets_->let_wait(question, answer.not_before);
    return answer;
  }
  switch (take_turn(line, answer, now)) {
    case turn::ours: break;
    case turn::later: budgets_->let_wait(question, answer.not_before); return answer;
    case turn::to_be_taken: return std::nullopt;
  }
  budgets_->take(question, now);
  answer.granted = true;
  return answer;
}

scarce_budget limiter_state::refusal(const domain::budget_answer& by) const {
  if (!by.is_spread)
    return {by.scope, by.budget, by.is_told, false, budget_words(base::to_name(by.scope), by.budget, type_)};
  const auto one_every = std::chrono::ceil<std::chrono::seconds>(domain::interval_of(by.budget));
  return {by.scope,
          {.limit = 1, .window = one_every, .burst = 1},
          false,
          true,
          "more is late at " + std::string{domain::display_name(type_)} +
              " than may go out at once, so it is spread and leaves room for what is on time"};
}

limiter_state::app_line& limiter_state::line_of(const base::uuid& budget) {
  return line_called(budgets_->apps().of(budget));
}

limiter_state::app_line& limiter_state::line_called(const std::string& app) {
  const auto [found, is_new] = lines_.try_emplace(app, app_line{.app = app});
  if (is_new && !app.empty()) found->second.own = std::make_unique<local_app_budgets>();
  return found->second;
}

app_budgets& limiter_state::budgets_of(app_line& of) const {
  if (of.own) return *of.own;
  return services_->app_limits;
}

/// Whether the tenant has a turn at the app's budget, which one start may use.
bool limiter_state::is_turn_there(const app_line& of, base::timestamp now) {
  return of.slot && of.slot->is == app_turn::hold::granted && of.slot->at <= now && now <= of.slot->until;
}

/// Uses this tenant's slot of the app's budget up, or says in the answer why there is none yet.
limiter_state::turn limiter_state::take_turn(app_line& of, permit_answer& answer, base::timestamp now) {
  if (!has_app(of)) return turn::ours;
  auto& slot = of.slot;
  const auto blocked_until = budgets_of(of).blocked_until(budget_name());
  const bool is_blocked = blocked_until > now;  // a slot that was taken before does not help
  if (slot && !is_blocked && slot->at <= now && !is_turn_there(of, now)) give_back_slot(of);
  if (!slot && !is_blocked) return turn::to_be_taken;
  if (is_blocked || slot->at > now) {
    answer.not_before = std::max(blocked_until, slot ? slot->at : now);
    answer.by = {limit_scope::app, rate_of(of), is_blocked || slot->is_told, false, in_words(of)};
    return turn::later;
  }
  answer.app_slot = std::exchange(slot, std::nullopt);
  return turn::ours;
}

std::string limiter_state::in_words(const app_line& of) const {
  const std::string whose = of.own ? "company's own app" : "app";
  if (const auto known = known_rate(of)) return budget_words(whose, *known, type_);
  return "the " + whose + "'s budget at " + std::string{domain::display_name(type_)};
}

void limiter_state::on(const permit_unused& unused) {
  budgets_->give_back(unused.budget);
  auto& line = line_of(unused.budget);
  if (!unused.app_slot) return;
  if (!line.slot && !line.is_reserving) {
    line.slot = unused.app_slot;
  } else {
    budgets_of(line).refund(budget_name(), rate_of(line), *unused.app_slot, services_->clock.now());
  }
}

void limiter_state::on(const permit_unspent& unspent) {
  budgets_->refund(unspent.budget, unspent.granted_at, unspent.never_called);
  auto& line = line_of(unspent.budget);
  if (unspent.never_called && unspent.app_slot && has_app(line))
    budgets_of(line).refund(budget_name(), rate_of(line), *unspent.app_slot, services_->clock.now());
}

void limiter_state::reserve_slot(app_line& of) {
  if (std::exchange(of.is_reserving, true)) return;
  budgets_of(of).reserve(budget_name(), rate_of(of), services_->clock.now(),
                         [to = limiter_actor{self_}, app = of.app](app_turn slot) {
                           caf::anon_send(to, app_slot{slot, app});
                         });
}

/// This tenant does not use it, so another one may.
void limiter_state::give_back_slot(app_line& of) const {
  if (of.slot) budgets_of(of).refund(budget_name(), rate_of(of), *of.slot, services_->clock.now());
  of.slot.reset();
}

void limiter_state::on(const app_slot& slot) {
  auto& line = line_called(slot.app);
  line.is_reserving = false;
  line.slot = slot.turn;
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
  for (const auto& each : waiting_) reserve_slot(line_of(each.request.budget));
}

// --- looks -----------------------------------------------------------------------------------------------------------

caf::result<read_permit_answer> limiter_state::ask_to_read(const read_permit_request& request) {
  const auto now = services_->clock.now();
  if (!is_past_known_) return read_permit_answer{.not_before = now + database_pause};
  if (auto refused = refuse_read(request, now)) return *refused;
  auto& line = line_of(request.budget);
  const auto rate = rate_of(line);
  if (has_app(line)) {
    const auto at = std::max(budgets_of(line).blocked_until(budget_name()),
                             budgets_of(line).earliest_read(budget_name(), rate, now));
    if (at > now) return read_permit_answer{.not_before = at, .words = in_words(line)};
  }
  if (!has_app(line) || rate == domain::unbounded_app) {
    budgets_->take_read(request.budget, now);
    return read_permit_answer{.is_granted = true};
  }
  auto promise = self_->make_response_promise<read_permit_answer>();
  const auto number = ++reads_;
  reading_.emplace(number, reading{request, line.app, promise});
  budgets_of(line).reserve(budget_name(), rate, now, [to = limiter_actor{self_}, number](app_turn given) {
    caf::anon_send(to, read_slot{number, given});
  });
  return promise;
}

/// The time that the account's budget and the company's waiting posts allow.
std::optional<read_permit_answer> limiter_state::refuse_read(const read_permit_request& request, base::timestamp now) {
  const auto own = budgets_->next_read(request.budget, now);
  if (own.not_before <= now) return std::nullopt;
  return read_permit_answer{.not_before = own.not_before,
                            .words = budget_words(base::to_name(own.scope), own.budget, type_)};
}

/// Only a slot for now is useful: a later one is given back, so that a post can have it.
void limiter_state::on(const read_slot& slot) {
  auto found = reading_.extract(slot.number);
  if (found.empty()) return;
  auto& [request, app, promise] = found.mapped();
  auto& line = line_called(app);
  const auto now = services_->clock.now();
  const bool is_ours = slot.turn.is == app_turn::hold::granted && slot.turn.at <= now;
  auto refused = refuse_read(request, now);
  if (is_ours && !refused) {
    budgets_->take_read(request.budget, now);
    promise.deliver(read_permit_answer{.is_granted = true});
    return;
  }
  if (slot.turn.is != app_turn::hold::refused) budgets_of(line).refund(budget_name(), rate_of(line), slot.turn, now);
  if (!refused)
    refused = read_permit_answer{.not_before = std::max<base::timestamp>(slot.turn.at, now + database_pause),
                                 .words = in_words(line)};
  promise.deliver(std::move(*refused));
}

// --- what is known ---------------------------------------------------------------------------------------------------

void limiter_state::learn(const budget_seen& seen) {
  const auto now = services_->clock.now();
  auto& line = line_of(seen.budget);
  for (const auto& report : seen.reports) {
    if (has_app(line) && domain::is_of_app(report.budget)) {
      budgets_of(line).observe(budget_name(), rate_of(line), {report.budget, report.remaining, report.resets_at}, now);
    } else {
      budgets_->observe(seen.budget, report.budget, report.remaining, report.resets_at, now);
    }
  }
  // Whatever the platform says.
  if (seen.blocked_until)
    budgets_->block(seen.budget, std::min<base::timestamp>(*seen.blocked_until, now + domain::longest_retry_after));
}

void limiter_state::on(const new_rates& fresh) {
  if (fresh.rates == rates_ && fresh.apps == budgets_->apps()) return;
  if (fresh.rates.app != rates_.app) give_back_slot(line_called({}));
  budgets_->set_apps(fresh.apps);
  rates_ = fresh.rates;
  budgets_->change(rates_, services_->clock.now());
}

limiter_actor::behavior_type limiter(limiter_actor::stateful_pointer<limiter_state> self, const services* services,
                                     const base::uuid& tenant_id, domain::channel_type type,
                                     const limiter_facts& facts) {
  make_safe(self);
  self->state.init(self, services, tenant_id, type, facts);
  return {
      [self](const permit_request& request) { return self->state.ask(request); },
      [self](const read_permit_request& request) { return self->state.ask_to_read(request); },
      [self](const read_slot& slot) { self->state.on(slot); },
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
