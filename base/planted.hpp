// Planted bugs: mistakes made on purpose, to see that the tests can fail. They exist only in the programs whose name ends in
// `_planted`, which nothing but `make planted-bugs` builds; everywhere else `planted` is false at compile time.
#pragma once

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/describe.hpp"

namespace pulse::base {

enum class bug {
  no_fence,              // the engine's writes do not ask who owns the tenant
  intent_after_send,     // the intent is recorded when the platform has answered
  retry_on_timeout,      // a reply that was lost counts as nothing having happened
  acknowledge_early,     // what the database says to COMMIT is not waited for
  local_time,            // a due time is taken for local time
  no_permit,             // everything is permitted at once
  reconcile_absent,      // whatever a look finds, it was not there
  no_lease_check,        // the lease is not looked at before the first byte
  deadline_ignored,      // a new owner does not wait for the deadline of the attempt that it found
  pause_ignored,         // a channel that is off or paused goes on
  id_through_float,      // the platform's id goes through a floating-point number
  no_takeover,           // what a dead node owned nobody looks for
  any_duplicate_is_ours  // a duplicate is adopted although nothing of ours was sent before
};
BOOST_DESCRIBE_ENUM(bug, no_fence, intent_after_send, retry_on_timeout, acknowledge_early, local_time, no_permit,
                    reconcile_absent, no_lease_check, deadline_ignored, pause_ignored, id_through_float, no_takeover,
                    any_duplicate_is_ours)

#ifdef PULSE_PLANTED_BUGS

/// Whether this is the bug that PULSE_PLANT names. Any thread.
inline bool planted(bug which) {
  static const std::optional<bug> named = [] {
    const char* name = std::getenv("PULSE_PLANT");
    return name == nullptr ? std::nullopt : from_name<bug>(name);
  }();
  return named == which;
}

/// `text`, in which `piece` gave way to `by` where this bug is planted. Lives as long as the program.
inline std::string_view text_with(bug which, std::string_view text, std::string_view piece, std::string_view by) {
  if (!planted(which)) return text;
  auto& changed = *new std::string{text};
  for (auto at = changed.find(piece); at != changed.npos; at = changed.find(piece, at + by.size()))
    changed.replace(at, piece.size(), by);
  return changed;
}

#else

constexpr bool planted(bug) { return false; }
constexpr std::string_view text_with(bug, std::string_view text, std::string_view, std::string_view) { return text; }

#endif

}  // namespace pulse::base
