#include "persistence/idempotency_keys.hpp"

namespace pulse::persistence::idempotency_keys {

namespace {

// A second call with the same key learns at once that the first is still running, instead of waiting on its row.
constexpr statement lock_one{"lock_idempotency_key", R"sql(
  SELECT pg_try_advisory_xact_lock(hashtextextended($1::uuid::text || $2::text, 0)) AS held)sql"};

// Of its own after the lock: it must see what the lock's last holder committed.
constexpr statement find_one{"find_idempotency_key", R"sql(
  SELECT request_hash, status, content_type, location, response FROM idempotency_keys
  WHERE tenant_id = pulse_tenant() AND member_id = $1 AND key = $2 AND created_at > $3)sql"};

constexpr statement store_one{"store_idempotency_key", R"sql(
  INSERT INTO idempotency_keys (tenant_id, member_id, key, request_hash, status, content_type, location, response, created_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $9)
  ON CONFLICT (tenant_id, member_id, key) DO UPDATE
    SET request_hash = excluded.request_hash, status = excluded.status, content_type = excluded.content_type,
        location = excluded.location, response = excluded.response, created_at = excluded.created_at
    WHERE idempotency_keys.created_at <= $8)sql"};

constexpr statement forget_some{"forget_idempotency_keys", R"sql(
  DELETE FROM idempotency_keys WHERE created_at <= $1 AND ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_keys WHERE created_at <= $1 ORDER BY created_at LIMIT $2))
  RETURNING 1)sql"};

}  // namespace

bool try_lock(transaction& tx, const base::uuid& member_id, const std::string& key) {
  return tx.execute(lock_one, member_id, key).get<bool>(0, 0);
}

std::optional<answer> find(transaction& tx, const base::uuid& member_id, const std::string& key,
                           base::timestamp after) {
  return tx.execute(find_one, member_id, key, after).first<answer>();
}

void store(transaction& tx, const base::uuid& member_id, const std::string& key, const answer& given,
           base::timestamp expired, base::timestamp now) {
  tx.queue(store_one, member_id, key, given.request_hash, given.status, given.content_type, given.location,
           given.response, expired, now);
}

int forget(transaction& tx, base::timestamp expired, int limit) {
  return static_cast<int>(tx.execute(forget_some, expired, limit).size());
}

}  // namespace pulse::persistence::idempotency_keys
