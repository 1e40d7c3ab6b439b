#include "persistence/publishing/measurements.hpp"

#include <algorithm>

#include "domain/platforms/platform.hpp"
#include "domain/publishing/measuring.hpp"

namespace pulse::persistence::measurements {

namespace {

constexpr statement select_of_post{"list_measurements_of_post", R"sql(
  SELECT m.likes, m.comments, m.shares, m.views, m.delivery_id, m.channel_id, c.name AS channel_name, c.type AS channel_type,
         m.counted_at, m.due_at AS next_at, m.stopped_because,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('likes', h.likes, 'comments', h.comments, 'shares', h.shares, 'views', h.views,
                                                       'at', h.at) ORDER BY h.at), '[]')
          FROM (SELECT * FROM publication_metrics x WHERE x.tenant_id = m.tenant_id AND x.delivery_id = m.delivery_id
                ORDER BY x.at DESC LIMIT 100) h) AS history
  FROM publication_measurements m JOIN channels c ON c.tenant_id = m.tenant_id AND c.id = m.channel_id
  WHERE m.post_id = $1 ORDER BY c.created_at, c.id)sql"};

constexpr statement select_sums{"sum_up_measurements", R"sql(
  SELECT sum(m.likes)::bigint AS likes, sum(m.comments)::bigint AS comments, sum(m.shares)::bigint AS shares,
         sum(m.views)::bigint AS views, m.channel_id, c.name AS channel_name, c.type AS channel_type, count(m.counted_at) AS posts
  FROM publication_measurements m JOIN channels c ON c.tenant_id = m.tenant_id AND c.id = m.channel_id
  WHERE m.project_id = $1 AND ($2::uuid IS NULL OR m.channel_id = $2) AND m.published_at >= $3 AND m.published_at < $4
  GROUP BY m.channel_id, c.name, c.type, c.created_at ORDER BY c.created_at, m.channel_id)sql"};

constexpr statement select_best{"best_measurements", R"sql(
  SELECT m.likes, m.comments, m.shares, m.views, m.post_id,
         left(CASE WHEN p.title <> '' THEN p.title ELSE p.text END, 120) AS title, c.type AS channel_type, m.published_at
  FROM publication_measurements m
  JOIN channels c ON c.tenant_id = m.tenant_id AND c.id = m.channel_id
  JOIN posts p ON p.tenant_id = m.tenant_id AND p.id = m.post_id AND p.deleted_at IS NULL
  WHERE m.project_id = $1 AND ($2::uuid IS NULL OR m.channel_id = $2) AND m.published_at >= $3 AND m.published_at < $4
    AND m.counted_at IS NOT NULL
  ORDER BY coalesce(m.likes, 0) + coalesce(m.comments, 0) + coalesce(m.shares, 0) DESC, m.published_at DESC LIMIT $5)sql"};

constexpr statement follow_those{"follow_publications", R"sql(
  INSERT INTO publication_measurements (tenant_id, delivery_id, project_id, post_id, channel_id, published_at, due_at)
  SELECT e.tenant_id, d.id, d.project_id, d.post_id, d.channel_id, e.created_at, e.created_at + $4::bigint * interval '1 minute'
  FROM publish_events e
  JOIN deliveries d ON d.tenant_id = e.tenant_id AND d.id = e.delivery_id
  JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
  WHERE e.transaction >= ($1::text)::xid8 AND e.transaction < ($2::text)::xid8 AND e.type = 'PublishSucceeded' AND c.type = ANY ($3::text[])
  ON CONFLICT DO NOTHING RETURNING tenant_id, channel_id)sql"};

// If a channel has too many posts to follow, the oldest are dropped.
constexpr statement leave_oldest{"leave_oldest_measurements", R"sql(
  UPDATE publication_measurements m SET due_at = NULL, stopped_because = 'The channel has too many newer posts to look after.'
  WHERE m.tenant_id = $1 AND m.channel_id = $2 AND m.due_at IS NOT NULL AND m.published_at < (
    SELECT o.published_at FROM publication_measurements o WHERE o.tenant_id = $1 AND o.channel_id = $2 AND o.due_at IS NOT NULL
    ORDER BY o.published_at DESC OFFSET $3::bigint LIMIT 1))sql"};

