// What a member allows to be done in their name, and when: the limits that plans of engagement keep.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

namespace pulse::domain::engagement {

/// Who confirms acts: the member each one, or Pulse according to the member's settings.
enum class confirmation { each, automatic };
BOOST_DESCRIBE_ENUM(confirmation, each, automatic)

/// The reactions of LinkedIn, by the words of its API; other platforms have `like` alone.
enum class reaction { like, praise, empathy, interest, appreciation, entertainment };
BOOST_DESCRIBE_ENUM(reaction, like, praise, empathy, interest, appreciation, entertainment)

enum class weekday { monday, tuesday, wednesday, thursday, friday, saturday, sunday };
BOOST_DESCRIBE_ENUM(weekday, monday, tuesday, wednesday, thursday, friday, saturday, sunday)

struct automation_settings {
  bool likes = true;
  bool comments = true;
  confirmation confirm = confirmation::each;
  int acts_a_day = 10;
  int least_gap_minutes = 20;  // between two acts of the member
  std::string time_zone = "UTC";
  std::vector<weekday> working_days = {weekday::monday, weekday::tuesday, weekday::wednesday, weekday::thursday,
                                       weekday::friday};
  int works_from_minute = 9 * 60;    // of the day in that zone
  int works_until_minute = 17 * 60;  // later than `works_from_minute`
  std::vector<reaction> reactions = {reaction::like};
  std::string comment_language;  // a code; empty: the post's
  int comment_characters = 300;  // at most
  std::vector<std::string> comment_examples;
  bool ask_by_mail = false;  // for each act that waits for the member, with a link
};
BOOST_DESCRIBE_STRUCT(automation_settings, (),
                      (likes, comments, confirm, acts_a_day, least_gap_minutes, time_zone, working_days,
                       works_from_minute, works_until_minute, reactions, comment_language, comment_characters,
                       comment_examples, ask_by_mail))

inline constexpr int max_acts_a_day = 50;
inline constexpr int max_gap_minutes = 24 * 60;
inline constexpr int shortest_comment = 20;

/// What the platform says of acts that nobody confirms; shown where a member switches them on.
inline constexpr std::string_view automatic_warning =
    "LinkedIn's terms ask that likes and comments come from the member. Automatic acts go out in your name without you "
    "reading them first, "
    "within the hours, the gap and the number a day that you set; you can switch them off at any time, and what waits "
    "then waits for you.";

}  // namespace pulse::domain::engagement
