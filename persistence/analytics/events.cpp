#include "persistence/analytics/events.hpp"

#include "domain/analytics/spans.hpp"
#include "persistence/publishing/measurements.hpp"

namespace pulse::persistence::analytics {

namespace {

constexpr statement insert_counts{"analytics_count_events", R"sql(
  WITH fresh AS MATERIALIZED (
    SELECT e.tenant_id, e.project_id, e.channel_id, e.created_at, e.type,
           CASE WHEN e.type = 'PublishSucceeded' THEN e.metadata_json END AS facts
    FROM publish_events e JOIN channels c ON c.tenant_id = e.tenant_id AND c.id = e.channel_id
    WHERE e.transaction >= ($1::text)::xid8 AND e.transaction < ($2::text)::xid8 AND e.project_id IS NOT NULL
      AND e.type IN ('PublishSucceeded', 'PublishFailed', 'PublishMissed', 'PublishCancelled', 'PublishRetryScheduled', 'PublishUnconfirmed')
  ), counts AS (
    INSERT INTO publishing_counts AS k
      (tenant_id, project_id, slot, channel_id, published, failed, missed, cancelled, retried, unconfirmed)
    SELECT tenant_id, project_id, date_bin('15 minutes', created_at, '2000-01-01 00:00:00Z'), channel_id,
           count(*) FILTER (WHERE type = 'PublishSucceeded'), count(*) FILTER (WHERE type = 'PublishFailed'),
           count(*) FILTER (WHERE type = 'PublishMissed'), count(*) FILTER (WHERE type = 'PublishCancelled'),
           count(*) FILTER (WHERE type = 'PublishRetryScheduled'), count(*) FILTER (WHERE type = 'PublishUnconfirmed')
    FROM fresh GROUP BY 1, 2, 3, 4
    ON CONFLICT (tenant_id, project_id, slot, channel_id) DO UPDATE
    SET published = k.published + excluded.published, failed = k.failed + excluded.failed, missed = k.missed + excluded.missed,
        cancelled = k.cancelled + excluded.cancelled, retried = k.retried + excluded.retried,
        unconfirmed = k.unconfirmed + excluded.unconfirmed
  ), spans AS (
    INSERT INTO publishing_spans AS k (tenant_id, project_id, hour, channel_id, measure, bucket, count)
    SELECT f.tenant_id, f.project_id, date_bin('1 hour', f.created_at, '2000-01-01 00:00:00Z'), f.channel_id, s.measure,
           CASE WHEN s.ms <= 1 THEN 0 ELSE least(ceil(ln(s.ms) / ln(2.0::float8) * $3::integer - 1e-9), $4::integer) END::smallint, count(*)
    FROM fresh f
    CROSS JOIN LATERAL json_to_record(f.facts) AS j (lateness_ms float8, publish_latency_ms float8)
    CROSS JOIN LATERAL (VALUES ('lateness', j.lateness_ms), ('latency', j.publish_latency_ms)) AS s (measure, ms)
    WHERE f.facts IS NOT NULL AND s.ms IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (tenant_id, project_id, hour, channel_id, measure, bucket) DO UPDATE SET count = k.count + excluded.count
  )
  SELECT count(*) FROM fresh)sql"};

constexpr statement select_outcomes{"analytics_outcomes", R"sql(
  SELECT e.id, e.created_at AS at, e.type, e.post_id, left(CASE WHEN p.title <> '' THEN p.title ELSE coalesce(p.text, '') END, 200) AS title,
         c.type AS platform, c.name AS channel, d.due_at, e.attempt,
         (e.metadata_json ->> 'lateness_ms')::float8 AS lateness_ms,
         (e.metadata_json ->> 'publish_latency_ms')::float8 AS latency_ms,
         e.metadata_json ->> 'external_post_id' AS external_id, d.external_url,
         CASE WHEN e.type <> 'PublishSucceeded' THEN coalesce(e.metadata_json ->> 'reason', nullif(e.message, '')) END AS reason,
         m.likes, m.comments, m.shares, m.views
  FROM publish_events e
  JOIN channels c ON c.tenant_id = e.tenant_id AND c.id = e.channel_id
  LEFT JOIN posts p ON p.tenant_id = e.tenant_id AND p.id = e.post_id
  LEFT JOIN deliveries d ON d.tenant_id = e.tenant_id AND d.id = e.delivery_id
  LEFT JOIN publication_measurements m
    ON m.tenant_id = e.tenant_id AND m.delivery_id = e.delivery_id AND e.type = 'PublishSucceeded'
  WHERE e.project_id = $1 AND ($2::uuid IS NULL OR e.channel_id = $2)
    AND (e.created_at, e.id) > ($3::timestamptz, $4::bigint) AND e.created_at < $5
    AND e.type IN ('PublishSucceeded', 'PublishFailed', 'PublishMissed', 'PublishCancelled', 'PublishUnconfirmed')
  ORDER BY e.created_at, e.id LIMIT $6)sql"};

// Everything that an older transaction has recorded is visible to the statements that follow: they have later
// snapshots.
constexpr statement lock_counted{"analytics_lock_counted", R"sql(
  SELECT before::text, pg_snapshot_xmin(pg_current_snapshot())::text AS running, before < pg_snapshot_xmin(pg_current_snapshot()) AS is_behind
  FROM publishing_counted FOR UPDATE SKIP LOCKED)sql"};

// Where the step is to end: before the transaction of the first event that is too many, or behind the first transaction
// where that one alone has too many.
constexpr statement find_end{"analytics_find_end", R"sql(
  SELECT greatest(transaction, ((($1::text)::bigint + 1)::text)::xid8)::text FROM publish_events
  WHERE transaction >= ($1::text)::xid8 AND transaction < ($2::text)::xid8
  ORDER BY transaction OFFSET $3 LIMIT 1)sql"};

// Where nothing happened the row says now and then that this is still so, and otherwise costs nothing.
constexpr statement set_counted{"analytics_set_counted", R"sql(
  UPDATE publishing_counted SET before = ($1::text)::xid8, counted_at = $2
  WHERE $3 OR counted_at < $2::timestamptz - interval '10 seconds')sql"};

}  // namespace

bound_query<counted_outcomes> count_between(const std::string& first, const std::string& end) {
  return {insert_counts, first, end, domain::span_buckets_per_doubling, domain::last_span_bucket};
}

counting_step count_next(transaction& tx, base::timestamp now, int most) {
  const auto counted = tx.execute(lock_counted);
  if (counted.empty() || !counted.get<bool>(0, 2)) return {};
  const auto before = counted.get<std::string>(0, 0);
  const auto running = counted.get<std::string>(0, 1);
  const auto end = tx.execute(find_end, before, running, most);
  counting_step done;
  done.has_more = !end.empty();
  const auto until = end.empty() ? running : end.get<std::string>(0, 0);
  done.events = count_between(before, until).first(tx)->count;
  if (done.events > 0) measurements::follow(tx, before, until);
  tx.queue(set_counted, until, now, done.events > 0 || done.has_more);
  return done;
}

bound_query<outcome_row> list_outcomes(const outcomes_asked& asked, base::timestamp after_at, std::int64_t after_id,
                                       int limit) {
  return {select_outcomes, asked.project_id, asked.channel_id, after_at, after_id, asked.to, limit};
}

}  // namespace pulse::persistence::analytics
