// The events as analytics reads them: counted, a batch at a time, and listed for an export. The only file of analytics
// that knows their table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/publishing/channel.hpp"
#include "persistence/postgres/bound_query.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence::analytics {

struct counted_outcomes {
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(counted_outcomes, (), (count))

/// Adds the outcomes from this transaction to before that one (xid8, as text) to the figures; how many those were.
bound_query<counted_outcomes> count_between(const std::string& first, const std::string& end);

/// What one step has done.
struct counting_step {
  std::int64_t events = 0;  // outcomes that it added to the figures
  bool has_more = false;    // it stopped at its limit: ask again at once
};

/// Adds what was recorded since the last step to the figures, as the engine's role. About `most` events at a time, or
/// those of one transaction where that has more. An event is counted once and none is skipped, however late its
/// transaction commits: the step follows them in the order in which their transactions began, up to the oldest that is
/// still running, and how far it came is committed with the figures. Does nothing while another process is at it.
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
  base::timestamp to{};
};

/// The next `limit` outcomes after (`after_at`, `after_id`), oldest first.
bound_query<outcome_row> list_outcomes(const outcomes_asked& asked, base::timestamp after_at, std::int64_t after_id,
                                       int limit);

}  // namespace pulse::persistence::analytics
