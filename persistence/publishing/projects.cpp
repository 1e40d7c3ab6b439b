#include "persistence/publishing/projects.hpp"

#include "persistence/publishing/pauses.hpp"

namespace pulse::persistence::projects {

namespace {

#define PULSE_PROJECT_COLUMNS                                                                                \
  "id, name, description, time_zone, created_at, updated_at, jsonb_build_object('policy', lateness_policy, " \
  "'after_seconds', lateness_after_seconds) AS lateness, paused_at, " PULSE_PROJECT_PAUSED_BY " AS paused_by"

#define PULSE_SELECT_PROJECTS "SELECT " PULSE_PROJECT_COLUMNS " FROM projects"

constexpr statement select_one{"find_project", PULSE_SELECT_PROJECTS R"sql( WHERE id = $1)sql"};

constexpr statement select_page{"list_projects", PULSE_SELECT_PROJECTS R"sql(
  WHERE (created_at, id) < ($1::timestamptz, $2::uuid) ORDER BY created_at DESC, id DESC LIMIT $3)sql"};

constexpr statement find_any{"project_exists", "SELECT 1 FROM projects WHERE id = $1"};

constexpr statement insert_one{"insert_project", R"sql(
  INSERT INTO projects (tenant_id, id, name, description, time_zone, created_at, updated_at, lateness_policy, lateness_after_seconds)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $8))sql"};

constexpr statement update_one{"update_project",
                               R"sql(
  UPDATE projects SET name = coalesce($2, name), description = coalesce($3, description),
    time_zone = coalesce($4, time_zone), lateness_policy = coalesce($6::jsonb ->> 'policy', lateness_policy),
    lateness_after_seconds = coalesce(($6::jsonb ->> 'after_seconds')::integer, lateness_after_seconds), updated_at = $5
  WHERE id = $1
  RETURNING )sql" PULSE_PROJECT_COLUMNS};

}  // namespace

bound_query<project> find(const base::uuid& id) { return {select_one, id}; }

bound_query<project> list(const page_bounds& page) { return {select_page, page.at, page.id, page.rows}; }

bool exists(transaction& tx, const base::uuid& id) { return !tx.execute(find_any, id).empty(); }

void insert(transaction& tx, const project& made) {
  tx.queue(insert_one, made.id, made.name, made.description, made.time_zone, made.created_at, made.updated_at,
           made.lateness.policy, made.lateness.after_seconds);
}

std::optional<project> update(transaction& tx, const base::uuid& id, const changes& wanted, base::timestamp now) {
  return tx.execute(update_one, id, wanted.name, wanted.description, wanted.time_zone, now, wanted.lateness)
      .first<project>();
}

}  // namespace pulse::persistence::projects
