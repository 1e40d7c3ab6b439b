#include "persistence/budgets/rate_limits.hpp"

#include "domain/publishing/retry.hpp"

namespace pulse::persistence::rate_limits {

namespace {

constexpr statement list_all{"list_rate_limits", R"sql(
  SELECT platform, scope, tenant_id IS NOT NULL AS is_of_tenant, posts, window_seconds::bigint AS window_seconds, burst
  FROM platform_rate_limits
  WHERE (tenant_id IS NULL OR tenant_id = pulse_tenant()) AND platform = ANY ($1::text[])
  ORDER BY platform, scope, tenant_id NULLS FIRST)sql"};

constexpr statement store_one{"store_rate_limit", R"sql(
  INSERT INTO platform_rate_limits (tenant_id, platform, scope, posts, window_seconds, burst, updated_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6)
  ON CONFLICT ON CONSTRAINT platform_rate_limits_once DO UPDATE
    SET posts = excluded.posts, window_seconds = excluded.window_seconds, burst = excluded.burst,
        updated_at = excluded.updated_at)sql"};

constexpr statement remove_one{"remove_rate_limit", R"sql(
  DELETE FROM platform_rate_limits WHERE tenant_id = pulse_tenant() AND platform = $1 AND scope = $2)sql"};

// What a person has moved meanwhile waits for its due time, and says nothing of the platform; nor does what waits for
// longer than a platform is obeyed.
constexpr statement list_blocks{"list_rate_limit_blocks", R"sql(
  SELECT c.type AS channel_type, coalesce(c.account_id, c.id) AS budget, max(d.not_before) AS until
  FROM channels c JOIN deliveries d ON d.tenant_id = c.tenant_id AND d.channel_id = c.id
  WHERE c.tenant_id = $1 AND d.state = 'waiting' AND d.outcome = 'rate_limited' AND d.not_before > $2 AND d.not_before <= $3
    AND d.not_before > d.due_at AND c.type = ANY ($4::text[])
  GROUP BY c.type, coalesce(c.account_id, c.id)
  UNION ALL
  SELECT platform, budget, max(blocked_until) FROM page_reads
  WHERE tenant_id = $1 AND read_at > $2 - make_interval(days => 1) AND blocked_until > $2 AND blocked_until <= $3
    AND platform = ANY ($4::text[])
  GROUP BY platform, budget)sql"};

std::vector<domain::channel_type> known_platforms() {
  std::vector<domain::channel_type> known;
  for (const auto& each : domain::platforms()) known.push_back(each.type);
  return known;
}

}  // namespace

std::vector<domain::limit_row> list(transaction& tx) {
  return tx.execute(list_all, known_platforms()).all<domain::limit_row>();
}

void store(transaction& tx, domain::channel_type platform, domain::limit_scope scope, const domain::rate& wanted,
           base::timestamp now) {
  const auto window_seconds = std::chrono::floor<std::chrono::seconds>(wanted.window).count();
  tx.queue(store_one, platform, scope, wanted.limit, window_seconds, wanted.burst, now);
}

void remove(transaction& tx, domain::channel_type platform, domain::limit_scope scope) {
  tx.queue(remove_one, platform, scope);
}

std::vector<block> select_blocks(transaction& tx, const base::uuid& tenant_id, base::timestamp now) {
  return tx.execute(list_blocks, tenant_id, now, now + domain::longest_retry_after, known_platforms()).all<block>();
}

}  // namespace pulse::persistence::rate_limits
