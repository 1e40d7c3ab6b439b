#include "persistence/people/api_tokens.hpp"

#include <utility>

namespace pulse::persistence::api_tokens {

namespace {

constexpr statement select_good{"list_api_tokens", R"sql(
  SELECT id, name, ends_with, scopes, project_ids, created_at, expires_at, last_used_at, last_used_address FROM api_tokens
  WHERE tenant_id = pulse_tenant() AND member_id = $1 AND revoked_at IS NULL AND expires_at > $2::timestamptz
  ORDER BY created_at DESC, id DESC LIMIT 50)sql"};

constexpr statement use_one{"use_api_token", R"sql(
  SELECT tenant_id, id, member_id, scopes, project_ids, expires_at, is_revoked, role, is_active, is_suspended, granted_project_ids,
         hidden_channel_ids, version
  FROM pulse_use_api_token($1::bytea, $2::timestamptz, $3::text))sql"};

constexpr statement insert_one{"insert_api_token", R"sql(
  INSERT INTO api_tokens (tenant_id, id, member_id, name, token_hash, ends_with, scopes, project_ids, expires_at, created_at)
  SELECT pulse_tenant(), $1::uuid, $2::uuid, $3::text, $4::bytea, $5::text, $6::text[], $7::uuid[], $8::timestamptz, $9::timestamptz
  WHERE (SELECT count(*) FROM api_tokens WHERE tenant_id = pulse_tenant() AND member_id = $2::uuid AND revoked_at IS NULL
         AND expires_at > $9::timestamptz) < $10::bigint)sql"};

constexpr statement revoke_one{"revoke_api_token", R"sql(
  UPDATE api_tokens SET revoked_at = $3 WHERE tenant_id = pulse_tenant() AND id = $1 AND member_id = $2 AND revoked_at IS NULL)sql"};

constexpr statement count_known{"count_projects_of_token", R"sql(
  SELECT count(*) FROM projects WHERE tenant_id = pulse_tenant() AND id = ANY ($1::uuid[]))sql"};

}  // namespace

bound_query<api_token> list(const base::uuid& member_id, base::timestamp now) { return {select_good, member_id, now}; }

bound_query<found> use(const bytes& hash, base::timestamp now, const std::string& address) {
  return {use_one, hash, now, address};
}

bool insert(transaction& tx, const api_token& made, const base::uuid& member_id, const bytes& hash) {
  return tx.execute(insert_one, made.id, member_id, made.name, hash, made.ends_with, made.scopes, made.project_ids,
                    made.expires_at, made.created_at, good_max)
             .affected() == 1;
}

bool revoke(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now) {
  return tx.execute(revoke_one, id, member_id, now).affected() == 1;
}

std::size_t count_projects(transaction& tx, const std::vector<base::uuid>& ids) {
  return static_cast<std::size_t>(tx.execute(count_known, ids).get<std::int64_t>(0, 0));
}

}  // namespace pulse::persistence::api_tokens
