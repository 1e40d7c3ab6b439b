#include "persistence/people/members.hpp"

#include <utility>

#include "persistence/publishing/pauses.hpp"

namespace pulse::persistence::members {

namespace {

constexpr statement insert_tenant{"insert_tenant", "INSERT INTO tenants (id, name, created_at) VALUES ($1, $2, $3)"};

constexpr statement insert_subscription{"insert_subscription", R"sql(
  INSERT INTO subscriptions (tenant_id, plan, status, trial_ends_at, created_at) VALUES ($1, $2, $3, $4, $5))sql"};

constexpr statement insert_one{"insert_member", R"sql(
  INSERT INTO members (tenant_id, id, email, display_name, password_hash, role, created_at, email_verified_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7))sql"};

constexpr statement verify_one{"verify_email", R"sql(
  UPDATE members SET email_verified_at = coalesce(email_verified_at, $2) WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement replace_one_password{"replace_password", R"sql(
  UPDATE members SET password_hash = $3 WHERE tenant_id = pulse_tenant() AND id = $1 AND password_hash = $2)sql"};

constexpr statement select_company{"find_company",
                                   "SELECT t.id, t.name, t.created_at, t.paused_at, " PULSE_COMPANY_PAUSED_BY
                                   " AS paused_by FROM tenants t WHERE t.id = pulse_tenant()"};

constexpr statement select_proof{"find_proof", R"sql(
  SELECT m.email, m.display_name, t.name AS company_name, m.password_hash, m.email_verified_at IS NOT NULL AS is_verified
  FROM members m JOIN tenants t ON t.id = m.tenant_id
  WHERE m.tenant_id = pulse_tenant() AND m.id = $1 AND m.is_active)sql"};

constexpr statement select_account{"find_account", "SELECT " PULSE_COMPANY_PAUSED_BY R"sql( AS company_paused_by,
         t.id AS tenant_id, t.name AS company_name, t.created_at AS company_created_at,
         t.paused_at AS company_paused_at, s.plan, s.status, s.trial_ends_at,
         m.id AS member_id, m.email, m.display_name, m.role, m.created_at, t.suspended_at IS NOT NULL AS is_suspended
  FROM members m JOIN tenants t ON t.id = m.tenant_id JOIN subscriptions s ON s.tenant_id = m.tenant_id
  WHERE m.tenant_id = pulse_tenant() AND m.id = $1 AND m.is_active)sql"};

constexpr statement select_logins{"find_logins", R"sql(
  SELECT tenant_id, member_id, password_hash, is_verified, is_suspended, is_known_network
  FROM pulse_find_logins($1::text, $2::uuid, $3::text))sql"};

constexpr statement select_salt{"find_salt_of_address", "SELECT salt FROM pulse_find_salt($1::text)"};

constexpr statement select_unconfirmed{"find_unconfirmed", R"sql(
  SELECT tenant_id, member_id FROM pulse_find_unconfirmed($1::text, $2::uuid))sql"};

}  // namespace

bound_query<company> find_company() { return {select_company}; }

bound_query<proof> find_proof(const base::uuid& member_id) { return {select_proof, member_id}; }

bound_query<account> find_account(const base::uuid& member_id) { return {select_account, member_id}; }

bound_query<login> find_logins(const std::string& email, std::optional<base::uuid> tenant_id,
                               const std::string& network) {
  return {select_logins, email, tenant_id, network};
}

bound_query<salt_of_address> find_salt(const std::string& email) { return {select_salt, email}; }

bound_query<unconfirmed> find_unconfirmed(const std::string& email, std::optional<base::uuid> company) {
  return {select_unconfirmed, email, company};
}

void insert_company(transaction& tx, const company& made, const subscription& with) {
  tx.queue(insert_tenant, made.id, made.name, made.created_at);
  tx.queue(insert_subscription, made.id, with.plan, with.status, with.trial_ends_at, made.created_at);
}

void insert(transaction& tx, const member& made, const std::string& password_hash) {
  tx.queue(insert_one, made.id, made.email, made.display_name, password_hash, made.role, made.created_at,
           made.email_verified_at);
}

void verify_email(transaction& tx, const base::uuid& member_id, base::timestamp now) {
  tx.queue(verify_one, member_id, now);
}

bool replace_password(transaction& tx, const base::uuid& member_id, const std::string& before,
                      const std::string& password_hash) {
  return tx.execute(replace_one_password, member_id, before, password_hash).affected() == 1;
}

}  // namespace pulse::persistence::members
