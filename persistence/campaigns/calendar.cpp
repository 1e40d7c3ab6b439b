#include "persistence/campaigns/calendar.hpp"

namespace pulse::persistence::calendar {

namespace {

constexpr statement select_content{"calendar_content", R"sql(
  SELECT id, left(CASE WHEN title <> '' THEN title ELSE text END, 120) AS title, scheduled_at AS at, state, campaign_id
  FROM content_items
  WHERE tenant_id = pulse_tenant() AND project_id = $1 AND scheduled_at >= $2 AND scheduled_at < $3 AND post_id IS NULL
    AND deleted_at IS NULL
  ORDER BY scheduled_at, id LIMIT $4)sql"};

}  // namespace

std::vector<planned_content> list_content(transaction& tx, const base::uuid& project_id, base::timestamp from,
                                          base::timestamp to, int limit) {
  return tx.execute(select_content, project_id, from, to, limit).all<planned_content>();
}

}  // namespace pulse::persistence::calendar
