// When a rule is due, and which missed runs are made up for.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "domain/campaigns/rule.hpp"

namespace pulse::domain::campaigns {

/// A moment this little in the past is on time: another process needs as long to take over from a dead one.
inline constexpr std::chrono::seconds moment_grace{60};
/// Maximum number of moments that are read one by one after an outage; beyond it only those of the last day count.
inline constexpr int most_moments_walked = 2'000;
/// Coming moments that one answer lists.
inline constexpr int most_coming_moments = 400;

/// What is wrong with a trigger's schedule, in words that end a sentence about the field at `pointer`: it cannot be
/// read, or it never comes. Nothing for triggers that wait for something else.
std::optional<rule_mistake> schedule_problem(const rule_trigger& of, const zone_clock& zone, base::timestamp now);

/// The first moment later than `after`; of a feed the next poll. Nothing when there is none, or when it waits for an
/// event.
std::optional<base::timestamp> next_moment(const rule_trigger& of, const zone_clock& zone, base::timestamp after);

/// The moments from `from` to before `until`, in order; `most` at most.
std::vector<base::timestamp> coming_moments(const rule_trigger& of, const zone_clock& zone, base::timestamp from,
                                            base::timestamp until, int most);

/// Moments that were left out.
struct left_out {
  int count = 0;
  std::optional<base::timestamp> first = std::nullopt;
  std::optional<base::timestamp> last = std::nullopt;
  bool is_more = false;  // there were more than were counted
};
BOOST_DESCRIBE_STRUCT(left_out, (), (count, first, last, is_more))

/// What a rule does about the moments that have come.
struct moment_plan {
  std::vector<base::timestamp> run;  // a run for each of these, in order
  campaigns::left_out left_out = {};
  std::optional<base::timestamp> next = std::nullopt;  // when to look again; nothing: never
};

/// `since` is the first moment that was not decided about yet. The last one counts as on time within `moment_grace`;
/// what lies before it was missed, and the policy decides. Pure: the same question, the same answer, so whoever died
/// while it was carried out is followed by one who does the same.
moment_plan plan_moments(const rule_trigger& of, const zone_clock& zone, const missed_policy& missed,
                         base::timestamp since, base::timestamp now);

}  // namespace pulse::domain::campaigns
