#include "persistence/people/watching.hpp"

namespace pulse::persistence {

namespace {

constexpr statement insert_one{"insert_activity_ticket", R"sql(
  INSERT INTO activity_tickets (tenant_id, secret_hash, member_id, session_id, expires_at)
  VALUES (pulse_tenant(), $1, $2, $3, $4))sql"};

constexpr statement delete_expired{"delete_expired_activity_tickets", R"sql(
  DELETE FROM activity_tickets WHERE tenant_id = pulse_tenant() AND expires_at <= $1)sql"};

constexpr statement delete_one{"take_activity_ticket", R"sql(
  DELETE FROM activity_tickets WHERE tenant_id = pulse_tenant() AND secret_hash = $1 AND expires_at > $2
  RETURNING member_id, session_id)sql"};

constexpr statement select_ended{"select_ended_sessions", R"sql(
  SELECT i.place
  FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS i (member_id, session_id, place)
  WHERE NOT EXISTS (
    SELECT FROM sessions s
    JOIN members m ON m.tenant_id = s.tenant_id AND m.id = s.member_id AND m.is_active
      AND (NOT m.is_limited OR m.role IN ('owner', 'admin'))
    JOIN tenants t ON t.id = s.tenant_id AND t.suspended_at IS NULL
    WHERE s.tenant_id = $1 AND s.id = i.session_id AND s.member_id = i.member_id AND s.ended_at IS NULL
      AND least(s.idle_ends_at, s.ends_at) > $4)
  ORDER BY i.place)sql"};

}  // namespace

void keep_ticket(transaction& tx, const activity_ticket& of, const bytes& hash, base::timestamp expires_at,
                 base::timestamp now) {
  tx.queue(delete_expired, now);
  tx.queue(insert_one, hash, of.member_id, of.session_id, expires_at);
}

std::optional<activity_ticket> take_ticket(transaction& tx, const bytes& hash, base::timestamp now) {
  const auto taken = tx.execute(delete_one, hash, now).first<activity_ticket>();
  if (!taken) return std::nullopt;
  if (!find_ended_sessions(tx, *tx.tenant_id(), {taken->member_id}, {taken->session_id}, now).empty())
    return std::nullopt;
  return taken;
}

std::vector<std::size_t> find_ended_sessions(transaction& tx, const base::uuid& tenant_id,
                                             const std::vector<base::uuid>& members,
                                             const std::vector<base::uuid>& sessions, base::timestamp now) {
  const auto found = tx.execute(select_ended, tenant_id, members, sessions, now);
  std::vector<std::size_t> places;
  for (std::size_t row = 0; row < found.size(); ++row)
    places.push_back(static_cast<std::size_t>(found.get<std::int64_t>(row, 0) - 1));
  return places;
}

}  // namespace pulse::persistence
