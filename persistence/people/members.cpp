#include "persistence/people/members.hpp"

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

}  // namespace

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
