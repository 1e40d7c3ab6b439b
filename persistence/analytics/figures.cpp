#include "persistence/analytics/figures.hpp"

namespace pulse::persistence::analytics {

namespace {

constexpr statement select_project{"analytics_project", R"sql(
  SELECT p.time_zone, nullif((SELECT counted_at FROM publishing_counted), '-infinity') AS counted_until FROM projects p WHERE p.id = $1)sql"};

constexpr statement select_undecided{"analytics_undecided", R"sql(
  SELECT count(*) FROM channels c JOIN deliveries d ON d.tenant_id = c.tenant_id AND d.channel_id = c.id AND d.is_undecided
  WHERE c.project_id = $1 AND ($2::uuid IS NULL OR c.id = $2))sql"};

}  // namespace

std::optional<counted_project> find_project(transaction& tx, const base::uuid& project_id) {
  return tx.execute(select_project, project_id).first<counted_project>();
}

std::vector<counts_row> list_counts(transaction& tx, const base::uuid& project_id,
                                    const std::optional<base::uuid>& channel_id,
                                    std::span<const base::timestamp> bounds) {
  return tx.execute(select_counts, project_id, channel_id, bounds, bounds.front(), bounds.back()).all<counts_row>();
}

std::vector<span_row> list_spans(transaction& tx, const base::uuid& project_id,
                                 const std::optional<base::uuid>& channel_id, base::timestamp from,
                                 base::timestamp to) {
  return tx.execute(select_spans, project_id, channel_id, from, to).all<span_row>();
}

std::int64_t count_undecided(transaction& tx, const base::uuid& project_id,
                             const std::optional<base::uuid>& channel_id) {
  return tx.execute(select_undecided, project_id, channel_id).get<std::int64_t>(0, 0);
}

}  // namespace pulse::persistence::analytics
