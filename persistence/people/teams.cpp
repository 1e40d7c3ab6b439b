#include "persistence/people/teams.hpp"

namespace pulse::persistence::teams {

namespace {

constexpr statement select_all{"list_teams", R"sql(
  SELECT t.id, t.name, (SELECT count(*) FROM members m WHERE m.tenant_id = t.tenant_id AND m.team_id = t.id AND m.is_active) AS members,
         t.created_at
  FROM teams t WHERE t.tenant_id = pulse_tenant() ORDER BY lower(t.name), t.id LIMIT 500)sql"};

constexpr statement insert_one{"insert_team", R"sql(
  INSERT INTO teams (tenant_id, id, name, created_at) SELECT pulse_tenant(), $1::uuid, $2::text, $3::timestamptz
  WHERE (SELECT count(*) FROM teams WHERE tenant_id = pulse_tenant()) < $4::bigint)sql"};

constexpr statement find_any{"find_any_team", "SELECT FROM teams WHERE tenant_id = pulse_tenant() AND id = $1"};

constexpr statement rename_one{"rename_team", R"sql(
  UPDATE teams t SET name = $2 WHERE t.tenant_id = pulse_tenant() AND t.id = $1
  RETURNING t.id, t.name, (SELECT count(*) FROM members m WHERE m.tenant_id = t.tenant_id AND m.team_id = t.id AND m.is_active) AS members,
            t.created_at)sql"};

constexpr statement remove_one{"remove_team", "DELETE FROM teams WHERE tenant_id = pulse_tenant() AND id = $1"};

}  // namespace

bound_query<team> list() { return {select_all}; }

bool insert(transaction& tx, const team& made) {
  return tx.execute(insert_one, made.id, made.name, made.created_at, teams_max).affected() == 1;
}

bool exists(transaction& tx, const base::uuid& id) { return !tx.execute(find_any, id).empty(); }

std::optional<team> rename(transaction& tx, const base::uuid& id, const std::string& name) {
  return tx.execute(rename_one, id, name).first<team>();
}

bool remove(transaction& tx, const base::uuid& id) { return tx.execute(remove_one, id).affected() == 1; }

}  // namespace pulse::persistence::teams
