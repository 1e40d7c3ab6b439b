#include "persistence/analytics/events.hpp"

#include "domain/analytics/spans.hpp"
#include "persistence/publishing/measurements.hpp"

namespace pulse::persistence::analytics {

namespace {

// Everything that an older transaction has recorded is visible to the statements that follow: they have later snapshots.
constexpr statement lock_counted{"analytics_lock_counted", R"sql(
  SELECT before::text, pg_snapshot_xmin(pg_current_snapshot())::text AS running, before < pg_snapshot_xmin(pg_current_snapshot()) AS is_behind
  FROM publishing_counted FOR UPDATE SKIP LOCKED)sql"};

// Where the step is to end: before the transaction of the first event that is too many, or behind the first transaction where that one
// alone has too many.
constexpr statement find_end{"analytics_find_end", R"sql(
  SELECT greatest(transaction, ((($1::text)::bigint + 1)::text)::xid8)::text FROM publish_events
  WHERE transaction >= ($1::text)::xid8 AND transaction < ($2::text)::xid8
  ORDER BY transaction OFFSET $3 LIMIT 1)sql"};

// Where nothing happened the row says now and then that this is still so, and otherwise costs nothing.
constexpr statement set_counted{"analytics_set_counted", R"sql(
  UPDATE publishing_counted SET before = ($1::text)::xid8, counted_at = $2
  WHERE $3 OR counted_at < $2::timestamptz - interval '10 seconds')sql"};

}  // namespace

counting_step count_next(transaction& tx, base::timestamp now, int most) {
  const auto counted = tx.execute(lock_counted);
  if (counted.empty() || !counted.get<bool>(0, 2)) return {};
  const auto before = counted.get<std::string>(0, 0);
  const auto running = counted.get<std::string>(0, 1);
  const auto end = tx.execute(find_end, before, running, most);
  counting_step done;
  done.has_more = !end.empty();
  const auto until = end.empty() ? running : end.get<std::string>(0, 0);
  const auto found =
      tx.execute(count_events, before, until, domain::span_buckets_per_doubling, domain::last_span_bucket);
  done.events = found.get<std::int64_t>(0, 0);
  if (done.events > 0) measurements::follow(tx, before, until);
  tx.queue(set_counted, until, now, done.events > 0 || done.has_more);
  return done;
}

std::vector<outcome_row> list_outcomes(transaction& tx, const outcomes_asked& asked, base::timestamp after_at,
                                       std::int64_t after_id, int limit) {
  return tx.execute(select_outcomes, asked.project_id, asked.channel_id, after_at, after_id, asked.to, limit)
      .all<outcome_row>();
}

}  // namespace pulse::persistence::analytics
