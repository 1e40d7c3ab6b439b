#include "persistence/publishing/pauses.hpp"

#include "persistence/publishing/tenant_lock.hpp"

namespace pulse::persistence::pauses {

namespace {

constexpr statement pause_one_channel{"pause_channel", R"sql(
  WITH changed AS (
    UPDATE channels SET paused_at = $2, updated_at = $2 WHERE id = $1 AND deleted_at IS NULL AND paused_at IS NULL
    RETURNING tenant_id, project_id, id, name
  ), told AS (
    INSERT INTO publish_events (tenant_id, project_id, channel_id, type, message, metadata_json, created_at)
    SELECT tenant_id, project_id, id, 'ChannelPaused', format('Publishing on %s was paused.', name),
           jsonb_build_object('member_id', $3::uuid), $2
    FROM changed
  )
  SELECT id FROM changed)sql"};

constexpr statement resume_one_channel{"resume_channel", R"sql(
  WITH changed AS (
    UPDATE channels SET paused_at = NULL, resumed_at = $2, updated_at = $2 WHERE id = $1 AND deleted_at IS NULL AND paused_at IS NOT NULL
    RETURNING tenant_id, project_id, id, name
  ), told AS (
    INSERT INTO publish_events (tenant_id, project_id, channel_id, type, message, metadata_json, created_at)
    SELECT tenant_id, project_id, id, 'ChannelResumed', format('Publishing on %s was resumed.', name),
           jsonb_build_object('member_id', $3::uuid), $2
    FROM changed
  )
  SELECT id FROM changed)sql"};

constexpr statement pause_one_project{"pause_project", R"sql(
  WITH changed AS (
    UPDATE projects SET paused_at = $2, updated_at = $2 WHERE id = $1 AND paused_at IS NULL RETURNING tenant_id, id
  ), told AS (
    INSERT INTO publish_events (tenant_id, project_id, type, message, metadata_json, created_at)
    SELECT tenant_id, id, 'ProjectPaused', 'Publishing in this project was paused.', jsonb_build_object('member_id', $3::uuid), $2
    FROM changed
  )
  SELECT id FROM changed)sql"};

constexpr statement resume_one_project{"resume_project", R"sql(
  WITH changed AS (
    UPDATE projects SET paused_at = NULL, resumed_at = $2, updated_at = $2 WHERE id = $1 AND paused_at IS NOT NULL RETURNING tenant_id, id
  ), told AS (
    INSERT INTO publish_events (tenant_id, project_id, type, message, metadata_json, created_at)
    SELECT tenant_id, id, 'ProjectResumed', 'Publishing in this project was resumed.', jsonb_build_object('member_id', $3::uuid), $2
    FROM changed
  )
  SELECT id FROM changed)sql"};

// Events belong to a project, so the company's are told in each.
constexpr statement pause_tenant{"pause_company", R"sql(
  WITH changed AS (
    UPDATE tenants SET paused_at = $1 WHERE id = pulse_tenant() AND paused_at IS NULL RETURNING id
  ), told AS (
    INSERT INTO publish_events (tenant_id, project_id, type, message, metadata_json, created_at)
    SELECT j.tenant_id, j.id, 'CompanyPaused', 'Publishing of the whole company was paused.',
           jsonb_build_object('member_id', $2::uuid), $1
    FROM changed c JOIN projects j ON j.tenant_id = c.id
  )
  SELECT id FROM changed)sql"};

constexpr statement resume_tenant{"resume_company", R"sql(
  WITH changed AS (
    UPDATE tenants SET paused_at = NULL, resumed_at = $1 WHERE id = pulse_tenant() AND paused_at IS NOT NULL RETURNING id
  ), told AS (
    INSERT INTO publish_events (tenant_id, project_id, type, message, metadata_json, created_at)
    SELECT j.tenant_id, j.id, 'CompanyResumed', 'Publishing of the whole company was resumed.',
           jsonb_build_object('member_id', $2::uuid), $1
    FROM changed c JOIN projects j ON j.tenant_id = c.id
  )
  SELECT id FROM changed)sql"};

/// A listed delivery, with the number of all.
struct counted_delivery : delivery_under_way {
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(counted_delivery, (delivery_under_way), (total))

// A statement of its own, after the pause: its snapshot has every claim that was there before.
constexpr statement list_under_way{"list_under_way", R"sql(
  SELECT d.id, d.post_id, d.channel_id, c.name AS channel_name, d.state, count(*) OVER () AS total
  FROM channels c
  JOIN channel_agendas g ON g.tenant_id = c.tenant_id AND g.channel_id = c.id
  CROSS JOIN LATERAL (
    SELECT * FROM deliveries WHERE tenant_id = g.tenant_id AND channel_id = g.channel_id AND not_before >= g.open_from
    OFFSET 0) d  -- no plan reads a channel's history first
  WHERE d.state IN ('sending', 'unknown') AND ($1::uuid IS NULL OR c.id = $1) AND ($2::uuid IS NULL OR c.project_id = $2)
  ORDER BY d.id LIMIT $3)sql"};

bool changes(transaction& tx, const statement& what, const base::uuid& id, const change& by) {
  lock_tenant(tx);
  return !tx.execute(what, id, by.now, by.member_id).empty();
}

}  // namespace

bool pause_channel(transaction& tx, const base::uuid& id, const change& by) {
  return changes(tx, pause_one_channel, id, by);
}

bool resume_channel(transaction& tx, const base::uuid& id, const change& by) {
  return changes(tx, resume_one_channel, id, by);
}

bool pause_project(transaction& tx, const base::uuid& id, const change& by) {
  return changes(tx, pause_one_project, id, by);
}

bool resume_project(transaction& tx, const base::uuid& id, const change& by) {
  return changes(tx, resume_one_project, id, by);
}

bool pause_company(transaction& tx, const change& by) {
  lock_tenant(tx);
  return !tx.execute(pause_tenant, by.now, by.member_id).empty();
}

bool resume_company(transaction& tx, const change& by) {
  lock_tenant(tx);
  return !tx.execute(resume_tenant, by.now, by.member_id).empty();
}

under_way find_under_way(transaction& tx, std::optional<base::uuid> channel_id, std::optional<base::uuid> project_id) {
  under_way found;
  for (auto& each : tx.execute(list_under_way, channel_id, project_id, most_listed).all<counted_delivery>()) {
    found.total = each.total;
    found.listed.push_back(std::move(each));
  }
  return found;
}

}  // namespace pulse::persistence::pauses
