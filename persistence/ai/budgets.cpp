#include "persistence/ai/budgets.hpp"

namespace pulse::persistence::ai_budgets {

namespace {

// The row of the month is locked by the update, and its condition is judged on what is committed then: so two
// reservations never both fit into what is left for one.
constexpr statement reserve_one{"reserve_ai", R"sql(
  WITH allowed AS (
    SELECT least(coalesce(max(operator_tokens), $6::bigint), coalesce(max(own_tokens), 9223372036854775807)) AS tokens,
           least(coalesce(max(operator_micro_usd), $7::bigint), coalesce(max(own_micro_usd), 9223372036854775807)) AS micro_usd
    FROM ai_budgets WHERE tenant_id = $1::uuid),
  taken AS (
    INSERT INTO ai_months AS m (tenant_id, month, tokens, micro_usd)
    SELECT $1::uuid, $3::timestamptz, $4::bigint, $5::bigint FROM allowed a WHERE $4::bigint <= a.tokens AND $5::bigint <= a.micro_usd
    ON CONFLICT (tenant_id, month) DO UPDATE SET tokens = m.tokens + excluded.tokens, micro_usd = m.micro_usd + excluded.micro_usd
      WHERE m.tokens + excluded.tokens <= (SELECT tokens FROM allowed) AND m.micro_usd + excluded.micro_usd <= (SELECT micro_usd FROM allowed)
    RETURNING tenant_id)
  INSERT INTO ai_reservations (tenant_id, id, month, tokens, micro_usd, made_at)
  SELECT t.tenant_id, $2::uuid, $3::timestamptz, $4::bigint, $5::bigint, $8::timestamptz FROM taken t)sql"};

constexpr statement settle_one{"settle_ai", R"sql(
  WITH gone AS (
    DELETE FROM ai_reservations WHERE tenant_id = $1::uuid AND id = $2::uuid RETURNING tenant_id, month, tokens, micro_usd),
  corrected AS (
    UPDATE ai_months m SET tokens = greatest(0, m.tokens - g.tokens + $7::bigint + $8::bigint), micro_usd = greatest(0, m.micro_usd - g.micro_usd + $9::bigint)
    FROM gone g WHERE m.tenant_id = g.tenant_id AND m.month = g.month)
  INSERT INTO ai_usage AS u (tenant_id, month, purpose, provider, model, answered, failed, tokens_in, tokens_out, micro_usd)
  SELECT g.tenant_id, g.month, $3::text, $4::text, $5::text, CASE WHEN $6::boolean THEN 1 ELSE 0 END, CASE WHEN $6::boolean THEN 0 ELSE 1 END,
         $7::bigint, $8::bigint, $9::bigint
  FROM gone g
  ON CONFLICT (tenant_id, month, purpose, provider, model) DO UPDATE
    SET answered = u.answered + excluded.answered, failed = u.failed + excluded.failed, tokens_in = u.tokens_in + excluded.tokens_in,
        tokens_out = u.tokens_out + excluded.tokens_out, micro_usd = u.micro_usd + excluded.micro_usd)sql"};

constexpr statement find_set{"find_ai_budget", R"sql(
  SELECT operator_tokens, operator_micro_usd, own_tokens, own_micro_usd FROM ai_budgets WHERE tenant_id = pulse_tenant())sql"};

constexpr statement set_own_budget{"set_own_ai_budget", R"sql(
  INSERT INTO ai_budgets (tenant_id, own_tokens, own_micro_usd, updated_at) VALUES (pulse_tenant(), $1, $2, $3)
  ON CONFLICT (tenant_id) DO UPDATE
    SET own_tokens = excluded.own_tokens, own_micro_usd = excluded.own_micro_usd, updated_at = excluded.updated_at)sql"};

constexpr statement find_one_month{"find_ai_month", R"sql(
  SELECT m.tokens, m.micro_usd, coalesce(r.tokens, 0)::bigint AS reserved_tokens, coalesce(r.micro_usd, 0)::bigint AS reserved_micro_usd
  FROM ai_months m LEFT JOIN LATERAL (
    SELECT sum(each.tokens) AS tokens, sum(each.micro_usd) AS micro_usd FROM ai_reservations each
    WHERE each.tenant_id = m.tenant_id AND each.month = m.month) r ON true
  WHERE m.tenant_id = pulse_tenant() AND m.month = $1)sql"};

constexpr statement list_months{"list_ai_usage", R"sql(
  SELECT month, purpose, provider, model, answered, failed, tokens_in, tokens_out, micro_usd FROM ai_usage
  WHERE tenant_id = pulse_tenant() AND month >= $1 ORDER BY month DESC, purpose, provider, model LIMIT $2)sql"};

}  // namespace

bool reserve(transaction& tx, const reservation& what, const domain::ai_allowance& setting, base::timestamp now) {
  return tx.execute(reserve_one, what.tenant_id, what.id, what.month, what.tokens, what.micro_usd, setting.tokens,
                    setting.micro_usd, now)
             .affected() == 1;
}

void settle(transaction& tx, const reservation& what, const settlement& used) {
  tx.queue(settle_one, what.tenant_id, what.id, used.purpose, used.provider, used.model, used.is_answered,
           used.tokens_in, used.tokens_out, used.micro_usd);
}

set_row find(transaction& tx) { return tx.execute(find_set).first<set_row>().value_or(set_row{}); }

void set_own(transaction& tx, const domain::ai_limits& own, base::timestamp now) {
  tx.queue(set_own_budget, own.tokens, own.micro_usd, now);
}

month_row find_month(transaction& tx, base::timestamp month) {
  return tx.execute(find_one_month, month).first<month_row>().value_or(month_row{});
}

std::vector<usage_row> list_usage(transaction& tx, base::timestamp from) {
  return tx.execute(list_months, from, usage_rows_max).all<usage_row>();
}

}  // namespace pulse::persistence::ai_budgets
