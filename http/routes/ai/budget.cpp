#include "http/routes/ai/budget.hpp"

#include "domain/budgets/ai_budget.hpp"
#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/ai/budgets.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace budgets = persistence::ai_budgets;
using persistence::transaction;

/// Months in the list, including the current one.
constexpr int months_listed = 12;

struct ai_amount {
  std::int64_t allowed = 0;   // the limit in force
  std::int64_t bound = 0;     // the most that the company may set
  std::int64_t used = 0;      // this month
  std::int64_t reserved = 0;  // by requests that have not ended yet
  domain::ai_budget_source source = domain::ai_budget_source::setting;
};
BOOST_DESCRIBE_STRUCT(ai_amount, (), (allowed, bound, used, reserved, source))

struct ai_budget {
  std::optional<std::string> provider;  // who answers: OpenAI, OpenRouter, offline; none: AI actions are refused
  bool is_stand_in = false;             // the offline stand-in makes up the texts; no AI writes them
  base::timestamp month_begins_at;
  base::timestamp month_ends_at;
  ai_amount tokens;
  ai_amount micro_usd;
};
BOOST_DESCRIBE_STRUCT(ai_budget, (), (provider, is_stand_in, month_begins_at, month_ends_at, tokens, micro_usd))

struct set_ai_budget {
  std::optional<base::bounded_int<0, domain::max_ai_tokens>> monthly_tokens;        // null: the installation's
  std::optional<base::bounded_int<0, domain::max_ai_micro_usd>> monthly_micro_usd;  // null: the installation's
};
BOOST_DESCRIBE_STRUCT(set_ai_budget, (), (monthly_tokens, monthly_micro_usd))

struct ai_usage {
  std::vector<budgets::usage_row> items;
};
BOOST_DESCRIBE_STRUCT(ai_usage, (), (items))

domain::ai_allowance allowance_of(const request_context& context) {
  return context.services.asking == nullptr ? domain::ai_allowance{} : context.services.asking->allowance();
}

ai_budget shown(const request_context& context, const budgets::set_row& set, const budgets::month_row& month,
                base::timestamp now) {
  const auto chosen = domain::choose_ai_budget(allowance_of(context), {set.operator_tokens, set.operator_micro_usd},
                                               {set.own_tokens, set.own_micro_usd});
  ai_budget made;
  if (context.services.asking != nullptr && !context.services.asking->provider().empty()) {
    made.provider = std::string{context.services.asking->provider()};
    made.is_stand_in = context.services.asking->is_stand_in();
  }
  made.month_begins_at = domain::ai_month_begin(now);
  made.month_ends_at = domain::ai_month_end(now);
  made.tokens = {chosen.allowed.tokens, chosen.bound.tokens, month.tokens - month.reserved_tokens,
                 month.reserved_tokens, chosen.tokens_source};
  made.micro_usd = {chosen.allowed.micro_usd, chosen.bound.micro_usd, month.micro_usd - month.reserved_micro_usd,
                    month.reserved_micro_usd, chosen.cost_source};
  return made;
}

net::awaitable<reply<ai_budget>> show_budget(request_context& context) {
  auto job = [&context, now = context.services.clock.now()](transaction& tx) {
    return shown(context, budgets::find(tx), budgets::find_month(tx, domain::ai_month_begin(now)), now);
  };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  co_return std::move(*found);
}

/// Refuses a limit of the company's own that is above the installation's.
std::optional<problem> beyond(std::string_view pointer, const std::optional<std::int64_t>& wanted, std::int64_t bound) {
  if (!wanted || *wanted <= bound) return std::nullopt;
  return problems::invalid_field(pointer, "must be at most what this installation allows: " + std::to_string(bound));
}

net::awaitable<reply<ai_budget>> set_budget(request_context& context, in_body<set_ai_budget> body) {
  domain::ai_limits own;
  if (body->monthly_tokens) own.tokens = body->monthly_tokens->value;
  if (body->monthly_micro_usd) own.micro_usd = body->monthly_micro_usd->value;
  auto job = [&context, own, now = context.services.clock.now()](transaction& tx) -> result<ai_budget> {
    auto set = budgets::find(tx);
    const auto bound =
        domain::choose_ai_budget(allowance_of(context), {set.operator_tokens, set.operator_micro_usd}, {}).bound;
    if (auto wrong = beyond("/monthly_tokens", own.tokens, bound.tokens)) return std::move(*wrong);
    if (auto wrong = beyond("/monthly_micro_usd", own.micro_usd, bound.micro_usd)) return std::move(*wrong);
    budgets::set_own(tx, own, now);
    set.own_tokens = own.tokens;
    set.own_micro_usd = own.micro_usd;
    return shown(context, set, budgets::find_month(tx, domain::ai_month_begin(now)), now);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  co_return std::move(*done);
}

net::awaitable<reply<ai_usage>> show_usage(request_context& context) {
  auto from = domain::ai_month_begin(context.services.clock.now());
  for (int i = 1; i < months_listed; ++i) from = domain::ai_month_begin(from - std::chrono::hours{1});
  auto job = [from](transaction& tx) { return ai_usage{budgets::list_usage(tx, from)}; };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  co_return std::move(*found);
}

}  // namespace

void add_ai_budget(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(verb::get, "/ai/budget", permission::operate, &show_budget, "What the company may spend on AI this month",
             {.description = "Owners and admins. `used` is settled; `reserved` is for requests that have no answer "
                             "yet, and counts."});
  routes.add(verb::put, "/ai/budget", permission::operate, &set_budget,
             "Set the company's own monthly AI budget, stricter than the installation's",
             {.description = "Owners and admins. The installation's limit holds for fields null or left out."});
  routes.add(verb::get, "/ai/usage", permission::read_account, &show_usage,
             "What AI requests have used, by month, purpose and model",
             {.description = "The last twelve months (UTC), newest first. Money is in micro dollars."});
}

}  // namespace pulse::http::routes
