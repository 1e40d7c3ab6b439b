#include "persistence/people/companies.hpp"

namespace pulse::persistence::companies {

namespace {

constexpr statement select_confirmed{"find_confirmed_members_of_address", R"sql(
  SELECT tenant_id, id AS member_id FROM members WHERE email = $1 AND is_active AND email_verified_at IS NOT NULL)sql"};

constexpr statement promote_one{"promote_platform_admin", R"sql(
  UPDATE members SET is_platform_admin = true
  WHERE tenant_id = pulse_tenant() AND id = $1 AND is_active AND email_verified_at IS NOT NULL)sql"};

constexpr statement select_with_factor{"find_members_of_address_with_factor", R"sql(
  SELECT m.tenant_id, m.id AS member_id FROM members m WHERE m.email = $1 AND m.is_active AND (
    EXISTS (SELECT FROM second_factors f WHERE f.tenant_id = m.tenant_id AND f.member_id = m.id AND f.confirmed_at IS NOT NULL)
    OR EXISTS (SELECT FROM passkeys p WHERE p.tenant_id = m.tenant_id AND p.member_id = m.id)))sql"};

constexpr statement select_page{"list_companies", R"sql(
  SELECT id, name, created_at, suspended_at, suspended_because, deleted_at, plan, subscription_status, members, projects, channels, posts
  FROM pulse_admin_orgs(NULL, $1::timestamptz, $2::uuid, $3::bigint))sql"};

constexpr statement select_one{"find_company_of_all", R"sql(
  SELECT id, name, created_at, suspended_at, suspended_because, deleted_at, plan, subscription_status, members, projects, channels, posts
  FROM pulse_admin_orgs($1::uuid, 'infinity', $1::uuid, 1))sql"};

constexpr statement select_people{"list_people_of_company", R"sql(
  SELECT id, email, full_name, role, is_active, created_at FROM pulse_admin_members($1::uuid))sql"};

constexpr statement select_figures{"count_companies", R"sql(
  SELECT companies, companies_suspended, members, members_active_lately, projects, channels, posts, mails_waiting, mails_given_up
  FROM pulse_admin_stats($1::timestamptz))sql"};

constexpr statement suspend_one{"suspend_company", "SELECT pulse_suspend($1::uuid, $2::timestamptz, $3::text)"};

}  // namespace

bound_query<organization> list(const page_bounds& page) { return {select_page, page.at, page.id, page.rows}; }

bound_query<organization> find(const base::uuid& id) { return {select_one, id}; }

bound_query<organization_person> list_people(const base::uuid& id) { return {select_people, id}; }

bound_query<platform_stats> count(base::timestamp active_since) { return {select_figures, active_since}; }

bool suspend(transaction& tx, const base::uuid& id, std::optional<base::timestamp> at, const std::string& reason) {
  return tx.execute(suspend_one, id, at, reason).get<bool>(0, 0);
}

bound_query<place_of_member> find_confirmed(const std::string& email) { return {select_confirmed, email}; }

bound_query<place_of_member> find_with_factor(const std::string& email) { return {select_with_factor, email}; }

bool promote(transaction& tx, const base::uuid& id) { return tx.execute(promote_one, id).affected() == 1; }

}  // namespace pulse::persistence::companies
