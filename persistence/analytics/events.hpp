// The events as analytics reads them: counted, a batch at a time, and listed for an export. The only file of analytics that knows
// their table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/channel.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::analytics {

/// $1, $2 the first transaction and the one behind the last, as text; $3 span_buckets_per_doubling; $4 last_span_bucket → one row with
/// the number of outcomes.
inline constexpr statement count_events{"analytics_count_events", R"sql(
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

/// What one step has done.
struct counting_step {
  std::int64_t events = 0;  // outcomes that it added to the figures
  bool has_more = false;    // it stopped at its limit: ask again at once
};

/// Adds what was recorded since the last step to the figures, as the engine's role. About `most` events at a time, or those of one
/// transaction where that has more. An event is counted once and none is skipped, however late its transaction commits: the step
/// follows them in the order in which their transactions began, up to the oldest that is still running, and how far it came is
/// committed with the figures. Does nothing while another process is at it.
counting_step count_next(transaction& tx, base::timestamp now, int most);

/// An outcome, for an export.
struct outcome_row {
  std::int64_t id = 0;
  base::timestamp at;
  std::string type;  // PublishSucceeded, PublishFailed, PublishMissed, PublishCancelled, PublishUnconfirmed
  std::optional<base::uuid> post_id;
  std::string title;  // of the post, or how its text begins
  domain::channel_type platform = domain::channel_type::website;
  std::string channel;  // its name
  std::optional<base::timestamp> due_at;
  std::optional<int> attempt;
  std::optional<double> lateness_ms;
  std::optional<double> latency_ms;
  std::optional<std::string> external_id;
  std::optional<std::string> external_url;
  std::optional<std::string> reason;
  std::optional<std::int64_t> likes;  // as they were counted last
  std::optional<std::int64_t> comments;
  std::optional<std::int64_t> shares;
  std::optional<std::int64_t> views;
};
BOOST_DESCRIBE_STRUCT(outcome_row, (),
                      (id, at, type, post_id, title, platform, channel, due_at, attempt, lateness_ms, latency_ms,
                       external_id, external_url, reason, likes, comments, shares, views))

/// Which outcomes of the request's tenant: of one project, or one of its channels, before `to`.
struct outcomes_asked {
  base::uuid project_id;
  std::optional<base::uuid> channel_id{};
  base::timestamp to;
};

/// $1 project; $2 channel or null; $3, $4 time and id that the page comes after; $5 before when; $6 limit → outcome_row.
inline constexpr statement select_outcomes{"analytics_outcomes", R"sql(
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

/// The next `limit` outcomes after (`after_at`, `after_id`), oldest first.
std::vector<outcome_row> list_outcomes(transaction& tx, const outcomes_asked& asked, base::timestamp after_at,
                                       std::int64_t after_id, int limit);

}  // namespace pulse::persistence::analytics
