// The figures of what was published, as they are kept (persistence/analytics/events counts them). Reading them costs by the length of
// the time that is asked about and never by the number of events.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/analytics/publishing_summary.hpp"
#include "domain/publishing/channel.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::analytics {

/// A project as its figures need it.
struct counted_project {
  std::string time_zone;
  std::optional<base::timestamp>
      counted_until;  // what happened until then is in the figures; none: nothing is counted yet
};
BOOST_DESCRIBE_STRUCT(counted_project, (), (time_zone, counted_until))

std::optional<counted_project> find_project(transaction& tx, const base::uuid& project_id);

/// What was counted in one of the spans of time that were asked about.
struct counts_row : domain::publishing_counts {
  int place = 0;  // which, from 0
  domain::channel_type platform = domain::channel_type::website;
};
BOOST_DESCRIBE_STRUCT(counts_row, (domain::publishing_counts), (place, platform))

/// $1 project; $2 channel or null; $3 bounds, of which $4 is the first and $5 the last → counts_row.
inline constexpr statement select_counts{"analytics_counts", R"sql(
  SELECT width_bucket(k.slot, $3::timestamptz[]) - 1 AS place, c.type AS platform,
         sum(k.published) AS published, sum(k.failed) AS failed, sum(k.missed) AS missed, sum(k.cancelled) AS cancelled,
         sum(k.retried) AS retried, sum(k.unconfirmed) AS unconfirmed
  FROM publishing_counts k JOIN channels c ON c.tenant_id = k.tenant_id AND c.id = k.channel_id
  WHERE k.project_id = $1 AND ($2::uuid IS NULL OR k.channel_id = $2) AND k.slot >= $4 AND k.slot < $5
  GROUP BY 1, 2 ORDER BY 1, 2)sql"};

/// By platform, between each two neighbours of `bounds` (ascending, each where a quarter of an hour begins). Without those in
/// which nothing happened.
std::vector<counts_row> list_counts(transaction& tx, const base::uuid& project_id,
                                    const std::optional<base::uuid>& channel_id,
                                    std::span<const base::timestamp> bounds);

enum class span_measure { lateness, latency };
BOOST_DESCRIBE_ENUM(span_measure, lateness, latency)

struct span_row : domain::counted_span {
  domain::channel_type platform = domain::channel_type::website;
  span_measure measure = span_measure::lateness;
};
BOOST_DESCRIBE_STRUCT(span_row, (domain::counted_span), (platform, measure))

/// $1 project; $2 channel or null; $3, $4 from and to → span_row.
inline constexpr statement select_spans{"analytics_spans", R"sql(
  SELECT k.bucket::integer AS bucket, sum(k.count) AS count, c.type AS platform, k.measure
  FROM publishing_spans k JOIN channels c ON c.tenant_id = k.tenant_id AND c.id = k.channel_id
  WHERE k.project_id = $1 AND ($2::uuid IS NULL OR k.channel_id = $2)
    AND k.hour >= date_bin('1 hour', $3::timestamptz, '2000-01-01 00:00:00Z') AND k.hour < $4
  GROUP BY k.measure, k.bucket, c.type ORDER BY k.measure, k.bucket, c.type)sql"};

/// By bucket, smallest first, of the hours from the one that holds `from` to before `to`.
std::vector<span_row> list_spans(transaction& tx, const base::uuid& project_id,
                                 const std::optional<base::uuid>& channel_id, base::timestamp from, base::timestamp to);

/// Deliveries of the project that wait for a person's word now.
std::int64_t count_undecided(transaction& tx, const base::uuid& project_id,
                             const std::optional<base::uuid>& channel_id);

}  // namespace pulse::persistence::analytics
