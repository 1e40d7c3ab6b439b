#include "persistence/people/directory.hpp"

namespace pulse::persistence::directory {

namespace {

constexpr statement lock_all{"lock_people",
                             "SELECT pg_advisory_xact_lock(hashtextextended('people ' || pulse_tenant()::text, 0))"};

constexpr statement find_one{"find_person", R"sql(
  SELECT id, role, team_id, is_active, erased_at IS NOT NULL AS is_erased FROM members WHERE tenant_id = pulse_tenant() AND id = $1 FOR UPDATE)sql"};

constexpr statement count_all_owners{"count_owners", R"sql(
  SELECT count(*) FROM members WHERE tenant_id = pulse_tenant() AND role = 'owner' AND is_active)sql"};

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

void lock_people(transaction& tx) { tx.execute(lock_all); }

std::optional<standing_of_person> find(transaction& tx, const base::uuid& id) {
  return tx.execute(find_one, id).first<standing_of_person>();
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
