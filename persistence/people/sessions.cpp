#include "persistence/people/sessions.hpp"

namespace pulse::persistence::sessions {

namespace {

constexpr statement forget_many{"forget_sessions", R"sql(
  DELETE FROM sessions WHERE (tenant_id, id) IN (
    SELECT tenant_id, id FROM sessions WHERE coalesce(ended_at, least(idle_ends_at, ends_at)) < $1::timestamptz LIMIT 1000))sql"};

constexpr statement select_live{"list_sessions", R"sql(
  SELECT id, device, address, created_at, rotated_at AS last_used_at, least(idle_ends_at, ends_at) AS ends_at FROM sessions
  WHERE tenant_id = pulse_tenant() AND member_id = $1 AND ended_at IS NULL AND ends_at > $2::timestamptz AND idle_ends_at > $2::timestamptz
  ORDER BY rotated_at DESC LIMIT 100)sql"};

constexpr statement insert_one{"insert_session", R"sql(
  INSERT INTO sessions (tenant_id, id, member_id, rotated_at, idle_ends_at, ends_at, network, address, device, created_at, is_strong)
  VALUES (pulse_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $3, $9))sql"};

constexpr statement forget_old{"forget_sessions_of_member", R"sql(
  DELETE FROM sessions WHERE tenant_id = pulse_tenant() AND member_id = $1
    AND coalesce(ended_at, least(idle_ends_at, ends_at)) < $2::timestamptz)sql"};

constexpr statement end_surplus{"end_surplus_sessions", R"sql(
  UPDATE sessions SET ended_at = $2, ended_because = 'surplus' WHERE tenant_id = pulse_tenant() AND id IN (
    SELECT id FROM sessions WHERE tenant_id = pulse_tenant() AND member_id = $1 AND ended_at IS NULL
    ORDER BY rotated_at DESC, id DESC OFFSET $3))sql"};

constexpr statement lock_one{"lock_session", R"sql(
  SELECT member_id, generation, rotated_at, idle_ends_at, ends_at, ended_at FROM sessions
  WHERE tenant_id = pulse_tenant() AND id = $1 FOR UPDATE)sql"};

constexpr statement rotate_one{"rotate_session", R"sql(
  UPDATE sessions SET generation = generation + 1, rotated_at = $2, idle_ends_at = $3, network = $4, address = $5, device = $6
  WHERE tenant_id = pulse_tenant() AND id = $1)sql"};

constexpr statement end_one{"end_session", R"sql(
  UPDATE sessions SET ended_at = $2, ended_because = $3 WHERE tenant_id = pulse_tenant() AND id = $1 AND ended_at IS NULL)sql"};

constexpr statement end_one_of_member{"end_own_session", R"sql(
  UPDATE sessions SET ended_at = $3, ended_because = 'revoked'
  WHERE tenant_id = pulse_tenant() AND id = $1 AND member_id = $2 AND ended_at IS NULL)sql"};

constexpr statement end_many{"end_sessions_of_member", R"sql(
  UPDATE sessions SET ended_at = $3, ended_because = $4
  WHERE tenant_id = pulse_tenant() AND member_id = $1 AND id IS DISTINCT FROM $2::uuid AND ended_at IS NULL)sql"};

}  // namespace

std::size_t forget_over(transaction& tx, base::timestamp before) { return tx.execute(forget_many, before).affected(); }

bound_query<listed> list(const base::uuid& member_id, base::timestamp now) { return {select_live, member_id, now}; }

void open(transaction& tx, const opening& made) {
  tx.queue(insert_one, made.id, made.member_id, made.now, made.idle_ends_at, made.ends_at, made.from.network,
           made.from.address, made.from.device, made.is_strong);
  tx.queue(forget_old, made.member_id, made.now - kept_when_over);
  tx.queue(end_surplus, made.member_id, made.now, live_max);
}

std::optional<session> lock(transaction& tx, const base::uuid& id) { return tx.execute(lock_one, id).first<session>(); }

void rotate(transaction& tx, const base::uuid& id, base::timestamp now, base::timestamp idle_ends_at,
            const origin& from) {
  tx.queue(rotate_one, id, now, idle_ends_at, from.network, from.address, from.device);
}

void end(transaction& tx, const base::uuid& id, ending why, base::timestamp now) { tx.queue(end_one, id, now, why); }

bool end_own(transaction& tx, const base::uuid& id, const base::uuid& member_id, base::timestamp now) {
  return tx.execute(end_one_of_member, id, member_id, now).affected() == 1;
}

void end_all(transaction& tx, const base::uuid& member_id, std::optional<base::uuid> but, ending why,
             base::timestamp now) {
  tx.queue(end_many, member_id, but, now, why);
}

}  // namespace pulse::persistence::sessions
