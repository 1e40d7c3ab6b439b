#include "persistence/seed_figures.hpp"

#include <cstdint>
#include <vector>

#include "domain/publishing/measuring.hpp"

namespace pulse::persistence::demo {

namespace {

// One row a look whose time has come: the n-th shows n parts of what it ends with, which is drawn from the delivery's
// id. LinkedIn tells neither shares nor views.
constexpr statement insert_rows{"demo_insert_figures", R"sql(
  WITH posts AS (
    SELECT d.tenant_id, d.id, d.project_id, d.post_id, d.channel_id, d.finished_at, c.type = 'x' AS tells_all,
           4 + abs(hashtext(d.id::text)::bigint) % 60 AS likes
    FROM tenants t
    JOIN deliveries d ON d.tenant_id = t.id AND d.state = 'published' AND d.external_id = 'demo-' || d.id::text
    JOIN channels c ON c.tenant_id = d.tenant_id AND c.id = d.channel_id
    WHERE t.is_demo
  ), looks AS (
    SELECT p.*, l.nth::integer AS nth, p.finished_at + l.minutes * interval '1 minute' AS at,
           ceil(p.likes * l.nth / cardinality($2::bigint[])::numeric)::bigint AS likes_then
    FROM posts p CROSS JOIN unnest($2::bigint[]) WITH ORDINALITY AS l (minutes, nth)
    WHERE p.finished_at + l.minutes * interval '1 minute' <= $1
  ), figures AS (
    SELECT *, likes_then / 5 AS comments, CASE WHEN tells_all THEN likes_then / 6 END AS shares,
           CASE WHEN tells_all THEN likes_then * 37 END AS views
    FROM looks
  ), followed AS (
    INSERT INTO publication_measurements AS m (tenant_id, delivery_id, project_id, post_id, channel_id, published_at, looks, likes, comments,
                                               shares, views, counted_at, stopped_because)
    SELECT p.tenant_id, p.id, p.project_id, p.post_id, p.channel_id, p.finished_at, coalesce(f.nth, 0), f.likes_then, f.comments, f.shares,
           f.views, f.at, 'The demo''s figures are made up.'
    FROM posts p
    LEFT JOIN LATERAL (SELECT * FROM figures g WHERE g.tenant_id = p.tenant_id AND g.id = p.id ORDER BY g.nth DESC LIMIT 1) f ON true
    ON CONFLICT (tenant_id, delivery_id) DO UPDATE
    SET due_at = NULL, looks = excluded.looks, likes = excluded.likes, comments = excluded.comments, shares = excluded.shares,
        views = excluded.views, counted_at = excluded.counted_at, stopped_because = excluded.stopped_because
    WHERE m.looks = 0 AND m.due_at IS NOT NULL
    RETURNING m.tenant_id, m.delivery_id
  )
  INSERT INTO publication_metrics (tenant_id, delivery_id, project_id, channel_id, at, likes, comments, shares, views)
  SELECT g.tenant_id, g.id, g.project_id, g.channel_id, g.at, g.likes_then, g.comments, g.shares, g.views
  FROM figures g JOIN followed f ON f.tenant_id = g.tenant_id AND f.delivery_id = g.id
  ON CONFLICT DO NOTHING)sql"};

}  // namespace

void insert_figures(transaction& tx, base::timestamp now) {
  std::vector<std::int64_t> minutes;
  for (const auto& each : domain::measuring_times) minutes.push_back(each.count());
  tx.queue(insert_rows, now, minutes);
}

}  // namespace pulse::persistence::demo
