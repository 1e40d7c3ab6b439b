#include "persistence/publishing/preflight.hpp"

namespace pulse::persistence::preflight {

namespace {

struct count_row {
  std::int64_t posts = 0;
};
BOOST_DESCRIBE_STRUCT(count_row, (), (posts))

constexpr statement list_readiness{"list_preflight_of_post", R"sql(
  SELECT d.id AS delivery_id, c.id AS channel_id, c.type AS channel_type, c.name AS channel_name, c.is_active, c.disabled_reason,
         c.paused_at IS NOT NULL OR p.paused_at IS NOT NULL OR t.paused_at IS NOT NULL AS is_paused,
         coalesce(s.needs_reconnect, false) AS needs_reconnect,
         CASE WHEN s.refresh_at IS NULL THEN s.expires_at END AS expires_at, c.account_id
  FROM deliveries d
  JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  JOIN projects p ON p.tenant_id = d.tenant_id AND p.id = d.project_id
  JOIN tenants t ON t.id = d.tenant_id
  LEFT JOIN accounts a ON a.tenant_id = c.tenant_id AND a.id = c.account_id
  LEFT JOIN social_accounts s ON s.tenant_id = a.tenant_id AND s.id = a.social_account_id
  WHERE d.tenant_id = pulse_tenant() AND d.post_id = $1 AND d.state = 'waiting'
  ORDER BY c.created_at, c.id)sql"};

/// $1 project, $2 ids.
constexpr statement list_of_channels{"list_preflight_of_channels", R"sql(
  SELECT '00000000-0000-0000-0000-000000000000'::uuid AS delivery_id, c.id AS channel_id, c.type AS channel_type,
         c.name AS channel_name, c.is_active, c.disabled_reason,
         c.paused_at IS NOT NULL OR p.paused_at IS NOT NULL OR t.paused_at IS NOT NULL AS is_paused,
         coalesce(s.needs_reconnect, false) AS needs_reconnect,
         CASE WHEN s.refresh_at IS NULL THEN s.expires_at END AS expires_at, c.account_id
  FROM channels c
  JOIN projects p ON p.tenant_id = c.tenant_id AND p.id = c.project_id
  JOIN tenants t ON t.id = c.tenant_id
  LEFT JOIN accounts a ON a.tenant_id = c.tenant_id AND a.id = c.account_id
  LEFT JOIN social_accounts s ON s.tenant_id = a.tenant_id AND s.id = a.social_account_id
  WHERE c.tenant_id = pulse_tenant() AND c.project_id = $1::uuid AND c.id = ANY ($2::uuid[])
  ORDER BY c.created_at, c.id)sql"};

/// $1 account, or null, $2 post, $3, $4 times, $5 platform.
constexpr statement count_due{"count_planned_of_budget", R"sql(
  SELECT count(*) AS posts
  FROM deliveries d JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  WHERE d.tenant_id = pulse_tenant() AND c.type = $5 AND ($1::uuid IS NULL OR c.account_id = $1) AND d.post_id <> $2 AND d.state NOT IN ('cancelled', 'missed', 'failed')
    AND d.due_at > $3::timestamptz AND d.due_at <= $4::timestamptz)sql"};

}  // namespace

std::vector<readiness> list(transaction& tx, const base::uuid& post_id) {
  return tx.execute(list_readiness, post_id).all<readiness>();
}

std::vector<readiness> list_chosen(transaction& tx, const base::uuid& project_id,
                                   const std::vector<base::uuid>& channel_ids) {
  return tx.execute(list_of_channels, project_id, channel_ids).all<readiness>();
}

std::int64_t count_planned(transaction& tx, const budget& of, const base::uuid& but_post_id, base::timestamp after,
                           base::timestamp until) {
  return tx.execute(count_due, of.account_id, but_post_id, after, until, of.channel_type).first<count_row>()->posts;
}

}  // namespace pulse::persistence::preflight
