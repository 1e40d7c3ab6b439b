// The figures of what was published, as they are kept (persistence/analytics/events counts them). Reading them costs by
// the length of the time that is asked about and never by the number of events.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/analytics/publishing_summary.hpp"
#include "domain/publishing/channel.hpp"
#include "persistence/postgres/bound_query.hpp"
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

/// The counts of one of the requested spans of time.
struct counts_row : domain::publishing_counts {
  int place = 0;  // which, from 0
  domain::channel_type platform = domain::channel_type::website;
};
BOOST_DESCRIBE_STRUCT(counts_row, (domain::publishing_counts), (place, platform))

/// By platform, between each two neighbours of `bounds` (ascending, each where a quarter of an hour begins). Without
/// those in which nothing happened.
bound_query<counts_row> list_counts(const base::uuid& project_id, const std::optional<base::uuid>& channel_id,
                                    const std::vector<base::timestamp>& bounds);

enum class span_measure { lateness, latency };
BOOST_DESCRIBE_ENUM(span_measure, lateness, latency)

struct span_row : domain::counted_span {
  domain::channel_type platform = domain::channel_type::website;
  span_measure measure = span_measure::lateness;
};
BOOST_DESCRIBE_STRUCT(span_row, (domain::counted_span), (platform, measure))

/// By bucket, smallest first, of the hours from the one that holds `from` to before `to`.
bound_query<span_row> list_spans(const base::uuid& project_id, const std::optional<base::uuid>& channel_id,
                                 base::timestamp from, base::timestamp to);

/// Deliveries of the project that wait for a person's word now.
std::int64_t count_undecided(transaction& tx, const base::uuid& project_id,
                             const std::optional<base::uuid>& channel_id);

}  // namespace pulse::persistence::analytics
