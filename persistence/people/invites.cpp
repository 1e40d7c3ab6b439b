#include "persistence/people/invites.hpp"

namespace pulse::persistence::invites {

namespace {

constexpr statement insert_one{"insert_invite", R"sql(
  INSERT INTO invites (tenant_id, id, code_hash, email, role, team_id, uses_max, created_by, created_at, expires_at)
  SELECT pulse_tenant(), $1::uuid, $2::bytea, $3::text, $4::text, $5::uuid, $6::integer, $7::uuid, $8::timestamptz, $9::timestamptz
  WHERE (SELECT count(*) FROM invites WHERE tenant_id = pulse_tenant() AND revoked_at IS NULL AND expires_at > $8::timestamptz AND uses < uses_max) < $10::bigint)sql"};

constexpr statement use_one{"use_invite", R"sql(
  UPDATE invites SET uses = uses + 1
  WHERE tenant_id = pulse_tenant() AND id = $1 AND revoked_at IS NULL AND expires_at > $2::timestamptz AND uses < uses_max)sql"};

constexpr statement revoke_one{"revoke_invite", R"sql(
  UPDATE invites SET revoked_at = $2 WHERE tenant_id = pulse_tenant() AND id = $1 AND revoked_at IS NULL AND uses < uses_max)sql"};

}  // namespace

bool insert(transaction& tx, const invite& made, const bytes& code_hash) {
  return tx.execute(insert_one, made.id, code_hash, made.email, made.role, made.team_id, made.uses_max, made.created_by,
                    made.created_at, made.expires_at, open_max)
             .affected() == 1;
}

bool use(transaction& tx, const base::uuid& id, base::timestamp now) {
  return tx.execute(use_one, id, now).affected() == 1;
}

bool revoke(transaction& tx, const base::uuid& id, base::timestamp now) {
  return tx.execute(revoke_one, id, now).affected() == 1;
}

}  // namespace pulse::persistence::invites
