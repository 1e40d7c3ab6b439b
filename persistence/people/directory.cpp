#include "persistence/people/directory.hpp"

namespace pulse::persistence::directory {

namespace {

constexpr statement select_page{"list_people", R"sql(
  SELECT m.id, m.email, m.display_name AS full_name, m.role, m.team_id, t.name AS team_name, m.is_active,
         m.email_verified_at IS NOT NULL AS email_verified, m.erased_at IS NOT NULL AS is_erased, m.is_limited,
         (SELECT max(s.rotated_at) FROM sessions s WHERE s.tenant_id = m.tenant_id AND s.member_id = m.id) AS last_active_at,
         (SELECT coalesce(json_agg(p ORDER BY p.provider), '[]') FROM (
            SELECT s.platform AS provider, bool_and(s.needs_reconnect) AS needs_reconnect FROM social_accounts s
            WHERE s.tenant_id = m.tenant_id AND s.connected_by = m.id AND s.purpose = 'engage' GROUP BY s.platform) p) AS integrations,
         m.created_at
  FROM members m LEFT JOIN teams t ON t.tenant_id = m.tenant_id AND t.id = m.team_id
  WHERE m.tenant_id = pulse_tenant() AND (m.created_at, m.id) < ($1::timestamptz, $2::uuid)
  ORDER BY m.created_at DESC, m.id DESC LIMIT $3)sql"};

constexpr statement select_profile{"find_profile", R"sql(
  SELECT id, email, display_name AS full_name, role, team_id, profile_markdown AS markdown, tone, created_at
  FROM members WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement lock_all{"lock_people",
                             "SELECT pg_advisory_xact_lock(hashtextextended('people ' || pulse_tenant()::text, 0))"};

constexpr statement find_one{"find_person", R"sql(
  SELECT id, role, team_id, is_active, erased_at IS NOT NULL AS is_erased, is_platform_admin
  FROM members WHERE tenant_id = pulse_tenant() AND id = $1 FOR UPDATE)sql"};

constexpr statement count_all_owners{"count_owners", R"sql(
  SELECT count(*) FROM members WHERE tenant_id = pulse_tenant() AND role = 'owner' AND is_active)sql"};

constexpr statement find_one_heir{"find_heir", R"sql(
  SELECT id FROM members WHERE tenant_id = pulse_tenant() AND id <> $1 AND is_active AND role IN ('owner', 'admin')
  ORDER BY (role = 'owner') DESC, created_at, id LIMIT 1)sql"};

constexpr statement set_one_role{"set_role",
                                 "UPDATE members SET role = $2 WHERE tenant_id = pulse_tenant() AND id = $1"};

constexpr statement set_one_active{"set_member_active", R"sql(
  UPDATE members SET is_active = $2, deactivated_at = CASE WHEN $2 THEN NULL ELSE $3::timestamptz END
  WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement set_one_team{"set_member_team",
                                 "UPDATE members SET team_id = $2 WHERE tenant_id = pulse_tenant() AND id = $1"};

constexpr statement update_one_profile{"update_profile", R"sql(
  UPDATE members SET display_name = coalesce($2, display_name), profile_markdown = coalesce($3, profile_markdown),
         tone = coalesce($4, tone)
  WHERE tenant_id = pulse_tenant() AND id = $1
  RETURNING id, email, display_name AS full_name, role, team_id, profile_markdown AS markdown, tone, created_at)sql"};

}  // namespace

bound_query<person> list(const page_bounds& page) { return {select_page, page.at, page.id, page.rows}; }

bound_query<profile> find_profile(const base::uuid& member_id) { return {select_profile, member_id}; }

void lock_people(transaction& tx) { tx.execute(lock_all); }

std::optional<standing_of_person> find(transaction& tx, const base::uuid& id) {
  return tx.execute(find_one, id).first<standing_of_person>();
}

std::optional<base::uuid> find_heir(transaction& tx, const base::uuid& of) {
  const auto found = tx.execute(find_one_heir, of);
  if (found.empty()) return std::nullopt;
  return found.get<base::uuid>(0, 0);
}

int count_owners(transaction& tx) { return static_cast<int>(tx.execute(count_all_owners).get<std::int64_t>(0, 0)); }

void set_role(transaction& tx, const base::uuid& id, domain::role role) { tx.queue(set_one_role, id, role); }

void set_active(transaction& tx, const base::uuid& id, bool is_active, base::timestamp now) {
  tx.queue(set_one_active, id, is_active, now);
}

void set_team(transaction& tx, const base::uuid& id, const std::optional<base::uuid>& team_id) {
  tx.queue(set_one_team, id, team_id);
}

std::optional<profile> update_profile(transaction& tx, const base::uuid& id,
                                      const std::optional<std::string>& full_name,
                                      const std::optional<std::string>& markdown,
                                      const std::optional<std::string>& tone) {
  return tx.execute(update_one_profile, id, full_name, markdown, tone).first<profile>();
}

}  // namespace pulse::persistence::directory
