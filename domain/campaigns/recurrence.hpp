// Recurrence rules of RFC 5545 (RRULE) on the wall clock of a zone; libical expands them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "domain/calendar/local_time.hpp"

namespace pulse::domain::campaigns {

/// Bytes of a rule.
inline constexpr std::size_t most_recurrence_bytes = 512;
/// Maximum number of occurrences that are read to find the next one; a rule that needs more has none.
inline constexpr int most_occurrences_walked = 20'000;
/// How far ahead a next occurrence is looked for.
inline constexpr date::years recurrence_horizon{30};

/// A rule that was read, and the wall-clock time at which it begins.
struct recurrence {
  std::string rule;  // as it was given, without "RRULE:"
  wall_time start;

  friend bool operator==(const recurrence&, const recurrence&) = default;
};

/// Why a text is no rule: the end of a sentence about it.
struct recurrence_problem {
  std::string problem;
};

/// Reads a rule, with or without "RRULE:" before it. Rules that repeat each second or each minute are refused: nothing
/// is published so often.
base::result<recurrence, recurrence_problem> parse_recurrence(std::string_view text, wall_time start);

/// The first occurrence later than `after`; nothing when there is none (COUNT or UNTIL is reached, or
/// `recurrence_horizon`). A time that the clocks jump over runs at the jump; one that comes twice runs the first time.
/// UNTIL is read on the wall clock of the zone.
std::optional<base::timestamp> next_of(const recurrence& rule, const zone_clock& zone, base::timestamp after);

}  // namespace pulse::domain::campaigns
