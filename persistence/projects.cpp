#include "persistence/projects.hpp"

namespace pulse::persistence::projects {

namespace {

constexpr statement find_any{"project_exists", "SELECT 1 FROM projects WHERE id = $1"};

constexpr statement insert_one{"insert_project", R"sql(
  INSERT INTO projects (tenant_id, id, name, description, time_zone, created_at, updated_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6))sql"};

constexpr statement update_one{"update_project", R"sql(
  UPDATE projects SET name = coalesce($2, name), description = coalesce($3, description),
    time_zone = coalesce($4, time_zone), updated_at = $5
  WHERE id = $1
  RETURNING id, name, description, time_zone, created_at, updated_at)sql"};

}  // namespace

bool exists(transaction& tx, const base::uuid& id) { return !tx.execute(find_any, id).empty(); }

void insert(transaction& tx, const project& made) {
  tx.queue(insert_one, made.id, made.name, made.description, made.time_zone, made.created_at, made.updated_at);
}

std::optional<project> update(transaction& tx, const base::uuid& id, const changes& wanted, base::timestamp now) {
  return tx.execute(update_one, id, wanted.name, wanted.description, wanted.time_zone, now).first<project>();
}

}  // namespace pulse::persistence::projects
