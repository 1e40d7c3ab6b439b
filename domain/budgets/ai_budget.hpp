// What a company may spend on AI in a month: whose limit applies, and which month it is.
#pragma once

#include <cstdint>
#include <optional>

#include <boost/describe.hpp>

#include "base/time.hpp"

namespace pulse::domain {

/// The allowance of one month (UTC). Tokens of prompts and answers together.
struct ai_allowance {
  std::int64_t tokens = 0;
  std::int64_t micro_usd = 0;

  friend bool operator==(const ai_allowance&, const ai_allowance&) = default;
};

/// No figure of an allowance may be larger.
inline constexpr std::int64_t max_ai_tokens = 1'000'000'000'000;
inline constexpr std::int64_t max_ai_micro_usd = 1'000'000'000'000;

/// The parts of an allowance that somebody has set. An empty one leaves the more general figure in force.
struct ai_limits {
  std::optional<std::int64_t> tokens;
  std::optional<std::int64_t> micro_usd;
};

/// Who has set an allowance.
enum class ai_budget_source { setting, operator_, company };
BOOST_DESCRIBE_ENUM(ai_budget_source, setting, operator_, company)

struct ai_budget_choice {
  ai_allowance allowed;  // what is in force
  ai_allowance bound;    // what the company may set at most
  ai_budget_source tokens_source = ai_budget_source::setting;
  ai_budget_source cost_source = ai_budget_source::setting;
};

/// The settings' allowance (AI_MONTHLY_TOKENS, AI_MONTHLY_USD_CENTS), what the operator has set for this company
/// instead, and the company's own, which counts where it is stricter.
ai_budget_choice choose_ai_budget(const ai_allowance& setting, const ai_limits& by_operator, const ai_limits& own);

/// The beginning of the month (UTC) of `now`. Use is counted by month.
base::timestamp ai_month_begin(base::timestamp now);

/// The end of that month, when the next allowance begins.
base::timestamp ai_month_end(base::timestamp now);

}  // namespace pulse::domain
