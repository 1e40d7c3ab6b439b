#include "persistence/analytics/figures.hpp"

namespace pulse::persistence::analytics {

namespace {

constexpr statement select_counts{"analytics_counts", R"sql(
  SELECT width_bucket(k.slot, $3::timestamptz[]) - 1 AS place, c.type AS platform,
         sum(k.published) AS published, sum(k.failed) AS failed, sum(k.missed) AS missed, sum(k.cancelled) AS cancelled,
         sum(k.retried) AS retried, sum(k.unconfirmed) AS unconfirmed
  FROM publishing_counts k JOIN channels c ON c.tenant_id = k.tenant_id AND c.id = k.channel_id
  WHERE k.project_id = $1 AND ($2::uuid IS NULL OR k.channel_id = $2) AND k.slot >= $4 AND k.slot < $5
  GROUP BY 1, 2 ORDER BY 1, 2)sql"};

constexpr statement select_spans{"analytics_spans", R"sql(
  SELECT k.bucket::integer AS bucket, sum(k.count) AS count, c.type AS platform, k.measure
  FROM publishing_spans k JOIN channels c ON c.tenant_id = k.tenant_id AND c.id = k.channel_id
  WHERE k.project_id = $1 AND ($2::uuid IS NULL OR k.channel_id = $2)
    AND k.hour >= date_bin('1 hour', $3::timestamptz, '2000-01-01 00:00:00Z') AND k.hour < $4
  GROUP BY k.measure, k.bucket, c.type ORDER BY k.measure, k.bucket, c.type)sql"};

constexpr statement select_project{"analytics_project", R"sql(
  SELECT p.time_zone, nullif((SELECT counted_at FROM publishing_counted), '-infinity') AS counted_until FROM projects p WHERE p.id = $1)sql"};

constexpr statement select_undecided{"analytics_undecided", R"sql(
  SELECT count(*) FROM channels c JOIN deliveries d ON d.tenant_id = c.tenant_id AND d.channel_id = c.id AND d.is_undecided
  WHERE c.project_id = $1 AND ($2::uuid IS NULL OR c.id = $2))sql"};

}  // namespace

std::optional<counted_project> find_project(transaction& tx, const base::uuid& project_id) {
  return tx.execute(select_project, project_id).first<counted_project>();
}

bound_query<counts_row> list_counts(const base::uuid& project_id, const std::optional<base::uuid>& channel_id,
                                    const std::vector<base::timestamp>& bounds) {
  return {select_counts, project_id, channel_id, bounds, bounds.front(), bounds.back()};
}

bound_query<span_row> list_spans(const base::uuid& project_id, const std::optional<base::uuid>& channel_id,
                                 base::timestamp from, base::timestamp to) {
  return {select_spans, project_id, channel_id, from, to};
}

std::int64_t count_undecided(transaction& tx, const base::uuid& project_id,
                             const std::optional<base::uuid>& channel_id) {
  return tx.execute(select_undecided, project_id, channel_id).get<std::int64_t>(0, 0);
}

}  // namespace pulse::persistence::analytics
