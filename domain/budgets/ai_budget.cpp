#include "domain/budgets/ai_budget.hpp"

#include <chrono>

namespace pulse::domain {

namespace {

struct part {
  std::int64_t allowed;
  std::int64_t bound;
  ai_budget_source source;
};

part choose(std::int64_t setting, const std::optional<std::int64_t>& by_operator,
            const std::optional<std::int64_t>& own) {
  const auto bound = by_operator.value_or(setting);
  if (own && *own < bound) return {*own, bound, ai_budget_source::company};
  return {bound, bound, by_operator ? ai_budget_source::operator_ : ai_budget_source::setting};
}

std::chrono::year_month month_of(base::timestamp now) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(now)};
  return day.year() / day.month();
}

}  // namespace

ai_budget_choice choose_ai_budget(const ai_allowance& setting, const ai_limits& by_operator, const ai_limits& own) {
  const auto tokens = choose(setting.tokens, by_operator.tokens, own.tokens);
  const auto cost = choose(setting.micro_usd, by_operator.micro_usd, own.micro_usd);
  return {{tokens.allowed, cost.allowed}, {tokens.bound, cost.bound}, tokens.source, cost.source};
}

base::timestamp ai_month_begin(base::timestamp now) {
  return base::timestamp{std::chrono::sys_days{month_of(now) / std::chrono::day{1}}};
}

base::timestamp ai_month_end(base::timestamp now) {
  return base::timestamp{std::chrono::sys_days{(month_of(now) + std::chrono::months{1}) / std::chrono::day{1}}};
}

}  // namespace pulse::domain
