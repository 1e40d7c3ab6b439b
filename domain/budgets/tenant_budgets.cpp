#include "domain/budgets/tenant_budgets.hpp"

#include <array>
#include <tuple>
#include <vector>

#include "domain/budgets/reading.hpp"

namespace pulse::domain {

namespace {

/// Whether the budget allows one more start at `now`, after all those that go first.
bool has_room_behind(throttle budget, std::span<const base::timestamp> ready_before, base::timestamp now, urgency of) {
  for (const auto ready_at : ready_before) budget.take(now, urgency_of(ready_at, now));
  return budget.earliest(now, of) <= now;
}

}  // namespace

tenant_budgets::tenant_budgets(channel_type type, const budget_rates& rates)
    : counts_posts_(account_limit_unit(type) == limit_unit::posts), account_rate_(rates.account) {
  if (rates.tenant) tenant_.emplace(*rates.tenant);
}

budget_answer tenant_budgets::look(const permit_question& question, base::timestamp now, bool is_app_turn) {
  const auto of = urgency_of(question.ready_at, now);
  const auto& own = account(question.budget);
  budget_answer answer{own.earliest(now, of), limit_scope::account, own.budget(), own.is_told(now, of),
                       own.is_spread(now, of)};
  if (tenant_ && tenant_->earliest(now, of) > answer.not_before) {
    answer = {tenant_->earliest(now, of), limit_scope::tenant, tenant_->budget(), false, tenant_->is_spread(now, of)};
  }
  if (answer.not_before > now) return answer;
  const auto scope = yields_in(question, now, is_app_turn);
  if (!scope) return answer;
  return {now + yield_for, *scope, *scope == limit_scope::tenant ? tenant_->budget() : own.budget(), false, false};
}

std::optional<limit_scope> tenant_budgets::yields_in(const permit_question& question, base::timestamp now,
                                                     bool is_app_turn) {
  forget_overdue(now);
  const auto me = waiting_.find(question.delivery_id);
  std::vector<base::timestamp> on_account;
  std::vector<base::timestamp> of_tenant;
  bool is_any_of_app = false;
  for (const auto& [id, each] : waiting_) {
    if (id == question.delivery_id || each.until > now) continue;
    const bool is_before =
        me == waiting_.end() || std::tie(each.ready_at, id) < std::tie(question.ready_at, question.delivery_id);
    const auto of = urgency_of(each.ready_at, now);
    if (!is_before || account(each.budget).earliest(now, of) > now || (tenant_ && tenant_->earliest(now, of) > now)) {
      continue;
    }
    of_tenant.push_back(each.ready_at);
    is_any_of_app = is_any_of_app || apps_.of(each.budget) == apps_.of(question.budget);
    if (each.budget == question.budget) on_account.push_back(each.ready_at);
  }
  const auto of = urgency_of(question.ready_at, now);
  if (is_app_turn && is_any_of_app) return limit_scope::app;
  if (!on_account.empty() && !has_room_behind(account(question.budget), on_account, now, of))
    return limit_scope::account;
  if (tenant_ && !of_tenant.empty() && !has_room_behind(*tenant_, of_tenant, now, of)) return limit_scope::tenant;
  return std::nullopt;
}

void tenant_budgets::forget_overdue(base::timestamp now) {
  std::erase_if(waiting_, [now](const auto& each) { return each.second.until + kept_for < now; });
}

void tenant_budgets::take(const permit_question& question, base::timestamp now) {
  const auto of = urgency_of(question.ready_at, now);
  account(question.budget).take(now, of);
  if (tenant_) tenant_->take(now, of);
  waiting_.erase(question.delivery_id);
}

budget_answer tenant_budgets::next_read(const base::uuid& budget, base::timestamp now) {
  const auto& own = account(budget);
  const auto told = own.told(now);
  const auto at_platform = earliest_read(own.budget(), {}, own.last(), told, now);
  auto answer = budget_answer{at_platform, limit_scope::account, own.budget(), at_platform > now, false};
  if (!counts_posts_) {
    const auto at = earliest_read(own.budget(), own.arrival(), own.last(), told, now);
    if (at > at_platform) answer = {at, limit_scope::account, own.budget(), false, false};
  }
  if (answer.not_before > now) return answer;
  forget_overdue(now);
  for (const auto& [id, each] : waiting_) {
    const bool is_its_turn = each.until <= now && apps_.of(each.budget) == apps_.of(budget);
    if (each.budget == budget || is_its_turn)
      answer.not_before = std::max<base::timestamp>(answer.not_before, each.until + kept_for + yield_for);
  }
  return answer;
}

void tenant_budgets::take_read(const base::uuid& budget, base::timestamp now) {
  if (!counts_posts_) account(budget).take(now);
}

void tenant_budgets::let_wait(const permit_question& question, base::timestamp until) {
  if (waiting_.size() >= most_waiting && !waiting_.contains(question.delivery_id)) return;
  waiting_.insert_or_assign(question.delivery_id, waiting{question.budget, question.ready_at, until});
}

void tenant_budgets::give_back(const base::uuid& budget) {
  account(budget).give_back();
  if (tenant_) tenant_->give_back();
}

void tenant_budgets::refund(const base::uuid& budget, base::timestamp at, bool never_called) {
  if (counts_posts_ || never_called) account(budget).refund(at);
  if (tenant_) tenant_->refund(at);
}

void tenant_budgets::replay(const base::uuid& budget, base::timestamp at, bool published_nothing) {
  const std::array one{at};
  if (!published_nothing || !counts_posts_) account(budget).replay(one);
  if (tenant_ && !published_nothing) tenant_->replay(one);
}

void tenant_budgets::change(const budget_rates& rates, base::timestamp now) {
  account_rate_ = rates.account;
  for (auto& [budget, its] : accounts_) its.change(rates.account, now);
  if (!rates.tenant) {
    tenant_.reset();
  } else if (tenant_) {
    tenant_->change(*rates.tenant, now);
  } else {
    tenant_.emplace(*rates.tenant);
  }
}

throttle& tenant_budgets::account(const base::uuid& budget) {
  return accounts_.try_emplace(budget, account_rate_).first->second;
}

}  // namespace pulse::domain
