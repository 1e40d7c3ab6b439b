#include "persistence/people/refresh_tokens.hpp"

namespace pulse::persistence::refresh_tokens {

namespace {

constexpr statement insert_one{"insert_refresh_token", R"sql(
  INSERT INTO refresh_tokens (tenant_id, id, member_id, family_id, token_hash, expires_at, created_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6))sql"};

// The second of two that race waits for the first, then no longer finds used_at empty.
constexpr statement use_one{"use_refresh_token", R"sql(
  UPDATE refresh_tokens SET used_at = $2
  WHERE tenant_id = pulse_tenant() AND id = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $2)sql"};

constexpr statement revoke_all{"revoke_refresh_family", R"sql(
  UPDATE refresh_tokens SET revoked_at = $2
  WHERE tenant_id = pulse_tenant() AND family_id = $1 AND revoked_at IS NULL)sql"};

}  // namespace

void insert(transaction& tx, const token& made, const bytes& hash, base::timestamp now) {
  tx.queue(insert_one, made.id, made.member_id, made.family_id, hash, made.expires_at, now);
}

bool use(transaction& tx, const base::uuid& id, base::timestamp now) {
  return tx.execute(use_one, id, now).affected() == 1;
}

void revoke_family(transaction& tx, const base::uuid& family_id, base::timestamp now) {
  tx.queue(revoke_all, family_id, now);
}

}  // namespace pulse::persistence::refresh_tokens
