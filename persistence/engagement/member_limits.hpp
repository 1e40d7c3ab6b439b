// A member's own limits, as their automation settings say (persistence/engagement/automation), for plans and for what
// is about to begin.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "domain/engagement/automation.hpp"
#include "domain/engagement/choreography.hpp"

namespace pulse::persistence {

/// Columns of `member_automation a`, which a LEFT JOIN may not have found: then the defaults of
/// domain/engagement/automation.
#define PULSE_MEMBER_LIMITS                                                                              \
  "coalesce(a.time_zone, 'UTC') AS time_zone, coalesce(a.works_from_minute, 540) AS works_from_minute, " \
  "coalesce(a.works_until_minute, 1020) AS works_until_minute, "                                         \
  "coalesce(a.working_days, '{monday,tuesday,wednesday,thursday,friday}'::text[]) AS working_days, "     \
  "coalesce(a.acts_a_day, 10) AS acts_a_day, coalesce(a.least_gap_minutes, 20) AS least_gap_minutes"

struct member_limits_row {
  std::string time_zone;
  int works_from_minute = 0;
  int works_until_minute = 0;
  std::vector<domain::engagement::weekday> working_days;
  int acts_a_day = 0;
  int least_gap_minutes = 0;
};
BOOST_DESCRIBE_STRUCT(member_limits_row, (),
                      (time_zone, works_from_minute, works_until_minute, working_days, acts_a_day, least_gap_minutes))

inline domain::member_limits to_limits(const member_limits_row& from) {
  int days = 0;
  for (const auto each : from.working_days) days |= 1 << static_cast<int>(each);
  return {.hours = {.time_zone = from.time_zone,
                    .from_minute = from.works_from_minute,
                    .to_minute = from.works_until_minute,
                    .weekdays = days},
          .acts_a_day = from.acts_a_day,
          .stagger = std::chrono::minutes{from.least_gap_minutes}};
}

}  // namespace pulse::persistence
