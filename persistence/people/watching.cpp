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

constexpr statement find_reach{"find_watch_reach", R"sql(
  SELECT r FROM pulse_watch_reach(pulse_tenant(), $1, $2, $3) AS r WHERE r IS NOT NULL)sql"};

constexpr statement select_over{"select_watches_over", R"sql(
  SELECT i.place, r.reach IS NOT NULL AS may_return
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) WITH ORDINALITY AS i (tenant_id, member_id, session_id, reach, place)
  CROSS JOIN LATERAL (SELECT pulse_watch_reach(i.tenant_id, i.member_id, i.session_id, $5) AS reach) AS r
  WHERE r.reach IS DISTINCT FROM i.reach
  ORDER BY i.place)sql"};

}  // namespace

void keep_ticket(transaction& tx, const activity_ticket& of, const bytes& hash, base::timestamp expires_at,
                 base::timestamp now) {
  tx.queue(delete_expired, now);
  tx.queue(insert_one, hash, of.member_id, of.session_id, expires_at);
}

std::optional<admitted_watcher> take_ticket(transaction& tx, const bytes& hash, base::timestamp now) {
  const auto taken = tx.execute(delete_one, hash, now).first<activity_ticket>();
  if (!taken) return std::nullopt;
  const auto reach = tx.execute(find_reach, taken->member_id, taken->session_id, now);
  if (reach.empty()) return std::nullopt;
  return admitted_watcher{taken->member_id, taken->session_id, reach.get<std::string>(0, 0)};
}

std::vector<watch_over> find_watches_over(transaction& tx, const std::vector<watching_now>& who, base::timestamp now) {
  std::vector<base::uuid> tenants;
  std::vector<base::uuid> members;
  std::vector<base::uuid> sessions;
  std::vector<std::string> reaches;
  for (const auto& each : who) {
    tenants.push_back(each.tenant_id);
    members.push_back(each.member_id);
    sessions.push_back(each.session_id);
    reaches.push_back(each.reach);
  }
  const auto found = tx.execute(select_over, tenants, members, sessions, reaches, now);
  std::vector<watch_over> made;
  for (std::size_t row = 0; row < found.size(); ++row)
    made.push_back({static_cast<std::size_t>(found.get<std::int64_t>(row, 0) - 1), found.get<bool>(row, 1)});
  return made;
}

}  // namespace pulse::persistence
