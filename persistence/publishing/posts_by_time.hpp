// Posts in the order of the time for which they are scheduled. Those without a time come last, the newest first,
// whichever way the others go: nobody has decided anything about them.
#pragma once

#include <vector>

#include <boost/describe.hpp>

#include "persistence/postgres/page_bounds.hpp"
#include "persistence/postgres/transaction.hpp"
#include "persistence/publishing/posts.hpp"

namespace pulse::persistence::posts {

enum class time_order { soonest_first, latest_first };
BOOST_DESCRIBE_ENUM(time_order, soonest_first, latest_first)

/// The last row that the reader has: its time and id, or the time at which it was written and its id where it has none.
struct place_by_time {
  bool is_timed = true;
  base::timestamp at{};
  base::uuid id{};
};

/// The place of a row.
place_by_time place_of(const post& row);

/// The place before the first row.
place_by_time start_of(time_order order);

/// At most `rows` posts behind `after`. Throws database_error.
std::vector<post> list_by_time(transaction& tx, const sought& by, time_order order, const place_by_time& after,
                               std::int64_t rows);

/// The statements of which list_by_time is made: the posts with a time, and those without. Where `by` names states, the
/// second needs one that a post without a time can be in.
bound_query<post> list_timed(const sought& by, time_order order, const page_bounds& after);
bound_query<post> list_untimed(const sought& by, const page_bounds& after);

}  // namespace pulse::persistence::posts
