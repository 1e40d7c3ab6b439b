#include "domain/budgets/ai_budget.hpp"

#include <catch2/catch.hpp>

using namespace pulse::domain;
using namespace std::chrono_literals;

TEST_CASE("a company's own AI budget counts where it is stricter, and the operator's bounds it") {
  const ai_allowance setting{1'000, 500};
  auto chosen = choose_ai_budget(setting, {}, {});
  CHECK(chosen.allowed == setting);
  CHECK(chosen.tokens_source == ai_budget_source::setting);
  chosen = choose_ai_budget(setting, {}, {.tokens = 400, .micro_usd = 900});
  CHECK(chosen.allowed == ai_allowance{400, 500});
  CHECK(chosen.tokens_source == ai_budget_source::company);
  CHECK(chosen.cost_source == ai_budget_source::setting);
  chosen = choose_ai_budget(setting, {.tokens = 9'000, .micro_usd = 0}, {.tokens = 4'000, .micro_usd = {}});
  CHECK(chosen.allowed == ai_allowance{4'000, 0});
  CHECK(chosen.bound == ai_allowance{9'000, 0});
  CHECK(chosen.cost_source == ai_budget_source::operator_);
}

TEST_CASE("months of AI use begin at midnight UTC of their first day") {
  const pulse::base::timestamp at{std::chrono::sys_days{std::chrono::year{2026} / 12 / 31} + 23h + 59min};
  CHECK(ai_month_begin(at) == pulse::base::timestamp{std::chrono::sys_days{std::chrono::year{2026} / 12 / 1}});
  CHECK(ai_month_end(at) == pulse::base::timestamp{std::chrono::sys_days{std::chrono::year{2027} / 1 / 1}});
  CHECK(ai_month_begin(ai_month_end(at)) == ai_month_end(at));
}
