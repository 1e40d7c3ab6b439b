#include "persistence/people/grants.hpp"

namespace pulse::persistence::grants {

namespace {

constexpr statement find_limit{"find_member_limit",
                               "SELECT is_limited FROM members WHERE tenant_id = pulse_tenant() AND id = $1"};

constexpr statement list_grants{"list_member_grants", R"sql(
  SELECT project_id, channel_ids FROM member_grants WHERE tenant_id = pulse_tenant() AND member_id = $1 ORDER BY project_id)sql"};

constexpr statement set_limit{"set_member_limit", R"sql(
  UPDATE members SET is_limited = $2 WHERE tenant_id = pulse_tenant() AND id = $1 AND is_limited <> $2)sql"};

constexpr statement remove_others{"remove_member_grants", R"sql(
  DELETE FROM member_grants WHERE tenant_id = pulse_tenant() AND member_id = $1 AND NOT project_id = ANY ($2::uuid[]))sql"};

// A project that is not there gets no row, and neither does one of whose channels one is not there.
constexpr statement put_grant{"put_member_grant", R"sql(
  INSERT INTO member_grants (tenant_id, member_id, project_id, channel_ids, granted_at)
  SELECT pulse_tenant(), $1::uuid, p.id, $3::uuid[], $4::timestamptz FROM projects p
  WHERE p.tenant_id = pulse_tenant() AND p.id = $2::uuid
    AND NOT EXISTS (SELECT FROM unnest($3::uuid[]) AS w (id)
                    WHERE NOT EXISTS (SELECT FROM channels c WHERE c.tenant_id = pulse_tenant() AND c.id = w.id AND c.project_id = p.id))
  ON CONFLICT (tenant_id, member_id, project_id) DO UPDATE SET channel_ids = excluded.channel_ids, granted_at = excluded.granted_at)sql"};

}  // namespace

access find(transaction& tx, const base::uuid& member_id) {
  access made;
  const auto limit = tx.execute(find_limit, member_id);
  made.is_limited = !limit.empty() && limit.get<bool>(0, 0);
  made.grants = tx.execute(list_grants, member_id).all<grant>();
  return made;
}

bool set(transaction& tx, const base::uuid& member_id, const access& wanted, base::timestamp now) {
  std::vector<base::uuid> projects;
  for (const auto& each : wanted.grants) {
    projects.push_back(each.project_id);
    if (tx.execute(put_grant, member_id, each.project_id, each.channel_ids, now).affected() == 0) return false;
  }
  tx.execute(remove_others, member_id, projects);
  tx.execute(set_limit, member_id, wanted.is_limited);
  return true;
}

}  // namespace pulse::persistence::grants
