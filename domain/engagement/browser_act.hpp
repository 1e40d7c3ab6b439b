// A like or comment in the browser of a member's own session: what can go wrong, and what that makes of the act.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include <boost/describe.hpp>

#include "domain/engagement/choreography.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::domain::engagement {

/// Why an act in a browser came to nothing; all but the last two are words of browser_worker/.
enum class act_failure {
  signed_out,      // LinkedIn has ended the session
  asks_person,     // a puzzle, or a question on the person's phone
  gone,            // the post
  not_allowed,     // LinkedIn does not let this member do it here
  refused,         // by another answer that says no
  rate_limited,    // LinkedIn says: too often
  not_answered,    // no answer, or one that does not tell
  other_language,  // LinkedIn's pages are not in English for this member
  left_site,
  timed_out,
  no_browser,
  unexpected,
  withdrawn,  // Pulse stops, or it was too late
  too_much_memory,
};
BOOST_DESCRIBE_ENUM(act_failure, signed_out, asks_person, gone, not_allowed, refused, rate_limited, not_answered,
                    other_language, left_site, timed_out, no_browser, unexpected, withdrawn, too_much_memory)

/// What it comes to. `is_pressed`: the button was, so that only LinkedIn's own answer says that nothing came of it.
outcome outcome_of(act_failure why, engagement_kind kind, bool is_pressed);
/// What a look that failed comes to. `is_unauthorized` where the session is of no use.
reconciliation look_of(act_failure why);

/// Browsers of acts and looks that one process drives at a time; sign-ins have their own (logins_at_once).
inline constexpr int acts_at_once = 2;
/// From the start of the browser to its end.
inline constexpr std::chrono::seconds act_time_max{45};
/// That one page, or one answer, may take.
inline constexpr std::chrono::seconds act_page_time_max{15};
/// That the browser of one act and its worker may use, without what their processes share.
inline constexpr std::int64_t act_memory_max = 1'024LL * 1'024 * 1'024;

}  // namespace pulse::domain::engagement
