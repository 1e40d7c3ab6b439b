#include "persistence/people/invites.hpp"

#include <utility>

namespace pulse::persistence::invites {

namespace {

constexpr statement select_page{"list_invites", R"sql(
  SELECT id, email, role, team_id, uses_max, uses, created_by, created_at, expires_at, revoked_at FROM invites
  WHERE tenant_id = pulse_tenant() AND (created_at, id) < ($1::timestamptz, $2::uuid) ORDER BY created_at DESC, id DESC LIMIT $3)sql"};

constexpr statement select_open{"list_open_invites", R"sql(
  SELECT email, role, team_id FROM invites
  WHERE tenant_id = pulse_tenant() AND email IS NOT NULL AND revoked_at IS NULL AND expires_at > $1::timestamptz AND uses < uses_max)sql"};

constexpr statement select_place{"find_invite_place", "SELECT tenant_id FROM pulse_find_invite($1)"};

constexpr statement select_shown{"find_shown_invite", R"sql(
  SELECT i.id, i.email, i.role, i.team_id, m.name AS team_name, t.name AS company_name, i.expires_at,
         i.revoked_at IS NULL AND i.expires_at > $2::timestamptz AND i.uses < i.uses_max AND t.suspended_at IS NULL AS is_good
  FROM invites i JOIN tenants t ON t.id = i.tenant_id LEFT JOIN teams m ON m.tenant_id = i.tenant_id AND m.id = i.team_id
  WHERE i.tenant_id = pulse_tenant() AND i.code_hash = $1)sql"};

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

bound_query<invite> list(const page_bounds& page) { return {select_page, page.at, page.id, page.rows}; }

bound_query<open_invite> list_open(base::timestamp now) { return {select_open, now}; }

bound_query<place> find_place(const bytes& code_hash) { return {select_place, code_hash}; }

bound_query<shown> find_shown(const bytes& code_hash, base::timestamp now) { return {select_shown, code_hash, now}; }

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
