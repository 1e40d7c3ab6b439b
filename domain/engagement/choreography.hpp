// Plans who likes and comments when under a new post, so that it looks natural: in each member's working hours, one
// after the other, nobody always first, and within each member's limits. Pure: the same post, people and rules make the
// same plan.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"

namespace pulse::domain {

/// What a member does under a post.
enum class engagement_kind { like, comment };
BOOST_DESCRIBE_ENUM(engagement_kind, like, comment)

/// The reactions of LinkedIn, by the words of its API.
enum class reaction_kind { like, praise, empathy, interest, appreciation, entertainment };
BOOST_DESCRIBE_ENUM(reaction_kind, like, praise, empathy, interest, appreciation, entertainment)

/// When a member is at work, on the clocks of a zone.
struct working_hours {
  std::string time_zone = "UTC";  // an IANA name
  int from_minute = 9 * 60;       // of the day, 0 to 1439
  int to_minute = 17 * 60;        // above `from_minute`, to 1440
  int weekdays = 0b0011111;       // bit 0 is Monday
};

/// A member's own limits.
struct member_limits {
  working_hours hours;
  int acts_a_day = 10;                // of the member's days, all pages together
  std::chrono::seconds stagger{300};  // between any two of the member's acts
};

/// What holds for every post of a page.
struct page_limits {
  std::chrono::seconds first_delay{120};                // from finding a post to the first act
  std::chrono::seconds gap{45};                         // between any two acts under one post
  std::chrono::seconds spread = std::chrono::hours{4};  // over which the acts are laid, when the gaps need no longer
  std::chrono::seconds expires_after = std::chrono::hours{48};  // from the post's publication: later looks unnatural
  int acts_a_day = 500;                                         // under all posts of the page, a day of UTC
};

/// A member who subscribed to the page of a post.
struct subscriber {
  base::uuid member_id;
  bool likes = true;
  bool comments = false;
  reaction_kind reaction = reaction_kind::like;
  member_limits limits;
  /// The member's acts that count: those done and those planned, under other posts.
  std::vector<base::timestamp> acts;
};

struct discovered_post {
  base::uuid id;
  base::timestamp published_at;
  base::timestamp found_at;
};

/// Further input of a plan.
struct page_history {
  std::vector<base::timestamp> acts;     // under other posts of the page, done or planned
  std::optional<base::uuid> last_first;  // who was first under the page's last post
};

struct planned_act {
  base::uuid member_id;
  engagement_kind kind = engagement_kind::like;
  reaction_kind reaction = reaction_kind::like;
  base::timestamp at;
};

/// Why a member is not part of a plan.
enum class left_out_reason {
  too_old,     // the post was found later than it may be engaged with
  no_hours,    // the member is not at work before it is too old
  member_cap,  // the member's day is full
  page_cap,    // the page's day is full
  no_room,     // the acts of others, and the gaps between them, last until it is too old
};
BOOST_DESCRIBE_ENUM(left_out_reason, too_old, no_hours, member_cap, page_cap, no_room)

struct left_out {
  base::uuid member_id;
  engagement_kind kind = engagement_kind::like;
  left_out_reason why = left_out_reason::too_old;
};

struct engagement_plan {
  std::vector<planned_act> acts;  // by time
  std::vector<left_out> without;
  base::timestamp expires_at;  // no act begins later
};

/// Members that one plan may have.
inline constexpr std::size_t most_subscribers = 2'000;

/// Makes the plan of a post. Every act is within its member's working hours and before `expires_at`; two under the post
/// are at least `gap` apart, two of a member at least their stagger; caps are kept, counting what `acts` and `history`
/// say. Subscribers beyond `most_subscribers` are not looked at.
engagement_plan plan_engagement(const discovered_post& post, std::span<const subscriber> subscribers,
                                const page_limits& limits, const page_history& history, base::timestamp now);

/// Why an act is held back at the moment of sending, whatever was planned.
enum class hold_reason { hours, member_cap, stagger, post_gap, page_cap };
BOOST_DESCRIBE_ENUM(hold_reason, hours, member_cap, stagger, post_gap, page_cap)

/// Acts that have begun and still limit others.
struct begun_acts {
  std::vector<base::timestamp> of_member = {};  // of the last two days
  std::vector<base::timestamp> of_post = {};    // the latest is enough
  std::vector<base::timestamp> of_page = {};    // of the last two days
};

struct send_check {
  base::timestamp at;               // now, when nothing holds it
  std::optional<hold_reason> held;  // why not now; `at` is when to ask again
};

/// Whether an act may begin now: the last check before every intent.
send_check when_to_send(const member_limits& member, const page_limits& page, const begun_acts& begun,
                        base::timestamp now);

/// The first moment at or after `from` within the hours; nothing if there is none within ten days (no weekday, say).
std::optional<base::timestamp> next_open(const working_hours& hours, base::timestamp from);

}  // namespace pulse::domain
