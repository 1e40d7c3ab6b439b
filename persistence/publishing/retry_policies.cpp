#include "persistence/publishing/retry_policies.hpp"

namespace pulse::persistence::retry_policies {

namespace {

constexpr statement select_all{"list_retry_policies", R"sql(
  SELECT channel_type, max_attempts, backoff_strategy, retry_delay_seconds, updated_at FROM channel_retry_policies
  ORDER BY channel_type)sql"};

constexpr statement store_one{"store_retry_policy", R"sql(
  INSERT INTO channel_retry_policies (tenant_id, channel_type, max_attempts, backoff_strategy, retry_delay_seconds, updated_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5)
  ON CONFLICT (tenant_id, channel_type) DO UPDATE
    SET max_attempts = excluded.max_attempts, backoff_strategy = excluded.backoff_strategy,
        retry_delay_seconds = excluded.retry_delay_seconds, updated_at = excluded.updated_at)sql"};

constexpr statement remove_one{"remove_retry_policy", "DELETE FROM channel_retry_policies WHERE channel_type = $1"};

}  // namespace

bound_query<row> list() { return {select_all}; }

void store(transaction& tx, domain::channel_type type, const domain::retry_policy& wanted, base::timestamp now) {
  tx.queue(store_one, type, wanted.max_attempts, wanted.strategy, wanted.retry_delay_seconds, now);
}

void remove(transaction& tx, domain::channel_type type) { tx.queue(remove_one, type); }

}  // namespace pulse::persistence::retry_policies
