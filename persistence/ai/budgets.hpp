// What companies may spend on AI, and what they have spent. Reserving and settling are the engine's; the rest runs as
// whoever asks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/budgets/ai_budget.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::ai_budgets {

struct reservation {
  base::uuid tenant_id;
  base::uuid id;
  base::timestamp month;  // domain::ai_month_begin
  std::int64_t tokens = 0;
  std::int64_t micro_usd = 0;
};

/// Takes `what` from the month's allowance when it fits: at most `setting`, or what the operator or the company has
/// set. False: it does not, and nothing was taken. Exact whatever runs at the same time.
bool reserve(transaction& tx, const reservation& what, const domain::ai_allowance& setting, base::timestamp now);

struct settlement {
  std::string purpose;
  std::string provider;
  std::string model;  // empty where nobody answered
  bool is_answered = false;
  std::int64_t tokens_in = 0;
  std::int64_t tokens_out = 0;
  std::int64_t micro_usd = 0;
};

/// Replaces the reserved amount by the used one. Only once: a missing reservation changes nothing.
void settle(transaction& tx, const reservation& what, const settlement& used);

struct set_row {
  std::optional<std::int64_t> operator_tokens;
  std::optional<std::int64_t> operator_micro_usd;
  std::optional<std::int64_t> own_tokens;
  std::optional<std::int64_t> own_micro_usd;
};
BOOST_DESCRIBE_STRUCT(set_row, (), (operator_tokens, operator_micro_usd, own_tokens, own_micro_usd))

/// What is set for the transaction's tenant; nothing set reads as a row of nothing.
set_row find(transaction& tx);

/// Sets the tenant's own; nothing: none.
void set_own(transaction& tx, const domain::ai_limits& own, base::timestamp now);

struct month_row {
  std::int64_t tokens = 0;     // used and reserved
  std::int64_t micro_usd = 0;  // used and reserved
  std::int64_t reserved_tokens = 0;
  std::int64_t reserved_micro_usd = 0;
};
BOOST_DESCRIBE_STRUCT(month_row, (), (tokens, micro_usd, reserved_tokens, reserved_micro_usd))

month_row find_month(transaction& tx, base::timestamp month);

struct usage_row {
  base::timestamp month;
  std::string purpose;
  std::string provider;
  std::string model;
  std::int64_t answered = 0;
  std::int64_t failed = 0;
  std::int64_t tokens_in = 0;
  std::int64_t tokens_out = 0;
  std::int64_t micro_usd = 0;
};
BOOST_DESCRIBE_STRUCT(usage_row, (),
                      (month, purpose, provider, model, answered, failed, tokens_in, tokens_out, micro_usd))

/// The tenant's months since `from`, newest first; at most `usage_rows_max`.
std::vector<usage_row> list_usage(transaction& tx, base::timestamp from);
inline constexpr std::int64_t usage_rows_max = 1'000;

}  // namespace pulse::persistence::ai_budgets