constexpr statement take_those{"take_measurements", R"sql(
  WITH due AS (
    SELECT m.tenant_id, m.delivery_id FROM publication_measurements m
    WHERE m.due_at <= $1 AND (m.taken_until IS NULL OR m.taken_until <= $1)
      AND NOT EXISTS (SELECT FROM publication_measurements o
                      WHERE o.tenant_id = m.tenant_id AND o.channel_id = m.channel_id AND o.due_at IS NOT NULL AND o.delivery_id <> m.delivery_id
                        AND (o.taken_until > $1 OR (o.due_at, o.delivery_id) < (m.due_at, m.delivery_id)))
    ORDER BY m.due_at LIMIT $3 FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE publication_measurements m SET taken_until = $2 FROM due
    WHERE m.tenant_id = due.tenant_id AND m.delivery_id = due.delivery_id RETURNING m.*
  )
  SELECT t.tenant_id, t.delivery_id, t.channel_id, t.published_at, t.failures, c.type AS channel_type,
         coalesce(d.external_id, '') AS external_id, a.id AS account_id, a.external_user_id, a.handle, a.access_token
  FROM taken t
  JOIN deliveries d ON d.tenant_id = t.tenant_id AND d.id = t.delivery_id
  JOIN channels c ON c.tenant_id = t.tenant_id AND c.id = t.channel_id
  LEFT JOIN accounts a ON a.tenant_id = c.tenant_id AND a.id = c.account_id)sql"};

constexpr statement keep_latest{"keep_latest_measurement", R"sql(
  UPDATE publication_measurements SET likes = coalesce($3, likes), comments = coalesce($4, comments), shares = coalesce($5, shares),
    views = coalesce($6, views), counted_at = $7, due_at = $8, taken_until = NULL, looks = looks + 1, failures = 0, stopped_because = NULL
  WHERE tenant_id = $1 AND delivery_id = $2)sql"};

constexpr statement keep_look{"keep_measurement", R"sql(
  INSERT INTO publication_metrics (tenant_id, delivery_id, project_id, channel_id, at, likes, comments, shares, views)
  SELECT m.tenant_id, m.delivery_id, m.project_id, m.channel_id, $7, $3, $4, $5, $6 FROM publication_measurements m
  WHERE m.tenant_id = $1 AND m.delivery_id = $2 ON CONFLICT DO NOTHING)sql"};

constexpr statement delay_one{"put_off_measurement", R"sql(
  UPDATE publication_measurements SET due_at = $3, taken_until = NULL, failures = failures + 1,
    stopped_because = CASE WHEN $3::timestamptz IS NULL THEN $4::text END
  WHERE tenant_id = $1 AND delivery_id = $2)sql"};

constexpr statement delay_channel{"put_off_measurements_of_channel", R"sql(
  UPDATE publication_measurements SET due_at = $3 WHERE tenant_id = $1 AND channel_id = $2 AND due_at < $3)sql"};

std::vector<std::string> measured_platforms() {
  std::vector<std::string> names;
  for (const auto& each : domain::platforms()) {
    if (each.can.can_measure) names.emplace_back(each.name);
  }
  return names;
}

struct followed_channel {
  base::uuid tenant_id;
  base::uuid channel_id;
  auto operator<=>(const followed_channel&) const = default;
};
BOOST_DESCRIBE_STRUCT(followed_channel, (), (tenant_id, channel_id))

}  // namespace

bound_query<measured> list(const base::uuid& post_id) { return {select_of_post, post_id}; }

bound_query<channel_figures> sum_up(const measured_span& of) {
  return {select_sums, of.project_id, of.channel_id, of.from, of.to};
}

bound_query<post_figures> best(const measured_span& of, int most) {
  return {select_best, of.project_id, of.channel_id, of.from, of.to, most};
}

void follow(transaction& tx, const std::string& before, const std::string& until) {
  auto channels = tx.execute(follow_those, before, until, measured_platforms(),
                             static_cast<std::int64_t>(domain::measuring_times.front().count()))
                      .all<followed_channel>();
  std::sort(channels.begin(), channels.end());
  channels.erase(std::unique(channels.begin(), channels.end()), channels.end());
  for (const auto& each : channels)
    tx.queue(leave_oldest, each.tenant_id, each.channel_id,
             static_cast<std::int64_t>(domain::most_measured_of_channel));
}

std::vector<due_measurement> take_due(transaction& tx, base::timestamp now, base::timestamp until, int limit) {
  return tx.execute(take_those, now, until, limit).all<due_measurement>();
}

void store(transaction& tx, const due_measurement& of, const figures& found, std::optional<base::timestamp> next,
           base::timestamp now) {
  tx.queue(keep_latest, of.tenant_id, of.delivery_id, found.likes, found.comments, found.shares, found.views, now,
           next);
  tx.queue(keep_look, of.tenant_id, of.delivery_id, found.likes, found.comments, found.shares, found.views, now);
}

void put_off(transaction& tx, const due_measurement& of, std::optional<base::timestamp> next, const std::string& reason,
             bool for_channel) {
  tx.queue(delay_one, of.tenant_id, of.delivery_id, next, reason);
  if (for_channel && next) tx.queue(delay_channel, of.tenant_id, of.channel_id, *next);
}

}  // namespace pulse::persistence::measurements
