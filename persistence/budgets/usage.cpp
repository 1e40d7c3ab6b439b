#include "persistence/budgets/usage.hpp"

#include <boost/json.hpp>

#include "base/describe.hpp"

namespace pulse::persistence::usage {

namespace {

// An account's channels may be of several projects: its budget is one. An attempt is told by the event of its outcome,
// or is under way.
constexpr statement list_usage{"list_budget_usage", R"sql(
  SELECT c.id AS channel_id, c.type AS platform, coalesce(u.used, 0)::bigint AS used, coalesce(p.planned, 0)::bigint AS planned,
         u.oldest_at, n.next_due_at, b.blocked_until
  FROM channels c
  LEFT JOIN channel_agendas g ON g.tenant_id = c.tenant_id AND g.channel_id = c.id
  LEFT JOIN jsonb_to_recordset($2::jsonb) AS w(platform text, seconds bigint, counts_posts boolean) ON w.platform = c.type
  LEFT JOIN LATERAL (
    SELECT count(*) AS used, min(begun.started_at) AS oldest_at
    FROM (
      -- As the limiter counts them (select_past_starts).
      SELECT e.delivery_id, e.attempt, e.started_at
      FROM publish_events e JOIN channels o ON o.tenant_id = e.tenant_id AND o.id = e.channel_id
      WHERE e.tenant_id = c.tenant_id AND e.created_at > $3::timestamptz - make_interval(secs => w.seconds)
        AND e.attempt IS NOT NULL AND e.started_at > $3::timestamptz - make_interval(secs => w.seconds)
        AND o.type = c.type AND coalesce(o.account_id, o.id) = coalesce(c.account_id, c.id)
      GROUP BY e.delivery_id, e.attempt, e.started_at
      HAVING NOT bool_or(CASE WHEN e.outcome IN ('published', 'duplicate', 'unknown') THEN false
                         ELSE coalesce(e.metadata_json ->> 'was_called' = 'false', false) END)
        AND (NOT w.counts_posts OR
             coalesce((array_agg(e.outcome ORDER BY e.id DESC))[1] IN ('published', 'duplicate', 'unknown'), true))
      UNION
      SELECT d.id, d.attempt, d.started_at
      FROM deliveries d JOIN channels o ON o.tenant_id = d.tenant_id AND o.id = d.channel_id
      JOIN channel_agendas a ON a.tenant_id = o.tenant_id AND a.channel_id = o.id
      WHERE d.tenant_id = c.tenant_id AND d.not_before >= a.open_from AND d.state = 'sending'
        AND d.started_at > $3::timestamptz - make_interval(secs => w.seconds)
        AND o.type = c.type AND coalesce(o.account_id, o.id) = coalesce(c.account_id, c.id)
    ) begun
  ) u ON w.seconds IS NOT NULL
  LEFT JOIN LATERAL (
    SELECT count(*) AS planned
    FROM deliveries d
    JOIN channels o ON o.tenant_id = d.tenant_id AND o.id = d.channel_id
    JOIN channel_agendas a ON a.tenant_id = o.tenant_id AND a.channel_id = o.id
    WHERE d.tenant_id = c.tenant_id AND d.state = 'waiting' AND d.asked_at IS NULL AND d.not_before >= a.open_from
      AND d.not_before <= $3::timestamptz + make_interval(secs => w.seconds)
      AND o.type = c.type AND coalesce(o.account_id, o.id) = coalesce(c.account_id, c.id)
  ) p ON w.seconds IS NOT NULL
  LEFT JOIN LATERAL (
    SELECT min(d.not_before) AS next_due_at FROM deliveries d
    WHERE d.tenant_id = c.tenant_id AND d.channel_id = c.id AND d.not_before >= g.open_from AND d.state = 'waiting' AND d.asked_at IS NULL
  ) n ON true
  LEFT JOIN LATERAL (
    SELECT max(d.not_before) AS blocked_until FROM deliveries d
    WHERE d.tenant_id = c.tenant_id AND d.channel_id = c.id AND d.not_before >= g.open_from AND d.state = 'waiting'
      AND d.outcome = 'rate_limited' AND d.not_before > $3::timestamptz
  ) b ON true
  WHERE c.deleted_at IS NULL AND ($1::uuid IS NULL OR c.project_id = $1::uuid)
  ORDER BY c.created_at, c.id)sql"};

}  // namespace

std::vector<row> list(transaction& tx, const std::optional<base::uuid>& project_id, const std::vector<window>& windows,
                      base::timestamp now) {
  boost::json::array asked;
  for (const auto& each : windows) {
    asked.push_back(boost::json::object{
        {"platform", base::to_name(each.platform)}, {"seconds", each.seconds}, {"counts_posts", each.counts_posts}});
  }
  return tx.execute(list_usage, project_id, boost::json::serialize(asked), now).all<row>();
}

}  // namespace pulse::persistence::usage
