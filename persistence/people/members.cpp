#include "persistence/people/members.hpp"

namespace pulse::persistence::members {

namespace {

constexpr statement insert_tenant{"insert_tenant", "INSERT INTO tenants (id, name, created_at) VALUES ($1, $2, $3)"};

constexpr statement insert_subscription{"insert_subscription", R"sql(
  INSERT INTO subscriptions (tenant_id, plan, status, trial_ends_at, created_at) VALUES ($1, $2, $3, $4, $5))sql"};

constexpr statement insert_one{"insert_member", R"sql(
  INSERT INTO members (tenant_id, id, email, display_name, password_hash, role, created_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6))sql"};

}  // namespace

void insert_company(transaction& tx, const company& made, const subscription& with) {
  tx.queue(insert_tenant, made.id, made.name, made.created_at);
  tx.queue(insert_subscription, made.id, with.plan, with.status, with.trial_ends_at, made.created_at);
}

void insert(transaction& tx, const member& made, const std::string& password_hash) {
  tx.queue(insert_one, made.id, made.email, made.display_name, password_hash, made.role, made.created_at);
}

}  // namespace pulse::persistence::members
