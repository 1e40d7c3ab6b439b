#include "persistence/engagement/figures.hpp"

namespace pulse::persistence::engagements {

namespace {

constexpr statement select_leaders{"list_engagement_leaders", R"sql(
  SELECT m.id AS member_id, m.display_name AS name, count(*) AS completed,
         count(*) FILTER (WHERE e.kind = 'like') AS likes, count(*) FILTER (WHERE e.kind = 'comment') AS comments
  FROM engagements e JOIN members m ON m.tenant_id = e.tenant_id AND m.id = e.member_id
  WHERE e.tenant_id = pulse_tenant() AND e.state = 'completed' AND e.finished_at >= $1::timestamptz AND m.is_active
  GROUP BY m.id, m.display_name ORDER BY count(*) DESC, min(e.finished_at), m.id LIMIT $2::bigint)sql"};

constexpr statement select_leaderboard{"find_leaderboard", R"sql(
  SELECT has_leaderboard FROM tenants WHERE id = pulse_tenant())sql"};

// The acts of a time with the key that they are counted by, and of each key and post the first act.
#define PULSE_TALLIES(name, key, label, order)                                                                               \
  constexpr statement name {                                                                                                 \
#name,                                                                                                                   \
        "WITH acts AS (SELECT " key " AS key, " label                                                                        \
        " AS name, e.post_id, e.kind, e.state, e.finished_at, o.published_at "                                               \
        "FROM engagements e JOIN members m ON m.tenant_id = e.tenant_id AND m.id = e.member_id "                             \
        "JOIN tracked_pages p ON p.tenant_id = e.tenant_id AND p.id = e.page_id "                                            \
        "JOIN tracked_posts o ON o.tenant_id = e.tenant_id AND o.id = e.post_id "                                            \
        "LEFT JOIN teams t ON t.tenant_id = m.tenant_id AND t.id = m.team_id "                                               \
        "WHERE e.tenant_id = pulse_tenant() AND e.planned_at >= $1::timestamptz AND e.planned_at < $2::timestamptz), "       \
        "firsts AS (SELECT key, post_id, extract(epoch FROM min(finished_at) - min(published_at))::float8 AS seconds "       \
        "FROM acts WHERE state = 'completed' GROUP BY key, post_id), "                                                       \
        "medians AS (SELECT key, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS seconds FROM firsts GROUP BY key) " \
        "SELECT a.key, a.name, count(*) AS planned, count(*) FILTER (WHERE a.state = 'completed') AS completed, "            \
        "count(*) FILTER (WHERE a.state = 'completed' AND a.kind = 'like') AS likes, "                                       \
        "count(*) FILTER (WHERE a.state = 'completed' AND a.kind = 'comment') AS comments, "                                 \
        "count(*) FILTER (WHERE a.state = 'waiting_confirmation') AS waiting, "                                              \
        "count(*) FILTER (WHERE a.state = 'skipped') AS skipped, "                                                           \
        "count(*) FILTER (WHERE a.state = 'expired') AS expired, "                                                           \
        "count(*) FILTER (WHERE a.state = 'failed') AS failed, count(DISTINCT a.post_id) AS posts, "                         \
        "d.seconds AS median_first_act_seconds FROM acts a LEFT JOIN medians d ON d.key = a.key "                            \
        "GROUP BY a.key, a.name, d.seconds ORDER BY " order " LIMIT $3::bigint"                                              \
  }

PULSE_TALLIES(tally_all, "''", "''", "1");
PULSE_TALLIES(tally_by_member, "m.id::text", "m.display_name", "completed DESC, planned DESC, a.key");
PULSE_TALLIES(tally_by_team, "coalesce(t.id::text, '')", "coalesce(t.name, '')", "completed DESC, planned DESC, a.key");
PULSE_TALLIES(tally_by_page, "p.id::text", "p.name", "completed DESC, planned DESC, a.key");
PULSE_TALLIES(tally_by_week, "to_char(date_trunc('week', e.planned_at AT TIME ZONE 'UTC'), 'YYYY-MM-DD')", "''",
              "a.key");

#undef PULSE_TALLIES

constexpr statement store_leaderboard{"store_leaderboard", R"sql(
  UPDATE tenants SET has_leaderboard = $1::boolean WHERE id = pulse_tenant())sql"};

}  // namespace

bound_query<leader> list_leaders(base::timestamp since) { return {select_leaders, since, most_leaders}; }

bool has_leaderboard(transaction& tx) {
  const auto found = tx.execute(select_leaderboard);
  return !found.empty() && found.get<bool>(0, 0);
}

engagement_figures count(transaction& tx, base::timestamp since, base::timestamp until) {
  engagement_figures made{.since = since, .total = {}, .by_member = {}, .by_team = {}, .by_page = {}, .by_week = {}};
  const auto read = [&](const statement& what) {
    return tx.execute(what, since, until, most_tallies).all<engagement_tally>();
  };
  auto total = read(tally_all);
  if (!total.empty()) made.total = std::move(total.front());
  made.by_member = read(tally_by_member);
  made.by_team = read(tally_by_team);
  made.by_page = read(tally_by_page);
  made.by_week = read(tally_by_week);
  return made;
}

void set_leaderboard(transaction& tx, bool is_on) { tx.queue(store_leaderboard, is_on); }

}  // namespace pulse::persistence::engagements
